"""How the database finds a row by its names: lookups of the columns that text_folding fills."""

from django.db.models import Lookup, TextField

from formations.text_folding import in_full, town_key

_NO_ROW = "1 = 0", []


class _FoldedLookup(Lookup):
    """All the texts of `parts_of` must be in the column; no row has a value without words."""

    def as_sql(self, compiler, connection):
        column, parameters = self.process_lhs(compiler, connection)
        parts = self.parts_of(self.rhs)
        if not parts:
            return _NO_ROW
        condition = " AND ".join([f"{column} LIKE %s"] * len(parts))
        patterns = [f"%{part}%" for part in parts]
        return f"({condition})", [value for pattern in patterns for value in (*parameters, pattern)]

    @staticmethod
    def parts_of(value):
        raise NotImplementedError


@TextField.register_lookup
class HasWords(_FoldedLookup):
    """Each word of the value begins a word of a `folded_names` column, whatever their accents, case and short forms."""

    lookup_name = "has_words"
    prepare_rhs = False

    @staticmethod
    def parts_of(value):
        return [f" {word}" for word in dict.fromkeys(in_full(value).split())]


@TextField.register_lookup
class IsTown(_FoldedLookup):
    """The value is one of the names of a `folded_towns` column."""

    lookup_name = "is_town"
    prepare_rhs = False

    @staticmethod
    def parts_of(value):
        key = town_key(value)
        return [f"| {key} |"] if key else []


@TextField.register_lookup
class HoldsTown(_FoldedLookup):
    """The words of the value follow one another in a name of a `folded_towns` column: "Touquet" in "Le Touquet-Paris-Plage"."""

    lookup_name = "holds_town"
    prepare_rhs = False

    @staticmethod
    def parts_of(value):
        key = town_key(value)
        return [f" {key} "] if key else []
