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
from pages.figures.type_totals import TypeTotals, total_of_type
from pages.figures.verdicts import benchmark_sentence, benchmark_verdicts

STUDYING = "taux_en_formation"


@dataclass(frozen=True)
class BenchmarkLine:
    """A wider group beside a figure: BenchmarkLine(label="France (15 régions sur 17)", text="58 %", bar=Bar(…),
    verdict="Nettement plus qu’ailleurs.", note="Calculé par le portail : …")."""

    label: str
    text: str
    bar: Bar
    verdict: str
    note: str


@dataclass(frozen=True)
class Benchmark:
    """A figure and the same one for wider groups: Benchmark(figure=Figure(…), place="Bretagne",
    lines=(BenchmarkLine(…),), position="Parmi les régions, …", notes=("Les chiffres ne portent pas…",))."""

    figure: Figure
    place: str
    lines: tuple[BenchmarkLine, ...]
    position: str
    notes: tuple[str, ...]


@dataclass(frozen=True)
class ShownGroup:
    """A wider group for which a row is shown or summed: ShownGroup(label="Bretagne", attribution=Attribution, note="")."""

    label: str
    attribution: object
    note: str = ""

    def find(self, name):
        """The `Figure` of this name, None where it is not published."""
        published = figure(self.attribution, name, group_of(self.attribution))
        return published if published.is_shown else None

    @property
    def short(self):
        return short_texts(self.attribution.outcome)


@dataclass(frozen=True)
class TypeGroup:
    """All the courses of a type: TypeGroup(totals, type=DiplomaType, cohort="2022_2023", route="pro",
    region=Territory or None)."""

    totals: TypeTotals
    type: object
    cohort: str
    route: str
    region: object

    attribution = None

    def find(self, name):
        """The `TypeTotal` of this name, None where there is none."""
        return total_of_type(self.totals, name, self.type, self.cohort, self.route, self.region)


def wider_groups(attribution, fallbacks, types=(), totals=None, region=None):
    """The wider groups beside an attribution, the nearest first: `ShownGroup`s, then `TypeGroup`s.

    types: diploma types whose courses are taken all together, in `region` and in France. totals: what
    `type_totals.type_totals` returns.
    """
    route, cohort = attribution.route, attribution.cohort_id
    groups = []
    if attribution.diploma_id and attribution.territory_id != COUNTRY:
        groups = [ShownGroup(*wider) for wider in fallbacks.wider(attribution)]
    places = [region, None] if region else [None]
    return groups + [
        TypeGroup(totals or TypeTotals(), diploma_type, cohort, route, place)
        for diploma_type in types
        for place in places
    ]


def references(groups, name):
    """The `Reference`s of the figure `name`: of each wider group that has it, then one a diploma type."""
    of_places, of_types = [], {}
    for group in groups:
        if (reference := group.find(name)) is None:
            continue
        if group.attribution:
            of_places.append(Reference(group.label, reference.text))
        else:
            of_types.setdefault(reference.what, []).append(f"{reference.place} {reference.text}")
    return (*of_places, *(Reference(what, ", ".join(texts)) for what, texts in of_types.items()))


def compared_figure(attribution):
    """The figure by which a group is set beside others: who works, else who studies where that alone is published."""
    return next((name for name in (COMPARED, STUDYING) if attribution.outcome.reason(name) is None), COMPARED)


def benchmark(attribution, place, groups, position="", judges=True, elsewhere=None):
    """The `Benchmark` of an attribution; None without the figure or without any wider group that has it.

    judges: whether the groups are alike enough to say what can be told apart. elsewhere: for a region, its `Verdict` beside
    the rest of the country, in which it would be compared with itself.
    """
    name = compared_figure(attribution)
    compared = figure(attribution, name, group_of(attribution))
    references_by_group = [(group, reference) for group in groups if (reference := group.find(name))]
    if not compared.is_shown or not references_by_group:
        return None
    traits = [traits_of(place, attribution)]
    traits += [
        traits_of(group.label, group.attribution)
        for group, _reference in references_by_group
        if group.attribution
    ]
    told = benchmark_verdicts(compared, [reference for _group, reference in references_by_group])
    lines = tuple(
        _line(compared, group, reference, _how(group, how, elsewhere) if judges else None)
        for (group, reference), how in zip(references_by_group, told, strict=True)
    )
    return Benchmark(compared, place, lines, position, caveats(traits))


def _how(group, how, elsewhere):
    is_country = group.attribution and group.attribution.territory_id == COUNTRY
    return elsewhere if is_country and elsewhere else how


def _line(compared, group, reference, how):
    is_place = bool(group.attribution)
    return BenchmarkLine(
        label=group.label if is_place else reference.label,
        text=reference.text,
        bar=Bar(reference.value, compared.look),
        verdict=benchmark_sentence(compared, reference, how, is_place=is_place),
        note=group.note if is_place else reference.note,
    )
