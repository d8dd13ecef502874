"""The pages in English: no French left, but for what the data hold."""

from datetime import date

import pytest

from establishments.models import Commune
from formations.models import DiplomaJob, Job
from pages.comparison.snapshot import Snapshot, encode
from stats.reasons import Reason
from tests import factories
from tests.french_words import FRENCH, french_in


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
    "/en/signaler-une-erreur/",
    "/en/verifier/",
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
    "/en/signaler-une-erreur/?page=/en/formations/cap-kuko-50022146/%3Fvoie%3Dpro%26region%3D11&chiffre=taux_emploi_6_mois",
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
