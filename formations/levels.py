"""Levels of qualification, named as families name them."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

LEVELS = {
    "3": gettext_lazy("Niveau CAP"),
    "4": gettext_lazy("Niveau bac"),
    "5": gettext_lazy("Niveau bac + 2"),
    "6": gettext_lazy("Niveau bac + 3"),
    "7": gettext_lazy("Niveau bac + 5"),
    "8": gettext_lazy("Niveau doctorat"),
}


def level_label(level):
    """ "Niveau bac" for 4; words of their own for diplomas without a level."""
    return LEVELS.get(str(level), _("Niveau non précisé"))
