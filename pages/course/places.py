"""Figures of a course place by place: every region, or the courses that follow a common year."""

from dataclasses import dataclass

from pages.figures import selection as attribution_selection
from pages.figures.national import national
from pages.figures.outcome import Holes, Situations, holes_of, situations_at


@dataclass(frozen=True)
class PlaceRow:
    """A row of a table: PlaceRow(name="Bretagne", address="?region=53", situations=Situations(…)); a region, or a
    course of the family of a common year."""

    name: str
    address: str
    situations: Situations


@dataclass(frozen=True)
class PlaceTable:
    """Rows, and under them what stands for their holes: PlaceTable(rows=(PlaceRow(…),))."""

    rows: tuple[PlaceRow, ...]

    @property
    def holes(self) -> list[Holes]:
        """Holes by reason; where they all have the same next best figure, it is told once."""
        labelled = [(row.name, row.situations.hole) for row in self.rows if row.situations.hole]
        names = {}
        for name, hole in labelled:
            names.setdefault((hole.reason, hole.next_best), []).append(name)
        return holes_of([(", ".join(names[hole.reason, hole.next_best]), hole) for _name, hole in labelled])

    @property
    def origins(self):
        """Sentences that say whose figures these are, where some are another's."""
        sentences = (row.situations.origin_sentence for row in self.rows)
        return list(dict.fromkeys(filter(None, sentences)))

    @property
    def has_several_origins(self):
        return len({row.situations.origin_sentence for row in self.rows if not row.situations.hole}) > 1


def region_table(course, selection):
    """The `PlaceTable` of the regions that have attributions; empty where the page shows one region."""
    if selection.region:
        return PlaceTable(())
    rows = [
        PlaceRow(
            region.name,
            selection.options.address(course.diploma, region=region.code),
            situations_at(rows[0], region.name, selection.fallbacks),
        )
        for region in course.regions
        if (rows := selection.by_place.get(region.pk))
    ]
    return PlaceTable(tuple(rows))


def family_table(by_course, route, place, place_name, address, fallbacks):
    """The `PlaceTable` of the courses that follow a common year, each with its own figures, by this route.

    by_course: what `selection.rows_of_family` returns. place: UAI or key of a territory, "" for France as the sum of
    its regions. address: function that gives the address of a diploma.
    """
    table = []
    for course, by_key in by_course.items():
        by_place = {key.place: rows for key, rows in by_key.items() if key.route == route}
        shown, name = by_place.get(place, [None])[0], place_name
        if not place:
            regional = [row for rows in by_place.values() for row in rows if row.territory_id]
            total = national(attribution_selection.newest_cohort(regional))
            shown, name = (total.attribution, total.label) if total else (None, "")
        if shown:
            table.append(PlaceRow(course.label, address(course), situations_at(shown, name, fallbacks)))
    return PlaceTable(tuple(table))
