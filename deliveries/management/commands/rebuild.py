"""`manage.py rebuild`: rebuild the tables computed from the delivered files, after an upgrade of the portal."""

from django.core.management.base import BaseCommand

from deliveries import attributions
from deliveries.reference_tables import build
from deliveries.report import reachable_sentence
from deliveries.reread import reread_reasons
from deliveries.signals import announce_publication
from deliveries.source import Stage
from deliveries.writing import one_writer
from formations.models import Diploma
from stats.models import Attribution, Certification, Outcome


class Command(BaseCommand):
    help = (
        "Refait, à partir des fichiers gardés, les tables de référence, les raisons des chiffres absents et où chaque "
        "chiffre est montré. "
        "À lancer après une mise à jour du portail."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--if-needed", action="store_true", help="seulement si une de ces tables n’a jamais été faite"
        )

    def handle(self, *args, if_needed, **options):
        with one_writer() as writing:
            if if_needed and not _is_lacking():
                return
            attributions.clear()
            build.rebuild_from(Stage.TERRITORIES)
            if not if_needed:
                reread_reasons()
            self.stdout.write(reachable_sentence(attributions.rebuild()) or "Tables de référence refaites.")
            writing.change()
        announce_publication(self.stdout)


def _is_lacking():
    """Whether an older version of the portal published without filling the tables that this one reads."""
    lacks_attributions = Outcome.objects.exists() and not Attribution.objects.exists()
    return lacks_attributions or (Diploma.objects.exists() and not Certification.objects.exists())
