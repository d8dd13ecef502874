"""What every source of figures does: checks between cells, shares from counts, withholding. Pure: no Django."""

import pandas as pd

from deliveries.source import CellType, Column
from formations.text_folding import fold
from stats.disclosure_control.primary import suppress
from stats.indicators import (
    BY_NAME,
    COUNTS,
    FIGURES,
    GROUP_SIZE,
    INDICATORS,
    MONTHS,
    SITUATIONS,
    STUDYING,
    Unit,
    employed_at,
)
from stats.rates import share, shares_of_counts

KEY = ("source", "cohort_id", "route", "diploma_id", "course_year_id", "school_id", "territory_id")


def figure_column(name, required=True, aliases=()):
    """The column of an indicator, found under any name that the registry knows."""
    indicator = BY_NAME[name]
    kind = CellType.PERCENT if indicator.unit is Unit.PERCENT else CellType.NUMBER
    return Column(name, (*indicator.sources, *aliases), kind, required and indicator.since is None)


def with_later(level, *columns):
    """These columns, and those of the indicators that came after the format of the file: any release may bring them."""
    names = {column.name for column in columns}
    later = (i.name for i in INDICATORS if i.since and level in i.levels and i.name not in names)
    return (*columns, *map(figure_column, later))


def count_columns():
    """The columns of head-counts, optional where only indicators that came later are made from them."""
    later = {i.count for i in INDICATORS if i.since} - {i.count for i in INDICATORS if not i.since}
    return tuple(
        Column(name, (), CellType.INTEGER, required=name not in later) for name in (GROUP_SIZE, *COUNTS)
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
    "libelle", ("libelle_de_l_etablissement", "libelle_etablissement", "nom_de_l_etablissement")
)
REGION_NAME = Column("region", ("region_academique", "libelle_region", "nom_de_la_region"))


def check_shares(rows, report):
    """The three situations must sum to 100, give or take 1 for rounding."""
    if not set(SITUATIONS) <= set(rows.columns):
        return rows
    total = rows[list(SITUATIONS)].sum(axis=1, min_count=3)
    wrong = ((total - 100).abs() > 1).fillna(False)
    report.add_all(
        "somme_differente_de_100", rows.attrs["headers"][SITUATIONS[0]], total[wrong].astype("Int64")
    )
    return rows[~wrong]


def check_counts(rows, report):
    """Those who study on and those who leave make the final year; nobody works who has not left."""
    total = rows["nb_poursuite_etudes"] + rows["nb_sortant"]
    wrong = (total != rows[GROUP_SIZE]).fillna(False)
    for line in rows.index[wrong]:
        report.add(
            "effectif_incoherent",
            line=int(line),
            column=GROUP_SIZE,
            value=f"Poursuites d’études et sortants font {int(total[line])}, pas {int(rows.at[line, GROUP_SIZE])}",
        )
    for column in map(employed_at, MONTHS):
        more = (rows[column] > rows["nb_sortant"]).fillna(False)
        for line in rows.index[more]:
            report.add(
                "effectif_incoherent",
                line=int(line),
                column=column,
                value=f"{int(rows.at[line, column])} en emploi pour {int(rows.at[line, 'nb_sortant'])} sortants",
            )
        wrong |= more
    return rows[~wrong]


def shares_from_counts(rows):
    """Fill the shares on final-year pupils that the counts give, where the source has no share."""
    studying = share(rows[STUDYING], rows[GROUP_SIZE]).fillna(rows["taux_poursuite_etudes"])
    rows = rows.assign(taux_en_formation=studying)
    return rows.assign(**shares_of_counts(rows, studying))


def outcomes(rows, level):
    """Typed rows with their identity → rows of the facts table, withheld, with a reason for each hole.

    Each cohort and route is withheld on its own, since a figure may be measured for one and not the other.
    """
    identity = [name for name in KEY if name != "source"]
    rows = rows.assign(**{name: None for name in identity if name not in rows})
    parts = [suppress(part, level) for _, part in rows.groupby(["cohort_id", "route"], sort=False)]
    shown = pd.concat(parts) if parts else pd.DataFrame(columns=[GROUP_SIZE, *COUNTS, *FIGURES, "reasons"])
    return rows[identity].join(shown)


def school_rows(rows, reference):
    """What a file of figures tells of its schools: name and region, the least trusted of all sources."""
    names = rows.drop_duplicates("uai", keep="last")
    return pd.DataFrame(
        {"uai": names["uai"], "name": names["libelle"], "region_key": region_keys(names["region"], reference)}
    )


def region_keys(names, reference):
    """Region names, in capitals or not, → territory keys; None for a name that is no region's."""
    return (
        names.map(fold)
        .map(reference.mappings["region.name"])
        .astype("object")
        .where(lambda k: k.notna(), None)
    )
