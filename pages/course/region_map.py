"""The regions as tiles, each beside France: one figure of a course, for one cohort."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from pages.drawings.tile_map import Standing, Tile, TileMap, tile_map
from pages.figures import selection
from pages.figures.figure import figure
from pages.figures.group import group_of
from pages.figures.national import COMPARED, COUNTRY
from stats.indicators import BY_NAME
from stats.uncertainty import Verdict, verdict

# What the address asks of the map → the figure that it shows.
FIGURES = {"": COMPARED, "etudes": "taux_en_formation"}
_LEAST = 2


@dataclass(frozen=True)
class RegionMap:
    """RegionMap(label="Travaillent 6 mois après", cohort="2022 et 2023", country="France (14 régions sur 17)",
    text="34 %", drawing=TileMap(…), key=((Standing.MORE, "nettement plus qu’en France"), …))."""

    label: str
    cohort: str
    country: str
    text: str
    drawing: TileMap
    key: tuple[tuple[Standing, str], ...]


def region_map(regions, found, fallbacks, name, address):
    """The `RegionMap` of a figure; None where there is no France to set the regions beside, or fewer than two of them.

    regions: all of them. found: {territory: attributions newest first}. address: of a region. One cohort only, the
    newest: figures of different ones do not compare.
    """
    newest = selection.newest_cohort(
        [one for place, rows in found.items() for one in rows if place != COUNTRY]
    )
    whole = _country(newest, fallbacks)
    if whole is None:
        return None
    label, country, _note = whole
    reference = figure(country, name, group_of(country))
    here = {one.territory_id: figure(one, name, group_of(one)) for one in newest}
    if not reference.measured or sum(item.is_shown for item in here.values()) < _LEAST:
        return None
    tiles = [_tile(region, here.get(region.pk), reference, address(region)) for region in regions]
    standings = {tile.standing for tile in tiles}
    title = _(BY_NAME[name].label)
    words = {"figure": title, "cohort": country.cohort}
    return RegionMap(
        label=title,
        cohort=str(country.cohort),
        country=label,
        text=reference.text,
        drawing=tile_map(tiles, _("%(figure)s, région par région, cohorte %(cohort)s") % words),
        key=tuple((standing, text) for standing, text in _key_words() if standing in standings),
    )


def _country(newest, fallbacks):
    if not newest:
        return None
    one = newest[0]
    return fallbacks.country(one.cohort_id, one.route, one.diploma_id, selection.duration_of(one))


def _key_words():
    return (
        (Standing.MORE, _("nettement plus qu’en France")),
        (Standing.LESS, _("nettement moins qu’en France")),
        (Standing.SAME, _("on ne peut pas la départager de la France")),
        (Standing.HIDDEN, _("pas de chiffre publié pour cette cohorte")),
    )


def _tile(region, found, reference, address):
    if found is None or not found.is_shown:
        why = found.reason_title if found else _("pas de chiffre publié")
        name = _("%(region)s, %(why)s") % {"region": region.name, "why": why[:1].lower() + why[1:]}
        return Tile(region.code, name, "", Standing.HIDDEN, address)
    standing = {Verdict.MORE: Standing.MORE, Verdict.LESS: Standing.LESS}.get(
        verdict(found.measured, reference.measured), Standing.SAME
    )
    words = dict(_key_words())[standing]
    name = _("%(region)s, %(why)s") % {"region": region.name, "why": words}
    return Tile(region.code, name, found.text, standing, address)
