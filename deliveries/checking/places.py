"""Checks of places: positions, postal codes, and the region of a row beside that of its school."""

import pandas as pd

from deliveries.checking.france import REGION_OF, REGIONS, WITH_FIGURES
from deliveries.report import Report
from deliveries.source import CellType, Reference, Source, Stage
from deliveries.sources.placing import UAI_DEPARTEMENTS, PlaceColumns, is_in_france, positions, region_keys

# A point given to so many schools of so many communes is that of an address that was not found.
_SCHOOLS_AT_A_POINT, _COMMUNES_AT_A_POINT = 5, 3
# A file that has rows for so many regions is national.
_NATIONAL = 10
_COMMUNES = ("code_commune", "commune", "code_insee_de_la_commune")
_POSTAL_CODES = ("code_postal", "code_postal_uai")


def check(rows: pd.DataFrame, source: Source, report: Report, reference: Reference) -> None:
    """Add what is wrong in the places of typed rows."""
    if source.stage is Stage.SCHOOLS:
        if {"latitude", "longitude"} <= set(rows.columns):
            _check_positions(rows, report)
        uai = next((c.name for c in source.columns if c.kind is CellType.UAI), "")
        postal_code = next((name for name in _POSTAL_CODES if name in rows), "")
        if uai and postal_code:
            _check_postal_codes(rows, uai, postal_code, report)
    if not source.has_cohorts:
        return
    if "code_region" in rows:
        _check_all_regions(rows["code_region"], report)
    elif {"region", "uai"} <= set(rows.columns):
        keys = region_keys(rows["region"], reference)
        _check_all_regions(keys.dropna().str.removeprefix("region-"), report)
        _check_regions(rows, keys, report)


def _check_positions(rows: pd.DataFrame, report: Report) -> None:
    text = "position" if "position" in rows else ""
    latitude, longitude = positions(
        rows, PlaceColumns("", "", "", position=text, latitude="latitude", longitude="longitude")
    )
    swapped = ~is_in_france(latitude, longitude) & is_in_france(longitude, latitude)
    header = _header(rows, text or "latitude")
    report.add_all("latitude_longitude_inversees", header, dict.fromkeys(rows.index[swapped], ""))
    commune = next((name for name in _COMMUNES if name in rows), "")
    if not commune:
        return
    points = latitude.round(5).astype("str").str.cat(longitude.round(5).astype("str"), ",")
    known = latitude.notna() & longitude.notna()
    by_point = rows[commune][known].groupby(points[known])
    schools, communes = by_point.size(), by_point.nunique()
    for point in schools.index[(schools >= _SCHOOLS_AT_A_POINT) & (communes >= _COMMUNES_AT_A_POINT)]:
        line = int(points.index[points == point][0])
        report.add("positions_confondues", line, header, schools[point], communes[point])


def _check_postal_codes(rows: pd.DataFrame, uai: str, name: str, report: Report) -> None:
    codes = rows[name].str.replace(r"^(\d\d)[ \u00a0\u202f](\d{3})$", r"\1\2", regex=True).str.zfill(5)
    codes = codes[codes.str.fullmatch(r"\d{5}") & (rows[name] != "")]
    schools = rows[uai][codes.index].str[:3]
    expected = schools.replace(UAI_DEPARTEMENTS).replace({"02A": "020", "02B": "020"})
    given = codes.str[:3].where(codes.str.startswith(("97", "98")), "0" + codes.str[:2])
    wrong = (given != expected) & expected.str.fullmatch(r"0\d\d")
    report.add_all("code_postal_ailleurs", _header(rows, name), codes[wrong], schools[wrong])


def _check_all_regions(codes: pd.Series, report: Report) -> None:
    found = set(codes.unique()) & set(REGIONS)
    if len(found) >= _NATIONAL:
        for code in sorted(WITH_FIGURES - found):
            report.add("region_absente", value=REGIONS[code][0], expected=len(found), subject=code)


def _check_regions(rows: pd.DataFrame, keys: pd.Series, report: Report) -> None:
    header = _header(rows, "region")
    of_school = ("departement-" + rows["uai"].str[:3].replace(UAI_DEPARTEMENTS)).map(REGION_OF)
    wrong = keys.notna() & of_school.notna() & (keys != of_school)
    report.add_all("uai_hors_region", header, rows["uai"][wrong & ~rows["uai"].duplicated()])
    known = keys.dropna()
    first = known.groupby(rows["uai"]).transform("first")
    lines = known.index.to_series().groupby(rows["uai"]).transform("first")
    other = known.index[(known != first).to_numpy()]
    report.add_all("etablissement_de_deux_regions", header, rows["uai"][other], lines[other].astype("str"))


def _header(rows: pd.DataFrame, name: str) -> str:
    return rows.attrs["headers"].get(name, name)
