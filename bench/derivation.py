"""Seconds to withhold and derive a national delivery: 200,000 rows of schools in one cohort.

    python -m bench.derivation [rows]

Everything is generated, from a fixed seed; nothing is read or written.
"""

import sys
import time

import numpy as np
import pandas as pd

from stats.confidentiality import withhold
from stats.derivation import gain
from stats.derivation.teaching_sites import Catalogue
from stats.indicators import COUNTS, GROUP_SIZE, Level
from stats.ingestion.sources.figures import shares_from_counts

SEED, ROWS, SCHOOLS, DIPLOMAS, LIMIT = 2026, 200_000, 6_000, 1_800, 60
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
    return gain.Nomenclature(
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
    """Three sites for each group of apprentices: of the school, of its trainer, of its manager."""
    of_apprentices = rows.loc[rows["route"] == "apprentissage", ["diploma", "place"]]
    parts = []
    for _ in range(3):
        other = pd.Series(random.integers(0, SCHOOLS, len(of_apprentices)), index=of_apprentices.index)
        entries = of_apprentices.rename(columns={"place": "trainer"})
        site = other.astype(_TEXT).str.zfill(7) + "A"
        parts.append(entries.assign(site=site, manager=entries["trainer"]))
    return pd.concat(parts, ignore_index=True)


def main(count=ROWS):
    random = np.random.default_rng(SEED)
    known, rows = nomenclature(), delivery(count, random)
    entries = catalogue(rows, random)
    start = time.perf_counter()
    shown = withhold(rows, Level.SCHOOL_COURSE)
    withheld = time.perf_counter()
    derived = gain.derive(rows, known, Catalogue(entries, known.links, known.known))
    end = time.perf_counter()
    print(f"{len(rows)} lignes, {len(entries)} entrées au catalogue de l’apprentissage")
    print(
        f"secret statistique : {withheld - start:.1f} s ({int(shown['reasons'].str.contains('P').sum())} groupes)"
    )
    print(f"dérivation : {end - withheld:.1f} s")
    print(
        f"lignes interrogeables : {derived.askable} ({derived.factor:.1f} fois plus) {dict(derived.counts)}"
    )
    return end - start


if __name__ == "__main__":
    seconds = main(*map(int, sys.argv[1:]))
    sys.exit(seconds > LIMIT)
