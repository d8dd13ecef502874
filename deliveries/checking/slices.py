"""Checks of the slice of a cohort beside what is published: the same cohort, and the one before.

Tables are rows of the facts table (`sources.figures.outcomes`), after suppression: nothing here knows more than readers do.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import pandas as pd

from deliveries.report import Report
from stats.exact_tests import same_proportion
from stats.indicators import BY_NAME, EMPLOYMENT_RATES, FIGURES
from stats.uncertainty import ERRORS, Measured

# Fewer are no sign of anything.
_FEW, _SOME, _MANY = 3, 5, 30
_SCHOOLS_LOST, _FIGURES_LOST = 1 / 5, 1 / 20
_SHIFT, _MORE_WITHHELD = 8, 10
_LEAST_VOLUME, _MOST_VOLUME = 2 / 3, 3 / 2
# Standard deviations under which the exact tests of many pairs never tell two proportions apart.
_SURELY_CHANCE = 3
_YEARS_CLOSED = 2
_GROUP = ("route", "diploma_id", "course_year_id", "school_id", "territory_id", "level", "duration")
_SHARES = tuple(name for name in FIGURES if BY_NAME[name].is_share_of_people)


@dataclass(frozen=True)
class Published:
    """What is published of a source, beside which the slice of a cohort is checked.

    same: rows of the same cohort; former: those of `former_cohort`, the last one before of the same form, "" for none.
    cohorts: all its live ones. region_of: {UAI: name of its region}. dates: {code of a diploma: (opening, closing)}.
    """

    same: pd.DataFrame
    former: pd.DataFrame
    former_cohort: str = ""
    cohorts: tuple[str, ...] = ()
    region_of: Mapping[str, str] = field(default_factory=dict)
    dates: Mapping[str, tuple[date | None, date | None]] = field(default_factory=dict)


def former_of(cohort: str, cohorts: Collection[str]) -> str:
    """The last cohort before this one that has its form, "" without any."""
    before = [each for each in cohorts if each < cohort and len(each) == len(cohort)]
    return max(before, default="")


def check(
    rows: pd.DataFrame, cohort: str, published: Published, headers: Mapping[str, str], report: Report
) -> None:
    """Add what vanishes, moves or is new in the rows of a cohort. headers: {figure: its header in the file}."""
    _check_cohort(cohort, published, report)
    _check_diplomas(rows, cohort, published, report)
    rows, same, former = (_by_group(table) for table in (rows, published.same, published.former))
    if len(same):
        _check_schools(rows, same, cohort, published, report)
        _check_lost_figures(rows, same, cohort, headers, report)
        moved = _differing(rows, same)
        if moved.any():
            report.add("cohorte_revisee", value=int(moved.sum()), expected=_years(cohort), subject=cohort)
        _check_moves("revision_forte", rows, same, cohort, headers, report)
    if len(former):
        _check_beside_former(rows, former, cohort, published, headers, report)
        if same.empty:
            _check_moves("evolution_forte", rows, former, cohort, headers, report)
    _check_empty(rows, same, former, cohort, published, headers, report)


def _by_group(table: pd.DataFrame) -> pd.DataFrame:
    """The table indexed by one text a group, whatever its cohort."""
    texts = [_texts(table[name]) for name in _GROUP if name in table]
    index = np.array(["|" + "|".join(row) for row in zip(*texts, strict=True)], dtype="object")
    numbers = {name: table[name].astype("float64") for name in FIGURES if name in table}
    return table.assign(**numbers).set_axis(index, axis=0)


def _texts(values: pd.Series) -> list[str]:
    """Python joins lists sooner than pandas columns, of the few rows that most slices have."""
    is_missing = values.isna().tolist()
    return ["" if missing else str(value) for value, missing in zip(values.tolist(), is_missing, strict=True)]


def _years(cohort: str) -> str:
    return cohort.replace("_", "-")


def _check_cohort(cohort: str, published: Published, report: Report) -> None:
    former, alike = published.former_cohort, [each for each in published.cohorts if len(each) == len(cohort)]
    if former and cohort not in published.cohorts and int(cohort[:4]) > int(former[:4]) + 1:
        report.add("cohorte_sautee", value=_years(cohort), expected=_years(former), subject=cohort)
    if published.cohorts and not alike:
        last = max(published.cohorts)
        report.add("cohorte_d_une_autre_forme", value=_years(cohort), expected=_years(last), subject=cohort)


def _check_diplomas(rows: pd.DataFrame, cohort: str, published: Published, report: Report) -> None:
    """Diplomas that had closed long before the cohort left, and those that opened after."""
    first, last = int(cohort[:4]), int(cohort[-4:])
    for code in sorted(rows["diploma_id"].dropna().unique()):
        opened_on, closed_on = published.dates.get(code, (None, None))
        if closed_on and closed_on.year < first - _YEARS_CLOSED:
            report.add("diplome_ferme", value=code, expected=closed_on.year, subject=f"{cohort} {code}")
        if opened_on and opened_on.year > last:
            report.add("diplome_trop_recent", value=code, expected=opened_on.year, subject=f"{cohort} {code}")


def _check_schools(
    rows: pd.DataFrame, same: pd.DataFrame, cohort: str, published: Published, report: Report
) -> None:
    before = pd.Series(same["school_id"].dropna().unique())
    lost = ~before.isin(set(rows["school_id"].dropna()))
    for region, vanished in lost.groupby(before.map(published.region_of).fillna("")):
        is_large = len(vanished) >= _SOME and vanished.sum() >= _FEW
        if region and is_large and vanished.mean() > _SCHOOLS_LOST:
            subject = f"{cohort} {region}"
            report.add("etablissements_disparus", value=int(vanished.sum()), expected=region, subject=subject)


def _check_lost_figures(
    rows: pd.DataFrame, same: pd.DataFrame, cohort: str, headers: Mapping[str, str], report: Report
) -> None:
    kept = rows[~rows.index.duplicated()].reindex(same.index)
    for name in FIGURES:
        was = same[name].notna()
        lost = int((was & kept[name].isna()).sum())
        if lost >= _FEW and lost > _FIGURES_LOST * was.sum():
            column, subject = headers.get(name, name), f"{cohort} {name}"
            report.add("chiffres_disparus", None, column, lost, int(was.sum()), subject)


def _differing(rows: pd.DataFrame, same: pd.DataFrame) -> pd.Series:
    """Whether each row of both tables has other figures."""
    new, old = _common(rows, same)
    differs = pd.Series(False, index=old.index)
    for name in FIGURES:
        differs |= (new[name] != old[name]) & (new[name].notna() | old[name].notna())
    return differs


def _common(rows: pd.DataFrame, others: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The rows of the groups that both tables have once."""
    rows, others = rows[~rows.index.duplicated(keep=False)], others[~others.index.duplicated(keep=False)]
    index = rows.index.intersection(others.index)
    return rows.loc[index], others.loc[index]


def _check_moves(
    code: str,
    rows: pd.DataFrame,
    others: pd.DataFrame,
    cohort: str,
    headers: Mapping[str, str],
    report: Report,
) -> None:
    """Figures that move more than chance allows, all those of the slice decided together (Bonferroni)."""
    new, old = _common(rows, others)
    pairs = list(_pairs(new, old))
    total = sum(number for *_, number in pairs)
    for name, doubtful, _number in pairs:
        for index in doubtful:
            one, other = _measured(new.loc[index], name), _measured(old.loc[index], name)
            if _chance(one, other) * total <= ERRORS:
                row = new.loc[index]
                place = row["school_id"] if pd.notna(row["school_id"]) else row["territory_id"]
                course = next(
                    (row[key] for key in ("course_year_id", "diploma_id") if pd.notna(row[key])), ""
                )
                value = course or "toutes formations"
                report.add(code, None, headers.get(name, name), value, place, f"{cohort} {name}")


def _pairs(new: pd.DataFrame, old: pd.DataFrame) -> Iterator[tuple[str, pd.Index, int]]:
    """(figure, groups whose move may be more than chance, how many groups give it twice)."""
    for name in _SHARES:
        both = new[name].notna() & old[name].notna()
        if not both.any():
            continue
        sizes = [_sizes(table[both], name) for table in (new, old)]
        shares = [table.loc[both, name] / 100 for table in (new, old)]
        pooled = (shares[0] * sizes[0] + shares[1] * sizes[1]) / (sizes[0] + sizes[1])
        spread = np.sqrt(pooled * (1 - pooled) * (1 / sizes[0] + 1 / sizes[1]))
        distance = (shares[0] - shares[1]).abs()
        yield name, distance.index[distance > _SURELY_CHANCE * spread.fillna(1)], int(both.sum())


def _sizes(table: pd.DataFrame, name: str) -> pd.Series:
    """The people of a figure; the fewest there can be where their number is not published."""
    whole = BY_NAME[name].denominator.value
    return table[whole].astype("float64").fillna(20) if whole in table else pd.Series(20.0, table.index)


def _measured(row: pd.Series, name: str) -> Measured:
    indicator = BY_NAME[name]
    size, count = row.get(indicator.denominator.value), row.get(indicator.count)
    return Measured(
        int(row[name]),
        None if pd.isna(size) else int(size),
        None if pd.isna(count) or pd.isna(size) else int(count),
    )


def _chance(one: Measured, other: Measured) -> float:
    counts = one.count_beside(other.percent), other.count_beside(one.percent)
    return same_proportion(counts[0], one.counted, counts[1], other.counted)


def _check_beside_former(
    rows: pd.DataFrame,
    former: pd.DataFrame,
    cohort: str,
    published: Published,
    headers: Mapping[str, str],
    report: Report,
) -> None:
    numbers = len(rows), len(former)
    if min(numbers) >= _FEW and not _LEAST_VOLUME <= numbers[0] / numbers[1] <= _MOST_VOLUME:
        report.add("volume_inhabituel", value=numbers[0], expected=numbers[1], subject=cohort)
    for name in FIGURES:
        new, old = rows[name].dropna(), former[name].dropna()
        if min(len(new), len(old)) >= _MANY and name in BY_NAME and BY_NAME[name].unit.value != "€":
            quartiles = [0.25, 0.5, 0.75]
            shift = (new.quantile(quartiles) - old.quantile(quartiles)).abs().max()
            if shift >= _SHIFT:
                column, subject = headers.get(name, name), f"{cohort} {name}"
                years = _years(published.former_cohort)
                report.add("distribution_decalee", None, column, round(shift), years, subject)
    withheld = [100 * table[list(FIGURES)].isna().all(axis=1).mean() for table in (rows, former)]
    if min(numbers) >= _MANY and withheld[0] > withheld[1] + _MORE_WITHHELD:
        report.add(
            "secret_qui_augmente", value=round(withheld[0]), expected=round(withheld[1]), subject=cohort
        )


def _check_empty(
    rows: pd.DataFrame,
    same: pd.DataFrame,
    former: pd.DataFrame,
    cohort: str,
    published: Published,
    headers: Mapping[str, str],
    report: Report,
) -> None:
    """Figures that nobody has any more. The employment rates of the same cohort are told by `plus_ancien`."""
    for name in FIGURES:
        if rows[name].notna().any():
            continue
        is_late = (BY_NAME[name].months or 0) > 6
        if same[name].notna().any() if len(same) else False:
            since = cohort if name not in EMPLOYMENT_RATES else ""
        else:
            has_former = len(former) > 0 and former[name].notna().any()
            since = published.former_cohort if has_former and not is_late else ""
        if since:
            report.add(
                "indicateur_vide", None, headers.get(name, name), "", _years(since), f"{cohort} {name}"
            )
