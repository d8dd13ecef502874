"""The page that a report is about, read from an address that anybody may have written: known pages only."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.http import QueryDict
from django.urls import Resolver404, resolve
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from establishments.models import School, Territory
from formations.models import Diploma, Job
from stats.comparison_tokens import LIMIT, read_token
from stats.indicators import BY_NAME, Route
from stats.links import ComparisonState, course_address, job_address, school_address
from stats.wording import route_label

_LONGEST = 2_000


@dataclass(frozen=True)
class Place:
    """A page as its address says it, under its one address in French.

    Place(page="/formations/cap-cuisine-50022139/?voie=pro", label="CAP Cuisine (code 50022139), au lycée",
    diploma="50022139", route="pro")
    """

    page: str = ""
    label: str = ""
    diploma: str = ""
    school: str = ""
    region: str = ""
    route: str = ""
    job: str = ""


NOWHERE = Place()


def place_of(address: str, course: str = "", route: str = "") -> Place:
    """The `Place` of the address of a page; `NOWHERE` for what is no page of a course, a school, a job or a comparison.

    course, route: on the page of a school, the course and the route that are meant; ignored when unknown.
    """
    if len(address) > _LONGEST or not address.startswith("/") or "\0" in address:
        return NOWHERE
    with translation.override(settings.LANGUAGE_CODE):
        try:
            parts = urlsplit(address)
            match = resolve(_without_language(parts.path))
        except (Resolver404, ValueError):
            return NOWHERE
    query = QueryDict(parts.query)
    read = _READERS.get(match.url_name)
    found = read(match.kwargs, query, course, route) if read else None
    return found or NOWHERE


def figure_of(name: str) -> str:
    """The name of an indicator, "" for anything else."""
    return name if name in BY_NAME else ""


def _without_language(path):
    language = translation.get_language_from_path(path)
    return path.removeprefix(f"/{language}") if language else path


def _in_french(address_of, *arguments, **parameters):
    with translation.override(settings.LANGUAGE_CODE):
        return address_of(*arguments, **parameters)


def _route(text):
    return text if text in set(Route) else ""


def _course(kwargs, query, course, route):
    diploma = Diploma.objects.with_page().filter(pk=kwargs["code"].upper()).first()
    if diploma is None:
        return None
    route, region = _route(query.get("voie", "")), _region(query.get("region", ""))
    words = [
        _named(diploma.label, diploma.pk),
        route_label(route) if route else "",
        region.name if region else "",
    ]
    code = region.code if region else ""
    return Place(
        page=_in_french(course_address, diploma, voie=route, region=code),
        label=", ".join(filter(None, words)),
        diploma=diploma.pk,
        region=code,
        route=route,
    )


def _region(code):
    return Territory.objects.regions().filter(code=code).first() if code else None


def _named(label, code):
    return _("%(name)s (code %(code)s)") % {"name": label, "code": code}


def _school(kwargs, query, course, route):
    school = School.objects.filter(pk=kwargs["uai"].upper()).first()
    if school is None:
        return None
    diploma = Diploma.objects.filter(pk=course).first() if course else None
    route = _route(route)
    words = [
        _named(diploma.label, diploma.pk) if diploma else "",
        route_label(route) if route else "",
        ", ".join(filter(None, (school.name, school.city, school.pk))),
    ]
    return Place(
        page=_in_french(school_address, school),
        label=", ".join(filter(None, words)),
        diploma=diploma.pk if diploma else "",
        school=school.pk,
        route=route,
    )


def _job(kwargs, query, course, route):
    job = Job.objects.filter(pk=kwargs["rome"].upper()).first()
    if job is None:
        return None
    return Place(page=_in_french(job_address, job), label=_named(job.label, job.pk), job=job.pk)


def _comparison(kwargs, query, course, route):
    tokens = [token.text for text in query.getlist("e") if (token := read_token(text[:40]))][:LIMIT]
    if not tokens:
        return None
    label = ngettext("Comparaison de %(n)d élément", "Comparaison de %(n)d éléments", len(tokens))
    words = f"{label % {'n': len(tokens)}}\u00a0: {', '.join(tokens)}"
    return Place(page=_in_french(ComparisonState(tuple(dict.fromkeys(tokens))).address), label=words)


_READERS = {"course": _course, "school": _school, "job": _job, "compare": _comparison}
