"""What a shared link tells its reader: the figures that changed since its day. And the address of such a link."""

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pages.comparison.snapshot import KEPT_FIGURES, Snapshot, decode, diff, encode
from stats import comparison_tokens
from stats.indicators import BY_NAME
from stats.wording import listed, value_text


@dataclass(frozen=True)
class ItemChanges:
    """What changed of one item: ItemChanges(letter="A", name="CAP Cuisine, Bretagne",
    sentences=("étudient encore 6 mois après, 54 % → 49 %",), note="Données révisées le 3 mars 2027.")."""

    letter: str
    name: str
    sentences: tuple[str, ...]
    note: str


@dataclass(frozen=True)
class SnapshotChanges:
    """What changed since the snapshot: SnapshotChanges(day=date(2026, 11, 23), changes=(ItemChanges(…),), unknown="A et B").

    day: None where the link cannot be read. unknown: letters of the items that the snapshot does not have, "" for none.
    """

    day: date | None
    changes: tuple[ItemChanges, ...] = ()
    unknown: str = ""

    @property
    def is_up_to_date(self):
        """Whether a snapshot of today would hold the same figures."""
        return bool(self.day) and not self.changes and not self.unknown


def snapshot_changes(text, items):
    """The `SnapshotChanges` of the text of a link; None where it has none, or a snapshot of other items."""
    if not text:
        return None
    snapshot = decode(text)
    if snapshot is None:
        return SnapshotChanges(None)
    known = [item for item in items if item.token.text in snapshot.figures]
    if not known:
        return None
    changes = [_item_changes(item, snapshot) for item in known]
    unknown = [item.letter for item in items if item not in known]
    return SnapshotChanges(
        snapshot.day,
        tuple(change for change in changes if change.sentences),
        listed(unknown) if unknown else "",
    )


def shared_address(state, items, day):
    """The address that shows the same comparison and carries a snapshot of its figures.

    Its tokens name the route of each item, so that figures published later for another route do not take its place.
    """
    tokens = [_token_with_route(item) for item in items]
    figures = {token: _figures(item) for token, item in zip(tokens, items, strict=True)}
    cohorts = {token: item.group.cohort_code for token, item in zip(tokens, items, strict=True) if item.group}
    seen = encode(Snapshot(day, figures, cohorts)) if tokens else ""
    return state.address(texts=tuple(tokens), seen=seen)


def _token_with_route(item):
    token = item.token
    return comparison_tokens.token(token.diploma, token.course_year, item.route, token.uai, token.region).text


def _figures(item):
    return {name: item.figures[name].value for name in KEPT_FIGURES if item.figures[name].is_applicable}


def _item_changes(item, snapshot):
    sentences = tuple(map(_sentence, diff(snapshot, {item.token.text: _figures(item)})))
    former_cohort = snapshot.cohorts.get(item.token.text)
    note = ""
    if item.group and former_cohort and former_cohort != item.group.cohort_code:
        note = _(
            "Ce sont maintenant les chiffres des sortants de %(cohort)s\u00a0; l’adresse garde ceux de %(former)s."
        ) % {"cohort": item.group.cohort, "former": listed(former_cohort.split("_"))}
    elif item.group:
        note = _("Données révisées le %(day)s.") % {"day": date_format(item.group.delivered_on, "j F Y")}
    return ItemChanges(item.letter, f"{item.title}, {item.place}", sentences, note)


def _sentence(change):
    indicator = BY_NAME[change.name]
    label = _(indicator.label)
    words = {"figure": label[:1].lower() + label[1:]}
    if change.is_withdrawn:
        return _("%(figure)s\u00a0: n’est plus publié") % words
    words["after"] = value_text(change.after, indicator.unit)
    if change.is_new:
        return _("%(figure)s\u00a0: publié depuis, %(after)s") % words
    words["before"] = value_text(change.before, indicator.unit)
    return _("%(figure)s, %(before)s → %(after)s") % words
