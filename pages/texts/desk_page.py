"""The pages of the desk about texts, as plain dataclasses."""

import re
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher

from pages.models import EditedText
from pages.texts.catalogue import SUBJECTS, Editable, editables, languages
from pages.texts.forms import TextForm
from pages.texts.shown import current


@dataclass(frozen=True)
class Line:
    """A text of the list: Line(key="glossary.cfa.term", text="CFA", changed=("Français",))."""

    key: str
    text: str
    changed: tuple[str, ...]


@dataclass(frozen=True)
class Group:
    """The texts of a subject: Group(title="Glossaire", lines=(Line(…),))."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Piece:
    """A piece of a text beside another version: Piece(text="un mot", kind="ins"); kind: "ins", "del" or ""."""

    text: str
    kind: str


@dataclass(frozen=True)
class VersionView:
    """A version: what it changed of the one before, and what it holds. number: 0 for the text of the file."""

    number: int
    who: str
    at: datetime | None
    note: str
    pieces: tuple[Piece, ...]
    can_restore: bool


@dataclass(frozen=True)
class LanguageView:
    """A text in a language: its version of today, its form, its versions, newest first."""

    code: str
    name: str
    number: int
    text: str
    form: TextForm
    versions: tuple[VersionView, ...]


def groups(query: str, only_changed: bool) -> list[Group]:
    """The list, narrowed to texts that hold the words of `query` in any language, or that an editor changed."""
    overrides = {found: content for found, content in current().items() if content}
    lines: dict[str, list[Line]] = {title: [] for title in SUBJECTS.values()}
    for one in editables().values():
        texts = {code: overrides.get((one.key, code)) or one.text(code) for code, _name in languages()}
        changed = tuple(name for code, name in languages() if (one.key, code) in overrides)
        is_found = query.casefold() in " ".join((one.key, *texts.values())).casefold()
        if is_found and (changed or not only_changed):
            lines[one.subject].append(Line(one.key, texts["fr"], changed))
    return [Group(title, tuple(found)) for title, found in lines.items() if found]


def language_views(
    editable: Editable, versions: list[EditedText], bound: TextForm | None
) -> list[LanguageView]:
    """A `LanguageView` for each language. bound: the form that was sent, for the language of its prefix."""
    return [
        _language(editable, code, name, [one for one in versions if one.language == code], bound)
        for code, name in languages()
    ]


def _language(editable, code, name, versions, bound):
    number = versions[0].number if versions else 0
    text = (versions[0].content if versions else "") or editable.text(code)
    is_bound = bound is not None and bound.prefix == code
    form = bound if is_bound else TextForm(editable, code, initial={"content": text, "after": number})
    return LanguageView(code, name, number, text, form, tuple(_versions(editable, code, versions)))


def _versions(editable, code, versions):
    base = editable.text(code)
    texts = [*((one.content or base) for one in versions), base]
    for position, one in enumerate(versions):
        pieces = pieces_of(texts[position + 1], texts[position])
        yield VersionView(one.number, one.who, one.at, one.note, pieces, can_restore=position > 0)
    if versions:
        yield VersionView(
            0, "", None, "Texte du fichier", (Piece(base, ""),), can_restore=bool(versions[0].content)
        )


def pieces_of(before: str, after: str) -> tuple[Piece, ...]:
    """What changes from one text to the other, word by word."""
    old, new = re.findall(r"\s+|\S+", before), re.findall(r"\s+|\S+", after)
    pieces = []
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            pieces.append(Piece("".join(old[i1:i2]), ""))
            continue
        pieces += [
            Piece("".join(words), mark) for words, mark in ((old[i1:i2], "del"), (new[j1:j2], "ins")) if words
        ]
    return tuple(pieces)
