"""What kind of school a code stands for, its sector, and why it depends on another."""

import pandas as pd

CFA = "Centre de formation d’apprentis (CFA)"
# Nature of a UAI → kind, for those where a vocational diploma can be prepared.
KINDS = {
    "300": "Lycée général et technologique",
    "301": "Lycée technologique",
    "302": "Lycée général",
    "306": "Lycée polyvalent",
    "307": "Lycée agricole",
    "310": "Lycée d’enseignement technologique",
    "312": "École secondaire spécialisée",
    "315": "École professionnelle spécialisée",
    "320": "Lycée professionnel",
    "334": "Section d’enseignement professionnel",
    "335": "Section d’enseignement général et technologique",
    "370": "Établissement régional d’enseignement adapté (EREA)",
    "380": "Maison familiale rurale (MFR)",
    "400": "Établissement d’enseignement après le bac",
    "410": "École de formation sanitaire et sociale",
    "430": "École de formation sanitaire",
    "440": "École de formation sociale",
    "600": CFA,
    "610": "Section d’apprentissage",
    "615": "Centre de formation pour adultes",
    "620": "Centre de formation",
}
IPS_KINDS = {"LP": KINDS["320"], "LPO": KINDS["306"], "LEGT": KINDS["300"]}
# Primary schools, care, collèges, SEGPA, administration.
LEFT_OUT = r"(?:[129]\d\d|[78]\d\d|340|350|352|390)"

# Why a school depends on another, as ACCE (a code) and the directory (words) write it.
LINK_KINDS = {
    "FI": "section",
    "FILIERE OU DEPARTEMENT OU SECTION": "section",
    "AN": "annexe",
    "ANNEXE GEOGRAPHIQUE": "annexe",
}


def sector_codes(texts: pd.Series) -> pd.Series:
    """Sector codes of texts such as "Public", "PU", "privé sous contrat", "PR"; "" for any other text."""
    starts = texts.str.lower().str.slice(0, 2)
    return starts.map({"pu": "public", "pr": "prive"}).fillna("")


def link_table(daughters: pd.Series, mothers: pd.Series, kinds: pd.Series) -> pd.DataFrame:
    """The "school_link" table: which school depends on which. Other reasons, such as a legal one, are left out."""
    table = pd.DataFrame(
        {"daughter": daughters, "mother": mothers, "kind": kinds.str.upper().map(LINK_KINDS)}
    )
    return table[table["kind"].notna() & (table["mother"] != "")]
