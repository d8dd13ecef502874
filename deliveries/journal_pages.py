"""The page of the journals of deliveries, people and notices: are they whole, and their export."""

import json

from django.core.exceptions import PermissionDenied
from django.http import Http404, StreamingHttpResponse
from django.template.response import TemplateResponse
from django.urls import path

from accounts import events
from accounts.hash_chain import Entry, canonical, sentence_of
from accounts.roles import READ_JOURNAL
from deliveries import journal_chain
from deliveries.figure_notices import journal as notices
from stats.exports import csv_response

_JOURNALS = {
    journal_chain.JOURNAL: ("Livraisons", journal_chain.entries, journal_chain.verify_journal),
    events.JOURNAL: ("Personnes", events.entries, events.verify_events),
    notices.JOURNAL: ("Avis sur des chiffres", notices.entries, notices.verify_notices),
}
_COLUMNS = {
    journal_chain.JOURNAL: (
        *("numero", "quand", "qui", "quoi", "source", "fichier", "sha256", "version", "accord"),
        *("rapport", "motif", "empreinte_precedente", "empreinte"),
    ),
    events.JOURNAL: (
        *("numero", "quand", "qui", "quoi", "pour", "precisions"),
        *("empreinte_precedente", "empreinte"),
    ),
    notices.JOURNAL: (
        *("numero", "quand", "qui", "quoi", "avis", "motif", "version"),
        *("empreinte_precedente", "empreinte"),
    ),
}


def urls(site):
    """The addresses of the journals in the admin."""

    def protected(view):
        def inner(request, **kwargs):
            if not request.user.has_perm(READ_JOURNAL):
                raise PermissionDenied
            return view(site, request, **kwargs)

        return site.admin_view(inner)

    return [
        path("journal/", protected(_page), name="stats_delivery_journal"),
        path("journal/<name>.<kind>", protected(_export), name="stats_delivery_journal_export"),
    ]


def _page(site, request):
    journals = []
    for name, (title, _entries, verify) in _JOURNALS.items():
        found = verify()
        journals.append(
            {
                "name": name,
                "title": title,
                "sentence": f"Journal {sentence_of(found)}",
                "is_intact": found.is_intact,
                "last": found.last,
            }
        )
    context = {**site.each_context(request), "title": "Journaux", "journals": journals}
    return TemplateResponse(request, "admin/stats/delivery/journals.html", context)


def _export(site, request, name, kind):
    """A journal as CSV, for spreadsheets, or as lines of JSON, with which anybody may chain it again."""
    if name not in _JOURNALS or kind not in {"csv", "jsonl"}:
        raise Http404
    entries = _JOURNALS[name][1]()
    if kind == "csv":
        rows = (entry.content | _chain(entry) for entry in entries)
        cells = ({column: _cell(row[column]) for column in _COLUMNS[name]} for row in rows)
        return csv_response(_COLUMNS[name], cells, f"journal-{name}")
    # The content apart, as it was chained.
    lines = (f"{canonical({'contenu': entry.content} | _chain(entry))}\n" for entry in entries)
    response = StreamingHttpResponse(lines, content_type="application/x-ndjson; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="journal-{name}.jsonl"'
    return response


def _chain(entry: Entry) -> dict:
    return {"numero": entry.number, "empreinte_precedente": entry.previous, "empreinte": entry.digest}


def _cell(value):
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict) else value
