"""Where the schools of a file are: damaged, merged or missing codes of communes, positions, names of regions.

What is certain is repaired, the rest is left out; both are told, with their line.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from deliveries.report import Report
from deliveries.source import Reference
from establishments.distance import EARTH_RADIUS_KM
from formations.text_folding import fold

# First digits of a UAI that differ from the number of its département.
UAI_DEPARTEMENTS = {"620": "02A", "720": "02B", "983": "988", "984": "987", "985": "976"}
# Farther from the point of its commune, a position is wrong. The communes of Guyane are wider than the others.
_FAR_KM, _FAR_IN_GUYANE_KM = 50, 200
# (south, north, west, east) of metropolitan France, then overseas, where the commune is not known.
_FRANCE = (
    (41.2, 51.2, -5.3, 9.7),
    (14.3, 18.2, -63.2, -60.7),
    (2.0, 6.0, -54.7, -51.5),
    (-21.5, -20.8, 55.1, 55.9),
    (-13.1, -12.5, 44.9, 45.4),
    (46.7, 47.2, -56.5, -56.1),
    (-23.0, -19.4, 163.0, 169.0),
    (-28.0, -7.5, -155.0, -134.0),
    (-14.5, -13.0, -178.5, -176.0),
)
# Names that files give to regions, folded → the name of INSEE, folded. A region of before 2016 is inside one of today.
_REGIONS = {
    "centre": "centre val de loire",
    "reunion": "la reunion",
    "ile de la reunion": "la reunion",
    "guyane francaise": "guyane",
    "paca": "provence alpes cote d azur",
    "provence alpes cote azur": "provence alpes cote d azur",
    "idf": "ile de france",
    "region parisienne": "ile de france",
    "pays de loire": "pays de la loire",
    "aura": "auvergne rhone alpes",
    "bfc": "bourgogne franche comte",
    "corse du sud": "corse",
    "haute corse": "corse",
    "collectivite de corse": "corse",
    **dict.fromkeys(("alsace", "lorraine", "champagne ardenne", "champagne ardennes"), "grand est"),
    **dict.fromkeys(("aquitaine", "limousin", "poitou charentes", "poitou charente"), "nouvelle aquitaine"),
    **dict.fromkeys(("auvergne", "rhone alpes"), "auvergne rhone alpes"),
    **dict.fromkeys(("bourgogne", "franche comte"), "bourgogne franche comte"),
    **dict.fromkeys(("languedoc roussillon", "midi pyrenees"), "occitanie"),
    **dict.fromkeys(("nord pas de calais", "picardie"), "hauts de france"),
    **dict.fromkeys(("basse normandie", "haute normandie"), "normandie"),
}
_BEFORE_A_REGION = re.compile(r"^(?:region )?(?:academique )?(?:(?:de|du|des|d|la|le|les|l) )*")
_ARRONDISSEMENT = re.compile(r"^(paris|lyon|marseille) 0?(\d+)(?:e|er|eme)?(?: arrondissement)?$")
_POSITION = r"^\s*(-?[\d.]+)\s*,\s*(-?[\d.]+)\s*$"


@dataclass(frozen=True)
class PlaceColumns:
    """The columns of a source that say where a school is, "" for those that it lacks.

    position: "latitude, longitude" in one text, else two columns of numbers.
    """

    uai: str
    commune: str
    city: str
    postal_code: str = ""
    departement: str = ""
    position: str = ""
    latitude: str = ""
    longitude: str = ""


def locating(columns: PlaceColumns) -> Callable[[pd.DataFrame, Report, Reference], pd.DataFrame]:
    """The `resolve` of a source with these columns."""

    def locate(rows: pd.DataFrame, report: Report, reference: Reference) -> pd.DataFrame:
        check_departements(rows, columns.uai, report, reference)
        rows = _with_postal_codes(rows, columns, report)
        rows = _with_communes(rows, columns, report, reference)
        return _with_positions(rows, columns, report, reference)

    return locate


def locate_by_region(rows: pd.DataFrame, report: Report, reference: Reference) -> pd.DataFrame:
    """The `resolve` of files of figures, which give at most the name of a region; one finding per unknown name."""
    check_departements(rows, "uai", report, reference)
    if "region" not in rows:
        return rows
    names = rows["region"][rows["region"] != ""]
    unknown = names[region_keys(names, reference).isna()].drop_duplicates()
    report.add_all("region_inconnue", rows.attrs.get("headers", {}).get("region", "region"), unknown)
    return rows


def check_departements(rows: pd.DataFrame, uai: str, report: Report, reference: Reference) -> None:
    """Add a finding for each school whose code begins with the number of no département."""
    known = reference.mappings.get("departement.region")
    if not known:
        return
    prefixes = rows[uai].str[:3]
    wrong = ~("departement-" + prefixes.replace(UAI_DEPARTEMENTS)).isin(set(known))
    wrong &= ~rows[uai].duplicated()
    report.add_all("departement_inconnu", _header(rows, uai), rows.loc[wrong, uai], prefixes[wrong])


def region_keys(names: pd.Series, reference: Reference) -> pd.Series:
    """Territory keys of names of regions however they are written; None for any other name."""
    known = reference.mappings["region.name"]
    key_of = {name: _region_key(fold(name), known) for name in names.unique()}
    return pd.Series([key_of[name] for name in names], index=names.index, dtype="object")


def _region_key(name: str, known: dict[str, str]) -> str | None:
    bare = _BEFORE_A_REGION.sub("", name)
    names = (name, bare, f"la {bare}", _REGIONS.get(name, ""), _REGIONS.get(bare, ""))
    return next((known[each] for each in names if each in known), None)


def place_name(text: str) -> str:
    """The name of a commune as it is compared: folded, without CEDEX, "saint" in full."""
    name = re.sub(r"\bcedex\b.*$", "", fold(text)).strip()
    name = re.sub(r"\bst(e?)\b", r"saint\1", name)
    arrondissement = _ARRONDISSEMENT.match(name)
    if arrondissement:
        number = int(arrondissement[2])
        return f"{arrondissement[1]} {number}{'er' if number == 1 else 'e'} arrondissement"
    return name


def _header(rows: pd.DataFrame, name: str) -> str:
    return rows.attrs.get("headers", {}).get(name, name)


def _with_postal_codes(rows: pd.DataFrame, columns: PlaceColumns, report: Report) -> pd.DataFrame:
    if not columns.postal_code:
        return rows
    # "35 000" is a number with its space.
    codes = rows[columns.postal_code].str.replace(r"^(\d\d)[ \u00a0\u202f](\d{3})$", r"\1\2", regex=True)
    short = codes.str.fullmatch(r"[1-9]\d{3}")
    report.add_all(
        "code_retouche", _header(rows, columns.postal_code), codes[short], codes[short].str.zfill(5)
    )
    return rows.assign(**{columns.postal_code: codes.where(~short, codes.str.zfill(5))})


def _with_communes(
    rows: pd.DataFrame, columns: PlaceColumns, report: Report, reference: Reference
) -> pd.DataFrame:
    """The rows with the commune that is certain, else with the code as it is."""
    header, known = _header(rows, columns.commune), reference.mappings.get("commune.place", {})
    delivered = rows[columns.commune].str.upper()
    short = delivered.str.fullmatch(r"[1-9]\d{3}")
    codes = delivered.where(~short, delivered.str.zfill(5))
    report.add_all("code_retouche", header, delivered[short], codes[short])
    unknown = rows[~codes.isin(set(known)) | _is_contradicted(codes, rows, columns, known)]
    found: dict[int, str] = {}
    not_found: dict[int, str] = {}
    for line, row in zip(unknown.index, unknown.to_dict("records"), strict=True):
        code = _commune(codes[line], row, columns, reference)
        (found if code else not_found)[line] = code
    codes = pd.Series(found, dtype="object").reindex(codes.index).fillna(codes)
    codes = codes.mask(codes.index.isin(list(not_found)) & codes.isin(set(known)), "")
    report.add_all(
        "commune_retrouvee",
        header,
        _written(delivered[list(found)]),
        pd.Series({line: f"{known[code][0]} ({code})" for line, code in found.items()}, dtype="object"),
    )
    places = "«\u00a0" + _written(rows[columns.city][list(not_found)]) + "\u00a0»"
    report.add_all("commune_inconnue", header, _written(delivered[list(not_found)]), places)
    return rows.assign(**{columns.commune: codes})


def _is_contradicted(
    codes: pd.Series, rows: pd.DataFrame, columns: PlaceColumns, known: dict[str, list]
) -> pd.Series:
    """Whether a code is that of a commune of another name, in another département than the school and the row say."""
    prefixes = rows[columns.uai].str[:3].replace(UAI_DEPARTEMENTS)
    departements = codes.map({code: place[1] for code, place in known.items()}).astype("object")
    doubtful = codes[departements.notna() & (departements != "departement-" + prefixes)]
    records = rows.loc[doubtful.index].to_dict("records")
    is_wrong = [
        place_name(known[code][0]) != place_name(row[columns.city])
        and known[code][1].removeprefix("departement-") not in _departements("", row, columns)
        for code, row in zip(doubtful, records, strict=True)
    ]
    return pd.Series(is_wrong, index=doubtful.index, dtype=bool).reindex(codes.index, fill_value=False)


def _written(texts: pd.Series) -> pd.Series:
    return texts.where(texts != "", "(vide)")


def _commune(code: str, row: dict, columns: PlaceColumns, reference: Reference) -> str:
    """The commune that bears this name in this département, else the only one of this postal code, else ""."""
    named = reference.mappings.get("commune.named", {})
    name = place_name(row[columns.city])
    for departement in _departements(code, row, columns):
        if (name, f"departement-{departement}") in named:
            return named[name, f"departement-{departement}"]
    postal_code = row.get(columns.postal_code, "") if columns.postal_code else ""
    communes = reference.mappings.get("postal_code.communes", {}).get(postal_code, [])
    return communes[0] if len(communes) == 1 else ""


def _departements(code: str, row: dict, columns: PlaceColumns) -> list[str]:
    """Départements that the row names, on three characters, the surest first."""
    given = str(row.get(columns.departement, "")) if columns.departement else ""
    prefix = row[columns.uai][:3]
    candidates = [given.upper(), UAI_DEPARTEMENTS.get(prefix, prefix)]
    postal_code = row.get(columns.postal_code, "") if columns.postal_code else ""
    for text in (code, postal_code):
        if len(text) == 5:
            candidates.append(text[:3] if text.startswith(("97", "98")) else text[:2])
            candidates += ["2A", "2B"] if text.startswith("20") else []
    return [candidate.zfill(3) for candidate in candidates if candidate]


def _with_positions(
    rows: pd.DataFrame, columns: PlaceColumns, report: Report, reference: Reference
) -> pd.DataFrame:
    """The rows without the positions that are far from their commune, or from France where it is not known."""
    if not (columns.position or columns.latitude):
        return rows
    latitude, longitude = positions(rows, columns)
    written = latitude.astype("str") + ", " + longitude.astype("str")
    why = pd.Series("", index=rows.index, dtype="object")
    if columns.position:
        texts = rows[columns.position]
        is_text = (texts != "") & ~texts.str.fullmatch(_POSITION)
        written = written.mask(texts != "", texts)
        why = why.mask(is_text & latitude.isna(), "illisible")
    has_own = latitude.notna() & longitude.notna() & ((latitude != 0) | (longitude != 0))
    places = reference.mappings.get("commune.place", {})
    points = [places.get(code, (None,) * 4)[2:] for code in rows[columns.commune]]
    around = pd.DataFrame(points, index=rows.index, columns=["latitude", "longitude"]).astype("float64")
    distance = _kilometres(latitude, longitude, around["latitude"], around["longitude"])
    limit = np.where(rows[columns.commune].str.startswith("973"), _FAR_IN_GUYANE_KM, _FAR_KM)
    why = why.mask(has_own & (distance > limit), "loin de sa commune")
    why = why.mask(has_own & distance.isna() & ~is_in_france(latitude, longitude), "hors de France")
    wrong = why != ""
    header = _header(rows, columns.position or columns.latitude)
    report.add_all("position_invraisemblable", header, written[wrong], why[wrong])
    rows = rows.assign(
        **{name: rows[name].mask(wrong) for name in (columns.latitude, columns.longitude) if name}
    )
    return rows.assign(**{columns.position: texts.mask(wrong, "")}) if columns.position else rows


def positions(rows: pd.DataFrame, columns: PlaceColumns) -> tuple[pd.Series, pd.Series]:
    """(latitudes, longitudes) in degrees, NaN where the row gives none: its text first, then its two numbers."""
    pair = [
        rows[name].astype("float64") if name else pd.Series(np.nan, index=rows.index)
        for name in (columns.latitude, columns.longitude)
    ]
    if columns.position:
        texts = rows[columns.position].str.extract(_POSITION)
        pair = [pd.to_numeric(texts[i], errors="coerce").fillna(pair[i]) for i in range(2)]
    return pair[0], pair[1]


def _kilometres(
    latitude: pd.Series, longitude: pd.Series, other_latitude: pd.Series, other_longitude: pd.Series
) -> pd.Series:
    a, b = np.radians(latitude), np.radians(other_latitude)
    half = np.sin((b - a) / 2) ** 2
    half += np.cos(a) * np.cos(b) * np.sin(np.radians(other_longitude - longitude) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(half.clip(0, 1)))


def is_in_france(latitude: pd.Series, longitude: pd.Series) -> pd.Series:
    inside = pd.Series(False, index=latitude.index)
    for south, north, west, east in _FRANCE:
        inside |= latitude.between(south, north) & longitude.between(west, east)
    return inside
