"""Finds the figures of one course in the country, a region or a school, or explains why there are none."""

from dataclasses import dataclass

from api.exposition import cohorts, errors
from api.exposition.documents import described, document, is_previous_year
from api.exposition.rows import FigureQuery
from stats.substitution.kinds import OriginKind

COUNTRY = "pays-FR"


@dataclass(frozen=True)
class Scope:
    """The place of the requested figures. known: `nomenclature.Nomenclature`; key: "pays-FR", "region-11" or a UAI.

    absent: what a list of terminal years calls figures that no cohort has; checks_course: whether the nomenclature
    is asked before saying that there are none.
    """

    known: object
    key: str
    absent: str
    is_school: bool = False
    checks_course: bool = True

    @property
    def region(self):
        """{"code", "nom"} of a region, None elsewhere."""
        return (
            self.known.regions.get(self.key.removeprefix("region-"))
            if self.key.startswith("region-")
            else None
        )

    def query(self):
        column = "s.school_id" if self.is_school else "s.territory_id"
        return FigureQuery().where(f"{column} = %s", self.key)

    def forms(self, cohort):
        """The cohorts that may answer for the requested one, best first."""
        return cohorts.both_forms(cohort) if self.is_school and cohort else [cohort]

    def document(self, row):
        return document(row, self.known, self.region)

    def explain(self, code, cohort):
        """The error that explains why nothing is published for this code and cohort."""
        course = self.known.courses.get(code)
        if self.checks_course and not (course and course.is_listed):
            return errors.unknown_course()
        if self.is_school:
            school = self.known.schools.get(self.key)
            if not (school and school.is_registered):
                return errors.unknown_school()
        published = cohorts.newest_first(
            row.cohort_id for row in self.query().code(code, may_be_a_year=True).all()
        )
        return errors.no_figures_for(cohort, published) if published else errors.no_figures(self.absent)


def country(known):
    return Scope(known, COUNTRY, "ErrorCertificationNotFound", checks_course=False)


def region(known, code):
    return Scope(known, f"region-{code}", "ErrorRegionaleNotFound")


def school(known, uai):
    return Scope(known, uai, "ErrorFormationNotFound", is_school=True)


def single(scope, code, cohort):
    """The document of one code; raises the ApiError that explains why there is none."""
    row = _first(scope, code, cohort)
    if not is_previous_year(row):
        return described(scope.document(row))
    terminals = terminal_years(scope.query(), [row])[row.id]
    if len(terminals) == 1 and row.kind != OriginKind.COMMON_YEAR:
        return described(scope.document(_first(scope, terminals[0], cohort)))
    document = described(scope.document(row))
    return document | {"certificationsTerminales": _terminal_documents(scope, terminals, cohort)}


def _first(scope, code, cohort):
    rows = _by_code(scope, scope.query().code(code), cohort)
    # Almost no code of this length is a year of another diploma: a second query spares the other requests its cost.
    rows = rows or _by_code(scope, scope.query().code(code, may_be_a_year=True), cohort)
    if not rows:
        raise scope.explain(code, cohort)
    return next(iter(rows.values()))


def _by_code(scope, query, cohort):
    """{code: its best row} for the requested cohort; a single year comes before the pair that ends in it."""
    forms = scope.forms(cohort)
    rows = query.within("s.cohort_id", forms).all()
    best_rows = {}
    for row in sorted(rows, key=lambda row: forms.index(row.cohort_id)):
        best_rows.setdefault(row.code, row)
    return best_rows


def _terminal_documents(scope, codes, cohort):
    best_rows = _by_code(scope, scope.query().codes(codes), cohort)
    return [
        scope.document(best_rows[code]) if code in best_rows else _absence(scope, code, cohort)
        for code in codes
    ]


def _absence(scope, code, cohort):
    error = scope.explain(code, cohort).name
    return {"error": error, "millesimes": cohorts.years(cohort), "code_certification": code}


def terminal_years(query, rows):
    """{id: codes of the terminal years} of rows that are years before the last. query: limited to the place of these rows."""
    if not rows:
        return {}
    groups = {_group(row): row.id for row in rows}
    query = query.every_terminal().where("s.terminal_id IS NOT NULL")
    query.codes(sorted({row.code for row in rows}))
    query.within("s.cohort_id", sorted({row.cohort_id for row in rows}))
    terminals = {row.id: [] for row in rows}
    for row in query.all():
        if _group(row) in groups:
            terminals[groups[_group(row)]].append(row.terminal_id)
    return terminals


def _group(row):
    return row.code, row.cohort_id, row.route, row.school_id, row.territory_id
