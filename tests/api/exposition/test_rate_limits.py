"""Limits of the Exposition API, and how processes count together."""

import json

import pytest
import time_machine
from django.core.cache import cache

from api import rate_limits
from api.models import ApiKey, ApiUser
from tests import factories

pytestmark = pytest.mark.django_db
API = "/api/inserjeunes"
CODE = "50022139"
ONE = f"{API}/certifications/{CODE}"
LIMIT, SECONDS = 1_000, 60


@pytest.fixture
def rates(settings):
    """Function (name=rate, …): only these rates limit."""

    def limit(**given):
        none = dict.fromkeys((*rate_limits.OPEN, *rate_limits.EXPOSITION, *rate_limits.SIGN_IN))
        settings.REST_FRAMEWORK = settings.REST_FRAMEWORK | {"DEFAULT_THROTTLE_RATES": none | given}

    cache.clear()
    yield limit
    cache.clear()


@pytest.fixture
def limited(rates):
    """Three requests a minute without a key, four with one, two to sign in."""
    rates(exposition="3/min", exposition_cle="4/min", connexion="2/min")


@pytest.fixture
def shown():
    factories.outcome(
        factories.country(), factories.diploma(CODE), "2023", "apprentissage", nb_annee_term=100
    )


def _left(response):
    return tuple(response.headers.get(f"RateLimit-{name}") for name in ("Limit", "Remaining"))


def test_every_answer_says_what_is_left(client, rates, shown):
    rates(exposition="20/min", exposition_cle="50/min")
    key = {"x-api-key": ApiKey.objects.make("essai")[1]}
    etag = client.get(ONE)["ETag"]
    answers = [
        client.get(ONE, headers={"if-none-match": etag}),
        client.get(f"{ONE}?millesime=zut"),
        client.get(f"{API}/certifications"),
        client.get(f"{API}/rien"),
        client.delete(ONE),
        client.head(ONE),
    ]
    listed = client.get(f"{API}/certifications.csv", headers=key)
    listed.getvalue()

    assert [answer.status_code for answer in answers] == [304, 400, 401, 404, 405, 200]
    assert [_left(answer) for answer in answers] == [("20", str(left)) for left in range(18, 12, -1)]
    assert _left(listed) == ("50", "49")


def test_refusal_has_the_shape_of_the_other_errors(client, limited, shown):
    for _ in range(3):
        assert client.get(ONE).status_code == 200
    refused = client.get(ONE)
    body = refused.json()

    assert refused.status_code == 429
    assert body.keys() == {"statusCode", "error", "message"}
    assert (body["statusCode"], body["error"]) == (429, "Too Many Requests")
    assert "limite de demandes" in body["message"]
    assert refused["Retry-After"] in body["message"]
    assert 0 < int(refused["Retry-After"]) <= 60
    assert refused["Cache-Control"] == "no-store"
    assert "ETag" not in refused
    assert _left(refused) == ("3", "0")


def test_keys_and_users_have_counts_of_their_own(client, limited):
    key = {"x-api-key": ApiKey.objects.make("essai")[1]}
    user = ApiUser(username="onisep")
    user.set_password("x")
    user.save()
    body = json.dumps({"username": "onisep", "password": "x"})
    token = client.post(f"{API}/auth/login", body, content_type="application/json").json()["token"]

    def statuses(headers, number):
        return [client.get(f"{API}/bcn", headers=headers).status_code for _ in range(number)]

    assert statuses({}, 4) == [401, 401, 401, 429]
    assert statuses(key, 5) == [200, 200, 200, 200, 429]
    assert statuses({"authorization": f"Bearer {token}"}, 5) == [200, 200, 200, 200, 429]


def test_pictures_are_not_counted(client, limited, shown):
    answers = [client.get(f"{ONE}.svg?imageOnError=true") for _ in range(5)]
    assert {answer.status_code for answer in answers} == {200}
    assert _left(answers[0]) == (None, None)
    assert _left(client.get(ONE)) == ("3", "2")


def test_passwords_are_not_tried_at_will(client, limited):
    body = json.dumps({"username": "onisep", "password": "x"})
    asked = [client.post(f"{API}/auth/login", body, content_type="application/json") for _ in range(3)]
    assert [answer.status_code for answer in asked] == [401, 401, 429]
    assert _left(client.get(ONE)) == ("3", "2")


def test_apis_count_apart(client, rates):
    rates(anonyme="1/min", exposition="1/min")
    addresses = ["/api/v1/territoires", ONE]
    assert [client.get(address).status_code for address in addresses * 2] == [200, 404, 429, 429]


def test_counting_asks_nothing_of_the_database(client, rates, shown, django_assert_num_queries):
    rates(exposition="6000/min")
    client.get(ONE)
    with django_assert_num_queries(2):
        client.get(ONE)


def _allowed(counts, number):
    return sum(counts.add("qui", LIMIT, SECONDS)[0] for _ in range(number))


def test_processes_pass_a_limit_by_one_per_cent_each_at_most():
    cache.clear()
    processes = [rate_limits.Counts() for _ in range(4)]
    with time_machine.travel("2026-03-02 10:00", tick=False):
        allowed = sum(_allowed(counts, 7) for _ in range(80) for counts in processes)
        assert LIMIT <= allowed <= LIMIT * 1.04
        assert _allowed(rate_limits.Counts(), 10) == 0


def test_period_starts_again_for_every_process():
    cache.clear()
    processes = [rate_limits.Counts(), rate_limits.Counts()]
    with time_machine.travel("2026-03-02 10:00", tick=False) as now:
        assert _allowed(processes[0], 2 * LIMIT) == LIMIT
        now.shift(SECONDS - 1)
        assert _allowed(processes[0], 5) == _allowed(processes[1], 5) == 0
        assert processes[0].add("qui", LIMIT, SECONDS) == (False, 0, 1)
        now.shift(1)
        assert [counts.add("qui", LIMIT, SECONDS) for counts in processes] == [(True, LIMIT - 1, SECONDS)] * 2


def test_processes_hear_of_whole_hundredths():
    cache.clear()
    first, second = rate_limits.Counts(), rate_limits.Counts()
    assert _allowed(first, 105) == 105
    assert second.add("qui", LIMIT, SECONDS)[:2] == (True, LIMIT - 101)


def test_callers_held_in_memory_are_bounded(monkeypatch):
    monkeypatch.setattr(rate_limits, "_MOST_CALLERS", 10)
    counts = rate_limits.Counts()
    for number in range(25):
        assert counts.add(f"appelant-{number}", LIMIT, SECONDS)[0]
    assert len(counts._periods) <= 10


def test_count_that_another_process_overwrote_is_not_forgotten():
    cache.clear()
    counts = rate_limits.Counts()
    with time_machine.travel("2026-03-02 10:00", tick=False):
        for _ in range(3):
            assert counts.add("qui", 5, SECONDS)[0]
        start, count = cache.get("qui")
        cache.set("qui", (start, count - 2))

        assert [counts.add("qui", 5, SECONDS)[0] for _ in range(4)] == [True, True, False, False]
