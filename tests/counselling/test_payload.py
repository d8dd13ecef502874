"""Plans in addresses and files: they come back whole, and what was changed is refused with a sentence."""

import json

import pytest

from counselling import payload
from counselling.payload import NotAPlan
from counselling.plan import Item, Kind, Plan
from tests.counselling.test_plan import FULL


def test_address_and_file_give_the_plan_back():
    assert payload.decoded(payload.encoded(FULL)) == FULL
    assert payload.from_file(payload.to_file(FULL)) == FULL
    assert payload.encoded(FULL) == payload.encoded(FULL)


def test_file_is_read_by_people():
    assert "Découvrir" in payload.to_file(FULL).decode()


@pytest.mark.parametrize(
    "change", [lambda text: text[:-1], lambda text: "A" + text, lambda text: "", lambda text: "é:"]
)
def test_address_that_was_cut_or_changed_is_refused(change):
    with pytest.raises(NotAPlan, match="coupé ou a été changé"):
        payload.decoded(change(payload.encoded(FULL)))


def changed_signature(content):
    return json.dumps(json.loads(content) | {"signature": payload.encoded(FULL)[:-2]}).encode()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"{}",
        b"\xff\xfe",
        b'{"fichier": "autre"}',
        b"[" * 100_000,
        changed_signature(payload.to_file(FULL)),
    ],
    ids=["empty", "list", "object", "bytes", "other", "deep", "signature"],
)
def test_file_that_is_no_plan_is_refused(content):
    with pytest.raises(NotAPlan, match="n’est pas une séance"):
        payload.from_file(content)


def test_what_is_read_of_a_file_is_what_was_signed():
    """The readable part of a file is for people: changed by hand, it changes nothing."""
    content = json.loads(payload.to_file(FULL))
    content["seance"]["t"] = "Un autre titre"
    assert payload.from_file(json.dumps(content).encode()).title == "Découvrir"


def test_long_plan_does_not_fit_in_an_address():
    texts = (chr(0x4E00 + number) * 400 + str(number) for number in range(20))
    long = Plan(items=tuple(Item(Kind.TEXT, text=text, handout=str(hash(text)) * 20) for text in texts))
    assert payload.fits_in_an_address(payload.encoded(FULL))
    assert payload.decoded(payload.encoded(long)) == long
