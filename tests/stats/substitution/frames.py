"""Made-up rows, renewals and catalogues for the tests of substitution."""

import pandas as pd

from stats.substitution import GROUP, teaching_sites


def rows(*lines, cohort="2022_2023", route="apprentissage", place="0010001W"):
    """Lines are codes, or (code, {column: value}); a code of 8 characters is its diploma."""
    given = [line if isinstance(line, tuple) else (line, {}) for line in lines]
    usual = {"cohort": cohort, "route": route, "place": place}
    return pd.DataFrame(
        [{"code": code, "diploma": code, **usual, **changed} for code, changed in given],
        columns=[
            "code",
            "diploma",
            *GROUP,
            *dict.fromkeys(k for _, c in given for k in c if k not in {*GROUP, "diploma"}),
        ],
    )


def links(*pairs):
    return pd.DataFrame(pairs, columns=["former", "new"], dtype="str")


def shown(pointers):
    return {row.code: (row.kind, row.source_code) for row in pointers.itertuples()}


def catalogue(*entries, renewals=()):
    table = pd.DataFrame(entries, columns=["diploma", "site", "trainer", "manager"])
    return teaching_sites.Catalogue(table, links(*renewals))


def at(place, code="A", **changed):
    return (code, {"place": place, **changed})
