"""The people behind figures and whose figures they are: what travels with each of them."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from stats.substitution.kinds import OriginKind, Role
from stats.wording import number_text, people_words, route_label, source_of


@dataclass(frozen=True)
class Origin:
    """Whose figures stand in for those of a course or a place that has none of its own.

    Origin(kind=OriginKind.FORMER, code="50022139", label="CAP Cuisine", role="", uai="", school=""): a former diploma's.
    Origin(kind=OriginKind.OWN, code="", label="", role="formateur", uai="0350030H", school="CFA X, Rennes"): its trainer's.
    Both hold together where they are the former diploma's figures of the trainer. is_partial: a sum of regions, of which
    others show another diploma's figures or the course's own.
    """

    kind: OriginKind
    code: str = ""
    label: str = ""
    role: str = ""
    uai: str = ""
    school: str = ""
    is_partial: bool = False

    @property
    def sentence(self):
        """Whose figures these are, in a sentence."""
        words = {"diploma": self._diploma, "school": self._school}
        if self.role and self.code:
            return (
                _(
                    "Chiffres %(diploma)s, chez %(school)s\u00a0: ce lieu de formation n’a pas de chiffres à lui."
                )
                % words
            )
        if self.role:
            return _("Chiffres %(school)s\u00a0: ce lieu de formation n’a pas de chiffres à lui.") % {
                "school": self._of_school
            }
        if self.is_partial:
            return _("Chiffres de plusieurs diplômes, dont %(label)s (code %(code)s).") % {
                "label": self.label,
                "code": self.code,
            }
        return _("Chiffres %(diploma)s.") % words

    @property
    def is_former(self):
        return self.kind is OriginKind.FORMER and not self.is_partial

    @property
    def short(self):
        """The same in a few words, for a table: "ancien diplôme, formateur CFA X, Rennes"."""
        diploma = {
            OriginKind.FORMER: _("ancien diplôme, code %(code)s") % {"code": self.code},
            OriginKind.NEW: _("nouveau diplôme, code %(code)s") % {"code": self.code},
            OriginKind.COMMON_YEAR: self.label,
        }.get(self.kind, "")
        if self.is_partial:
            diploma = _("en partie %(origin)s") % {"origin": diploma}
        school = ""
        if self.role:
            words = _("formateur %(school)s") if self.role == Role.TRAINER else _("gestionnaire %(school)s")
            school = words % {"school": self.school}
        return ", ".join(filter(None, (diploma, school)))

    @property
    def trait(self):
        """What makes it unlike figures of one's own, whichever diploma and school it names."""
        kind = "" if self.kind is OriginKind.OWN else self.kind.value
        return "+".join(filter(None, (f"{kind}_en_partie" if self.is_partial else kind, self.role)))

    @property
    def _diploma(self):
        words = {"label": self.label, "code": self.code}
        if self.kind is OriginKind.FORMER:
            return _("de l’ancien diplôme, %(label)s (code %(code)s)") % words
        if self.kind is OriginKind.NEW:
            return _("du nouveau diplôme, %(label)s (code %(code)s)") % words
        return _("de l’année terminale, %(label)s (code %(code)s)") % words

    @property
    def _of_school(self):
        words = (
            _("du formateur, %(school)s") if self.role == Role.TRAINER else _("du gestionnaire, %(school)s")
        )
        return words % {"school": self.school}

    @property
    def _school(self):
        words = (
            _("le formateur, %(school)s") if self.role == Role.TRAINER else _("le gestionnaire, %(school)s")
        )
        return words % {"school": self.school}


def origin_of(attribution):
    """The `Origin` of what an attribution shows, None when the figures are those of this very course and place."""
    if attribution.is_own:
        return None
    kind, outcome = OriginKind(attribution.kind), attribution.outcome
    code, label = "", ""
    if kind is not OriginKind.OWN:
        code, label = outcome.diploma_id, outcome.diploma.label
    if attribution.school_id == outcome.school_id:
        return Origin(kind, code, label, is_partial=attribution.has_several_origins)
    school = outcome.school
    name = f"{school.name}, {school.city}" if school.city else school.name
    return Origin(kind, code, label, attribution.role, school.pk, name)


@dataclass(frozen=True)
class Group:
    """The people behind figures, and the delivery that gave them.

    Group(cohort="2022 et 2023", cohort_code="2022_2023", is_pooled=True, route="pro", size=512, leavers=300,
    perimeter="Île-de-France", origin=None, delivery=12, delivered_on=date(2025, 2, 1), source="ij_region_formation")
    Head-counts are None where no source gives them; leavers too where the group is confidential. `note` tells
    how the portal made the group or whom it holds, "" when there is nothing to add.
    """

    cohort: str
    cohort_code: str
    is_pooled: bool
    route: str
    size: int | None
    leavers: int | None
    perimeter: str
    origin: Origin | None
    delivery: int
    delivered_on: date
    source: str
    note: str = ""

    @property
    def route_label(self):
        return route_label(self.route)

    @property
    def people(self):
        """ "512 élèves en dernière année, cohorte 2022 et 2023" in plain words."""
        words = {"who": people_words(self.route), "cohort": self.cohort}
        if self.size is None:
            return _("%(who)s en fin de formation en %(cohort)s, nombre non publié") % words
        return _("%(number)s %(who)s en fin de formation en %(cohort)s") % (
            words | {"number": number_text(self.size)}
        )

    @property
    def leavers_text(self):
        if self.leavers is None:
            return _("jeunes sortis d’études en %(cohort)s, nombre non publié") % {"cohort": self.cohort}
        return _("%(number)s jeunes sortis d’études en %(cohort)s") % {
            "number": number_text(self.leavers),
            "cohort": self.cohort,
        }

    @property
    def origin_sentence(self):
        return self.origin.sentence if self.origin else ""

    @property
    def source_label(self):
        return source_of(self.route)


def group_of(attribution, perimeter="", note=""):
    """The `Group` of an attribution."""
    outcome = attribution.outcome
    return Group(
        cohort=str(attribution.cohort),
        cohort_code=attribution.cohort_id,
        is_pooled=attribution.cohort.is_pooled,
        route=outcome.route,
        size=outcome.nb_annee_term,
        leavers=outcome.open_counts["nb_sortant"],
        perimeter=perimeter,
        origin=origin_of(attribution),
        delivery=outcome.delivery_id,
        delivered_on=timezone.localdate(outcome.delivery.at),
        source=outcome.source,
        note=note or _several_sites(attribution),
    )


def _several_sites(attribution):
    """Figures that stand for all the sites of a trainer or of a manager say so, at its own place too."""
    if not attribution.school_id or attribution.school_id != attribution.outcome.school_id:
        return ""
    return {
        Role.TRAINER: _(
            "Ces chiffres peuvent réunir plusieurs lieux de formation\u00a0: cet établissement en est le formateur."
        ),
        Role.MANAGER: _(
            "Ces chiffres peuvent réunir plusieurs lieux de formation\u00a0: cet établissement en est le gestionnaire."
        ),
    }.get(attribution.role, "")
