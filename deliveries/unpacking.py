"""The files that an archive stands for, wherever files come in."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from deliveries import archives
from deliveries.candidates import File
from deliveries.findings import Refusal

# Ends of names of the files that are read, which folders are searched for and file choosers propose.
SUFFIXES = (
    *(".csv", ".txt", ".json", ".jsonl", ".ndjson"),
    *(".xlsx", ".xlsm", ".xls", ".ods", ".gz", ".zip"),
)
FILE_NAMES = ",".join(SUFFIXES)


def unpacked(files: Iterable[File]) -> Iterator[File]:
    """The files, those of a ZIP archive in its place, named "archive.zip/fichier.csv".

    An archive that cannot be unpacked stays as it is: its report says why.
    """
    for file in files:
        if not archives.is_archive(file.content):
            yield file
            continue
        try:
            for name, content in archives.members(file.content):
                yield replace(file, name=f"{file.name}/{name}", content=content)
        except Refusal:
            yield file
