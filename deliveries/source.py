"""How a source is declared: what its file looks like, what is checked, what it becomes. Pure: no Django."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum

import pandas as pd

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
    """What a cell must hold; `checks` converts and checks each."""

    TEXT = "texte"
    INTEGER = "entier"
    NUMBER = "nombre"
    PERCENT = "pourcentage"
    DATE = "date"
    UAI = "uai"
    CODE = "code"
    COHORT = "millesime"


@dataclass(frozen=True)
class Column:
    """A column of a source, known by meaning.

    name: under which `check` and `convert` find it.
    aliases: other headers with the same meaning, as `reading.header_key` writes them.
    width: length of a code, or 0; shorter all-digit codes lost their zeros in a spreadsheet.
    refers: what the code must exist in (a name of `Reference.known`), "" when it may be new.
    """

    name: str
    aliases: tuple[str, ...] = ()
    kind: CellType = CellType.TEXT
    required: bool = True
    width: int = 0
    refers: str = ""


@dataclass(frozen=True)
class Reference:
    """What is published already, for a source to refer to.

    known: name → set of codes; mappings: name → dict. The names are those that `publication.reference` fills:
    known: "diploma", "course_year", "school", "region", "departement", "commune", "job";
    mappings: "course_year.diploma" (MEFSTAT11 → CFD), "region.name" (name by `text_folding.fold` → territory key),
    "commune.place" (code → name, département, latitude, longitude), "departement.region" (key → key).
    """

    known: dict[str, set] = field(default_factory=dict)
    mappings: dict[str, dict] = field(default_factory=dict)


def _no_check(rows, report):
    return rows


# Findings that refuse the file unless its source says otherwise.
ALWAYS_STOPS = frozenset(
    {
        "fichier_vide",
        "encodage",
        "fichier_inconnu",
        "autre_source",
        "fichier_tronque",
        "ligne_trop_longue",
        "colonne_absente",
        "entete_vide",
        "millesime_absent",
        "millesime_invalide",
    }
)
FIGURES_STOP = ALWAYS_STOPS | {
    "uai_invalide",
    "code_invalide",
    "code_retouche",
    "code_inconnu",
    "nombre_invalide",
    "pourcentage_hors_bornes",
    "somme_differente_de_100",
    "cle_en_double",
    "effectif_incoherent",
}


@dataclass(frozen=True)
class Source:
    """One official source.

    name: on the command line and in the journal; label: for people.
    columns: what the header is matched against.
    key: columns that identify a row of the file.
    convert: (rows, reference) → {target: table}; rows are typed, indexed by line. The first target is the
        one whose rows are counted.
    check: (rows, report) → rows kept; adds findings of its own.
    stops: kinds of finding that refuse the file. A row with another finding is left out ("refusées"), except
        for cells repaired ("code_retouche") and remarks on columns.
    rank: among sources that give the same thing, the lowest wins.
    header_of: Table → its header with blank or ambiguous cells named by meaning, or None when the file is
        not of this source; for sources whose headers alone do not tell.
    names_schools: whether its converted tables include "school", beyond those of the stage of schools.
    has_cohorts: whether a delivery replaces one slice a cohort (converted tables have a `cohort_id`).
    """

    name: str
    label: str
    stage: Stage
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    convert: Callable[[pd.DataFrame, Reference], dict[str, pd.DataFrame]]
    check: Callable = _no_check
    stops: frozenset[str] = ALWAYS_STOPS
    rank: int = 0
    header_of: Callable | None = None
    has_cohorts: bool = False
    names_schools: bool = False

    @property
    def cohort_column(self) -> Column | None:
        """The column that gives the cohort of each row, None for a source without cohorts."""
        return next((column for column in self.columns if column.kind is CellType.COHORT), None)
