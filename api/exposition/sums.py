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
    """Sums over the diplomas of these codes (`parameters.Code`); raises the ApiError that explains why there is none.

    scope: `lookups.Scope`.
    """
    courses = [scope.known.courses.get(code.text) for code in codes]
    diplomas = [course.diploma for course in courses if course and course.is_listed and course.diploma]
    if not diplomas:
        raise errors.unknown_course(scope.absent)
    query = scope.query().within("s.diploma_id", _once(diplomas)).where("s.cohort_id = %s", cohort)
    sums = by_route(query.within("s.route", ROUTES).all(), scope.known, scope.region)
    if not sums:
        raise errors.no_figures(scope.absent)
    return sums


def by_route(rows, known, region=None):
    """{route: document} of rows of one cohort and place, routes without any left out."""
    parts = {route: [row for row in rows if row.route == route] for route in ROUTES}
    return {route: _document(route_rows, known, region) for route, route_rows in parts.items() if route_rows}


def _document(rows, known, region):
    first, courses = rows[0], [known.courses.get(row.code) for row in rows]
    course_documents = [course.document if course else {} for course in courses]
    diplomas = _once(row.diploma_id for row in rows)
    document = {
        "codes_certifications": _once(row.code for row in rows),
        "codes_formation_diplome": diplomas,
        "filiere": first.route,
        "millesime": first.cohort_id,
    }
    levels = [course_document.get("diplome") for course_document in course_documents]
    if levels[0] and all(level == levels[0] for level in levels):
        document["diplome"] = levels[0]
    closings = {course_document.get("date_fermeture") for course_document in course_documents}
    if len(closings) == 1 and None not in closings:
        document["date_fermeture"] = closings.pop()
    if region:
        document["region"] = region
    if len(diplomas) == 1:
        labels = ("libelle", "libelle_ancien")
        document |= {"code_formation_diplome": diplomas[0]}
        document |= {name: course_documents[0][name] for name in labels if name in course_documents[0]}
        document["formation_fermee"] = is_closed(courses[0].closed_at if courses[0] else None)
    groups = _each_group_once(rows)
    notes = _once(_(note) for row in groups for note in row.notes)
    counts, is_shown = suppressed_sum(map(_counts, groups), COUNTS)
    if not is_shown:
        message = too_few() if groups else _of_terminal_years()
        meta = {"messages": [message, *notes]} | ({"avis": notes} if notes else {})
        return document | HIDDEN | {GROUP_SIZE: counts[GROUP_SIZE], "_meta": meta}
    meta = {"_meta": {"messages": notes, "avis": notes}} if notes else {}
    return document | _figures(counts, groups) | meta


def _of_terminal_years():
    return _("Cette année n’a pas de chiffres à elle\u00a0: demandez ceux de ses années terminales.")


def _each_group_once(rows):
    """One row for each group whose figures are shown: a renewed diploma shows its former one's, a year before the last none."""
    return list({row.source_code: row for row in rows if not is_previous_year(row)}.values())


def _once(values):
    return list(dict.fromkeys(values))


def _counts(row):
    return dict(zip(COUNTS, row.figures, strict=False)) | {"is_withheld": row.is_withheld}


def _is_known(share_name, count, groups):
    """Whether a share can be told from a count, which is missing where a group does not publish it.

    Callers have always had 0 in the place of what a source never measures: it had no such field.
    """
    return count is not None or all(row.lacks(share_name) for row in groups)


def _figures(counts, groups):
    """{name: number} of a sum over `groups` that may be shown."""
    numbers, size = dict(counts), counts[GROUP_SIZE]
    studying = share(counts[STUDYING], size)
    numbers["taux_en_formation"] = studying
    for months in MONTHS:
        employed = share(counts[f"nb_en_emploi_{months}_mois"], size)
        numbers[f"taux_en_emploi_{months}_mois"] = employed
        are_known = _is_known(
            f"taux_en_emploi_{months}_mois", counts[f"nb_en_emploi_{months}_mois"], groups
        ) and _is_known("taux_en_formation", counts[STUDYING], groups)
        # What follows from a missing figure is missing. Callers have never had an "other situation" of 100 % either.
        if are_known and (employed or studying):
            numbers[f"taux_autres_{months}_mois"] = others(employed or 0, studying or 0)
    return {name: value for name, value in numbers.items() if value is not None}
