"""The pages in other languages: no text without its translation, and no French left in an English page."""

import html
import os
import re
import shutil
import subprocess
import sys
from datetime import date
from html.parser import HTMLParser

import pytest
from babel.messages import mofile, pofile
from django.conf import settings
from django.utils import translation

from establishments.models import Commune
from formations.models import DiplomaJob, Job
from pages.comparison.snapshot import Snapshot, encode
from stats.indicators import Unit
from stats.reasons import Reason
from stats.wording import number_text, value_text
from tests import factories
from tests.conftest import skip_loudly

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%|</?[a-z]+[^>]*>|https?://\S+")
# Enough of the commonest words for a French sentence not to slip through.
COMMON_WORDS = """
au aucun aucune aussi autre autres aux avec ce ces cette chiffre chiffres comme dans des deux
diplôme diplômes du elle elles emploi en est et être établissement établissements étudient élève
élèves formation formations il ils jeunes la le les leur leurs lieu ligne mois même métier métiers
ne nous ou où par pas près que quel quelle qui région régions sa ses son sont sur tous tout
toute toutes travaillent un une vers ville voie voir vos votre vous à année années après
"""
FRENCH = frozenset(COMMON_WORDS.split())
# Names that keep their French form, with an explanation beside them.
NAMES = (
    "Centre de formation d’apprentis",
    "Défenseur des droits",
    "La Poste",
)
FRENCH_PUNCTUATION = re.compile("[«»]|[\u00a0\u202f ][:;?!%]")


# French is the language of the code: it has no file.
LANGUAGES = [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
LOCALE = settings.BASE_DIR / "locale"


def po_path(language):
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def po_of(language):
    with po_path(language).open("rb") as file:
        return pofile.read_po(file, locale=language)


def pairs(message):
    """(French, other language) of a text, or of its singular and of its plural."""
    if isinstance(message.id, str):
        return [(message.id, message.string)]
    return list(zip(message.id, message.string, strict=True))


def translations(catalog):
    """{French: other language} of every text."""
    return dict(pair for message in catalog if message.id for pair in pairs(message))


@pytest.fixture(params=LANGUAGES)
def catalog(request):
    return po_of(request.param)


@pytest.fixture(scope="module")
def remade_locale(tmp_path_factory):
    """The translation files that `make messages` writes, in a copy: xgettext puts files of its own beside the code."""
    if not shutil.which("xgettext"):
        skip_loudly("gettext est introuvable (Debian : apt install gettext)")
    copy = tmp_path_factory.mktemp("messages")
    shutil.copy(settings.BASE_DIR / "manage.py", copy)
    for folder in (*settings.PROJECT_APPS, "templates", "locale"):
        shutil.copytree(settings.BASE_DIR / folder, copy / folder)
    environment = os.environ | {"SECRET_KEY": "secret", "VAR_DIR": str(copy / "var")}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    subprocess.run(
        [sys.executable, "manage.py", "makemessages"],
        cwd=copy,
        env=environment,
        check=True,
        capture_output=True,
    )
    return copy / "locale"


@pytest.mark.parametrize("language", LANGUAGES)
def test_files_are_what_the_texts_of_the_code_give(language, remade_locale):
    remade = remade_locale / po_path(language).relative_to(LOCALE)

    assert po_path(language).read_bytes() == remade.read_bytes(), "make messages n’a pas été lancé"


@pytest.mark.parametrize("language", LANGUAGES)
def test_compiled_file_holds_the_translations(language):
    with po_path(language).with_suffix(".mo").open("rb") as file:
        compiled = mofile.read_mo(file)

    assert translations(compiled) == translations(po_of(language))


def test_every_text_has_its_translation(catalog):
    texts = [(french, other) for message in catalog if message.id for french, other in pairs(message)]

    assert [french for french, other in texts if not other] == []


def test_placeholders_and_tags_are_kept(catalog):
    def marks(text):
        return sorted(set(PLACEHOLDER.findall(text)))

    changed = [
        (french, other)
        for message in catalog
        if message.id
        for french, other in pairs(message)
        if marks(french) != marks(other)
    ]

    assert changed == []


def test_no_translation_is_a_french_sentence(catalog):
    french = {text for message in catalog if message.id for text, _other in pairs(message)}
    left = [
        other
        for message in catalog
        if message.id
        for _french, other in pairs(message)
        if other in french and len(PLACEHOLDER.sub("", other).split()) > 3
    ]

    assert left == []


def test_punctuation_is_english():
    wrong = [
        other
        for message in po_of("en")
        if message.id
        for _french, other in pairs(message)
        if FRENCH_PUNCTUATION.search(PLACEHOLDER.sub("x", other)) or '"' in PLACEHOLDER.sub("", other)
    ]

    assert wrong == []


@pytest.mark.parametrize(
    ("language", "percent", "euros", "number"),
    [("fr", "31\u00a0%", "1\u202f450\u00a0€", "1\u202f234\u202f567"), ("en", "31%", "€1,450", "1,234,567")],
)
def test_figures_are_written_as_the_language_does(language, percent, euros, number):
    with translation.override(language):
        assert value_text(31, Unit.PERCENT) == percent
        assert value_text(1450, Unit.EUROS) == euros
        assert number_text(1234567) == number


class _Read(HTMLParser):
    """What a page says, seen or read aloud, but for the parts that it marks as French."""

    VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source"}

    def __init__(self):
        super().__init__()
        self.said, self._open = [], []

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        is_silent = tag in {"script", "style"} or attrs.get("lang") == "fr" or any(self._open)
        if not is_silent:
            self.said += [value for name, value in attrs.items() if self._is_said(name, value)]
            if attrs.get("name") == "description":
                self.said.append(attrs["content"])
        if tag not in self.VOID:
            self._open.append(is_silent)

    @staticmethod
    def _is_said(name, value):
        """Scripts say what data-* attributes hold, when it is a text."""
        is_text = name.startswith("data-") and " " in (value or "")
        return is_text or name in {"aria-label", "title", "placeholder", "alt"}

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in self.VOID:
            self._open.pop()

    def handle_endtag(self, tag):
        if self._open:
            self._open.pop()

    def handle_data(self, data):
        if not any(self._open):
            self.said.append(data)


def french_in(content):
    """[(word, text where it stands)] of a page in English whose data hold no French word."""
    page = _Read()
    page.feed(content)
    found = []
    for text in map(html.unescape, filter(None, page.said)):
        plain = re.sub(r"https?://\S+", "", text).lower()
        for name in NAMES:
            plain = plain.replace(name.lower(), "")
        words = set(re.findall(r"[\w’]+", plain)) & FRENCH
        found += [(word, " ".join(text.split())) for word in words]
        found += [(mark, " ".join(text.split())) for mark in FRENCH_PUNCTUATION.findall(text)]
    return found


@pytest.fixture
def published(db):
    """A course, schools, a job and their figures and holes, under names that are not in French."""
    france, region = factories.country(), factories.territory(name="Regiono")
    cap = factories.diploma_type(label="Certifikato")
    bac = factories.diploma_type("400", "BAC PRO", "Diplomo", 4)
    former = factories.diploma("50022139", "CAP Kukado", type=cap, slug="cap-kukado", closed_on="2024-08-31")
    course = factories.diploma("50022146", "CAP Kuko", type=cap, slug="cap-kuko", opened_on="2024-09-01")
    other = factories.diploma("40022106", "Bac pro Kuko", type=bac, slug="bac-kuko")
    job = Job.objects.create(code="G1602", label="Kukisto")
    for diploma in (course, other):
        DiplomaJob.objects.create(diploma=diploma, job=job)
    town = Commune.objects.create(code="35238", name="Urbo", slug="urbo", latitude=48.11, longitude=-1.68)
    place = {"city": "Urbo", "commune": town, "latitude": 48.12, "longitude": -1.66, "region": region}
    lycee = factories.school(name="Lernejo Alta", slug="lernejo-alta", **place)
    cfa = factories.school(name="Lernejo Meza", slug="lernejo-meza", sector="prive", **place)
    factories.teaching(lycee, course)
    factories.teaching(cfa, course, route="apprentissage")
    factories.teaching(lycee, other)
    year = factories.course_year(course)
    sizes = {"nb_annee_term": 1200, "nb_poursuite_etudes": 500, "nb_sortant": 700, "taux_emploi_6_mois": 58}
    shares = factories.SHARES | sizes | {"taux_emploi_12_mois": 64}
    for cohort in ("2021_2022", "2022_2023"):
        factories.outcome(region, course, cohort, course_year=year, **shares)
    factories.outcome(france, course, "2023", course_year=year, salaire_TS_Q2_12_mois_prec=1450, **shares)
    factories.outcome(region, other, **shares)
    factories.outcome(lycee, course, course_year=year, nb_annee_term=12, **factories.SHARES)
    factories.outcome(cfa, course, route="apprentissage", taux_rupture_contrats=20, **shares)
    factories.outcome(
        lycee, None, valeur_ajoutee_6_mois=4, taux_emploi_6_mois_attendu=54, **shares, reasons={}
    )
    factories.outcome(
        cfa, None, route="apprentissage", reasons={"taux_emploi_24_mois": Reason.NOT_MEASURED_YET}
    )
    old = factories.outcome(cfa, former, route="apprentissage", **factories.SHARES)
    factories.attribution(old, kind="ancienne", diploma=other)
    figures = {"taux_en_formation": 30, "taux_emploi_12_mois": None, "taux_emploi_24_mois": 70}
    snapshot = Snapshot(date(2026, 3, 2), {"50022146.pro.r11": figures}, {"50022146.pro.r11": "2021_2022"})
    return {"lycee": lycee, "cfa": cfa, "seen": encode(snapshot)}


PAGES = (
    "/en/",
    "/en/accessibilite/",
    "/en/comparer/",
    "/en/donnees-personnelles/",
    "/en/etablissements/",
    "/en/formations/",
    "/en/glossaire/",
    "/en/mentions-legales/",
    "/en/methodologie/",
    "/en/metiers/",
    "/en/plan-du-site/",
    "/en/recherche/",
)
PAGES_OF_FIGURES = (
    "/en/formations/cap-kuko-50022146/",
    "/en/formations/cap-kuko-50022146/?voie=pro&region=11",
    "/en/formations/cap-kuko-50022146/?voie=apprentissage",
    "/en/formations/cap-kukado-50022139/",
    "/en/formations/bac-kuko-40022106/",
    "/en/etablissements/lernejo-alta-{lycee.pk}/",
    "/en/etablissements/lernejo-meza-{cfa.pk}/",
    "/en/comparer/?e=50022146.pro.{lycee.pk}&e=50022146.apprentissage.{cfa.pk}&e=50022146.pro.r11&e=zzz",
    "/en/comparer/?e=50022146.pro&e=40022106.pro.r11&e={lycee.pk}&e={cfa.pk}",
    "/en/comparer/?e=50022146.pro&e=40022106.pro.r11&vue=tableau&sens=elements&sans=sur_10",
    "/en/comparer/?e=50022146.pro&e=40022106.pro.r11&differences=1&vu=zzz",
    "/en/comparer/?e=50022146.pro.r11&e={lycee.pk}&vu={seen}",
    "/en/metiers/kukisto-G1602/",
    "/en/metiers/kukisto-G1602/?ville=Urbo",
    "/en/recherche/?q=kuko",
    "/en/recherche/?q=kuko+urbo",
    "/en/recherche/?q=kukko&type=formations",
    "/en/recherche/?q=lernejo&type=etablissements",
    "/en/recherche/?q=zzzzzz",
    "/en/formations/?voie=pro&avec_chiffres=true",
    "/en/etablissements/?secteur=prive",
)


@pytest.mark.parametrize("pages", [PAGES, PAGES_OF_FIGURES])
def test_pages_in_english_have_no_french_left(client, published, pages):
    left = {}
    for page in pages:
        address = page.format(**published)
        response = client.get(address)
        assert (response.status_code, response.headers["Content-Language"]) == (200, "en"), address
        if found := french_in(response.content.decode()):
            left[address] = found

    assert left == {}


def test_link_that_remembers_says_in_english_what_moved(client, published):
    content = client.get("/en/comparer/?e=50022146.pro.r11&vu={seen}".format(**published)).content.decode()

    assert "This address keeps the figures of 2 March 2026" in content
    assert "still studying 6\u00a0months later, 30% → 47%" in content
    assert "These are now the figures of the leavers of 2022 and 2023" in content


def test_missing_page_in_english_has_no_french_left(client, published):
    response = client.get("/en/zzz/")

    assert response.status_code == 404
    assert french_in(response.content.decode()) == []


def test_french_left_in_a_page_would_be_seen():
    content = '<p>Good <span lang="fr">les élèves</span></p><p title="les élèves">Bon\u00a0: 12</p>'

    assert {mark for mark, _text in french_in(content)} == {"les", "élèves", "\u00a0:"}


def test_suggestions_are_said_in_english(client, published):
    answer = client.get("/en/recherche/suggestions.json?q=kuk").json()

    assert {one["nature"] for one in answer["suggestions"]} <= {"Course", "Job", "School", "Place"}
    assert not {word for word in answer["annonce"].lower().split() if word in FRENCH}


def test_values_kept_for_every_language_are_in_none(client, published):
    """What is kept in memory for a version of the data is read by pages in every language."""
    english = "/en/recherche/?q=kuko&type=formations"
    french = client.get("/recherche/?q=kuko&type=formations").content

    assert french_in(client.get(english).content.decode()) == []
    assert client.get("/recherche/?q=kuko&type=formations").content == french


def test_french_punctuation_does_not_begin_a_line():
    is_split = re.compile(r"«[ ]|[ ][»;:?!](?=\s|$|[<(\"])|[ ]%(?=[\s.,;)]|$)")
    texts = {text for message in po_of("en") if message.id for text, _other in pairs(message)}
    assert sorted(text for text in texts if is_split.search(text)) == []
