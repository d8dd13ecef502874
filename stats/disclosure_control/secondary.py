"""Further figures withheld so that no confidential group can be deduced: the `enforce` setting. Pure: no Django.

Groups are taken knot by knot (see `knots`); each knot loses the fewest figures that leave all its groups open.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from stats.disclosure_control.audit import OUTCOMES, SIZE, known, narrowed
from stats.disclosure_control.clusters import COLUMNS, Web, reached
from stats.disclosure_control.hierarchies import facts_and_relations
from stats.indicators import BY_NAME, FIGURES
from stats.reasons import SHOWN, Reason, complete


@dataclass(frozen=True)
class Enforced:
    """Facts after the fewest further withholdings.

    facts: the facts given, in their order, less what is withheld, with the reason for it. withheld: one line a row
    that lost figures: `row`, `figures` (how many), `protects` (index labels of the confidential groups).
    """

    facts: pd.DataFrame
    withheld: pd.DataFrame


def apply_secondary_suppression(facts, places=()):
    """The `Enforced` of published rows; arguments as in `relations.facts_and_relations`."""
    table, relations = facts_and_relations(facts, places)
    start = known(table)
    low, high, contradicted = narrowed(start, relations)
    pinned = start.hidden & (low == high)[:, OUTCOMES].any(axis=1)
    dropped = np.union1d(contradicted, _loose(relations, table["row"].notna().to_numpy(), pinned))
    web = Web(start, relations.without(dropped), _letters(table), (low[:, SIZE], high[:, SIZE]))
    protects = {}
    for row in np.flatnonzero(web.hidden).tolist():
        for cell in web.protect(row):
            protects.setdefault(cell[0], set()).add(row)
    return _applied(facts, table, web.cells, protects)


def _loose(relations, is_published, pinned):
    """Pools of years of which nothing is published by itself, unless they reach a group that bounds deduce already.

    Pools that only share such years tell of each other when all or nobody works or studies, near one another: bounds
    see that. Proving it for every other chain of pools would take most of the time, and withhold what cannot be
    proved in time.
    """
    totals, parts, of = relations.totals, relations.parts, relations.of
    has_published = is_published.copy()
    while True:
        before = has_published.copy()
        np.logical_or.at(has_published, totals[of], has_published[parts])
        if np.array_equal(before, has_published):
            break
    is_loose = np.array([kind == "cohort" for kind in relations.kinds], dtype=bool)
    np.logical_and.at(is_loose, of, ~has_published[parts])
    return np.flatnonzero(is_loose & ~reached(relations, pinned)[totals])


def _letters(table):
    return [
        {name for name, letter in zip(FIGURES, complete(text), strict=True) if letter == SHOWN}
        for text in table["reasons"]
    ]


def _applied(facts, table, cells, protects):
    facts, rows = facts.copy(), table["row"].to_numpy()
    lines = []
    for place in sorted(protects):
        names = {name for row, outcome in cells if row == place for name in COLUMNS[outcome]}
        before = facts.at[rows[place], "reasons"]
        after = list(complete(before))
        for name in names & set(FIGURES):
            position = BY_NAME[name].position
            if after[position] in {SHOWN, Reason.TOO_FEW_LEAVERS}:
                after[position] = Reason.PROTECTS_OTHERS.value
        facts.loc[rows[place], [name for name in facts.columns if name in names]] = pd.NA
        facts.at[rows[place], "reasons"] = "".join(after)
        lost = sum(old == SHOWN != new for old, new in zip(complete(before), after, strict=True))
        lines.append((rows[place], lost, tuple(rows[row] for row in sorted(protects[place]))))
    return Enforced(facts, pd.DataFrame(lines, columns=["row", "figures", "protects"]))
