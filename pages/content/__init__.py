"""The texts that an editor changes without touching the code, one TOML file a subject.

Every string in these files is a French text of a page: `make messages` collects them for translation, and the pages
translate them when they show them. Each text knows its key, under which an editor of the desk may have put another one in
its place: `pages.texts.shown` says which one is shown.
"""

import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any, Self

FOLDER = Path(__file__).parent


class Text(str):
    """A French text and its key: Text("Une voie de formation…", "glossary.apprentissage.definition")."""

    key: str

    def __new__(cls, value: str, key: str) -> Self:
        text = super().__new__(cls, value)
        text.key = key
        return text


class Lines(tuple[str, ...]):
    """French sentences that stand together, and their key: Lines(("On apprend…", …), "glossary.apprentissage.plain")."""

    key: str

    def __new__(cls, values: Iterable[str], key: str) -> Self:
        lines = super().__new__(cls, values)
        lines.key = key
        return lines


@cache
def content(name: str) -> dict[str, Any]:
    """What the file `name`.toml holds, as TOML tables of `Text` and `Lines`; read once."""
    found: dict[str, Any] = _keyed(tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8")), name)
    return found


def _keyed(value: Any, key: str) -> Any:
    if isinstance(value, dict):
        return {name: _keyed(part, f"{key}.{name}") for name, part in value.items()}
    return Text(value, key) if isinstance(value, str) else Lines(value, key)
