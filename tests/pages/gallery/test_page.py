"""The gallery shows every component in every state, reads no database, and is not a page of the public site."""

import re
from collections import Counter
from pathlib import Path

import pytest
from django.conf import settings

from pages.gallery.page import all_states, sections
from stats.reasons import Reason

TEMPLATES = Path(settings.BASE_DIR) / "templates"


def is_whole_drawing(path):
    """Not a part of another drawing, nor the hatching that the page holds once."""
    return "{% endcomment %}<svg" in path.read_text(encoding="utf-8").replace(
        "{% load l10n %}{% localize off %}", ""
    )


# Without the mark of the database, a query would be refused.
def test_every_component_is_in_the_gallery_and_makes_no_query():
    components = {f"components/{path.name}" for path in (TEMPLATES / "components").iterdir()}
    drawings = {
        f"drawings/{path.name}" for path in (TEMPLATES / "drawings").iterdir() if is_whole_drawing(path)
    }
    assert len(drawings) > 5
    found = sections()
    assert {section.template for section in found} == components | drawings
    assert [section.template for section in found if not section.purpose] == []


def test_every_state_has_a_name_of_its_own_and_shows_something():
    names = Counter((state.template, state.name) for state in all_states())
    assert [name for name, number in names.items() if number > 1] == []
    blank = {
        (section.component, example.name)
        for section in sections()
        for example in section.examples
        if not example.html.strip()
    }
    # These say nothing where there is nothing to say.
    assert blank == {
        ("notices", "site officiel"),
        ("comparison_in_progress", "aucune"),
        ("pagination", "une seule page"),
        ("pagination_previous_next", "une seule page"),
        ("plain_language_reasons", "aucune"),
    }


@pytest.mark.parametrize("reason", Reason)
@pytest.mark.parametrize("component", ["figure", "figure_hole", "situation", "situation_line"])
def test_figures_are_shown_missing_for_each_reason(component, reason):
    (section,) = sections(component)
    assert any(example.name.endswith(f": {reason.title}") for example in section.examples)


def test_ids_are_unique_in_the_whole_gallery_and_referred_to():
    html = "".join(example.html for section in sections() for example in section.examples)
    ids = Counter(re.findall(r'\bid="([^"]+)"', html))
    assert [name for name, number in ids.items() if number > 1] == []
    referred = re.findall(r'\b(?:for|aria-labelledby|data-copy)="([^"]+)"', html)
    assert {name for names in referred for name in names.split()} - set(ids) == set()


@pytest.mark.django_db
def test_gallery_is_shown_on_a_work_station_only(client, settings):
    assert client.get("/galerie/").status_code == 404
    settings.ROOT_URLCONF = "tests.gallery_urls"
    assert client.get("/galerie/figure/").status_code == 200
    assert client.get("/galerie/zzz/").status_code == 404
    assert "/galerie/" not in client.get("/sitemap-pages.xml").content.decode()
