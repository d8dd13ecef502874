"""The explanations in plain French: short sentences, everyday words, one idea each.

They follow the European rules for easy-to-read information (« Facile à lire et à comprendre », Inclusion Europe, 2009):
no figure of speech, no passive, no word that the previous sentence has not made clear. Each stands beside the full
explanation, which remains the exact one.
"""

import re

from pages.content import content
from stats.indicators import Indicator
from stats.reasons import Reason

# Follows every reason that could be held against a course.
QUALITY: str = content("plain_language")["quality"]


def of_indicator(indicator: Indicator) -> list[tuple[str, dict[str, int | None]]]:
    """(sentence, values of its placeholders) of each sentence on an indicator, to translate then fill.

    Indicators that differ by their number of months only share their sentences. [] for an indicator that has none.
    """
    values = {"months": indicator.months}
    family = re.sub(r"_\d+_mois", "", indicator.name)
    return [(sentence, values) for sentence in content("plain_language")["indicators"].get(family, ())]


def of_reason(reason: Reason) -> list[str]:
    """The sentences that explain why a figure is missing."""
    return list(content("plain_language")["reasons"][reason.name.lower()])


def of_term(anchor: str) -> list[str]:
    """The sentences that explain a term of the glossary, by its anchor there: "taux-d-emploi"."""
    return list(content("glossary")[anchor]["plain"])
