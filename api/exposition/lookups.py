"""The figures of one course in the country, a region or a school, or why there are none."""

from dataclasses import dataclass

from api.exposition import cohorts, errors
from api.exposition.documents import described, document, is_previous_year
from api.exposition.rows import Question
from stats.substitution.kinds import OriginKind

COUNTRY = "pays-FR"


@dataclass(frozen=True)
class Scope:
    """Where figures are asked. known: `nomenclature.Nomenclature`; key: "pays-FR", "region-11" or a UAI.

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

    def question(self):
        column = "s.school_id" if self.is_school else "s.territory_id"
        return Question().where(f"{column} = %s", self.key)

    def forms(self, cohort):
        """The cohorts that answer for the one asked, best first."""
        return cohorts.both_forms(cohort) if self.is_school and cohort else [cohort]

    def document(self, row):
        return document(row, self.known, self.region)

    def explain(self, code, cohort):
        """The error that tells why there is nothing for this code and cohort."""
        course = self.known.courses.get(code)
        if self.checks_course and not (course and course.is_listed):
            return errors.unknown_course()
        if self.is_school:
            school = self.known.schools.get(self.key)
            if not (school and school.is_registered):
                return errors.unknown_school()
        found = cohorts.newest_first(
            row.cohort_id for row in self.question().code(code, may_be_a_year=True).all()
        )
        return errors.no_figures_for(cohort, found) if found else errors.no_figures(self.absent)


def country(known):
    return Scope(known, COUNTRY, "ErrorCertificationNotFound", checks_course=False)


def region(known, code):
    return Scope(known, f"region-{code}", "ErrorRegionaleNotFound")


def school(known, uai):
    return Scope(known, uai, "ErrorFormationNotFound", is_school=True)


def single(scope, code, cohort):
    """The document of a single answer; raises the ApiError that tells why there is none."""
    row = _first(scope, code, cohort)
    if not is_previous_year(row):
        return described(scope.document(row))
    terminals = terminal_years(scope.question(), [row])[row.id]
    if len(terminals) == 1 and row.kind != OriginKind.COMMON_YEAR:
        return described(scope.document(_first(scope, terminals[0], cohort)))
    made = described(scope.document(row))
    return made | {"certificationsTerminales": _terminal_documents(scope, terminals, cohort)}


def _first(scope, code, cohort):
    found = _by_code(scope, scope.question().code(code), cohort)
    # Next to no code of this length is a year of another diploma: asked second, that costs the others nothing.
    found = found or _by_code(scope, scope.question().code(code, may_be_a_year=True), cohort)
    if not found:
        raise scope.explain(code, cohort)
    return next(iter(found.values()))


def _by_code(scope, question, cohort):
    """{code: its best row} for the cohort asked, a year alone before the pair that ends in it."""
    forms = scope.forms(cohort)
    rows = question.within("s.cohort_id", forms).all()
    found = {}
    for row in sorted(rows, key=lambda row: forms.index(row.cohort_id)):
        found.setdefault(row.code, row)
    return found


def _terminal_documents(scope, codes, cohort):
    found = _by_code(scope, scope.question().codes(codes), cohort)
    return [scope.document(found[code]) if code in found else _absence(scope, code, cohort) for code in codes]


def _absence(scope, code, cohort):
    error = scope.explain(code, cohort).name
    return {"error": error, "millesimes": cohorts.years(cohort), "code_certification": code}


def terminal_years(question, rows):
    """{id: codes of the terminal years} of rows that are years before the last. question: the places of them all."""
    if not rows:
        return {}
    groups = {_group(row): row.id for row in rows}
    question = question.every_terminal().where("s.terminal_id IS NOT NULL")
    question.codes(sorted({row.code for row in rows}))
    question.within("s.cohort_id", sorted({row.cohort_id for row in rows}))
    found = {row.id: [] for row in rows}
    for row in question.all():
        if _group(row) in groups:
            found[groups[_group(row)]].append(row.terminal_id)
    return found


def _group(row):
    return row.code, row.cohort_id, row.route, row.school_id, row.territory_id
