"""Presenter of the page of the whole-data files."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from api.files import dictionary, feed, versions
from stats.wording import NBSP, number_text

# The file for spreadsheets comes first: most visitors look for it.
_ORDER = ("-tableur.csv", ".csv", ".jsonl", ".parquet")


@dataclass(frozen=True)
class File:
    """A file to download: File("chiffres.csv", "CSV pour programme", "68,8 Mo", "3f7a…")."""

    name: str
    use: str
    size: str
    sha256: str


@dataclass(frozen=True)
class TableFiles:
    """The files of one table: the first for spreadsheets."""

    name: str
    title: str
    description: str
    count: str
    files: tuple[File, ...]


@dataclass(frozen=True)
class Page:
    """The published version ("" until its files are made), its tables, and the changes of each version."""

    version: str
    at: datetime | None
    tables: tuple[TableFiles, ...]
    former: tuple[str, ...]
    entries: list
    is_being_made: bool


def page(version):
    """The `Page` when `version` is what is published, "" for nothing."""
    served = versions.served(version)
    entries = feed.entries(version)
    if not served:
        return Page("", None, (), (), entries, bool(version))
    at = next(entry.at for entry in entries if entry.version == version)
    return Page(version, at, tuple(_tables(versions.manifest(version))), tuple(served[1:]), entries, False)


def _tables(manifest):
    counts = {table["nom"]: table["lignes"] for table in manifest["tables"]}
    files = {file["nom"]: file for file in manifest["fichiers"]}
    for table in dictionary.file_tables():
        if table.name in counts:
            named = [files[f"{table.name}{ending}"] for ending in _ORDER if f"{table.name}{ending}" in files]
            yield TableFiles(
                table.name,
                table.title,
                table.description,
                number_text(counts[table.name]),
                tuple(File(f["nom"], f["usage"], size_text(f["octets"]), f["sha256"]) for f in named),
            )


def size_text(size):
    """68798899 → "68,8 Mo", 5320 → "5,3 ko"."""
    for unit, name in ((1_000_000, _("Mo")), (1_000, _("ko"))):
        if size >= unit:
            return f"{size / unit:.1f}".replace(".", ",") + NBSP + name
    return f"{size}{NBSP}{_('octets')}"
