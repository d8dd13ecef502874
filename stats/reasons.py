"""Why a figure is not there, and what people read in its place."""

from enum import StrEnum

from stats.indicators import BY_NAME
from stats.translatable import gettext_noop

SHOWN = "."


class Reason(StrEnum):
    """Why a figure is not there; the value is its letter in the `reasons` text of a row."""

    NOT_APPLICABLE = "A"
    TOO_FEW_PEOPLE = "P"
    TOO_FEW_LEAVERS = "L"
    NOT_MEASURED_YET = "Y"
    NO_FIGURES = "N"
    TOO_NEW = "T"
    NOT_COVERED = "C"
    REMOVED = "R"
    PROTECTS_OTHERS = "D"
    NOT_DETAILED = "S"
    TOO_FEW_REGIONS = "I"

    @property
    def is_withheld(self) -> bool:
        """Whether somebody's confidentiality, and not an absence, makes the hole."""
        return self in {
            Reason.TOO_FEW_PEOPLE,
            Reason.TOO_FEW_LEAVERS,
            Reason.REMOVED,
            Reason.PROTECTS_OTHERS,
            Reason.NOT_DETAILED,
        }

    @property
    def title(self) -> str:  # type: ignore[override]
        return _WORDS[self][0]

    @property
    def sentence(self) -> str:
        return _WORDS[self][1]


_WORDS = {
    Reason.NOT_APPLICABLE: (
        gettext_noop("Sans objet"),
        gettext_noop("Ce chiffre n’existe pas pour ce type de formation ou d’établissement."),
    ),
    Reason.TOO_FEW_PEOPLE: (
        gettext_noop("Trop peu d’élèves"),
        gettext_noop(
            "Le groupe compte moins de 20 élèves\u00a0: donner un chiffre révélerait leur situation."
        ),
    ),
    Reason.TOO_FEW_LEAVERS: (
        gettext_noop("Trop peu de sortants"),
        gettext_noop("Moins de 20 jeunes ont arrêté leurs études\u00a0: le chiffre ne serait pas fiable."),
    ),
    Reason.NOT_MEASURED_YET: (
        gettext_noop("Pas encore mesuré"),
        gettext_noop("Ces jeunes sont sortis trop récemment pour que ce chiffre existe."),
    ),
    Reason.NO_FIGURES: (
        gettext_noop("Pas de chiffre ici"),
        gettext_noop("Aucun chiffre n’est publié pour ces élèves à cet endroit."),
    ),
    Reason.TOO_NEW: (
        gettext_noop("Formation trop récente"),
        gettext_noop("Personne n’est encore sorti de cette formation."),
    ),
    Reason.NOT_COVERED: (
        gettext_noop("Non couvert"),
        gettext_noop("La source ne mesure pas ce chiffre pour cette année ou ce public."),
    ),
    Reason.REMOVED: (
        gettext_noop("Retiré"),
        gettext_noop("Ce chiffre est retiré, à la demande de son producteur ou le temps d’être vérifié."),
    ),
    Reason.PROTECTS_OTHERS: (
        gettext_noop("Protège un petit groupe"),
        gettext_noop(
            "Rapproché d’autres chiffres, celui-ci révélerait la situation d’un groupe de moins de 20 élèves."
        ),
    ),
    Reason.NOT_DETAILED: (
        gettext_noop("Non détaillé"),
        gettext_noop("La source ne détaille pas ce chiffre pour ce groupe."),
    ),
    Reason.TOO_FEW_REGIONS: (
        gettext_noop("Trop peu de régions"),
        gettext_noop(
            "Une seule région publie ce chiffre, ou celles qui le publient réunissent moins de 85 élèves sur 100\u00a0: il ne "
            "vaudrait pas pour toute la France."
        ),
    ),
}
# The letters of `Reason.is_withheld`, in the `reasons` text of a row.
WITHHELD = "".join(reason.value for reason in Reason if reason.is_withheld)
QUALITY_SENTENCE = gettext_noop("Cela ne dit rien de la qualité de la formation.")


def complete(reasons: str) -> str:
    """One letter for each indicator of today, from a row's `reasons` text.

    A row that was stored before an indicator was declared has a shorter text: its source did not cover it.
    """
    return reasons.ljust(len(BY_NAME), Reason.NOT_COVERED.value)


def reason_at(reasons: str, name: str) -> Reason | None:
    """The `Reason` of a hole read from a row's `reasons` text, None when the figure is shown."""
    position = BY_NAME[name].position
    letter = reasons[position : position + 1] or Reason.NOT_COVERED.value
    return None if letter == SHOWN else Reason(letter)
