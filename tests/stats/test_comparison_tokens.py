"""Items of a comparison are read from its address, and written back in one spelling."""

import pytest

from stats.comparison_tokens import moved, read_token, token, without


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("50022139.pro.r11", token(diploma="50022139", route="pro", region="11")),
        ("50022139.r11", token(diploma="50022139", region="11")),
        ("23220022139.pro.0350030H", token(course_year="23220022139", route="pro", uai="0350030H")),
        ("50022146.apprentissage.0350030H", token(diploma="50022146", route="apprentissage", uai="0350030H")),
        ("0350030H", token(uai="0350030H")),
        ("0350030h.PRO", token(uai="0350030H", route="pro")),
        ("46X32301", token(diploma="46X32301")),
        ("50022139", token(diploma="50022139")),
        ("4002213A.r11", token(diploma="4002213A", region="11")),
        ("0350030H.pro.0350030H", token(diploma="0350030H", route="pro", uai="0350030H")),
    ],
)
def test_token_is_read(text, expected):
    assert read_token(text) == expected
    assert read_token(expected.text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        ".",
        "pro",
        "r11",
        "zzz",
        "0350030H.pro.apprentissage",
        "50022139.pro.pro",
        "50022139.x",
        "50022139.pro.r11.0350030H",
        "é" * 8,
    ],
)
def test_token_that_names_nothing(text):
    assert read_token(text) is None


def test_items_keep_their_order():
    assert without(["a", "b", "c"], 1) == ["a", "c"]
    assert moved(["a", "b", "c"], 2, -1) == ["a", "c", "b"]
    assert moved(["a", "b", "c"], 0, -1) == ["a", "b", "c"]
