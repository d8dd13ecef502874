"""What was said of the columns of former files, kept under a name: proposed for the next file of the same header."""

from django.contrib.auth.models import AbstractBaseUser

from deliveries.columns.positions import Said
from deliveries.columns.suggestions import Former
from deliveries.models import ColumnMapping
from deliveries.quoting import is_number
from deliveries.reading import Table, header_key


class NameTaken(Exception):
    """Another source has a mapping of that name."""


def header_keys(table: Table) -> list[str]:
    """The header as mappings compare it, in order; a number that stands in the place of a name is never kept."""
    return ["" if is_number(cell) else header_key(cell) for cell in table.header]


def fitting(table: Table) -> list[ColumnMapping]:
    """The mappings that were made for a file of this header, the newest first."""
    keys = header_keys(table)
    mappings = ColumnMapping.objects.select_related("author").order_by("-updated_at", "-pk")
    return [mapping for mapping in mappings if mapping.header == keys]


def former_names(source: str) -> Former:
    """{column of a source: the headers under which former files had it}."""
    names: dict[str, set[str]] = {}
    for mapping in ColumnMapping.objects.filter(source=source):
        for name, place in mapping.columns.items():
            if place is not None and mapping.header[place]:
                names.setdefault(name, set()).add(mapping.header[place])
    return names


def keep(name: str, source: str, table: Table, said: Said, user: AbstractBaseUser | None) -> ColumnMapping:
    """Keep what was said under a name; the same name for the same source is written over. Raises NameTaken."""
    if ColumnMapping.objects.filter(name=name).exclude(source=source).exists():
        raise NameTaken
    fields = {"source": source, "header": header_keys(table), "columns": dict(said), "author": user}
    mapping, _ = ColumnMapping.objects.update_or_create(name=name, defaults=fields)
    return mapping


def named(name: str) -> ColumnMapping | None:
    return ColumnMapping.objects.filter(name=name).first()
