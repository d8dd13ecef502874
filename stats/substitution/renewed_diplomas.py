"""Diplomas renewed one-to-one: a code without figures shows those of its chain (docs/donnees.md). Pure: no Django."""

import pandas as pd

from formations.text_folding import without_accents
from stats.indicators import Route
from stats.substitution import GROUP
from stats.substitution.kinds import OriginKind


def completed(former_lists, new_lists):
    """Links as the tables give them from either side → each once.

    former_lists, new_lists: {code: codes that it follows}, {code: codes that follow it}; missing codes, empty
    texts and links of a code to itself are left out.
    Returns a table of two columns, former and new.
    """
    pairs = {(former, code) for code, formers in former_lists.items() for former in formers}
    pairs |= {(code, new) for code, news in new_lists.items() for new in news}
    kept = sorted((former, new) for former, new in pairs if former and new and former != new)
    return pd.DataFrame(kept, columns=["former", "new"], dtype="str")


def one_to_one(links, known=None):
    """The links at which neither end has another link; a fork, even towards an unknown code, drops them.

    links: table of former and new codes. known: codes of the nomenclature, None when all are.
    """
    links = links[["former", "new"]].drop_duplicates()
    links = links[links["former"] != links["new"]]
    is_single = ~(links["former"].duplicated(keep=False) | links["new"].duplicated(keep=False))
    if known is not None:
        is_single &= links["former"].isin(known) & links["new"].isin(known)
    return links[is_single]


def chains(links, known=None):
    """Codes renewed one-to-one from oldest to newest.

    Returns a table indexed by code: chain (the oldest code of it) and position (0 for the oldest). Codes without
    a one-to-one link are not there, nor are codes that renew each other in a circle.
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


def derive(rows, links, known=None):
    """Which codes of a chain show the figures of another, for each cohort, route and place.

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
    wanted = newest.merge(of_chains, on="chain")
    taken = own[["code", *GROUP]].assign(is_own=True)
    wanted = wanted.merge(taken, "left", ["code", *GROUP])
    wanted = wanted[wanted["is_own"].isna()]
    is_older = wanted["position"] > wanted["source_position"]
    kinds = is_older.map({True: OriginKind.FORMER.value, False: OriginKind.NEW.value}).astype("str")
    return wanted.assign(kind=kinds)[["row", "code", *GROUP, "kind", "source_code"]].reset_index(drop=True)


def course_year_links(links, years):
    """Links between years of courses (MEFSTAT11), from those between their diplomas.

    Two diplomas with one year of course each are linked by it; otherwise years are linked when they have the same
    type of course (dispositif) and the same first four characters, which hold the year in the course. Among
    several, the first in order of code; the others then show as forks.

    links: former and new CFD. years: table of code, diploma, course_type, one row a MEFSTAT11.
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


def former_labels(labels, former_of):
    """Under what name a diploma was known before it was renewed.

    The label of the nearest former diploma, following single links, that is neither the same text nor inside
    the present one (accents and spaces around set apart).

    labels: {code: label}; former_of: {code: the codes that it follows}.
    Returns {code: former label}, without the codes that have none.
    """
    plain = {code: without_accents(label.strip()) for code, label in labels.items()}
    found = {}
    for code in labels:
        seen, current = {code}, code
        while len(formers := former_of.get(current, ())) == 1:
            (current,) = formers
            if current in seen or current not in labels:
                break
            seen.add(current)
            if plain[current] not in plain[code]:
                found[code] = labels[current]
                break
    return found
