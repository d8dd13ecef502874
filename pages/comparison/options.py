"""How a comparison may be shown: links that change one choice and keep the others."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from stats.indicators import BY_NAME
from stats.links import TEN_PEOPLE


@dataclass(frozen=True)
class Choice:
    """A way to show the comparison: Choice(label="Tableau", address="/comparer/?e=…&vue=tableau", is_current=False)."""

    label: str
    address: str
    is_current: bool


def choices_of(asked, has_several):
    """[(what is chosen, (Choice, …))]; has_several: whether items can be told apart from each other."""
    found = [
        (
            _("Montrer"),
            (
                Choice(_("Dessins"), asked.address(is_table=False), not asked.is_table),
                Choice(_("Tableau"), asked.address(is_table=True), asked.is_table),
            ),
        )
    ]
    if not has_several:
        return found
    return [
        *found,
        (
            _("Dans l’ordre"),
            (
                Choice(_("Un chiffre après l’autre"), asked.address(is_by_item=False), not asked.is_by_item),
                Choice(_("Un élément après l’autre"), asked.address(is_by_item=True), asked.is_by_item),
            ),
        ),
        (
            _("Garder"),
            (
                Choice(_("Tous les chiffres"), asked.address(is_differences=False), not asked.is_differences),
                Choice(
                    _("Seulement les différences nettes"),
                    asked.address(is_differences=True),
                    asked.is_differences,
                ),
            ),
        ),
    ]


def without(asked, name):
    """The address that hides a line."""
    return asked.address(hidden=(*asked.hidden, name))


def hidden_lines(asked):
    """A `Choice` for each line that is hidden, whose address shows it again."""
    return [
        Choice(
            _("Sur 10 élèves") if name == TEN_PEOPLE else _(BY_NAME[name].label),
            asked.address(hidden=tuple(other for other in asked.hidden if other != name)),
            is_current=False,
        )
        for name in asked.hidden
    ]
