"""Replies of the InserJeunes service: one item per measure and course becomes one row per course.

Addresses: /UAI/{uai}/millesime/{cohort}, /region/{académie code}/millesime/{cohort} and
/france/millesime/{year}/filiere/{filiere}.
"""

import re
from dataclasses import dataclass

import pandas as pd

from deliveries.services.responses import RefusedReply, content, items
from stats.indicators import COUNTS, FIGURES, GROUP_SIZE, MONTHS, Level, Route, employed_at
from stats.rates import share, shares_of_counts

ROUTES = {
    "voie_pro_sco_educ_nat": Route.SCHOOL,
    "voie_pro_sco_agri": Route.AGRICULTURAL,
    "apprentissage": Route.APPRENTICESHIP,
}
NOT_COVERED = "UAI incorrect ou agricole"
_RENAMED = {
    "DEVENIR_part_autre_situation_6_mois": "taux_autres_6_mois",
    "DEVENIR_part_en_emploi_6_mois": "taux_en_emploi_6_mois",
    "DEVENIR_part_poursuite_etudes": "taux_en_formation",
    "salaire_TS_Q1_12_mois": "salaire_12_mois_q1",
    "salaire_TS_Q2_12_mois": "salaire_12_mois_q2",
    "salaire_TS_Q3_12_mois": "salaire_12_mois_q3",
}
# Salaries of the previous cohort, which must not pass for those of this one.
_IGNORED = {f"salaire_TS_Q{rank}_12_mois_prec" for rank in (1, 2, 3)}
_SALARIES = tuple(name for name in FIGURES if name.startswith("salaire"))
_MEASURES = (GROUP_SIZE, *COUNTS, *FIGURES)
_ADDRESS = re.compile(
    r"/(?:UAI/(?P<uai>[^/]+)|region/(?P<region>[^/]+)|france)/millesime/(?P<cohort>[^/?]+)"
    r"(?:/filiere/(?P<filiere>[^/?]+))?"
)


@dataclass(frozen=True)
class Subject:
    """What a reply is about. place: UAI of a school, académie code of a region, or "" for France."""

    level: Level
    place: str
    cohort: str
    filiere: str = ""


def subject(address: str) -> Subject | None:
    """The subject of a request, from its address; None when it does not ask for figures."""
    match = _ADDRESS.search(address)
    if not match:
        return None
    if match["uai"]:
        return Subject(Level.SCHOOL_COURSE, match["uai"], match["cohort"])
    if match["region"]:
        return Subject(Level.REGION, match["region"], match["cohort"])
    return Subject(Level.COUNTRY, "", match["cohort"], match["filiere"] or "")


def is_not_covered(status: int, body: object) -> bool:
    """Whether the service answers that it has no figures of this school, which is not an error."""
    return status == 400 and NOT_COVERED in str(body)


def rows(status: int, body: str | bytes | object, about: Subject) -> pd.DataFrame:
    """Figures of each course of a reply.

    about: the `Subject`. Returns a table: code (CFD or MEFSTAT11), route, cohort, place, then head-counts, rates
    in percent and monthly salaries in euros, whole numbers, <NA> where the service gives none. Salaries are
    national only, the agricultural route comes without regions. Measures that the portal does not know are in
    `attrs["unknown"]`.
    Raises RefusedReply when the reply is refused or holds a route that nobody knows.
    """
    measures = _measures(items(content(status, body), "data"), about)
    wide = measures.pivot_table(
        index=["code", "route"], columns="measure", values="value", aggfunc="last", sort=False
    ).rename(columns=_RENAMED)
    unknown = sorted(set(wide.columns) - set(_MEASURES) - _IGNORED)
    wide = _completed(wide.reindex(columns=list(_MEASURES)).astype("Float64"))
    if about.level is not Level.COUNTRY:
        wide[list(_SALARIES)] = pd.NA
    figures = wide.reset_index().assign(cohort=about.cohort, place=about.place)
    if about.level is Level.REGION:
        figures = figures[figures["route"] != Route.AGRICULTURAL]
    figures = figures[["code", "route", "cohort", "place", *_MEASURES]].reset_index(drop=True)
    figures = figures.astype(dict.fromkeys(_MEASURES, "Float64"))
    figures.attrs["unknown"] = unknown
    return figures


def _measures(data: list[dict], about: Subject) -> pd.DataFrame:
    """One line per measure of a course; totals without a course are left out."""
    lines = []
    for item in data:
        dimensions = item.get("dimensions") or [{}]
        apprenticeship = dimensions[0].get("id_formation_apprentissage")
        code = apprenticeship or dimensions[0].get("id_mefstat11")
        if code:
            filiere = item.get("filiere") or about.filiere
            route = _route(filiere, Route.APPRENTICESHIP if apprenticeship else Route.SCHOOL)
            lines.append((code, route.value, item.get("id_mesure"), item.get("valeur_mesure")))
    table = pd.DataFrame(lines, columns=["code", "route", "measure", "value"])
    return table.assign(value=pd.to_numeric(table["value"], errors="coerce"))


def _route(filiere: str, default: Route) -> Route:
    if not filiere:
        return default
    if filiere not in ROUTES:
        raise RefusedReply(f"filière inconnue\u00a0: {filiere}")
    return ROUTES[filiere]


def _completed(table: pd.DataFrame) -> pd.DataFrame:
    """Counts that follow from others, and the shares of 12 months and later.

    Leavers are what further study leaves. When all study on, nobody works. Further study is never counted from
    the leavers: some of these are unknown to the service. The shares at 6 months come from the service only.
    """
    size, studying = table[GROUP_SIZE], table["nb_poursuite_etudes"]
    is_known = size.notna() & (table["nb_sortant"].notna() | studying.notna())
    all_study = (is_known & (studying == size)).fillna(False)
    table = table.assign(nb_sortant=table["nb_sortant"].fillna(size - studying))
    for column in map(employed_at, MONTHS):
        table[column] = table[column].mask(all_study & table[column].isna(), 0)
    later = [months for months in MONTHS if months > 6]
    return table.assign(**shares_of_counts(table, share(studying, size), later))
