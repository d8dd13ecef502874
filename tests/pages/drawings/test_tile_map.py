"""Every region has its tile, which says in words what its look says."""

from itertools import pairwise
from xml.etree import ElementTree

from django.template.loader import render_to_string

from fixtures.places import REGIONS
from pages.drawings.tile_map import PLACES, Standing, Tile, tile_map


def drawn(tiles, text="Part qui travaille, région par région"):
    return ElementTree.fromstring(render_to_string("drawings/tile_map.svg", {"map": tile_map(tiles, text)}))


def tile(code, value="31 %", standing=Standing.SAME, **fields):
    return Tile(code, REGIONS[code][0] if code in REGIONS else f"Région {code}", value, standing, **fields)


def test_every_real_region_has_a_place_of_its_own():
    assert set(PLACES) == set(REGIONS) - {"99"}
    assert len({place[:2] for place in PLACES.values()}) == len(PLACES)


def test_tile_says_the_region_and_its_figure():
    root = drawn([tile("53"), tile("11", "", Standing.HIDDEN)])

    assert {group.get("aria-label") for group in root.findall("g")} == {"Bretagne, 31 %", "Île-de-France"}
    assert root.get("aria-label") == "Part qui travaille, région par région"


def test_figure_that_is_not_shown_is_no_number():
    texts = [text.text for text in drawn([tile("11", "", Standing.HIDDEN)]).iter("text")]

    assert texts == ["IDF", "–"]


def test_tile_leads_to_its_region():
    (link,) = drawn([tile("53", address="?region=53&voie=pro")]).findall("a")

    assert link.get("href") == "?region=53&voie=pro"


def test_region_that_no_map_places_is_drawn_below_the_others():
    placed = tile_map([tile("99"), tile("32"), tile("98")], "")
    tops = [each.y for each in placed.tiles]

    assert [each.short_name for each in placed.tiles] == ["HDF", "RÉG", "RÉG"]
    assert all(above <= below for above, below in pairwise(tops))
    assert placed.height > max(tops) + 50


def test_overseas_regions_stand_apart():
    placed = tile_map([tile("94"), tile("01")], "")
    corsica, guadeloupe = placed.tiles

    assert guadeloupe.y - corsica.y > 64


def test_map_without_any_region_is_empty():
    assert tile_map([], "").tiles == ()
    assert drawn([]).findall("g") == []


def test_names_are_escaped():
    root = drawn([Tile("99", "<b>", "1", Standing.MORE, '"&<')], "<i>")

    assert root.get("aria-label") == "<i>"
    assert root.find("a").get("href") == '"&<'
    assert root.find("a/title").text == "<b>, 1"


def test_every_standing_has_its_look():
    paints = {
        render_to_string("drawings/standing_swatch.svg", {"standing": standing}) for standing in Standing
    }
    assert len(paints) == len(Standing)
