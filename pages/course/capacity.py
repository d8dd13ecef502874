"""How many places a course has and how many pupils put it first, where a source tells."""

from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stats.wording import number_text


@dataclass(frozen=True)
class CapacityRow:
    """One teaching, and its places where a source gives them: CapacityRow(school="0350030H", diploma="50022139",
    year=2021, places=24 or None, first_wishes=31 or None, region="region-53")."""

    COLUMNS: ClassVar = ("school", "diploma", "year", "places", "first_wishes", "school__region")

    school: str
    diploma: str
    year: int
    places: int | None
    first_wishes: int | None
    region: str | None


@dataclass(frozen=True)
class Capacity:
    """Capacity(year=2021, places=24, first_wishes=31, schools=1, schools_with_wishes=1)

    first_wishes: None where no source has them. schools: how many schools tell their places; schools_with_wishes: how
    many of them tell their first wishes.
    """

    year: int
    places: int
    first_wishes: int | None
    schools: int = 1
    schools_with_wishes: int = 0

    @property
    def text(self):
        """ "24 places à la rentrée 2021, 31 élèves l’ont demandée en premier vœu"."""
        places = ngettext("%(number)s place", "%(number)s places", self.places) % {
            "number": number_text(self.places)
        }
        text = _("%(places)s à la rentrée %(year)s") % {"places": places, "year": self.year}
        if self.first_wishes is None:
            return text
        wishes = ngettext(
            "%(number)s élève l’a demandée en premier vœu",
            "%(number)s élèves l’ont demandée en premier vœu",
            self.first_wishes,
        ) % {"number": number_text(self.first_wishes)}
        if self.schools_with_wishes < self.schools:
            wishes = ngettext(
                "%(wishes)s dans le seul établissement qui le dit",
                "%(wishes)s dans les %(asked_at)s établissements qui le disent",
                self.schools_with_wishes,
            ) % {"wishes": wishes, "asked_at": number_text(self.schools_with_wishes)}
        return f"{text}, {wishes}"

    @property
    def whole_text(self):
        """The same for several schools, with their number."""
        words = {"schools": number_text(self.schools), "text": self.text}
        return (
            ngettext(
                "Places connues dans %(schools)s établissement\u00a0: %(text)s.",
                "Places connues dans %(schools)s établissements\u00a0: %(text)s.",
                self.schools,
            )
            % words
        )


def capacities_by_school(rows, codes):
    """{uai: `Capacity`} from `CapacityRow`s that have places: of the best diploma of each school, then of its newest year.

    codes: the course, then those of its chain of renewals, best first.
    """
    best = {}
    for row in rows:
        rank = (codes.index(row.diploma), -row.year)
        if row.school not in best or rank < best[row.school][0]:
            best[row.school] = (rank, row)
    return {
        school: Capacity(row.year, row.places, row.first_wishes, 1, int(row.first_wishes is not None))
        for school, (_rank, row) in best.items()
    }


def total_capacity(rows, codes, region=None):
    """The `Capacity` of all the schools, in `region` if given, for the newest year that one of them tells; or None."""
    by_school = capacities_by_school(rows, codes)
    regions = {row.school: row.region for row in rows}
    counted = [
        capacity for school, capacity in by_school.items() if region is None or regions[school] == region.pk
    ]
    if not counted:
        return None
    year = max(capacity.year for capacity in counted)
    counted = [capacity for capacity in counted if capacity.year == year]
    wishes = [capacity.first_wishes for capacity in counted if capacity.first_wishes is not None]
    return Capacity(
        year,
        sum(capacity.places for capacity in counted),
        sum(wishes) if wishes else None,
        len(counted),
        len(wishes),
    )
