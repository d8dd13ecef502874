"""The catalogue of apprenticeship of the ministries of education: courses and establishments, a hundred a page."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from deliveries import progress
from deliveries.fetching.faults import FetchFailed
from deliveries.fetching.work import Fetched, SignedIn, Work, write_whole
from deliveries.services import apprenticeship_catalogue
from deliveries.services.responses import RefusedReply, content, items
from deliveries.sources import apprenticeship_establishments

_LIMIT = 100
_COURSES = {"$or": [{"published": True}, {"catalogue_published": True}], "cfd": {"$ne": None}}
_PLACE_COLUMNS = [column.name for column in apprenticeship_establishments.SOURCES[0].columns]


def catalogue(work: Work) -> Iterator[Fetched]:
    """A file of courses with who teaches, trains and manages each, and one of establishments with their place."""
    session = _session(work)
    for entity, query, columns in (
        ("formations", _COURSES, apprenticeship_catalogue.FIELDS),
        ("etablissements", {}, _PLACE_COLUMNS),
    ):
        progress.stage(f"Pages du catalogue\u00a0: {entity}", 0, "réponses")
        path = f"/entity/{entity}"
        rows = [row for page in _pages(work, session, entity, query) for row in page]
        target = work.folder / f"catalogue_apprentissage-{entity}.csv"
        write_whole(target, _csv(columns, rows))
        source = "catalogue_apprentissage" + ("_etablissements" if entity == "etablissements" else "")
        yield Fetched(target.name, target, work.client.address(path), source)


def _pages(work: Work, session: SignedIn, entity: str, query: dict) -> Iterator[list[dict]]:
    page = 1
    while True:
        asked = {"query": json.dumps(query, separators=(",", ":")), "page": str(page), "limit": str(_LIMIT)}
        status, body = work.kept(f"{entity}-{page:05}", partial(session.get, f"/entity/{entity}", asked))
        try:
            reply = content(status, body)
            rows = items(reply, entity)
        except RefusedReply as error:
            raise FetchFailed(f"Page {page}\u00a0: {error}.") from error
        yield rows
        pages = (reply.get("pagination") or {}).get("nombre_de_page")
        if not rows or (page >= int(pages) if pages else len(rows) < _LIMIT):
            return
        page += 1


def _csv(columns: Sequence[str], rows: Iterable[dict]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\n")
    writer.writerow(columns)
    lines = {tuple(_cell(row.get(name)) for name in columns) for row in rows}
    if not lines:
        raise FetchFailed("Le catalogue ne donne aucune ligne.")
    writer.writerows(sorted(lines))
    return text.getvalue().encode()


def _cell(value: object) -> str:
    if isinstance(value, list):
        return ",".join(map(str, value))
    return "" if value is None else str(value)


def _session(work: Work) -> SignedIn:
    def sign_in() -> dict[str, str]:
        login = {
            "username": work.settings["APPRENTICESHIP_USERNAME"],
            "password": work.settings["APPRENTICESHIP_PASSWORD"],
        }
        headers = {"Content-Type": "application/json"}
        address = work.client.address("/auth/login")
        reply = work.client.ask("POST", address, headers, json.dumps(login).encode())
        cookie = reply.headers.get("Set-Cookie", "").partition(";")[0]
        return {"Cookie": cookie}

    return SignedIn(work.client, sign_in)
