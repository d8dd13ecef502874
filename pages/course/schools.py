"""The schools that teach a course, each with the figures of the course there or what stands for them."""

from dataclasses import dataclass

from django.core.paginator import Page
from django.utils.translation import gettext as _

from establishments.models import School
from pages.course.capacity import Capacity, capacities_by_school, total_capacity
from pages.course.places import family_table
from pages.figures import selection as attribution_selection
from pages.figures.fallback import FallbackFinder
from pages.figures.outcome import Figure, Situations, no_situations, one_a_reason, situations_at
from stats import comparison_tokens
from stats.indicators import Level
from stats.reasons import Reason
from stats.wording import years_sentence


@dataclass(frozen=True)
class SchoolGroup:
    """Figures of a course at a school: SchoolGroup(label="", situations=Situations(…)); the label names the course
    where the one asked for is a common year, or the former diploma where it replaced several."""

    label: str
    situations: Situations


@dataclass(frozen=True)
class SchoolCard:
    """A school that teaches the course: SchoolCard(school=School, address="/etablissements/…/",
    groups=(SchoolGroup(…),), token=Token(…), compare="/comparer/?e=…", capacity=Capacity(…) or None)."""

    school: School
    address: str
    groups: tuple[SchoolGroup, ...]
    token: comparison_tokens.Token
    compare: str
    capacity: Capacity | None

    @property
    def where(self):
        """ "Rennes · public · Lycée professionnel" """
        return attribution_selection.school_words(self.school)


@dataclass(frozen=True)
class SchoolList:
    """SchoolList(page=Page of SchoolCard, years=(2021, 2020), capacity=Capacity(…) or None,
    everywhere="/formations/…#etablissements").

    years: of the lists that say which schools teach it, newest first; () where only figures tell. capacity: of all the
    schools, those of other pages included. everywhere: address of the schools of every region.
    """

    page: Page
    years: tuple[int, ...]
    capacity: Capacity | None
    everywhere: str

    @property
    def years_sentence(self):
        """Which year the list is of: what schools teach changes."""
        return years_sentence(self.years)

    @property
    def holes(self) -> list[Figure]:
        return one_a_reason(self.page.object_list)


def school_list(course, selection, surroundings):
    """The `SchoolList` of a course: one page of the schools that teach it by its route, in its region if any."""
    options, codes = selection.options, course.chain.codes
    # One can no longer enter a closed course: it has no places.
    known_capacities = [] if course.is_closed else course.capacities
    capacities = capacities_by_school(known_capacities, codes)
    fallbacks = _fallbacks(selection.fallbacks, surroundings)
    attributions = surroundings.at_schools
    by_key = attribution_selection.rows_of_course(attributions, course.diploma.pk)
    by_course = attribution_selection.rows_of_family(attributions, course.diploma.pk)
    cards = []
    for school in surroundings.schools.object_list:
        rows = _rows_at(school, by_key, course.route, selection.duration)
        merged = _merged_rows(course, attributions, surroundings.merged_at.get(school.pk, ()))
        token = comparison_tokens.token(course.diploma.pk, route=course.route, uai=school.pk)
        cards.append(
            SchoolCard(
                school=school,
                address=options.links.school(school),
                groups=tuple(_groups(school, course, selection, rows, by_course, fallbacks, merged)),
                token=token,
                compare=options.links.compare(token),
                capacity=capacities.get(school.pk),
            )
        )
    return SchoolList(
        page=Page(cards, surroundings.schools.number, surroundings.schools.paginator),
        years=tuple(course.teaching_years),
        capacity=total_capacity(known_capacities, codes, selection.region),
        everywhere=options.address(course.diploma, region="", mapped="") + "#etablissements",
    )


def _fallbacks(of_course, surroundings):
    schools = surroundings.schools.object_list
    return FallbackFinder(
        [*of_course.attributions, *surroundings.at_schools],
        regions={school.pk: school.region_id or "" for school in schools},
        names=of_course.names | {school.pk: school.name for school in schools},
        formers=of_course.formers,
        labels=of_course.labels,
    )


def _rows_at(school, by_key, route, duration):
    """Attributions of a school by this route and duration, by any duration where the page asks for none."""
    by_duration = {
        key.duration: rows
        for key, rows in by_key.items()
        if (key.route, key.place) == (route, school.pk) and duration in {None, key.duration}
    }
    return by_duration.get(duration) or next(iter(by_duration.values()), [])


def _merged_rows(course, attributions, codes):
    """{former diploma: {Key: attributions}} of the merged diplomas of these codes."""
    return {
        former: attribution_selection.rows_of_course(attributions, former.pk)
        for former in course.replaced
        if former.pk in codes
    }


def _groups(school, course, selection, rows, by_course, fallbacks, merged):
    """The `SchoolGroup`s of a course at a school: its own, else those of the courses that follow it or that it replaced,
    else a hole."""
    if rows:
        yield SchoolGroup("", situations_at(rows[0], school.name, fallbacks))
        return
    table = family_table(by_course, course.route, school.pk, school.name, lambda diploma: "", fallbacks)
    for row in table.rows:
        yield SchoolGroup(row.name, row.situations)
    groups = list(_merged_groups(school, course, selection, fallbacks, merged))
    yield from groups
    if not table.rows and not groups:
        near = fallbacks.of_course(school.pk, course.route, course.diploma.pk, selection.duration)
        reason = selection.reason_without_rows(course.is_too_new)
        yield SchoolGroup("", no_situations(reason, near, Level.SCHOOL_COURSE))


def _merged_groups(school, course, selection, fallbacks, merged):
    """Those of the former diplomas that have figures there, or of any of them where nobody can have left the course yet."""
    is_too_new = selection.reason_without_rows(course.is_too_new) is Reason.TOO_NEW
    for former, by_key in merged.items():
        rows = _rows_at(school, by_key, course.route, None)
        near = fallbacks.of_course(school.pk, course.route, former.pk)
        if rows:
            shown = situations_at(rows[0], school.name, fallbacks)
        elif is_too_new:
            shown = no_situations(fallbacks=near, level=Level.SCHOOL_COURSE)
        else:
            continue
        yield SchoolGroup(_("Ancien diplôme\u00a0: %(label)s") % {"label": former.label}, shown)
