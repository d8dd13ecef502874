"""Which rows stand for a course, a school or both: own figures or a renewed diploma's, newest first."""

from collections import defaultdict
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stats.indicators import Route
from stats.presenters.figures import Origin, route_label

# The routes in the order in which pages offer them.
ROUTE_ORDER = (Route.SCHOOL, Route.APPRENTICESHIP, Route.AGRICULTURAL, Route.HIGHER, Route.ALL)


@dataclass(frozen=True)
class Key:
    """One group over its cohorts: Key(route="pro", duration=2, place="region-11"); place is a territory or a UAI."""

    route: str
    duration: int | None
    place: str


def in_route_order(routes):
    return sorted(routes, key=lambda route: ROUTE_ORDER.index(route))


def duration_of(outcome):
    """Years that the course lasts in the school route; None by apprenticeship and for all courses."""
    if not outcome.course_year:
        return None
    return outcome.course_year.duration or outcome.course_year.year


def rows_of_course(outcomes, chain):
    """{Key: rows newest first} of one course: for each cohort its own row, else that of the best of its chain."""
    rank = {code: place for place, code in enumerate(chain.codes)}
    best = defaultdict(dict)
    for outcome in outcomes:
        if outcome.diploma_id not in rank:
            continue
        key = Key(outcome.route, duration_of(outcome), outcome.territory_id or outcome.school_id)
        kept = best[key].get(outcome.cohort_id)
        if kept is None or rank[outcome.diploma_id] < rank[kept.diploma_id]:
            best[key][outcome.cohort_id] = outcome
    return {key: newest_first(rows.values()) for key, rows in best.items()}


def rows_of_all_courses(outcomes):
    """{Key: rows newest first} of schools as a whole."""
    rows = defaultdict(list)
    for outcome in outcomes:
        if outcome.diploma_id is None:
            rows[Key(outcome.route, None, outcome.school_id or outcome.territory_id)].append(outcome)
    return {key: newest_first(found) for key, found in rows.items()}


def newest_first(outcomes):
    return sorted(outcomes, key=lambda row: (row.cohort.last_year, row.cohort.first_year), reverse=True)


def whole_school(all_courses, uai, route):
    """Rows of a whole school by this route, else of both routes together; [] without any."""
    for wanted in (route, Route.ALL):
        if rows := all_courses.get(Key(wanted, None, uai)):
            return rows
    return []


def origin_of(outcome, chain, labels):
    """The `Origin` of a row when it is another diploma's; `labels` gives the labels of the chain."""
    if outcome.diploma_id in (None, chain.code):
        return None
    code = outcome.diploma_id
    return Origin(code, labels.get(code, code), is_former=code in chain.formers)


def whole_school_labels(rows):
    """(label, row) of rows of a whole school, to serve as the next best of one of its courses."""
    return [
        (
            _("Tout l’établissement, %(route)s, cohorte %(cohort)s")
            % {"route": route_label(row.route), "cohort": row.cohort},
            row,
        )
        for row in rows
    ]


def school_words(school):
    """ "Rennes · public · Lycée professionnel": where and what a school is, of what is known."""
    sector = school.get_sector_display() if school.sector else ""
    return " · ".join(str(part) for part in (school.city, sector, school.kind) if part)


def duration_label(years):
    return ngettext("en %(years)d an", "en %(years)d ans", years) % {"years": years} if years else ""
