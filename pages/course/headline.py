"""The first thing that the page of a course tells: its figures in one place, or why there are none."""

from dataclasses import dataclass

from pages.figures import selection as attribution_selection
from pages.figures.benchmarks import Benchmark, benchmark, compared_figure, references, wider_groups
from pages.figures.figure import figure
from pages.figures.group import Origin, group_of, origin_of
from pages.figures.national import COUNTRY
from pages.figures.outcome import Outlook, Situations, no_situations, outlook
from pages.figures.verdicts import position_sentence, regions_beside_the_rest
from stats.indicators import Level


@dataclass(frozen=True)
class CourseHeadline:
    """CourseHeadline(outlook=Outlook(…) or None, hole=Situations(…) or None, benchmark=Benchmark(…) or None,
    origin=Origin(…) or None).

    One of outlook and hole is there, except for a common year, which has no figures of its own. origin: whose figures
    the page shows, where they are not those of the course itself.
    """

    outlook: Outlook | None = None
    hole: Situations | None = None
    benchmark: Benchmark | None = None
    origin: Origin | None = None


def course_headline(course, selection, is_common, is_replaced):
    """The `CourseHeadline` of a `CourseData` and its `CourseSelection`.

    is_common: it is a common year. is_replaced: the page shows the figures of the diplomas that it replaced beside it.
    """
    if selection.headline is None:
        hole = None if is_common else _hole(course, selection, is_replaced)
        return CourseHeadline(hole=hole, origin=_origin_anywhere(selection.by_place))
    shown, fallbacks = selection.headline, selection.fallbacks
    types = [course.diploma.type] if course.diploma.type else []
    groups = wider_groups(shown.attribution, fallbacks, types, course.type_totals, selection.region)
    position, elsewhere = _among_regions(shown.attribution, selection) if selection.region else ("", None)
    return CourseHeadline(
        outlook=outlook(
            shown.attribution,
            shown.label,
            fallbacks.of_row(shown.attribution),
            shown.note,
            lambda name: references(groups, name),
        ),
        benchmark=benchmark(
            shown.attribution,
            shown.label,
            groups,
            position,
            elsewhere=elsewhere,
        ),
        origin=origin_of(shown.attribution),
    )


def _hole(course, selection, is_replaced):
    place, level = COUNTRY, Level.COUNTRY
    if selection.region:
        place, level = selection.region.pk, Level.REGION
    fallbacks = selection.fallbacks.of_course(place, course.route, course.diploma.pk, selection.duration)
    reason = selection.reason_without_rows(course.is_too_new)
    return no_situations(reason, None if is_replaced else fallbacks, level)


def _among_regions(shown, selection):
    """(sentence, `Verdict` beside the rest of France) of a region, among those that have the same figure for its cohort."""
    names, compared = selection.fallbacks.names, compared_figure(shown)
    figures = {
        row.territory_id: figure(row, compared, group_of(row))
        for row in attribution_selection.newest_cohort(selection.regional, shown.cohort)
    }
    others = {names.get(key, key): other for key, other in figures.items() if key != shown.territory_id}
    own = figure(shown, compared, group_of(shown))
    return position_sentence(own, others), regions_beside_the_rest(figures).get(shown.territory_id)


def _origin_anywhere(by_place):
    """The origin of the figures of the regions, when none of them is of the course itself."""
    origins = {origin_of(rows[0]) for rows in by_place.values()}
    return None if None in origins or not origins else sorted(origins, key=lambda origin: origin.code)[-1]
