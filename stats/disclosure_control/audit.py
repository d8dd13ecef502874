"""What published totals and parts let one deduce of confidential groups, without ever holding the answer. Pure.

What is published is put as bounds on seven numbers of each group: pupils in the final year, those who study on,
leavers, and those employed at 6, 12, 18 and 24 months. Totals are sums of their parts; bounds are narrowed from one
to the other, for all groups at once, until nothing moves. A confidential group whose bounds meet is deduced.
What is listed is really deducible; deductions that need several totals at once and no step by itself are for
`suppression`, which looks for them exactly where it is asked to stop them.
"""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from stats.disclosure_control.hierarchies import facts_and_relations
from stats.disclosure_control.primary import THRESHOLD
from stats.disclosure_control.sums import confidential, letters_of
from stats.indicators import COUNTS, GROUP_SIZE, INDICATORS, LEAVERS, PART_OF, STUDYING, Denominator
from stats.reasons import SHOWN, Reason

NUMBERS = (GROUP_SIZE, *COUNTS)
SIZE, STUDY, LEAVE = (NUMBERS.index(name) for name in (GROUP_SIZE, STUDYING, LEAVERS))
# What became of people. Leavers are those who do not study on, and are told with them.
OUTCOMES = tuple(number for number in range(len(NUMBERS)) if number not in {SIZE, LEAVE})
# (number, the wider one that it is a part of), beyond those who study on and those who leave.
PARTS = tuple((number, NUMBERS.index(PART_OF[NUMBERS[number]])) for number in OUTCOMES if number != STUDY)
# No group is larger; a bound for head-counts that nobody published.
LARGEST = 10_000_000


def _rates_of(indicators):
    """Published percentages: (numerator, denominator, figures that give it, best first)."""
    figures = {}
    for indicator in indicators:
        if indicator.count:
            ratio = NUMBERS.index(indicator.denominator), NUMBERS.index(indicator.count)
            figures.setdefault(ratio, []).append(indicator)
    # A percentage without a date is that of the count itself; one at a date may be of another survey.
    return tuple(
        (count, size, tuple(i.name for i in sorted(figures[size, count], key=lambda i: i.months or 0)))
        for size, count in sorted(figures)
    )


RATES = _rates_of(INDICATORS)
_FINAL_YEAR_SHARES = [i.name for i in INDICATORS if i.count and i.denominator is Denominator.FINAL_YEAR]
_OF_LEAVERS = [i for i in INDICATORS if i.needs_leavers]


@dataclass(frozen=True)
class Known:
    """What is published of each row, as bounds: Known(low=array, high=array, rates=array, hidden=array, shown=array).

    low, high: one column for each of NUMBERS. rates: percentages of RATES, -1 where there is none, so that counts
    are told once. hidden: which rows are confidential groups. shown: which of NUMBERS something is published of.
    """

    low: np.ndarray
    high: np.ndarray
    rates: np.ndarray
    hidden: np.ndarray
    shown: np.ndarray


def known(facts):
    """The `Known` of published rows."""
    table = facts.reindex(columns=[*NUMBERS, *(name for *_, names in RATES for name in names)])
    table = table.astype("Float64").astype("float64").to_numpy()
    counts, figures = table[:, : len(NUMBERS)], table[:, len(NUMBERS) :]
    hidden = confidential(facts).to_numpy()
    size = counts[:, SIZE]
    has_share = facts.reindex(columns=_FINAL_YEAR_SHARES).notna().any(axis=1)
    at_least = np.where(has_share, THRESHOLD, hidden)
    low, high = np.zeros(counts.shape, int), np.full(counts.shape, LARGEST)
    low[:, SIZE] = np.where(np.isnan(size), at_least, np.nan_to_num(size))
    high[:, SIZE] = np.where(np.isnan(size), np.where(hidden, THRESHOLD - 1, LARGEST), np.nan_to_num(size))
    letters = letters_of(facts, _OF_LEAVERS)
    has_rate = (letters == SHOWN).any(axis=1)
    too_few = (letters == Reason.TOO_FEW_LEAVERS).any(axis=1) & ~has_rate
    low[has_rate, LEAVE], high[too_few, LEAVE] = THRESHOLD, THRESHOLD - 1
    told = ~np.isnan(counts)
    low[told], high[told] = counts[told], counts[told]
    rates = _rates(figures, told)
    shown = told.copy()
    for column, (numerator, _denominator, _names) in enumerate(RATES):
        shown[:, numerator] |= rates[:, column] >= 0
    # Who leaves tells who studies on.
    shown[:, STUDY] |= shown[:, LEAVE]
    return Known(low, high, rates, hidden, shown)


def _rates(figures, told):
    """The percentage of each of RATES, where its numerator and denominator are not both told by counts."""
    rates, place = np.full((len(figures), len(RATES)), -1), 0
    for column, (numerator, denominator, names) in enumerate(RATES):
        given = figures[:, place]
        for other in range(1, len(names)):
            given = np.where(np.isnan(given), figures[:, place + other], given)
        place += len(names)
        useful = ~np.isnan(given) & ~(told[:, numerator] & told[:, denominator])
        rates[useful, column] = given[useful]
    return rates


def narrowed(facts_known, relations):
    """(low, high, contradicted): bounds narrowed until nothing moves, and relations that cannot hold.

    A total that is not the sum of its parts tells nothing of them: it is set aside, and all is done again.
    """
    start, contradicted = _without_contradictory_rows(facts_known), np.array([], int)
    while True:
        low, high = start.low.copy(), start.high.copy()
        held = relations.without(contradicted)
        places = np.setdiff1d(np.arange(len(relations.totals)), contradicted)
        wrong = np.array([], int)
        for _round in range(100):
            before = low.copy(), high.copy()
            _narrow_rows(low, high, start.rates)
            _narrow_sums(low, high, held)
            crossed = (low > high).any(axis=1)
            if crossed.any():
                touching = held.of[crossed[held.parts]]
                wrong = np.union1d(touching, np.flatnonzero(crossed[held.totals]))
                break
            if np.array_equal(before[0], low) and np.array_equal(before[1], high):
                break
        if not len(wrong):
            return low, high, contradicted
        contradicted = np.union1d(contradicted, places[wrong])


def _without_contradictory_rows(facts_known):
    """The same, knowing nothing of rows whose own figures contradict each other."""
    low, high, rates = facts_known.low.copy(), facts_known.high.copy(), facts_known.rates.copy()
    for _round in range(3):
        _narrow_rows(low, high, rates)
    wrong = (low > high).any(axis=1)
    low, high = facts_known.low.copy(), facts_known.high.copy()
    low[wrong], high[wrong], rates[wrong] = 0, LARGEST, -1
    return replace(facts_known, low=low, high=high, rates=rates)


def _narrow_rows(low, high, rates):
    """Within each row: who studies and who leaves make the final year, who works has left, percentages are rounded."""
    np.minimum(high[:, SIZE], high[:, STUDY] + high[:, LEAVE], out=high[:, SIZE])
    np.maximum(low[:, SIZE], low[:, STUDY] + low[:, LEAVE], out=low[:, SIZE])
    for one, other in ((STUDY, LEAVE), (LEAVE, STUDY)):
        np.minimum(high[:, one], high[:, SIZE] - low[:, other], out=high[:, one])
        np.maximum(low[:, one], low[:, SIZE] - high[:, other], out=low[:, one])
    for part, whole in PARTS:
        np.minimum(high[:, part], high[:, whole], out=high[:, part])
        np.maximum(low[:, whole], low[:, part], out=low[:, whole])
    for column, (numerator, denominator, _names) in enumerate(RATES):
        given = np.flatnonzero(rates[:, column] >= 0)
        most, least = 2 * rates[given, column] + 1, np.maximum(2 * rates[given, column] - 1, 0)
        high[given, numerator] = np.minimum(high[given, numerator], most * high[given, denominator] // 200)
        low[given, numerator] = np.maximum(low[given, numerator], -(-least * low[given, denominator] // 200))
        low[given, denominator] = np.maximum(low[given, denominator], -(-200 * low[given, numerator] // most))
        bounded = np.where(least > 0, 200 * high[given, numerator] // np.maximum(least, 1), LARGEST)
        high[given, denominator] = np.minimum(high[given, denominator], bounded)


def _narrow_sums(low, high, relations):
    totals, parts, of = relations.totals, relations.parts, relations.of
    for number in range(len(NUMBERS)):
        least, most = (np.bincount(of, side[parts, number], len(totals)).astype(int) for side in (low, high))
        np.maximum.at(low[:, number], totals, least)
        np.minimum.at(high[:, number], totals, most)
        total_low, total_high = low[totals, number][of], high[totals, number][of]
        part_low, part_high = low[parts, number], high[parts, number]
        np.maximum.at(low[:, number], parts, total_low - (most[of] - part_high))
        np.minimum.at(high[:, number], parts, total_high - (least[of] - part_low))


@dataclass(frozen=True)
class Report:
    """What the published figures let one deduce; it holds no outcome of anybody.

    deduced: one row a confidential group and a total it is in, or is: `row` and `total` (index labels of the facts),
    `kind` of relation, `together` (how many confidential groups the deduction is about), `is_certain`. Where it is not,
    the group is the only one withheld of a total, and whoever knows the head-counts comes close to its outcomes.
    contradicted: how many totals are not the sum of their parts.
    """

    deduced: pd.DataFrame
    contradicted: int

    @property
    def certain(self):
        """How many confidential groups are deduced for certain, alone or together with fewer than 20."""
        return self.deduced.loc[self.deduced["is_certain"], "row"].nunique()

    @property
    def approached(self):
        """How many more are the only group withheld of a published total."""
        certain = self.deduced.loc[self.deduced["is_certain"], "row"]
        return self.deduced.loc[~self.deduced["row"].isin(certain), "row"].nunique()


def report(facts, places=()):
    """The `Report` of published rows; arguments as in `facts_and_relations`."""
    table, relations = facts_and_relations(facts, places)
    all_known = known(table)
    low, high, contradicted = narrowed(all_known, relations)
    relations = relations.without(contradicted)
    inside = all_known.hidden[relations.parts] & (high[relations.parts, SIZE] > 0)
    parts, of = relations.parts[inside], relations.of[inside]
    number = np.bincount(of, minlength=len(relations.totals))[of]
    is_pinned = all_known.hidden & (high[:, SIZE] > 0) & (low == high)[:, OUTCOMES].any(axis=1)
    is_alone = is_pinned[parts]
    is_joint = _joint(low, high, relations, inside)[of] & (number > 1)
    is_told = _is_told(all_known, relations)[of] & (number == 1)
    listed = is_alone | is_joint | is_told
    whole = is_pinned[relations.totals]
    rows, kinds = table["row"].to_numpy(), np.array(relations.kinds, dtype=object)
    found = [
        pd.DataFrame(
            {
                "row": rows[parts],
                "total": rows[relations.totals[of]],
                "kind": kinds[of],
                "together": np.where(is_joint & ~is_alone, number, 1),
                "is_certain": is_alone | is_joint,
            }
        )[listed],
        pd.DataFrame({"row": rows[relations.totals], "total": rows[relations.totals], "kind": kinds})[whole],
    ]
    found[1] = found[1].assign(together=1, is_certain=True)
    return Report(
        pd.concat([some for some in found if len(some)] or found[:1], ignore_index=True), len(contradicted)
    )


def _joint(low, high, relations, inside):
    """Whether each total less its published parts is some outcome of confidential groups of 1 to 19 pupils together."""
    totals, count = relations.totals, len(relations.totals)
    shown, of = relations.parts[~inside], relations.of[~inside]
    least, most = np.zeros((count, len(NUMBERS)), int), np.zeros((count, len(NUMBERS)), int)
    np.add.at(least, of, low[shown])
    np.add.at(most, of, high[shown])
    rest_low, rest_high = low[totals] - most, high[totals] - least
    together = np.bincount(relations.of[inside], low[relations.parts[inside], SIZE], count)
    are_few = (rest_low[:, SIZE] < THRESHOLD) & (together < THRESHOLD)
    return are_few & (rest_low == rest_high)[:, OUTCOMES].any(axis=1)


def _is_told(all_known, relations):
    """Whether some outcome is published of each total and of all its parts that are not confidential."""
    told = all_known.shown[:, OUTCOMES] & ~all_known.hidden[:, None]
    told |= all_known.high[:, [SIZE]] == 0
    missing = np.zeros((len(relations.totals), len(OUTCOMES)), int)
    open_to_all = ~all_known.hidden[relations.parts]
    np.add.at(missing, relations.of[open_to_all], ~told[relations.parts[open_to_all]])
    return (told[relations.totals] & (missing == 0)).any(axis=1)
