"""The reasons of holes, read again from the files that the database keeps, after an upgrade that tells them better."""

from collections import defaultdict
from collections.abc import Collection

from deliveries import measured_dates
from deliveries.loading import BATCH, read, typed
from deliveries.reference_tables import build
from deliveries.sources import ALL
from deliveries.sources.figures import KEY
from stats.models import Outcome, Slice
from stats.reasons import SHOWN


def settle(before: Collection[tuple[measured_dates.Scope, int]]) -> None:
    """Settle the reasons of dates after a change of facts; before: `measured_dates.measured` as it was.

    Where no cohort has a date any more, the other sources decide nothing: each row is again as its file says.
    """
    if measured_dates.measured().issuperset(before):
        measured_dates.settle()
    else:
        reread_reasons()


def reread_reasons() -> int:
    """Store the reasons that this version reads in the live files; returns how many rows changed.

    No figure changes: a row of which other figures would be shown, or that the files no longer have, is left as it is, and
    so is what protects other groups.
    """
    reference, of_figures = build.load(), {source.name for source in ALL if source.has_cohorts}
    live = Slice.objects.filter(state=Slice.State.LIVE, source__in=of_figures)
    changed = sum(_reread(piece, reference) for piece in live.select_related("delivery__file"))
    measured_dates.settle()
    return changed


def _reread(piece, reference):
    rows = build.converted(piece, reference)["outcome"].assign(source=piece.source)[[*KEY, "reasons"]]
    stored = read(Outcome, ("id", *KEY, "reasons"), {"source": piece.source, "cohort": piece.cohort})
    both = stored.merge(typed(Outcome, rows), on=list(KEY), suffixes=("", "_read"))
    ids = defaultdict(list)
    for key, before, after in zip(both["id"], both["reasons"], both["reasons_read"], strict=True):
        if before != after and _shown(before) == _shown(after):
            ids[after].append(int(key))
    for reasons, keys in ids.items():
        for start in range(0, len(keys), BATCH // 10):
            Outcome.objects.filter(pk__in=keys[start : start + BATCH // 10]).update(reasons=reasons)
    return sum(map(len, ids.values()))


def _shown(reasons):
    """The places of the figures that are shown; older rows have a shorter text."""
    return {place for place, letter in enumerate(reasons) if letter == SHOWN}
