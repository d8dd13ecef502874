"""Deliveries taken back: their slices show again what they showed before them."""

from collections.abc import Collection, Sequence

from django.contrib.auth.models import AbstractBaseUser

from deliveries import attributions, disclosure_audit, facts, measured_dates, names_in_files, progress, reread
from deliveries.journal import Journal
from deliveries.publication import rebuild_reference_tables
from deliveries.reference_tables import build
from deliveries.source import Stage
from deliveries.sources import ALL
from deliveries.writing import PATIENCE_SECONDS, one_writer
from stats.models import Cohort, Delivery, Slice


class AlreadyTakenBack(Exception):
    """The delivery is taken back already: there is nothing left to do."""


class ReplacedSince(Exception):
    """Other later deliveries replaced slices of the delivery than those that were to be taken back with it."""


def can_take_back(delivery: Delivery) -> bool:
    """Whether the delivery published slices that were not taken back since."""
    pieces = list(delivery.slices.all())
    return bool(pieces) and not is_taken_back(delivery)


def is_taken_back(delivery: Delivery) -> bool:
    """Whether every slice of the delivery has been taken back."""
    return {piece.state for piece in delivery.slices.all()} == {Slice.State.TAKEN_BACK}


def later_ones(delivery: Delivery) -> list[Delivery]:
    """The later deliveries that replaced slices of this one, or of those that did, and are not taken back; newest first.

    They have to be taken back first, or with it: what they replaced is not there any more. Deliveries of other slices are
    never in the way.
    """
    found: dict[int, Delivery] = {}
    waiting = [delivery]
    while waiting:
        for later in _that_replace(waiting.pop()):
            if later.pk not in found:
                found[later.pk] = later
                waiting.append(later)
    return [found[pk] for pk in sorted(found, reverse=True)]


def _that_replace(delivery):
    cohorts = delivery.slices.exclude(state=Slice.State.TAKEN_BACK).values("cohort")
    pieces = Slice.objects.filter(
        source=delivery.source, cohort__in=cohorts, delivery__gt=delivery.pk
    ).exclude(state=Slice.State.TAKEN_BACK)
    return (
        Delivery.objects.filter(pk__in=pieces.values("delivery")).defer("report").prefetch_related("slices")
    )


def take_back(
    delivery: Delivery,
    user: AbstractBaseUser | None = None,
    reason: str = "",
    seconds: float = PATIENCE_SECONDS,
    along: Collection[int] = (),
) -> Delivery:
    """Withdraw a delivery and publish the former file of each of its slices again, where there is one.

    along: keys of all of `later_ones`, which are withdrawn with it, each with an entry of the journal. Returns the entry of
    the delivery, which says the reason. seconds: how long to wait for another writer, as `writing.one_writer`. Raises
    AlreadyTakenBack, or ReplacedSince when `along` does not name exactly the later deliveries that are in the way.
    """
    with one_writer(seconds) as writing:
        # What was read before the lock may be out of date.
        delivery = Delivery.objects.get(pk=delivery.pk)
        if is_taken_back(delivery):
            raise AlreadyTakenBack
        later = later_ones(delivery)
        if {one.pk for one in later} != set(along):
            raise ReplacedSince
        journal = Journal(writing, user)
        entries = [journal.take_back(one, reason) for one in (*later, delivery)]
        _withdraw((*later, delivery), entries[-1])
        return entries[-1]


def _withdraw(deliveries: Sequence[Delivery], entry: Delivery) -> None:
    """Take back the slices of these deliveries of one source; the last entry gets the audit of what is published then."""
    [source] = {delivery.source for delivery in deliveries}
    stage = next(known.stage for known in ALL if known.name == source)
    pieces = Slice.objects.filter(delivery__in=deliveries).exclude(state=Slice.State.TAKEN_BACK)
    oldest = {piece.cohort: piece for piece in pieces.select_related("delivery").order_by("-delivery_id")}
    pieces.update(state=Slice.State.TAKEN_BACK)
    formers = [former for piece in oldest.values() if (former := _former(piece))]
    Slice.objects.filter(pk__in=[piece.pk for piece in formers]).update(state=Slice.State.LIVE)
    if stage is Stage.FIGURES:
        _show_again(source, sorted(oldest), formers, entry)
    else:
        rebuild_reference_tables(stage, {source})


def _show_again(source, cohorts, formers, entry):
    progress.stage("Écriture des chiffres")
    measured = measured_dates.measured()
    attributions.clear(cohorts)
    facts.delete(source, cohorts)
    for piece in formers:
        same = Delivery.objects.filter(source=source, file=piece.delivery.file_id)
        # The same file comes back with its columns read otherwise.
        if same.exclude(columns=piece.delivery.columns).exists():
            names_in_files.forget_file(source, piece.delivery.file_id)
        _publish_slice_again(piece)
    build.follow_names([source])
    facts.prefer(cohorts)
    progress.stage("Secret statistique")
    if disclosure := disclosure_audit.apply_mode(cohorts):
        entry.report["recoupements"] = disclosure.as_dict()
        entry.save(update_fields=["report"])
    reread.settle(measured)
    progress.stage("Où chaque chiffre est montré")
    attributions.rebuild(cohorts)
    Cohort.objects.filter(pk__in=cohorts, outcomes=None).delete()


def _former(piece):
    """The last slice of the same source and cohort that this one or those before it replaced, None when there is none.

    The same file published twice in a row, as former versions could, is withdrawn as once.
    """
    replaced = Slice.objects.filter(
        source=piece.source, cohort=piece.cohort, state=Slice.State.SUPERSEDED, delivery__lt=piece.delivery_id
    )
    for former in replaced.select_related("delivery__file").order_by("-delivery_id"):
        one, other = former.delivery, piece.delivery
        if (one.file_id, one.columns) != (other.file_id, other.columns):
            return former
        former.state = Slice.State.TAKEN_BACK
        former.save(update_fields=["state"])
    return None


def _publish_slice_again(piece):
    reference = build.load()
    outcomes = build.converted(piece, reference)["outcome"].assign(source=piece.source)
    facts.add(outcomes[outcomes["cohort_id"] == piece.cohort], piece.delivery)
