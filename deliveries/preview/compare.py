"""What changes for families between two moments: figures that appear, vanish, move, are withheld."""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import pandas as pd

from deliveries.preview.shown import Shown
from deliveries.preview.unusual import ranges, unusual
from stats.comparability import Misleading, Traits, differences, public_jobs
from stats.indicators import FIGURES, INDICATORS, head_counts_of
from stats.reasons import SHOWN, WITHHELD, Reason

NONE = -32_768
# Why the two figures of a move are not to be compared; the place in this tuple is what a line holds.
CAVEATS = (None, Misleading.ORIGINS, Misleading.PERIODS, Misleading.PUBLIC_JOBS)


# Of the lines, as `Changes` describes them, with the type in which they are kept.
COLUMNS = {
    "status": "int8",
    "group": "int32",
    "indicator": "int8",
    "before_cohort": "int16",
    "after_cohort": "int16",
    "before": "int16",
    "after": "int16",
    "low": "int8",
    "high": "int8",
    "reason": "U1",
    "caveat": "int8",
    "is_unusual": "bool",
    "is_first": "bool",
    "is_repeat": "bool",
}


class Status(IntEnum):
    """What happens to a figure of a group. WITHHELD: it was shown, and confidentiality hides it."""

    MOVED = 0
    APPEARED = 1
    VANISHED = 2
    WITHHELD = 3


@dataclass(frozen=True)
class Changes:
    """What changes for families.

    groups: texts of `shown.Shown`, of both moments. cohorts: codes. lines: a row for each figure that changes, with "status",
    "group" and "indicator" (places in groups and in INDICATORS), "before_cohort", "after_cohort" (places in cohorts, -1 for none),
    "before", "after" (NONE where there is none: the number of a figure that is no more is not kept), "low", "high" (the range of the former one in
    percent, -1 where it has none), "reason" (the letter of a hole), "caveat" (in CAVEATS), "is_unusual" (moves more than
    chance explains), "is_first" (of the cohort that pages show first) and "is_repeat" (the figure of another group of the
    lines, which stands in for one). shows: for each group, whether pages showed something first, before and after.
    """

    groups: list[str]
    cohorts: list[str]
    lines: pd.DataFrame
    shows: pd.DataFrame


def compare(before: Shown, after: Shown) -> Changes:
    """The `Changes` from one moment to another.

    The newest cohort of a group is set beside the one that was the newest, which families saw in its place; the others beside
    themselves.
    """
    codes, groups = pd.factorize(pd.concat([before.rows["group"], after.rows["group"]], ignore_index=True))
    cohort_codes, cohorts = pd.factorize(
        pd.concat([before.rows["cohort"], after.rows["cohort"]], ignore_index=True)
    )
    split = len(before.rows)
    old = _numbered(before, codes[:split], cohort_codes[:split])
    new = _numbered(after, codes[split:], cohort_codes[split:])
    lines = _lines(before, after, _pairs(old, new))
    lines["is_unusual"] = unusual(lines, before, after)
    shows = pd.DataFrame(
        {"before": _shows(before, old, len(groups)), "after": _shows(after, new, len(groups))}
    )
    return Changes(list(groups), list(cohorts), _sorted(lines, after), shows)


def _numbered(moment: Shown, groups: np.ndarray, cohorts: np.ndarray) -> pd.DataFrame:
    """The rows with numbers in the place of texts; is_newest: of the newest cohort of their group."""
    rows = moment.rows.assign(group=groups, cohort=cohorts)
    rows = rows.sort_values(["last_year", "first_year"], kind="stable")
    return rows.assign(is_newest=~rows.duplicated("group", keep="last"))


def _pairs(old: pd.DataFrame, new: pd.DataFrame) -> pd.DataFrame:
    """Rows of both moments side by side, their columns suffixed _old and _new; what has no other side holds NaN there."""
    key = ["group", "cohort"]
    same = new.merge(old, on=key, how="left", suffixes=("_new", "_old"))
    # The number of the cohort is a key of one merge and a value of the other.
    same["cohort_new"] = same["cohort"]
    same["cohort_old"] = same["cohort"].where(same["outcome_old"].notna())
    newest = new[new["is_newest"]].merge(
        old[old["is_newest"]], on="group", how="inner", suffixes=("_new", "_old")
    )
    newest = newest[newest["cohort_new"] != newest["cohort_old"]]
    replaced = same["is_newest_new"] & same["group"].isin(set(newest["group"]))
    gone = old.merge(new[key], on=key, how="left", indicator="side")
    gone = gone[gone["side"].eq("left_only")]
    gone = gone[~(gone["is_newest"] & gone["group"].isin(set(newest["group"])))]
    gone = gone.drop(columns="side").rename(
        columns={name: f"{name}_old" for name in old.columns if name != "group"}
    )
    still_there = set(new["group"])
    gone["is_first"] = gone["is_newest_old"] & ~gone["group"].isin(still_there)
    pairs = pd.concat([same[~replaced], newest, gone], ignore_index=True)
    is_first = pairs["is_first"] if "is_first" in pairs else pd.Series(np.nan, pairs.index)
    return pairs.assign(is_first=is_first.fillna(pairs["is_newest_new"]).astype(bool))


def _values(
    table: np.ndarray, places: np.ndarray, column: np.ndarray | int, missing: float | str
) -> np.ndarray:
    """The values of outcomes in some columns, `missing` where there is no outcome (a place of -1)."""
    return (
        np.where(places >= 0, table[places, column], missing) if len(table) else np.full(len(places), missing)
    )


def _lines(before: Shown, after: Shown, pairs: pd.DataFrame) -> pd.DataFrame:
    """The figures of pairs that differ, in the order of the indicators, with "old" and "new", the places of their outcomes."""
    old, new = (pairs[f"outcome_{side}"].fillna(-1).to_numpy(dtype="int64") for side in ("old", "new"))
    kept = []
    for place in range(len(INDICATORS)):
        was, is_now = _values(before.figures, old, place, np.nan), _values(after.figures, new, place, np.nan)
        kept.append(np.flatnonzero((was != is_now) & ~(np.isnan(was) & np.isnan(is_now))))
    rows, indicator = np.concatenate(kept), np.repeat(np.arange(len(INDICATORS)), list(map(len, kept)))
    old, new = old[rows], new[rows]
    was, is_now = (
        _values(before.figures, old, indicator, np.nan),
        _values(after.figures, new, indicator, np.nan),
    )
    letters = _values(after.reasons, new, indicator, Reason.NO_FIGURES.value)
    is_gone, is_new = np.isnan(is_now), np.isnan(was)
    is_moved = ~is_gone & ~is_new
    status = np.select(
        [is_moved, is_new, is_gone & np.isin(letters, list(WITHHELD))],
        [Status.MOVED, Status.APPEARED, Status.WITHHELD],
        Status.VANISHED,
    )
    low, high = ranges(indicator, before, np.where(is_moved, old, -1))
    lines = {
        "status": status.astype("int8"),
        "group": pairs["group"].to_numpy(dtype="int32")[rows],
        "indicator": indicator.astype("int8"),
        "before_cohort": pairs["cohort_old"].fillna(-1).to_numpy(dtype="int16")[rows],
        "after_cohort": pairs["cohort_new"].fillna(-1).to_numpy(dtype="int16")[rows],
        "before": np.where(is_moved, was, NONE).astype("int16"),
        "after": np.where(is_gone, NONE, is_now).astype("int16"),
        "low": low,
        "high": high,
        "reason": np.where(is_gone, letters, SHOWN),
        "caveat": np.where(is_moved, _caveats(pairs)[rows, _COUNTS_JOBS[indicator]], 0).astype("int8"),
        "is_first": pairs["is_first"].to_numpy()[rows],
        "is_repeat": _repeats(pairs, rows, indicator),
        "old": old,
        "new": new,
    }
    return pd.DataFrame(lines)


def _repeats(pairs: pd.DataFrame, rows: np.ndarray, indicator: np.ndarray) -> np.ndarray:
    """Whether a line is of the same outcomes as that of another group, which has them as its own or comes before."""
    found = (
        pairs[["outcome_old", "outcome_new"]].iloc[rows].reset_index(drop=True).assign(indicator=indicator)
    )
    is_other = pairs["origin_new"].fillna(pairs["origin_old"]).ne("").to_numpy()[rows]
    order = np.argsort(is_other, kind="stable")
    is_repeat = np.zeros(len(rows), dtype=bool)
    is_repeat[order] = found.iloc[order].duplicated().to_numpy()
    return is_repeat


# For each indicator, whether jobs are counted in it: 1 or 0, the columns of `_caveats`.
_COUNTS_JOBS = np.array(
    [int(i.is_modelled or any("emploi" in count for count in head_counts_of(i))) for i in INDICATORS]
)


def _caveats(pairs: pd.DataFrame) -> np.ndarray:
    """For each pair, its place in CAVEATS by the rules of `stats.comparability`, for figures that count no jobs, and that do."""
    found, both = np.zeros((len(pairs), 2), dtype="int8"), _has_both(pairs)
    years = ["first_year_old", "last_year_old", "first_year_new", "last_year_new"]
    codes, known = pd.factorize(pd.MultiIndex.from_frame(pairs.loc[both, years].astype("int64")))
    of_years = np.array([_caveats_of(*one) for one in known], dtype="int8").reshape(-1, 2)
    is_other = (pairs["origin_old"] != pairs["origin_new"]).to_numpy()[both]
    found[both] = np.where(is_other[:, None], CAVEATS.index(Misleading.ORIGINS), of_years[codes])
    return found


def _has_both(pairs: pd.DataFrame) -> np.ndarray:
    return pairs[["outcome_old", "outcome_new"]].notna().all(axis=1).to_numpy()


def _caveats_of(first: int, last: int, new_first: int, new_last: int) -> list[int]:
    """Those of two cohorts."""
    found = []
    for counts_jobs in (False, True):
        traits = [
            Traits(
                name,
                public_jobs=public_jobs(start, end) if counts_jobs else "",
                is_pooled=bool(start != end),
            )
            for name, start, end in (("avant", first, last), ("après", new_first, new_last))
        ]
        reasons = [difference.reason for difference in differences(traits)]
        found.append(max(map(CAVEATS.index, reasons), default=0))
    return found


def _shows(moment: Shown, rows: pd.DataFrame, number: int) -> np.ndarray:
    """For each group, whether its newest row shows a figure."""
    newest = rows[rows["is_newest"]]
    shows = np.zeros(number, dtype=bool)
    shows[newest["group"]] = (~np.isnan(moment.figures[newest["outcome"]])).any(axis=1)
    return shows


def _sorted(lines: pd.DataFrame, after: Shown) -> pd.DataFrame:
    """What pages show first comes first, each figure once before its repeats; moves by their size, a salary in percent.

    New figures come by their people. The others come in the order of their groups: what was shown of them orders nothing.
    """
    before, now = lines["before"].astype("float64"), lines["after"].astype("float64")
    salaries = [place for place, name in enumerate(FIGURES) if name.startswith("salaire")]
    size = (now - before).abs()
    size = size.where(~lines["indicator"].isin(salaries), 100 * size / before.abs().clip(lower=1))
    people = np.nan_to_num(_values(after.numbers, lines["new"].to_numpy(), 0, np.nan))
    size = size.where(lines["status"].eq(Status.MOVED), people)
    size = size.where(lines["status"].isin([Status.MOVED, Status.APPEARED]), 0)
    # What will be measured one day is no loss.
    is_awaited = lines["reason"].eq(Reason.NOT_MEASURED_YET.value)
    ordered = lines.assign(is_later=~lines["is_first"], size=-size, is_awaited=is_awaited)
    order = ["status", "is_later", "is_repeat", "is_awaited", "size", "group"]
    ordered = ordered.sort_values(order, kind="stable")
    return ordered[list(COLUMNS)].reset_index(drop=True)
