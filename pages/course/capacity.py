"""How many places a course has and how many asked for it first, where a source tells."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stats.models import Teaching
from stats.wording import number_text


@dataclass(frozen=True)
class Intake:
    """Intake(year=2021, places=24, first_wishes=31, schools=1, asked_at=1); first_wishes None where no source has them.

    schools: how many schools tell their places; asked_at: how many of them tell their first wishes.
    """

    year: int
    places: int
    first_wishes: int | None
    schools: int = 1
    asked_at: int = 0

    @property
    def text(self):
        """ "24 places à la rentrée 2021, demandées en premier vœu par 31 élèves"."""
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
        if self.asked_at < self.schools:
            wishes = ngettext(
                "%(wishes)s dans le seul établissement qui le dit",
                "%(wishes)s dans les %(asked_at)s établissements qui le disent",
                self.asked_at,
            ) % {"wishes": wishes, "asked_at": number_text(self.asked_at)}
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


def intakes(codes, route, region=None):
    """({uai: `Intake`}, the `Intake` of them all or None) of a course by a route, in one query.

    codes: the course, then those of its chain, best first. All: of the newest year that a source tells, in
    `region` if given.
    """
    found, regions = {}, {}
    teachings = Teaching.objects.of_courses(codes).filter(route=route).with_capacity()
    for uai, code, year, places, wishes, place in teachings.values_list(
        "school", "diploma", "year", "places", "first_wishes", "school__region"
    ):
        kept = found.get(uai)
        rank = (codes.index(code), -year)
        if kept is None or rank < kept[0]:
            found[uai] = (rank, Intake(year, places, wishes, 1, int(wishes is not None)))
        regions[uai] = place
    of_school = {uai: intake for uai, (_rank, intake) in found.items()}
    counted = [intake for uai, intake in of_school.items() if region is None or regions[uai] == region.pk]
    return of_school, _all(counted)


def _all(counted):
    if not counted:
        return None
    year = max(intake.year for intake in counted)
    counted = [intake for intake in counted if intake.year == year]
    told = [intake.first_wishes for intake in counted if intake.first_wishes is not None]
    return Intake(
        year, sum(intake.places for intake in counted), sum(told) if told else None, len(counted), len(told)
    )
