"""How a source is declared: what its file looks like, what is checked, what it becomes."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum

import pandas as pd

from deliveries.checking.registry import ALWAYS_STOPS
from deliveries.reading import Table
from deliveries.report import Report

# What a source converts its rows to: {target, as in "school" or "outcome": table}.
Tables = dict[str, pd.DataFrame]


class Stage(IntEnum):
    """Order in which sources are published: each may refer to the ones before.

    Teaching comes after the figures, which name schools that no list of schools has.
    """

    TERRITORIES = 1
    NOMENCLATURE = 2
    SCHOOLS = 3
    FIGURES = 4
    TEACHING = 5


class CellType(StrEnum):
    """What a cell must hold; `checks` has a converter for each."""

    TEXT = "texte"
    INTEGER = "entier"
    NUMBER = "nombre"
    PERCENT = "pourcentage"
    DATE = "date"
    UAI = "uai"
    CODE = "code"
    COHORT = "millesime"
    SCHOOL_YEAR = "rentree"
    LABEL = "libelle"


# A file may lack the column that tells its slices: its name tells it, or somebody does.
SLICES = frozenset({CellType.COHORT, CellType.SCHOOL_YEAR})


@dataclass(frozen=True)
class Bounds:
    """What a field of a model can hold: numbers from `low` to `high`, whole or not, or texts of `length` characters."""

    low: float | None = None
    high: float | None = None
    is_whole: bool = False
    length: int | None = None


@dataclass(frozen=True)
class Column:
    """A column of a source.

    name: the name that `check` and `convert` use, which is also a header that files may have.
    aliases: other headers of the same column, as `reading.header_key` writes them.
    kind: what its cells hold.
    required: whether a file without it is refused.
    width: length of a code, 0 for any. A spreadsheet drops leading zeros: shorter all-digit codes get them back.
    refers: the table of `Reference.known` that must hold the code, "" when the code may be new.
    fits: "app.Model.field", a name of `Reference.bounds`: the field that must be able to hold the cells, "" for none.
    within: (lowest, highest) number that means anything, None where the field alone decides.
    may_be_blank: whether a row may lack it though it is part of the key of its source.
    """

    name: str
    aliases: tuple[str, ...] = ()
    kind: CellType = CellType.TEXT
    required: bool = True
    width: int = 0
    refers: str = ""
    fits: str = ""
    within: tuple[int, int] | None = None
    may_be_blank: bool = False


@dataclass(frozen=True)
class Deduction:
    """A code that the code of another column gives, by an official table, in the rows or the files that lack it.

    Deduction("cfd", "mefstat11", "course_year.diploma", "N_MEF"). column: what is deduced. origin: the column whose codes give
    it. mapping: name of the table in `Reference.mappings`, {code: the only one that it gives}; the codes that give several,
    which nobody chooses between, are in the table of the same name and ".several", {code: [what it gives]}. table: its
    official name. may_lack_both: whether a row may have neither, as one about a whole school.
    """

    column: str
    origin: str
    mapping: str
    table: str
    may_lack_both: bool = False


@dataclass(frozen=True)
class Reference:
    """What is already published, for a source to refer to. `reference_tables.build.load` fills it.

    known: published codes, by table: "diploma", "course_year", "school", "region", "departement", "commune", "job";
    and the folded labels of years of courses, "course_label".
    mappings: "course_year.diploma" (MEFSTAT11 → CFD), "course_year.diploma.several" (MEFSTAT11 → [CFD], where N_MEF gives several), "mef.diploma" (national code of a year of a course → CFD), "course_label.years" (folded label → [(MEFSTAT11, first day)], the
    oldest first), "region.name" (folded name → territory key), "commune.named" ((folded name, key of its département)
    → code, for names that one commune has), "postal_code.communes" (postal code → codes of communes), "commune.place"
    (code → [name, département, latitude, longitude]), "commune.other_names" (code → [name]), "departement.region" (key →
    key or None).
    bounds: "app.Model.field" → what it can hold (`deliveries.bounds`).
    """

    known: dict[str, set[str]] = field(default_factory=dict)
    mappings: dict[str, dict] = field(default_factory=dict)
    bounds: dict[str, Bounds] = field(default_factory=dict)


# Typed rows of a file, indexed by line → what they become.
Convert = Callable[[pd.DataFrame, Reference], Tables]


def _no_check(rows: pd.DataFrame, report: Report) -> pd.DataFrame:
    return rows


def _as_given(rows: pd.DataFrame, report: Report, reference: Reference) -> pd.DataFrame:
    return rows


def renaming(target: str, **columns: str) -> Convert:
    """A `convert` that only renames columns: renaming("job", code="code_rome") gives {"job": table of "code"}."""

    def convert(rows: pd.DataFrame, reference: Reference) -> Tables:
        return {target: pd.DataFrame({name: rows[column] for name, column in columns.items()})}

    return convert


@dataclass(frozen=True)
class Source:
    """One official source.

    name: identifies the source on the command line and in the journal. label: its French name.
    columns: what the header of a file must hold for the file to be of this source.
    key: columns that identify a row of the file.
    convert: (rows, reference) → {target: table}; rows are typed and indexed by line. The rows of the first target
        are the ones that reports count.
    check: (rows, report) → the rows to keep; adds findings to the report.
    resolve: (rows, report, reference) → the rows with the codes of what is published, where the file says it otherwise or
        damaged; adds findings to the report.
    stops: kinds of finding that refuse the whole file. Any other finding refuses its row only, except repaired
        cells ("code_retouche") and remarks on columns, which refuse nothing.
    rank: the source of lowest rank wins where several give the same thing.
    header_of: Table → its header with blank or ambiguous cells renamed, or None when the file is of another source;
        for sources that the header alone does not identify.
    has_cohorts: whether a delivery replaces one slice per cohort; converted tables then have a `cohort_id`.
    schools: (rows, reference) → the schools that a file of figures names, as the "school" table of the sources of schools;
        None for sources that name none.
    diplomas: rows → the diplomas of higher education that a file names itself, for those that N_DIPLOME_SISE lacks: columns
        "code", "type" (SISE), "type_label", "official_label". None for sources that name none.
    deductions: codes that other columns give, so that a file may lack them; made after `check`, before `resolve`.
    """

    name: str
    label: str
    stage: Stage
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    convert: Convert
    check: Callable[[pd.DataFrame, Report], pd.DataFrame] = _no_check
    resolve: Callable[[pd.DataFrame, Report, Reference], pd.DataFrame] = _as_given
    stops: frozenset[str] = ALWAYS_STOPS
    rank: int = 0
    header_of: Callable[[Table], tuple[str, ...] | None] | None = None
    has_cohorts: bool = False
    schools: Callable[[pd.DataFrame, Reference], pd.DataFrame] | None = None
    diplomas: Callable[[pd.DataFrame], pd.DataFrame] | None = None
    deductions: tuple[Deduction, ...] = ()

    @property
    def stages(self) -> set[Stage]:
        """The stages whose tables its files fill: its own, and those of the schools and diplomas that they name."""
        named = {Stage.SCHOOLS: self.schools, Stage.NOMENCLATURE: self.diplomas}
        return {self.stage, *(stage for stage, rows_of in named.items() if rows_of)}

    def lacking(self, found: Collection[str]) -> list[Column]:
        """The required columns that a file with these columns lacks, and that nothing else tells."""
        return [
            column
            for column in self.columns
            if column.required and column.name not in found and not self.tells(column, found)
        ]

    def tells(self, column: Column, found: Collection[str]) -> bool:
        """Whether a column may be absent: another one gives it, or the name of the file, or somebody who is asked."""
        by_code = any(one.column == column.name and one.origin in found for one in self.deductions)
        return by_code or column.kind in SLICES

    @property
    def slice_column(self) -> Column | None:
        """The column that tells the slice of each row, its cohort or its school year; None for a source of one slice."""
        return next((column for column in self.columns if column.kind in SLICES), None)


def nomenclature_source(
    name: str, label: str, columns: tuple[Column, ...], key: tuple[str, ...], convert: Convert, rank: int = 0
) -> Source:
    """A source of the stage of nomenclature, which checks nothing of its own."""
    return Source(name, label, Stage.NOMENCLATURE, columns, key, convert, rank=rank)
