"""Whole numbers between bounds that must add up: is there a solution, and is a sum the same in all? Pure.

Exact within a budget of work, counted in constraints looked at so that the answer never depends on the machine;
beyond it `Undecided` is raised and whoever asks must be prudent.
"""

from collections import deque

BUDGET = 20_000


class Undecided(Exception):
    """The budget is spent and nothing is proved."""


class System:
    """Variables with bounds, and constraints low ≤ Σ coefficient × variable ≤ high."""

    def __init__(self, budget=BUDGET):
        self.low, self.high, self.constraints, self.budget = [], [], [], budget
        self._of_variable = []

    def variable(self, low, high):
        self.low.append(low)
        self.high.append(high)
        self._of_variable.append([])
        return len(self.low) - 1

    def constrain(self, terms, low, high):
        """terms: {variable: coefficient}."""
        for variable in terms:
            self._of_variable[variable].append(len(self.constraints))
        self.constraints.append((tuple(terms.items()), low, high))

    def solution(self, *extra):
        """Values of all variables that satisfy everything, `extra` constraints too; None when none do."""
        number = len(self.constraints)
        for constraint in extra:
            self.constrain(*constraint)
        try:
            return self._search()
        finally:
            for terms, _low, _high in self.constraints[number:]:
                for variable, _coefficient in terms:
                    self._of_variable[variable].pop()
            del self.constraints[number:]

    def _search(self):
        """Halve the free variable of most constraints, the narrowest of them, until all are settled, lower halves first."""
        waiting = [(list(self.low), list(self.high), range(len(self.constraints)))]
        while waiting:
            low, high, touched = waiting.pop()
            if not self._narrow(low, high, touched):
                continue
            free = [i for i in range(len(low)) if low[i] < high[i]]
            if not free:
                return low
            variable = min(free, key=lambda i: (-len(self._of_variable[i]), high[i] - low[i], i))
            middle = (low[variable] + high[variable]) // 2
            upper_low, lower_high = list(low), list(high)
            upper_low[variable], lower_high[variable] = middle + 1, middle
            touched = self._of_variable[variable]
            waiting.append((upper_low, high, touched))
            waiting.append((low, lower_high, touched))
        return None

    def _narrow(self, low, high, touched):
        """Narrow the bounds in place as far as each constraint alone can; False when one cannot hold."""
        queue, queued = deque(touched), set(touched)
        while queue:
            number = queue.popleft()
            queued.discard(number)
            self.budget -= 1
            if self.budget < 0:
                raise Undecided
            terms, at_least, at_most = self.constraints[number]
            least = most = 0
            for i, a in terms:
                least += a * (low[i] if a > 0 else high[i])
                most += a * (high[i] if a > 0 else low[i])
            if least > at_most or most < at_least:
                return False
            if least >= at_least and most <= at_most:
                continue
            for i, a in terms:
                below, above = (at_most - least) // abs(a), (most - at_least) // abs(a)
                old_low, old_high = low[i], high[i]
                if a > 0:
                    new_low, new_high = max(old_low, old_high - above), min(old_high, old_low + below)
                else:
                    new_low, new_high = max(old_low, old_high - below), min(old_high, old_low + above)
                if (new_low, new_high) == (old_low, old_high):
                    continue
                if new_low > new_high:
                    return False
                low[i], high[i] = new_low, new_high
                up, down = a * (new_low - old_low), a * (new_high - old_high)
                least, most = (least + up, most + down) if a > 0 else (least + down, most + up)
                fresh = [n for n in self._of_variable[i] if n not in queued]
                queue.extend(fresh)
                queued.update(fresh)
        return True

    def has_constant(self, sums):
        """Whether one of these sums, each a tuple of variables, has the same value in all solutions.

        A system without any solution, whose figures contradict each other, proves nothing: True.
        """
        first = self.solution()
        if first is None:
            return True
        points = [first]
        for variables in sums:
            values = {sum(point[i] for i in variables) for point in points}
            if len(values) > 1:
                continue
            value, terms = values.pop(), dict.fromkeys(variables, 1)
            least, most = (sum(bounds[i] for i in variables) for bounds in (self.low, self.high))
            other = self.solution((terms, value + 1, most)) or self.solution((terms, least, value - 1))
            if other is None:
                return True
            points.append(other)
        return False
