"""`manage.py verify_journal`: is each entry of the journals still what was written, and is none missing?"""

from django.core.management.base import BaseCommand, CommandError

from accounts.hash_chain import sentence_of
from deliveries.journal_chain import verify_journal


class Command(BaseCommand):
    help = "Vérifie que le journal des livraisons est entier ; rend 1 et nomme l’entrée où il est rompu."

    def handle(self, *args, **options):
        found = verify_journal()
        sentence = f"Journal des livraisons\u00a0: {sentence_of(found)}"
        if not found.is_intact:
            raise CommandError(sentence)
        self.stdout.write(f"{sentence} Dernière empreinte\u00a0: {found.last}")
