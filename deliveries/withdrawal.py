"""A delivery taken back: its slices show again what they showed before it."""

from django.contrib.auth.models import AbstractBaseUser

from deliveries import attributions, disclosure_audit, facts, measured_dates, progress, reread
from deliveries.journal import Journal
from deliveries.publication import rebuild_reference_tables
from deliveries.reference_tables import build
from deliveries.source import Stage
from deliveries.sources import ALL
from deliveries.writing import PATIENCE_SECONDS, one_writer
from stats.models import Delivery, Slice


class AlreadyTakenBack(Exception):
    """The delivery is taken back already: there is nothing left to do."""


def can_take_back(delivery: Delivery) -> bool:
    """Whether every slice of the delivery is still the live one."""
    return _are_all(delivery.slices.all(), Slice.State.LIVE)


def is_taken_back(delivery: Delivery) -> bool:
    """Whether every slice of the delivery has been taken back."""
    return _are_all(delivery.slices.all(), Slice.State.TAKEN_BACK)


def _are_all(pieces, state):
    states = {piece.state for piece in pieces}
    return states == {state}


def take_back(
    delivery: Delivery,
    user: AbstractBaseUser | None = None,
    reason: str = "",
    seconds: float = PATIENCE_SECONDS,
) -> Delivery:
    """Withdraw a delivery and publish the former file of each of its slices again, where there is one.

    Returns the entry of the journal, which says the reason. seconds: how long to wait for another writer, as `writing.one_writer`. Raises
    AlreadyTakenBack, or ValueError when a later delivery replaced one of its slices.
    """
    with one_writer(seconds) as writing:
        # What was read before the lock may be out of date.
        delivery = Delivery.objects.get(pk=delivery.pk)
        if is_taken_back(delivery):
            raise AlreadyTakenBack
        if not can_take_back(delivery):
            raise ValueError("une livraison plus récente a remplacé celle-ci")
        return _withdraw(delivery, Journal(writing, user).take_back(delivery, reason))


def _withdraw(delivery, entry):
    """Take the slices back; returns the entry, with the audit of what is published then."""
    stage = next(source.stage for source in ALL if source.name == delivery.source)
    cohorts = list(delivery.slices.values_list("cohort", flat=True))
    delivery.slices.update(state=Slice.State.TAKEN_BACK)
    formers = [piece for cohort in cohorts if (piece := _former(delivery, cohort))]
    Slice.objects.filter(pk__in=[piece.pk for piece in formers]).update(state=Slice.State.LIVE)
    if stage is Stage.FIGURES:
        progress.stage("Écriture des chiffres")
        measured = measured_dates.measured()
        attributions.clear(cohorts)
        facts.delete(delivery.source, cohorts)
        for piece in formers:
            _publish_slice_again(piece)
        build.follow_names([delivery.source])
        facts.prefer(cohorts)
        progress.stage("Secret statistique")
        if disclosure := disclosure_audit.apply_mode(cohorts):
            entry.report["recoupements"] = disclosure.as_dict()
            entry.save(update_fields=["report"])
        reread.settle(measured)
        progress.stage("Où chaque chiffre est montré")
        attributions.rebuild(cohorts)
    else:
        rebuild_reference_tables(stage, {delivery.source})
    return entry


def _former(delivery, cohort):
    """The last slice of this source and cohort that a later delivery replaced, None when there is none.

    The same file published twice in a row, as former versions could, is withdrawn as once.
    """
    replaced = Slice.objects.filter(source=delivery.source, cohort=cohort, state=Slice.State.SUPERSEDED)
    for piece in replaced.select_related("delivery__file").order_by("-delivery_id"):
        if piece.delivery.file_id != delivery.file_id:
            return piece
        piece.state = Slice.State.TAKEN_BACK
        piece.save(update_fields=["state"])
    return None


def _publish_slice_again(piece):
    reference = build.load()
    outcomes = build.converted(piece, reference)["outcome"].assign(source=piece.source)
    facts.add(outcomes[outcomes["cohort_id"] == piece.cohort], piece.delivery)
