"""Every component in every state: accessible and contained on a phone and on a wide screen, contained in English too."""

import pytest

from tests.browser.conftest import SIZES
from tests.browser.test_accessibility import OPEN_ALL, overflow, violations

pytestmark = pytest.mark.browser

# A page holds a component once; the gallery repeats it.
REPEATED = ("landmark-unique",)


@pytest.fixture
def gallery(new_page, settings):
    """Function (address) → the gallery on a phone, with all that it hides open."""
    settings.ROOT_URLCONF = "tests.gallery_urls"

    def opened(address):
        page = new_page("phone")
        assert page.goto(address).ok
        page.evaluate(OPEN_ALL)
        return page

    return opened


def test_every_state_of_components_is_accessible_and_contained(gallery):
    page = gallery("/galerie/")
    for name, size in SIZES.items():
        page.set_viewport_size(size)
        # Colours are the same at every width, and judging them takes three times as long as all the rest.
        skipped = REPEATED if name == "wide" else (*REPEATED, "color-contrast")
        assert violations(page, skipped) == ""
        assert overflow(page) <= 0


def test_every_state_of_components_is_contained_in_english(gallery):
    page = gallery("/en/galerie/")
    for size in SIZES.values():
        page.set_viewport_size(size)
        assert overflow(page) <= 0
