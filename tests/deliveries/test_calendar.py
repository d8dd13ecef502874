"""The calendar: what is expected, what came for it, what is late."""

from datetime import date, datetime

import pytest
from django.contrib.auth.models import Group, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.roles import PREPARER, READER
from deliveries.calendar.board import Came, Line, Prepared, Standing, match, read_board
from deliveries.calendar.rhythm import proposals
from deliveries.models import ExpectedDelivery, Submission
from deliveries.operations.transitions import State
from deliveries.sources import ALL
from stats.models import Delivery, Slice
from tests import factories
from tests.signing_in import signed_in

TODAY = date(2026, 3, 1)
CALENDAR = "/gestion/deliveries/expecteddelivery/"
CFA = "inserjeunes_cfa"


def expected(on, cohort="2023_2024", source=CFA):
    return ExpectedDelivery(source=source, cohort=cohort, expected_on=on)


def came(on, cohort="2023_2024", source=CFA, delivery=1):
    return Came(source, cohort, on, delivery)


def standing(of, *slices, prepared=()):
    [line] = match([of], slices, prepared, TODAY)
    return line.standing, line.came, line.days


@pytest.mark.parametrize(
    ("on", "standing_", "days"),
    [
        (date(2026, 2, 27), Standing.LATE, 2),
        (TODAY, Standing.SOON, 0),
        (date(2026, 3, 31), Standing.SOON, 0),
        (date(2026, 4, 1), Standing.LATER, 0),
    ],
)
def test_delivery_that_did_not_come_is_late_from_the_day_after(on, standing_, days):
    assert standing(expected(on)) == (standing_, None, days)


@pytest.mark.parametrize(
    ("slice_", "is_it"),
    [
        (came(date(2026, 2, 1)), True),
        (came(date(2025, 11, 17)), True),
        # The one of the year before, of another cohort, of another source.
        (came(date(2025, 11, 16)), False),
        (came(date(2026, 2, 1), cohort="2022_2023"), False),
        (came(date(2026, 2, 1), source="insersup"), False),
    ],
)
def test_delivery_of_that_source_and_cohort_is_the_one_expected(slice_, is_it):
    found = standing(expected(date(2026, 2, 15)), slice_)
    assert found == ((Standing.CAME, slice_, 0) if is_it else (Standing.LATE, None, 14))


def test_delivery_without_a_cohort_is_any_of_its_source():
    assert standing(expected(date(2026, 2, 15), ""), came(date(2026, 2, 16), "2019_2020"))[0] is Standing.CAME


def test_delivery_fulfils_one_of_those_that_wait_for_it():
    both = [expected(date(2026, 1, 15)), expected(date(2026, 2, 15))]
    lines = match(both, [came(date(2026, 1, 20))], [], TODAY)
    assert [line.standing for line in lines] == [Standing.CAME, Standing.LATE]


def test_submission_under_way_is_named_beside_what_is_late():
    late = expected(date(2026, 2, 15))
    [line] = match(
        [late], [], [Prepared(CFA, ("2022_2023",), 3), Prepared(CFA, ("2022_2023", "2023_2024"), 4)], TODAY
    )
    assert line == Line(late, Standing.LATE, None, 4, 14)


def test_proposals_are_of_known_sources_and_of_the_last_cohort():
    names = {source.name: source for source in ALL}
    usual = proposals(2026)
    assert {one.source for one in usual} <= set(names)
    assert {one.cohort for one in usual if names[one.source].has_cohorts} == {"2023_2024"}
    assert usual == sorted(usual, key=lambda one: one.expected_on)


def published(source, cohort, at, state=Slice.State.LIVE):
    delivery = factories.delivery()
    Delivery.objects.filter(pk=delivery.pk).update(source=source, at=at)
    delivery.slices.all().delete()
    Slice.objects.create(delivery=delivery, source=source, cohort=cohort, state=state)
    return delivery


@pytest.mark.django_db
def test_board_is_read_from_what_was_published_and_is_prepared(django_assert_num_queries):
    at = timezone.make_aware(datetime(2026, 2, 10, 23, 30))
    taken_back = published(CFA, "2023_2024", at, Slice.State.TAKEN_BACK)
    live = published("insersup", "2023_2024", at)
    for source in (CFA, "insersup", "bcn_n_mef"):
        expected(date(2026, 2, 15), "" if source == "bcn_n_mef" else "2023_2024", source).save()
    for state in (State.CANCELLED, State.REFUSED):
        submission = Submission.objects.create(state=state)
        submission.files.create(position=1, name="a", sha256="0", size=1, source="bcn_n_mef")
    with django_assert_num_queries(3):
        cfa, insersup, mef = read_board(TODAY)

    assert (cfa.standing, cfa.came) == (Standing.LATE, None)
    assert taken_back.pk != live.pk
    assert insersup.came == Came("insersup", "2023_2024", date(2026, 2, 10), live.pk)
    assert (mef.standing, mef.submission) == (Standing.LATE, submission.pk)


def browser(role):
    user = User.objects.create_user(f"une personne, {role}", is_staff=True)
    user.groups.add(Group.objects.get(name=role))
    return signed_in(Client(), user)


@pytest.fixture
def preparer(db):
    return browser(PREPARER)


def test_manager_expects_a_delivery_and_finds_it_late_on_the_first_page(preparer):
    data = {"source": CFA, "cohort": "2023-2024", "expected_on": "2026-02-15", "note": "Annoncée"}
    assert "Écrivez une année" in preparer.post(f"{CALENDAR}add/", {**data, "cohort": "23-24"}).text
    page = preparer.post(f"{CALENDAR}add/", data, follow=True)

    assert "<h2>En retard</h2>" in page.text
    assert "2023 et 2024" in page.text
    one = ExpectedDelivery.objects.get()
    assert (one.cohort, one.author.username) == ("2023_2024", f"une personne, {PREPARER}")
    assert "déjà attendue ce jour-là" in preparer.post(f"{CALENDAR}add/", data).text
    assert "Annoncée" in preparer.get("/gestion/deliveries/submission/").text

    published(CFA, "2023_2024", timezone.make_aware(datetime(2026, 2, 16, 12)))
    page = preparer.get(CALENDAR)
    assert "<h2>Venues</h2>" in page.text
    assert "venue le 16/02/2026" in page.text
    assert "Annoncée" not in preparer.get("/gestion/deliveries/submission/").text


def test_late_delivery_leads_to_the_service_that_gives_it(preparer, settings):
    link = "/gestion/deliveries/submission/recuperer/#desk-fr-en-inserjeunes-cfa"
    expected(date(2026, 2, 15)).save()
    assert link not in preparer.get(CALENDAR).text

    settings.FETCHED_SERVICES = settings.FETCHED_SERVICES | {"EDUCATION_OPEN_DATA_URL": "https://exemple.fr"}
    assert link in preparer.get(CALENDAR).text
    assert link not in browser(READER).get(CALENDAR).text


def test_what_a_year_usually_brings_is_added_once(preparer):
    page = preparer.get(f"{CALENDAR}proposer/?annee=2027")
    lines = page.context["lines"]
    assert ("insersup", "2024_2025") in {(line.source, line.cohort) for line, _, _ in lines}

    keys = [line.key for line, _, _ in lines[:3]]
    preparer.post(f"{CALENDAR}proposer/?annee=2027", {"attendue": keys})
    preparer.post(f"{CALENDAR}proposer/?annee=2027", {"attendue": keys})
    assert ExpectedDelivery.objects.count() == 3
    assert len(preparer.get(f"{CALENDAR}proposer/?annee=2027").context["lines"]) == len(lines) - 3


def test_calendar_takes_as_many_queries_however_long_it_is(preparer):
    counts = []
    for month in (1, 4, 7):
        expected(date(2026, month, 1)).save()
        with CaptureQueriesContext(connection) as queries:
            preparer.get(CALENDAR)
        counts.append(len(queries))
    assert counts[1] == counts[2]


def test_reader_reads_the_calendar_and_changes_nothing(db):
    one = expected(date(2026, 2, 15))
    one.save()
    reader = browser(READER)

    page = reader.get(CALENDAR)
    assert "<h2>En retard</h2>" in page.text
    assert "Attendre une livraison" not in page.text
    assert (
        reader.post(f"{CALENDAR}{one.pk}/change/", {"source": CFA, "expected_on": "2027-01-01"}).status_code
        == 403
    )
    assert reader.post(f"{CALENDAR}proposer/", {}).status_code == 403
