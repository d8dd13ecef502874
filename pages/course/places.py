"""A course place by place: every region, the courses of the family of a common year, the schools that teach it."""

from dataclasses import dataclass

from django.core.paginator import Paginator

from establishments.models import School
from pages.course.capacity import Intake
from pages.course.read import schools_teaching
from pages.figures import selection
from pages.figures.fallback import FallbackFinder
from pages.figures.group import group_of
from pages.figures.national import national
from pages.figures.outcome import Holes, Situations, holes_of, no_situations, situations
from stats import comparison_tokens
from stats.indicators import Level
from stats.models import Attribution

SCHOOLS_A_PAGE = 10


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
        told = {}
        for name, hole in labelled:
            told.setdefault((hole.reason, hole.next_best), []).append(name)
        return holes_of([(", ".join(told[hole.reason, hole.next_best]), hole) for _name, hole in labelled])

    @property
    def origins(self):
        """Sentences that say whose figures these are, where some are another's."""
        found = (row.situations.origin_sentence for row in self.rows)
        return list(dict.fromkeys(filter(None, found)))

    @property
    def has_several_origins(self):
        return len({row.situations.origin_sentence for row in self.rows if not row.situations.hole}) > 1


@dataclass(frozen=True)
class SchoolGroup:
    """Figures of a course at a school: SchoolGroup(label="", situations=Situations(…)); the label names the course
    where the one asked for is a common year."""

    label: str
    situations: Situations


@dataclass(frozen=True)
class SchoolCard:
    """A school that teaches the course: SchoolCard(school=School, address="/etablissements/…/",
    groups=(SchoolGroup(…),), compare="/comparer/?e=…", intake=Intake(…) or None)."""

    school: School
    address: str
    groups: tuple[SchoolGroup, ...]
    compare: str
    intake: Intake | None

    @property
    def where(self):
        """ "Rennes · public · Lycée professionnel" """
        return selection.school_words(self.school)


def region_table(regions, found, fallbacks, address):
    """The `PlaceTable` of the regions that have a row; found: {territory: attributions}; address: of a region."""
    rows = [
        PlaceRow(region.name, address(region), _situations(rows[0], region.name, fallbacks))
        for region in regions
        if (rows := found.get(region.pk))
    ]
    return PlaceTable(tuple(rows))


def family_table(family, route, place, place_name, address, fallbacks):
    """The `PlaceTable` of the courses that follow a common year, each with its own figures, by this route.

    family: what `choices.rows_of_family` returns. place: UAI or key of a territory, "" for France as the sum of
    its regions. address: of a diploma.
    """
    rows = []
    for course, by_key in family.items():
        of_route = {key.place: rows for key, rows in by_key.items() if key.route == route}
        shown, name = of_route.get(place, [None])[0], place_name
        if not place:
            every = [one for found in of_route.values() for one in found if one.territory_id]
            whole = national(selection.newest_cohort(every))
            shown, name = (whole.attribution, whole.label) if whole else (None, "")
        if shown:
            rows.append(PlaceRow(course.label, address(course), _situations(shown, name, fallbacks)))
    return PlaceTable(tuple(rows))


def school_cards(page_of, codes, wanted, nearby_course, links, intakes, read):
    """Page of the `SchoolCard`s of a course.

    page_of: diploma. codes: the diploma and those of its chain. wanted: (route, duration, region, page number).
    nearby_course: attributions of the course in territories, and `FallbackFinder`’s other facts, for the next best figures. intakes: {uai: `Intake`}. read:
    `shown_rows.Rows` of the page.
    """
    route, duration, region, number = wanted
    found = schools_teaching(codes, [route] if route else [], region)
    page = Paginator(found, SCHOOLS_A_PAGE).get_page(number)
    schools = list(page.object_list)
    shown = read.read(Attribution.objects.for_pages().at_schools([school.pk for school in schools], codes))
    fallbacks = FallbackFinder(
        [*nearby_course.attributions, *shown],
        regions={school.pk: school.region_id or "" for school in schools},
        names=nearby_course.names | {school.pk: school.name for school in schools},
        formers=nearby_course.formers,
        labels=nearby_course.labels,
    )
    of_course = selection.rows_of_course(shown, page_of.pk)
    family = selection.rows_of_family(shown, page_of.pk)
    cards = []
    for school in schools:
        rows = _rows_at(school, of_course, route, duration)
        cards.append(
            SchoolCard(
                school=school,
                address=links.school(school),
                groups=tuple(school_groups(school, page_of.pk, route, duration, rows, family, fallbacks)),
                compare=links.compare(comparison_tokens.token(page_of.pk, route=route, uai=school.pk)),
                intake=intakes.get(school.pk),
            )
        )
    page.object_list = cards
    return page


def _rows_at(school, of_course, route, duration):
    """Attributions of a school by this route and duration, by any duration where the page asks for none."""
    found = {
        key.duration: rows
        for key, rows in of_course.items()
        if (key.route, key.place) == (route, school.pk) and duration in {None, key.duration}
    }
    return found.get(duration) or next(iter(found.values()), [])


def school_groups(school, code, route, duration, rows, family, fallbacks):
    """The `SchoolGroup`s of a course at a school: its own, else those of the courses that follow it, else a hole."""
    if rows:
        yield SchoolGroup("", _situations(rows[0], school.name, fallbacks))
        return
    table = family_table(family, route, school.pk, school.name, lambda course: "", fallbacks)
    for row in table.rows:
        yield SchoolGroup(row.name, row.situations)
    if not table.rows:
        near = fallbacks.of_course(school.pk, route, code, duration)
        yield SchoolGroup("", no_situations(near=near, level=Level.SCHOOL_COURSE))


def _situations(attribution, name, fallbacks):
    near = fallbacks.of_row(attribution) if fallbacks else None
    return situations(attribution, group_of(attribution, name), near)
