"""Files of one stage published together, so that the fault of one never takes the others with it."""

from collections import Counter
from collections.abc import Callable, Sequence

import pandas as pd
from django.apps import apps
from django.db import OperationalError, connection, transaction

from deliveries.candidates import Candidate
from deliveries.findings import fault_of
from deliveries.journal import Journal
from stats.models import Attribution

_APPS = ("establishments", "formations", "stats")


def publish_apart(
    group: Sequence[Candidate],
    journal: Journal,
    publish_group: Callable[[Sequence[Candidate], Journal], None],
) -> None:
    """Publish files in one go; where that fails, one by one, and refuse those that fail alone.

    What fails is undone. A database that does not answer any more is no fault of a file: OperationalError is raised.
    """
    findings = [list(candidate.report.findings) for candidate in group]
    try:
        _attempt(group, journal, publish_group)
        return
    except OperationalError:
        raise
    except Exception as error:
        fault = fault_of(error)
    for candidate, found in zip(group, findings, strict=True):
        _reset(candidate, found)
        if len(group) > 1:
            publish_apart([candidate], journal, publish_group)
        else:
            candidate.report.add("erreur_imprevue", value=fault)
            candidate.report.status = "refuse"
            candidate.report.counts["refusees"] = candidate.report.counts["lues"]


def _attempt(group, journal, publish_group):
    has_changed = journal.writing.has_changed
    try:
        with transaction.atomic():
            publish_group(group, journal)
            _check_links()
    except Exception:
        journal.writing.has_changed = has_changed
        raise


def _check_links():
    """Check now the links between tables, which the database checks at the end of the transaction: a dry run has none."""
    tables = [
        model._meta.db_table
        for app in _APPS
        for model in apps.get_app_config(app).get_models()
        if model is not Attribution
    ]
    connection.check_constraints(tables)


def _reset(candidate, findings):
    report = candidate.report
    report.findings[:] = findings
    report.counts = Counter(lues=report.counts["lues"])
    report.status, report.delivery, report.cohorts = "", None, ()
    report.reachable, report.disclosure = Counter(), None
    candidate.rows, candidate.cohorts = pd.DataFrame(), ()
