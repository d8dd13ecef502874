"""Years of a course that have no figures point to the terminal years that have them. Pure: no Django."""

import pandas as pd

from stats.indicators import Route
from stats.substitution import GROUP

# The 4th character of a MEFSTAT11 is the year in the course.
_YEAR = 3


def previous_years(codes, years, known):
    """The earlier years of the courses whose terminal years are `codes`.

    Year n of a course is the code with n for 4th character when the nomenclature has it, otherwise the only
    MEFSTAT11 of the same diploma that is a year n, if there is exactly one.

    codes: table of code (MEFSTAT11) and diploma (CFD). years: table of code, diploma, year (number).
    known: codes of the nomenclature.
    Returns a table of code and terminal, one row a pair.
    """
    codes = codes[["code", "diploma"]].drop_duplicates()
    digit = pd.to_numeric(codes["code"].str[_YEAR], errors="coerce").fillna(0).astype(int)
    only = years.drop_duplicates("code")
    only = only[~only.duplicated(["diploma", "year"], keep=False)]
    only = only.rename(columns={"code": "only_code"})[["only_code", "diploma", "year"]]
    found = []
    for year in range(1, int(digit.max()) if len(digit) else 0):
        later = codes[digit > year]
        same = later["code"].str[:_YEAR] + str(year) + later["code"].str[_YEAR + 1 :]
        later = later.assign(year=year, same=same).merge(only, "left", ["diploma", "year"])
        code = later["same"].where(later["same"].isin(known), later["only_code"])
        found.append(pd.DataFrame({"code": code, "terminal": later["code"]}))
    if not found:
        return pd.DataFrame({"code": [], "terminal": []}, dtype="str")
    pairs = pd.concat(found, ignore_index=True)
    return pairs[pairs["code"].isin(known)].drop_duplicates()


def derive(rows, previous):
    """Where a first or second year can be asked: wherever its terminal year can.

    rows: rows that can be asked (see the package), own or of a renewed diploma. previous: what `previous_years`
    returns. A code with a row of its own keeps it.
    Returns a table: code, cohort, route, place, terminal; one row a terminal year.
    """
    school = rows.loc[rows["route"] == Route.SCHOOL, ["code", *GROUP]]
    pairs = school.rename(columns={"code": "terminal"}).merge(previous, on="terminal")
    return _without_rows(pairs, school)


def derive_common(rows, members, common):
    """Where a common second year can be asked: wherever a course of its family has figures of its own.

    rows: own rows. members: table of family and code, the courses of each family. common: table of family and
    code, the years common to all courses of the family; they exist in the school route only.
    Returns a table: code, cohort, route, place, terminal; one row a course of the family.
    """
    school = rows.loc[rows["route"] == Route.SCHOOL, ["code", *GROUP]]
    courses = members[~members["code"].isin(common["code"])][["family", "code"]].drop_duplicates()
    pairs = school.merge(courses, on="code").rename(columns={"code": "terminal"})
    pairs = pairs.merge(common[["family", "code"]].drop_duplicates(), on="family")
    return _without_rows(pairs, school)


def _without_rows(pairs, rows):
    pairs = pairs[["code", *GROUP, "terminal"]].drop_duplicates()
    pairs = pairs.merge(rows[["code", *GROUP]].assign(is_own=True), "left", ["code", *GROUP])
    return pairs[pairs["is_own"].isna()].drop(columns="is_own").reset_index(drop=True)


def common_years(members, years):
    """Which diplomas of families are years common to several courses: those that stop after a first year.

    A course that lasts one year is no common year.

    members: table of family and diploma. years: table of diploma, year, duration (numbers), one row a year of
    course. Returns the same members with is_common.
    """
    longest = years.groupby("diploma")[["year", "duration"]].max()
    last, duration = (members["diploma"].map(longest[name]) for name in ("year", "duration"))
    return members.assign(is_common=((last == 1) & (duration != 1)).astype(bool))
