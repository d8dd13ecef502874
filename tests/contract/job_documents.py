"""Documents of the recorded database ↔ rows of the portal, without any rule of what a job does."""

from datetime import date

import pandas as pd

from deliveries.services import bcn
from stats.indicators import COUNTS, FIGURES, GROUP_SIZE
from stats.substitution import GROUP

STATS = {
    "certifications": "certificationsStats",
    "regionales": "regionalesStats",
    "formations": "formationsStats",
}
COHORTS = {"certifications": "default", "regionales": "regionales", "formations": "formations"}
# Figures that the recorded database has; the portal keeps more of them.
NUMBERS = (
    GROUP_SIZE,
    *COUNTS,
    "nb_diplome",
    *(name for name in FIGURES if name.startswith(("taux_en_", "taux_autres_", "taux_rupture", "salaire_"))),
)
_DESCRIPTION = (
    "code_certification",
    "code_certification_type",
    "code_formation_diplome",
    "libelle",
    "libelle_ancien",
    "diplome",
    "date_fermeture",
    "familleMetier",
)


class Database:
    """The collections of a case."""

    def __init__(self, collections, reference):
        self.collections = {name: list(documents) for name, documents in collections.items()}
        self.regions = reference["regions"]

    def __getitem__(self, name):
        return self.collections.setdefault(name, [])

    def __setitem__(self, name, documents):
        self.collections[name] = documents

    @property
    def courses(self):
        return {document["code_certification"]: document for document in self["bcn"]}

    def upsert(self, name, code_name, document):
        """Put a document in place of the one with the same code; its fields that are not given stay."""
        documents = {known[code_name]: known for known in self[name]}
        known = documents.get(document[code_name], {})
        documents[document[code_name]] = known | {k: v for k, v in document.items() if v is not None}
        self[name] = list(documents.values())

    def described(self, code):
        """What a document of figures says of its course."""
        course = self.courses.get(code)
        if course is None:
            return {}
        values = (
            code,
            "mef11" if course["type"] == bcn.MEF else "cfd",
            course["code_formation_diplome"],
            course["libelle_long"],
            course.get("libelle_long_ancien"),
            course.get("diplome"),
            course.get("date_fermeture"),
            course.get("familleMetier"),
        )
        return dict(zip(_DESCRIPTION, values, strict=True))

    def region(self, **known):
        """The region with this code, académie code (`code_region_academique`) or département."""
        for region in self.regions:
            if "departement" in known:
                if known["departement"].lstrip("0") in {
                    d["code"].lstrip("0") for d in region["departements"]
                }:
                    return region
            elif all(region[name] == value for name, value in known.items()):
                return region
        return None

    def academie(self, code):
        found = [a for region in self.regions for a in region["academies"] if a["code"] == code]
        return found[0] if found else None


def place_of(document):
    return document.get("uai") or document.get("region", {}).get("code", "")


def rows_of(documents):
    """Rows for the derivation, indexed by place in `documents`."""
    table = pd.DataFrame(
        [
            (
                d["code_certification"],
                d.get("code_formation_diplome", ""),
                d["millesime"],
                d["filiere"],
                place_of(d),
            )
            for d in documents
        ],
        columns=["code", "diploma", *GROUP],
        dtype="str",
    )
    return table


def is_own(document):
    return document.get("donnee_source", {}).get("type") == "self"


def links_of(courses):
    """(former lists, new lists) of the documents of courses."""
    return (
        {code: course.get("ancien_diplome", []) for code, course in courses.items()},
        {code: course.get("nouveau_diplome", []) for code, course in courses.items()},
    )


def undescribed(document):
    """A document of figures without what it says of its course and its source."""
    return {k: v for k, v in document.items() if k not in {*_DESCRIPTION, "donnee_source"}}


def moment(day):
    return f"{day.isoformat()}T00:00:00.000Z" if isinstance(day, date) else None


def years_of(documents):
    """N_MEF as the derivation wants it, from its documents."""
    table = pd.DataFrame(
        documents,
        columns=[
            "mef_stat_11",
            "formation_diplome",
            "dispositif_formation",
            "annee_dispositif",
            "duree_dispositif",
        ],
    )
    table.columns = ["code", "diploma", "course_type", "year", "duration"]
    numbers = {name: pd.to_numeric(table[name], errors="coerce") for name in ("year", "duration")}
    return table.assign(**numbers)
