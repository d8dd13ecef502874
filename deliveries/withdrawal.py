"""A delivery taken back: its slices show again what they showed before it."""

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from deliveries import attributions, disclosure_audit, facts
from deliveries.publication import rebuild_reference_tables
from deliveries.reference_tables import build
from deliveries.source import Stage
from deliveries.sources import ALL
from stats.models import Delivery, Slice


def can_take_back(delivery: Delivery) -> bool:
    """Whether every slice of the delivery is still the live one."""
    pieces = list(delivery.slices.all())
    return bool(pieces) and all(piece.state == Slice.State.LIVE for piece in pieces)


@transaction.atomic
def take_back(delivery: Delivery, user: AbstractBaseUser | None = None) -> Delivery:
    """Withdraw a delivery and publish the former file of each of its slices again, where there is one.

    Returns the entry of the journal. Raises ValueError when a later delivery replaced one of its slices.
    """
    if not can_take_back(delivery):
        raise ValueError("une livraison plus récente a remplacé celle-ci")
    stage = next(source.stage for source in ALL if source.name == delivery.source)
    cohorts = list(delivery.slices.values_list("cohort", flat=True))
    entry = Delivery.objects.create(
        source=delivery.source,
        action=Delivery.Action.TAKEN_BACK,
        file_name=delivery.file_name,
        file=delivery.file,
        user=user,
        report={"livraison_retiree": delivery.pk},
    )
    delivery.slices.update(state=Slice.State.TAKEN_BACK)
    formers = [piece for cohort in cohorts if (piece := _former(delivery.source, cohort))]
    Slice.objects.filter(pk__in=[piece.pk for piece in formers]).update(state=Slice.State.LIVE)
    if stage is Stage.FIGURES:
        attributions.clear(cohorts)
        for cohort in cohorts:
            facts.delete(delivery.source, cohort)
        for piece in formers:
            _publish_slice_again(piece)
        build.rebuild_from(Stage.SCHOOLS)
        facts.prefer(cohorts)
        if disclosure := disclosure_audit.apply_mode(cohorts):
            entry.report["recoupements"] = disclosure.as_dict()
            entry.save(update_fields=["report"])
        attributions.rebuild(cohorts)
    else:
        rebuild_reference_tables(stage, {delivery.source})
    return entry


def _former(source, cohort):
    """The last slice of this source and cohort that a later delivery replaced, None when there is none."""
    replaced = Slice.objects.filter(source=source, cohort=cohort, state=Slice.State.SUPERSEDED)
    return replaced.select_related("delivery__file").order_by("-delivery_id").first()


def _publish_slice_again(piece):
    reference = build.load()
    _, frames = build.read_live(piece, reference)
    outcomes = frames["outcome"].assign(source=piece.source)
    facts.replace(outcomes[outcomes["cohort_id"] == piece.cohort], piece.delivery)
