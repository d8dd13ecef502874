"""Courses near one: same jobs, same family of trades, same speciality or domain, and what became of their pupils."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from establishments.models import Territory
from formations.levels import level_label
from formations.models import Diploma
from pages.figures import selection
from pages.figures.group import group_of
from pages.figures.national import COUNTRY, national
from pages.figures.outcome import Situations, no_situations, situations
from stats.indicators import Level
from stats.models import Attribution
from stats.substitution.kinds import OriginKind

MOST = 6
_MOST_ABOVE = 4


@dataclass(frozen=True)
class Place:
    """Where, by which route and for which cohort the page tells: Place(route="pro", region=Territory or None,
    cohort="2022_2023"); cohort "" for whichever is the newest."""

    route: str
    region: Territory | None
    cohort: str

    @property
    def level(self):
        return Level.REGION if self.region else Level.COUNTRY

    def shown(self):
        """Attributions there, of any course; for France, those of the regions too, that it is summed from."""
        found = Attribution.objects.for_pages().filter(route=self.route).exclude(kind=OriginKind.COMMON_YEAR)
        if self.cohort:
            found = found.filter(cohort=self.cohort)
        return found.filter(territory=self.region) if self.region else found.filter(territory__isnull=False)


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
    """Similar(courses=(SimilarCourse(…),), above=((label, address),)): `above` lead to the same jobs from a higher level."""

    courses: tuple[SimilarCourse, ...] = ()
    above: tuple[tuple[str, str], ...] = ()


def similar(diploma, codes, place, rows, links):
    """The `Similar` of a course, told for the same place, route and cohort as the page.

    place: `Place`. rows: `shown_rows.Rows`, that read what is shown. links: `Links`.
    """
    with_figures = place.shown().order_by().filter(outcome__taux_en_emploi_6_mois__isnull=False)
    related = list(
        Diploma.objects.related_to(diploma, codes).annotate(
            has_figures=Exists(with_figures.filter(diploma=OuterRef("pk")))
        )
    )
    kept = sorted(related, key=lambda other: (not other.has_figures, _distance(other, diploma)))[:MOST]
    by_code = defaultdict(list)
    for one in rows.read(place.shown().filter(diploma__in=[other.pk for other in kept])):
        by_code[one.diploma_id].append(one)
    level = diploma.type.level if diploma.type else None
    higher = [other for other in related if other.shares_job and other.type.level > level]
    return Similar(
        tuple(_course(other, diploma, by_code[other.pk], place, links) for other in kept),
        tuple(
            (other.label, links.course(other))
            for other in sorted(higher, key=lambda other: not other.has_figures)[:_MOST_ABOVE]
        ),
    )


def _distance(other, diploma):
    """The less, the nearer: jobs say most of what one learns, a domain holds a hundred courses."""
    shared = (
        8 * other.shares_job
        + 4 * other.shares_family
        + 2 * (other.speciality_id is not None and other.speciality_id == diploma.speciality_id)
        + other.shares_domain
    )
    return -shared, abs(other.type.level - diploma.type.level)


def _course(other, diploma, attributions, place, links):
    name, row = _newest(attributions, other.pk, place)
    shown = situations(row, group_of(row, name)) if row else no_situations(level=place.level)
    level = str(level_label(other.type.level))
    return SimilarCourse(other, links.course(other), level, _why(other, diploma), name, shown)


def _newest(attributions, code, place):
    """(name of the place, attribution of the newest cohort or None), for the duration that most places have."""
    name = place.region.name if place.region else _("France")
    by_duration = defaultdict(dict)
    for key, rows in selection.rows_of_course(attributions, code).items():
        by_duration[key.duration][key.place] = rows
    if not by_duration:
        return name, None
    _duration, places = max(by_duration.items(), key=lambda item: (len(item[1]), item[0] or 0))
    wanted = place.region.pk if place.region else COUNTRY
    if rows := places.get(wanted):
        return name, rows[0]
    whole = national(selection.newest_cohort([one for rows in places.values() for one in rows]))
    return (whole.label, whole.attribution) if whole else (name, None)


def _why(other, diploma):
    if other.shares_job:
        return _("Mène au même métier")
    if other.shares_family:
        return _("Même famille de métiers")
    if other.speciality_id is not None and other.speciality_id == diploma.speciality_id:
        return _("Même spécialité\u00a0: %(speciality)s") % {"speciality": other.speciality.label}
    return _("Même domaine")
