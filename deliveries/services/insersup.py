"""Replies of the InserSup service: diplomas of higher education in each establishment."""

import re
from collections.abc import Iterable

import pandas as pd

from deliveries.services.responses import content, items
from stats.indicators import COUNTS, FIGURES, GROUP_SIZE, MONTHS, STUDYING, Route, employed_at
from stats.rates import share, shares_of_counts

_NUMBERS = {
    GROUP_SIZE: "nb_inscrits",
    "nb_diplome": "nb_diplomes",
    "nb_poursuite_etudes": "nb_poursuivants",
    "nb_sortant": "nb_sortants",
    **{employed_at(months): f"nb_in_dsn_{months}" for months in MONTHS},
    **{f"salaire_12_mois_q{rank}": f"salaire_q{rank}_national_diplome_12" for rank in (1, 2, 3)},
}
_SUBJECT = ["domaine", "secteur_disciplinaire", "discipline"]


def number(text: object) -> int | None:
    """A cell as a whole number: "130 *" is 130, "12 **" is 12; "nd" (withheld), "na" and blanks are None."""
    match = re.match(r"\s*(\d+)", str(text))
    return int(match[1]) if match else None


def cohort(years: str, leavers: object) -> str:
    """Cohort of a row: the year that ends the university year ("2021" for 2020-2021), or both when pooled.

    leavers: a cell in which "*" means that two cohorts are pooled, and "**" that they are still too few.
    """
    if str(leavers).count("*") == 1:
        return years.replace("-", "_")
    return years.split("-")[1]


def rows(status: int, body: str | bytes | object, cohorts: Iterable[str]) -> pd.DataFrame:
    """Figures of each diploma in each establishment for these cohorts.

    cohorts: "2020_2021" stands for the pooled cohort and for each of its years. Where a diploma comes in several
    disciplines, only the first in the reply is kept: the service does not publish their sum.
    Returns a table: place (UAI), code (SISE), cohort, route, school_name, then head-counts (nb_diplome too),
    rates in percent and salaries in euros; shares come from the counts, on all who were enrolled.
    """
    asked = {part for name in cohorts for part in (name, *name.split("_"))}
    reply = pd.DataFrame(items(content(status, body), "results"), dtype="object")
    table = pd.DataFrame(
        {
            "place": _column(reply, "etablissement"),
            "code": _column(reply, "diplome").fillna(_column(reply, "diplome_consol")),
            "cohort": [
                cohort(years, leavers)
                for years, leavers in zip(
                    _column(reply, "annee_universitaire"), _column(reply, "nb_sortants"), strict=True
                )
            ],
            "route": Route.HIGHER.value,
            "school_name": _column(reply, "denomination_principale"),
            **{
                name: pd.array([number(cell) for cell in _column(reply, source)], dtype="Float64")
                for name, source in _NUMBERS.items()
            },
            "subject": list(zip(*(_column(reply, name) for name in _SUBJECT), strict=True)),
            "last_year": "",
        },
        index=reply.index,
    )
    table["last_year"] = table["cohort"].astype("str").str[-4:]
    table = _first_discipline(table[table["cohort"].isin(asked)])
    return _with_shares(table.drop_duplicates(["place", "code", "cohort"], keep="last"))


def _column(reply: pd.DataFrame, name: str) -> pd.Series:
    return reply[name] if name in reply else pd.Series(None, index=reply.index, dtype="object")


def _first_discipline(table: pd.DataFrame) -> pd.DataFrame:
    first = table.groupby(["place", "code", "last_year"], sort=False)["subject"].transform("first")
    return table[table["subject"] == first].drop(columns=["subject", "last_year"])


def _with_shares(table: pd.DataFrame) -> pd.DataFrame:
    studying = share(table[STUDYING], table[GROUP_SIZE])
    table = table.assign(taux_en_formation=studying, **shares_of_counts(table, studying))
    columns = ["place", "code", "cohort", "route", "school_name", GROUP_SIZE, "nb_diplome", *COUNTS, *FIGURES]
    return table.reindex(columns=columns).reset_index(drop=True)
