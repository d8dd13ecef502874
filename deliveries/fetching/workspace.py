"""Where a fetch keeps what it has, in `VAR_DIR/fetching`, a folder a service and cohort: a kill or a restart loses nothing.

Only who runs the portal reads there. What is a day old starts again: half of it may have changed since.
"""

import fcntl
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from deliveries.fetching.faults import FetchFailed

KEPT_SECONDS = 24 * 3600
_BEGUN = "commence"


@contextmanager
def held(name: str, cohort: str) -> Iterator[Path]:
    """The folder of a fetch, for one process at a time. Raises FetchFailed where another has it."""
    root = _root()
    root.mkdir(parents=True, exist_ok=True)
    os.chmod(root, 0o700)
    folder = root / "-".join(filter(None, (name, cohort)))
    with (root / f"{folder.name}.verrou").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise FetchFailed("Une autre récupération de cette source est en cours.") from error
        if _is_old(folder):
            shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(exist_ok=True)
        if not (folder / _BEGUN).exists():
            (folder / _BEGUN).touch()
        yield folder


def forget(folder: Path) -> None:
    """Remove what a fetch kept, once its files are in a submission."""
    shutil.rmtree(folder, ignore_errors=True)


def forget_old() -> None:
    """Remove what no fetch would go on with any more."""
    for folder in _root().glob("*/"):
        if _is_old(folder):
            forget(folder)


def _root():
    return settings.VAR_DIR / "fetching"


def _is_old(folder):
    try:
        return time.time() - (folder / _BEGUN).stat().st_mtime > KEPT_SECONDS
    except FileNotFoundError:
        return True
