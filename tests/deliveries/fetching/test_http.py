"""Asking a service: again where it may help, with a sentence where it does not."""

import pytest

from deliveries.fetching.faults import FetchFailed, Unauthorised
from deliveries.fetching.http import Client, Manners
from deliveries.fetching.pace import TokenBucket
from tests.deliveries.fetching.service import Answer, as_json


def ask(service, path="/x", **manners):
    client = service.client(**manners)
    return client.ask("GET", client.address(path))


def test_failures_that_may_not_last_are_asked_again_after_longer_and_longer(service):
    service.answers = [Answer(status=500), Answer(status=502), Answer(status=503), as_json({"data": []})]

    assert ask(service).json() == {"data": []}
    assert len(service.asked) == 4
    # Twice as long each time, and up to a second more by chance.
    assert service.pauses[0] == 0
    assert 2 <= service.pauses[1] <= 3
    assert 4 <= service.pauses[2] <= 5


def test_service_that_says_when_to_come_back_is_heard(service):
    service.answers = [Answer(status=429, headers={"Retry-After": "7"}), as_json({})]
    ask(service)
    assert service.pauses == [7]

    service.answers = [Answer(status=503, headers={"Retry-After": "demain"}), as_json({})]
    ask(service)
    service.answers = [Answer(status=503, headers={"Retry-After": "86400"}), as_json({})]
    ask(service)
    assert service.pauses[1:] == [0, 600]


@pytest.mark.parametrize(
    ("answer", "times", "sentence"),
    [
        (Answer(status=503), 3, r"en panne \(503\), après plusieurs essais"),
        (Answer(status=429), 3, "trop de demandes"),
        (Answer(b'{"a":', kind="application/json", length=50), 3, "coupe sa réponse"),
        (Answer(status=404), 1, "ne connaît pas cette adresse"),
        (Answer(status=418), 1, "a répondu 418"),
        (Answer(b"<html>", kind="text/html; charset=utf-8"), 1, "page web"),
        (Answer(b"%PDF", kind="application/pdf"), 1, "application/pdf"),
        (Answer(b"", length=200 * 1024**2, kind="application/json"), 1, "dépasse 100\u00a0Mo"),
        (Answer(status=302, headers={"Location": "http://ailleurs.example/"}), 1, "ailleurs.example"),
        (Answer(status=302, headers={"Location": "/x"}), 4, "sans fin"),
    ],
)
def test_what_cannot_be_used_is_told_in_a_sentence(service, answer, times, sentence):
    service.answer = lambda asked: answer
    with pytest.raises(FetchFailed, match=sentence):
        ask(service, attempts=3)
    assert len(service.asked) == times


def test_reply_that_is_no_json_is_refused(service):
    service.answers = [Answer(b"oui", kind="text/plain")]
    with pytest.raises(FetchFailed, match="JSON"):
        ask(service).json()


def test_wrong_password_is_not_tried_again(service):
    service.answer = lambda asked: Answer(status=401)
    with pytest.raises(Unauthorised, match="mot de passe"):
        ask(service)
    assert len(service.asked) == 1


def test_service_that_never_answers_is_given_up(service):
    service.answer = lambda asked: Answer(waits=True)
    with pytest.raises(FetchFailed, match="ne répond pas"):
        ask(service, attempts=2, read_seconds=0.02)
    assert len(service.asked) == 2


def test_redirection_within_the_service_is_followed(service):
    service.answers = [Answer(status=307, headers={"Location": "/y?a=1"}), as_json({"a": 1})]
    assert ask(service).json() == {"a": 1}
    assert service.paths == ["/x", "/y"]


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("http://service.example", "https://"),
        ("https://moi:secret@service.example", "mot de passe"),
        ("https://", "mal écrite"),
    ],
)
def test_address_that_would_tell_credentials_is_refused(address, sentence):
    with pytest.raises(FetchFailed, match=sentence) as error:
        Client(address, Manners(), lambda seconds: None)
    assert "secret" not in str(error.value)


def test_requests_are_spaced_so_that_no_second_holds_more_than_five():
    now, pauses = [100.0], []
    bucket = TokenBucket(5, lambda: now[0])
    for _ in range(3):
        bucket.take(pauses.append)
    assert pauses == pytest.approx([0.2, 0.4])
    # What was not asked for is not saved up.
    now[0], pauses[:] = 200.0, []
    bucket.take(pauses.append)
    bucket.take(pauses.append)
    assert pauses == pytest.approx([0.2])


def test_requests_of_a_service_are_spaced_whoever_asks(service):
    service.answer = lambda asked: as_json({})
    ask(service, per_second=2)
    ask(service, per_second=2)
    ask(service, per_second=2)
    # Nobody waits in this test: each has to wait longer.
    assert 0 < service.pauses[0] < service.pauses[1] <= 1
