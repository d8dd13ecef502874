"""The figures around those that a page shows: where to read on where one is not there."""

from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _

from stats.derivation.kinds import Kind
from stats.next_best import Asked, Step, Surroundings, places_to_look
from stats.presenters import choices
from stats.presenters.groups import origin_of
from stats.presenters.national import COUNTRY, national
from stats.presenters.words import route_label


@dataclass
class Nearby:
    """All the showings that a page has read, and what it knows of its places and diplomas.

    Nearby(showings, regions={"0350030H": "region-53"}, names={"region-53": "Bretagne"}, formers={code: (code, …)},
    labels={code: "CAP Cuisine"}). France is what a source gives for it, else the sum of the regions among `showings`.
    """

    showings: list
    regions: dict = field(default_factory=dict)
    names: dict = field(default_factory=dict)
    formers: dict = field(default_factory=dict)
    labels: dict = field(default_factory=dict)

    def __post_init__(self):
        self._rows, self._regional, self._sums = {}, {}, {}
        cohorts = {}
        for one in self.showings:
            cohorts[one.cohort_id] = one.cohort
            asked = _asked(one)
            kept = self._rows.get(asked)
            if kept is None or (one.is_own and not kept.is_own):
                self._rows[asked] = one
        for asked, one in self._rows.items():
            if one.territory_id and one.territory_id != COUNTRY:
                key = (asked.cohort, asked.route, asked.course, asked.duration)
                self._regional.setdefault(key, []).append(one)
        newest = sorted(cohorts.values(), key=lambda item: (item.last_year, item.first_year), reverse=True)
        self._cohorts = tuple(cohort.pk for cohort in newest)

    def of_row(self, showing):
        """Where to look when a figure of this showing is not there."""
        return Near(self, _asked(showing))

    def of_course(self, place, route, code, duration=None):
        """Where to look when a course has no row at all here; place: key of a territory, or UAI."""
        return Near(self, Asked("", route, code, duration, place))

    def of_school(self, uai, route=""):
        """Where to look when a school as a whole has no row at all."""
        return Near(self, Asked("", route, "", None, uai))

    def country(self, cohort, route, code, duration):
        """(name, showing, how it was made) of France for a course, None when nothing is published of it."""
        key = (cohort, route, code, duration)
        if found := self._rows.get(Asked(*key, COUNTRY)):
            return _("France"), found, ""
        if key not in self._sums:
            self._sums[key] = national(self._regional.get(key, []))
        whole = self._sums[key]
        return (whole.label, whole.showing, whole.note) if whole else None

    def wider(self, showing):
        """(name, showing, how it was made) of the same course, route and cohort in the region, then in France."""
        asked = _asked(showing)
        region = self.regions.get(asked.place, "")
        if row := self._rows.get(replace(asked, place=region)):
            yield self.names.get(region, ""), row, ""
        if found := self.country(asked.cohort, asked.route, asked.course, asked.duration):
            yield found

    def walk(self, asked):
        """(label, outcome) of each group around, the nearest first."""
        around = Surroundings(
            region=self.regions.get(asked.place, ""),
            country="" if asked.place == COUNTRY else COUNTRY,
            cohorts=self._cohorts,
            formers=self.formers.get(asked.course, ()),
        )
        for step, group in places_to_look(asked, around):
            if group.place == COUNTRY and group.course:
                found = self.country(group.cohort, group.route, group.course, group.duration)
            else:
                row = self._rows.get(group)
                found = (self.names.get(group.place, ""), row, "") if row else None
            if found:
                place, row, _note = found
                yield self._label(step, group, place, row), row.outcome

    def _label(self, step, group, place, row):
        words = {"place": place, "cohort": row.cohort, "route": route_label(group.route)}
        if step is Step.WHOLE_SCHOOL:
            text = _("%(place)s, lycée et apprentissage ensemble, cohorte %(cohort)s") % words
        elif step is Step.ALL_COURSES:
            text = _("Tout l’établissement, %(route)s, cohorte %(cohort)s") % words
        elif step is Step.FORMER:
            words |= {"label": self.labels.get(group.course, ""), "code": group.course}
            text = _("%(place)s, ancien diplôme %(label)s (code %(code)s), cohorte %(cohort)s") % words
        else:
            text = _("%(place)s, cohorte %(cohort)s") % words
        origin = origin_of(row)
        return f"{text} ({origin.short})" if origin else text


@dataclass(frozen=True)
class Near:
    """Pairs (label, outcome) around one group, the nearest first, found as they are asked for."""

    nearby: Nearby
    asked: Asked

    def __iter__(self):
        return self.nearby.walk(self.asked)


def _asked(showing):
    course = showing.diploma_id or ""
    if showing.kind == Kind.COMMON_YEAR:
        course = f"{course} {showing.outcome.diploma_id}"
    return Asked(
        showing.cohort_id,
        showing.route,
        course,
        choices.duration_of(showing),
        choices.place_of(showing),
    )
