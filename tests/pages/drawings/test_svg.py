"""Drawings are well-formed SVG that says what it shows and obeys the content security policy."""

from xml.etree import ElementTree

from django.utils.html import conditional_escape

from pages.drawings.svg import Look, Series, bar, people, stack, swatch, trend

LOOKS = (Look.SOLID, Look.HATCHED, Look.OUTLINED)


def elements(drawing, name):
    return list(ElementTree.fromstring(drawing).iter(name))


def test_people_draw_one_figure_a_person_and_say_the_sentence():
    drawing = people((3, 5, 2), LOOKS, "Sur 10 élèves, 3 « travaillent » & 5 étudient")
    assert len(elements(drawing, "g")) == 10
    root = ElementTree.fromstring(drawing)
    assert root.get("role") == "img"
    assert root.get("aria-label") == "Sur 10 élèves, 3 « travaillent » & 5 étudient"


def test_bar_runs_from_0_to_100():
    assert [rect.get("width") for rect in elements(bar(31), "rect")] == ["100%", "31%"]
    assert [rect.get("width") for rect in elements(bar(0), "rect")] == ["100%", "0%"]


def test_stack_fills_the_bar_when_roundings_do_not_sum_to_100():
    widths = [float(rect.get("width").rstrip("%")) for rect in elements(stack((33, 33, 33), LOOKS), "rect")]
    assert abs(sum(widths) - 100) < 0.1


def test_stack_leaves_out_nobody():
    assert len(elements(stack((100, 0, 0), LOOKS), "rect")) == 1


def test_trend_line_stops_at_holes_and_breaks():
    drawing = trend([Series(Look.SOLID, (30, 31, None, 40, 41))], list("abcde"), {4}, "Évolution")
    lines = elements(drawing, "polyline")
    assert len(lines) == 1
    assert len(lines[0].get("points").split()) == 2
    assert len(elements(drawing, "circle")) == 4


def test_drawings_hold_no_style_attribute_and_are_not_escaped():
    drawings = [bar(3), swatch(Look.HATCHED), stack((1, 2, 97), LOOKS), people((10, 0, 0), LOOKS, "x")]
    for drawing in drawings:
        assert "style=" not in drawing
        assert conditional_escape(drawing) == drawing
