"""Confidential groups tied to every row that published totals tie them to, and what leaves them all open. Pure.

In each knot the fewest figures that leave every confidential group open are looked for, outcome by outcome, best
first. That a group is open is proved by two solutions that differ (`feasibility`). A knot too large to prove loses every
total above its confidential groups, which leaves nothing to subtract from.
"""

import heapq

import numpy as np

from stats.disclosure_control.audit import LARGEST, LEAVE, NUMBERS, OUTCOMES, PARTS, RATES, SIZE, STUDY
from stats.disclosure_control.integer_solver import BUDGET, System, Undecided
from stats.disclosure_control.primary import THRESHOLD
from stats.indicators import INDICATORS, LEAVERS, STUDYING, head_counts_of

LARGEST_KNOT = 60
TRIES = 100
# Constraints looked at for a knot, about a second, beyond which it counts as too large.
WORK = 10 * BUDGET
# Solutions are looked for among numbers up to this, or so many times the largest known one: they are found sooner.
CAPS = ((300, 3), (1_500, 10))


def _columns_of(outcome):
    """What is withheld with an outcome, since it would tell it: head-counts, and the figures made from them."""
    counts = (STUDYING, LEAVERS) if outcome == STUDY else (NUMBERS[outcome],)
    figures = (i.name for i in INDICATORS if head_counts_of(i).intersection(counts))
    return (*counts, *figures)


COLUMNS = {outcome: _columns_of(outcome) for outcome in OUTCOMES}


def reached(relations, marks):
    """Marks of each row, or of any row that relations tie it to, near or far. marks: one boolean a row, or several."""
    label, totals, parts = np.arange(len(marks)), relations.totals[relations.of], relations.parts
    while True:
        before = label.copy()
        np.minimum.at(label, totals, label[parts])
        np.minimum.at(label, parts, label[totals])
        if np.array_equal(before, label):
            break
    found = np.zeros(marks.shape, bool)
    np.logical_or.at(found, label, marks)
    return found[label]


def _told_about(start, relations):
    """Which numbers are told of each row, or of any row that relations tie it to."""
    told = reached(relations, start.shown & ~start.hidden[:, None])
    told[:, SIZE] = True
    return told


class Web:
    """Rows tied by relations, with the cells (row, outcome) withheld so far."""

    def __init__(self, start, relations, letters, sizes):
        self.start, self.letters, self.cells = start, letters, frozenset()
        self.hidden = start.hidden & (start.high[:, SIZE] > 0)
        self.members = [(total, []) for total in relations.totals.tolist()]
        self.as_part = [[] for _ in letters]
        self.as_total = [[] for _ in letters]
        for number, (total, _parts) in enumerate(self.members):
            self.as_total[total].append(number)
        for part, number in zip(relations.parts.tolist(), relations.of.tolist(), strict=True):
            self.members[number][1].append(part)
            self.as_part[part].append(number)
        self.told = _told_about(start, relations)
        self.safe, self.work = set(), WORK
        self.few = [self._few(*member, *sizes) for member in self.members]

    def _few(self, total, parts, low, high):
        """The confidential parts of a total when there are several and they may be fewer than 20 together, else ()."""
        inside = tuple(part for part in parts if self.hidden[part])
        least = max(
            sum(low[part] for part in inside), low[total] - sum(high[p] for p in parts if p not in inside)
        )
        return inside if len(inside) > 1 and least < THRESHOLD else ()

    def protect(self, row):
        """Withhold what leaves the confidential groups knotted with `row` open; the cells that this takes."""
        found = frozenset()
        if row in self.safe:
            return found
        self.work = WORK
        try:
            for outcomes in (*((outcome,) for outcome in OUTCOMES), OUTCOMES):
                found = self._fewest(row, found, outcomes)
        except Undecided:
            found = self._all_that_may_hold(row) - self.cells
        else:
            rows, _relations = self._knot(row, self.cells | found, range(len(NUMBERS)))
            self.safe |= {some for some in rows if self.hidden[some]}
        self.cells |= found
        return found

    def _fewest(self, row, found, outcomes):
        """`found` and the fewest figures on these outcomes to withhold with it, of the smallest groups first."""
        waiting, seen = [(0, 0, ())], set()
        while waiting and len(seen) < TRIES:
            *_cost, more = heapq.heappop(waiting)
            if more in seen:
                continue
            seen.add(more)
            cells = found | set(more)
            is_pinned, numbers = self._pinned(row, cells, outcomes)
            if not is_pinned:
                return cells
            rows = {
                member for number in numbers for member in (self.members[number][0], *self.members[number][1])
            }
            for cell in self._told(rows, outcomes) - cells - self.cells:
                wider = tuple(sorted((*more, cell)))
                heapq.heappush(waiting, (*self._cost(found | set(wider)), wider))
        raise Undecided

    def _told(self, rows, outcomes):
        return {
            (row, o)
            for row in rows
            if not self.start.hidden[row]
            for o in outcomes
            if self.start.shown[row, o]
        }

    def _cost(self, cells):
        """How many figures that were shown go with these cells, and how many people they were about."""
        lost = {(row, name) for row, outcome in cells | self.cells for name in COLUMNS[outcome]}
        people = sum(self.start.low[row, SIZE] for row in {row for row, _outcome in cells})
        return sum(name in self.letters[row] for row, name in lost), int(people)

    def _all_that_may_hold(self, row):
        """The cells of every group that may hold a pupil of this one: with them, any of its pupils may change
        situation and nothing that remains published moves."""
        inside, waiting = set(), [row]
        while waiting:
            part = waiting.pop()
            inside.add(part)
            waiting += [
                p for number in self.as_total[part] for p in self.members[number][1] if p not in inside
            ]
        fresh = set(inside)
        while fresh:
            above = {self.members[number][0] for part in fresh for number in self.as_part[part]} - inside
            inside |= above
            fresh = above or self._other_parts(inside)
            inside |= fresh
        return frozenset(self._told(inside, OUTCOMES))

    def _other_parts(self, inside):
        """The parts of totals that are inside where nobody knows which part holds the pupils."""
        for total, parts in self.members:
            if total in inside and not inside.intersection(parts):
                return set(parts)
        return set()

    def _bounds(self, row, cells):
        """(low, high, rates) of a row without what these cells told."""
        low, high = self.start.low[row].tolist(), self.start.high[row].tolist()
        rates = self.start.rates[row].tolist()
        gone = {outcome for other, outcome in cells if other == row}
        if STUDY in gone:
            low[LEAVE], high[LEAVE] = 0, LARGEST
        for outcome in gone:
            low[outcome], high[outcome] = 0, LARGEST
        for column, (numerator, denominator, _names) in enumerate(RATES):
            if numerator in gone or (denominator == LEAVE and STUDY in gone):
                rates[column] = -1
        return low, high, rates

    def _knot(self, row, cells, numbers):
        """(bounds of each unknown row that `row` is tied to, the relations that tie them)."""
        rows, relations, waiting = {}, set(), [row]
        while waiting:
            some = waiting.pop()
            if some in rows:
                continue
            bounds = self._bounds(some, cells)
            if all(bounds[0][n] == bounds[1][n] for n in numbers if self.told[some, n]):
                continue
            rows[some] = bounds
            if len(rows) > LARGEST_KNOT:
                raise Undecided
            for number in (*self.as_part[some], *self.as_total[some]):
                if number not in relations:
                    relations.add(number)
                    waiting += [self.members[number][0], *self.members[number][1]]
        return rows, sorted(relations)

    def _pinned(self, row, more, outcomes):
        """Whether some confidential group knotted with `row` may have but one possible outcome, with the knot's
        relations. What cannot be decided may."""
        cells = self.cells | more
        numbers = (SIZE, STUDY, LEAVE, *outcomes[1:]) if STUDY in outcomes else (SIZE, *outcomes)
        rows, relations = self._knot(row, cells, numbers)
        tied = {member for n in relations for member in (self.members[n][0], *self.members[n][1])}
        told = {outcome for _row, outcome in self._told(tied, outcomes) - cells}
        if not told:
            return False, relations
        numbers = [number for number in numbers if number in told or number in {SIZE, STUDY, LEAVE}]
        secrets = [(some,) for some in rows if self.hidden[some]]
        secrets += [self.few[number] for number in relations if self.few[number]]
        largest = max(bounds[0][n] for bounds in rows.values() for n in numbers)
        for least, times in CAPS:
            system, of = self._system(rows, relations, cells, numbers, max(least, times * largest))
            sums = {
                tuple(of[some, n] for some in group if (some, n) in of) for group in secrets for n in told
            }
            try:
                if not system.has_constant(sorted(sums)):
                    return False, relations
            except Undecided:
                pass
            finally:
                self.work -= BUDGET - system.budget
            if self.work < 0:
                raise Undecided
        return True, relations

    def _system(self, rows, relations, cells, numbers, most):
        """Those rows and relations with no unknown number above `most`, and the variable of each row and number."""
        system, of = System(BUDGET), {}
        for some, bounds in rows.items():
            self._add_row(system, of, some, bounds, numbers, most)
        for number in relations:
            total, parts = self.members[number]
            for n in numbers:
                self._add_sum(system, of, cells, [(total, n, 1), *((part, n, -1) for part in parts)])
        return system, of

    def _add_row(self, system, of, row, bounds, numbers, most):
        low, high, rates = bounds
        for n in numbers:
            of[row, n] = system.variable(low[n], max(low[n], min(high[n], most)))
        has_studies = STUDY in numbers
        if has_studies:
            system.constrain({of[row, STUDY]: 1, of[row, LEAVE]: 1, of[row, SIZE]: -1}, 0, 0)
        for part, whole in PARTS:
            if part in numbers:
                system.constrain({of[row, part]: 1, of[row, whole if has_studies else SIZE]: -1}, -LARGEST, 0)
        for rate, (numerator, denominator, _names) in zip(rates, RATES, strict=True):
            if rate >= 0 and (row, numerator) in of and (row, denominator) in of:
                terms = of[row, numerator], of[row, denominator]
                system.constrain({terms[0]: 200, terms[1]: -2 * rate - 1}, -200 * LARGEST, 0)
                system.constrain({terms[0]: 200, terms[1]: 1 - 2 * rate}, 0, 200 * LARGEST)

    def _add_sum(self, system, of, cells, terms):
        known = 0
        variables = {}
        for row, n, sign in terms:
            if (row, n) in of:
                variables[of[row, n]] = sign
            else:
                known += sign * self._bounds(row, cells)[0][n]
        system.constrain(variables, -known, -known)
