"""What families are shown at one moment: a row for each group of people that a page shows, and cohort."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from stats.indicators import COUNTS, FIGURES, GROUP_SIZE
from stats.substitution.kinds import OriginKind

# What a page tells apart: a course ("" for all of them) by a route and for a duration, the course that follows it where it
# is a common year, at a school or in a territory.
GROUP = ("diploma", "route", "duration", "follows", "place")
NUMBERS = (GROUP_SIZE, *COUNTS)
_SEPARATOR = "\x1f"


@dataclass(frozen=True)
class Shown:
    """rows: a table of "group" (a text, see `parts_of`), "cohort", "first_year", "last_year", "origin" (whose figures they
    are, "" for its own) and "outcome", a position in the three arrays, which have a row for each outcome. figures: outcomes × FIGURES,
    NaN for a hole. reasons: alike, a letter of `stats.reasons` each. numbers: outcomes × NUMBERS, NaN where unknown.
    """

    rows: pd.DataFrame
    figures: np.ndarray
    reasons: np.ndarray
    numbers: np.ndarray


def shown(attributions: pd.DataFrame, outcomes: pd.DataFrame) -> Shown:
    """What these rows make pages show: of one group and cohort, its own figures before another's.

    attributions: kind, cohort, first_year, last_year, route, diploma, duration, school, territory, outcome; outcomes, indexed by
    the latter: diploma, school, FIGURES, NUMBERS and reasons, a letter each. Texts are "" where there is none.
    """
    place = attributions["school"].where(attributions["school"] != "", attributions["territory"])
    position = pd.Series(np.arange(len(outcomes)), index=outcomes.index)
    found = outcomes[["diploma", "school"]].reindex(attributions["outcome"])
    is_common = attributions["kind"].eq(OriginKind.COMMON_YEAR.value).to_numpy()
    parts = {
        "diploma": attributions["diploma"],
        "route": attributions["route"],
        "duration": attributions["duration"].where(~is_common, ""),
        "follows": np.where(is_common, found["diploma"], ""),
        "place": place,
    }
    is_own = attributions["kind"].eq(OriginKind.OWN.value).to_numpy(copy=True)
    is_own &= found["school"].to_numpy() == attributions["school"].to_numpy()
    origin = (
        attributions["kind"].to_numpy() + " " + found["diploma"].to_numpy() + " " + found["school"].to_numpy()
    )
    rows = pd.DataFrame(
        {
            "group": [_SEPARATOR.join(row) for row in zip(*(parts[name] for name in GROUP), strict=True)],
            "cohort": attributions["cohort"].to_numpy(),
            "first_year": attributions["first_year"].to_numpy(dtype="int64"),
            "last_year": attributions["last_year"].to_numpy(dtype="int64"),
            "origin": np.where(is_own, "", origin),
            "outcome": position.reindex(attributions["outcome"]).to_numpy(dtype="int64"),
        }
    )
    rows = rows.sort_values("origin", key=lambda texts: texts != "", kind="stable")
    letters = np.array(outcomes["reasons"].tolist(), dtype=f"U{len(FIGURES)}").reshape(-1)
    return Shown(
        rows=rows.drop_duplicates(["group", "cohort"]).reset_index(drop=True),
        figures=outcomes[list(FIGURES)].to_numpy(dtype="float32"),
        reasons=letters.view("U1").reshape(len(outcomes), len(FIGURES)),
        numbers=outcomes[list(NUMBERS)].to_numpy(dtype="float32"),
    )


def parts_of(group: str) -> tuple[str, ...]:
    """The values of GROUP that a text holds."""
    return tuple(group.split(_SEPARATOR))
