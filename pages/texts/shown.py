"""The one place that says which text is shown: that of an editor, else that of the file, translated.

What editors wrote is read once for each version of the texts (`stats.caching.texts_now`), and costs no query afterwards.
"""

from contextlib import contextmanager
from contextvars import ContextVar

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pages.content import Lines, Text
from pages.models import EditedText
from stats.caching import texts_now

# {(key, language): content} of a preview, which nobody else sees.
_drafts = ContextVar("drafts", default=None)
_read = ("", {})


def shown(text: Text) -> str:
    """A text of the files in the language of the page, or what an editor put in its place."""
    return _edited(text.key) or _(text)


def shown_lines(lines: Lines) -> list[str]:
    """Sentences of the files in the language of the page, or those that an editor put in their place."""
    edited = _edited(lines.key)
    return edited.splitlines() if edited else [_(line) for line in lines]


def explanation_of(indicator) -> str:
    return shown(indicator_text(indicator, "explanation"))


def caution_of(indicator) -> str:
    return shown(indicator_text(indicator, "caution"))


def indicator_text(indicator, name) -> Text:
    """The explanation or the caution of an indicator, with its key."""
    return Text(getattr(indicator, name), f"indicators.{indicator.name}.{name}")


@contextmanager
def drafted(key: str, language: str, content: str):
    """What is shown inside has this text, which is not published."""
    token = _drafts.set({(key, language): content})
    try:
        yield
    finally:
        _drafts.reset(token)


def current() -> dict[tuple[str, str], str]:
    """{(key, language): content} of what editors wrote last, as the database has it now."""
    rows = EditedText.objects.order_by("number").values_list("key", "language", "content")
    return {(key, language): content for key, language, content in rows}


def _edited(key):
    found = (key, get_language() or "")
    drafts = _drafts.get()
    if drafts and found in drafts:
        return drafts[found]
    return _overrides().get(found, "")


def _overrides():
    """Replaced as a whole: a thread that reads it meanwhile has one version or the other."""
    global _read
    version = texts_now()
    if not version:
        return {}
    kept, overrides = _read
    if kept != version:
        overrides = current()
        _read = (version, overrides)
    return overrides
