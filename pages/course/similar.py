"""Courses near one: same jobs, same family of trades, same speciality or domain, and what became of their pupils."""

from collections import defaultdict
from dataclasses import dataclass

from django.utils.translation import gettext as _

from formations.levels import level_label
from formations.models import Diploma
from pages.figures import selection as attribution_selection
from pages.figures.group import group_of
from pages.figures.national import COUNTRY, national
from pages.figures.outcome import Situations, no_situations, situations
from stats.indicators import Level

_MOST = 6
_MOST_ABOVE = 4


@dataclass(frozen=True)
class SimilarCourse:
    """SimilarCourse(diploma=Diploma, address="/formations/…/", level="Niveau bac", why="Même métier",
    place="Bretagne", situations=Situations(…))."""

    diploma: Diploma
    address: str
    level: str
    why: str
    place: str
    situations: Situations

    @property
    def is_brief(self):
        """A hole here tells its title only: its page tells the rest."""
        return bool(self.situations.hole)


@dataclass(frozen=True)
class Similar:
    """Similar(courses=(SimilarCourse(…),), above=((label, address),)): `above` lead to the same jobs from a
    higher level, where some source says that they exist."""

    courses: tuple[SimilarCourse, ...] = ()
    above: tuple[tuple[str, str], ...] = ()


def nearest(related, diploma):
    """The related diplomas that the page shows: those with figures first, then those that share the most."""
    return sorted(
        related,
        key=lambda candidate: (not candidate.has_figures, _distance(candidate, diploma)),
    )[:_MOST]


def similar_courses(course, selection, surroundings):
    """The `Similar` of a course, told for the same place, route and cohort as the page."""
    diploma, related = course.diploma, surroundings.related
    by_code = defaultdict(list)
    for attribution in surroundings.of_related:
        by_code[attribution.diploma_id].append(attribution)
    level = diploma.type.level if diploma.type else None
    higher = [
        candidate
        for candidate in related
        if candidate.shares_job and candidate.type.level > level and candidate.is_covered
    ]
    return Similar(
        tuple(
            _course(candidate, diploma, by_code[candidate.pk], selection)
            for candidate in nearest(related, diploma)
        ),
        tuple(
            (candidate.label, selection.options.links.course(candidate))
            for candidate in sorted(higher, key=lambda candidate: not candidate.has_figures)[:_MOST_ABOVE]
        ),
    )


def _distance(candidate, diploma):
    """The less, the nearer: jobs say most of what one learns, a domain holds a hundred courses."""
    shared = (
        8 * candidate.shares_job
        + 4 * candidate.shares_family
        + 2 * (candidate.speciality_id is not None and candidate.speciality_id == diploma.speciality_id)
        + candidate.shares_domain
    )
    return -shared, abs(candidate.type.level - diploma.type.level)


def _course(candidate, diploma, attributions, selection):
    name, row = _newest(attributions, candidate.pk, selection.region)
    if row:
        shown = situations(row, group_of(row, name))
    else:
        shown = no_situations(level=Level.REGION if selection.region else Level.COUNTRY)
    return SimilarCourse(
        diploma=candidate,
        address=selection.options.links.course(candidate),
        level=str(level_label(candidate.type.level)),
        why=_why(candidate, diploma),
        place=name,
        situations=shown,
    )


def _newest(attributions, code, region):
    """(name of the place, attribution of the newest cohort or None), for the duration that most places have."""
    name = region.name if region else _("France")
    by_duration = defaultdict(dict)
    for key, rows in attribution_selection.rows_of_course(attributions, code).items():
        by_duration[key.duration][key.place] = rows
    if not by_duration:
        return name, None
    _duration, by_place = max(by_duration.items(), key=lambda item: (len(item[1]), item[0] or 0))
    if rows := by_place.get(region.pk if region else COUNTRY):
        return name, rows[0]
    regional = [row for rows in by_place.values() for row in rows]
    total = national(attribution_selection.newest_cohort(regional))
    return (total.label, total.attribution) if total else (name, None)


def _why(candidate, diploma):
    if candidate.shares_job:
        return _("Mène au même métier")
    if candidate.shares_family:
        return _("Même famille de métiers")
    if candidate.speciality_id is not None and candidate.speciality_id == diploma.speciality_id:
        return _("Même spécialité\u00a0: %(speciality)s") % {"speciality": candidate.speciality.label}
    return _("Même domaine")
