"""All the courses of a diploma type together, in a region and in France: all CAP by apprenticeship in Bretagne."""

from collections import defaultdict
from dataclasses import dataclass

from django.utils.translation import gettext as _

from stats.caching import OncePerDataVersion, data_version
from stats.indicators import BY_NAME
from stats.models import Outcome
from stats.totals import SUMMABLE, needed, total_of_sums
from stats.uncertainty import Measured
from stats.wording import number_text, route_label, value_text


@dataclass(frozen=True)
class Sums:
    """Sums over published courses: Sums(covered=31, parts=41, size=4100, counts=(1394,)); see `totals.needed`."""

    covered: int
    parts: int
    size: int
    counts: tuple[int, ...]


@dataclass(frozen=True)
class TypeTotal:
    """A figure over all courses of a type: TypeTotal(what="Toutes les formations de CAP, au lycée",
    place="Bretagne", value=34, size=4100, note="Calculé par le portail : 31 groupes publiés sur 41…")."""

    name: str
    what: str
    place: str
    value: int
    size: int
    note: str

    @property
    def label(self):
        return f"{self.what}, {self.place}"

    @property
    def text(self):
        return value_text(self.value, BY_NAME[self.name].unit)

    @property
    def measured(self):
        return Measured(self.value, self.size)


def _read():
    """{(cohort, route, type, region): {figure: Sums}}, region "" for all of them."""
    sums_of = defaultdict(lambda: defaultdict(list))
    for row in Outcome.objects.published().region_sums_by_type():
        key = (row["cohort"], row["route"], row["diploma__type"])
        for name in SUMMABLE:
            counts = tuple(row[f"{name}_count_{place}"] or 0 for place in range(len(needed(name)[1])))
            sums = Sums(row[f"{name}_covered"], row["parts"], row[f"{name}_size"] or 0, counts)
            for region in (row["territory"], ""):
                sums_of[(*key, region)][name].append(sums)
    return {
        key: {name: total_of_sums(name, sums) for name, sums in by_name.items()}
        for key, by_name in sums_of.items()
    }


_totals = OncePerDataVersion(_read)


def type_totals():
    """{(cohort, route, type, region): {figure: `totals.Total`}} of what is published now."""
    return _totals(data_version())


def total_of_type(totals, name, diploma_type, cohort, route, region=None):
    """The `TypeTotal` of a figure, in a region or everywhere; None where fewer than two courses publish it."""
    total = totals.get((cohort, route, diploma_type.pk, region.pk if region else ""), {}).get(name)
    if total is None or total.value is None or total.covered < 2:
        return None
    what = _("Toutes les formations de %(type)s, %(route)s") % {
        "type": diploma_type.short_label,
        "route": route_label(route),
    }
    words = {"covered": number_text(total.covered), "parts": number_text(total.parts)}
    note = (
        _(
            "Calculé par le portail\u00a0: %(covered)s groupes publiés sur %(parts)s (une formation dans une région)."
        )
        % words
    )
    return TypeTotal(name, what, region.name if region else _("France"), total.value, total.size, note)
