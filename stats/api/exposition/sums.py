"""Sums over the courses of several codes, one for each route of training.

Callers know these rates: they are made from the sums as they have always been, zeros included. A sum is withheld
as a group is, and as soon as a confidential group is inside (see `stats.disclosure` for why).
"""

from stats.api.exposition import errors
from stats.api.exposition.documents import HIDDEN, is_closed, is_previous_year, too_few
from stats.api.exposition.rows import COUNTS, FIGURES, GROUP_SIZE
from stats.calculations import others, share
from stats.confidentiality import is_confidential
from stats.indicators import Route

ROUTES = (Route.SCHOOL.value, Route.APPRENTICESHIP.value)
MONTHS = (12, 18, 24, 6)
STUDYING = "nb_poursuite_etudes"


def of(scope, codes, cohort):
    """Sums over the diplomas of these codes (`parameters.Code`); raises the ApiError that tells why there is none.

    scope: `lookups.Scope`.
    """
    courses = [scope.known.courses.get(each.text) for each in codes]
    diplomas = [course.diploma for course in courses if course and course.is_listed and course.diploma]
    if not diplomas:
        raise errors.unknown_course(scope.absent)
    question = scope.question().within("s.diploma_id", _once(diplomas)).where("s.cohort_id = %s", cohort)
    found = by_route(question.within("s.route", ROUTES).all(), scope.known, scope.region)
    if not found:
        raise errors.no_figures(scope.absent)
    return found


def by_route(rows, known, region=None):
    """{route: document} of rows of one cohort and place, routes without any left out."""
    parts = {route: [row for row in rows if row.route == route] for route in ROUTES}
    return {route: _document(found, known, region) for route, found in parts.items() if found}


def _document(rows, known, region):
    first, courses = rows[0], [known.courses.get(row.code) for row in rows]
    said = [course.document if course else {} for course in courses]
    diplomas = _once(row.diploma_id for row in rows)
    made = {
        "codes_certifications": _once(row.code for row in rows),
        "codes_formation_diplome": diplomas,
        "filiere": first.route,
        "millesime": first.cohort_id,
    }
    levels = [each.get("diplome") for each in said]
    if levels[0] and all(level == levels[0] for level in levels):
        made["diplome"] = levels[0]
    if region:
        made["region"] = region
    if len(diplomas) == 1:
        labels = ("libelle", "libelle_ancien", "date_fermeture")
        made |= {"code_formation_diplome": diplomas[0]}
        made |= {name: said[0][name] for name in labels if name in said[0]}
        made["formation_fermee"] = is_closed(courses[0].closed_at if courses[0] else None)
    found = _figures(_each_group_once(rows))
    if found is None:
        size = _sum(GROUP_SIZE, _each_group_once(rows))
        return made | HIDDEN | {GROUP_SIZE: size, "_meta": {"messages": [too_few()]}}
    return made | found


def _each_group_once(rows):
    """Rows of the groups behind them: a renewed diploma shows those of the former one, years before the last none."""
    return list({row.source_code: row for row in rows if not is_previous_year(row)}.values())


def _once(values):
    return list(dict.fromkeys(values))


def _sum(name, rows):
    """The sum of a head-count, None where it is not published for all of them."""
    place = FIGURES.index(name)
    values = [row.figures[place] for row in rows if row.figures[0] != 0]
    return None if not values or None in values else sum(values)


def _figures(rows):
    """{name: number} of a sum, None when it is withheld."""
    size = _sum(GROUP_SIZE, rows)
    hides = any(row.is_withheld and row.figures[0] != 0 for row in rows)
    if size is None or is_confidential(size) or hides:
        return None
    found = {name: _sum(name, rows) for name in COUNTS}
    studying = share(found[STUDYING], size)
    found["taux_en_formation"] = studying
    for months in MONTHS:
        employed = share(found[f"nb_en_emploi_{months}_mois"], size)
        found[f"taux_en_emploi_{months}_mois"] = employed
        # Callers have never had an "other situation" of 100 %: it is left out where both shares are 0 or absent.
        if employed or studying:
            found[f"taux_autres_{months}_mois"] = others(employed or 0, studying or 0)
    return {name: value for name, value in found.items() if value is not None}
