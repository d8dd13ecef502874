"""The reply of a service: its content, or the reason why it is refused."""

import json
from collections.abc import Iterable, Sequence


class RefusedReply(ValueError):
    """A reply without usable content; its text says why, in French."""


def content(status: int, body: str | bytes | object) -> dict:
    """The JSON content of a reply.

    status: HTTP status. body: text or bytes of JSON, of JSON that holds JSON as a text (InserJeunes does so except for
    regions), or content that is already decoded.
    Raises RefusedReply for a status other than 200, and for a body that is not a JSON object.
    """
    for _ in range(2):
        if isinstance(body, str | bytes):
            try:
                body = json.loads(body)
            except ValueError as error:
                if status == 200:
                    raise RefusedReply("la réponse n’est pas du JSON") from error
                break
    if status != 200:
        raise RefusedReply(f"le service a répondu {status}\u00a0: {_message(body)}")
    if not isinstance(body, dict):
        raise RefusedReply("la réponse n’est pas un objet JSON")
    return body


def _message(body: object) -> str:
    return body.get("msg", "") if isinstance(body, dict) else str(body)


def items(body: dict, name: str) -> list[dict]:
    """The list of objects under `name` in the content of a reply. Raises RefusedReply without such a list."""
    objects = body.get(name)
    if not isinstance(objects, list) or not all(isinstance(item, dict) for item in objects):
        raise RefusedReply(f"la réponse n’a pas de liste «\u00a0{name}\u00a0»")
    return objects


def revised(known: Iterable[dict], new: Iterable[dict], key: Sequence[str]) -> list[dict]:
    """Rows of figures updated by a reply: known rows in their order, then new ones.

    known: published rows, own or derived ("kind" other than "self"). A row of the reply replaces a derived row; it
    updates an own one, which keeps the figures that the reply lacks.
    key: columns that identify a row.
    """
    rows = {tuple(row.get(name) for name in key): row for row in known}
    for row in new:
        identity = tuple(row.get(name) for name in key)
        former = rows.get(identity, {})
        if former.get("kind", "self") != "self":
            former = {}
        given = {name: value for name, value in row.items() if value is not None}
        rows[identity] = {**former, **given}
    return list(rows.values())
