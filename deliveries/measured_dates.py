"""Decide whether a figure of 12 months or later is not measured yet, or not covered: all the sources of a level tell.

Young people left too recently only where no source of the same level gives this date for their cohort, nor for a later
one. A source that leaves a date blank, or has no column for it, is then not told as if time would bring it. Higher
education has a survey of its own, whose dates tell nothing of the others.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet

from establishments.models import Territory
from stats.disclosure_control.primary import level_of
from stats.indicators import INDICATORS, Level, Route
from stats.models import Outcome
from stats.reasons import SHOWN, Reason

_YET, _NEVER = Reason.NOT_MEASURED_YET.value, Reason.NOT_COVERED.value
_DATED = tuple(i.position for i in INDICATORS if i.months and i.months > 6)
# (level, whether of higher education); one, the last year of a cohort, reasons.
Scope = tuple[Level, bool]
_Row = tuple[Scope, int, str]


def settle() -> None:
    """Store the right one of the two reasons in every row; `reread.settle` calls it after any change of facts.

    One pass over the table: rows have few different texts of reasons. What no cohort has at a level stays as it is.
    """
    texts = _texts()
    newest = newest_years(texts)
    for (scope, year, reasons), groups in texts.items():
        settled = settled_reasons(reasons, year, newest[scope])
        if settled != reasons:
            for group in groups:
                _rows().filter(**group, reasons=reasons).update(reasons=settled)


def measured() -> set[tuple[Scope, int]]:
    """The dates, by scope and position of their figures, that some cohort has."""
    return {(scope, position) for scope, years in newest_years(_texts()).items() for position in years}


def _texts() -> dict[_Row, list[Mapping]]:
    """{(scope, last year, reasons): filters of the rows that have these}."""
    texts: dict[_Row, list[Mapping]] = defaultdict(list)
    columns = _rows().values_list(
        "cohort", "cohort__last_year", "of_all", "of_place", "territory__level", "is_higher", "reasons"
    )
    for cohort, year, of_all, of_place, place, is_higher, reasons in columns.distinct():
        level = level_of(not of_place, not of_all, place == Territory.Level.COUNTRY)
        group = {
            "cohort": cohort,
            "diploma__isnull": of_all,
            "school__isnull": of_place,
            "territory__level": place,
            "is_higher": is_higher,
        }
        texts[(level, is_higher), year, reasons].append(group)
    return texts


def _rows() -> QuerySet:
    """The rows, with what tells their scope."""
    return Outcome.objects.order_by().annotate(
        of_all=_is(diploma__isnull=True), of_place=_is(school__isnull=True), is_higher=_is(route=Route.HIGHER)
    )


def _is(**condition: object) -> ExpressionWrapper:
    return ExpressionWrapper(Q(**condition), BooleanField())


def newest_years(texts: Iterable[_Row]) -> dict[Scope, dict[int, int]]:
    """{scope: {position of a figure: last year of the newest cohort that shows it}} of (scope, year, reasons)."""
    newest: dict[Scope, dict[int, int]] = defaultdict(dict)
    for scope, year, reasons in texts:
        for position in _DATED:
            # What is withdrawn was measured all the same.
            if reasons[position : position + 1] in {SHOWN, Reason.REMOVED.value}:
                newest[scope][position] = max(year, newest[scope].get(position, year))
    return newest


def settled_reasons(reasons: str, year: int, newest: Mapping[int, int]) -> str:
    """The `reasons` of a row of a cohort that left in `year`; newest: `newest_years` of its level."""
    letters = list(reasons)
    for position, measured in newest.items():
        if position < len(letters) and letters[position] in {_YET, _NEVER}:
            letters[position] = _YET if year > measured else _NEVER
    return "".join(letters)


def undecided(reasons: str) -> str:
    """The same for both reasons of a date, to compare rows of which one is settled and the other is not."""
    return "".join(
        _NEVER if letter == _YET and position in _DATED else letter for position, letter in enumerate(reasons)
    )
