"""What the page of a school shows, chosen among what was read. Queries nothing."""

from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from pages.figures import selection
from stats.models import Attribution


@dataclass(frozen=True)
class SelectedGroup:
    """Figures of one course by one route and duration: SelectedGroup(code="50022139", key=Key(…), attribution=Attribution
    or None, course=""). attribution: of the newest cohort, None where the course has none. course: name of the one that
    follows, where the course asked for is a common year, or of the former diploma, where it replaced several."""

    code: str
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
    """Groups with figures, then one without for each other route by which the course is taught.

    Where it replaced several diplomas and has no figures here, the groups are those of each one of them: with figures, or
    any of them where nobody can have left the course yet.
    """
    groups = _with_figures(data, code)
    for course, by_key in selection.rows_of_family(data.attributions, code).items():
        groups += [SelectedGroup(code, key, rows[0], course.label) for key, rows in by_key.items()]
    formers = [former for former in data.known_as[code] if former.pk not in data.chains[code].codes]
    if not groups and (code in data.too_new or code not in data.taught[code]):
        is_too_new = code in data.too_new
        groups = [group for former in formers for group in _of_former(data, former, is_too_new)]
    if groups and groups[0].code != code:
        return groups
    routes = {route for known in data.taught[code] for route in data.routes_taught[known]}
    return [*groups, *_without_figures(data, code, routes, groups)]


def _of_former(data, former, has_holes):
    groups = _with_figures(data, former.pk)
    if has_holes:
        groups += _without_figures(data, former.pk, data.routes_taught[former.pk], groups)
    name = _("ancien diplôme\u00a0: %(label)s") % {"label": former.label}
    return [replace(group, course=name) for group in groups]


def _with_figures(data, code):
    rows_of = selection.rows_of_course(data.attributions, code)
    return [SelectedGroup(code, key, rows[0]) for key, rows in rows_of.items()]


def _without_figures(data, code, routes, groups):
    others = selection.in_route_order(set(routes) - {group.key.route for group in groups})
    return [SelectedGroup(code, selection.Key(route, None, data.school.pk), None) for route in others]
