"""What the columns of the whole-data files mean, but for figures, whose words are in the registry."""

from django.utils.translation import gettext_lazy

from stats.indicator_texts import HEAD_COUNT_TEXTS

# The year of a course before the last one shows the figures of each terminal year that it leads to.
TERMINAL_COLUMN = "mefstat11_terminal"

MEANINGS = {
    "millesime": gettext_lazy(
        "Cohorte : l’année de sortie d’études (« 2023 »), ou deux années réunies (« 2022_2023 »)."
    ),
    "voie": gettext_lazy("Voie de formation."),
    "niveau_geographique": gettext_lazy(
        "Ce dont la ligne donne les chiffres : un territoire ou un établissement."
    ),
    "region": gettext_lazy("Code INSEE de la région, ou de celle de l’établissement."),
    "uai": gettext_lazy("Code UAI de l’établissement."),
    "etablissement": gettext_lazy("Nom de l’établissement."),
    "code_formation": gettext_lazy(
        "Code formation diplôme (CFD) ou code SISE ; vide pour toutes les formations ensemble."
    ),
    "mefstat11": gettext_lazy("Année de formation, voie scolaire (MEFSTAT11)."),
    "formation": gettext_lazy("Libellé de la formation."),
    "origine": gettext_lazy(
        "À qui sont les chiffres : ne pas additionner les lignes qui montrent ceux d’une autre formation."
    ),
    "code_origine": gettext_lazy(
        "Code de la formation, ou de l’année de formation, dont ce sont les chiffres."
    ),
    "etablissement_origine": gettext_lazy("Code UAI de l’établissement dont ce sont les chiffres."),
    "role_origine": gettext_lazy("Rôle de l’établissement dont ce sont les chiffres, pour l’apprentissage."),
    "source": gettext_lazy("Producteur des chiffres."),
    "fichier_source": gettext_lazy("Fichier officiel dont vient la ligne."),
    "date_livraison": gettext_lazy("Jour où le portail a publié ce fichier."),
    TERMINAL_COLUMN: gettext_lazy("Année terminale à laquelle mène une année qui ne l’est pas, sinon vide."),
    "libelle": gettext_lazy("Nom de la formation."),
    "libelle_officiel": gettext_lazy("Libellé de la nomenclature."),
    "type_diplome": gettext_lazy("Type de diplôme."),
    "niveau": gettext_lazy("Niveau de qualification, de 3 (CAP) à 8 (doctorat)."),
    "specialite": gettext_lazy("Spécialité de formation (NSF)."),
    "date_ouverture": gettext_lazy("Ouverture du diplôme."),
    "date_fermeture": gettext_lazy("Fermeture du diplôme, vide s’il est ouvert."),
    "adresse": gettext_lazy("Adresse de la page, après le nom du site."),
    "nom": gettext_lazy("Nom de l’établissement."),
    "nature": gettext_lazy("Nature de l’établissement : lycée professionnel, CFA…"),
    "secteur": gettext_lazy("Secteur, vide s’il est inconnu."),
    "internat": gettext_lazy("Internat, vide quand on ne le sait pas."),
    "adresse_postale": gettext_lazy("Numéro et rue."),
    "code_postal": gettext_lazy("Code postal."),
    "ville": gettext_lazy("Ville."),
    "departement": gettext_lazy("Code du département, sur trois caractères."),
    "latitude": gettext_lazy("Latitude (WGS 84)."),
    "longitude": gettext_lazy("Longitude (WGS 84)."),
    "rentree": gettext_lazy("Rentrée scolaire que décrit la source."),
    "places": gettext_lazy("Places offertes, si la source le dit."),
    "premiers_voeux": gettext_lazy("Premiers vœux des élèves, si la source le dit."),
}
COUNT_MEANINGS = {name: gettext_lazy(text) for name, text in HEAD_COUNT_TEXTS.items()}
