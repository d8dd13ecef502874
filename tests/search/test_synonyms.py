"""Sigles and everyday words of courses."""

import pytest

from formations.text_folding import fold
from search.synonyms import EVERYDAY_NAMES, initials, is_everyday_name_of


@pytest.mark.parametrize(
    ("label", "sigle"),
    [
        ("Maintenance des systèmes de production connectés, option A", "mspc"),
        ("Métiers de l’électricité et de ses environnements connectés", "mesec"),
        ("Bac pro 2 : cuisine", ""),
        ("Cuisine", ""),
    ],
)
def test_initials_of_a_course_need_three_words(label, sigle):
    assert initials(label) == sigle


def test_everyday_name_is_of_labels_with_its_whole_words():
    assert is_everyday_name_of("aquacole", "production aquacole")
    assert not is_everyday_name_of("aquacole", "production aquacoleur")


def test_phrases_and_sigles_are_written_as_the_search_reads_them():
    assert {phrase: fold(phrase) for phrase in EVERYDAY_NAMES if fold(phrase) != phrase} == {}
    assert {sigle for sigle, _words in EVERYDAY_NAMES.values() if fold(sigle) != sigle} == set()
