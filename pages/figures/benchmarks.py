"""A figure beside the same one for wider groups: its region, France, all the courses of its diploma type.

Same route and same cohort. Sources publish nothing for the académies: no reference has them.
"""

from dataclasses import dataclass

from pages.drawings.charts import Bar
from pages.figures.caveats import caveats, traits_of
from pages.figures.figure import Figure, Reference, figure
from pages.figures.group import group_of
from pages.figures.national import COMPARED, COUNTRY
from pages.figures.outcome import short_texts
from pages.figures.type_totals import total_of_type
from pages.figures.verdicts import benchmark_sentence


@dataclass(frozen=True)
class Line:
    """A reference beside a figure: Line(label="France (15 régions sur 17)", text="58 %", bar=Bar(…),
    verdict="Nettement plus qu’ailleurs.", note="Calculé par le portail : …")."""

    label: str
    text: str
    bar: Bar
    verdict: str
    note: str


@dataclass(frozen=True)
class Benchmark:
    """A figure and its references: Benchmark(here=Figure(…), place="Bretagne", lines=(Line(…),), position="Parmi les
    régions, …", notes=("Les chiffres ne portent pas…",))."""

    here: Figure
    place: str
    lines: tuple[Line, ...]
    position: str
    notes: tuple[str, ...]


@dataclass(frozen=True)
class ShownGroup:
    """A wider group for which a row is shown or summed: ShownGroup(label="Bretagne", attribution=Attribution, note="")."""

    label: str
    attribution: object
    note: str = ""

    def find(self, name):
        found = figure(self.attribution, name, group_of(self.attribution))
        return found if found.is_shown else None

    @property
    def short(self):
        return short_texts(self.attribution.outcome)


@dataclass(frozen=True)
class OfType:
    """All the courses of a type: OfType(totals, type=DiplomaType, cohort="2022_2023", route="pro", region=Territory or None)."""

    totals: dict
    type: object
    cohort: str
    route: str
    region: object

    attribution = None

    def find(self, name):
        return total_of_type(self.totals, name, self.type, self.cohort, self.route, self.region)


def wider_groups(attribution, fallbacks, types=(), totals=None, region=None):
    """The wider groups beside an attribution, the nearest first.

    types: diploma types whose courses are told all together, in `region` and in France. totals: what
    `types.type_totals` returns.
    """
    route, cohort = attribution.route, attribution.cohort_id
    found = (
        [*fallbacks.wider(attribution)]
        if attribution.diploma_id and attribution.territory_id != COUNTRY
        else []
    )
    rows = [ShownGroup(label, row, note) for label, row, note in found]
    places = [region, None] if region else [None]
    return rows + [OfType(totals or {}, item, cohort, route, place) for item in types for place in places]


def references(groups, name):
    """The `Reference`s of the figure `name`, those of the wider groups that have it; one a diploma type."""
    found, of_types = [], {}
    for group in groups:
        if (item := group.find(name)) is None:
            continue
        if group.attribution:
            found.append(Reference(group.label, item.text))
        else:
            of_types.setdefault(item.what, []).append(f"{item.place} {item.text}")
    return (*found, *(Reference(what, ", ".join(texts)) for what, texts in of_types.items()))


def benchmark(attribution, place, groups, position="", judges=True, name=COMPARED):
    """The `Benchmark` of an attribution; None without the figure or without any reference.

    judges: whether its references are alike enough to say what can be told apart.
    """
    here = figure(attribution, name, group_of(attribution))
    found = [(group, group.find(name)) for group in groups]
    lines = tuple(_line(here, group, item, judges) for group, item in found if item)
    if not here.is_shown or not lines:
        return None
    traits = [traits_of(place, attribution)]
    traits += [
        traits_of(group.label, group.attribution) for group, item in found if item and group.attribution
    ]
    return Benchmark(here, place, lines, position, caveats(traits))


def _line(here, group, item, judges):
    return Line(
        label=group.label if group.attribution else item.label,
        text=item.text,
        bar=Bar(item.value, here.look),
        verdict=benchmark_sentence(here, item, is_place=bool(group.attribution)) if judges else "",
        note=group.note if group.attribution else item.note,
    )
