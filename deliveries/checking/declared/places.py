"""Checks of places: communes, positions, départements, regions."""

from deliveries.checking.check import Check, Group, Scope
from stats.translatable import gettext_noop as _

CHECKS = (
    Check(
        "commune_retrouvee",
        Group.PLACES,
        _("Commune retrouvée par son nom"),
        _("Le code de commune de chaque établissement est celui de sa commune."),
        _(
            "«\u00a0{value}\u00a0» n’est pas le code de sa commune\u00a0: l’établissement est placé à {expected}."
        ),
        _("Corrigez le code à la source."),
        scope=Scope.SCHOOLS,
        needs_database=True,
    ),
    Check(
        "commune_inconnue",
        Group.PLACES,
        _("Commune inconnue"),
        _("La commune de chaque établissement se retrouve."),
        _(
            "«\u00a0{value}\u00a0» n’est pas le code de sa commune, et {expected} ne suffit pas à la retrouver\u00a0: l’établissement reste "
            "sans commune."
        ),
        _("Corrigez le code à la source."),
        scope=Scope.SCHOOLS,
        needs_database=True,
    ),
    Check(
        "position_invraisemblable",
        Group.PLACES,
        _("Position invraisemblable"),
        _("Chaque point est en France, et à moins de 50 km de sa commune (200 en Guyane)."),
        _("La position «\u00a0{value}\u00a0» est {expected}\u00a0: elle n’est pas gardée."),
        _("Corrigez-la à la source."),
        scope=Scope.POSITIONS,
    ),
    Check(
        "latitude_longitude_inversees",
        Group.PLACES,
        _("Latitude et longitude échangées"),
        _("Aucun point ne serait en France si sa latitude et sa longitude étaient échangées."),
        _("La latitude et la longitude sont échangées."),
        _("Remettez la latitude d’abord, la longitude ensuite."),
        scope=Scope.POSITIONS,
    ),
    Check(
        "positions_confondues",
        Group.PLACES,
        _("Établissements de communes différentes au même point"),
        _(
            "Des établissements de plusieurs communes ne sont pas au même point, celui d’une adresse non trouvée."
        ),
        _("Ce point est donné à {value} établissements de {expected} communes différentes."),
        _("Retirez ces positions\u00a0: celle de la commune les remplace."),
        scope=Scope.POSITIONS,
        is_computed=True,
    ),
    Check(
        "code_postal_ailleurs",
        Group.PLACES,
        _("Code postal d’un autre département"),
        _("Le code postal d’un établissement est du département que dit son UAI."),
        _("Le code postal «\u00a0{value}\u00a0» n’est pas du département {expected} que dit l’UAI."),
        _("Vérifiez le code postal et l’UAI."),
        scope=Scope.SCHOOLS,
    ),
    Check(
        "region_inconnue",
        Group.PLACES,
        _("Région inconnue"),
        _("Chaque région porte un nom connu."),
        _("«\u00a0{value}\u00a0» n’est le nom d’aucune région."),
        _("Écrivez le nom que lui donne l’INSEE."),
        scope=Scope.REGION_NAMES,
    ),
    Check(
        "departement_inconnu",
        Group.PLACES,
        _("Département inconnu"),
        _("Les trois premiers chiffres de chaque UAI sont le numéro d’un département."),
        _("«\u00a0{value}\u00a0»\u00a0: aucun département n’a le numéro {expected}."),
        _("Vérifiez le code."),
        scope=Scope.SCHOOL_CODES,
    ),
    Check(
        "uai_hors_region",
        Group.PLACES,
        _("Établissement hors de sa région"),
        _("La région d’une ligne est celle du département que dit l’UAI."),
        _("L’établissement «\u00a0{value}\u00a0» n’est pas dans la région que dit la ligne."),
        _("Vérifiez que les colonnes ne sont pas décalées."),
        scope=Scope.REGION_NAMES,
    ),
    Check(
        "etablissement_de_deux_regions",
        Group.PLACES,
        _("Établissement dans deux régions"),
        _("Un établissement n’a qu’une région dans tout le fichier."),
        _("L’établissement «\u00a0{value}\u00a0» est dans une autre région à la ligne {expected}."),
        _("Corrigez la région à la source."),
        scope=Scope.REGION_NAMES,
        is_computed=True,
    ),
    Check(
        "region_absente",
        Group.PLACES,
        _("Région absente d’un fichier national"),
        _("Un fichier qui couvre la plupart des régions les couvre toutes, sauf Mayotte."),
        _("Le fichier n’a aucune ligne pour la région {value}, et en a pour {expected} autres."),
        _("Vérifiez que le fichier est entier."),
        scope=Scope.FIGURES,
        is_computed=True,
    ),
)
