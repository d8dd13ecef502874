"""Earlier years of a course, which have no figures, point to the terminal years that have them."""

from collections.abc import Collection

import pandas as pd

from stats.indicators import Route
from stats.substitution import GROUP

# The 4th character of a MEFSTAT11 is the year in the course.
_YEAR = 3


def previous_years(codes: pd.DataFrame, years: pd.DataFrame, known: Collection[str]) -> pd.DataFrame:
    """The earlier years of the courses whose terminal years are `codes`.

    Year n of a course is the same code with n as 4th character, when the nomenclature has it; otherwise the only
    MEFSTAT11 of the same diploma that is a year n, where there is exactly one. A year of a course of another length is
    never an earlier year: the only year of a course in one year is not the first of the course in two.

    codes: table of code (MEFSTAT11) and diploma (CFD). years: table of code, diploma, year and duration (numbers).
    known: codes of the nomenclature.
    Returns a table of code and terminal (its terminal year), one row per pair.
    """
    codes = codes[["code", "diploma"]].drop_duplicates()
    digit = pd.to_numeric(codes["code"].str[_YEAR], errors="coerce").fillna(0).astype(int)
    codes = codes.assign(duration=codes["code"].map(_durations(years)))
    only = years.drop_duplicates("code")
    only = only[~only.duplicated(["diploma", "year"], keep=False)]
    only = only.rename(columns={"code": "only_code", "duration": "only_duration"})
    only = only[["only_code", "diploma", "year", "only_duration"]]
    pairs_of_years = []
    for year in range(1, int(digit.max()) if len(digit) else 0):
        later = codes[digit > year]
        same = later["code"].str[:_YEAR] + str(year) + later["code"].str[_YEAR + 1 :]
        later = later.assign(year=year, same=same).merge(only, "left", ["diploma", "year"])
        lengths = later[["duration", "only_duration"]].apply(pd.to_numeric)
        is_other_course = lengths.notna().all(axis=1) & (lengths["duration"] != lengths["only_duration"])
        only_code = later["only_code"].mask(is_other_course.astype(bool))
        code = later["same"].where(later["same"].isin(known), only_code)
        pairs_of_years.append(pd.DataFrame({"code": code, "terminal": later["code"]}))
    if not pairs_of_years:
        return pd.DataFrame({"code": [], "terminal": []}, dtype="str")
    pairs = pd.concat(pairs_of_years, ignore_index=True)
    return pairs[pairs["code"].isin(known)].drop_duplicates()


def _durations(years: pd.DataFrame) -> pd.Series:
    return years.drop_duplicates("code").set_index("code")["duration"]


def derive(rows: pd.DataFrame, previous: pd.DataFrame) -> pd.DataFrame:
    """Pointers of earlier years, wherever their terminal year is reachable.

    rows: reachable rows (see the package), own or of a renewed diploma. previous: what `previous_years` returns.
    A code with a row of its own gets no pointer.
    Returns a table: code, cohort, route, place, terminal; one row per terminal year.
    """
    school = rows.loc[rows["route"] == Route.SCHOOL, ["code", *GROUP]]
    pairs = school.rename(columns={"code": "terminal"}).merge(previous, on="terminal")
    return _without_rows(pairs, school)


def derive_common(rows: pd.DataFrame, members: pd.DataFrame, common: pd.DataFrame) -> pd.DataFrame:
    """Pointers of the common years of families, wherever a course of the family has figures of its own.

    rows: own rows, of any route. members: table of family and code (MEFSTAT11) of its courses. common: table of family
    and code of the years that all its courses share. Routes whose rows are under other codes derive nothing.
    Returns a table: code, cohort, route, place, terminal; one row per course of the family.
    """
    rows = rows[["code", *GROUP]]
    courses = members[~members["code"].isin(common["code"])][["family", "code"]].drop_duplicates()
    pairs = rows.merge(courses, on="code").rename(columns={"code": "terminal"})
    pairs = pairs.merge(common[["family", "code"]].drop_duplicates(), on="family")
    return _without_rows(pairs, rows)


def _without_rows(pairs: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    pairs = pairs[["code", *GROUP, "terminal"]].drop_duplicates()
    pairs = pairs.merge(rows[["code", *GROUP]].assign(is_own=True), "left", ["code", *GROUP])
    return pairs[pairs["is_own"].isna()].drop(columns="is_own").reset_index(drop=True)


def common_years(members: pd.DataFrame, years: pd.DataFrame) -> pd.DataFrame:
    """Mark the diplomas of families that are a year common to several courses.

    Such a diploma has a first year only, of a course that lasts longer.

    members: table of family and diploma. years: table of diploma, year, duration (numbers), one row per year of a
    course. Returns the same members with is_common.
    """
    longest = years.groupby("diploma")[["year", "duration"]].max()
    last, duration = (members["diploma"].map(longest[name]) for name in ("year", "duration"))
    return members.assign(is_common=((last == 1) & (duration != 1)).astype(bool))
