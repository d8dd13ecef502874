"""The results page as dataclasses: groups of courses, jobs, schools and places, and how the query was read."""

from dataclasses import dataclass, field

from django.core.paginator import Page
from django.utils.translation import gettext_lazy as _

from establishments.distance import DEFAULT_RADIUS_KM
from establishments.models import School
from search.facets import Facet
from search.places import FoundPlace
from search.query_parsing import ParsedQuery
from stats.wording import years_sentence

COURSES, JOBS, SCHOOLS, PLACES = "formations", "metiers", "etablissements", "lieux"
TITLES = {
    COURSES: _("Formations"),
    JOBS: _("Métiers"),
    SCHOOLS: _("Établissements"),
    PLACES: _("Lieux"),
}
RADII = (5, 10, 20, 50, 100)
RELEVANCE, NAME, DISTANCE = "pertinence", "nom", "distance"
SORTS = {RELEVANCE: _("Pertinence"), NAME: _("Nom"), DISTANCE: _("Distance")}


@dataclass(frozen=True)
class SearchRequest:
    """The parameters of a search.

    SearchRequest(query="cap cuisine", kind="etablissements", number=1, place=FoundPlace(…) or None, radius=20,
    chosen={"voie": {"pro"}}, sort="distance"). kind: the group to show whole, "" for some of all. place: given apart
    from the query. homonyms: other places of the name given.
    """

    query: str = ""
    kind: str = ""
    number: int = 1
    place: FoundPlace | None = None
    homonyms: tuple[FoundPlace, ...] = ()
    radius: int = DEFAULT_RADIUS_KM
    chosen: dict = field(default_factory=dict)
    sort: str = RELEVANCE

    @property
    def kept(self):
        """(name, value) of the hidden fields of the form: what it must carry along besides its visible fields."""
        pairs = (
            ("type", self.kind),
            ("tri", "" if self.sort == RELEVANCE else self.sort),
            ("position", self.place.position if self.place else ""),
        )
        return [(name, value) for name, value in pairs if value]


@dataclass(frozen=True)
class NearCourse:
    """A course, the number of schools near that teach it and the kilometres to the nearest one, None when unknown.

    is_apprenticeship_unplaced: it is taught by apprenticeship, and no source says where.
    """

    course: object
    schools: int | None = None
    distance: float | None = None
    is_apprenticeship_unplaced: bool = False


@dataclass(frozen=True)
class FoundSchool:
    """A school, and the labels of the courses searched for that it teaches."""

    school: School
    taught: tuple[str, ...] = ()


@dataclass(frozen=True)
class Group:
    """The results of one kind: the first ones, or one page of the whole list when `is_whole`.

    Group(kind="formations", items=[NearCourse(…)], page=Page(…), number=12, is_whole=False, facets=[Facet(…)])
    """

    kind: str
    items: list
    page: Page
    number: int
    is_whole: bool
    facets: list[Facet] = field(default_factory=list)

    @property
    def title(self):
        return TITLES[self.kind]


@dataclass
class Results:
    """The groups that have results, the likeliest first, and how the query was read.

    numbers: {kind: how many results}. nearest: the distance of the nearest school when none is within the radius.
    teaching_years: those of the lists of what schools teach. corrections: {word typed: word understood}. unknown: {word
    that nothing has: words that look like it}.
    """

    request: SearchRequest
    parsed_query: ParsedQuery
    groups: list[Group] = field(default_factory=list)
    numbers: dict[str, int] = field(default_factory=dict)
    nearest: FoundSchool | None = None
    corrections: dict[str, str] = field(default_factory=dict)
    unknown: dict[str, list[str]] = field(default_factory=dict)
    is_far: bool = False
    teaching_years: tuple[int, ...] = ()

    @property
    def years_sentence(self):
        """Which year the schools around a place teach what they are found for; "" without a place."""
        return years_sentence(self.teaching_years) if self.place else ""

    @property
    def kind(self):
        return self.request.kind

    @property
    def place(self):
        return self.parsed_query.place

    @property
    def place_name(self):
        """The name of the place, with its département when others have the same name."""
        place = self.place
        is_ambiguous = place and place.departement and self.parsed_query.homonyms
        return f"{place.name} ({place.departement})" if is_ambiguous else place and place.name

    @property
    def radius(self):
        return self.request.radius

    @property
    def tabs(self):
        """[(kind, title, number)] of the groups that have results."""
        return [(kind, TITLES[kind], number) for kind, number in self.numbers.items() if number]

    @property
    def sorts(self):
        """[(value, label, is_current)] of the possible orders; never by figures, which often cannot tell two results apart."""
        current, by_distance = (
            self.request.sort,
            self.place and self.place.has_point and not self.place.territory,
        )
        found = [RELEVANCE, NAME, *([DISTANCE] if by_distance else [])]
        if self.kind == SCHOOLS and by_distance:
            found, current = [DISTANCE, NAME], NAME if current == NAME else DISTANCE
        return [(value, SORTS[value], value == current) for value in found]

    @property
    def has_schools(self):
        return bool(self.numbers.get(SCHOOLS))
