"""Five journeys through links, buttons and forms: on a phone and on a screen, with and without scripts."""

import re
from contextlib import contextmanager
from itertools import product

import pytest
from playwright.sync_api import expect

from deliveries.writing import one_writer
from pages.plain_language import of_reason
from stats.indicators import BY_NAME
from stats.models import Outcome
from stats.reasons import QUALITY_SENTENCE, Reason
from tests.browser.conftest import SIZES
from tests.browser.test_accessibility import overflow, violations
from tests.french_words import FRENCH, FRENCH_PUNCTUATION
from tests.test_translations import pairs, po_of

pytestmark = pytest.mark.browser

COOK = "Commis / Commise de cuisine"
TOWN, POSTAL_CODE = "Exempleville", "99020"
NEAREST = "CFA Démonstration des Métiers"
QUAYS, PORT, FOOD = (
    f"Lycée professionnel Démonstration {name}" for name in ("des Quais", "du Port", "des Métiers de bouche")
)


def plain(text):
    """Text as browser tests compare it, all spaces alike."""
    return " ".join(text.split())


ENGLISH = {
    plain(french): plain(other) for message in po_of("en") if message.id for french, other in pairs(message)
}


class Visitor:
    """Somebody on a page, who reads one language; names: what is in French in all of them, in lower case."""

    def __init__(self, page, language="fr", names=()):
        self.page, self.language, self._names = page, language, {*names}

    @property
    def main(self):
        return self.page.get_by_role("main")

    @property
    def distances(self):
        """Where the schools of a list of results are, and how far."""
        return self.main.locator("#resultats-etablissements ~ ul .card p:first-of-type")

    @property
    def of_town(self):
        return f"d’{TOWN}" if self.language == "fr" else TOWN

    def says(self, text, **values):
        """What the site says in this language where it says `text` in French."""
        words = plain(text) if self.language == "fr" else ENGLISH[plain(text)]
        return words % values if values else words

    def starts(self):
        self.page.goto("/")
        if self.language == "en":
            self.page.get_by_role("link", name="English", exact=True).click()
        self.reaches(self.says("Après cette formation, que deviennent les élèves ?"))

    def reaches(self, title):
        """A page of this title is there, no wider than the window and in one language."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text(title)
        expect(self.page.locator("html")).to_have_attribute("lang", self.language)
        assert overflow(self.page) <= 0
        if self.language == "en":
            assert self._french_seen() == []

    def searches(self, words):
        field = self.main.get_by_label(
            re.compile(self.says("Une formation, un métier, un établissement, une ville"), re.IGNORECASE)
        )
        field.fill(words)
        self._names.add(words)
        self.presses("Rechercher")
        self.reaches(self.says("Résultats pour « %(query)s »", query=words))

    def chooses_place(self, label, town, kilometres):
        """Says where in the form that asks it; `label`: of the field, in French."""
        self.main.get_by_label(self.says(label)).fill(town)
        self.main.get_by_label(self.says("Distance")).select_option(str(kilometres))

    def follows(self, name, within=None):
        (within or self.main).get_by_role("link", name=name, exact=True).first.click()

    def presses(self, name):
        self.main.get_by_role("button", name=self.says(name), exact=True).click()

    def compares(self, section, address, number):
        """Adds to the comparison the card that leads to an address, and finds so many things compared."""
        card = self.main.locator(f"{section} li.place-card").filter(
            has=self.page.locator(f"h3 a[href*='{address}']")
        )
        card.get_by_role("link", name=re.compile(f"^{self.says('Comparer')} ")).first.click()
        self.reaches(self.says("Comparer"))
        expect(self.page.locator(".compare-item")).to_have_count(number)

    def _french_seen(self):
        """Lines that have a French word or French punctuation."""
        seen = self.page.locator("body").inner_text().lower()
        for name in sorted(self._names, key=len, reverse=True):
            seen = seen.replace(name, "x")
        return [
            line
            for line in seen.splitlines()
            if FRENCH & set(re.findall(r"[\w’]+", line)) or FRENCH_PUNCTUATION.search(line)
        ]


VISITORS = list(product(SIZES, (True, False)))


@pytest.fixture(params=VISITORS, ids=lambda one: f"{one[0]}-{'scripts' if one[1] else 'no scripts'}")
def page(request, new_page):
    size, has_scripts = request.param
    return new_page(size, java_script_enabled=has_scripts)


def from_a_job_to_three_schools(visitor):
    visitor.searches("devenir cuisinier")
    visitor.follows("Cuisinier / cuisinière")
    visitor.reaches(visitor.says("%(job)s : quelle formation ?", job=COOK))
    visitor.chooses_place("Près de quelle ville, ou de quel code postal ?", TOWN, 20)
    visitor.presses("Voir")
    near = visitor.says("%(number)s établissements près %(of_place)s", number=3, of_place=visitor.of_town)
    diploma = visitor.main.locator(".job-course").filter(
        has=visitor.page.locator("h3", has_text="CAP Cuisine")
    )
    expect(diploma).to_contain_text(visitor.says("le plus proche : %(distance)s", distance="17 km"))
    visitor.reaches(visitor.says("%(job)s : quelle formation ?", job=COOK))

    visitor.follows(near, within=diploma)
    visitor.reaches(visitor.says("Résultats pour « %(query)s »", query="CAP Cuisine"))
    expect(visitor.distances).to_contain_text([f"{km} km" for km in (17, 18, 18)])
    visitor.follows(QUAYS)
    visitor.reaches(QUAYS)
    visitor.compares("#formations", "/cap-cuisine-", 1)
    for number, uai in ((2, "0990001N"), (3, "0990002P")):
        visitor.follows("CAP Cuisine")
        visitor.reaches("CAP Cuisine")
        visitor.compares("#etablissements", uai, number)

    expect(visitor.page.locator(".compare-people li")).to_have_count(3)
    line = visitor.page.locator(".compare-line").first
    expect(line.get_by_role("heading")).to_have_text(visitor.says("Travaillent 6 mois après"))
    expect(line.locator(".figure-line__number")).to_have_count(3)
    alike = "on ne peut pas les départager : les effectifs nécessaires ne sont pas publiés."
    expect(line.locator(".verdict")).to_contain_text(visitor.says(alike))
    visitor.page.locator(".compare-item").first.get_by_role(
        "link", name=re.compile(f"^{visitor.says('Retirer')} A")
    ).click()
    expect(visitor.page.locator(".compare-item")).to_have_count(2)


def what_is_near_a_village(visitor):
    visitor.searches("cap cuisine")
    visitor.chooses_place("Ville ou code postal (facultatif)", POSTAL_CODE, 5)
    visitor.presses("Rechercher")
    nothing = (
        "Rien à %(radius)s km autour %(of_place)s : le plus proche est à %(distance)s, %(name)s (%(city)s)."
    )
    words = {
        "radius": 5,
        "of_place": visitor.of_town,
        "distance": "17 km",
        "name": NEAREST,
        "city": "Le Prototype",
    }
    expect(visitor.main.get_by_text(visitor.says(nothing, **words))).to_be_visible()
    visitor.reaches(visitor.says("Résultats pour « %(query)s »", query="cap cuisine"))
    expect(visitor.distances).to_contain_text([f"{km} km" for km in (17, 18, 18, 20, 20)])
    visitor.follows(NEAREST)
    visitor.reaches(NEAREST)
    expect(visitor.main.locator("#formations").get_by_role("link", name="CAP Cuisine").first).to_be_visible()

    visitor.page.go_back()
    visitor.chooses_place("Ville ou code postal (facultatif)", TOWN, 20)
    visitor.presses("Rechercher")
    expect(visitor.distances).to_contain_text([f"{km} km" for km in (17, 18, 18)])
    visitor.reaches(visitor.says("Résultats pour « %(query)s »", query="cap cuisine"))


def why_a_figure_is_withheld(visitor):
    visitor.searches("cap cuisine")
    visitor.follows("CAP Cuisine")
    visitor.reaches("CAP Cuisine")
    visitor.main.get_by_label(visitor.says("Dans quelle région ?")).select_option("Bretagne")
    visitor.presses("Voir")
    hole = visitor.main.locator(".panel .figure-hole")
    for sentence in (Reason.TOO_FEW_PEOPLE.title, Reason.TOO_FEW_PEOPLE.sentence, QUALITY_SENTENCE):
        expect(hole).to_contain_text(visitor.says(sentence))
    visitor.reaches("CAP Cuisine")
    # The next best figure has its place and cohort, and nothing stands for the one that is withheld.
    expect(hole.get_by_text("50022139")).to_contain_text(re.compile(r"^France \(.*2022 .* 2023.* 15\s?%"))
    expect(visitor.main.locator(".panel .situation-sentence, .panel .drawing-people")).to_have_count(0)

    hole.locator("summary").press("Enter")
    for sentence in of_reason(Reason.TOO_FEW_PEOPLE):
        expect(hole.get_by_text(visitor.says(sentence))).to_be_visible()
    explanation = visitor.main.locator(".figure-explanation").first
    explanation.locator("summary").first.click()
    expect(explanation.get_by_text(visitor.says(BY_NAME["taux_emploi_6_mois"].explanation))).to_be_visible()
    visitor.follows(visitor.says("D’où viennent ces chiffres ?"))
    visitor.reaches(visitor.says("Comprendre les chiffres"))
    expect(visitor.main.get_by_text(visitor.says(Reason.TOO_FEW_PEOPLE.sentence)).first).to_be_visible()


def shared(visitor):
    """Address of two schools compared, with the figures of the day."""
    visitor.searches("lycée démonstration du port")
    visitor.follows(PORT)
    visitor.reaches(PORT)
    visitor.follows(visitor.says("Comparer cet établissement à d’autres"))
    visitor.reaches(visitor.says("Comparer"))
    visitor.searches("métiers de bouche")
    visitor.follows(FOOD)
    visitor.reaches(FOOD)
    visitor.follows(visitor.says("Comparer cet établissement à d’autres"))
    expect(visitor.page.locator(".compare-item")).to_have_count(2)
    visitor.follows(visitor.says("Partager cette comparaison avec les chiffres d’aujourd’hui"))
    kept = visitor.says("Aucun des chiffres qu’elle garde n’a changé depuis.")
    expect(visitor.main.locator(".compare-since")).to_contain_text(kept)
    visitor.reaches(visitor.says("Comparer"))
    address = visitor.main.get_by_label(visitor.says("Adresse à copier et à envoyer")).input_value()
    assert address == visitor.page.url
    return address


@contextmanager
def revised(former, new):
    """One figure of the school of the port is `new` in the next version of the data, then `former` again.

    The manager's journey publishes the same figure by a file, which takes seconds.
    """
    group = {"school": "0990001N", "diploma": None, "cohort": "2022_2023", "route": "pro"}
    key = Outcome.objects.get(**group, taux_emploi_12_mois=former).pk

    def show(rate):
        with one_writer() as writing:
            writing.change()
            Outcome.objects.filter(pk=key).update(taux_emploi_12_mois=rate)

    show(new)
    try:
        yield
    finally:
        show(former)


JOURNEYS = (from_a_job_to_three_schools, what_is_near_a_village, why_a_figure_is_withheld)


@pytest.mark.parametrize("journey", JOURNEYS)
def test_journey_in_french(page, journey):
    visitor = Visitor(page)
    visitor.starts()
    journey(visitor)


def test_journeys_in_english(page, names):
    visitor = Visitor(page, "en", names)
    for journey in JOURNEYS:
        visitor.starts()
        journey(visitor)


def test_shared_comparison_tells_what_moved_after_a_new_delivery(new_page, names):
    """Each visitor speaks one language: every size and every use of scripts is seen in both."""
    visitors = [
        Visitor(new_page(size, java_script_enabled=has_scripts), language, names)
        for (size, has_scripts), language in zip(VISITORS, ("fr", "en", "en", "fr"), strict=True)
    ]
    addresses = []
    for visitor, (_size, has_scripts) in zip(visitors, VISITORS, strict=True):
        visitor.starts()
        addresses.append(shared(visitor))
        copy = visitor.page.get_by_role("button", name=visitor.says("Copier"), exact=True)
        expect(copy).to_be_visible(visible=has_scripts)
    with revised(48, 51):
        for visitor, address in zip(visitors, addresses, strict=True):
            visitor.page.goto(address)
            moved = visitor.main.locator(".compare-since")
            expect(moved).to_contain_text(re.compile(r"48\s?% → 51\s?%"))
            expect(moved).to_contain_text(visitor.says("Depuis ce jour-là, ces chiffres ont changé :"))
            visitor.reaches(visitor.says("Comparer"))
        assert violations(visitors[0].page) == ""
