"""Charts are placed from numbers, and drawn as well-formed SVG that says what it shows without any inline style."""

from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import override

from pages.drawings.charts import Bar, Look, Series, people_row, stacked_bar, trend_chart

LOOKS = (Look.SOLID, Look.HATCHED, Look.OUTLINED)


def drawn(name, **context):
    return ElementTree.fromstring(render_to_string(f"drawings/{name}.svg", context))


def attributes(root, element, name):
    return [found.get(name) for found in root.iter(element)]


def test_people_draw_one_figure_a_person_and_say_the_sentence():
    sentence = "Sur 10 élèves, 3 « travaillent » & 5 étudient"
    root = drawn("people", row=people_row((3, 5, 2), LOOKS, sentence))
    assert len(list(root.iter("g"))) == 10
    assert root.get("role") == "img"
    assert root.get("aria-label") == sentence


def test_people_stand_side_by_side_in_the_order_of_their_looks():
    row = people_row((1, 0, 2), LOOKS, "")
    assert [(person.x, person.look) for person in row.people] == [
        (2, Look.SOLID),
        (30, Look.OUTLINED),
        (58, Look.OUTLINED),
    ]
    assert row.width == 84


@pytest.mark.parametrize("percent", [0, 31, 100])
def test_bar_runs_from_0_to_100(percent):
    root = drawn("bar", bar=Bar(percent, Look.SOLID))
    assert attributes(root, "rect", "width") == ["100%", f"{percent}%"]


def test_stacked_bar_is_filled_when_roundings_do_not_sum_to_100():
    segments = stacked_bar((33, 33, 33), LOOKS).segments
    assert sum(float(segment.width) for segment in segments) == pytest.approx(100, abs=0.1)
    assert [segment.x for segment in segments] == ["0.00", "33.33", "66.67"]


def test_stacked_bar_leaves_out_empty_shares():
    assert [segment.look for segment in stacked_bar((0, 100, 0), LOOKS).segments] == [Look.HATCHED]
    assert stacked_bar((0, 0, 0), LOOKS).segments == ()


def test_trend_line_stops_at_holes_and_breaks():
    chart = trend_chart([Series(Look.SOLID, (30, 31, None, 40, 41))], list("abcde"), {4}, "Évolution")
    (line,) = chart.lines
    assert line.runs == ("69,94 139,92.8",)
    assert len(line.points) == 4
    assert chart.breaks == (314,)
    root = drawn("trend", chart=chart)
    assert attributes(root, "polyline", "points") == ["69,94 139,92.8"]
    assert len(attributes(root, "circle", "r")) == 4
    assert root.get("aria-label") == "Évolution"


def test_trend_goes_from_0_to_100_under_its_labels():
    chart = trend_chart([Series(Look.SOLID, (0, 100))], ["2021-2022", "2022-2023"], set(), "")
    assert [point.y for point in chart.lines[0].points] == ["130", "10"]
    texts = [text.text for text in drawn("trend", chart=chart).iter("text")]
    assert texts == ["0", "50", "100", "2021-2022", "2022-2023"]


def test_decimals_have_a_point_in_every_language():
    chart = trend_chart([Series(Look.HATCHED, (31, 33))], ["a", "b"], set(), "")
    for language in ("fr", "en"):
        with override(language):
            assert attributes(drawn("trend", chart=chart), "circle", "cy") == ["92.8", "90.4"]
            bar = drawn("stacked_bar", bar=stacked_bar((1, 2, 96), LOOKS))
            assert attributes(bar, "rect", "width") == ["1.01%", "2.02%", "96.97%"]


def test_every_look_has_its_own_paint():
    paints = {
        (circle.get("fill"), circle.get("stroke"))
        for look in Look
        for circle in drawn("swatch", look=look).iter("circle")
    }
    assert len(paints) == len(Look)


def test_no_drawing_has_an_inline_style():
    paths = sorted((Path(settings.BASE_DIR) / "templates" / "drawings").glob("*.svg"))
    assert len(paths) > 5
    assert [path.name for path in paths if "style" in path.read_text(encoding="utf-8")] == []
