"""The regions as tiles, each beside the rest of France: one figure of a course, for one cohort."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from pages.drawings.tile_map import Standing, Tile, TileMap, tile_map
from pages.figures import selection as attribution_selection
from pages.figures.figure import figure
from pages.figures.group import group_of
from pages.figures.national import COMPARED
from pages.figures.partial import known_part
from pages.figures.verdicts import regions_beside_the_rest
from stats.indicators import BY_NAME
from stats.uncertainty import Verdict

# What the address asks of the map → the figure that it shows.
FIGURES = {"": COMPARED, "etudes": "taux_en_formation"}
_LEAST = 2


@dataclass(frozen=True)
class RegionMap:
    """RegionMap(label="Travaillent 6 mois après", cohort="2022 et 2023", country="France (14 régions sur 17)",
    text="34 %", drawing=TileMap(…), key=((Standing.MORE, "nettement plus qu’ailleurs en France"), …), mapped="",
    available=("", "etudes")). mapped: what the address asks of this map. available: the same for every map of the course."""

    label: str
    cohort: str
    country: str
    text: str
    drawing: TileMap
    key: tuple[tuple[Standing, str], ...]
    mapped: str
    available: tuple[str, ...]


def region_map(course, selection):
    """The `RegionMap` of the figure that the address asks for, else of another one that has a map; None where the page
    shows one region, where no figure is known for France or for two regions.

    One cohort only, the newest: figures of different cohorts do not compare.
    """
    if selection.region:
        return None
    newest = attribution_selection.newest_cohort(selection.regional)
    france = _country(newest, selection.fallbacks)
    if france is None:
        return None
    label, country, _note = france
    available = tuple(mapped for mapped, name in FIGURES.items() if _has_map(name, country, newest))
    if not available:
        return None
    mapped = selection.options.mapped if selection.options.mapped in available else available[0]
    name = FIGURES[mapped]
    by_region = {row.territory_id: figure(row, name, group_of(row)) for row in newest}
    known = {
        row.territory_id: known_part(row, group_of(row))
        for row in newest
        if not by_region[row.territory_id].is_shown
    }
    told = regions_beside_the_rest(by_region)
    tiles = [
        _tile(
            region,
            by_region.get(region.pk),
            known.get(region.pk),
            told.get(region.pk),
            selection.options.address(course.diploma, region=region.code),
        )
        for region in course.regions
    ]
    standings = {tile.standing for tile in tiles}
    title = _(BY_NAME[name].label)
    words = {"figure": title, "cohort": country.cohort}
    return RegionMap(
        label=title,
        cohort=str(country.cohort),
        country=label,
        text=figure(country, name, group_of(country)).text,
        drawing=tile_map(tiles, _("%(figure)s, région par région, cohorte %(cohort)s") % words),
        key=tuple((standing, text) for standing, text in _key_words() if standing in standings),
        mapped=mapped,
        available=available,
    )


def _has_map(name, country, rows):
    """Whether France and two regions have the figure."""
    shown = sum(row.outcome.reason(name) is None for row in rows)
    return shown >= _LEAST and bool(figure(country, name, group_of(country)).measured)


def _country(newest, fallbacks):
    if not newest:
        return None
    row = newest[0]
    duration = attribution_selection.duration_of(row)
    return fallbacks.country(row.cohort_id, row.route, row.diploma_id, duration)


def _key_words():
    return (
        (Standing.MORE, _("nettement plus qu’ailleurs en France")),
        (Standing.LESS, _("nettement moins qu’ailleurs en France")),
        (Standing.SAME, _("on ne peut pas la départager du reste de la France")),
        (Standing.PARTLY, _("ce chiffre n’est pas détaillé, un autre est publié")),
        (Standing.HIDDEN, _("pas de chiffre publié pour cette cohorte")),
    )


def _tile(region, shown, known, how, address):
    """shown: the `Figure` of the region, None where it has no row for this cohort. known: the `KnownPart` that the region
    publishes in its place, None for nothing. how: its `Verdict` beside the rest of France, None without any."""
    if known:
        name = _("%(region)s, %(why)s") % {"region": region.name, "why": ", ".join(known.short)}
        return Tile(region.code, name, "", Standing.PARTLY, address)
    if shown is None or not shown.is_shown:
        why = shown.reason_title if shown else _("pas de chiffre publié")
        name = _("%(region)s, %(why)s") % {"region": region.name, "why": why[:1].lower() + why[1:]}
        return Tile(region.code, name, "", Standing.HIDDEN, address)
    standing = {Verdict.MORE: Standing.MORE, Verdict.LESS: Standing.LESS}.get(how, Standing.SAME)
    words = dict(_key_words())[standing]
    name = _("%(region)s, %(why)s") % {"region": region.name, "why": words}
    return Tile(region.code, name, shown.text, standing, address)
