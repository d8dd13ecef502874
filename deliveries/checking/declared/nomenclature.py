"""Checks of a file beside the nomenclature, and of the nomenclature beside what refers to it."""

from deliveries.checking.check import Check, Group, Level, Scope, Step
from stats.translatable import gettext_noop as _

CHECKS = (
    Check(
        "code_inconnu",
        Group.NOMENCLATURE,
        _("Code absent de la nomenclature"),
        _(
            "Chaque code de diplôme, d’année de formation, de région, de métier ou d’établissement est connu du portail."
        ),
        _("«\u00a0{value}\u00a0» n’est pas dans {expected}."),
        _("Publiez d’abord la table à jour, ou corrigez le code."),
        Level.FAILURE_OF_FIGURES,
        needs_database=True,
    ),
    Check(
        "etablissement_sans_fiche",
        Group.NOMENCLATURE,
        _("Établissement qu’aucune liste ne connaît"),
        _("Les établissements d’un fichier de chiffres sont dans une liste d’établissements."),
        _(
            "L’établissement «\u00a0{value}\u00a0» n’est dans aucune liste\u00a0: sa page n’aura que son nom et sa région."
        ),
        _("Publiez d’abord l’annuaire à jour, ou vérifiez le code."),
        scope=Scope.SCHOOL_CODES,
        needs_database=True,
        step=Step.PUBLISHED,
    ),
    Check(
        "diplome_ferme",
        Group.NOMENCLATURE,
        _("Chiffres sur un diplôme fermé depuis longtemps"),
        _("Aucun chiffre n’est celui d’un diplôme fermé plus de deux ans avant la cohorte."),
        _("«\u00a0{value}\u00a0» est fermé depuis {expected}, plus de deux ans avant la cohorte."),
        _("Vérifiez le code\u00a0: le diplôme qui l’a remplacé était peut-être attendu."),
        scope=Scope.FIGURES,
        needs_database=True,
        is_computed=True,
        step=Step.PUBLISHED,
    ),
    Check(
        "diplome_trop_recent",
        Group.NOMENCLATURE,
        _("Chiffres sur un diplôme trop récent"),
        _("Aucun chiffre n’est celui d’un diplôme ouvert après la sortie de la cohorte."),
        _("«\u00a0{value}\u00a0» n’ouvre qu’en {expected}, après la sortie de la cohorte."),
        _("Vérifiez le code et la cohorte."),
        scope=Scope.FIGURES,
        needs_database=True,
        is_computed=True,
        step=Step.PUBLISHED,
    ),
    Check(
        "codes_retires",
        Group.NOMENCLATURE,
        _("Codes qui ont des chiffres, et que la table n’a plus"),
        _(
            "Une table plus récente garde les diplômes et les années de formation auxquels des chiffres se rapportent."
        ),
        _(
            "La table n’a plus {value} codes auxquels se rapportent {expected} lignes de chiffres\u00a0: le portail les garde."
        ),
        _("Vérifiez que la table est entière\u00a0: des codes fermés y manquent peut-être par erreur."),
        scope=Scope.NOMENCLATURE,
        needs_database=True,
        is_computed=True,
        step=Step.PUBLISHED,
    ),
    Check(
        "fiches_retirees",
        Group.NOMENCLATURE,
        _("Établissements qui ont des chiffres, et que la liste n’a plus"),
        _("Une liste d’établissements plus récente garde ceux qui ont des chiffres."),
        _("La liste n’a plus {value} établissements qui ont des chiffres, sur {expected} qu’elle donnait."),
        _("Vérifiez que la liste est entière\u00a0; un établissement fermé reste montré avec ses chiffres."),
        scope=Scope.SCHOOLS,
        needs_database=True,
        is_computed=True,
        step=Step.PUBLISHED,
    ),
    Check(
        "libelles_changes",
        Group.NOMENCLATURE,
        _("Libellés presque tous changés"),
        _("Moins d’un libellé sur deux change d’une livraison à l’autre."),
        _("{value} libellés changent sur {expected} codes que la table donnait déjà."),
        _("Vérifiez que les colonnes ne sont pas décalées."),
        scope=Scope.NOMENCLATURE,
        needs_database=True,
        is_computed=True,
        step=Step.PUBLISHED,
    ),
    Check(
        "renovation_en_boucle",
        Group.NOMENCLATURE,
        _("Rénovation en boucle"),
        _("Aucun diplôme ne se remplace lui-même, directement ou par d’autres."),
        _("Le diplôme «\u00a0{value}\u00a0» se remplace lui-même, directement ou par d’autres."),
        _("Corrigez les anciens et nouveaux diplômes à la source\u00a0: ce lien n’est pas suivi."),
        scope=Scope.DIPLOMAS,
    ),
    Check(
        "lien_sans_diplome",
        Group.NOMENCLATURE,
        _("Lien de rénovation vers un diplôme inconnu"),
        _("Les anciens et nouveaux diplômes d’une ligne sont eux-mêmes dans la table."),
        _("Le diplôme «\u00a0{value}\u00a0», donné comme ancien ou nouveau, n’est pas dans la table."),
        _("Complétez la table\u00a0: ce lien n’est pas suivi."),
        scope=Scope.DIPLOMAS,
    ),
)
