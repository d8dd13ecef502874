"""The selected results cut into the groups of the page: narrowed by facets, by pages, schools read from the database."""

from django.core.paginator import Paginator

from establishments.models import School
from search.facets import narrow
from search.filters import course_facets, school_facets
from search.results import COURSES, JOBS, PLACES, SCHOOLS, FoundSchool, Group

_PREVIEW = {COURSES: 6, JOBS: 4, SCHOOLS: 6, PLACES: 5}
_PER_PAGE = 20
_FACETS = {COURSES: course_facets, SCHOOLS: school_facets}


def group_results(results, selection):
    """Fill the groups, the numbers and the nearest school of `results` from a `Selection`."""
    request, items = results.request, selection.items
    narrowed = {kind: _narrowed(kind, items[kind], selection) for kind in items}
    results.numbers = {kind: len(narrowed[kind][0]) for kind in selection.order}
    kinds = [request.kind] if request.kind else [kind for kind in selection.order if items[kind]]
    groups = [_group(kind, *narrowed[kind], selection) for kind in kinds]
    results.groups = [group for group in groups if group.number or group.facets]
    if results.is_far and items[SCHOOLS]:
        results.nearest = _found_schools(items[SCHOOLS][:1], selection)[0]


def _narrowed(kind, items, selection):
    """(items, facets); only the kind shown whole can be narrowed."""
    request = selection.request
    if kind != request.kind or kind not in _FACETS:
        return items, []
    return narrow(items, _FACETS[kind](selection.attributes), request.chosen)


def _group(kind, items, facets, selection):
    request = selection.request
    is_whole = kind == request.kind
    paginator = Paginator(items, _PER_PAGE if is_whole else _PREVIEW[kind])
    page = paginator.get_page(request.number if is_whole else 1)
    shown = _found_schools(list(page), selection) if kind == SCHOOLS else list(page)
    return Group(kind, shown, page, paginator.count, is_whole, facets if is_whole else [])


def _found_schools(uais, selection):
    """`FoundSchool`s in this order, each with its distance, in one query."""
    schools = School.objects.select_related("commune", "region").in_bulk(uais)
    matches, attributes = selection.matches, selection.attributes
    closest = matches.courses.closest if matches.place else ()
    found = []
    for uai in uais:
        if uai in schools:
            schools[uai].distance = matches.distances.get(uai)
            taught = tuple(course.label for course in closest if uai in attributes.schools_of(course.code))
            found.append(FoundSchool(schools[uai], taught))
    return found
