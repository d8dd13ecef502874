"""Two writers at once, in real processes, leave what one after the other would, under a version that tells them apart.

Each pair is tried with the second starting at one place of the work of the first, at twenty with TESTS_LONG=1.
"""

import io
import json
import os
from threading import Event, Thread

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from deliveries.approval import Accepted, Approval
from deliveries.publication import File, publish
from deliveries.withdrawal import AlreadyTakenBack, take_back
from deliveries.writing import Busy, one_writer
from establishments.models import School
from stats.caching import data_version
from stats.models import ApprenticeshipEntry, Attribution, Delivery, Outcome, Slice
from stats.substitution.kinds import OriginKind
from tests.conftest import database
from tests.databases import EMPTY, Template
from tests.deliveries.conftest import CFA_HEADER, CFA_ROWS, create_manager, create_nomenclature, csv
from tests.deliveries.overlapping import overlap

IS_LONG = os.environ.get("TESTS_LONG") == "1"
# How many statements of the first come before the second starts, up to more than any of them has; else one that sees the
# pair of this name go wrong without the lock, where there is one.
PLACES = (1, 2, 3, 4, 6, 8, 10, 13, 16, 20, 25, 31, 39, 48, 60, 75, 94, 117, 146, 400)
_EARLY = {"same withdrawal twice", "two approvals of one version"}
SITES = ("0990001N", "0990002P", "0990003R")
OTHER_COHORT = CFA_ROWS[1].replace("2021-2022", "2019-2020")
REVISED = CFA_ROWS[0].replace(";30;57;13;", ";31;57;12;")


def cfa(*rows):
    return File("cfa.csv", csv(CFA_HEADER, *rows))


def catalogue(*sites):
    """A catalogue of apprenticeship, which replaces the one before: two sites of three, so that nobody has to confirm."""
    schools = {"etablissement_formateur_uai": "0990001N", "etablissement_gestionnaire_uai": "0990001N"}
    entries = [{"cfd": "50022139", "uai_formation": site, **schools} for site in sites]
    return File("catalogue.json", json.dumps(entries).encode())


def _fill():
    create_nomenclature()
    publish([cfa(*CFA_ROWS), catalogue(*SITES)])
    create_manager("gestion")


START = Template("ecritures", EMPTY, _fill)


@pytest.fixture
def start(django_db_setup, django_db_blocker):
    """A small published universe in a database of its own, which processes can write in."""
    with database(django_db_blocker, START), django_db_blocker.unblock():
        yield


def shown():
    """What is published, as (version, contents) that belong together."""
    with transaction.atomic():
        if connection.vendor == "postgresql":
            connection.cursor().execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        return data_version(), _contents()


def _contents():
    return [
        sorted(model.objects.values_list(*columns), key=repr)
        for model, columns in (
            (Outcome, ("source", "cohort", "school", "delivery", "taux_en_formation", "is_preferred")),
            (Attribution, ("cohort", "kind", "diploma", "school", "territory", "outcome__delivery")),
            (ApprenticeshipEntry, ("diploma", "site", "trainer", "manager")),
            (School, ("uai", "name", "region")),
        )
    ]


def publishing(*files, **options):
    """An action that publishes: returns the status of each report, and what is shown after it."""
    return lambda: ([report.status for report in publish(files, **options)], shown())


def withdrawing(source):
    def action():
        try:
            take_back(Delivery.objects.get(source=source, action=Delivery.Action.PUBLISHED))
        except AlreadyTakenBack:
            return ["deja_retire"], shown()
        return ["retire"], shown()

    return action


def calling(name, **options):
    def action():
        call_command(name, stdout=io.StringIO(), **options)
        return [name], shown()

    return action


def approving(file):
    """An action that publishes what was checked against the version of the start."""
    agreed = []

    def agree():
        [report] = publish([file], dry_run=True)
        accepted = [Accepted(tick.key, tick.count, "Vu", None, "", AT) for tick in report.ticks]
        agreed.append(Approval(report.version, None, AT, {report.sha256: accepted}))

    def action():
        return publishing(file, approval=agreed[-1])()

    action.agree = agree
    return action


AT = "2026-11-27T09:30:00+01:00"
SAME = cfa(REVISED)
PAIRS = {
    "withdrawal and small publication": (
        withdrawing("inserjeunes_cfa"),
        publishing(catalogue(*SITES[:2])),
        {("retire", "publie")},
    ),
    "withdrawal and another cohort": (
        withdrawing("inserjeunes_cfa"),
        publishing(cfa(OTHER_COHORT)),
        {("retire", "publie")},
    ),
    "two catalogues": (
        publishing(catalogue(*SITES[:2])),
        publishing(catalogue(*SITES[1:])),
        {("publie", "publie")},
    ),
    "same file twice": (publishing(SAME), publishing(SAME), {("publie", "inchange"), ("inchange", "publie")}),
    "same withdrawal twice": (
        withdrawing("inserjeunes_cfa"),
        withdrawing("inserjeunes_cfa"),
        {("retire", "deja_retire"), ("deja_retire", "retire")},
    ),
    "rebuild and publication": (calling("rebuild"), publishing(SAME), {("rebuild", "publie")}),
    "disclosure and publication": (
        calling("audit_disclosure", apply=True),
        publishing(cfa(*CFA_ROWS, OTHER_COHORT)),
        {("audit_disclosure", "publie")},
    ),
    "same approval twice": (
        approving(SAME),
        approving(SAME),
        {("publie", "inchange"), ("inchange", "publie")},
    ),
    "two approvals of one version": (
        approving(SAME),
        approving(catalogue(*SITES[:2])),
        {("publie", "a_publier"), ("a_publier", "publie")},
    ),
}


def _places(name):
    if IS_LONG:
        return PLACES
    return (20,) if name in _EARLY else (60,)


@pytest.mark.parametrize(("name", "place"), [(name, place) for name in PAIRS for place in _places(name)])
def test_two_writers_follow_each_other(start, name, place):
    first, second, possible = PAIRS[name]
    for action in {first, second}:
        if hasattr(action, "agree"):
            action.agree()
    before = shown()

    (one, after_one), (other, after_other) = overlap(first, second, place)

    assert (*one, *other) in possible
    _check_versions([before, after_one, after_other, shown()])
    _check_tables()


def test_writer_that_waits_too_long_says_so(start):
    """Nothing has been done when it gives up; an operation of the desk waits again, where it can be cancelled."""
    holds, ends = Event(), Event()
    other = Thread(target=_hold, args=(holds, ends))
    other.start()
    holds.wait()
    try:
        with pytest.raises(Busy), one_writer(0.05):
            pytest.fail("two writers at once")
    finally:
        ends.set()
        other.join()

    with one_writer(0.05):
        pass


def _hold(holds, ends):
    with one_writer():
        holds.set()
        ends.wait()
    connection.close()


def _check_versions(states):
    """Whoever keeps what a version showed keeps no lie: different contents have different versions."""
    contents_of = {}
    for version, contents in states:
        assert contents_of.setdefault(version, contents) == contents


def _check_tables():
    """The tables hold the rows of the live files, and only them."""
    live = Slice.objects.filter(state=Slice.State.LIVE)
    figures = set(live.exclude(cohort="").values_list("source", "cohort", "delivery"))
    assert set(Outcome.objects.values_list("source", "cohort", "delivery")) == figures
    shown_by = Attribution.objects.filter(kind=OriginKind.OWN, role="").values_list("outcome", flat=True)
    assert sorted(shown_by) == sorted(Outcome.objects.published().values_list("pk", flat=True))
    last = [piece.delivery_id for piece in live.filter(source="catalogue_apprentissage")]
    assert last == [Delivery.objects.filter(source="catalogue_apprentissage").latest("pk").pk]
    if IS_LONG:
        before = _contents()
        call_command("rebuild", stdout=io.StringIO())
        assert _contents() == before
