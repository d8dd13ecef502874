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
    ("read", "text", "message"),
    [
        (read_everyday_names, "cap cuisine ; ; \n", "ligne 1 : ni sigle ni mot de tous les jours"),
        (
            read_everyday_names,
            "pâtissier ; ; pain\nPatissier ; ; four\n",
            "ligne 2 : « Patissier » est déjà plus haut",
        ),
        (read_query_words, "verbes ; vouloir\n", "ligne 1 : « verbes » n’est pas un usage connu"),
        (read_query_words, "sigles ; cap\n", "mots.txt : il manque vides, souhaits"),
    ],
)
def test_line_that_cannot_be_used_is_named(tmp_path, read, text, message):
    path = tmp_path / "mots.txt"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataFileError, match=message):
        read(path)


def test_phrase_of_a_synonym_may_be_written_with_its_accents(tmp_path):
    path = tmp_path / "synonyms.txt"
    path.write_text("Pâtissier ; PAT ; gâteau\n", encoding="utf-8")
    assert read_everyday_names(path) == {"patissier": ("pat", "gâteau")}
