"""The names that families give to levels of qualification."""

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
    """ "Niveau bac" for 4, "Niveau non précisé" for None."""
    return LEVELS.get(str(level), _("Niveau non précisé"))
