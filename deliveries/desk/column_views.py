"""The page on which somebody says what the columns of a submitted file are."""

import gzip

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from deliveries import column_mappings
from deliveries.columns.positions import fault_of
from deliveries.desk import actions
from deliveries.desk.column_page import (
    BY_SOURCE,
    columns_page,
    fault_in,
    read_table_for,
    recognised,
    said_by,
)
from deliveries.desk.forms import FileForm
from deliveries.desk.guards import page, preparing, to_submission
from deliveries.findings import Refusal
from deliveries.models import SubmittedFile
from deliveries.operations.transitions import OPEN, NotPossible


@preparing
def columns(request: HttpRequest, pk: int, file: int) -> HttpResponse:
    """Say which column of a file is what; `source` is the one that is looked at, the recognised one by default."""
    found = get_object_or_404(
        SubmittedFile.objects.select_related("submission", "file"), pk=file, submission=pk
    )
    if found.file is None or found.submission.state not in OPEN:
        sentence = (
            _("Le contenu de ce fichier est effacé\u00a0: ses colonnes ne se lisent plus.")
            if found.file is None
            else _("Les colonnes ne se disent plus\u00a0: ce dépôt n’est plus à préparer.")
        )
        messages.warning(request, sentence)
        return HttpResponseRedirect(reverse("admin:deliveries_submission_file", args=[pk, file]))
    asked = request.POST if request.method == "POST" else request.GET
    source = asked.get("source", found.source or found.report.get("source", ""))
    source = source if source in BY_SOURCE else ""
    content = gzip.decompress(bytes(found.file.content))
    try:
        table = read_table_for(found.name, content, source)
        if not source and (source := recognised(table)):
            table = read_table_for(found.name, content, source)
    except Refusal as refusal:
        return page(
            request, "columns", _("Colonnes"), _context(found) | {"refusal": refusal.finding.sentence}
        )
    if request.method == "POST" and (mapping := _asked_mapping(request, found, content, table)):
        return _say(request, found, table, mapping.source, mapping.columns)
    if request.method == "POST" and source:
        return _say(request, found, table, source)
    return _shown(request, found, table, source)


def _context(found):
    return {
        "file": {"pk": found.pk, "name": found.name},
        "submission": {"pk": found.submission_id, "revision": found.submission.revision},
    }


def _shown(request, found, table, source, chosen=None, faults=(), name=""):
    said = found.columns if source == found.source else {}
    former = column_mappings.former_names(source)
    mappings = [
        {
            "name": one.name,
            "source": BY_SOURCE[one.source].label,
            "author": one.author,
            "at": one.updated_at,
            "pk": one.pk,
        }
        for one in column_mappings.fitting(table)
        if one.source in BY_SOURCE
    ]
    context = _context(found) | {
        "page": columns_page(table, source, said, former, chosen),
        "source_label": BY_SOURCE[source].label if source else "",
        "mappings": mappings,
        "faults": faults,
        "name": name,
        "cohort": request.POST.get("cohorte", found.cohort),
        "asks_cohort": bool(source and BY_SOURCE[source].slice_column),
    }
    return page(request, "columns", _("Colonnes"), context, status=400 if faults else 200)


def _say(request, found, table, source, said=None):
    """said: what a mapping says, None where the form says it."""
    known = BY_SOURCE[source]
    chosen = {column.name: request.POST.get(f"colonne {column.name}", "") for column in known.columns}
    said = said_by(known, chosen) if said is None else said
    form = FileForm({"source": source, "cohort": request.POST.get("cohorte", found.cohort)})
    name = request.POST.get("nom", "").strip()[:120]
    faults = [*_faults(source, said, table), *form.errors.get("cohort", ())]
    if not faults:
        try:
            _keep(request, found, table, form.cleaned_data, said, name)
            return to_submission(found.submission_id)
        except column_mappings.NameTaken:
            faults = [_("Une autre source a déjà des colonnes de ce nom\u00a0: choisissez-en un autre.")]
        except NotPossible:
            faults = [
                _(
                    "Rien n’a été fait\u00a0: ce dépôt a changé depuis que vous l’avez lu. Relisez, puis enregistrez de nouveau."
                )
            ]
            found.submission.refresh_from_db()
    return _shown(request, found, table, source, chosen, faults, name)


def _asked_mapping(request, found, content, table):
    """The one whose button was clicked, where it fits the file, read as one of its source."""
    asked = request.POST.get("appliquer", "")
    mapping = next((one for one in column_mappings.fitting(table) if str(one.pk) == asked), None)
    if mapping and mapping.source in BY_SOURCE:
        as_its_own = read_table_for(found.name, content, mapping.source)
        return mapping if column_mappings.header_keys(as_its_own) == mapping.header else None
    return None


def _faults(source, said, table):
    known = BY_SOURCE[source]
    fault = fault_of(said, known, len(table.header))
    sentences = [f"{fault[0].upper()}{fault[1:]}." if fault else "", fault_in(known, said)]
    return [sentence for sentence in sentences if sentence]


def _keep(request, found, table, described, said, name):
    """Keep what is said with the file, under a name where there is one, and have it checked again."""
    revision = request.POST.get("revision", "")
    with transaction.atomic():
        if name:
            column_mappings.keep(name, described["source"], table, said, request.user)
        actions.change_file(found, int(revision) if revision.isdecimal() else 0, columns=said, **described)
    actions.check(found.submission, request.user)
