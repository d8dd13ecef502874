"""All the courses of a diploma type together, in a region and in France: all CAP by apprenticeship in Bretagne."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from formations.models import DiplomaType
from formations.type_names import TypeName, type_names
from stats.caching import OncePerDataVersion, data_version
from stats.indicators import BY_NAME
from stats.models import Outcome
from stats.totals import COUNTED, Counted, Sums, Total, totals
from stats.uncertainty import Measured
from stats.wording import number_text, people_words, route_label, value_text

_FIELDS = ("parts", "people", "size", "number", "studying")


@dataclass(frozen=True)
class TypeTotals:
    """Figures of all types: TypeTotals(by_group={("2022_2023", "pro", "500", "region-53"): {figure: Total(…)}},
    names={"500": TypeName(…)}). The region is "" for all of them together."""

    by_group: dict[tuple[str, str, str, str], dict[str, Total]] = field(default_factory=dict)
    names: dict[str, TypeName] = field(default_factory=dict)


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
    sums_of = defaultdict(list)
    for row in Outcome.objects.published().region_sums_by_type():
        counted = {
            name: Counted(*(row.get(f"{name}_{column}") or 0 for column in _FIELDS)) for name in COUNTED
        }
        sums = Sums(row["parts"], row["known"] or 0, counted)
        for region in (row["territory"], ""):
            sums_of[row["cohort"], row["route"], row["diploma__type"], region].append(sums)
    return TypeTotals(
        {key: totals(sums) for key, sums in sums_of.items()},
        type_names(DiplomaType.objects.order_by().values_list("code", "short_label", "label", "level")),
    )


_totals = OncePerDataVersion(_read)


def type_totals():
    """The `TypeTotals` of what is published now."""
    return _totals(data_version())


def total_of_type(known, name, diploma_type, cohort, route, region=None):
    """The `TypeTotal` of a figure, in a region or everywhere; None where fewer than two courses publish it.

    known: `TypeTotals`.
    """
    group = (cohort, route, diploma_type.pk, region.pk if region else "")
    total = known.by_group.get(group, {}).get(name)
    if total is None or total.value is None or total.covered < 2:
        return None
    what = _("Toutes les formations de %(type)s, %(route)s") % {
        "type": _name(known.names[diploma_type.pk]),
        "route": route_label(route),
    }
    return TypeTotal(
        name, what, region.name if region else _("France"), total.value, total.size, _note(total, route)
    )


def _name(name):
    """ "CAP", "Titre professionnel de niveau 3", "Titre RNCP de niveau 3 (santé social)": no two types are called alike."""
    text = name.label
    if name.level:
        text = _("%(type)s de niveau %(level)s") % {"type": text, "level": name.level}
    return _("%(type)s (%(detail)s)") % {"type": text, "detail": name.detail} if name.detail else text


def _note(total, route):
    """The sentence that tells what a total covers."""
    words = {
        "covered": number_text(total.covered),
        "parts": number_text(total.parts),
        "people": number_text(total.people),
        "known": number_text(total.known),
        "who": people_words(route),
    }
    if total.people == total.known:
        return (
            _(
                "Calculé par le portail\u00a0: %(covered)s groupes publiés sur %(parts)s (une formation dans une région), "
                "%(people)s\u00a0%(who)s."
            )
            % words
        )
    return (
        _(
            "Calculé par le portail\u00a0: %(covered)s groupes publiés sur %(parts)s (une formation dans une région), "
            "%(people)s\u00a0%(who)s sur %(known)s."
        )
        % words
    )
