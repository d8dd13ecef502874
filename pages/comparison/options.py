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


def choices_of(state, has_several):
    """[(label, (`Choice`, …))] of each thing that can be chosen; has_several: whether there are two items or more."""
    choices = [
        (
            _("Montrer"),
            (
                Choice(_("Dessins"), state.address(is_table=False), not state.is_table),
                Choice(_("Tableau"), state.address(is_table=True), state.is_table),
            ),
        )
    ]
    if not has_several:
        return choices
    return [
        *choices,
        (
            _("Dans l’ordre"),
            (
                Choice(_("Un chiffre après l’autre"), state.address(is_by_item=False), not state.is_by_item),
                Choice(_("Un élément après l’autre"), state.address(is_by_item=True), state.is_by_item),
            ),
        ),
        (
            _("Garder"),
            (
                Choice(_("Tous les chiffres"), state.address(is_differences=False), not state.is_differences),
                Choice(
                    _("Seulement les différences nettes"),
                    state.address(is_differences=True),
                    state.is_differences,
                ),
            ),
        ),
    ]


def address_without(state, name):
    """The address that hides the line of an indicator, or TEN_PEOPLE."""
    return state.address(hidden=(*state.hidden, name))


def hidden_lines(state):
    """A `Choice` for each line that is hidden, whose address shows it again."""
    return [
        Choice(
            _("Sur 10 élèves") if name == TEN_PEOPLE else _(BY_NAME[name].label),
            state.address(hidden=tuple(other for other in state.hidden if other != name)),
            is_current=False,
        )
        for name in state.hidden
    ]
