"""What a service is asked with, and what comes of it."""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from deliveries import progress
from deliveries.fetching.faults import Unauthorised
from deliveries.fetching.http import Client, Reply


@dataclass(frozen=True)
class Fetched:
    """A file that was fetched. name: what it would be called if somebody sent it. address: where it comes from. source: name
    of its source where its header does not tell it. note: what the service did not give, "" where it gave everything."""

    name: str
    path: Path
    address: str
    source: str = ""
    note: str = ""


@dataclass(frozen=True)
class Work:
    """client: asks the service. settings: {name of a setting: its value}, credentials among them. folder: what is kept until
    the end. cohort: "2022_2023", "" where the service does not ask for one. schools: gives the UAI to ask about. between: is
    called between two small requests, and may raise to let other work pass."""

    client: Client
    settings: Mapping[str, str]
    folder: Path
    cohort: str = ""
    schools: Callable[[], Sequence[str]] = tuple
    between: Callable[[], None] = lambda: None

    def kept(self, key: str, ask: Callable[[], Reply]) -> tuple[int, bytes]:
        """(status, body) of a small reply: the one on disk, else that of `ask`, which is then kept."""
        path = self.folder / f"{key}.reponse"
        if not path.exists():
            self.between()
            reply = ask()
            write_whole(path, b"%d\n%s" % (reply.status, reply.body))
        status, _, body = path.read_bytes().partition(b"\n")
        progress.advance()
        return int(status), body


def write_whole(path: Path, content: bytes) -> None:
    """A file is whole or not there, whenever the process is killed."""
    part = path.with_name(f"{path.name}.partiel")
    part.write_bytes(content)
    os.replace(part, path)


class SignedIn:
    """Asks a service that wants a token, which is asked for again once it is over."""

    def __init__(self, client: Client, sign_in: Callable[[], dict[str, str]]) -> None:
        self._client, self._sign_in = client, sign_in
        self._headers: dict[str, str] | None = None

    def get(self, path: str, query: Mapping[str, str] | None = None, accepted: tuple[int, ...] = ()) -> Reply:
        address = self._client.address(path, query)
        is_new = self._headers is None
        self._headers = self._headers or self._sign_in()
        try:
            return self._client.ask("GET", address, self._headers, accepted=accepted)
        except Unauthorised:
            if is_new:
                raise
            self._headers = self._sign_in()
            return self._client.ask("GET", address, self._headers, accepted=accepted)


Fetch = Callable[[Work], Iterator[Fetched]]
