"""The parts of documents about courses and places, read once for each version of the data."""

from dataclasses import dataclass
from datetime import UTC, datetime

from establishments.models import School, Territory
from stats.caching import OncePerDataVersion
from stats.models import Certification

CORSICA, CORSE = "20", "94"
# Callers know the overseas collectivities as one region, which no official list has: it is asked for by its code, by
# a postal code or by its académies, and has no figures so far.
_OVERSEAS = {"code": "00", "nom": "Collectivités d’outre-mer"}
_OVERSEAS_DEPARTEMENTS = ("975", "984", "986", "987", "988", "989")
_OVERSEAS_ACADEMIES = ("40", "41", "42", "44", "77", "78")
_OVERSEAS_KEYS = {f"departement-{code}" for code in _OVERSEAS_DEPARTEMENTS} | {
    f"academie-{code}" for code in _OVERSEAS_ACADEMIES
}
_TYPES = {7: "sise", 8: "cfd", 11: "mef11"}


def moment(value):
    """A moment as JavaScript writes it, None for None."""
    return value and value.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def type_of(code):
    return _TYPES[len(code)]


@dataclass(frozen=True)
class Course:
    """One code: `document`, what its figures say of it ({"libelle", "diplome", …}, absent ones left out)."""

    code: str
    kind: str
    diploma: str
    document: dict
    closed_at: datetime | None
    is_listed: bool


@dataclass(frozen=True)
class Place:
    """A school: `document` {"libelle_etablissement", "region", "academie"}; whether the register describes it."""

    document: dict
    is_registered: bool


@dataclass(frozen=True, eq=False)
class Nomenclature:
    courses: dict
    schools: dict
    regions: dict
    academies: frozenset
    region_of_departement: dict

    def schools_of(self, level):
        """{code: UAIs} of the regions or of the académies."""
        schools_by_code = {}
        for uai, place in self.schools.items():
            if level in place.document:
                schools_by_code.setdefault(place.document[level]["code"], []).append(uai)
        return schools_by_code

    def region_of(self, text):
        """The code of a region given by code or postal code, None when there is no such region."""
        if len(text) != 5 or not text.isdigit():
            return text if text in self.regions else None
        departement = text[:3] if text[:2] in {"97", "98"} else text[:2]
        return CORSE if departement == CORSICA else self.region_of_departement.get(departement.zfill(3))


def course_of(row):
    """The `Course` of a `Certification`."""
    document = {
        "libelle": row.long_label,
        "libelle_ancien": row.former_label or None,
        "diplome": {"code": row.level_code, "libelle": row.level_label} if row.level_code else None,
        "date_fermeture": moment(row.closed_at),
        "familleMetier": row.family,
    }
    given = {name: value for name, value in document.items() if value is not None}
    return Course(row.code, row.kind, row.diploma, given, row.closed_at, row.is_listed)


def _read():
    territories = {t.key: t for t in Territory.objects.all()}
    named = {t.code: {"code": t.code, "nom": t.name} for t in territories.values() if t.level == "region"}
    regions = {_OVERSEAS["code"]: _OVERSEAS} | named
    schools = School.objects.values_list("uai", "name", "kind", "region_id", "territory_id")
    departements = [t for t in territories.values() if t.level == "departement"]
    return Nomenclature(
        courses={row.code: course_of(row) for row in Certification.objects.iterator()},
        schools={uai: _place(territories, *school) for uai, *school in schools.iterator()},
        regions=regions,
        academies=frozenset(_OVERSEAS_ACADEMIES).union(
            t.code for t in territories.values() if t.level == "academie"
        ),
        region_of_departement=dict.fromkeys(_OVERSEAS_DEPARTEMENTS, _OVERSEAS["code"])
        | {t.code: region.code for t in departements if (region := _above(territories, t.key, "region"))},
    )


def _place(territories, name, kind, region, territory):
    academie = _above(territories, territory, "academie")
    region = territories.get(region) or _above(territories, territory, "region")
    overseas = _OVERSEAS if territory in _OVERSEAS_KEYS else None
    document = {
        "libelle_etablissement": name or None,
        "region": {"code": region.code, "nom": region.name} if region else overseas,
        "academie": academie and {"code": academie.code, "nom": academie.name},
    }
    return Place({key: value for key, value in document.items() if value}, bool(kind))


def _above(territories, key, level):
    """The territory of this level that is or holds the one with this key, None when there is none."""
    territory = territories.get(key)
    while territory and territory.level != level:
        territory = territories.get(territory.parent_id)
    return territory


nomenclature = OncePerDataVersion(_read)
