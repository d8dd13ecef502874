"""Settings as the environment gives them: each read by its kind, refused with the way to mend it."""

import os
import re
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, default).strip()


def email(name: str) -> str:
    value = text(name)
    if value and not re.fullmatch(r"[^@\s]+@[^@\s]+", value):
        raise ImproperlyConfigured(f"{name}={value!r}\u00a0: écrire une adresse électronique.")
    return value


def flag(name: str, default: bool = False) -> bool:
    value = text(name, "1" if default else "0").lower()
    if value in {"1", "true", "yes", "on", "oui"}:
        return True
    if value in {"0", "false", "no", "off", "non", ""}:
        return False
    raise ImproperlyConfigured(f"{name}={value!r}\u00a0: écrire 1 ou 0.")


def items(name: str, default: str = "", separator: str = ",") -> list[str]:
    return [item.strip() for item in text(name, default).split(separator) if item.strip()]


def number(name: str, default: int) -> int:
    value = text(name)
    if value and not value.isdecimal():
        raise ImproperlyConfigured(f"{name}={value!r}\u00a0: écrire un nombre entier.")
    return int(value or default)


def choice(name: str, default: str, choices: tuple[str, ...]) -> str:
    value = text(name, default)
    if value not in choices:
        raise ImproperlyConfigured(
            f"{name}={value!r}\u00a0: écrire {', '.join(choices[:-1])} ou {choices[-1]}."
        )
    return value


def rate(name: str, default: str) -> str | None:
    """Requests a period, "120/min"; None, no limit, when it is empty."""
    value = text(name, default)
    if value and not re.fullmatch(r"[1-9]\d*/(s|sec|min|hour|day)", value):
        raise ImproperlyConfigured(
            f"{name}={value!r}\u00a0: écrire par exemple 120/min (s, min, hour, day), ou rien."
        )
    return value or None


def lists_by_name(name: str, names: tuple[str, ...]) -> dict[str, list[str]]:
    """ "default=2022,2023;regionales=2021_2022" as {"default": ["2022", "2023"], "regionales": ["2021_2022"]}."""
    lists = {}
    for part in items(name, separator=";"):
        key, _, values = part.partition("=")
        lists[key.strip()] = [value.strip() for value in values.split(",") if value.strip()]
    if unknown := sorted(set(lists) - set(names)):
        raise ImproperlyConfigured(f"{name}\u00a0: noms inconnus {', '.join(unknown)}.")
    return lists


def secret_key(directory: Path) -> str:
    """The key of the environment; a work station keeps one in `directory`, so that sign-ins survive a restart."""
    if key := os.environ.get("SECRET_KEY"):
        return key
    if not flag("ALLOW_LOCAL_SECRET_KEY"):
        raise ImproperlyConfigured(
            "SECRET_KEY est absente de l’environnement. En production, donner une longue chaîne aléatoire et "
            "secrète\u00a0; sur un poste de travail, `make run` en crée une (ALLOW_LOCAL_SECRET_KEY=1)."
        )
    directory.mkdir(parents=True, exist_ok=True)
    path = directory / "secret_key"
    if not path.exists():
        path.write_text(get_random_secret_key(), encoding="utf-8")
        path.chmod(0o600)
    return path.read_text(encoding="utf-8")
