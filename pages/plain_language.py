"""The explanations in plain French: short sentences, everyday words, one idea each.

They follow the European rules for easy-to-read information (« Facile à lire et à comprendre », Inclusion Europe, 2009):
no figure of speech, no passive, no word that the previous sentence has not made clear. Each stands beside the full
explanation, which remains the exact one.
"""

import re

from pages.content import Lines, Text, content
from stats.indicators import Indicator
from stats.reasons import Reason

# Follows every reason that could be held against a course.
QUALITY: Text = content("plain_language")["quality"]
_NONE = Lines((), "plain_language.indicators.none")


def of_indicator(indicator: Indicator) -> Lines:
    """The sentences on an indicator, to translate then fill with its `months`; none for an indicator that has none.

    Indicators that differ by their number of months only share their sentences.
    """
    family = re.sub(r"_\d+_mois", "", indicator.name)
    lines: Lines = content("plain_language")["indicators"].get(family, _NONE)
    return lines


def of_reason(reason: Reason) -> Lines:
    """The sentences that explain why a figure is missing."""
    lines: Lines = content("plain_language")["reasons"][reason.name.lower()]
    return lines


def of_term(anchor: str) -> Lines:
    """The sentences that explain a term of the glossary, by its anchor there: "taux-d-emploi"."""
    lines: Lines = content("glossary")[anchor]["plain"]
    return lines
