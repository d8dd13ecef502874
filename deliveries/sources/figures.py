"""What all sources of figures share: columns, checks between cells, shares from counts, primary suppression."""

from typing import Any

import pandas as pd

from deliveries.checking.registry import FIGURES_STOP
from deliveries.report import Report
from deliveries.source import CellType, Column, Convert, Deduction, Reference, Source, Stage
from deliveries.sources.placing import locate_by_region, region_keys
from stats.disclosure_control.primary import completed, suppress, wholes_of
from stats.indicators import (
    BY_NAME,
    COUNTS,
    FIGURES,
    GROUP_SIZE,
    INDICATORS,
    LEAVERS,
    SITUATIONS,
    STUDYING,
    Level,
    Unit,
)
from stats.rates import share, shares_of_counts

# What a group is, whatever the source; a course taught in one and in two years has a row for each.
GROUP = ("cohort_id", "route", "diploma_id", "course_year_id", "school_id", "territory_id", "level")
KEY = ("source", *GROUP, "duration")


def figure_column(name: str, required: bool = True, aliases: tuple[str, ...] = ()) -> Column:
    """The column of an indicator: its header is any name that the registry declares, or one of `aliases`."""
    indicator = BY_NAME[name]
    kind = CellType.PERCENT if indicator.unit is Unit.PERCENT else CellType.NUMBER
    return Column(
        name,
        (*indicator.sources, *aliases),
        kind,
        required and indicator.since is None,
        fits=f"stats.Outcome.{name}",
        within=indicator.within,
    )


def with_later(level: Level, *columns: Column) -> tuple[Column, ...]:
    """These columns, and those of the indicators declared since: any release of the file may add them."""
    names = {column.name for column in columns}
    later = (i.name for i in INDICATORS if i.since and level in i.levels and i.name not in names)
    return (*columns, *map(figure_column, later))


def count_columns() -> tuple[Column, ...]:
    """The columns of head-counts; those that only later indicators use are optional."""
    later = {i.count for i in INDICATORS if i.since} - {i.count for i in INDICATORS if not i.since}
    return tuple(
        Column(name, (), CellType.INTEGER, required=name not in later, fits=f"stats.Outcome.{name}")
        for name in (GROUP_SIZE, *COUNTS)
    )


COHORT = Column("annee", ("annee_scolaire", "millesime", "cohorte", "annee_de_sortie"), CellType.COHORT)
UAI = Column(
    "uai",
    (
        "n_uai_de_l_etablissement",
        "uai_de_l_etablissement",
        "code_uai",
        "numero_uai",
        "n_uai",
        "identifiant_uai",
    ),
    CellType.UAI,
)
SCHOOL_NAME = Column(
    "libelle",
    ("libelle_de_l_etablissement", "libelle_etablissement", "nom_de_l_etablissement"),
    fits="establishments.School.name",
)
# The diploma of a year of a course, where a file or a row gives the year alone.
DIPLOMA_OF_YEAR = Deduction("cfd", "mefstat11", "course_year.diploma", "N_MEF")
REGION_NAME = Column("region", ("region_academique", "libelle_region", "nom_de_la_region"))


def check_shares(rows: pd.DataFrame, report: Report) -> pd.DataFrame:
    """Keep the rows whose three situations sum to 100, give or take 1 for rounding."""
    if not set(SITUATIONS) <= set(rows.columns):
        return rows
    total = rows[list(SITUATIONS)].sum(axis=1, min_count=3)
    wrong = ((total - 100).abs() > 1).fillna(False)
    header = rows.attrs["headers"][SITUATIONS[0]]
    report.add_all("somme_differente_de_100", header, dict.fromkeys(rows.index[wrong], ""))
    return rows[~wrong]


def check_counts(rows: pd.DataFrame, report: Report) -> pd.DataFrame:
    """Keep the rows whose counts agree: final year = further study + leavers, and no part is more than its whole.

    A blank count is the one that the others give. No finding tells a number: the group may be a small one.
    """
    counts = completed(rows)
    wrong = (counts[STUDYING] + counts[LEAVERS] != counts[GROUP_SIZE]).fillna(False)
    sentence = "Les poursuites d’études et les sortants ne font pas l’effectif de dernière année"
    report.add_all("effectif_incoherent", GROUP_SIZE, dict.fromkeys(rows.index[wrong], sentence))
    for column in COUNTS:
        for whole in wholes_of(column):
            has_more = (counts[column] > counts[whole]).fillna(False) & ~wrong
            sentence = f"Il y a plus de jeunes en «\u00a0{column}\u00a0» qu’en «\u00a0{whole}\u00a0»"
            report.add_all("effectif_incoherent", column, dict.fromkeys(rows.index[has_more], sentence))
            wrong |= has_more
    return rows[~wrong]


def shares_from_counts(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with counts completed, and each share of final-year pupils that they give, where the source has none."""
    rows = completed(rows)
    studying = share(rows[STUDYING], rows[GROUP_SIZE]).fillna(rows["taux_poursuite_etudes"])
    rows = rows.assign(taux_en_formation=studying)
    return rows.assign(**shares_of_counts(rows, studying))


def outcomes(rows: pd.DataFrame, level: Level) -> pd.DataFrame:
    """Rows of the facts table, after primary suppression: columns of KEY but `source`, counts, figures, `reasons`.

    rows: typed rows with the columns of their identity. Each cohort and route is suppressed apart, since a figure
    may be measured for one and not for another.
    """
    identity = [name for name in KEY if name != "source"]
    absent = dict.fromkeys(identity, None) | {"level": ""}
    rows = rows.assign(**{name: value for name, value in absent.items() if name not in rows})
    parts = [suppress(part, level) for _, part in rows.groupby(["cohort_id", "route"], sort=False)]
    shown = pd.concat(parts) if parts else pd.DataFrame(columns=[GROUP_SIZE, *COUNTS, *FIGURES, "reasons"])
    return rows[identity].join(shown)


def school_rows(rows: pd.DataFrame, reference: Reference) -> pd.DataFrame:
    """Name and region of the schools of a file of figures, the least trusted source of both."""
    names = rows.drop_duplicates("uai", keep="last")
    return pd.DataFrame(
        {"uai": names["uai"], "name": names["libelle"], "region_key": region_keys(names["region"], reference)}
    )


def school_source(
    name: str, label: str, columns: tuple[Column, ...], key: tuple[str, ...], convert: Convert, **options: Any
) -> Source:
    """A source of figures of schools, one slice per cohort. options: other fields of `Source`."""
    defaults: dict[str, Any] = {
        "check": check_shares,
        "resolve": locate_by_region,
        "stops": FIGURES_STOP,
        "schools": school_rows,
    }
    return Source(
        name=name,
        label=label,
        stage=Stage.FIGURES,
        columns=columns,
        key=key,
        convert=convert,
        has_cohorts=True,
        **defaults | options,
    )
