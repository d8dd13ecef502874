"""Every text that editors may change: those of the files of `pages/content`, and the explanations of the figures."""

from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext

from pages.content import FOLDER, Lines, Text, content
from pages.texts.shown import indicator_text
from stats.indicators import INDICATORS

SUBJECTS = {
    "glossary": "Glossaire",
    "plain_language": "Français facile",
    "indicators": "Explications des chiffres",
    "open_day_questions": "Questions des portes ouvertes",
    "job_fields": "Domaines des métiers",
}


@dataclass(frozen=True)
class Editable:
    """A text that may be changed: Editable(key="glossary.cfa.plain", base=Lines((…), "glossary.cfa.plain"))."""

    key: str
    base: Text | Lines

    @property
    def subject(self) -> str:
        return SUBJECTS[self.key.partition(".")[0]]

    @property
    def has_lines(self) -> bool:
        """Whether it is several sentences, one a line."""
        return isinstance(self.base, Lines)

    @property
    def is_filled(self) -> bool:
        """Whether the number of months takes a place in it."""
        return self.key.startswith("plain_language.indicators.")

    def text(self, language: str) -> str:
        """The text of the file, version 0, in a language; a sentence a line."""
        parts = self.base if isinstance(self.base, Lines) else (self.base,)
        with translation.override(language):
            return "\n".join(gettext(part) for part in parts)


@cache
def editables() -> dict[str, Editable]:
    """{key: `Editable`} by subject, in the order of the files."""
    names = sorted(path.stem for path in FOLDER.glob("*.toml"))
    texts = [text for name in names for text in _leaves(content(name))]
    texts += [
        indicator_text(indicator, name) for indicator in INDICATORS for name in ("explanation", "caution")
    ]
    subjects = list(SUBJECTS)
    found = [Editable(text.key, text) for text in texts if text]
    found.sort(key=lambda one: subjects.index(one.key.partition(".")[0]))
    return {one.key: one for one in found}


def languages() -> list[tuple[str, str]]:
    """[(code, name)] of the languages of the pages."""
    return list(settings.LANGUAGES)


def _leaves(value):
    if not isinstance(value, dict):
        return [value]
    return [leaf for part in value.values() for leaf in _leaves(part)]
