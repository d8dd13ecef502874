"""Counts of what is known, in a few queries over whole tables, whatever their size.

Raw SQL: they are groups over joins of groups, which the ORM would write as one query a region. A course of an
agricultural lycée is a course of a lycée. All of it is asked of both engines.
"""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db import connection

from establishments.models import School
from formations.models import Diploma, DiplomaJob
from stats.indicators import BY_NAME
from stats.models import Attribution, Outcome, Slice, Teaching
from stats.reasons import SHOWN

# Why a course in a school shows nothing is told by the figure that families read first.
_ASKED_FIRST = BY_NAME["taux_en_emploi_6_mois"]
# Of places without any row of figures, where a letter of `stats.reasons` would stand.
NO_ROW = ""

_TABLES = {
    "teaching": Teaching,
    "school": School,
    "attribution": Attribution,
    "outcome": Outcome,
    "diploma": Diploma,
    "diploma_job": DiplomaJob,
}
_KIND = "CASE {0}.route WHEN 'agricole' THEN 'pro' ELSE {0}.route END"
_TAUGHT = f"SELECT DISTINCT t.school_id, t.diploma_id, {_KIND.format('t')} AS kind FROM {{teaching}} t"
_FIGURES = f"""
    SELECT a.school_id, a.diploma_id, {_KIND.format("a")} AS kind,
        MAX(a.cohort_id || SUBSTR(o.reasons, {_ASKED_FIRST.position + 1}, 1)) AS newest,
        MAX(CASE WHEN o.reasons LIKE '%{SHOWN}%' THEN 1 ELSE 0 END) AS is_shown
    FROM {{attribution}} a JOIN {{outcome}} o ON o.id = a.outcome_id
    WHERE a.school_id IS NOT NULL AND a.diploma_id IS NOT NULL
    GROUP BY 1, 2, 3"""
_SAME_PLACE = "f.school_id = t.school_id AND f.diploma_id = t.diploma_id AND f.kind = t.kind"
# Taught places by what they show: SHOWN, the letter of a reason, or NO_ROW.
_PLACES = f"""
    WITH taught AS ({_TAUGHT}), figures AS ({_FIGURES})
    SELECT s.region_id, t.kind, CASE WHEN f.school_id IS NULL THEN '{NO_ROW}' WHEN f.is_shown = 1 THEN '{SHOWN}'
        ELSE SUBSTR(f.newest, LENGTH(f.newest), 1) END, COUNT(*)
    FROM taught t JOIN {{school}} s ON s.uai = t.school_id LEFT JOIN figures f ON {_SAME_PLACE}
    GROUP BY 1, 2, 3"""
# Places that figures alone make known.
_UNTAUGHT = f"""
    WITH taught AS ({_TAUGHT}), figures AS ({_FIGURES})
    SELECT s.region_id, f.kind, COUNT(*)
    FROM figures f JOIN {{school}} s ON s.uai = f.school_id LEFT JOIN taught t ON {_SAME_PLACE}
    WHERE t.school_id IS NULL AND f.is_shown = 1
    GROUP BY 1, 2"""
_COURSES = f"""
    SELECT {{place}}, {_KIND.format("t")} AS kind, COUNT(DISTINCT t.diploma_id), COUNT(DISTINCT t.school_id),
        COUNT(DISTINCT CASE WHEN s.latitude IS NULL OR s.longitude IS NULL THEN s.uai END),
        COUNT(DISTINCT CASE WHEN d.type_id IS NULL THEN d.code END),
        COUNT(DISTINCT CASE WHEN d.rncp = '' THEN d.code END),
        COUNT(DISTINCT CASE WHEN j.diploma_id IS NULL THEN d.code END)
    FROM {{teaching}} t JOIN {{school}} s ON s.uai = t.school_id JOIN {{diploma}} d ON d.code = t.diploma_id
        LEFT JOIN (SELECT DISTINCT diploma_id FROM {{diploma_job}}) j ON j.diploma_id = d.code
    GROUP BY 1, 2"""


@dataclass
class Counts:
    """What is known of one kind of course in one region.

    courses: diplomas taught; schools: that teach them, of which without_point are on no map. places: courses in a school,
    by what they show: {SHOWN, the letter of a reason, or NO_ROW: number}. untaught: places with figures that no list of what
    is taught names. without_type, without_rncp, without_job: courses that the nomenclature does not hold, without a number
    RNCP, without a job.
    """

    courses: int = 0
    schools: int = 0
    without_point: int = 0
    without_type: int = 0
    without_rncp: int = 0
    without_job: int = 0
    untaught: int = 0
    places: dict[str, int] = field(default_factory=dict)


# The key of a region, "" for schools of which none is known.
Key = tuple[str, str]
EVERYWHERE = "*"


def read_counts() -> dict[Key, Counts]:
    """{(key of a region, EVERYWHERE or "", kind): `Counts`}; kind: a route of training, agricultural lycées being lycées."""
    found: dict[Key, Counts] = defaultdict(Counts)
    for place in ("s.region_id", f"'{EVERYWHERE}'"):
        for region, kind, *numbers in _rows(_COURSES, place=place):
            of = found[region or "", kind]
            of.courses, of.schools, of.without_point, of.without_type, of.without_rncp, of.without_job = (
                numbers
            )
    for region, kind, status, number in _rows(_PLACES):
        for key in ((region or "", kind), (EVERYWHERE, kind)):
            found[key].places[status] = found[key].places.get(status, 0) + number
    for region, kind, number in _rows(_UNTAUGHT):
        for key in ((region or "", kind), (EVERYWHERE, kind)):
            found[key].untaught += number
    return dict(found)


def _rows(sql, **parts):
    names = {name: model._meta.db_table for name, model in _TABLES.items()}
    with connection.cursor() as cursor:
        cursor.execute(sql.format(**names, **parts))
        return cursor.fetchall()


def live_sources() -> dict[str, str]:
    """{source: its newest cohort or school year online, "" where it has none}."""
    rows = Slice.objects.filter(state=Slice.State.LIVE).values_list("source", "cohort")
    newest: dict[str, str] = {}
    for source, cohort in rows:
        newest[source] = max(newest.get(source, ""), cohort)
    return newest
