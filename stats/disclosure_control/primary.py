"""Primary suppression: what may be shown of each group by itself, and why the rest is not (rules 1, 2, 4 of docs/donnees.md).

A group is one cohort × route × course (or all courses) × school or territory. Tables have one row a group, with the
head-counts and the figures that `indicators` declares, missing values as <NA>.
"""

from collections.abc import Collection, Mapping
from typing import Any, overload

import numpy as np
import pandas as pd

from stats.disclosure_control.absence import reasons_of_absence
from stats.indicators import (
    BY_NAME,
    COUNTS,
    FIGURES,
    GROUP_SIZE,
    INDICATORS,
    LEAVERS,
    PART_OF,
    STUDYING,
    Level,
)
from stats.reasons import SHOWN, Reason

# Fewest people in the denominator of a figure that is shown.
THRESHOLD = 20


@overload
def is_confidential(group_size: int) -> bool: ...
@overload
def is_confidential(group_size: pd.Series) -> pd.Series: ...
def is_confidential(group_size: Any) -> Any:
    """Whether a group of this many final-year pupils may show nothing about what became of them."""
    return group_size < THRESHOLD


def suppress(
    groups: pd.DataFrame, level: Level, reasons_when_absent: Mapping[str, pd.Series] | None = None
) -> pd.DataFrame:
    """Remove from `groups` whatever may not be shown, and give the reason of every hole.

    groups: one row a group, with `route` and any of the columns GROUP_SIZE, COUNTS, FIGURES and `absence.sign_column` of
        the figures; absent ones count as empty.
    level: where the figures stand; those that do not exist there are not applicable.
    reasons_when_absent: {figure: `Reason` of each row} for holes that the head-counts do not explain (default: what
        `absence.reasons_of_absence` finds).

    Returns a new table with all those columns as Float64, and `reasons`, one letter a figure in the registry's order.
    """
    columns = [GROUP_SIZE, *COUNTS, *FIGURES]
    given = groups.reindex(columns=columns).astype("Float64")
    has_few_people, has_few_leavers = _under_threshold(completed(given), has_head_counts(groups.columns))

    # One array of numbers: pandas blanks the cells of its own columns one column at a time.
    numbers = given.to_numpy(dtype="float64", na_value=np.nan)
    numbers[has_few_people, 1:] = np.nan
    # Their counts stay in the table: the Exposition API publishes them (recorded cases: formations-001, -011), so that
    # an attacker knows them. `Outcome.open_counts` keeps them out of the pages and of the open data.
    of_leavers = np.array([columns.index(i.name) for i in INDICATORS if i.needs_leavers])
    numbers[np.ix_(has_few_leavers, of_leavers)] = np.nan

    if reasons_when_absent is None:
        shown = pd.DataFrame(numbers, groups.index, columns)
        letters = reasons_of_absence(groups, shown, has_few_people, has_few_leavers)
    else:
        letters = _letters(reasons_when_absent, has_few_people, has_few_leavers)
    is_applicable = _applicable(groups["route"], level)
    letters[~is_applicable] = Reason.NOT_APPLICABLE.value
    figures = numbers[:, -len(FIGURES) :]
    figures[~is_applicable] = np.nan
    letters[~np.isnan(figures)] = SHOWN
    table = pd.DataFrame(numbers, groups.index, columns).astype("Float64")
    table["reasons"] = letters.view(f"U{len(FIGURES)}").ravel() if len(table) else ""
    return table


def _letters(reasons: Mapping[str, pd.Series], few_people: np.ndarray, few_leavers: np.ndarray) -> np.ndarray:
    """These reasons, rows × FIGURES, but for what head-counts explain."""
    letters = np.empty((len(few_people), len(FIGURES)), "U1")
    for place, name in enumerate(FIGURES):
        letters[:, place] = reasons[name]
    is_of_leavers = np.array([BY_NAME[name].needs_leavers for name in FIGURES])
    letters[few_leavers[:, None] & is_of_leavers] = Reason.TOO_FEW_LEAVERS.value
    letters[few_people] = Reason.TOO_FEW_PEOPLE.value
    return letters


def has_head_counts(columns: Collection[str]) -> bool:
    """Whether a source gives head-counts: a blank one is then under the threshold, since the source hides only those."""
    return not {GROUP_SIZE, *COUNTS}.isdisjoint(columns)


def completed(table: pd.DataFrame) -> pd.DataFrame:
    """The table with each head-count that the two others give: the final year is those who study on and those who leave.

    Head-counts that contradict each other leave nobody rather than fewer than nobody.
    """
    size, studying, leavers = (table[name] for name in (GROUP_SIZE, STUDYING, LEAVERS))
    return table.assign(
        **{
            GROUP_SIZE: size.fillna(studying + leavers),
            STUDYING: studying.fillna((size - leavers).clip(lower=0)),
            LEAVERS: leavers.fillna((size - studying).clip(lower=0)),
        }
    )


def _under_threshold(table: pd.DataFrame, is_counted: bool) -> tuple[np.ndarray, np.ndarray]:
    """(has few people, has few leavers and enough people): booleans of each row of a completed table.

    is_counted: whether the source gives head-counts. A blank one is then under the threshold unless the head-counts of
    some of the same people prove otherwise. No percentage proves it: the source that hides the head-counts of a group
    hides them because it is small. The constraints of the database say the same (`stats.models.outcomes`).
    """
    counts = {name: table[name].to_numpy(dtype="float64", na_value=np.nan) for name in (GROUP_SIZE, *COUNTS)}
    few: list[np.ndarray] = []
    for whole in (GROUP_SIZE, LEAVERS):
        parts = [counts[name] for name in COUNTS if whole in wholes_of(name)]
        is_proved = (np.array([counts[whole], *parts]) >= THRESHOLD).any(axis=0)
        is_blank = np.isnan(counts[whole])
        few.append(np.where(is_blank, ~is_proved & is_counted, counts[whole] < THRESHOLD))
    return few[0], few[1] & ~few[0]


def wholes_of(name: str) -> list[str]:
    """The head-counts that the people of this one are all in: [LEAVERS, GROUP_SIZE] for those employed."""
    wholes: list[str] = []
    while name in PART_OF:
        name = PART_OF[name]
        wholes.append(name)
    return wholes


def _applicable(routes: pd.Series, level: Level) -> np.ndarray:
    """Whether each figure exists at this level for each of the routes: booleans, rows × figures."""
    by_route = {
        route: [route in BY_NAME[name].routes and level in BY_NAME[name].levels for name in FIGURES]
        for route in routes.unique()
    }
    return np.array([by_route[route] for route in routes], dtype=bool).reshape(-1, len(FIGURES))


def level_of(has_school: bool, has_course: bool, is_country: bool = False) -> Level:
    """The `Level` of a group from what identifies it."""
    if has_school:
        return Level.SCHOOL_COURSE if has_course else Level.SCHOOL
    return Level.COUNTRY if is_country else Level.REGION
