"""The index of words: accents, endings, beginnings, mistakes."""

import pytest

from search.phonetics import sound
from search.text_index import WordIndex, stem, words_of


def index_of(*texts):
    index = WordIndex()
    for text in texts:
        index.add(text, text)
    return index.close()


def best(index, query):
    scores = index.search(index.match(words_of(query)))
    return max(scores, key=scores.get) if scores else None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("coiffeur", "coiffure"),
        ("coiffeuse", "coiffeur"),
        ("boulanger", "boulangerie"),
        ("mecanicien", "mecanique"),
        ("electricien", "electricite"),
        ("macon", "maconnerie"),
        ("cuisinier", "cuisine"),
    ],
)
def test_trade_worker_and_product_have_the_same_stem(one, other):
    assert stem(one) == stem(other)


@pytest.mark.parametrize(
    "query", ["cuisine", "CUISINES", "cuisin", "cuisinier", "cuisnie", "cuisin e", "cusine", "cuissine"]
)
def test_word_is_found_however_it_is_written(query):
    assert best(index_of("Cuisine", "Coiffure", "Couture"), query) == "Cuisine"


def test_whole_text_comes_before_the_same_word_among_others():
    assert best(index_of("Vendeur de cuisines", "Cuisine", "Arts de la cuisine"), "cuisine") == "Cuisine"


def test_whole_word_comes_before_longer_ones():
    assert best(index_of("Modelage", "Mode"), "mode") == "Mode"


def test_unknown_word_finds_nothing():
    index = index_of("Cuisine", "Coiffure")
    understanding = index.match(["xyzzyq"])
    assert understanding.unknown == ["xyzzyq"]
    assert index.search(understanding) == {}


def test_correction_is_told():
    assert index_of("Cuisine").match(["cuisnie"]).corrections == {"cuisnie": "cuisine"}


def test_only_the_nearest_words_are_meant_by_a_mistake():
    index = index_of("Vendanges", "Vendeuses")
    assert index.match(["vendagnes"]).by_word["vendagnes"].keys() == {"vendanges"}


def test_long_word_with_another_beginning_and_two_mistakes_is_still_understood():
    assert index_of("Boulanger", "Coiffure").match(["voulamger"]).corrections == {"voulamger": "boulanger"}


def test_lesser_words_find_a_text_and_do_not_make_it_longer():
    index = WordIndex()
    index.add("a", "Cuisine")
    index.add("a", "hotellerie restauration", 0.5)
    index.add("b", "Hotellerie")
    index = index.close()

    assert "restauration" in index
    assert "coiffure" not in index
    assert index.search(index.match(["cuisine"])) == pytest.approx({"a": 1.15})
    scores = index.search(index.match(["hotellerie"]))
    assert scores["b"] > scores["a"]


def test_word_written_twice_counts_once():
    index = index_of("Cuisine cuisines")
    assert index.search(index.match(["cuisine"])) == pytest.approx({"Cuisine cuisines": 1.15})


def test_text_has_words_whatever_their_endings_and_no_other():
    index = index_of("Arts de la cuisine", "Vendeur")
    assert index.has_all(["art", "cuisines"])
    assert not index.has_all(["cuisines", "vendeuse"])
    assert not index.has_all([])


def test_empty_index_finds_nothing():
    index = WordIndex().close()
    assert index.search(index.match(["cuisine"])) == {}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("mecanissien", "mecanicien"),
        ("fotographe", "photographe"),
        ("informatike", "informatique"),
        ("otelerie", "hotellerie"),
        ("charpantier", "charpentier"),
        ("restoration", "restauration"),
    ],
)
def test_word_is_found_by_its_sound(typed, meant):
    assert sound(typed) == sound(meant)
    assert best(index_of(meant, "maconnerie", "coiffure"), typed) == meant


def test_words_that_sound_otherwise_stay_apart():
    assert len({sound(word) for word in ("coiffure", "confiture", "couture", "cuisine", "cousine")}) == 5


def test_short_word_is_not_corrected_to_another_beginning():
    assert index_of("Ain").match(["pain"]).unknown == ["pain"]


def test_unknown_word_has_words_that_look_like_it():
    assert index_of("Cuisine", "Coiffure").nearest("cuisinade") == ["cuisine"]


def matches(texts, word):
    """{word of the index: quality} that `word` stands for."""
    return index_of(*texts).match([word]).by_word[word]


@pytest.mark.parametrize(
    ("texts", "word", "quality"),
    [
        (["cuisine"], "cuisine", 1.0),
        (["cuisines"], "cuisine", 0.97),
        (["photographie"], "fotografie", 0.95),
        (["coiffure"], "coiffeur", 0.92),
        (["cuisine"], "cuis", 0.85),
        (["mode", "modelage"], "mode", 0.6),
        # One error of seven letters, corrected at 0.6.
        (["cuisine"], "cuisnie", 0.6 * (1 - 1 / 14)),
        # Another beginning is the last resort, whatever the number of errors.
        (["cuisine"], "nuisiie", 0.42),
    ],
)
def test_each_way_of_matching_has_its_quality(texts, word, quality):
    assert matches(texts, word)[texts[-1]] == pytest.approx(quality)


def test_relatives_of_a_correction_count_less():
    assert matches(["coiffure", "coiffeur"], "coiffrue") == pytest.approx(
        {"coiffure": 0.6 * (1 - 1 / 16), "coiffeur": 0.48}
    )


def test_a_text_that_has_no_other_words_has_more():
    index = index_of("Cuisine", "Cuisine froide rapide")
    assert index.search(index.match(["cuisine"])) == pytest.approx(
        {"Cuisine": 1.15, "Cuisine froide rapide": 1.05}
    )


def test_a_beginning_stands_for_sixty_words_at_most():
    assert len(matches([f"abc{number:03d}" for number in range(100)], "abc")) == 60


@pytest.mark.parametrize(
    ("known", "typed", "is_matched"),
    [
        ("pho", "fo", False),
        ("pho", "foh", False),
        ("faux", "fauz", True),
        # A word of five letters is not corrected to another beginning, one of six is.
        ("balle", "salle", False),
        ("ballet", "sallet", True),
        # One error up to five letters, two up to eight, three beyond.
        ("metal", "mutol", False),
        ("cuisine", "cuasone", True),
        ("cuisine", "cuosano", False),
        ("electricien", "alactricoen", True),
        # Three letters are never corrected, nor a number.
        ("bac", "bax", False),
        ("2024", "2025", False),
    ],
)
def test_words_are_corrected_as_far_as_their_length_allows(known, typed, is_matched):
    assert bool(matches([known], typed)) is is_matched


@pytest.mark.parametrize(("word", "expected"), [("bals", "bals"), ("balles", "ball"), ("cuisines", "cuisin")])
def test_a_stem_keeps_four_letters_at_least(word, expected):
    assert stem(word) == expected


def test_nearest_words_are_three_and_alike():
    index = index_of("cuisine", "cuisines", "cuisinier", "cuisiniere", "zinc")
    assert index.nearest("cuisinne") == ["cuisine", "cuisinier", "cuisines"]
    assert index.nearest("xyzzy") == []
