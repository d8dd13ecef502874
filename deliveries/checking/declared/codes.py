"""Checks of codes: their form, their check letter, and what they say of each other."""

from deliveries.checking.check import Check, Group, Level, Scope
from stats.translatable import gettext_noop as _

CHECKS = (
    Check(
        "code_vide",
        Group.CODES,
        _("Code vide"),
        _("Aucune ligne n’est sans le code qui la rattache."),
        _("La ligne ne se rattache à rien\u00a0: le code est vide."),
        _("Complétez-le à la source."),
        Level.FAILURE_OF_FIGURES,
    ),
    Check(
        "uai_invalide",
        Group.CODES,
        _("Code UAI faux"),
        _("Chaque UAI a sept chiffres et la lettre qu’ils donnent."),
        _("«\u00a0{value}\u00a0» n’est pas un code UAI valable\u00a0: {expected}."),
        _("Corrigez le code à la source."),
        Level.FAILURE_OF_FIGURES,
        Scope.SCHOOL_CODES,
    ),
    Check(
        "code_invalide",
        Group.CODES,
        _("Code mal formé"),
        _("Chaque code a la longueur et la forme de sa nomenclature."),
        _("«\u00a0{value}\u00a0» n’a pas la forme attendue\u00a0: {expected}."),
        _("Corrigez le code à la source."),
        Level.FAILURE_OF_FIGURES,
    ),
    Check(
        "code_retouche",
        Group.CODES,
        _("Code abîmé par un tableur"),
        _("Aucun code n’a perdu ses zéros ni gagné de décimales."),
        _(
            "«\u00a0{value}\u00a0» a été transformé par un tableur\u00a0; il devrait s’écrire «\u00a0{expected}\u00a0»."
        ),
        _("Repartez du fichier d’origine, colonnes en texte."),
        Level.FAILURE_OF_FIGURES,
    ),
    Check(
        "code_deduit",
        Group.CODES,
        _("Code déduit d’un autre"),
        _("Aucun code n’est tiré d’une autre colonne par une table officielle."),
        _("Le code est déduit de {expected}. Lignes\u00a0: {value}."),
        _("Rien à faire si la table est à jour."),
        Level.NOTE,
        needs_database=True,
        is_computed=True,
    ),
    Check(
        "code_a_plusieurs_reponses",
        Group.CODES,
        _("Code qui en donne plusieurs"),
        _("Chaque code d’où un autre est déduit n’en donne qu’un."),
        _("«\u00a0{value}\u00a0» donne plusieurs codes, {expected}\u00a0: le portail ne choisit pas."),
        _("Demandez au producteur le code qui manque, et redonnez le fichier avec lui."),
        Level.FAILURE_OF_FIGURES,
        needs_database=True,
    ),
    Check(
        "cle_en_double",
        Group.CODES,
        _("Ligne en double"),
        _("Deux lignes n’ont pas la même clé\u00a0: même établissement, même formation, même cohorte."),
        _("Cette ligne répète la clé de la ligne {expected} ({value})."),
        _("Gardez-en une seule."),
        Level.FAILURE_OF_FIGURES,
    ),
    Check(
        "annee_non_terminale",
        Group.CODES,
        _("Chiffres sur une année non terminale"),
        _(
            "Les MEFSTAT11 des chiffres sont ceux d’années terminales\u00a0: leur quatrième caractère est la durée."
        ),
        _(
            "«\u00a0{value}\u00a0» est l’année {expected} d’une formation plus longue\u00a0: ses élèves ne sortent pas."
        ),
        _("Vérifiez le code\u00a0: les chiffres se rattachent à l’année terminale."),
        scope=Scope.COURSE_YEARS,
    ),
    Check(
        "voie_non_dite",
        Group.CODES,
        _("Voie de formation non dite"),
        _("Chaque ligne dit si l’établissement forme des élèves ou des apprentis."),
        _(
            "«\u00a0{value}\u00a0»\u00a0: un lycée forme des élèves et des apprentis, et la ligne ne dit pas lesquels."
        ),
        _("Elle n’est pas publiée."),
        scope=Scope.SCHOOL_YEARS,
    ),
    Check(
        "regions_contradictoires",
        Group.CODES,
        _("Deux codes de région qui se contredisent"),
        _("Le code académique et le code INSEE d’une ligne désignent la même région."),
        _("Le code académique de la région n’est pas celui de la région de la ligne."),
        _("Vérifiez que les colonnes des régions ne sont pas décalées."),
        scope=Scope.REGION_CODES,
    ),
)
