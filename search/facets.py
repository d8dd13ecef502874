"""Facets: the choices that narrow a list of results, each with the number of results it would leave. Pure: no Django."""

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, TypeVar

Item = TypeVar("Item")


@dataclass(frozen=True)
class Choice:
    """A value of a facet: Choice(value="3", label="Niveau 3 (CAP)", number=12, is_chosen=False)."""

    value: str
    label: str
    number: int
    is_chosen: bool


@dataclass(frozen=True)
class Facet:
    """A characteristic with its choices: Facet(name="niveau", label="Niveau", choices=(Choice(…), …))."""

    name: str
    label: str
    choices: tuple[Choice, ...]

    def narrows(self, number: int) -> bool:
        """Whether some choice would leave fewer than the `number` results shown."""
        return any(choice.number != number for choice in self.choices)

    @property
    def is_used(self) -> bool:
        return any(choice.is_chosen for choice in self.choices)


@dataclass(frozen=True)
class FacetDefinition:
    """How to read a facet: `values_of(item)` gives the values of an item, `label_of(value)` their words.

    Choices come in the order of `order_of(value)`, the largest number first without it.
    """

    name: str
    label: str
    values_of: Callable[[Any], Collection[str]]
    label_of: Callable[[str], str]
    order_of: Callable[[str], Any] | None = None


def narrow(
    items: list[Item], definitions: Sequence[FacetDefinition], chosen: Mapping[str, set[str]]
) -> tuple[list[Item], list[Facet]]:
    """(items that have one of the chosen values of each facet, the `Facet`s).

    chosen: {name of a facet: set of values}. The numbers of a facet count the items that the choices of the other facets
    keep: what choosing a value would show. A facet none of whose choices changes the list is left out.
    """
    numbers: dict[str, Counter] = {definition.name: Counter() for definition in definitions}
    values = {definition.name: list(map(definition.values_of, items)) for definition in definitions}
    used = [name for name in values if chosen.get(name)]
    if used:
        missed = [
            [name for name in used if chosen[name].isdisjoint(values[name][place])]
            for place in range(len(items))
        ]
        kept = [item for item, names in zip(items, missed, strict=True) if not names]
        for name in values:
            numbers[name].update(
                value
                for found, names in zip(values[name], missed, strict=True)
                if not names or names == [name]
                for value in found
            )
    else:
        kept = items
        for name in values:
            numbers[name].update(chain.from_iterable(values[name]))
    facets = [
        _facet(definition, numbers[definition.name], chosen.get(definition.name, set()))
        for definition in definitions
    ]
    return kept, [facet for facet in facets if facet.is_used or facet.narrows(len(kept))]


def _facet(definition: FacetDefinition, numbers: Counter, chosen: set[str]) -> Facet:
    known = {value: numbers[value] for value in {*numbers, *chosen}}
    order = definition.order_of or (lambda value: (-known[value], str(definition.label_of(value))))
    return Facet(
        definition.name,
        definition.label,
        tuple(
            Choice(value, definition.label_of(value), known[value], value in chosen)
            for value in sorted(known, key=order)
        ),
    )
