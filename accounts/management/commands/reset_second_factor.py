"""`manage.py reset_second_factor`: for the only administrator, who lost the telephone and the recovery codes."""

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from accounts import second_factor, sessions
from accounts.events import record
from accounts.models import Event


class Command(BaseCommand):
    help = "Ôte le second facteur d’un compte\u00a0: un autre sera demandé à la prochaine connexion. Ses sessions sont fermées."

    def add_arguments(self, parser):
        parser.add_argument("identifiant")

    def handle(self, *args, identifiant, **options):
        user = get_user_model().objects.filter(username=identifiant).first()
        if user is None:
            raise CommandError(f"Aucun compte ne s’appelle «\u00a0{identifiant}\u00a0».")
        second_factor.reset(user)
        sessions.end(user)
        record(Event.Kind.FACTOR_RESET, about=user)
        self.stdout.write(f"{user} mettra un second facteur en place à la prochaine connexion.")
