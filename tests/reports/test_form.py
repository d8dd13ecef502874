"""`/signaler-une-erreur/`: what a visitor reports is kept whole, without a cookie; robots and other sites are refused."""

from urllib.parse import urlencode

import pytest
import time_machine
from django.core import mail
from django.core.cache import cache
from django.test import Client

from formations.models import Job
from reports.models import Report
from reports.protection import new_token
from tests import factories

ADDRESS = "/signaler-une-erreur/"
pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


@pytest.fixture(autouse=True)
def _no_report_before():
    cache.clear()
    yield
    cache.clear()


def token(seconds=10):
    """The token of a form that was shown so many seconds ago."""
    from datetime import UTC, datetime, timedelta

    with time_machine.travel(datetime.now(UTC) - timedelta(seconds=seconds), tick=False):
        return new_token()


def send(client, address=ADDRESS, origin="http://testserver", **fields):
    said = {"quoi": "autre", "texte": "Le nom est faux.", "qui": "famille", "jeton": token()} | fields
    return client.post(address, said, headers={"Origin": origin} if origin else {})


def refusal_of(response):
    assert not Report.objects.exists()
    assert 'role="alert"' in response.text
    return response.status_code, response.text


def test_page_of_the_form_keeps_no_cookie_and_is_not_cached(client):
    response = client.get(ADDRESS)

    assert response.status_code == 200
    assert response.cookies == {}
    assert "no-store" in response["Cache-Control"]
    assert 'content="noindex, nofollow"' in response.text
    assert "csrfmiddlewaretoken" not in response.text


def test_report_is_kept_and_its_number_is_given(client):
    school = factories.school(name="Lycée <b>Exemple</b>")
    course = factories.diploma()
    response = send(
        Client(enforce_csrf_checks=True),
        quoi="chiffre",
        chiffre="taux_emploi_6_mois",
        page=f"/en/etablissements/x-{school.pk}/?page=2",
        formation=course.pk,
        voie="pro",
        courriel="moi@example.org",
    )
    report = Report.objects.get()

    assert response.cookies == {}
    assert (report.school, report.diploma, report.route) == (school.pk, course.pk, "pro")
    assert report.page == f"/etablissements/lycee-demonstration-nord-{school.pk}/"
    assert "CAP Cuisine (code 50022139), au lycée" in report.place
    assert (report.what, report.figure, report.who) == ("chiffre", "taux_emploi_6_mois", "famille")
    # No answer is wanted: no address is kept.
    assert (report.email, report.wants_answer, report.state) == ("", False, "nouveau")
    received = client.get(response["Location"])
    assert f"<strong>{report.pk}</strong>" in received.text
    assert "no-store" in received["Cache-Control"]


def test_address_is_kept_for_an_answer_and_shown_to_nobody(client):
    response = send(client, reponse="on", courriel="moi@example.org")

    assert Report.objects.get().email == "moi@example.org"
    assert "example.org" not in client.get(response["Location"]).text
    assert mail.outbox == []


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"texte": ""}, "Dites ce qui est faux, en quelques mots."),
        ({"texte": "x" * 2001}, "Le message dépasse 2 000 caractères"),
        ({"quoi": ""}, "Choisissez ce qui est faux."),
        ({"qui": "zz"}, "Sélectionnez un choix valide"),
        ({"reponse": "on"}, "Pour une réponse, écrivez votre adresse électronique."),
        ({"reponse": "on", "courriel": "moi@"}, "Cette adresse électronique est incomplète."),
        ({"site": "https://robot.example"}, "Laissez vide le champ caché"),
        ({"jeton": "zz"}, "La page est restée ouverte trop longtemps"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_written_is_kept(client, fields, said):
    status, text = refusal_of(send(client, **{"texte": "Un <b>mot</b>."} | fields))

    assert status == 400
    assert said in text
    assert "<b>mot" not in text
    assert "&lt;b&gt;mot" in text or "texte" in fields


@pytest.mark.parametrize(
    ("seconds", "said"), [(0, "Attendez quelques secondes"), (25 * 3_600, "ouverte trop longtemps")]
)
def test_form_sent_at_once_or_a_day_later_is_asked_for_again(client, seconds, said):
    status, text = refusal_of(send(client, jeton=token(seconds)))

    assert (status, said in text) == (400, True)


@pytest.mark.parametrize("origin", ["https://ailleurs.example", "null", "http://[", ""])
def test_form_sent_from_another_site_is_refused(client, origin):
    assert refusal_of(send(client, origin=origin))[0] == 403


def test_browser_that_says_only_the_page_it_comes_from_is_believed(client):
    fields = {"quoi": "autre", "texte": "x", "qui": "famille", "jeton": token()}
    response = client.post(ADDRESS, fields, headers={"Referer": f"http://testserver{ADDRESS}"})

    assert response.status_code == 302


def test_form_sent_twice_makes_one_report(client):
    same = token()
    first, second = (send(client, jeton=same)["Location"] for _ in range(2))

    assert client.get(first).text == client.get(second).text
    assert Report.objects.count() == 1


def test_network_that_reports_too_often_waits(client, settings):
    rates = settings.REST_FRAMEWORK["DEFAULT_THROTTLE_RATES"] | {"signalement": "2/hour"}
    settings.REST_FRAMEWORK = settings.REST_FRAMEWORK | {"DEFAULT_THROTTLE_RATES": rates}
    answers = [send(client) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [302, 302, 429]
    assert answers[2]["Retry-After"] == "3600"
    assert "Le nom est faux." in answers[2].text
    # What is wrong in a form costs nothing, and another network is another one.
    assert (
        client.post(
            ADDRESS,
            {"quoi": "autre", "texte": "x", "qui": "famille", "jeton": token()},
            headers={"Origin": "http://testserver"},
            REMOTE_ADDR="203.0.113.9",
        ).status_code
        == 302
    )


def test_report_in_english(client):
    response = send(client, address="/en/signaler-une-erreur/", texte="")
    assert "Say what is wrong, in a few words." in response.text
    response = send(client, address="/en/signaler-une-erreur/")
    assert response["Location"].startswith("/en/signaler-une-erreur/recu/")
    assert Report.objects.get().language == "en"
    assert "Thank you" in client.get(response["Location"]).text


@pytest.mark.parametrize("token", ["zz", "WzEsZmFsc2Vd:1x:zz"])
def test_number_of_nobody_leads_to_the_form(client, token):
    assert client.get(f"{ADDRESS}recu/{token}/")["Location"] == ADDRESS


def linked(client, page):
    """The addresses of the form to which a page links."""
    import html
    import re

    found = re.findall(r'href="(/signaler-une-erreur/\?[^"]+)"', client.get(page).text)
    return [html.unescape(address) for address in found]


def test_pages_lead_to_the_form_filled_in(client):
    course, school = factories.diploma(), factories.school(name="Lycée Exemple")
    job = Job.objects.create(code="G1602", label="Cuisinier")
    factories.teaching(school, course)
    factories.outcome(school, None, taux_emploi_6_mois=61, nb_annee_term=90, nb_sortant=60)
    school_page = f"/etablissements/lycee-demonstration-nord-{school.pk}/"
    course_page = "/formations/cap-cuisine-50022139/"
    pages = {
        course_page: "CAP Cuisine (code 50022139)",
        f"{course_page}?voie=pro&region=11": "CAP Cuisine (code 50022139), au lycée, Île-de-France",
        school_page: f"Lycée Exemple, Créteil, {school.pk}",
        "/metiers/cuisinier-G1602/": f"Cuisinier (code {job.pk})",
        f"/comparer/?e={course.pk}.pro&e={school.pk}": "Comparaison de 2 éléments",
    }
    for page, label in pages.items():
        *_, last = linked(client, page)
        assert label in client.get(last).text, page
    of_figures = [link for link in linked(client, school_page) if "chiffre=taux_emploi_6_mois" in link]
    assert '<option value="taux_emploi_6_mois" selected>' in client.get(of_figures[0]).text
    of_course = [link for link in linked(client, school_page) if "formation=50022139" in link]
    assert "CAP Cuisine (code 50022139), au lycée, Lycée Exemple" in client.get(of_course[0]).text


@pytest.mark.parametrize(
    "page",
    [
        "//ailleurs.example/formations/",
        "https://ailleurs.example/",
        "javascript:alert(1)",
        "/gestion/",
        "/formations/x-99999999/",
        "/etablissements/x-0990001N/",
        "/comparer/?e=zzz",
        "/metiers/x-Z9999/",
        "/formations/" + "x" * 3_000,
        "/formations/\0",
        "//[",
    ],
)
def test_page_that_is_not_ours_is_not_repeated(client, page):
    text = client.get(f"{ADDRESS}?{urlencode({'page': page, 'chiffre': 'zz', 'formation': 'zz'})}").text

    assert "Page concernée" not in text
    assert 'name="page"' not in text


def test_number_of_queries_is_the_same_for_every_page(client, django_assert_num_queries):
    factories.diploma()
    # The version of the data, whether they are invented, the course.
    with django_assert_num_queries(3):
        client.get(f"{ADDRESS}?page=/formations/cap-cuisine-50022139/")
