"""The nomenclature service of the ministry (BCN): one reply a table, kept as it comes."""

import json
from collections.abc import Iterator
from functools import partial

from deliveries import progress
from deliveries.fetching.faults import FetchFailed
from deliveries.fetching.work import Fetched, SignedIn, Work, write_whole
from deliveries.services import bcn
from deliveries.services.responses import RefusedReply

# Those that a source reads. N_FORMATION_DIPLOME_ENQUETE_51, the diplomas of other ministries, is of none.
TABLES = (
    *("N_FORMATION_DIPLOME", "V_FORMATION_DIPLOME", "N_MEF", "N_NIVEAU_FORMATION_DIPLOME"),
    *("N_DISPOSITIF_FORMATION", "N_GROUPE_FORMATION", "N_LIEN_FORMATION_GROUPE", "N_TYPE_GROUPE_FORMATION"),
    *("N_DIPLOME_SISE", "N_TYPE_DIPLOME_SISE"),
)


def tables(work: Work) -> Iterator[Fetched]:
    """A file of records a table, under the name of the table, which is also that of its source."""
    session = _session(work)
    progress.stage("Tables demandées", len(TABLES), "réponses")
    for name in TABLES:
        path, query = f"/nomenclature/{name}", {"schema": "consultation"}
        status, body = work.kept(name, partial(session.get, path, query))
        try:
            records = bcn.records(status, body)
        except RefusedReply as error:
            raise FetchFailed(f"{name}\u00a0: {error}.") from error
        if not records:
            raise FetchFailed(f"{name}\u00a0: le service donne une table vide.")
        target = work.folder / f"{name}.json"
        write_whole(target, json.dumps({"data": records}, ensure_ascii=False).encode())
        yield Fetched(target.name, target, work.client.address(path, query), f"bcn_{name.lower()}")


def _session(work: Work) -> SignedIn:
    key = {"X-Omogen-Api-Key": work.settings["BCN_API_KEY"]}

    def sign_in() -> dict[str, str]:
        login = {"login": work.settings["BCN_USERNAME"], "password": work.settings["BCN_PASSWORD"]}
        headers = key | {"Content-Type": "application/json"}
        address = work.client.address("/auth/login-extraction")
        token = work.client.ask("POST", address, headers, json.dumps(login).encode()).json().get("token")
        return key | {"Authorization": f"Bearer {token}"}

    return SignedIn(work.client, sign_in)
