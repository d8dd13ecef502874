"""A reply of a service as it came: accepted, empty, or refused with the reason. Pure: no Django, no network."""

import json


class RefusedReply(ValueError):
    """A reply that gives nothing; the text says why, in French."""


def content(status, body):
    """The JSON content of a reply.

    status: HTTP status. body: text or bytes holding JSON, JSON that holds JSON as a text (InserJeunes does so
    except for regions), or content that is decoded already.
    Raises RefusedReply on another status than 200, on what is not JSON and on what is no object.
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


def _message(body):
    return body.get("msg", "") if isinstance(body, dict) else str(body)


def items(body, name):
    """The list of objects under `name` in a reply's content; RefusedReply when there is none."""
    found = body.get(name)
    if not isinstance(found, list) or not all(isinstance(item, dict) for item in found):
        raise RefusedReply(f"la réponse n’a pas de liste «\u00a0{name}\u00a0»")
    return found


def revised(known, new, key):
    """Own rows of figures after a reply: those that it gives again are updated, the others stay.

    known: rows published already, own or derived ("kind" other than "self"). A derived row gives way to what
    the reply publishes; an own one keeps the figures that the reply does not give.
    key: columns that identify a row. Returns rows as a list of dicts, in the order of `known`, then new ones.
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
