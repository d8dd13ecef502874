"""Where the figures shown under a code come from, and what a school does for a course."""

from stats.translatable import LabelledEnum, gettext_noop


class OriginKind(LabelledEnum):
    """Where the figures shown under a code come from, as the API names it (donnee_source.type)."""

    OWN = "self", gettext_noop("chiffres de cette formation")
    FORMER = "ancienne", gettext_noop("chiffres de l’ancien diplôme")
    NEW = "nouvelle", gettext_noop("chiffres du nouveau diplôme")
    TERMINAL_YEAR = "annee_terminale", gettext_noop("chiffres de l’année terminale")
    COMMON_YEAR = "annee_commune", gettext_noop("chiffres des formations de la famille")


class Role(LabelledEnum):
    """What a school does for a course, as the API names it (uai_type, uai_donnee_type)."""

    SITE = "lieu_formation", gettext_noop("lieu de formation")
    TRAINER = "formateur", gettext_noop("formateur")
    MANAGER = "gestionnaire", gettext_noop("gestionnaire")
    UNKNOWN = "inconnu", gettext_noop("inconnu")
