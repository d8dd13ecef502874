"""`manage.py fetch`: fetch the files of a service into a submission, as the page of the desk does."""

import sys

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from deliveries.cells import cohort_code
from deliveries.fetching import catalogue, workspace
from deliveries.fetching.faults import FetchFailed
from deliveries.fetching.run import arrived, fetch, keep_at_once
from deliveries.management.commands.ingest import Bar
from deliveries.operations.tasks import wake
from deliveries.progress import told_to


class Command(BaseCommand):
    help = (
        "Récupère les fichiers d’un service dans un dépôt, que le travailleur contrôle\u00a0; rien n’est publié. Interrompue, elle "
        "reprend où elle en était. Codes de sortie\u00a0: 0 récupéré ou inchangé, 1 refusé par le service, 2 mal appelé."
    )

    def add_arguments(self, parser):
        names = ", ".join(catalogue.by_name(settings.FETCHED_SERVICES))
        parser.add_argument("service", nargs="?", default="", metavar="SERVICE", help=f"un de {names}")
        parser.add_argument("--cohort", default="", metavar="2022_2023", help="où le service la demande")

    def handle(self, *args, service, cohort, **options):
        if not service:
            return self._list()
        what = catalogue.by_name(settings.FETCHED_SERVICES).get(service)
        if what is None:
            raise CommandError(f"Service inconnu\u00a0: {service}. Voir manage.py fetch.", returncode=2)
        if missing := what.missing(settings.FETCHED_SERVICES):
            raise CommandError(f"Non configuré\u00a0: il manque {', '.join(missing)}.", returncode=2)
        if what.asks_cohort != bool(cohort) or cohort_code(cohort) != cohort:
            sentence = "Ce service demande --cohort 2022_2023." if what.asks_cohort else "Sans --cohort."
            raise CommandError(sentence, returncode=2)
        try:
            with tqdm(disable=not sys.stderr.isatty()) as bar, told_to(Bar(bar)):
                self.stdout.write(_fetch(what, cohort))
        except FetchFailed as error:
            raise CommandError(str(error), returncode=1) from error
        wake()
        return None

    def _list(self):
        for what in catalogue.by_name(settings.FETCHED_SERVICES).values():
            missing = ", ".join(what.missing(settings.FETCHED_SERVICES))
            state = f"non configuré, il manque {missing}" if missing else "configuré"
            self.stdout.write(f"{what.name}\u00a0: {what.label} ({state})")


def _fetch(what, cohort):
    with workspace.held(what.name, cohort) as folder:
        outcome = keep_at_once(arrived(fetch(what, folder, cohort)), what.label)
        workspace.forget(folder)
    return outcome.sentence
