"""Every explanation has its version in plain French: short sentences without hard words."""

import re

import pytest

from pages import plain_language
from pages.content import content
from pages.figures.figure import plain_explanation_of
from stats.indicators import INDICATORS
from stats.reasons import Reason

LONGEST = 20
HARD_WORDS = ("sortants", "cohorte", "effectif", "dénominateur", "taux", "statistique", "insertion", "secret")


def sentences():
    for indicator in INDICATORS:
        yield from (line % {"months": indicator.months} for line in plain_language.of_indicator(indicator))
    for reason in Reason:
        yield from plain_language.of_reason(reason)
    for anchor in content("glossary"):
        yield from plain_language.of_term(anchor)
    yield plain_language.QUALITY


@pytest.mark.parametrize("sentence", sorted(set(sentences())))
def test_sentence_is_short_and_has_everyday_words(sentence):
    assert len(sentence.split()) <= LONGEST
    assert not [word for word in HARD_WORDS if word in sentence.lower()]
    assert re.search(r"[.!?]$", sentence)


@pytest.mark.parametrize("indicator", INDICATORS, ids=lambda indicator: indicator.name)
def test_every_indicator_has_sentences(indicator):
    assert plain_language.of_indicator(indicator)


def test_months_are_those_of_the_indicator():
    texts = plain_explanation_of(next(i for i in INDICATORS if i.months == 18))

    assert any("18 mois" in text for text in texts)
