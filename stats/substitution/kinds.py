"""Where the figures shown under a code come from, and what a school does for a course."""

from enum import StrEnum

from stats.translatable import gettext_noop


class OriginKind(StrEnum):
    """Where the figures shown under a code come from, as the API names it (donnee_source.type)."""

    OWN = "self"
    FORMER = "ancienne"
    NEW = "nouvelle"
    TERMINAL_YEAR = "annee_terminale"
    COMMON_YEAR = "annee_commune"

    @property
    def label(self) -> str:
        return {
            OriginKind.OWN: gettext_noop("chiffres de cette formation"),
            OriginKind.FORMER: gettext_noop("chiffres de l’ancien diplôme"),
            OriginKind.NEW: gettext_noop("chiffres du nouveau diplôme"),
            OriginKind.TERMINAL_YEAR: gettext_noop("chiffres de l’année terminale"),
            OriginKind.COMMON_YEAR: gettext_noop("chiffres des formations de la famille"),
        }[self]


class Role(StrEnum):
    """What a school does for a course, as the API names it (uai_type, uai_donnee_type)."""

    SITE = "lieu_formation"
    TRAINER = "formateur"
    MANAGER = "gestionnaire"
    UNKNOWN = "inconnu"

    @property
    def label(self) -> str:
        return {
            Role.SITE: gettext_noop("lieu de formation"),
            Role.TRAINER: gettext_noop("formateur"),
            Role.MANAGER: gettext_noop("gestionnaire"),
            Role.UNKNOWN: gettext_noop("inconnu"),
        }[self]
