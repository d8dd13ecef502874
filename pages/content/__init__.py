"""The texts that an editor changes without touching the code, one TOML file a subject.

Every string in these files is a French text of a page: `make messages` collects them for translation, and the pages
translate them when they show them.
"""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent


@cache
def content(name: str) -> dict[str, Any]:
    """What the file `name`.toml holds, as TOML tables; read once."""
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
