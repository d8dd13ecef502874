"""A generated country: nomenclature, deliveries of figures and catalogue of apprenticeship, from a fixed seed."""

import numpy as np
import pandas as pd

from deliveries.sources.figures import shares_from_counts
from stats.indicators import COUNTS, GROUP_SIZE
from stats.substitution import derive

SEED, ROWS, SCHOOLS, DIPLOMAS = 2026, 200_000, 6_000, 1_800
_TEXT = "str"


def nomenclature():
    """Diplomas of which one in three was renewed, three years of course each, families of ten."""
    diplomas = pd.Series([f"4{number:07d}" for number in range(DIPLOMAS)], dtype=_TEXT)
    years = pd.concat(
        [
            pd.DataFrame(
                {"code": "23" + "8" + str(year) + diplomas.str[1:], "diploma": diplomas, "year": year}
            )
            for year in (1, 2, 3)
        ],
        ignore_index=True,
    )
    third = DIPLOMAS // 3
    links = pd.DataFrame(
        {"former": diplomas[:third].to_numpy(), "new": diplomas[third : 2 * third].to_numpy()}
    )
    terminal = "2383" + diplomas.str[1:]
    link_years = pd.DataFrame({name: "2383" + links[name].str[1:] for name in ("former", "new")})
    families = pd.Series([f"G{number // 10:04d}" for number in range(DIPLOMAS)], dtype=_TEXT)
    common = pd.DataFrame({"family": families.unique()}, dtype=_TEXT)
    common["code"] = "2381" + common["family"].str.zfill(7)
    return derive.Nomenclature(
        links=pd.concat([links, link_years], ignore_index=True),
        years=years,
        members=pd.DataFrame({"family": families, "code": terminal}),
        common=common,
        known=frozenset([*diplomas, *years["code"], *common["code"]]),
    )


def delivery(count, random):
    """`count` distinct groups, half of them of apprentices, one in three under the threshold."""
    school = random.integers(0, SCHOOLS, count * 2)
    diploma = random.integers(0, DIPLOMAS, count * 2)
    route = np.where(random.random(count * 2) < 0.5, "pro", "apprentissage")
    rows = pd.DataFrame({"school": school, "diploma": diploma, "route": route}).drop_duplicates()[:count]
    rows = rows.reset_index(drop=True)
    cfd = "4" + rows["diploma"].astype(_TEXT).str.zfill(7)
    rows["place"] = rows["school"].astype(_TEXT).str.zfill(7) + "A"
    rows["diploma"], rows["cohort"] = cfd, "2022_2023"
    rows["code"] = cfd.where(rows["route"] == "apprentissage", "2383" + cfd.str[1:])
    size = random.integers(5, 60, len(rows))
    studying = (size * random.random(len(rows))).astype(int)
    counts = {GROUP_SIZE: size, "nb_poursuite_etudes": studying, "nb_sortant": size - studying}
    for name in COUNTS[2:]:
        counts[name] = ((size - studying) * random.random(len(rows))).astype(int)
    figures = pd.DataFrame(counts).assign(taux_poursuite_etudes=pd.NA).astype("Float64")
    return rows.join(shares_from_counts(figures))


def catalogue(rows, random):
    """Two sites for each group of apprentices: the school's own and another, of its trainer and manager.

    With them, about four rows can be asked for one published, as with the real catalogue.
    """
    own = rows.loc[rows["route"] == "apprentissage", ["diploma", "place"]].rename(
        columns={"place": "trainer"}
    )
    own = own.assign(manager=own["trainer"], site=own["trainer"])
    other = pd.Series(random.integers(0, SCHOOLS, len(own)), index=own.index)
    return pd.concat([own, own.assign(site=other.astype(_TEXT).str.zfill(7) + "A")], ignore_index=True)
