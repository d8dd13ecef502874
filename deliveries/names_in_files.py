"""The schools and diplomas that live files of figures name, remembered file by file.

Reading those files again took a third of the work of a publication, though their names hardly ever change. What is remembered
depends on the file and on the territories and nomenclature: a rebuild of these forgets it, and the next reader fills it again,
as for a database that a former version filled.
"""

import hashlib
import json
from collections.abc import Callable

import pandas as pd

from deliveries.loading import delete_unused, plain
from deliveries.source import Reference, Source, Stage
from stats.models import NamedInFile, ReferenceBuild, Slice

# What a file of figures gives to the tables of an earlier stage.
TARGETS = {Stage.NOMENCLATURE: "named_diploma", Stage.SCHOOLS: "school"}

_Names = dict[str, dict[str, list]]


def remember(source: Source, sha256: str, rows: pd.DataFrame, reference: Reference) -> _Names:
    """Store the names in the typed rows of a file of figures, and return them: see `NamedInFile`."""
    tables = {}
    if source.diplomas:
        tables["named_diploma"] = source.diplomas(rows)
    if source.schools:
        tables["school"] = source.schools(rows, reference)
    names = {
        target: {"columns": list(table.columns), "rows": [list(row) for row in plain(table)]}
        for target, table in tables.items()
    }
    if names:
        NamedInFile.objects.update_or_create(source=source.name, file_id=sha256, defaults={"names": names})
    return names


def forget_file(source: str, sha256: str) -> None:
    """Have the next rebuild read a file again, where a part of it alone is published, or its columns are read otherwise."""
    NamedInFile.objects.filter(source=source, file=sha256).delete()


def forget() -> None:
    """Have every file read again by the next rebuild."""
    NamedInFile.objects.all().delete()
    forget_builds(Stage.TERRITORIES)


def forget_builds(stage: Stage) -> None:
    """Have the next figures rebuild the tables of this stage and of later ones, whatever they name."""
    ReferenceBuild.objects.filter(stage__gte=stage).delete()


def of(pieces: list[Slice], stage: Stage, read: Callable[[Slice], _Names]) -> dict[str, pd.DataFrame]:
    """{source: what the files of these live slices name for the tables of a stage, one after another}.

    read: remembers the names in the file of a slice, and returns them.
    """
    stored = NamedInFile.objects.filter(source__in={piece.source for piece in pieces})
    known = {(source, file): names for source, file, names in stored.values_list("source", "file", "names")}
    tables: dict[str, dict[str, list]] = {}
    for piece in pieces:
        table = (known.get((piece.source, piece.delivery.file_id)) or read(piece))[TARGETS[stage]]
        tables.setdefault(piece.source, {"rows": []})["columns"] = table["columns"]
        tables[piece.source]["rows"] += table["rows"]
    return {
        source: pd.DataFrame(table["rows"], columns=table["columns"], dtype="object")
        for source, table in tables.items()
    }


def fingerprint(named: dict[str, pd.DataFrame]) -> str:
    """A text that is the same for the same names in the same order: see `of`."""
    rows = [[source, table.to_numpy().tolist()] for source, table in named.items()]
    return hashlib.sha256(json.dumps(rows).encode()).hexdigest()


def fingerprint_of_all(pieces: list[Slice], reference: Reference) -> str:
    """A text that is the same for the same live files and the same published codes and mappings."""
    files = [[piece.source, piece.delivery.file_id, piece.cohort] for piece in pieces]
    parts = [repr(files)]
    for known in (reference.known, reference.mappings):
        for name, items in sorted(known.items()):
            told = items.items() if isinstance(items, dict) else items
            parts += [name, *sorted(map(repr, told))]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def note_build(stage: Stage, fingerprint: str, left_over: list[tuple[str, list]]) -> None:
    """Note from what the tables of a stage were rebuilt, and which of their rows should go once nothing refers to them."""
    build = ReferenceBuild(stage=stage, fingerprint=fingerprint, left_over=left_over)
    ReferenceBuild.objects.bulk_create(
        [build], update_conflicts=True, unique_fields=["stage"], update_fields=["fingerprint", "left_over"]
    )


def is_built_from(stage: Stage, fingerprint: str) -> bool:
    """Whether the tables of a stage were last rebuilt from what has this fingerprint."""
    return ReferenceBuild.objects.filter(stage=stage, fingerprint=fingerprint).exists()


def delete_left_over(stage: Stage) -> None:
    """Delete the rows of this stage and of the later ones that no file names, and to which nothing refers any more."""
    for build in ReferenceBuild.objects.filter(stage__gte=stage).order_by("-stage"):
        for model, keys in build.left_over:
            delete_unused(model, keys)
