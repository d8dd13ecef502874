"""Diplomas that were renewed one-to-one: whose figures stand in for those that a diploma does not have."""

from collections import defaultdict
from dataclasses import dataclass

from formations.models import Renewal

LONGEST_CHAIN = 8


@dataclass(frozen=True)
class Chain:
    """A diploma among those it was renewed from and into.

    Chain(code="50022146", formers=("50022139", "50022129"), successors=()): nearest first on both sides.
    """

    code: str
    formers: tuple[str, ...] = ()
    successors: tuple[str, ...] = ()

    @property
    def codes(self):
        """Whose figures to show, best first: its own, the nearest former ones, then the newest successor's."""
        return (self.code, *self.formers, *reversed(self.successors))


def chains(codes):
    """{code: its `Chain`} for diploma codes; a fork, on either side, ends the chain.

    The number of queries depends on the longest chain, not on how many codes are asked.
    """
    formers = _follow(codes, "new_id", "former__renewed_by__new_id__in", "former_id")
    successors = _follow(codes, "former_id", "new__renews__former_id__in", "new_id")
    return {code: Chain(code, formers[code], successors[code]) for code in codes}


def _follow(codes, from_field, siblings_of, to_field):
    paths = dict.fromkeys(codes, ())
    ends = {code: code for code in codes}
    for _ in range(LONGEST_CHAIN):
        steps = _one_to_one_steps(set(ends.values()), from_field, siblings_of, to_field)
        ends = {
            code: steps[end] for code, end in ends.items() if end in steps and steps[end] not in paths[code]
        }
        ends = {code: end for code, end in ends.items() if end != code}
        if not ends:
            break
        for code, end in ends.items():
            paths[code] += (end,)
    return paths


def _one_to_one_steps(codes, from_field, siblings_of, to_field):
    """{code: the only other end of its only link}, where that other end has no other link either."""
    links = Renewal.objects.filter(**{siblings_of: codes}).values_list(from_field, to_field).distinct()
    here, there = defaultdict(set), defaultdict(set)
    for code, other in links:
        here[code].add(other)
        there[other].add(code)
    return {
        code: next(iter(others))
        for code, others in here.items()
        if code in codes and len(others) == 1 and there[next(iter(others))] == {code}
    }
