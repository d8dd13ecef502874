"""The regions and départements of France, for what is checked without the published territories."""

from deliveries.source import Reference
from formations.text_folding import fold

# Code of INSEE → (name, numbers of its départements as they begin codes of schools, but for Corsica).
REGIONS = {
    "01": ("Guadeloupe", "971"),
    "02": ("Martinique", "972"),
    "03": ("Guyane", "973"),
    "04": ("La Réunion", "974"),
    "06": ("Mayotte", "976"),
    "11": ("Île-de-France", "075 077 078 091 092 093 094 095"),
    "24": ("Centre-Val de Loire", "018 028 036 037 041 045"),
    "27": ("Bourgogne-Franche-Comté", "021 025 039 058 070 071 089 090"),
    "28": ("Normandie", "014 027 050 061 076"),
    "32": ("Hauts-de-France", "002 059 060 062 080"),
    "44": ("Grand Est", "008 010 051 052 054 055 057 067 068 088"),
    "52": ("Pays de la Loire", "044 049 053 072 085"),
    "53": ("Bretagne", "022 029 035 056"),
    "75": ("Nouvelle-Aquitaine", "016 017 019 023 024 033 040 047 064 079 086 087"),
    "76": ("Occitanie", "009 011 012 030 031 032 034 046 048 065 066 081 082"),
    "84": ("Auvergne-Rhône-Alpes", "001 003 007 015 026 038 042 043 063 069 073 074"),
    "93": ("Provence-Alpes-Côte d’Azur", "004 005 006 013 083 084"),
    "94": ("Corse", "02A 02B"),
}
# Territories outside the regions, which have schools.
_OTHERS = ("975", "977", "978", "986", "987", "988")
REGION_OF = {
    f"departement-{departement}": f"region-{code}"
    for code, (_name, departements) in REGIONS.items()
    for departement in departements.split()
}
# Mayotte has no figures.
WITH_FIGURES = frozenset(REGIONS) - {"06"}


def reference() -> Reference:
    """What is known of France without a database: no code of a nomenclature, no commune."""
    others = dict.fromkeys(f"departement-{number}" for number in _OTHERS)
    return Reference(
        known={"region": set(REGIONS)},
        mappings={
            "region.name": {fold(name): f"region-{code}" for code, (name, _) in REGIONS.items()},
            "departement.region": REGION_OF | others,
            **{
                name: {}
                for name in ("course_year.diploma", "course_label.years", "mef.diploma", "commune.place")
            },
        },
    )
