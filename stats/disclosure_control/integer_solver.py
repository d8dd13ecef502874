"""Systems of linear constraints on whole numbers: is there a solution, and is a sum the same in all of them?

Bounds propagation and branching, as small integer programs are solved. Exact within a budget of work, counted in
constraints examined so that the answer never depends on the machine; beyond it `Undecided` is raised, and the caller
must be prudent.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence

BUDGET = 20_000

# ((variable, coefficient), …), low, high.
Constraint = tuple[tuple[tuple[int, int], ...], int, int]


class Undecided(Exception):
    """The budget is spent and nothing is proved."""


class Contradiction(Undecided):
    """The constraints have no solution: whatever they seem to prove, they prove nothing."""


class ConstraintSystem:
    """Whole-number variables with bounds, and constraints low ≤ Σ coefficient × variable ≤ high.

    Variables are numbered in the order in which they are added. `budget`: constraints that may still be examined.
    """

    def __init__(self, budget: int = BUDGET) -> None:
        self.low: list[int] = []
        self.high: list[int] = []
        self.constraints: list[Constraint] = []
        self.budget = budget
        self._constraints_of: list[list[int]] = []

    def add_variable(self, low: int, high: int) -> int:
        """Add a variable between these bounds, and return its number."""
        self.low.append(low)
        self.high.append(high)
        self._constraints_of.append([])
        return len(self.low) - 1

    def add_constraint(self, terms: Mapping[int, int], low: int, high: int) -> None:
        """Add low ≤ Σ coefficient × variable ≤ high; terms: {variable: coefficient}."""
        for variable in terms:
            self._constraints_of[variable].append(len(self.constraints))
        self.constraints.append((tuple(terms.items()), low, high))

    def find_solution(self, *extra: tuple[Mapping[int, int], int, int]) -> list[int] | None:
        """Values of all variables that satisfy every constraint and the `extra` ones; None when there are none.

        Raises Undecided when the budget runs out.
        """
        number = len(self.constraints)
        for constraint in extra:
            self.add_constraint(*constraint)
        try:
            return self._search()
        finally:
            for terms, _low, _high in self.constraints[number:]:
                for variable, _coefficient in terms:
                    self._constraints_of[variable].pop()
            del self.constraints[number:]

    def is_some_sum_fixed(self, sums: Iterable[Sequence[int]]) -> bool:
        """Whether one of these sums, each a tuple of variables, has the same value in all solutions.

        A system without any solution, whose constraints contradict each other, proves nothing: True. Raises Undecided.
        """
        try:
            return any(True for _ in self.fixed_sums(sums))
        except Contradiction:
            return True

    def fixed_sums(self, sums: Iterable[Sequence[int]]) -> Iterator[Sequence[int]]:
        """Those of these sums, each a tuple of variables, that have the same value in all solutions.

        Raises Contradiction where there is no solution, Undecided where the budget runs out.
        """
        first = self._search()
        if first is None:
            raise Contradiction
        # Far from the first one, it shows at once that most sums are not fixed.
        solutions = [first, self._search(is_upper_first=True) or first]
        for variables in sums:
            values = {sum(solution[i] for i in variables) for solution in solutions}
            if len(values) > 1:
                continue
            other = self._other_solution(variables, values.pop())
            if other is None:
                yield variables
            else:
                solutions.append(other)

    def _other_solution(self, variables: Sequence[int], value: int) -> list[int] | None:
        """A solution in which the sum of these variables is not `value`, None when there is none."""
        terms = dict.fromkeys(variables, 1)
        least, most = (sum(bounds[i] for i in variables) for bounds in (self.low, self.high))
        return self.find_solution((terms, value + 1, most)) or self.find_solution((terms, least, value - 1))

    def _search(self, is_upper_first: bool = False) -> list[int] | None:
        """Branch on the free variable of most constraints, the narrowest of them, one half of its range first."""
        waiting: list[tuple[list[int], list[int], Iterable[int]]] = [
            (list(self.low), list(self.high), range(len(self.constraints)))
        ]
        while waiting:
            low, high, touched = waiting.pop()
            if not self._propagate(low, high, touched):
                continue
            free = [i for i in range(len(low)) if low[i] < high[i]]
            if not free:
                return low
            variable = min(free, key=lambda i: (-len(self._constraints_of[i]), high[i] - low[i], i))
            middle = (low[variable] + high[variable]) // 2
            upper_low, lower_high = list(low), list(high)
            upper_low[variable], lower_high[variable] = middle + 1, middle
            touched = self._constraints_of[variable]
            halves = [(upper_low, high, touched), (low, lower_high, touched)]
            waiting += halves[::-1] if is_upper_first else halves
        return None

    def _propagate(self, low: list[int], high: list[int], touched: Iterable[int]) -> bool:
        """Narrow the bounds in place as far as each constraint alone can; False when one cannot hold."""
        queue, queued = deque(touched), set(touched)
        while queue:
            number = queue.popleft()
            queued.discard(number)
            self.budget -= 1
            if self.budget < 0:
                raise Undecided
            moved = _narrow(low, high, self.constraints[number])
            if moved is None:
                return False
            for variable in moved:
                fresh = [n for n in self._constraints_of[variable] if n not in queued]
                queue.extend(fresh)
                queued.update(fresh)
        return True


def _narrow(low: list[int], high: list[int], constraint: Constraint) -> list[int] | None:
    """Narrow the bounds in place as far as one constraint can: the variables that move, None when it cannot hold."""
    terms, at_least, at_most = constraint
    least = most = 0
    for i, a in terms:
        least += a * (low[i] if a > 0 else high[i])
        most += a * (high[i] if a > 0 else low[i])
    if least > at_most or most < at_least:
        return None
    if least >= at_least and most <= at_most:
        return []
    moved = []
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
            return None
        low[i], high[i] = new_low, new_high
        up, down = a * (new_low - old_low), a * (new_high - old_high)
        least, most = (least + up, most + down) if a > 0 else (least + down, most + up)
        moved.append(i)
    return moved
