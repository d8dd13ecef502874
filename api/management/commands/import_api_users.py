"""Bring the users of the former Exposition API over, with their password hashes."""

import json
import re
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from api.models import ApiUser

# hash of 64 bytes in hexadecimal $ iterations $ salt
_HASH = re.compile(r"[0-9a-f]{128}\$[0-9]+\$[0-9a-zA-Z]+")


class Command(BaseCommand):
    help = (
        "Importe les utilisateurs de l’ancienne API Exposition depuis leur export JSON : une liste, ou un objet "
        "par ligne. Les mots de passe restent ceux d’avant, et sont hachés autrement à la prochaine connexion."
    )

    def add_arguments(self, parser):
        parser.add_argument("fichier", type=Path, help="export JSON de la collection « users »")

    def handle(self, *args, fichier, **options):
        users = _users(fichier)
        wrong = [str(place) for place, user in enumerate(users, 1) if not _is_right(user)]
        if wrong:
            raise CommandError(
                f"Rien n’a été importé : sans identifiant ou sans mot de passe haché reconnu, n° {', '.join(wrong)}."
            )
        known = set(ApiUser.objects.values_list("username", flat=True))
        new = {user["username"]: user["password"] for user in users if user["username"] not in known}
        ApiUser.objects.bulk_create(ApiUser(username=name, password=hashed) for name, hashed in new.items())
        self.stdout.write(f"{len(new)} utilisateurs importés, {len(users) - len(new)} déjà là et laissés.")


def _users(path):
    try:
        text = path.read_text(encoding="utf-8-sig").strip()
        users = json.loads(text) if text.startswith("[") else [json.loads(line) for line in text.splitlines()]
    except (OSError, ValueError) as error:
        raise CommandError(f"{path} ne se lit pas comme du JSON : {error}") from error
    if not all(isinstance(user, dict) for user in users):
        raise CommandError(f"{path} n’est pas une liste d’utilisateurs.")
    return users


def _is_right(user):
    return bool(user.get("username")) and bool(_HASH.fullmatch(str(user.get("password"))))
