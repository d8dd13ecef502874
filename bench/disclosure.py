"""Seconds to look for what a national delivery lets one deduce of its small groups, with totals above them.

    python -m bench.disclosure [rows [groups]]

First by bounds, then by proof, then by proof again from what the first one solved, as the next delivery does. Courses of schools
in one cohort, the total of each school, of each course in its region and in France, all with head-counts. Everything is generated, from a fixed seed; nothing is read or written. `groups` asks, besides, how
long it takes to protect so many groups of the same tables (`enforce`).
"""

import sys
import time

import numpy as np
import pandas as pd

from deliveries.sources.figures import shares_from_counts
from stats.disclosure_control.audit import audit_tables, published_tables
from stats.disclosure_control.groups import IDENTITY
from stats.disclosure_control.primary import suppress
from stats.disclosure_control.proofs import SolvedSystems, prove
from stats.disclosure_control.secondary import apply_secondary_suppression
from stats.indicators import COUNTS, FIGURES, GROUP_SIZE, MONTHS, Level
from stats.rates import share

SEED, ROWS, SCHOOLS, COURSES, LIMIT = 2026, 200_000, 6_000, 1_800, 20
REGIONS = {f"S{school}": f"R{school % 17}" for school in range(SCHOOLS)}
PLACES = (REGIONS, dict.fromkeys(REGIONS.values(), "F"))


def courses(count, random):
    """`count` distinct groups: identities and head-counts, one in three under the threshold."""
    rows = pd.DataFrame(
        {
            "cohort": "2022_2023",
            "route": np.where(random.random(count * 2) < 0.5, "pro", "apprentissage"),
            "course": pd.Series(random.integers(0, COURSES, count * 2)).map("C{}".format),
            "place": pd.Series(random.integers(0, SCHOOLS, count * 2)).map("S{}".format),
        }
    )
    rows = rows.drop_duplicates()[:count].reset_index(drop=True)
    size = random.geometric(1 / 50, len(rows))
    rows[GROUP_SIZE] = size
    rows["nb_poursuite_etudes"] = random.binomial(size, 0.4)
    rows["nb_sortant"] = size - rows["nb_poursuite_etudes"]
    for name in COUNTS[2:]:
        rows[name] = random.binomial(rows["nb_sortant"], 0.55)
    return rows


def published(rows):
    """Those groups and the totals above them, as the facts table holds them."""
    regions = rows.assign(place=rows["place"].map(REGIONS))
    tables = [rows, rows.assign(course=""), regions, regions.assign(place="F")]
    table = pd.concat(
        [one.groupby(list(IDENTITY), as_index=False, sort=False).sum() for one in tables], ignore_index=True
    )
    figures = shares_from_counts(
        table.reindex(columns=[*IDENTITY, GROUP_SIZE, *COUNTS, *FIGURES]).astype(
            dict.fromkeys((GROUP_SIZE, *COUNTS, *FIGURES), "Float64")
        )
    )
    figures["taux_poursuite_etudes"] = figures["taux_en_formation"]
    for months in MONTHS:
        figures[f"taux_emploi_{months}_mois"] = share(
            figures[f"nb_en_emploi_{months}_mois"], figures["nb_sortant"]
        )
    return table[list(IDENTITY)].join(suppress(figures, Level.SCHOOL_COURSE))


def main(count=ROWS, groups=0):
    facts = published(courses(count, np.random.default_rng(SEED)))
    start = time.perf_counter()
    tables = published_tables(facts, PLACES)
    found = audit_tables(tables)
    seconds = time.perf_counter() - start
    print(
        f"{len(facts)} lignes\u00a0: {seconds:.1f} s pour recouper (au plus {LIMIT}), "
        f"{found.certain} petits groupes déduits, {found.approached} approchés"
    )
    solved = SolvedSystems()
    for name, known in (("prouver", solved), ("prouver de nouveau", SolvedSystems(known=solved.used))):
        start = time.perf_counter()
        proofs = prove(tables, known)
        print(
            f"{time.perf_counter() - start:.1f} s pour {name}, {len(known.used)} systèmes, "
            f"{len(proofs.certain)} petits groupes déduits, {len(proofs.undecided)} indécis"
        )
    if groups:
        few = published(courses(groups * 3, np.random.default_rng(SEED)))
        start = time.perf_counter()
        enforced = apply_secondary_suppression(few, PLACES)
        print(
            f"{len(few)} lignes\u00a0: {time.perf_counter() - start:.1f} s pour protéger, "
            f"{enforced.suppressed['figures'].sum()} chiffres retenus sur {len(enforced.suppressed)} lignes"
        )
    return seconds


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])) > LIMIT)
