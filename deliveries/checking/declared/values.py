"""Checks of numbers, dates and texts, alone and beside each other on their row."""

from deliveries.checking.check import Check, Group, Level, Scope
from stats.translatable import gettext_noop as _

_FIX = _("Corrigez-le à la source.")

CHECKS = (
    Check(
        "nombre_invalide",
        Group.VALUES,
        _("Texte dans une colonne de nombres"),
        _(
            "Les colonnes de nombres ne contiennent que des nombres, «\u00a0nd\u00a0», «\u00a0na\u00a0» ou rien."
        ),
        _("«\u00a0{value}\u00a0» n’est pas un nombre."),
        _("Écrivez un nombre, «\u00a0nd\u00a0» ou rien."),
        Level.FAILURE_OF_FIGURES,
    ),
    Check(
        "nombre_non_entier",
        Group.VALUES,
        _("Nombre à virgule"),
        _("Les nombres que la source publie entiers le sont."),
        _("«\u00a0{value}\u00a0» doit être un nombre entier, comme la source les publie."),
        _("Arrondissez-le à la source."),
        Level.FAILURE_OF_FIGURES,
    ),
    Check(
        "nombre_hors_bornes",
        Group.VALUES,
        _("Nombre impossible"),
        _(
            "Chaque nombre est dans l’intervalle de son indicateur\u00a0: une valeur ajoutée reste entre −12 et 12."
        ),
        _("«\u00a0{value}\u00a0» est hors de l’intervalle {expected}."),
        _FIX,
        Level.FAILURE_OF_FIGURES,
    ),
    Check(
        "pourcentage_hors_bornes",
        Group.VALUES,
        _("Pourcentage hors de 0 à 100"),
        _("Chaque pourcentage est entre 0 et 100."),
        _("«\u00a0{value}\u00a0» est hors de l’intervalle de 0 à 100."),
        _("Corrigez le pourcentage à la source."),
        Level.FAILURE_OF_FIGURES,
    ),
    Check(
        "pourcentages_en_fractions",
        Group.VALUES,
        _("Pourcentages écrits de 0 à 1"),
        _("Aucune colonne de pourcentages ne va de 0 à 1 au lieu de 0 à 100."),
        _(
            "Tous les nombres de la colonne «\u00a0{column}\u00a0» sont entre 0 et 1\u00a0: ce ne sont pas des pourcentages."
        ),
        _("Multipliez-les par 100 à la source."),
        Level.FAILURE_OF_FIGURES,
        Scope.FIGURES,
    ),
    Check(
        "texte_trop_long",
        Group.VALUES,
        _("Texte trop long"),
        _("Chaque texte tient dans la place que le portail lui garde."),
        _("Le texte a {value} caractères\u00a0; {expected} au plus se gardent."),
        _("Raccourcissez-le à la source."),
        Level.FAILURE_OF_FIGURES,
        is_computed=True,
    ),
    Check(
        "date_invalide",
        Group.VALUES,
        _("Date illisible"),
        _("Chaque date se lit."),
        _("«\u00a0{value}\u00a0» n’est pas une date."),
        _("Écrivez JJ/MM/AAAA."),
        scope=Scope.DATES,
    ),
    Check(
        "dates_inversees",
        Group.VALUES,
        _("Fermeture avant l’ouverture"),
        _("Rien ne ferme avant d’avoir ouvert."),
        _("La date de fermeture précède celle d’ouverture."),
        _("Vérifiez les deux dates."),
        scope=Scope.DATES,
    ),
    Check(
        "somme_differente_de_100",
        Group.VALUES,
        _("Parts qui ne font pas 100"),
        _("La part en emploi, la part en études et la part des autres situations font 100, à 1 près."),
        _("Les trois parts ne font pas 100 (à 1 près)."),
        _("Corrigez-les à la source."),
        Level.FAILURE_OF_FIGURES,
        Scope.SHARES,
    ),
    Check(
        "poursuites_differentes",
        Group.VALUES,
        _("Deux poursuites d’études différentes"),
        _(
            "La part en études et le taux de poursuite d’études, qui comptent les mêmes élèves, sont égaux à 1 près."
        ),
        _("La part en études et le taux de poursuite d’études diffèrent de plus d’un point."),
        _("Vérifiez que les colonnes ne sont pas décalées."),
        scope=Scope.SHARES,
    ),
    Check(
        "taux_et_part_incoherents",
        Group.VALUES,
        _("Taux d’emploi et part en emploi incompatibles"),
        _("La part en emploi est le taux d’emploi des sortants, ramené à tous les élèves, à 2 points près."),
        _("La part en emploi n’est pas ce que donnent le taux d’emploi et la poursuite d’études."),
        _("Vérifiez que la part (sur tous les élèves) et le taux (sur les sortants) ne sont pas échangés."),
        scope=Scope.SHARES,
    ),
    Check(
        "valeur_ajoutee_incoherente",
        Group.VALUES,
        _("Valeur ajoutée incompatible avec les taux"),
        _("La valeur ajoutée est le taux d’emploi moins le taux attendu, à 1 point près et bornée à 12."),
        _("La valeur ajoutée n’est pas l’écart entre le taux d’emploi et le taux attendu."),
        _("Vérifiez que les trois colonnes sont de la même cohorte."),
        scope=Scope.VALUE_ADDED,
    ),
    Check(
        "effectif_incoherent",
        Group.VALUES,
        _("Effectifs incohérents"),
        _("Les effectifs se complètent, et aucune partie ne dépasse son tout."),
        _("{value}."),
        _("Corrigez les effectifs à la source."),
        Level.FAILURE_OF_FIGURES,
        Scope.HEAD_COUNTS,
        is_computed=True,
    ),
    Check(
        "taux_different_des_effectifs",
        Group.VALUES,
        _("Taux que ses effectifs ne donnent pas"),
        _("Chaque taux est le quotient arrondi de ses deux effectifs."),
        _("Le taux «\u00a0{column}\u00a0» n’est pas le quotient de ses effectifs."),
        _("Vérifiez que le taux et les effectifs sont de la même ligne et de la même cohorte."),
        scope=Scope.HEAD_COUNTS,
    ),
    Check(
        "taux_impossible",
        Group.VALUES,
        _("Taux impossible pour son effectif"),
        _(
            "Quand le numérateur manque, un nombre entier de jeunes peut donner le taux\u00a0: sur 30, rien ne donne 51\u00a0%."
        ),
        _("Aucun nombre de jeunes ne donne le taux «\u00a0{column}\u00a0» avec l’effectif de la ligne."),
        _("Vérifiez l’effectif et le taux."),
        scope=Scope.HEAD_COUNTS,
    ),
    Check(
        "effectif_invraisemblable",
        Group.VALUES,
        _("Effectif invraisemblable"),
        _("Aucun établissement n’a plus de 3 000 élèves en dernière année, aucune région plus de 100 000."),
        _("L’effectif est plus grand que tout ce qui existe."),
        _("Vérifiez que la colonne n’est pas décalée."),
        scope=Scope.HEAD_COUNTS,
    ),
    Check(
        "valeurs_toutes_egales",
        Group.VALUES,
        _("Colonne où tout est égal"),
        _("Une colonne de chiffres ne porte pas la même valeur sur toutes ses lignes."),
        _("Toutes les valeurs de la colonne «\u00a0{column}\u00a0» sont égales, sur {value} lignes."),
        _("Vérifiez que la colonne n’a pas été recopiée vers le bas."),
        scope=Scope.FIGURES,
        is_computed=True,
    ),
    Check(
        "zeros_pour_nd",
        Group.VALUES,
        _("Zéros à la place de «\u00a0nd\u00a0»"),
        _("Aucune ligne n’a tous ses taux à zéro\u00a0: un chiffre non communiqué n’est jamais zéro."),
        _("Tous les taux de la ligne sont à zéro."),
        _("Si les chiffres ne sont pas communiqués, écrivez «\u00a0nd\u00a0» ou rien."),
        scope=Scope.FIGURES,
    ),
    Check(
        "mois_permutes",
        Group.VALUES,
        _("Mois peut-être échangés"),
        _("L’emploi monte de 6 à 12 mois et de 18 à 24 mois dans la plupart des groupes."),
        _(
            "L’emploi baisse de «\u00a0{column}\u00a0» à «\u00a0{expected}\u00a0» sur {value}\u00a0% des lignes, alors qu’il monte d’ordinaire."
        ),
        _("Vérifiez que les deux colonnes ne sont pas échangées."),
        scope=Scope.FIGURES,
        is_computed=True,
    ),
)
