"""What moved since the day of a shared link, in words, and the address that remembers the figures of a day."""

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pages.comparison.snapshot import KEPT, moves, recall, remember
from stats import comparison_tokens
from stats.indicators import BY_NAME
from stats.wording import listed, value_text


@dataclass(frozen=True)
class Change:
    """What moved of an item: Change(letter="A", name="CAP Cuisine, Bretagne",
    sentences=("étudient encore 6 mois après, 54 % → 49 %",), note="Données révisées le 3 mars 2027.")."""

    letter: str
    name: str
    sentences: tuple[str, ...]
    note: str


@dataclass(frozen=True)
class Since:
    """What a shared link tells: Since(day=date(2026, 11, 23), changes=(Change(…),), unknown="").

    day: None where the link cannot be read. unknown: letters of the items that it does not remember, "A et B".
    """

    day: date | None
    changes: tuple[Change, ...] = ()
    unknown: str = ""

    @property
    def is_today(self):
        """Whether sharing again would give the same figures."""
        return bool(self.day) and not self.changes and not self.unknown


def since_of(text, items):
    """The `Since` of what a link remembers; None where it remembers nothing of these items."""
    if not text:
        return None
    remembered = recall(text)
    if remembered is None:
        return Since(None)
    known = [item for item in items if item.token.text in remembered.figures]
    if not known:
        return None
    moved = moves(remembered, _figures(known))
    changes = (
        _change(item, [move for move in moved if move.token == item.token.text], remembered) for item in known
    )
    unknown = [item.letter for item in items if item not in known]
    return Since(
        remembered.day,
        tuple(change for change in changes if change.sentences),
        listed(unknown) if unknown else "",
    )


def shared_address(asked, items, day):
    """The address that shows the same, and remembers the figures of today.

    Each item says there by which route it is shown, so that other figures to come do not make it another one.
    """
    tokens = [_pinned(item) for item in items]
    figures = dict(zip(tokens, _figures(items).values(), strict=True))
    cohorts = {token: item.group.cohort_code for token, item in zip(tokens, items, strict=True) if item.group}
    return asked.address(texts=tuple(tokens), seen=remember(day, figures, cohorts) if tokens else "")


def _pinned(item):
    token = item.token
    return comparison_tokens.token(token.diploma, token.course_year, item.route, token.uai, token.region).text


def _figures(items):
    return {
        item.token.text: {name: item.figures[name].value for name in KEPT if item.figures[name].is_applicable}
        for item in items
    }


def _change(item, moved, remembered):
    sentences = tuple(map(_sentence, moved))
    former = remembered.cohorts.get(item.token.text)
    note = ""
    if item.group and former and former != item.group.cohort_code:
        note = _(
            "Ce sont maintenant les chiffres des sortants de %(cohort)s\u00a0; l’adresse garde ceux de %(former)s."
        ) % {"cohort": item.group.cohort, "former": listed(former.split("_"))}
    elif item.group:
        note = _("Données révisées le %(day)s.") % {"day": date_format(item.group.delivered_on, "j F Y")}
    return Change(item.letter, f"{item.title}, {item.place}", sentences, note)


def _sentence(move):
    indicator = BY_NAME[move.name]
    label = _(indicator.label)
    words = {"figure": label[:1].lower() + label[1:]}
    if move.is_withdrawn:
        return _("%(figure)s\u00a0: n’est plus publié") % words
    words["after"] = value_text(move.after, indicator.unit)
    if move.is_new:
        return _("%(figure)s\u00a0: publié depuis, %(after)s") % words
    return _("%(figure)s, %(before)s → %(after)s") % (
        words | {"before": value_text(move.before, indicator.unit)}
    )
