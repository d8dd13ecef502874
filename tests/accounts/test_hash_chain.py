"""The chain of a journal: what is edited, deleted, added or swapped shows, and the first such entry is named."""

import json

import pytest

from accounts.hash_chain import START, Entry, canonical, chained, digest_of, sentence_of, verify


def journal(*contents, previous=START):
    entries = []
    for number, content in enumerate(contents, 1):
        entries.append(Entry(number, content, previous, chained(previous, content)))
        previous = entries[-1].digest
    return entries


WHOLE = journal({"quoi": "a"}, {"quoi": "b"}, {"quoi": "c"}, {"quoi": "d"})
LAST = WHOLE[-1].digest


def edited(entry, **content):
    return Entry(entry.number, content, entry.previous, entry.digest)


def test_whole_journal_is_intact():
    found = verify(WHOLE, START, LAST, 4)

    assert (found.is_intact, found.entries, found.last) == (True, 4, LAST)


def test_empty_journal_is_intact():
    assert verify([], START, START, 0).is_intact


def test_journal_whose_oldest_entries_are_no_longer_kept_starts_from_the_last_of_them():
    assert verify(WHOLE[2:], WHOLE[1].digest, LAST, 2).is_intact


@pytest.mark.parametrize(
    ("entries", "broken_at", "held"),
    [
        ([WHOLE[0], edited(WHOLE[1], quoi="x"), *WHOLE[2:]], 2, 1),
        ([WHOLE[0], *WHOLE[2:]], 3, 1),
        (WHOLE[1:], 2, 0),
        ([WHOLE[0], WHOLE[2], WHOLE[1], WHOLE[3]], 3, 1),
        ([*WHOLE[:2], Entry(9, {"quoi": "z"}, START, "f" * 64), *WHOLE[2:]], 9, 2),
        # Edited and chained again by itself: the next entry still holds the former digest.
        ([WHOLE[0], *journal({"quoi": "x"}, previous=WHOLE[0].digest), *WHOLE[2:]], 3, 2),
        (WHOLE[:3], None, 3),
    ],
    ids=["edited", "deleted", "first deleted", "swapped", "added", "edited and chained", "last deleted"],
)
def test_what_was_changed_is_named(entries, broken_at, held):
    found = verify(entries, START, LAST, 4)

    assert (found.is_intact, found.broken_at, found.entries) == (False, broken_at, held)
    assert found.fault


def test_content_is_the_same_however_a_database_orders_its_keys():
    content = {"b": [1, {"d": "é", "c": None}], "a": 0.1}

    assert canonical(json.loads(json.dumps(content, sort_keys=True))) == canonical(content)
    assert digest_of(content) == digest_of(dict(reversed(content.items())))


def test_what_is_found_is_said_in_words():
    assert sentence_of(verify(WHOLE, START, LAST, 4)) == "intact, 4 entrées."
    assert sentence_of(verify(WHOLE[:1], START, WHOLE[0].digest, 1)) == "intact, 1 entrée."
    assert sentence_of(verify(WHOLE[1:], START, LAST, 4)).startswith("rompu à l’entrée 2\u00a0: ")
    assert sentence_of(verify(WHOLE[:3], START, LAST, 4)).startswith("rompu à la fin\u00a0: il manque")
