"""The nomenclature of the Exposition API, rebuilt whenever the nomenclature is."""

from dataclasses import dataclass
from datetime import datetime, time
from zoneinfo import ZoneInfo

import pandas as pd
from django.db import connection

from deliveries.services.bcn import level_code
from formations.models import CourseYear, Diploma, Renewal, TradeFamilyMember
from stats.models import Certification

# Sources of labels that our own tables rewrite, the better one last.
SOURCES = (
    "bcn_v_formation_diplome",
    "bcn_n_formation_diplome",
    "bcn_n_mef",
    "bcn_n_niveau_formation_diplome",
)
_PARIS = ZoneInfo("Europe/Paris")
_FAMILIES = ("TG01", "TG02", "TG03")


@dataclass
class _OfficialLabels:
    """Texts of the official tables.

    diplomas: {code: label}. details: {code of a diploma: (first session, last session, letter of its speciality)}.
    years: {code of a year: label}. types: {code of a type: abbreviation}.
    """

    diplomas: dict[str, str]
    details: dict[str, tuple[str, str, str]]
    years: dict[str, str]
    types: dict[str, str]


def rebuild(rows: dict[str, pd.DataFrame]) -> None:
    """Replace all rows: diplomas, then years of courses, each in the order of their codes.

    rows: {source of `SOURCES`: its rows as delivered}. A year of a course has the exam sessions and the family of
    its diploma.
    """
    labels = _official_labels(rows)
    diplomas = {diploma.pk: diploma for diploma in Diploma.objects.select_related("type").order_by("pk")}
    years = list(CourseYear.objects.order_by("pk"))
    former, new = _links()
    families = _families()
    certifications = [_of_diploma(diploma, labels, former, new, families) for diploma in diplomas.values()]
    certifications += [_of_year(year, diplomas[year.diploma_id], labels, families) for year in years]
    Certification.objects.all()._raw_delete(Certification.objects.db)
    Certification.objects.bulk_create(
        certifications, batch_size=500 if connection.vendor == "sqlite" else 5_000
    )


def _official_labels(rows):
    labels, details = {}, {}
    for name in SOURCES[:2]:
        for row in _plain(rows.get(name), _OF_DIPLOMA):
            code, short, rest, first, last, letter = row
            labels[code] = " ".join(filter(None, (short, rest)))
            details[code] = (str(first or "")[:4], str(last or "")[:4], letter[:1])
    years = dict(_plain(rows.get(SOURCES[2]), ("mef_stat_11", "libelle_long")))
    types = dict(_plain(rows.get(SOURCES[3]), ("niveau_formation_diplome", "libelle_court")))
    return _OfficialLabels(labels, details, years, types)


_OF_DIPLOMA = (
    "formation_diplome",
    "libelle_court",
    "libelle_stat_33",
    "date_premiere_session",
    "date_derniere_session",
    "lettre_specialite",
)


def _plain(table, columns):
    """Rows as tuples of these columns, "" for a missing value."""
    if table is None:
        return []
    table = table.reindex(columns=list(columns)).astype("object")
    return table.where(table.notna(), "").itertuples(index=False, name=None)


def _links():
    """{code: codes that it follows}, {code: codes that follow it}."""
    former, new = {}, {}
    for old, young in Renewal.objects.order_by("pk").values_list("former_id", "new_id"):
        former.setdefault(young, []).append(old)
        new.setdefault(old, []).append(young)
    return former, new


def _families():
    """{diploma: its family}; a diploma of several groups has its family of trades before its diplomas with options."""
    members = TradeFamilyMember.objects.select_related("family").order_by("pk")
    ranked = sorted(
        (member for member in members if member.family.kind in _FAMILIES),
        key=lambda member: _FAMILIES.index(member.family.kind),
    )
    family_of = {}
    for member in ranked:
        family = {"code": member.family_id, "libelle": member.family.label}
        family_of.setdefault(member.diploma_id, family | {"isAnneeCommune": member.is_common_year})
    return family_of


def _midnight(day):
    return day and datetime.combine(day, time(), _PARIS)


def _of_diploma(diploma, labels, former, new, families):
    is_higher = diploma.kind == Diploma.Kind.SISE
    return Certification(
        code=diploma.pk,
        kind=Certification.Kind.SISE if is_higher else Certification.Kind.CFD,
        diploma="" if is_higher else diploma.pk,
        label=labels.diplomas.get(diploma.pk, diploma.official_label)[:255],
        former=former.get(diploma.pk, []),
        new=new.get(diploma.pk, []),
        **_common_fields(diploma, diploma, labels, families),
    )


def _of_year(year, diploma, labels, families):
    return Certification(
        code=year.pk,
        kind=Certification.Kind.MEF,
        diploma=diploma.pk,
        label=(labels.years.get(year.pk) or year.official_label)[:255],
        **_common_fields(year, diploma, labels, families),
    )


def _common_fields(dated, diploma, labels, families):
    """Fields that a year of a course takes from its diploma, but for its own dates (`dated`: the year, or the diploma)."""
    first_session, last_session, _ = labels.details.get(diploma.pk, ("", str(diploma.last_session or ""), ""))
    return {
        "long_label": diploma.official_label,
        "former_label": diploma.former_label,
        "opened_at": _midnight(dated.opened_on),
        "closed_at": _midnight(dated.closed_on),
        "first_session": first_session,
        "last_session": last_session,
        "family": families.get(diploma.pk),
        **_level(diploma, labels),
    }


def _level(diploma, labels):
    code = (
        level_code(diploma.pk)
        if diploma.kind == Diploma.Kind.CFD
        else str(diploma.type.level or "" if diploma.type else "")
    )
    return {
        "level_code": code if diploma.type else "",
        "level_label": labels.types.get(diploma.type_id, diploma.type.short_label) if diploma.type else "",
        "type_code": diploma.pk[:3] if diploma.kind == Diploma.Kind.CFD else "",
        "speciality": diploma.speciality_id or "",
        "speciality_letter": labels.details.get(diploma.pk, ("", "", ""))[2],
    }
