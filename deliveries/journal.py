"""The journal of deliveries: who published which file over which version, and which slices it replaced."""

import gzip
from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser

from accounts.names import name_of
from deliveries.approval import Approval
from deliveries.candidates import Candidate
from deliveries.writing import Writing
from stats.models import DeliveredFile, Delivery, Slice


@dataclass(frozen=True)
class Journal:
    """Writes the entries of one writer.

    approval: what was agreed to, None when nobody had to. confirms: whether everything that the command line has to confirm
    is, as on a dry run, which keeps nothing, or under an approval, which is looked at once the reports are finished.
    """

    writing: Writing
    user: AbstractBaseUser | None = None
    approval: Approval | None = None
    confirms: bool = False

    def allows(self, candidate: Candidate) -> bool:
        """Whether a file may be published, as far as confirmations go; its status says when it waits for one."""
        if self.confirms or not candidate.report.to_confirm:
            return True
        candidate.report.status = "a_confirmer"
        return False

    def publish(self, candidate: Candidate, cohorts: Iterable[str]) -> Delivery:
        """Store the file and its delivery, and make its slices the live ones."""
        report, name = candidate.report, candidate.source.name
        file, _ = DeliveredFile.objects.get_or_create(
            sha256=candidate.table.sha256,
            defaults={
                "size": len(candidate.file.content),
                "content": gzip.compress(candidate.file.content, 6, mtime=0),
            },
        )
        delivery = self._enter(
            source=name,
            file_name=candidate.file.name,
            file=file,
            columns=dict(candidate.file.columns),
            version=self.writing.change(),
            approval=self.approval.of_file(candidate.table.sha256) if self.approval else {},
        )
        Slice.objects.filter(source=name, cohort__in=cohorts, state=Slice.State.LIVE).update(
            state=Slice.State.SUPERSEDED
        )
        Slice.objects.bulk_create(Slice(delivery=delivery, source=name, cohort=cohort) for cohort in cohorts)
        report.delivery, report.status = delivery.pk, "publie"
        return delivery

    def take_back(self, delivery: Delivery, reason: str = "") -> Delivery:
        """The entry that says that a delivery is taken back, and why."""
        return self._enter(
            source=delivery.source,
            action=Delivery.Action.TAKEN_BACK,
            file_name=delivery.file_name,
            file=delivery.file,
            columns=delivery.columns,
            version=self.writing.change(),
            report={"livraison_retiree": delivery.pk},
            reason=reason,
        )

    def _enter(self, **fields):
        """Write an entry, which the writer chains at its end."""
        entry = Delivery.objects.create(user=self.user, user_name=name_of(self.user), **fields)
        return self.writing.record(entry)


def finish(candidate: Candidate) -> None:
    """Write the finished report in the journal, once all the files of its transaction are published."""
    report = candidate.report
    if not report.delivery:
        return
    if Slice.objects.filter(delivery=report.delivery).exclude(state=Slice.State.LIVE).exists():
        report.add("remplace_aussitot")
    Delivery.objects.filter(pk=report.delivery).update(report=report.as_dict())
