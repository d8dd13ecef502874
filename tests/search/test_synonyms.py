"""Sigles and everyday words of courses."""

import pytest

from formations.data_files import DataFileError
from search.query_words import read_query_words
from search.synonyms import initials, is_everyday_name_of, read_everyday_names


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


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("cap cuisine ; ; \n", "ligne 1 : ni sigle ni mot de tous les jours"),
        ("pâtissier ; ; gâteau\nPatissier ; ; dessert\n", "ligne 2 : « Patissier » est déjà plus haut"),
    ],
)
def test_synonym_that_says_nothing_new_is_refused_with_its_line(tmp_path, text, message):
    path = tmp_path / "synonyms.txt"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataFileError, match=message):
        read_everyday_names(path)


def test_phrase_of_a_synonym_may_be_written_with_its_accents(tmp_path):
    path = tmp_path / "synonyms.txt"
    path.write_text("Pâtissier ; PAT ; gâteau\n", encoding="utf-8")
    assert read_everyday_names(path) == {"patissier": ("pat", "gâteau")}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("verbes ; vouloir\n", "ligne 1 : « verbes » n’est pas un usage connu"),
        ("sigles ; cap\n", "query_words.txt : il manque vides, souhaits"),
    ],
)
def test_words_of_queries_have_known_purposes_and_all_of_them(tmp_path, text, message):
    path = tmp_path / "query_words.txt"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataFileError, match=message):
        read_query_words(path)
