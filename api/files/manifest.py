"""The manifest of a version: it describes each file to those who download it."""

import hashlib

from django.utils.translation import gettext as _

from api.files import dictionary
from stats.tables.columns import OPEN_LICENCE
from stats.wording import SOURCE

# ending of a file's name: (media type, whether it is saved rather than shown)
TYPES = {
    ".csv": ("text/csv; charset=utf-8", True),
    ".jsonl": ("application/x-ndjson; charset=utf-8", True),
    ".parquet": ("application/vnd.apache.parquet", True),
    ".gz": ("application/gzip", True),
    ".json": ("application/json; charset=utf-8", False),
}


def describe(version, directory, counts, summary):
    """The manifest of the files in `directory`, as the JSON file gives it.

    counts: {"chiffres": 159837, …}, rows of each table. summary: what moved, as `changes.compare`, or None.
    """
    return {
        "version": version,
        "date": version[:10],
        "source": SOURCE,
        "licence": {"nom": OPEN_LICENCE.name, "adresse": OPEN_LICENCE.address},
        "tables": [
            {
                "nom": table.name,
                "titre": table.title,
                "lignes": counts[table.name],
                "colonnes": [
                    {"nom": column.name, "type": column.cell_type.value} for column in table.columns
                ],
            }
            for table in dictionary.file_tables()
        ],
        "fichiers": [_file(path, counts) for path in sorted(directory.iterdir())],
        "changements": summary,
    }


def _file(path, counts):
    stem, ending = path.name.partition(".")[0], path.name.rpartition(".")[2]
    table = stem.removesuffix("-tableur")
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return {
        "nom": path.name,
        "table": table if table in counts else None,
        "usage": _usage(path.name),
        "type": TYPES[f".{ending}"][0],
        "octets": path.stat().st_size,
        "sha256": digest,
    }


def _usage(name):
    """The purpose of a file, in a few words."""
    words = {
        "dictionnaire.json": _("dictionnaire des données"),
        "changements.json": _("résumé des changements depuis la version d’avant"),
        "changements.jsonl": _("changements depuis la version d’avant, groupe par groupe"),
    }
    if name in words:
        return words[name]
    packed = _(", compressé") if name.endswith(".gz") else ""
    base = name.removesuffix(".gz")
    if base.endswith("-tableur.csv"):
        return _("CSV pour tableur") + packed
    if base.endswith(".csv"):
        return _("CSV pour programme") + packed
    if base.endswith(".jsonl"):
        return _("JSON, une ligne par objet") + packed
    return _("Parquet")
