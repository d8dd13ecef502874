"""Diplomas renewed one-to-one: a code without figures shows those of its chain of renewals (docs/donnees.md)."""

from collections.abc import Collection, Mapping, Sequence

import pandas as pd

from formations.text_folding import without_accents
from stats.indicators import Route
from stats.substitution import GROUP
from stats.substitution.kinds import OriginKind


def one_to_one(links: pd.DataFrame, known: Collection[str] | None = None) -> pd.DataFrame:
    """The links whose ends have no other link. A fork, even towards an unknown code, removes its links.

    links: table of former and new codes. known: codes of the nomenclature, None when all are.
    """
    links = links[["former", "new"]].drop_duplicates()
    links = links[links["former"] != links["new"]]
    is_single = ~(links["former"].duplicated(keep=False) | links["new"].duplicated(keep=False))
    if known is not None:
        is_single &= links["former"].isin(known) & links["new"].isin(known)
    return links[is_single]


def chains(links: pd.DataFrame, known: Collection[str] | None = None) -> pd.DataFrame:
    """Chains of one-to-one renewals.

    Returns a table indexed by code: chain (its oldest code) and position in it (0 for the oldest). It has neither the
    codes without a one-to-one link nor those that renew each other in a circle.
    """
    following = one_to_one(links, known).set_index("former")["new"]
    heads = following.index[~following.index.isin(following)]
    level = pd.DataFrame({"code": heads, "chain": heads, "position": 0})
    levels = []
    while len(level):
        levels.append(level)
        level = level.assign(code=level["code"].map(following), position=level["position"] + 1)
        level = level.dropna(subset="code")
    if not levels:
        return pd.DataFrame({"chain": [], "position": []}, index=pd.Index([], name="code", dtype="str"))
    return pd.concat(levels).set_index("code")


def derive(rows: pd.DataFrame, links: pd.DataFrame, known: Collection[str] | None = None) -> pd.DataFrame:
    """Which codes of a chain show the figures of another code, for each cohort, route and place.

    A code without a row of its own shows the newest row of its chain: one of a former diploma ("ancienne")
    when that row is older than the code, one of the newest descendant ("nouvelle") otherwise. A row, even
    withheld, is never replaced. Higher education is left alone.

    rows: own rows only (see the package). links: former and new codes, MEFSTAT11 and CFD alike.
    Returns a table: row (index of the row shown), code, cohort, route, place, kind, source_code.
    """
    of_chains = chains(links, known).reset_index()
    own = rows.loc[rows["route"] != Route.HIGHER, ["code", *GROUP]].rename_axis("row").reset_index()
    own = own.merge(of_chains, on="code")
    newest = own.sort_values("position").drop_duplicates(["chain", *GROUP], keep="last")
    newest = newest.rename(columns={"code": "source_code", "position": "source_position"})
    pointers = newest.merge(of_chains, on="chain")
    taken = own[["code", *GROUP]].assign(is_own=True)
    pointers = pointers.merge(taken, "left", ["code", *GROUP])
    pointers = pointers[pointers["is_own"].isna()]
    is_older = pointers["position"] > pointers["source_position"]
    kinds = is_older.map({True: OriginKind.FORMER.value, False: OriginKind.NEW.value}).astype("str")
    return pointers.assign(kind=kinds)[["row", "code", *GROUP, "kind", "source_code"]].reset_index(drop=True)


def course_year_links(links: pd.DataFrame, years: pd.DataFrame) -> pd.DataFrame:
    """Links between years of courses (MEFSTAT11), from those between their diplomas.

    Where both diplomas have a single year, these years are linked. Otherwise two years are linked when they have the
    same type of course (dispositif) and the same first four characters, which hold the year in the course. Where a
    year could be linked to several of one diploma, the first code is; the others make forks.

    links: table of former and new CFD. years: table of code, diploma, course_type, one row per MEFSTAT11.
    Returns a table of former and new MEFSTAT11.
    """
    years = years.sort_values("code").drop_duplicates("code")
    years = years.assign(stem=years["code"].str[:4], is_only=~years["diploma"].duplicated(keep=False))
    pairs = links.rename(columns={"former": "former_diploma", "new": "new_diploma"})
    for end in ("former", "new"):
        pairs = pairs.merge(
            years.add_prefix(f"{end}_").rename(columns={f"{end}_code": end}), on=f"{end}_diploma"
        )
    are_alike = (pairs["former_course_type"] == pairs["new_course_type"]) & (
        pairs["former_stem"] == pairs["new_stem"]
    )
    pairs = pairs[(pairs["former_is_only"] & pairs["new_is_only"]) | are_alike].sort_values(["former", "new"])
    of_former = pairs.drop_duplicates(["former", "new_diploma"])
    of_new = pairs.drop_duplicates(["new", "former_diploma"])
    return pd.concat([of_former, of_new])[["former", "new"]].drop_duplicates().reset_index(drop=True)


def all_links(links: pd.DataFrame, years: pd.DataFrame) -> pd.DataFrame:
    """Renewals of diplomas and of their years of courses, as `derive` takes them.

    A fork of a diploma is a fork of its years too, even where only one of the diplomas at its end has such a year:
    what stops figures by one route stops them by every route. Years of courses of different lengths are not linked.

    links: table of former and new CFD, with forks: whether an end has another link, to a code outside the
    nomenclature. years: table of code, diploma, course_type, duration (number of years), one row per MEFSTAT11.
    Returns a table of former and new codes; a fork that no other row shows has a second, made-up link.
    """
    is_single = links.index.isin(one_to_one(links).index)
    links = links.assign(forks=links["forks"] | ~is_single)
    of_years = course_year_links(links[["former", "new"]], years)
    known = years.drop_duplicates("code").set_index("code")
    for end in ("former", "new"):
        of_years[f"{end}_diploma"] = of_years[end].map(known["diploma"])
    lengths = [pd.to_numeric(of_years[end].map(known["duration"])) for end in ("former", "new")]
    differ = lengths[0].notna() & lengths[1].notna() & (lengths[0] != lengths[1])
    of_years = of_years[~differ.astype(bool)].merge(
        links.rename(columns={"former": "former_diploma", "new": "new_diploma"}),
        on=["former_diploma", "new_diploma"],
    )
    every = pd.concat([links, of_years], ignore_index=True)[["former", "new", "forks"]]
    forks = every[every["forks"]]
    outside = [
        forks.assign(new="outside " + forks["former"].astype("str")),
        forks.assign(former="outside " + forks["new"].astype("str")),
    ]
    return pd.concat([every, *outside], ignore_index=True)[["former", "new"]]


def former_labels(labels: Mapping[str, str], former_of: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Former labels of renewed diplomas.

    The label of the nearest former diploma, along single links, whose text is not within the present label (accents
    and surrounding spaces aside).

    labels: {code: label}. former_of: {code: codes that it replaces}.
    Returns {code: former label}, without the codes that have none.
    """
    plain = {code: without_accents(label.strip()) for code, label in labels.items()}
    label_before = {}
    for code in labels:
        seen, current = {code}, code
        while len(formers := former_of.get(current, ())) == 1:
            (current,) = formers
            if current in seen or current not in labels:
                break
            seen.add(current)
            if plain[current] not in plain[code]:
                label_before[code] = labels[current]
                break
    return label_before
