"""`manage.py verify_journal`: is each entry of the journals still what was written, and is none missing?"""

from django.core.management.base import BaseCommand, CommandError

from accounts.events import verify_events
from accounts.hash_chain import sentence_of
from deliveries.figure_notices.journal import verify_notices
from deliveries.journal_chain import verify_journal


class Command(BaseCommand):
    help = "Vérifie que les journaux sont entiers ; rend 1 et nomme l’entrée où l’un est rompu."

    def handle(self, *args, **options):
        broken = []
        for name, found in (
            ("livraisons", verify_journal()),
            ("personnes", verify_events()),
            ("avis", verify_notices()),
        ):
            sentence = f"Journal des {name}\u00a0: {sentence_of(found)}"
            if found.is_intact:
                self.stdout.write(f"{sentence} Dernière empreinte\u00a0: {found.last}")
            else:
                broken.append(sentence)
        if broken:
            raise CommandError("\n".join(broken))
