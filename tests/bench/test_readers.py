"""What the measure of kills takes for a fault: nothing else would say that a reader saw half a publication."""

import pytest

from bench.readers import Answer, faults

BEFORE = {"/a": "old", "/b": "old", "/same": "same"}
AFTER = {"/a": "new", "/b": "new", "/same": "same"}


def answer(address, digest, started, ended=None, status=200):
    return Answer(address, status, digest, started, started + 1 if ended is None else ended)


@pytest.mark.parametrize(
    ("answers", "fault"),
    [
        ([("/a", "old", 0), ("/same", "same", 1), ("/a", "new", 2), ("/b", "new", 4)], None),
        # Asked before anybody had read the new state, and answered after.
        ([("/b", "old", 0, 9), ("/a", "new", 1)], None),
        ([("/a", "new", 0), ("/b", "old", 5)], "l’ancien état après le nouveau : /b"),
        ([("/a", "half", 0)], "ni l’ancien état ni le nouveau : /a"),
        ([("/a", "", 0, 1, 500)], "réponse 500 de /a"),
        ([("/a", "", 20, 21, 500)], None),
    ],
)
def test_only_whole_states_in_their_order_are_right(answers, fault):
    found = faults([answer(*one) for one in answers], BEFORE, AFTER, outages=[(19, 22)])
    assert found == ([fault] if fault else [])
