"""A course in the place that a page asks for: its figures or their hole, and what stands beside them."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from pages.figures import selection
from pages.figures.benchmarks import Beside, beside, references, wider
from pages.figures.figure import figure
from pages.figures.group import Origin, group_of, origin_of
from pages.figures.national import COMPARED, COUNTRY, national
from pages.figures.outcome import Outlook, Situations, no_situations, outlook
from pages.figures.type_totals import type_totals
from pages.figures.verdicts import position_sentence
from stats.indicators import Level
from stats.models import Cohort
from stats.reasons import Reason


@dataclass(frozen=True)
class Here:
    """The course in the place asked for: what `CoursePage` says of outlook, hole, beside and origin."""

    outlook: Outlook | None
    hole: Situations | None
    beside: Beside | None
    origin: Origin | None


def here(diploma, found, region, fallbacks, asked):
    """The `Here` of a course; found: {territory: attributions}. asked: (route, duration)."""
    rows = rows_of(found, region)
    shown, name, note = (rows[0], region.name if region else _("France"), "") if rows else (None, "", "")
    regional = _regional(found)
    if not rows and not region and (whole := national(selection.newest_cohort(regional))):
        shown, name, note = whole.attribution, whole.label, whole.note
    if shown is None:
        route, duration = asked
        near = fallbacks.of_course(region.pk if region else COUNTRY, route, diploma.pk, duration)
        level = Level.REGION if region else Level.COUNTRY
        hole = no_situations(_reason_of_absence(diploma, found), near, level)
        return Here(None, hole, None, _origin_anywhere(found))
    groups = wider(
        shown,
        fallbacks,
        [diploma.type] if diploma.type else [],
        type_totals() if diploma.type else None,
        region,
    )
    block = outlook(shown, name, fallbacks.of_row(shown), note, lambda item: references(groups, item))
    return Here(
        block,
        None,
        beside(shown, name, groups, _position(shown, regional, fallbacks.names) if region else ""),
        origin_of(shown),
    )


def rows_of(found, region):
    """Attributions of the region asked for, else of the whole country; [] without any."""
    return found.get(region.pk if region else COUNTRY, [])


def _regional(found):
    return [one for place, rows in found.items() for one in rows if place != COUNTRY]


def _position(shown, regional, names):
    """Where a region stands among the others that have the same figure for the same cohort."""
    others = {
        names.get(one.territory_id, one.territory_id): figure(one, COMPARED, group_of(one))
        for one in selection.newest_cohort(regional, shown.cohort)
        if one.territory_id != shown.territory_id
    }
    return position_sentence(figure(shown, COMPARED, group_of(shown)), others)


def _origin_anywhere(found):
    """The origin of the figures of the regions, when none of them is of the course itself."""
    origins = {origin_of(rows[0]) for rows in found.values()}
    return None if None in origins or not origins else sorted(origins, key=lambda origin: origin.code)[-1]


def _reason_of_absence(diploma, found):
    newest = Cohort.objects.order_by("-last_year").first()
    is_new = diploma.opened_on and newest and diploma.opened_on.year >= newest.last_year
    return Reason.TOO_NEW if is_new and not found else Reason.NO_FIGURES
