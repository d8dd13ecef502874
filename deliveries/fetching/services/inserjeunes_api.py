"""The InserJeunes service: figures of a cohort by region, and by school; five requests a second.

It also gives national figures, which no source of the portal reads: those of France are computed from the regions.
"""

from collections.abc import Iterable, Iterator
from functools import partial

import pandas as pd

from deliveries import progress
from deliveries.checking.rows import INSEE_OF
from deliveries.fetching.faults import FetchFailed
from deliveries.fetching.work import Fetched, SignedIn, Work, write_whole
from deliveries.services import inserjeunes
from deliveries.services.responses import RefusedReply
from stats.indicators import COUNTS, EMPLOYMENT_RATES, GROUP_SIZE, Level, Route

# No figures of Mayotte are published.
REGIONS = sorted(set(INSEE_OF) - {"13"})
_FIGURES = [GROUP_SIZE, *COUNTS, *EMPLOYMENT_RATES, "taux_poursuite_etudes"]
_NAMED = 5


def regions(work: Work) -> Iterator[Fetched]:
    """One file of the courses in each region (`ij_region_formation`)."""
    session, tables = _session(work), []
    progress.stage("Régions demandées", len(REGIONS), "réponses")
    for region in REGIONS:
        path = f"/region/{region}/millesime/{work.cohort}"
        status, body = work.kept(f"region-{region}", partial(session.get, path, accepted=(400,)))
        try:
            rows = inserjeunes.rows(status, body, inserjeunes.Subject(Level.REGION, region, work.cohort))
        except RefusedReply as error:
            raise FetchFailed(f"Région {region}\u00a0: {error}.") from error
        tables.append(rows.assign(code_region_ij=region, code_region=INSEE_OF[region]))
    yield _file(
        work, tables, "region", ["code_region", "code_region_ij"], f"/region/…/millesime/{work.cohort}"
    )


def schools(work: Work) -> Iterator[Fetched]:
    """One file of the courses in each school (`ij_etablissement_formation`); those that the service refuses are named."""
    session, tables, refused = _session(work), [], []
    codes = sorted(work.schools())
    progress.stage("Établissements demandés", len(codes), "réponses")
    for uai in codes:
        path = f"/UAI/{uai}/millesime/{work.cohort}"
        status, body = work.kept(uai, partial(session.get, path, accepted=(400,)))
        if inserjeunes.is_not_covered(status, body.decode(errors="replace")):
            continue
        try:
            rows = inserjeunes.rows(status, body, inserjeunes.Subject(Level.SCHOOL_COURSE, uai, work.cohort))
        except RefusedReply:
            refused.append(uai)
            continue
        tables.append(rows.assign(uai=uai))
    yield _file(work, tables, "etablissement", ["uai"], f"/UAI/…/millesime/{work.cohort}", _note(refused))


def _note(refused: list[str]) -> str:
    if not refused:
        return ""
    others = f" et {len(refused) - _NAMED} autres" if len(refused) > _NAMED else ""
    return f"Le service a refusé de répondre pour {', '.join(refused[:_NAMED])}{others}."


def _session(work: Work) -> SignedIn:
    def sign_in() -> dict[str, str]:
        headers = {
            "username": work.settings["INSERJEUNES_USERNAME"],
            "password": work.settings["INSERJEUNES_PASSWORD"],
        }
        token = work.client.ask("POST", work.client.address("/login"), headers).json().get("access_token")
        return {"Authorization": f"Bearer {token}"}

    return SignedIn(work.client, sign_in)


def _file(
    work: Work, tables: Iterable[pd.DataFrame], of: str, place: list[str], path: str, note: str = ""
) -> Fetched:
    """The rows as Orion exchanges them: a CFD by apprenticeship, a MEFSTAT11 by the school route."""
    rows = pd.concat([table for table in tables if len(table)] or [pd.DataFrame()])
    if rows.empty:
        raise FetchFailed(
            f"Le service ne donne aucun chiffre de la cohorte {work.cohort.replace('_', ' et ')}."
        )
    is_apprentice = rows["route"] == Route.APPRENTICESHIP
    table = pd.DataFrame(
        {
            "millesime": rows["cohort"],
            **{name: rows[name] for name in place},
            "voie": rows["route"],
            "cfd": rows["code"].where(is_apprentice, ""),
            "mefstat11": rows["code"].where(~is_apprentice, ""),
            **{name: rows[name].round().astype("Int64") for name in _FIGURES},
        }
    ).sort_values([place[0], "voie", "cfd", "mefstat11"], kind="stable")
    target = work.folder / f"ij_{of}_formation-{work.cohort}.csv"
    write_whole(target, table.to_csv(sep=";", index=False).encode())
    return Fetched(target.name, target, work.client.address(path), f"ij_{of}_formation", note)
