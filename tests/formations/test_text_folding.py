import pytest

from formations.name_lookups import HasWords, HoldsTown, IsTown
from formations.text_folding import fold, folded_names, folded_towns, in_full, town_key, without_accents


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


@pytest.mark.parametrize(
    ("text", "full"),
    [
        ("Lycée St.Éloi", "lycee saint eloi"),
        ("C.F.A. de Ste-Clotilde", "cfa de sainte clotilde"),
        ("L.P. J.-B. Vatelot", "lycee professionnel j b vatelot"),
        ("Sacré-Cœur, l’Ermitage", "sacre coeur l ermitage"),
    ],
)
def test_short_forms_and_sigles_are_written_in_full(text, full):
    assert in_full(text) == full


NAMES = (
    "Bac pro Métiers de l’électricité et de ses environnements connectés",
    "CAP Maître d'œuvre (option A : bâtiment)",
    "Lycée polyvalent privé St.Éloi – L’Ermitage",
    "C.F.A. J.F. Kennedy / U.F.A. Ste-Marie",
    "Lycée J F Kennedy",
    "LPO Privé Sacré-Cœur",
)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "typed",
    [
        str,
        str.upper,
        without_accents,
        fold,
        in_full,
        lambda name: name.replace("’", "'").replace("œ", "oe"),
        lambda name: " ".join(reversed(name.split())),
        lambda name: name[:-1],
    ],
    ids=["itself", "capitals", "no accents", "folded", "in full", "plain", "reversed", "half-typed"],
)
def test_a_name_is_found_however_it_is_typed(name, typed):
    found = folded_names((name,))

    assert all(part in found for part in HasWords.parts_of(typed(name)))


def test_a_word_that_no_name_has_finds_nothing():
    assert not all(part in folded_names(NAMES) for part in HasWords.parts_of("lycée menuiserie"))
    assert folded_names(()) == "" == folded_towns(("",))
    assert HasWords.parts_of("…") == [] == IsTown.parts_of(" ")


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("RENNES CEDEX 7", "rennes"),
        ("35042 Rennes Cedex", "rennes"),
        ("St Denis", "saint denis"),
        ("Ste-Foy-lès-Lyon", "sainte foy les lyon"),
        ("Cedex", "cedex"),
    ],
)
def test_a_town_is_known_without_what_its_postal_address_adds(typed, key):
    assert town_key(typed) == key


@pytest.mark.parametrize(
    ("names", "typed", "is_town", "holds"),
    [
        (("Paris 13e",), "Paris", True, True),
        (("Paris 13e",), "paris 13", True, True),
        (("Lyon 1er",), "Lyon 1er", True, True),
        (("Le Touquet-Paris-Plage",), "Paris", False, True),
        (("Seyssinet-Pariset",), "Paris", False, False),
        (("Évry-Courcouronnes", "Évry"), "EVRY", True, True),
        (("L’Haÿ-les-Roses",), "l'hay les roses", True, True),
    ],
)
def test_a_town_is_itself_or_is_held_by_a_longer_name(names, typed, is_town, holds):
    towns = folded_towns(names)

    assert all(part in towns for part in IsTown.parts_of(typed)) is is_town
    assert all(part in towns for part in HoldsTown.parts_of(typed)) is holds
