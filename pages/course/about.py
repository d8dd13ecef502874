"""What a course is, in everyday words: its level, how long and how one learns it, what it replaced."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from formations.levels import level_label
from formations.models import Diploma, Job
from stats.indicators import Route
from stats.wording import first_capital, route_label


@dataclass(frozen=True)
class About:
    """About(diploma="Certificat d’aptitude professionnelle (CAP)", level="Niveau CAP", years="En 2 ans, au lycée",
    routes=("Au lycée : on est élève…",), replaces=(Diploma,), jobs=(Job,)); "" and () for what is not known."""

    diploma: str
    level: str
    years: str
    routes: tuple[str, ...]
    replaces: tuple[Diploma, ...]
    jobs: tuple[Job, ...]


def about_course(course):
    """The `About` of a `CourseData`."""
    kind = course.diploma.type
    today = date.today()
    open_years = [year for year in course.course_years if year.closed_on is None or year.closed_on > today]
    years = sorted({year.duration for year in open_years if year.duration})
    return About(
        diploma=_kind_words(kind) if kind else "",
        level=str(level_label(kind.level)) if kind and kind.level else "",
        years=_years_words(years, course.routes),
        routes=tuple(
            _("%(route)s\u00a0: %(words)s") % {"route": first_capital(route_label(route)), "words": words}
            for route in course.routes
            if (words := _route_words(route))
        ),
        replaces=tuple(
            by_label(renewal.former for renewal in course.renewals if renewal.new_id == course.diploma.pk)
        ),
        jobs=tuple(course.jobs),
    )


def by_label(diplomas):
    return sorted(diplomas, key=lambda diploma: (diploma.label, diploma.pk))


def _kind_words(kind):
    if kind.short_label.lower() in kind.label.lower():
        return kind.label
    return f"{kind.label} ({kind.short_label})"


def _years_words(years, routes):
    if not years:
        return ""
    text = ngettext("En %(years)s an", "En %(years)s ans", max(years)) % {
        "years": _(" ou ").join(filter(None, (", ".join(map(str, years[:-1])), str(years[-1]))))
    }
    if Route.SCHOOL in routes and len(routes) > 1:
        return _("%(years)s, au lycée") % {"years": text}
    return text


def _route_words(route):
    """How one learns by a route; "" for totals of routes."""
    return {
        Route.SCHOOL: _("on est élève, avec des stages en entreprise."),
        Route.APPRENTICESHIP: _(
            "on a un contrat de travail et un salaire\u00a0; on apprend dans une entreprise et dans un centre de formation."
        ),
        Route.AGRICULTURAL: _("on est élève d’un établissement agricole, avec des stages."),
    }.get(route, "")
