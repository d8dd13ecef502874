"""The nomenclature as callers of the Exposition API know it, made again whenever ours is."""

from dataclasses import dataclass
from datetime import datetime, time
from zoneinfo import ZoneInfo

from django.db import connection

from deliveries.services.bcn import level_code
from formations.models import CourseYear, Diploma, Renewal, TradeFamilyMember
from stats.models import Certification

# Sources of words that our own tables write otherwise, the better one last.
SOURCES = (
    "bcn_v_formation_diplome",
    "bcn_n_formation_diplome",
    "bcn_n_mef",
    "bcn_n_niveau_formation_diplome",
)
_PARIS = ZoneInfo("Europe/Paris")
_FAMILIES = ("TG01", "TG02", "TG03")


@dataclass
class _Words:
    """What the official tables say: {diploma: label}, {diploma: (first, last session, letter)}, {year: label},
    {type: sigle}."""

    labels: dict
    details: dict
    years: dict
    types: dict


def rebuild(rows):
    """Write every code again: diplomas, then years of courses, each in the order of its code.

    rows: {source of `SOURCES`: table of its rows as delivered}. Sessions of exams are those of diplomas; a year
    of a course has the family of its diploma.
    """
    words = _words(rows)
    diplomas = {diploma.pk: diploma for diploma in Diploma.objects.select_related("type").order_by("pk")}
    years = list(CourseYear.objects.order_by("pk"))
    former, new = _links()
    families = _families()
    made = [_of_diploma(each, words, former, new, families) for each in diplomas.values()]
    made += [_of_year(each, diplomas[each.diploma_id], words, families) for each in years]
    Certification.objects.all()._raw_delete(Certification.objects.db)
    Certification.objects.bulk_create(made, batch_size=500 if connection.vendor == "sqlite" else 5_000)


def _words(rows):
    labels, details = {}, {}
    for name in SOURCES[:2]:
        for row in _plain(rows.get(name), _OF_DIPLOMA):
            code, short, rest, first, last, letter = row
            labels[code] = " ".join(filter(None, (short, rest)))
            details[code] = (str(first or "")[:4], str(last or "")[:4], letter[:1])
    years = dict(_plain(rows.get(SOURCES[2]), ("mef_stat_11", "libelle_long")))
    types = dict(_plain(rows.get(SOURCES[3]), ("niveau_formation_diplome", "libelle_court")))
    return _Words(labels, details, years, types)


_OF_DIPLOMA = (
    "formation_diplome",
    "libelle_court",
    "libelle_stat_33",
    "date_premiere_session",
    "date_derniere_session",
    "lettre_specialite",
)


def _plain(table, columns):
    """Rows of these columns as tuples, "" where there is nothing."""
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
    """{diploma: its family}; one of several groups goes to its family of trades before diplomas with options."""
    members = TradeFamilyMember.objects.select_related("family").order_by("pk")
    ranked = sorted(
        (member for member in members if member.family.kind in _FAMILIES),
        key=lambda member: _FAMILIES.index(member.family.kind),
    )
    found = {}
    for member in ranked:
        family = {"code": member.family_id, "libelle": member.family.label}
        found.setdefault(member.diploma_id, family | {"isAnneeCommune": member.is_common_year})
    return found


def _midnight(day):
    return day and datetime.combine(day, time(), _PARIS)


def _of_diploma(diploma, words, former, new, families):
    is_higher = diploma.kind == Diploma.Kind.SISE
    first, last, _ = words.details.get(diploma.pk, ("", str(diploma.last_session or ""), ""))
    return Certification(
        code=diploma.pk,
        kind=Certification.Kind.SISE if is_higher else Certification.Kind.CFD,
        diploma="" if is_higher else diploma.pk,
        label=words.labels.get(diploma.pk, diploma.official_label)[:255],
        long_label=diploma.official_label,
        former_label=diploma.former_label,
        opened_at=_midnight(diploma.opened_on),
        closed_at=_midnight(diploma.closed_on),
        first_session=first,
        last_session=last,
        former=former.get(diploma.pk, []),
        new=new.get(diploma.pk, []),
        family=families.get(diploma.pk),
        **_level(diploma, words),
    )


def _of_year(year, diploma, words, families):
    first, last, _ = words.details.get(diploma.pk, ("", str(diploma.last_session or ""), ""))
    return Certification(
        code=year.pk,
        kind=Certification.Kind.MEF,
        diploma=diploma.pk,
        label=(words.years.get(year.pk) or year.official_label)[:255],
        long_label=diploma.official_label,
        former_label=diploma.former_label,
        opened_at=_midnight(year.opened_on),
        closed_at=_midnight(year.closed_on),
        first_session=first,
        last_session=last,
        family=families.get(diploma.pk),
        **_level(diploma, words),
    )


def _level(diploma, words):
    code = (
        level_code(diploma.pk)
        if diploma.kind == Diploma.Kind.CFD
        else str(diploma.type.level or "" if diploma.type else "")
    )
    return {
        "level_code": code if diploma.type else "",
        "level_label": words.types.get(diploma.type_id, diploma.type.short_label) if diploma.type else "",
        "type_code": diploma.pk[:3] if diploma.kind == Diploma.Kind.CFD else "",
        "speciality": diploma.speciality_id or "",
        "speciality_letter": words.details.get(diploma.pk, ("", "", ""))[2],
    }
