"""What somebody says of the columns of a file, on the command line: a TOML or JSON file.

source = "depp_etablissements_pro"
[columns]
taux_emploi_12_mois = 9        # ninth column of the file
taux_emploi_24_mois = false    # the file does not have it
"""

import json
import tomllib
from pathlib import Path
from typing import Any


class NotUnderstood(ValueError):
    """Says in French what is wrong with the file."""


def read(path: Path, source: str = "") -> tuple[str, dict[str, int | None]]:
    """(source, what is said of its columns, places from 0). source: the one named beside it, which the file may not
    contradict. Raises NotUnderstood, or OSError.
    """
    content = _parsed(path)
    if (
        not isinstance(content, dict)
        or not isinstance(content.get("columns"), dict)
        or not content["columns"]
    ):
        raise NotUnderstood(f"{path.name}\u00a0: écrire une table «\u00a0columns\u00a0», {{colonne: place}}.")
    named = content.get("source", "")
    if source and named not in {"", source}:
        raise NotUnderstood(f"{path.name} dit la source {named}, et --source dit {source}.")
    if not (source or named):
        raise NotUnderstood(f"Nommez la source, par --source ou dans {path.name}.")
    return source or named, {name: _place(name, place) for name, place in content["columns"].items()}


def _parsed(path: Path) -> Any:
    text = path.read_text(encoding="utf-8-sig")
    try:
        return json.loads(text) if path.suffix.lower() == ".json" else tomllib.loads(text)
    except ValueError as error:
        raise NotUnderstood(f"{path.name}\u00a0: {error}") from error


def _place(name: str, place: object) -> int | None:
    if place is False or place is None:
        return None
    if isinstance(place, bool) or not isinstance(place, int) or place < 1:
        raise NotUnderstood(
            f"«\u00a0{name}\u00a0»\u00a0: écrire la place de la colonne dans le fichier, 1 pour la première, ou false."
        )
    return place - 1
