"""Filters and tags used by the templates of every app."""

from urllib.parse import urlencode

from django import template
from django.urls import reverse

from establishments.articles import of
from stats.wording import kilometres

register = template.Library()
register.filter("of", of)
register.filter("kilometres", kilometres)


@register.simple_tag(takes_context=True)
def query_with(context, **changes):
    """The query string of the current address with some parameters replaced; empty parameters are dropped."""
    parameters = context["request"].GET.copy()
    for name, value in changes.items():
        parameters[name] = str(value)
    return "?" + urlencode(
        [(name, value) for name, values in parameters.lists() for value in values if value]
    )


@register.simple_tag(takes_context=True)
def query_without(context, name, value):
    """The query string of the current address without one value of a parameter, back to the first page."""
    parameters = context["request"].GET.copy()
    parameters.setlist(name, [other for other in parameters.getlist(name) if other != value])
    parameters.pop("page", None)
    return f"?{parameters.urlencode()}"


@register.filter
def course_link(links, course):
    return links.course(course)


@register.filter
def school_link(links, school):
    return links.school(school)


@register.filter
def job_link(links, job):
    return links.job(job)


@register.simple_tag
def schools_near_link(links, course, place, radius):
    """Address of the search for the schools near a place that teach a course."""
    parameters = {"q": course.code, "lieu": place.code, "position": place.position, "rayon": radius}
    parameters["type"] = "etablissements"
    query = urlencode([(name, value) for name, value in parameters.items() if value])
    return f"{reverse('search')}?{query}{links.tail}"


@register.filter
def page_numbers(paginator, page):
    """Page numbers to link to from the current page; an ellipsis stands for those left out."""
    return paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
