"""Pieces of files on disk: a folder an upload, which holds what is known of it (`notes.json`) and its bytes (`content`).

Nothing of it is in the database, which a publication may hold for minutes. Names given by people are never used as paths.
"""

import fcntl
import hashlib
import json
import os
import re
import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import IO

from django.conf import settings

KEPT_SECONDS = 24 * 3600
# Left alone for as long, an upload makes room for another of the same person.
IDLE_SECONDS = 3600
MOST_FILES = 50
_READ = 256 * 1024
_TOKEN = re.compile(r"[\w-]{22}")


class Refused(Exception):
    """The upload is not taken; its text says why, in French. status: that of the answer."""

    status = 409


class TooLarge(Refused):
    status = 413


class WrongPiece(Refused):
    """The piece is not the next one, is cut, or is not what its SHA-256 says: nothing of it is kept."""


@dataclass(frozen=True)
class Upload:
    """owner: key of who sends it. mark: what a browser knows a file by, beside its name and size. offset: bytes received, of
    `size`."""

    token: str
    owner: int
    name: str
    size: int
    mark: str
    offset: int = 0

    @property
    def is_whole(self) -> bool:
        return self.offset == self.size


def begin(owner: int, name: str, size: int, mark: str) -> Upload:
    """The upload of a file, the former one where the same file was begun. Raises TooLarge, or Refused."""
    if size > settings.UPLOAD_MAX_BYTES:
        raise TooLarge(too_large_sentence())
    own = list(of(owner))
    for upload in own:
        if (upload.name, upload.size, upload.mark) == (name, size, mark):
            return upload
    _make_room(own, size)
    upload = Upload(secrets.token_urlsafe(16), owner, name[:255], size, mark[:40])
    folder = _folder(upload.token)
    folder.mkdir(parents=True, mode=0o700)
    (folder / "content").touch()
    _note(upload)
    return upload


def too_large_sentence() -> str:
    """What is said of files that are over the ceiling, together or alone."""
    most = settings.UPLOAD_MAX_BYTES // 1024**2
    return (
        f"Ces fichiers dépassent {most}\u00a0Mo\u00a0: rien n’en est gardé. Déposez-les un par un, compressez-les (ZIP, GZ), ou "
        "découpez-les."
    )


def _make_room(own, size):
    """Forget what its owner left alone, where there is no room for what comes; raises Refused where there is none still."""
    idle = sorted((upload for upload in own if _age(upload) > IDLE_SECONDS), key=_age, reverse=True)
    kept = sum(upload.size for upload in own)
    number = len(own)
    while idle and (kept + size > settings.UPLOAD_MAX_BYTES or number >= MOST_FILES):
        oldest = idle.pop(0)
        kept, number = kept - oldest.size, number - 1
        forget(oldest)
    if kept + size > settings.UPLOAD_MAX_BYTES or number >= MOST_FILES:
        raise TooLarge(
            "D’autres envois à vous ne sont pas finis\u00a0: terminez-les d’abord. Sans suite, ils s’effacent en une heure."
        )
    root = _root()
    root.mkdir(parents=True, exist_ok=True)
    if shutil.disk_usage(root).free < size + settings.UPLOAD_MAX_BYTES // 10:
        raise TooLarge(
            "Le disque du serveur n’a pas la place de ce fichier\u00a0: dites-le à qui exploite le portail."
        )


def of(owner: int) -> Iterator[Upload]:
    """The uploads of somebody."""
    for path in sorted(_root().glob("*/notes.json")):
        upload = _read(path.parent)
        if upload and upload.owner == owner:
            yield upload


def find(owner: int, token: str) -> Upload | None:
    """An upload of somebody; None for one of somebody else, or that is forgotten."""
    upload = _read(_folder(token)) if _TOKEN.fullmatch(token) else None
    return upload if upload and upload.owner == owner else None


def add(upload: Upload, offset: int, piece: IO[bytes], length: int, sha256: str = "") -> Upload:
    """The upload after its next piece, which starts at `offset`, holds `length` bytes, and has that SHA-256 unless it is "".

    Raises WrongPiece, also while another window sends the same file.
    """
    with _alone(upload) as content:
        known = _read(_folder(upload.token)) or upload
        if offset != known.offset or offset + length > known.size:
            raise WrongPiece("Ce morceau n’est pas celui qui est attendu.")
        # What a kill left after the last whole piece.
        content.truncate(offset)
        content.seek(offset)
        digest, left = hashlib.sha256(), length
        while left and (part := piece.read(min(_READ, left))):
            digest.update(part)
            content.write(part)
            left -= len(part)
        if left or (sha256 and digest.hexdigest() != sha256.lower()):
            content.truncate(offset)
            raise WrongPiece("Ce morceau est arrivé abîmé.")
        content.flush()
        after = replace(known, offset=offset + length)
        _note(after)
        return after


@contextmanager
def _alone(upload):
    try:
        with (_folder(upload.token) / "content").open("r+b") as content:
            try:
                fcntl.flock(content, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                raise WrongPiece("Ce fichier est déjà en train d’arriver, d’une autre fenêtre.") from error
            yield content
    except FileNotFoundError as error:
        raise Refused("Cet envoi est oublié\u00a0: recommencez.") from error


def opened(upload: Upload) -> IO[bytes]:
    """The content of a whole upload."""
    return (_folder(upload.token) / "content").open("rb")


def forget(upload: Upload) -> None:
    """Remove an upload, received or given up."""
    shutil.rmtree(_folder(upload.token), ignore_errors=True)


def forget_old() -> None:
    """Remove the uploads that nobody went on with for a day."""
    for folder in _root().glob("*/"):
        upload = _read(folder)
        if upload is None or _age(upload) > KEPT_SECONDS:
            shutil.rmtree(folder, ignore_errors=True)


def _root() -> Path:
    return settings.VAR_DIR / "uploads"


def _folder(token: str) -> Path:
    return _root() / token


def _age(upload: Upload) -> float:
    try:
        return time.time() - (_folder(upload.token) / "notes.json").stat().st_mtime
    except FileNotFoundError:
        return 0


def _note(upload: Upload) -> None:
    """Whole or as it was, whenever the process is killed."""
    path = _folder(upload.token) / "notes.json"
    part = path.with_suffix(".partiel")
    part.write_text(json.dumps(asdict(upload)), encoding="utf-8")
    os.replace(part, path)


def _read(folder: Path) -> Upload | None:
    try:
        return Upload(**json.loads((folder / "notes.json").read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None
