"""A large file, kept on disk as it comes, and continued where it was cut if the server allows it."""

import json
import os
import re
from collections.abc import Callable, Mapping
from pathlib import Path

from deliveries.fetching.faults import FetchFailed
from deliveries.fetching.http import Client, Response, refuse_page, refuse_size

_CHUNK = 256 * 1024
_PAGE = re.compile(rb"\s*(\xef\xbb\xbf)?\s*<(!doctype\s+html|html|head|body)\b", re.IGNORECASE)
FILE_TYPES = (
    *("text/csv", "text/plain", "application/csv", "application/vnd.ms-excel"),
    *("application/json", "application/x-ndjson", "application/octet-stream", "binary/octet-stream"),
    *("application/zip", "application/x-zip-compressed", "application/gzip", "application/x-gzip"),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
)


def download(
    client: Client,
    address: str,
    path: Path,
    headers: Mapping[str, str] | None = None,
    told: Callable[[int, int], None] = lambda done, total: None,
) -> None:
    """Write a file at `path`, nothing where it is there already. told: is given bytes done, and in all, 0 where nobody knows.

    What a cut or a kill leaves, `path` + ".partiel", is continued by a range of bytes, under the same ETag or date only; where
    the server does not do that, the file starts again. Raises FetchFailed, or Unauthorised.
    """
    if path.exists():
        return
    part = _Part(path)
    moved_to = [part.size]

    def has_moved() -> bool:
        former, moved_to[0] = moved_to[0], part.size
        return part.size > former

    client.persist(lambda: _once(client, address, part, dict(headers or {}), told), has_moved)
    part.finish()


def _once(
    client: Client, address: str, part: "_Part", headers: dict[str, str], told: Callable[[int, int], None]
) -> None:
    headers["Accept-Encoding"] = "identity"
    response = client.open("GET", address, headers | part.range(), accepted=(200, 206, 416))
    with response:
        if response.status == 416 or (response.status == 206 and not part.goes_on(response)):
            # Not the bytes that were asked for: from the beginning, at the next try.
            part.restart({})
            response.close()
            return _once(client, address, part, headers, told)
        refuse_page(response, FILE_TYPES)
        if response.status == 200:
            part.restart(response.headers)
        left = int(response.headers.get("Content-Length") or 0)
        total = part.size + left if left else 0
        refuse_size(max(total, part.size), client.manners.most_bytes)
        told(part.size, total)
        for chunk in response.stream(_CHUNK, decode_content=False):
            if part.size == 0 and _PAGE.match(chunk):
                raise FetchFailed(
                    "Le service a répondu par une page web, pas par des données\u00a0: sans doute une erreur."
                )
            refuse_size(part.size + len(chunk), client.manners.most_bytes)
            part.add(chunk)
            told(part.size, total)
    if part.size == 0:
        raise FetchFailed("Le service a répondu par un fichier vide.")
    return None


class _Part:
    """The beginning of a file, and what tells whether the server still has the same one (`If-Range`)."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._part = path.with_name(f"{path.name}.partiel")
        self._notes = path.with_name(f"{path.name}.notes")

    @property
    def size(self) -> int:
        return self._part.stat().st_size if self._part.exists() else 0

    def range(self) -> dict[str, str]:
        """The headers that ask for the rest; none where the file starts again."""
        validator = self._validator()
        if not (self.size and validator):
            return {}
        return {"Range": f"bytes={self.size}-", "If-Range": validator}

    def goes_on(self, response: Response) -> bool:
        return response.headers.get("Content-Range", "").startswith(f"bytes {self.size}-")

    def restart(self, headers: Mapping[str, str]) -> None:
        etag = headers.get("ETag", "")
        # A weak ETag says that the meaning is the same, not the bytes.
        validator = etag if etag.startswith('"') else headers.get("Last-Modified", "")
        self._part.write_bytes(b"")
        self._notes.write_text(json.dumps({"validator": validator}), encoding="utf-8")

    def add(self, chunk: bytes) -> None:
        with self._part.open("ab") as file:
            file.write(chunk)

    def finish(self) -> None:
        os.replace(self._part, self._path)
        self._notes.unlink(missing_ok=True)

    def _validator(self) -> str:
        try:
            return json.loads(self._notes.read_text(encoding="utf-8"))["validator"]
        except (OSError, ValueError, KeyError):
            return ""
