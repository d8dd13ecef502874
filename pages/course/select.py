"""What the page of a course shows, chosen among what was read. Queries nothing."""

from collections import Counter
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from establishments.models import Territory
from formations.models import Diploma
from pages.course.options import CourseOptions
from pages.course.region_map import FIGURES
from pages.figures import selection
from pages.figures.benchmarks import ShownGroup
from pages.figures.fallback import FallbackFinder
from pages.figures.national import COUNTRY, national
from stats.models import Attribution
from stats.reasons import Reason


@dataclass(frozen=True)
class CourseSelection:
    """The route, duration, place and cohort that the page shows, and their attributions.

    options: those of the address, without what the course does not have. durations: those that have figures by this
    route. by_place: {territory: attributions newest first} for this route and duration. by_course: what
    `selection.rows_of_family` returns. of_replaced: {former diploma: {territory: attributions newest first}} of those
    that are not renewed one-to-one, each for its most common duration. headline: the figures of the region, else of France; None where there are none.
    cohort: code of the cohort of the headline, else of the newest one; "" without any.
    """

    options: CourseOptions
    region: Territory | None
    duration: int | None
    durations: list[int | None]
    by_place: dict[str, list[Attribution]]
    by_course: dict[Diploma, dict]
    of_replaced: dict[Diploma, dict[str, list[Attribution]]]
    headline: ShownGroup | None
    cohort: str
    fallbacks: FallbackFinder

    @property
    def rows_here(self):
        """Attributions of the region, else of the whole country, newest first; [] without any."""
        return self.by_place.get(self.region.pk if self.region else COUNTRY, [])

    @property
    def regional(self):
        return regional(self.by_place)

    def reason_without_rows(self, is_too_new):
        """Why the course has no row somewhere; is_too_new: see `CourseData`."""
        return Reason.TOO_NEW if is_too_new and not self.by_place else Reason.NO_FIGURES


def select(course, options):
    """The `CourseSelection` of a `CourseData` for the `CourseOptions` of an address."""
    region = next((region for region in course.regions if region.code == options.region), None)
    rows = selection.rows_of_course(course.attributions, course.diploma.pk)
    durations = Counter(key.duration for key in rows if key.route == course.route)
    duration = options.duration if options.duration in durations else _most_common(durations)
    by_place = {
        key.place: attributions
        for key, attributions in rows.items()
        if (key.route, key.duration) == (course.route, duration)
    }
    headline = _headline(by_place, region)
    return CourseSelection(
        options=replace(
            options,
            route=course.route,
            duration=duration if len(durations) > 1 else None,
            region=region.code if region else "",
            mapped=options.mapped if options.mapped in FIGURES else "",
        ),
        region=region,
        duration=duration,
        durations=list(durations),
        by_place=by_place,
        by_course=selection.rows_of_family(course.attributions, course.diploma.pk),
        of_replaced={
            former: _of_most_common_duration(course.of_replaced, former.pk, course.route)
            for former in course.replaced
        },
        headline=headline,
        cohort=_cohort(headline, course.attributions),
        fallbacks=FallbackFinder(
            [*course.attributions, *course.of_replaced],
            names={COUNTRY: _("France")} | {place.pk: place.name for place in course.regions},
            formers={course.diploma.pk: course.chain.formers},
            labels=course.labels,
        ),
    )


def regional(by_place):
    """The attributions of every region, of {territory: attributions}."""
    return [row for place, rows in by_place.items() for row in rows if place != COUNTRY]


def _of_most_common_duration(attributions, code, route):
    rows = {
        key: of_key
        for key, of_key in selection.rows_of_course(attributions, code).items()
        if key.route == route
    }
    duration = _most_common(Counter(key.duration for key in rows))
    return {key.place: of_key for key, of_key in rows.items() if key.duration == duration}


def _most_common(durations):
    """The duration with the most figures, the longer of two."""
    return max(durations, key=lambda years: (durations[years], years or 0), default=None)


def _headline(by_place, region):
    """What a source gives for the region or for France, else the sum of the regions for France."""
    if rows := by_place.get(region.pk if region else COUNTRY):
        return ShownGroup(region.name if region else _("France"), rows[0])
    if not region and (total := national(selection.newest_cohort(regional(by_place)))):
        return ShownGroup(total.label, total.attribution, total.note)
    return None


def _cohort(headline, attributions):
    if headline:
        return headline.attribution.cohort_id
    newest = selection.newest_cohort(attributions)
    return newest[0].cohort_id if newest else ""
