"""Pages of figures answer, cost a fixed number of queries, and show no withheld number."""

import re
from datetime import date
from html.parser import HTMLParser

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from deliveries import attributions
from formations.models import Renewal
from tests import factories

pytestmark = pytest.mark.django_db


class Text(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found = {}
        self.title, self._in_title = "", False

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        self._in_title = tag == "title"
        if tag == "meta" and attributes.get("name") == "description":
            self.found["description"] = attributes["content"]
        if tag == "link" and attributes.get("rel") == "canonical":
            self.found["canonical"] = attributes["href"]

    def handle_data(self, data):
        if self._in_title:
            self.title += data


def page(client, address):
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def queries_of(client, address):
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_course_page_shows_sentence_then_numbers_then_source(client, cooking):
    html = page(client, "/formations/cap-cuisine-50022139/?region=11")
    sentence = html.index("Sur 10\u00a0élèves en dernière année, 3\u00a0travaillent, 5\u00a0étudient encore")
    assert sentence < html.index("drawing-people") < html.index("31\u00a0%") < html.index("Source")
    assert "512 élèves" in html
    assert "Personnel de cuisine" in html
    assert "Métiers de la cuisine" in html


def test_course_page_has_no_number_of_a_confidential_group(client, cooking):
    html = page(client, "/formations/cap-cuisine-50022139/?region=11")
    card = html[html.index("Lycée Démonstration Nord") :]
    assert "Trop peu d’élèves" in card
    assert "Cela ne dit rien de la qualité de la formation." in card
    assert "Île-de-France, cohorte 2022 et 2023\u00a0: <strong>31" in card


@pytest.mark.parametrize(
    ("address", "target"),
    [
        ("/formations/50022139/", "/formations/cap-cuisine-50022139/"),
        ("/formations/autre-nom-50022139/?region=11", "/formations/cap-cuisine-50022139/?region=11"),
    ],
)
def test_course_page_has_one_address(client, cooking, address, target):
    response = client.get(address)
    assert (response.status_code, response.url) == (301, target)


def test_school_page_has_one_address(client, cooking):
    _diploma, school = cooking
    response = client.get(f"/etablissements/{school.pk.lower()}/")
    assert (response.status_code, response.url) == (
        301,
        f"/etablissements/lycee-demonstration-nord-{school.pk}/",
    )


@pytest.mark.parametrize("address", ["/formations/x-99999999/", "/etablissements/x-0000000A/"])
def test_page_of_an_unknown_code_is_not_found(client, address):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    "query", ["voie=zzz", "duree=9", "duree=x", "region=zz", "page=zzz", "page=999", "region=53"]
)
def test_course_page_with_odd_parameters_still_answers(client, cooking, query):
    page(client, f"/formations/cap-cuisine-50022139/?{query}")


def test_renewed_course_says_whose_figures_it_shows(client, cooking):
    former, _school = cooking
    new = factories.diploma("50022146", opened_on=date(2024, 9, 1))
    Renewal.objects.create(former=former, new=new)
    attributions.rebuild()
    html = page(client, "/formations/cap-cuisine-50022146/?region=11&voie=apprentissage")
    assert "Diplôme rénové en 2024." in html
    assert "Chiffres de l’ancien diplôme, CAP Cuisine (code 50022139)." in html
    assert "23\u00a0%" in html


def test_closed_course_links_to_its_new_one(client, cooking):
    former, _school = cooking
    former.closed_on = date(2024, 8, 31)
    former.save()
    Renewal.objects.create(former=former, new=factories.diploma("50022146"))
    html = page(client, "/formations/cap-cuisine-50022139/")
    assert "Ce diplôme n’existe plus" in html
    assert "/formations/cap-cuisine-50022146/" in html


def test_new_course_says_that_nobody_left_it_yet(client):
    factories.cohort("2022_2023")
    factories.diploma("50099990", "CAP Nouveau", opened_on=date(2025, 9, 1))
    assert "Formation trop récente" in page(client, "/formations/cap-nouveau-50099990/")


def test_school_page_words_value_added_for_the_whole_school(client, cooking):
    _diploma, school = cooking
    html = page(client, f"/etablissements/lycee-demonstration-nord-{school.pk}/")
    assert "Proche de ce qu’on attend, ou trop peu de jeunes pour le dire" in html
    assert "+4\u00a0points" in html
    assert "pas pour une formation" in html


def test_school_without_figures_says_so(client):
    school = factories.school()
    assert "Pas de chiffre ici" in page(client, f"/etablissements/lycee-demonstration-nord-{school.pk}/")


def number_listed(client, address):
    return re.search(r'role="status">\s*(\d+)', page(client, address))[1]


def test_lists_share_filters_and_pages(client, cooking):
    factories.diploma(
        "40022106", "Bac pro Cuisine", type=factories.diploma_type("400", "Bac pro", "Bac pro", 4)
    )
    assert number_listed(client, "/formations/?q=cap+cuisine") == "1"
    assert number_listed(client, "/formations/?avec_chiffres=true") == "1"
    assert number_listed(client, "/formations/?q=Cuisine") == "1"
    assert number_listed(client, "/formations/?niveau=4&toutes=true") == "1"
    assert number_listed(client, "/formations/?q=Cuisine&toutes=true") == "2"
    assert number_listed(client, "/etablissements/?region=11&voie=pro") == "1"
    assert "Aucun établissement ne correspond" in page(client, "/etablissements/?region=53")


def test_list_has_only_courses_that_a_pupil_can_choose(client):
    closed = factories.diploma("40022101", "Bac pro Fermé", closed_on=date(2020, 8, 31))
    former, new = (
        factories.diploma("50022139", "CAP Ancien", closed_on=date(2020, 8, 31)),
        factories.diploma("50022146", "CAP Neuf"),
    )
    factories.diploma("50099990", "CAP Que personne n’enseigne")
    Renewal.objects.create(former=former, new=new)
    for diploma in (closed, former):
        factories.outcome(factories.territory(), diploma)
    html = page(client, "/formations/")

    assert "CAP Neuf" in html
    for label in ("Bac pro Fermé", "CAP Ancien", "CAP Que personne"):
        assert label not in html


def test_list_box_stays_ticked(client, cooking):
    html = page(client, "/formations/?avec_chiffres=true")
    box = re.search(r"<input type=\"checkbox\"[^>]*>", html)[0]
    assert "checked" in box


def test_list_with_an_odd_filter_answers_and_tells(client, cooking):
    assert "field-error" in page(client, "/formations/?region=zz&niveau=x")


def many(number):
    """`number` of everything that pages list, around one school and one course; the school's code."""
    schools = [factories.school(name=f"Lycée {place}") for place in range(number)]
    for place in range(number):
        diploma = factories.diploma(f"5100{place:04d}", f"CAP {place}")
        factories.teaching(schools[0], diploma)
        factories.outcome(schools[0], diploma)
    first = factories.Diploma.objects.get(pk="51000000")
    for place, school in enumerate(schools):
        factories.outcome(school)
        factories.outcome(school, first, "2021_2022")
        factories.outcome(factories.territory("region", f"{11 + place}", f"Région {place}"), first)
    return schools[0].pk


ADDRESSES = [
    "/formations/cap-0-51000000/",
    "/formations/cap-0-51000000/?region=11",
    "/etablissements/lycee-demonstration-nord-{uai}/",
    "/formations/",
    "/etablissements/",
    "/api/v1/formations/",
    "/api/v1/etablissements/",
    "/api/v1/chiffres/",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_queries_do_not_grow_with_rows(client, address):
    with_two = queries_of(client, address.format(uai=many(2)))
    for model in (factories.Outcome, factories.Teaching, factories.Diploma, factories.School):
        model.objects.all().delete()
    assert queries_of(client, address.format(uai=many(10))) == with_two <= 25


def test_comparison_queries_do_not_grow_with_items(client):
    many(10)
    tokens = [f"51000000.pro.{uai}" for uai in factories.School.objects.values_list("pk", flat=True)]
    one = queries_of(client, f"/comparer/?e={tokens[0]}")
    ten = queries_of(client, "/comparer/?" + "&".join(f"e={token}" for token in tokens))
    assert ten == one <= 15


def test_pages_are_named_apart_and_have_one_address(client, cooking):
    _diploma, school = cooking
    other = factories.school()
    factories.diploma("50022146")
    addresses = [
        "/formations/cap-cuisine-50022139/",
        "/formations/cap-cuisine-50022139/?region=11",
        "/formations/cap-cuisine-50022146/",
        f"/etablissements/lycee-demonstration-nord-{school.pk}/",
        f"/etablissements/lycee-demonstration-nord-{other.pk}/",
        "/comparer/",
        "/formations/",
        "/etablissements/",
        "/api/doc/",
    ]
    seen = []
    for address in addresses:
        parser = Text()
        parser.feed(page(client, address))
        seen.append(parser.title)
        assert parser.found["canonical"] == "http://testserver" + address.split("?")[0]
        assert parser.found["description"]
    assert len(set(seen)) == len(seen)


@pytest.mark.parametrize(
    "address", ["/formations/", "/comparer/?e=50022139", "/api/v1/formations/", "/formations.csv"]
)
def test_public_pages_carry_no_cookie_and_can_be_cached(client, cooking, address):
    response = client.get(address)
    assert not response.cookies
    assert "public" in response["Cache-Control"]
    assert "Cookie" not in response.get("Vary", "")
    assert client.get(address, headers={"If-None-Match": response["ETag"]}).status_code == 304
