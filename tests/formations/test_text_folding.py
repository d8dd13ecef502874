import pytest

from formations.text_folding import fold, without_accents


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Maître d’œuvre – Économie", "maitre d oeuvre economie"),
        ("  Taux d'emploi (6\u00a0mois)  ", "taux d emploi 6 mois"),
        ("NIVEAU N° 3, L’HAŸ-LES-ROSES", "niveau n 3 l hay les roses"),
        ("e\u0301le\u0300ve", "eleve"),
        ("ŒUF Æ 100 m²", "oeuf ae 100 m2"),
        ("…", ""),
    ],
)
def test_folded_text_is_plain_words(text, folded):
    assert fold(text) == folded


def test_words_are_joined_as_asked():
    assert fold("Gros œuvre, bâtiment", "_") == "gros_oeuvre_batiment"


def test_text_without_accents_keeps_its_case_and_punctuation():
    assert without_accents("Œuvre d’été (À, b)") == "OEuvre d’ete (A, b)"
    assert without_accents("CAP Cuisine (A)") == "CAP Cuisine (A)"
