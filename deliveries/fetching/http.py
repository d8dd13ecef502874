"""Ask a service over HTTP: politely, again where it is worth it, and never more than a disk or a memory holds.

TLS certificates are verified. An answer of another host is never followed: it would be given the credentials.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

import urllib3
from urllib3.exceptions import HTTPError, MaxRetryError, SSLError

from deliveries.fetching.faults import FetchFailed, Unauthorised
from deliveries.fetching.pace import Pause, bucket_of

Response = urllib3.BaseHTTPResponse
# Too many requests, or the service is not there for a moment.
_AGAIN = (408, 425, 429, 500, 502, 503, 504)
_MOST_REDIRECTS = 3
_LONGEST_WAIT = 600
_REPLY_BYTES = 100 * 1024**2
_LOCAL = {"127.0.0.1", "localhost", "::1"}
_WHO = {"User-Agent": "portail-inserjeunes"}
JSON_TYPES = ("application/json", "text/json", "text/plain")


@dataclass(frozen=True)
class Manners:
    """attempts: how many times in a row a request may fail. backoff: seconds, doubled after each failure, to which up to as
    many are added by chance. per_second: most requests a second, None for no limit. most_bytes: of a downloaded file. read_seconds: how long to wait for the next bytes."""

    attempts: int = 6
    backoff: float = 1.0
    per_second: float | None = None
    most_bytes: int = 2 * 1024**3
    read_seconds: float = 90


@dataclass(frozen=True)
class Reply:
    """status: 200, or one that the caller accepts. headers: its cookies, by their header."""

    status: int
    body: bytes
    headers: Mapping[str, str]

    def json(self) -> Any:
        try:
            return json.loads(self.body)
        except ValueError as error:
            raise FetchFailed("Le service n’a pas répondu par du JSON.") from error


class Client:
    """Asks one service. base: its address, "https://exemple.fr/api", without credentials. pause: waits for seconds."""

    def __init__(self, base: str, manners: Manners, pause: Pause) -> None:
        place = urlsplit(base)
        if place.scheme != "https" and place.hostname not in _LOCAL:
            raise FetchFailed("L’adresse du service ne commence pas par https://.")
        if place.username or place.password or not place.hostname:
            raise FetchFailed("L’adresse du service est mal écrite, ou contient un mot de passe.")
        self._base = base.rstrip("/")
        self._origin = (place.scheme, place.netloc)
        self.manners = manners
        self._pause = pause
        self._bucket = bucket_of(place.netloc, manners.per_second) if manners.per_second else None
        self._pool = urllib3.PoolManager(
            cert_reqs="CERT_REQUIRED",
            timeout=urllib3.Timeout(connect=10, read=manners.read_seconds),
            retries=False,
        )

    def address(self, path: str, query: Mapping[str, str] | None = None) -> str:
        """The address of a path of the service, or of the service itself for ""."""
        return self._base + path + (f"?{urlencode(query)}" if query else "")

    def ask(
        self,
        method: str,
        address: str,
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
        accepted: tuple[int, ...] = (),
    ) -> Reply:
        """A small reply, whole. accepted: other statuses than 200 which are an answer. Raises FetchFailed, or Unauthorised."""

        def once() -> Reply:
            response = self.open(method, address, headers, body, (200, *accepted))
            with response:
                if response.status == 200:
                    refuse_page(response, JSON_TYPES)
                return Reply(response.status, whole(response, _REPLY_BYTES), response.headers)

        return self.persist(once)

    def persist(self, once: Callable[[], Any], has_moved: Callable[[], bool] = lambda: False) -> Any:
        """What `once` returns; it is called again after a failure that may not last, and after a while.

        has_moved: whether the last call brought something, however it ended: failures are then counted anew.
        """
        new = urllib3.Retry(
            total=self.manners.attempts - 1,
            allowed_methods=None,
            backoff_factor=self.manners.backoff,
            backoff_jitter=self.manners.backoff,
            backoff_max=_LONGEST_WAIT,
        )
        retry = new
        while True:
            if self._bucket:
                self._bucket.take(self._pause)
            try:
                return once()
            except SSLError as error:
                raise FetchFailed("La connexion n’est pas sûre\u00a0: le certificat est refusé.") from error
            except (_Unavailable, HTTPError) as error:
                wait = error.wait if isinstance(error, _Unavailable) else None
                try:
                    retry = (new if has_moved() else retry).increment("GET", "", error=error)
                except (MaxRetryError, HTTPError) as last:
                    raise FetchFailed(_sentence(error)) from last
                self._pause(min(_LONGEST_WAIT, wait if wait is not None else retry.get_backoff_time()))

    def open(
        self,
        method: str,
        address: str,
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
        accepted: tuple[int, ...] = (200,),
    ) -> Response:
        """An answer of which the body is not read yet; raises what `persist` waits after, or FetchFailed."""
        for _ in range(_MOST_REDIRECTS + 1):
            response = self._pool.request(
                method,
                address,
                body=body,
                headers=_WHO | dict(headers or {}),
                redirect=False,
                preload_content=False,
            )
            if response.status in accepted:
                return response
            response.close()
            if response.status not in {301, 302, 303, 307, 308}:
                _refuse(response)
            address = self._followed(urljoin(address, response.headers.get("Location", "")))
        raise FetchFailed("Le service renvoie sans fin d’une adresse à l’autre.")

    def _followed(self, address: str) -> str:
        place = urlsplit(address)
        if (place.scheme, place.netloc) != self._origin:
            raise FetchFailed(
                f"Le service renvoie vers un autre site, «\u00a0{place.hostname}\u00a0»\u00a0: rien n’y est demandé."
            )
        return address


class _Unavailable(HTTPError):
    """The service says that it cannot answer now. wait: seconds, where it says for how long."""

    def __init__(self, status: int, wait: float | None) -> None:
        super().__init__(f"{status}")
        self.status, self.wait = status, wait


def _refuse(response: Response) -> None:
    if response.status in _AGAIN:
        raise _Unavailable(response.status, _retry_after(response))
    if response.status in {401, 403}:
        raise Unauthorised("Le service refuse l’identifiant ou le mot de passe.")
    if response.status == 404:
        raise FetchFailed("Le service ne connaît pas cette adresse (404).")
    raise FetchFailed(f"Le service a répondu {response.status}.")


def _retry_after(response: Response) -> float | None:
    try:
        return urllib3.Retry().get_retry_after(response)
    except HTTPError:
        return None


def _sentence(error: HTTPError) -> str:
    if isinstance(error, _Unavailable):
        what = "reçoit trop de demandes" if error.status == 429 else "est en panne"
        return f"Le service {what} ({error.status}), après plusieurs essais. Recommencez plus tard."
    return "Le service ne répond pas, ou coupe sa réponse, après plusieurs essais. Recommencez plus tard."


def refuse_page(response: Response, types: tuple[str, ...]) -> None:
    """Raise FetchFailed where an answer is none of these types: errors often come as a page, with the status 200."""
    kind = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if kind in {"text/html", "application/xhtml+xml"}:
        raise FetchFailed(
            "Le service a répondu par une page web, pas par des données\u00a0: sans doute une erreur."
        )
    if kind and kind not in types:
        raise FetchFailed(f"Le service a répondu par «\u00a0{kind[:60]}\u00a0», qui n’est pas attendu.")


def refuse_size(size: int, most: int) -> None:
    """Raise FetchFailed for more bytes than that."""
    if size > most:
        raise FetchFailed(f"La réponse dépasse {most // 1024**2}\u00a0Mo\u00a0: elle n’est pas gardée.")


def whole(response: Response, most: int) -> bytes:
    """The body of an answer; raises FetchFailed where it is larger than announced or allowed."""
    refuse_size(int(response.headers.get("Content-Length") or 0), most)
    parts, size = [], 0
    for part in response.stream(1024 * 1024, decode_content=True):
        size += len(part)
        refuse_size(size, most)
        parts.append(part)
    return b"".join(parts)
