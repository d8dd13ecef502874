"""The figures around those that a page shows: where to read on where one is not there."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from itertools import count

from django.utils.translation import gettext as _

from pages.figures import selection
from pages.figures.group import origin_of
from pages.figures.national import COUNTRY, national
from stats.fallbacks import Alternatives, GroupKey, Step, fallback_groups
from stats.substitution.kinds import OriginKind
from stats.wording import route_label


@dataclass
class FallbackFinder:
    """Where to look for a figure that is missing, among all that a page has read.

    FallbackFinder(attributions, regions={"0350030H": "region-53"}, names={"region-53": "Bretagne"},
    formers={code: (code, …)}, labels={code: "CAP Cuisine"}). France is what a source gives for it, else the sum of the
    regions. other_regions: the `RegionalFallbacks` that reads the other regions when the sum is asked for; None where
    `attributions` holds them all.
    """

    attributions: list
    regions: dict = field(default_factory=dict)
    names: dict = field(default_factory=dict)
    formers: dict = field(default_factory=dict)
    labels: dict = field(default_factory=dict)
    other_regions: "RegionalFallbacks | None" = None

    def __post_init__(self):
        self._sums, self._walks = {}, {}
        self._rows = _best_rows(self.attributions)
        self._regional = _regional(self._rows)
        self._durations = defaultdict(Counter)
        for group in self._rows:
            self._durations[group.route, group.course][group.duration] += 1
        cohorts = {attribution.cohort_id: attribution.cohort for attribution in self.attributions}
        years = {code: (cohort.last_year, cohort.first_year) for code, cohort in cohorts.items()}
        if self.other_regions:
            years |= self.other_regions.years
        self._cohorts = tuple(sorted(years, key=years.get, reverse=True))

    def of_row(self, attribution):
        """Where to look when a figure of this attribution is not there."""
        return Fallbacks(self, group_key_of(attribution))

    def of_course(self, place, route, code, duration=None):
        """Where to look when a course has no row at all here; place: key of a territory, or UAI.

        Without a duration: the one that has the most rows around, the longer of two.
        """
        if duration is None:
            known = self._durations.get((route, code)) or (
                self.other_regions.durations.get((route, code)) if self.other_regions else None
            )
            duration = max(known, key=lambda years: (known[years], years or 0)) if known else None
        return Fallbacks(self, GroupKey("", route, code, duration, place))

    def of_group(self, attribution, code, key):
        """Where to look for a course at a place by a route; attribution: what is shown of it, None without any."""
        if attribution:
            return self.of_row(attribution)
        return self.of_course(key.place, key.route, code, key.duration)

    def of_school(self, uai, route=""):
        """Where to look when a school as a whole has no row at all."""
        return Fallbacks(self, GroupKey("", route, "", None, uai))

    def country(self, cohort, route, code, duration):
        """(name, attribution, how it was made) of France for a course, None when nothing is published of it."""
        key = (cohort, route, code, duration)
        if published := self._rows.get(GroupKey(*key, COUNTRY)):
            return _("France"), published, ""
        if key not in self._sums:
            regional = self.other_regions.regional(*key) if self.other_regions else self._regional
            self._sums[key] = national(regional.get(key, []))
        total = self._sums[key]
        return (total.label, total.attribution, total.note) if total else None

    def wider(self, attribution):
        """(name, attribution, how it was made) of the same course, route and cohort in the region, then in France."""
        group = group_key_of(attribution)
        region = self.regions.get(group.place, "")
        if row := self._rows.get(replace(group, place=region)):
            yield self.names.get(region, ""), row, ""
        if found := self.country(group.cohort, group.route, group.course, group.duration):
            yield found

    def walk(self, missing):
        """(label, outcome) of each group that may stand for the missing one, the nearest first.

        A second walk from the same group repeats the first: pages ask again for each of a dozen figures.
        """
        seen, rest = self._walks.setdefault(missing, ([], self._search(missing)))
        for place in count():
            if place == len(seen):
                if (pair := next(rest, None)) is None:
                    return
                seen.append(pair)
            yield seen[place]

    def _search(self, missing):
        alternatives = Alternatives(
            region=self.regions.get(missing.place, ""),
            country="" if missing.place == COUNTRY else COUNTRY,
            cohorts=self._cohorts,
            formers=self.formers.get(missing.course, ()),
        )
        for step, group in fallback_groups(missing, alternatives):
            if group.place == COUNTRY and group.course:
                shown = self.country(group.cohort, group.route, group.course, group.duration)
            else:
                row = self._rows.get(group)
                shown = (self.names.get(group.place, ""), row, "") if row else None
            if shown:
                place, row, _note = shown
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


class RegionalFallbacks:
    """What courses show in all regions, read one cohort at a time, when it is first asked for.

    RegionalFallbacks(groups, read). groups: what `AttributionQuerySet.groups` returns for these courses. read: function
    of the code of a cohort that returns its attributions. Most pages of schools ask for one cohort of six, and for a
    part of their courses.
    """

    def __init__(self, groups, read):
        self.years = {group.cohort: (group.last_year, group.first_year) for group in groups}
        self.durations = defaultdict(Counter)
        for group in groups:
            if not group.is_common:
                self.durations[group.route, group.course][group.duration] += group.places
        # Without two regions that publish it, or the only one, `national` has no sum: nothing is worth reading.
        self._summable = {
            (group.cohort, group.route, group.course, group.duration, group.is_common)
            for group in groups
            if group.published > 1 or group.published == group.places
        }
        self._read, self._by_cohort = read, {}

    def regional(self, cohort, route, course, duration):
        """{(cohort, route, course, duration): attributions of the regions}, of that cohort only."""
        code, _space, following = course.partition(" ")
        if (cohort, route, code, duration, bool(following)) not in self._summable:
            return {}
        if cohort not in self._by_cohort:
            self._by_cohort[cohort] = _regional(_best_rows(self._read(cohort)))
        return self._by_cohort[cohort]


def _best_rows(attributions):
    """{GroupKey: attribution}, its own figures before another's."""
    best = {}
    for attribution in attributions:
        group = group_key_of(attribution)
        kept = best.get(group)
        if kept is None or (attribution.is_own and not kept.is_own):
            best[group] = attribution
    return best


def _regional(rows):
    """{(cohort, route, course, duration): attributions of the regions} of {GroupKey: attribution}."""
    regional = defaultdict(list)
    for group, attribution in rows.items():
        if attribution.territory_id and attribution.territory_id != COUNTRY:
            regional[group.cohort, group.route, group.course, group.duration].append(attribution)
    return regional


@dataclass(frozen=True)
class Fallbacks:
    """Pairs (label, outcome) around one group, the nearest first, found as they are asked for."""

    finder: FallbackFinder
    group: GroupKey

    def __iter__(self):
        return self.finder.walk(self.group)


def group_key_of(attribution):
    """The `GroupKey` whose figures an attribution shows; a common year and each of its courses are groups apart."""
    course = attribution.diploma_id or ""
    if attribution.kind == OriginKind.COMMON_YEAR:
        course = f"{course} {attribution.outcome.diploma_id}"
    return GroupKey(
        attribution.cohort_id,
        attribution.route,
        course,
        selection.duration_of(attribution),
        selection.place_of(attribution),
    )
