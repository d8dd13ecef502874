"""`manage.py audit_disclosure`: list what the published figures let one deduce, and apply DISCLOSURE_MODE again."""

from django.conf import settings
from django.core.management.base import BaseCommand

from deliveries import disclosure_audit, measured_dates
from deliveries.report import deduced_lines, disclosure_sentences
from deliveries.signals import announce_publication
from deliveries.sources import ALL
from deliveries.writing import one_writer
from stats.disclosure_control.sums import Mode
from stats.models import Cohort, Delivery, Slice

_OF_FIGURES = [source.name for source in ALL if source.has_cohorts]


class Command(BaseCommand):
    help = "Dit ce que les totaux publiés permettent de déduire des petits groupes ; --apply remet le réglage en œuvre."

    def add_arguments(self, parser):
        parser.add_argument(
            "--apply",
            action="store_true",
            help="remettre les chiffres retenus, puis retenir ce que veut DISCLOSURE_MODE (à lancer quand il change)",
        )

    def handle(self, *args, apply, **options):
        with one_writer() as writing:
            cohorts = list(Cohort.objects.values_list("code", flat=True))
            if apply:
                audit = disclosure_audit.apply_mode(cohorts)
                measured_dates.settle()
                self._journal(audit, writing)
            else:
                audit = disclosure_audit.audit(cohorts)
        self._print(audit)
        if apply:
            announce_publication(self.stdout)

    def _print(self, audit):
        if audit is None:
            self.stdout.write(
                "Rien à recouper."
                if Mode(settings.DISCLOSURE_MODE) is not Mode.OFF
                else "Réglage\u00a0: off."
            )
            return
        for sentence in disclosure_sentences(audit.as_dict()):
            self.stdout.write(sentence)
        if audit.contradicted:
            self.stdout.write(
                f"Totaux qui ne sont pas la somme de leurs parties\u00a0: {audit.contradicted}."
            )
        for line in deduced_lines(audit.listed):
            self.stdout.write(line)

    def _journal(self, audit, writing):
        """Add an entry to the journal: figures may have changed."""
        version = writing.change()
        last = (
            Slice.objects.filter(state=Slice.State.LIVE, source__in=_OF_FIGURES)
            .order_by("-delivery_id")
            .first()
        )
        if last:
            entry = Delivery.objects.create(
                source=last.source,
                action=Delivery.Action.AUDITED,
                file_name=last.delivery.file_name,
                file=last.delivery.file,
                version=version,
                report={"recoupements": audit.as_dict() if audit else None},
            )
            writing.record(entry)
