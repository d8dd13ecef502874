"""Attacks on the published figures, short and apart from the audit of the portal: plain SQL and whole numbers tried one by one.

    python -m bench.second_attack

Two attacks, that only use what anybody reads:
- triples: a school whose whole, school pupils and apprentices are told apart, one of the last two withheld. Every size and
  every number of people that the published percentages allow is tried; an outcome that takes one value only is deduced.
- pools: a course in a region whose two years together are withheld, between two pools that are published. Nobody in both
  of these pools leaves nobody in the one between.
"""

import os
import sys
from collections import defaultdict
from dataclasses import dataclass
from itertools import product

FEWEST, MOST = 20, 19
# No school has as many final-year pupils of one route.
LARGEST = 1_500
_MONTHS = (6, 12, 18, 24)
_COUNTS = ("nb_poursuite_etudes", *(f"nb_en_emploi_{months}_mois" for months in _MONTHS))


@dataclass(frozen=True)
class Published:
    """Percentages of a group, None where none is published: of those who study on, then {months: of those employed}, of
    final-year pupils (shares) and of leavers (rates). has_few: whether its leavers are said to be fewer than 20."""

    studying: int | None
    shares: dict[int, int | None]
    rates: dict[int, int | None]
    has_few: bool

    @property
    def is_withheld(self):
        return self.studying is None and not any(
            value is not None for value in (*self.shares.values(), *self.rates.values())
        )

    def situations(self, size):
        """{number studying: {months: (fewest, most) employed}} that a group of this size may hold."""
        found = {}
        low, high = numbers_of(self.studying, size)
        for studying in range(low, high + 1):
            leavers = size - studying
            has_rate = any(rate is not None for rate in self.rates.values())
            if (has_rate and leavers < FEWEST) or (self.has_few and leavers > MOST):
                continue
            employed = {}
            for months in _MONTHS:
                shares, rates = (
                    numbers_of(self.shares.get(months), size),
                    numbers_of(self.rates.get(months), leavers),
                )
                employed[months] = max(shares[0], rates[0]), min(shares[1], rates[1], leavers)
            if all(fewest <= most for fewest, most in employed.values()):
                found[studying] = employed
        return found


def numbers_of(percentage, whole):
    """(fewest, most) people who make this percentage of `whole`, rounded to a whole one either way on a half; all for None."""
    if percentage is None:
        return 0, whole
    return max(0, -(-whole * (2 * percentage - 1) // 200)), min(whole, whole * (2 * percentage + 1) // 200)


def deduced(whole, part):
    """Outcomes ("studying" or months) of the withheld part that take one value only, given what is published of the others."""
    ranges, of_wholes = {}, {}
    for size in range(FEWEST, LARGEST):
        own = part.situations(size)
        for hidden in range(1, MOST + 1) if own else ():
            total = size + hidden
            if total not in of_wholes:
                of_wholes[total] = whole.situations(total)
            for (studying, employed), (all_studying, all_employed) in product(
                own.items(), of_wholes[total].items()
            ):
                for outcome, (fewest, most) in _rest(
                    hidden, studying, employed, all_studying, all_employed
                ).items():
                    low, high = ranges.get(outcome, (fewest, most))
                    ranges[outcome] = min(low, fewest), max(high, most)
        of_wholes.pop(size, None)
        if ranges and all(low < high for low, high in ranges.values()):
            return []
    return [outcome for outcome, (low, high) in ranges.items() if low == high]


def _rest(hidden, studying, employed, all_studying, all_employed):
    """{outcome: (fewest, most)} of the withheld part, {} when these numbers cannot be."""
    rest = all_studying - studying
    if not 0 <= rest <= hidden:
        return {}
    found = {"studying": (rest, rest)}
    for months in _MONTHS:
        fewest = max(0, all_employed[months][0] - employed[months][1])
        most = min(hidden - rest, all_employed[months][1] - employed[months][0])
        if fewest > most:
            return {}
        found[months] = fewest, most
    return found


def triples(cursor):
    """{key (source, cohort, route, school): outcomes} of the withheld parts that the two others of their triple tell."""
    figures = ["taux_poursuite_etudes", "taux_en_formation"]
    figures += [f"taux_en_emploi_{months}_mois" for months in _MONTHS] + [
        f"taux_emploi_{months}_mois" for months in _MONTHS
    ]
    cursor.execute(
        f"SELECT source, cohort_id, school_id, route, reasons, {', '.join(figures)} FROM stats_outcome "
        "WHERE diploma_id IS NULL AND school_id IS NOT NULL AND level = ''"
    )
    groups = defaultdict(dict)
    for source, cohort, school, route, reasons, further, studying, *employed in cursor.fetchall():
        shares, rates = (dict(zip(_MONTHS, some, strict=True)) for some in (employed[:4], employed[4:]))
        studying = further if further is not None else studying
        has_few = reasons[4] == "L" and not any(rate is not None for rate in rates.values())
        groups[source, cohort, school][route] = Published(studying, shares, rates, has_few)
    found = {}
    for (source, cohort, school), by_route in groups.items():
        if not {"ensemble", "pro", "apprentissage"} <= by_route.keys() or by_route["ensemble"].is_withheld:
            continue
        hidden = [route for route in ("pro", "apprentissage") if by_route[route].is_withheld]
        if len(hidden) == 1:
            other = by_route["pro" if hidden[0] == "apprentissage" else "apprentissage"]
            if outcomes := deduced(by_route["ensemble"], other):
                found[source, cohort, hidden[0], school] = outcomes
    return found


def pools(cursor):
    """Keys (source, cohort, route, region, course) of withheld pools between two pools in which nobody is in some situation."""
    cursor.execute(
        "SELECT source, cohort_id, route, territory_id, COALESCE(course_year_id, diploma_id), nb_annee_term, "
        f"{', '.join(_COUNTS)}, reasons FROM stats_outcome WHERE diploma_id IS NOT NULL AND territory_id IS NOT NULL"
    )
    rows = {tuple(row[:5]): row[5:] for row in cursor.fetchall()}
    found = set()
    for key, (_size, *counts, reasons) in rows.items():
        source, cohort, *rest = key
        years = [int(year) for year in cohort.split("_")]
        beside = [(source, "_".join(str(year + step) for year in years), *rest) for step in (-1, 1)]
        if len(years) == 2 and reasons[0] == "P" and all(key in rows for key in beside):
            before, after = (rows[key][1:-1] for key in beside)
            if any(number is None and before[k] == 0 == after[k] for k, number in enumerate(counts)):
                found.add(key)
    return found


def main():
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "inserjeunes_portal.settings")
    django.setup()
    from django.db import connection

    with connection.cursor() as cursor:
        found = sorted(triples(cursor)) + sorted(pools(cursor))
    print(f"{len(found)} groups deduced")
    print(*found, sep="\n")


if __name__ == "__main__":
    sys.exit(main())
