"""How a published table is described: the table, its columns, and where the value of each column comes from."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from django.db.models import Case, F, Model, TextField, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, Concat, NullIf
from django.urls import reverse


class Type(StrEnum):
    """What a column holds. The value is its name in the manifest and in the dictionary."""

    TEXT = "texte"
    INTEGER = "entier"
    NUMBER = "nombre"
    DATE = "date"
    BOOLEAN = "booleen"


@dataclass(frozen=True)
class Licence:
    """Licence("Licence Ouverte 2.0 (Etalab)", "https://…")."""

    name: str
    address: str


OPEN_LICENCE = Licence(
    "Licence Ouverte 2.0 (Etalab)", "https://www.etalab.gouv.fr/licence-ouverte-open-licence/"
)


@dataclass(frozen=True)
class Column:
    """One column: Column("niveau", Type.INTEGER, "type__level", "Niveau de qualification, de 3 à 8.").

    source: the value as a field path ("type__level"), as an ORM expression, or as a function that returns an
        expression, for what is only known once the URLs are loaded. The JSON publishes this value.
    meaning: French description: open data are described in French only.
    openapi: French description in the OpenAPI document, where null replaces the empty cells of the other formats.
        None repeats the meaning, "" leaves the column without description.
    is_nullable: whether the JSON may hold null.
    choices: the only values of the JSON, as (value, label); () when the column is open.
    values: {code: what it means}, {} where any text may stand.
    is_free: a text written by people, which a spreadsheet might take for a formula.
    is_repeated: whether the same texts come back on many rows.
    figure: name of the indicator that the column is the value or the reason of, "" for the others.
    is_reason: whether it is the code of the reason of a missing figure.
    only_in_files: whether the whole-data files alone publish it.
    """

    name: str
    type: Type
    source: str | Combinable | Callable[[], Combinable]
    meaning: str
    openapi: str | None = None
    is_nullable: bool = False
    unit: str = ""
    denominator: str = ""
    caution: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    values: dict[str, str] = field(default_factory=dict)
    is_free: bool = False
    is_repeated: bool = True
    figure: str = ""
    is_reason: bool = False
    only_in_files: bool = False

    @property
    def expression(self):
        """The value in the JSON."""
        if isinstance(self.source, str):
            return F(self.source)
        return self.source() if callable(self.source) else self.source

    @property
    def cell(self):
        """The value in a row of a file: a truth is written "oui" or "non", as the dictionary says."""
        if self.type is not Type.BOOLEAN:
            return self.expression
        is_true, is_false = (
            When(**{self.source: True}, then=Value("oui")),
            When(**{self.source: False}, then=Value("non")),
        )
        return Case(is_true, is_false)

    @property
    def cell_type(self):
        """The type of `cell`."""
        return Type.TEXT if self.type is Type.BOOLEAN else self.type

    @property
    def attribute(self):
        """What `Table.annotated` calls the value on a row; fields of the model may have the name of the column."""
        return f"column_{self.name}"


@dataclass(eq=False)
class Table:
    """A published table.

    name: in addresses and names of files. title, description: French.
    model: whose rows it publishes. is_in_files: whether it is among the whole-data files.
    """

    name: str
    title: str
    description: str
    model: type[Model]
    columns: tuple[Column, ...]
    is_in_files: bool = True
    licence: Licence = OPEN_LICENCE

    @property
    def exported(self):
        """The columns of the CSV of pages and of the formats of the open API."""
        return tuple(column for column in self.columns if not column.only_in_files)

    def annotated(self, queryset):
        """Rows that carry the value of each exported column as an attribute, `Column.attribute`."""
        return queryset.annotate(**{column.attribute: column.expression for column in self.exported})


def blank_as_null(expression):
    return NullIf(expression, Value(""), output_field=TextField())


def page_address(name, key, default_slug):
    """Function that returns the address of each row's page, as `stats.links` makes it one by one.

    name: of the URL. key: name of its code in the URL, and of the primary key of the row.
    """
    mark = {"code": "00000000", "uai": "0000000A"}[key]

    def expression():
        before, middle = reverse(name, kwargs={"slug": "SLUG", key: mark}).split("SLUG")
        between, after = middle.split(mark)
        slug = Coalesce(blank_as_null(F("slug")), Value(default_slug), output_field=TextField())
        return Concat(Value(before), slug, Value(between), F(key), Value(after), output_field=TextField())

    return expression
