"""Attacks on the published figures, short and apart from the audit of the portal: plain SQL and whole numbers tried one by one.

    python -m bench.second_attack

Two attacks, that only use what anybody reads:
- triples: a group and its two parts, one of which is withheld: all who study in a school or a territory, and its two
  routes; two years together, and each of them. Every size and every number of people that the published percentages
  allow is tried; an outcome that takes one value only is deduced.
- pools: a course whose two years together are withheld, among the other pools of two years that share one with them, or
  with these, and so on. A number of people of each year that takes one value only is deduced.
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
    """{key (source, cohort, route, place, course): outcomes} of the withheld parts that the two others of a triple tell.

    Of a school or of a territory, of all its courses or of one: all routes together beside its two routes, and two years
    together beside each of them.
    """
    figures = ["taux_poursuite_etudes", "taux_en_formation"]
    figures += [f"taux_en_emploi_{months}_mois" for months in _MONTHS] + [
        f"taux_emploi_{months}_mois" for months in _MONTHS
    ]
    cursor.execute(
        "SELECT source, cohort_id, route, COALESCE(school_id, territory_id), COALESCE(course_year_id, diploma_id, ''), "
        f"reasons, {', '.join(figures)} FROM stats_outcome WHERE level = ''"
    )
    groups = {}
    for *key, reasons, further, studying, a, b, c, d, e, f, g, h in cursor.fetchall():
        shares, rates = (
            dict(zip(_MONTHS, (a, b, c, d), strict=True)),
            dict(zip(_MONTHS, (e, f, g, h), strict=True)),
        )
        studying = further if further is not None else studying
        has_few = reasons[4] == "L" and not any(rate is not None for rate in rates.values())
        groups[tuple(key)] = Published(studying, shares, rates, has_few)
    found = {}
    for key, group in groups.items():
        for parts in _parts_of(key):
            if not group.is_withheld and all(part in groups for part in parts):
                hidden = [part for part in parts if groups[part].is_withheld]
                if len(hidden) == 1:
                    [other] = set(parts) - set(hidden)
                    if outcomes := deduced(group, groups[other]):
                        found[hidden[0]] = outcomes
    return found


def _parts_of(key):
    """The pairs of groups that make up the group of this key, where sources publish such ones."""
    source, cohort, route, *rest = key
    if route == "ensemble":
        yield [(source, cohort, part, *rest) for part in ("pro", "apprentissage")]
    if "_" in cohort:
        yield [(source, year, route, *rest) for year in cohort.split("_")]


def pools(cursor):
    """{key (source, route, place, course, cohort): {situation: number of people}} of the withheld pools of two years that the
    other pools of the same course and place tell, whatever their number."""
    cursor.execute(
        "SELECT source, route, COALESCE(school_id, territory_id), COALESCE(course_year_id, diploma_id), cohort_id, "
        f"nb_annee_term, {', '.join(_COUNTS)}, taux_en_formation, reasons FROM stats_outcome "
        "WHERE diploma_id IS NOT NULL AND level = ''"
    )
    chains = defaultdict(dict)
    for *key, cohort, size, studying, a, b, c, d, share, reasons in cursor.fetchall():
        if len(cohort) == len("2022_2023"):
            if reasons[0] != "P" and studying is None and None not in (size, share):
                known = numbers_of(share, size)
            else:
                known = studying
            chains[tuple(key)][int(cohort[:4])] = Pool(reasons[0] == "P", size, (known, a, b, c, d))
    found = {}
    for key, chain in chains.items():
        for year, numbers in deduced_pools(chain).items():
            found[*key, f"{year}_{year + 1}"] = numbers
    return found


@dataclass(frozen=True)
class Pool:
    """Two years together: Pool(is_withheld=False, size=64, counts=(12, 30, None, None, None)).

    size: final-year pupils, None where it is not published. counts: those in each situation of _COUNTS: a number, the
    (fewest, most) that a percentage allows, or None.
    """

    is_withheld: bool
    size: int | None
    counts: tuple[int | tuple[int, int] | None, ...]


def deduced_pools(chain):
    """{first year of a withheld pool: {situation: number}} of {first year: `Pool`}, of what takes one value only.

    Each year holds a whole number of people in a situation, and two years that follow make a pool. What a pool allows of
    one of its years bounds the other, up and down the chain: along it these bounds are exact.
    """
    found = defaultdict(dict)
    if not any(pool.is_withheld for pool in chain.values()) or all(
        pool.is_withheld for pool in chain.values()
    ):
        return found
    for place, situation in enumerate(_COUNTS):
        limits = {year: _limits(pool, place) for year, pool in chain.items()}
        years = _years_within(limits)
        for year, pool in chain.items():
            if pool.is_withheld:
                low = max(limits[year][0], years[year][0] + years[year + 1][0])
                high = min(limits[year][1], years[year][1] + years[year + 1][1])
                # A group of nobody has nothing to hide.
                if low == high and pool.size != 0:
                    found[year][situation] = low
    return found


def _limits(pool, place):
    """(fewest, most) people of a pool in a situation, by what is published of this pool."""
    if pool.is_withheld:
        return 0, MOST if pool.size is None else pool.size
    count = pool.counts[place]
    if isinstance(count, tuple):
        return count
    return (count, count) if count is not None else (0, LARGEST if pool.size is None else pool.size)


def _years_within(limits):
    """{year: (fewest, most)} that {first year of a pool: (fewest, most)} leaves possible."""
    years = {year + step: (0, LARGEST) for year in limits for step in (0, 1)}
    has_moved = True
    while has_moved:
        has_moved = False
        for year, (low, high) in limits.items():
            for one, other in ((year, year + 1), (year + 1, year)):
                fewest, most = years[one]
                bounds = max(fewest, low - years[other][1]), min(most, high - years[other][0])
                # Sources that revise a year contradict each other: nothing is deduced of what cannot be.
                if bounds != years[one] and bounds[0] <= bounds[1]:
                    years[one], has_moved = bounds, True
    return years


def main():
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "inserjeunes_portal.settings")
    django.setup()
    from django.db import connection

    with connection.cursor() as cursor:
        found = triples(cursor) | pools(cursor)
    print(f"{len(found)} groups deduced")
    for key, outcomes in sorted(found.items()):
        print(*key, *outcomes)


if __name__ == "__main__":
    sys.exit(main())
