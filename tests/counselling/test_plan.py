"""Plans as values: what is kept of them, and what somebody may have made of it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counselling.plan import (
    LARGEST_RADIUS_KM,
    LONGEST_TEXT,
    MOST_ITEMS,
    Audience,
    Item,
    Kind,
    Plan,
    Unreadable,
    read,
    text_of,
)

COURSE, OTHER, SCHOOL = "50022139.pro.r53", "50022139.apprentissage.r53", "0350030H"
FULL = Plan(
    title="Découvrir",
    audience=Audience.FAMILY,
    on=date(2026, 12, 3),
    town="35238",
    radius=20,
    items=(
        Item(Kind.FIGURES, (COURSE,), private="pour moi", handout="à remettre"),
        Item(Kind.COMPARISON, (COURSE, OTHER)),
        Item(Kind.QUESTION, text="Pourquoi\u00a0?"),
        Item(Kind.TEXT, text="Deux\nlignes"),
    ),
    private="note",
    handout="note à tous",
)


@pytest.mark.parametrize("plan", [Plan(), FULL], ids=["empty", "full"])
def test_compact_form_is_read_back_whole(plan):
    assert read(plan.as_compact()) == plan


def test_compact_form_leaves_out_what_is_as_by_default():
    assert Plan().as_compact() == {"v": 1}


@pytest.mark.parametrize(
    "compact",
    [
        None,
        [],
        {},
        {"v": 2},
        {"v": 1, "a": "personne"},
        {"v": 1, "r": "loin"},
        {"v": 1, "d": "demain"},
        {"v": 1, "t": 3},
        {"v": 1, "i": "x"},
        {"v": 1, "i": [["t"]] * (MOST_ITEMS + 1)},
        {"v": 1, "i": [[]]},
        {"v": 1, "i": ["t"]},
        {"v": 1, "i": [["z", ""]]},
        {"v": 1, "i": [["f", ""]]},
        {"v": 1, "i": [["f", f"{COURSE} {OTHER}"]]},
        {"v": 1, "i": [["c", COURSE]]},
        {"v": 1, "i": [["f", "rien.du.tout"]]},
        {"v": 1, "i": [["t", COURSE, "texte"]]},
        {"v": 1, "i": [["t", "", "", "", "", ""]]},
    ],
    ids=str,
)
def test_what_is_no_plan_is_refused(compact):
    with pytest.raises(Unreadable):
        read(compact)


@given(st.text(max_size=40), st.integers(1, 30))
def test_text_is_within_its_bounds_and_has_no_control_character(text, longest):
    kept = text_of(text, longest)
    assert len(kept) <= longest
    assert not set(kept) & {"\x00", "\x1b", "\u202e", "\r"}


def test_blanks_that_french_needs_and_joiners_of_scripts_stay():
    assert text_of("Pourquoi\u00a0? \u0646\u200c\u0645", 50) == "Pourquoi\u00a0? \u0646\u200c\u0645"
    assert text_of(None, 5) == ""


def test_radius_and_texts_are_bounded():
    plan = read({"v": 1, "r": 5_000, "i": [["t", "", "x" * 2_000]]})
    assert (plan.radius, len(plan.items[0].text)) == (LARGEST_RADIUS_KM, LONGEST_TEXT)


def test_same_course_is_added_once_and_a_full_plan_takes_nothing():
    course = Item(Kind.FIGURES, (COURSE,))
    plan = Plan().with_item(course)
    assert plan.with_item(course) == plan
    words = Item(Kind.TEXT, text="x")
    full = Plan(items=(words,) * MOST_ITEMS)
    assert full.is_full
    assert full.with_item(course) == full
    assert full.with_compared([0, 1]) == full


@pytest.mark.parametrize(
    ("position", "to", "order"), [(0, 1, "bac"), (2, 0, "cab"), (0, 9, "bca"), (1, -5, "bac"), (7, 0, "abc")]
)
def test_item_moves_as_far_as_the_ends(position, to, order):
    plan = Plan(items=tuple(Item(Kind.TEXT, text=text) for text in "abc"))
    assert "".join(item.text for item in plan.with_moved(position, to).items) == order


def test_item_is_taken_out():
    plan = Plan(items=tuple(Item(Kind.TEXT, text=text) for text in "abc"))
    assert [item.text for item in plan.without_item(1).items] == ["a", "c"]


def test_comparison_stands_after_the_last_of_what_it_compares():
    courses = [Item(Kind.FIGURES, (token,)) for token in (COURSE, OTHER, SCHOOL)]
    plan = Plan(items=tuple(courses))
    compared = plan.with_compared([0, 1])
    assert compared.items[2] == Item(Kind.COMPARISON, (COURSE, OTHER))
    assert compared.tokens == (COURSE, OTHER, SCHOOL)
    assert plan.with_compared([0]) == plan
    assert plan.with_compared([0, 9]) == plan
