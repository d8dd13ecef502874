"""Whether a worker is there to do what the desk asks, said by a file that it touches while it runs, busy or idle.

On both databases: the worker has the same `VAR_DIR` as the server of pages, and a publication keeps nobody from writing there.
"""

from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

# It says so every five seconds; reading a large file may keep it from it for some.
GONE_AFTER = timedelta(minutes=1)
_IN_PROCESS = "django_tasks.backends.immediate.ImmediateBackend"


def say_here() -> None:
    """Say that a worker is there."""
    _path().parent.mkdir(parents=True, exist_ok=True)
    _path().touch()


def last_seen() -> datetime | None:
    """When a worker last said that it was there, None where none ever did."""
    try:
        seconds = _path().stat().st_mtime
    except OSError:
        return None
    return datetime.fromtimestamp(seconds, tz=timezone.get_current_timezone())


def absence() -> str:
    """What the desk says where no worker is there; "" where one is, or where work is done at once, as in tests."""
    if settings.TASKS["default"]["BACKEND"] == _IN_PROCESS:
        return ""
    seen = last_seen()
    if seen and timezone.now() - seen < GONE_AFTER:
        return ""
    since = f" depuis le {timezone.localtime(seen):%d/%m/%Y à %H:%M}" if seen else ""
    return (
        f"Aucun travailleur ne tourne{since}\u00a0: ce qui est demandé ici attend, rien n’est contrôlé ni publié. "
        "Prévenez qui exploite le portail."
    )


def _path() -> Path:
    return settings.VAR_DIR / "operations" / "travailleur"
