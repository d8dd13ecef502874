"""What the page of a school shows, chosen among what was read. Queries nothing."""

from dataclasses import dataclass

from pages.figures import selection
from stats.models import Attribution


@dataclass(frozen=True)
class SelectedGroup:
    """Figures of one course by one route and duration: SelectedGroup(key=Key(…), attribution=Attribution or None,
    course=""). attribution: of the newest cohort, None where the course has none. course: name of the one that follows,
    where the course asked for is a common year."""

    key: selection.Key
    attribution: Attribution | None
    course: str = ""


@dataclass(frozen=True)
class SchoolSelection:
    """What the page shows: SchoolSelection(by_route={"pro": [Attribution, …]}, by_course={"50022139": [SelectedGroup]}).

    by_route: of the school as a whole, newest first, in the order of pages. by_course: of the courses of the page.
    """

    by_route: dict[str, list[Attribution]]
    by_course: dict[str, list[SelectedGroup]]


def select(data):
    """The `SchoolSelection` of a `SchoolData`."""
    whole = {key.route: rows for key, rows in selection.rows_of_all_courses(data.attributions).items()}
    return SchoolSelection(
        by_route={route: whole[route] for route in selection.in_route_order(whole)},
        by_course={diploma.pk: _groups(data, diploma.pk) for diploma in data.courses.object_list},
    )


def _groups(data, code):
    """Groups with figures, then one without for each other route by which the course is taught."""
    groups = [
        SelectedGroup(key, rows[0]) for key, rows in selection.rows_of_course(data.attributions, code).items()
    ]
    for course, by_key in selection.rows_of_family(data.attributions, code).items():
        groups += [SelectedGroup(key, rows[0], course.label) for key, rows in by_key.items()]
    known = {group.key.route for group in groups}
    others = selection.in_route_order(data.routes_taught[code] - known)
    return groups + [SelectedGroup(selection.Key(route, None, data.school.pk), None) for route in others]
