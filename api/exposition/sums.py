"""Sums over the courses of several codes, one for each route of training.

Callers know these rates: they are made from the sums as they have always been, zeros included. A sum is withheld
as a group is, and as soon as a confidential group is inside (see `stats.disclosure_control.sums` for why).
"""

from django.utils.translation import gettext as _

from api.exposition import errors
from api.exposition.documents import HIDDEN, is_closed, is_previous_year, too_few
from api.exposition.rows import COUNTS, GROUP_SIZE
from stats.disclosure_control.sums import suppressed_sum
from stats.indicators import Route
from stats.rates import others, share

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
    groups = _each_group_once(rows)
    counts, is_shown = suppressed_sum(map(_counts, groups), COUNTS)
    if not is_shown:
        message = too_few() if groups else _of_terminal_years()
        return made | HIDDEN | {GROUP_SIZE: counts[GROUP_SIZE], "_meta": {"messages": [message]}}
    return made | _figures(counts)


def _of_terminal_years():
    return _("Cette année n’a pas de chiffres à elle\u00a0: demandez ceux de ses années terminales.")


def _each_group_once(rows):
    """Rows of the groups behind them: a renewed diploma shows those of the former one, years before the last none."""
    return list({row.source_code: row for row in rows if not is_previous_year(row)}.values())


def _once(values):
    return list(dict.fromkeys(values))


def _counts(row):
    return dict(zip(COUNTS, row.figures, strict=False)) | {"is_withheld": row.is_withheld}


def _figures(counts):
    """{name: number} of a sum that may be shown."""
    found, size = dict(counts), counts[GROUP_SIZE]
    studying = share(counts[STUDYING], size)
    found["taux_en_formation"] = studying
    for months in MONTHS:
        employed = share(counts[f"nb_en_emploi_{months}_mois"], size)
        found[f"taux_en_emploi_{months}_mois"] = employed
        # Callers have never had an "other situation" of 100 %: it is left out where both shares are 0 or absent.
        if employed or studying:
            found[f"taux_autres_{months}_mois"] = others(employed or 0, studying or 0)
    return {name: value for name, value in found.items() if value is not None}
