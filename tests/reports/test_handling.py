"""The queue of reports in the desk: what is done about them, what was published of their figure, what is erased."""

import json
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, User
from django.core import mail
from django.test import Client
from django.utils import timezone

from accounts.models import Event
from accounts.roles import CORRESPONDENT
from deliveries.signals import upkeep_due
from reports.models import Report, Step
from stats.models import Slice
from stats.reasons import Reason
from tests import factories
from tests.signing_in import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
LIST = "/gestion/reports/report/"


@pytest.fixture
def person():
    user = User.objects.create_user("reponses@example.org", is_staff=True)
    user.groups.add(Group.objects.get(name=CORRESPONDENT))
    return user


@pytest.fixture
def desk(client, person):
    return signed_in(client, person)


def report(**fields):
    values = {
        "what": "chiffre",
        "text": "Il manque 3 <b>élèves</b>.",
        "who": "etablissement",
        "language": "fr",
    }
    return Report.objects.create(nonce=str(Report.objects.count()), **values | fields)


def do(desk, made, gesture, **fields):
    fields.setdefault("etapes", made.steps.count())
    response = desk.post(f"{LIST}{made.pk}/traiter/{gesture}/", fields, follow=True)
    made.refresh_from_db()
    return response


def page(desk, made):
    return desk.get(f"{LIST}{made.pk}/change/").text


def test_list_is_filtered_searched_and_exported_without_addresses(desk, person):
    report(text="=1+1", email="moi@example.org", wants_answer=True, place="Lycée Exemple")
    report(state="repondu", assigned_to=person, text="Autre")

    assert "Lycée Exemple" in desk.get(f"{LIST}?state=nouveau").text
    assert "Lycée Exemple" in desk.get(f"{LIST}?q=exemple").text
    assert "Lycée Exemple" not in desk.get(f"{LIST}?confie=moi").text
    exported = b"".join(desk.get(f"{LIST}signalements.csv?state=nouveau")).decode()
    assert ";'=1+1;" in exported
    assert "moi@example.org" not in exported
    assert "Autre" not in exported


def test_note_is_kept_and_text_is_never_html(desk):
    made = report()
    do(desk, made, "noter", text="Vu avec la <i>DEPP</i>")
    text = page(desk, made)

    assert "&lt;b&gt;élèves" in text
    assert "Vu avec la &lt;i&gt;DEPP" in text
    assert made.state == "nouveau"


def test_report_is_given_to_somebody(desk, person):
    made = report()
    do(desk, made, "confier", to=person.pk)
    assert (made.assigned_to, made.state) == (person, "en_cours")
    do(desk, made, "confier", to="")
    assert (made.assigned_to, made.state) == (None, "nouveau")
    # Nobody who may not handle reports.
    other = User.objects.create_user("autre", is_staff=True)
    assert "Sélectionnez un choix valide" in do(desk, made, "confier", to=other.pk).text


def test_answer_is_sent_kept_and_written_in_the_journal(desk, settings):
    settings.SITE_CONTACT = "contact@example.org"
    made = report(email="moi@example.org", wants_answer=True, language="en")
    do(desk, made, "repondre", text="C’est corrigé.")
    [message] = mail.outbox

    assert (message.to, message.reply_to) == (["moi@example.org"], ["contact@example.org"])
    assert message.subject == f"Your report no. {made.pk}"
    assert "C’est corrigé." in message.body
    assert "élèves" not in message.body
    assert (made.state, made.is_open) == ("repondu", False)
    assert "C’est corrigé." in page(desk, made)
    event = Event.objects.get(kind="signalement")
    assert (event.about, event.details) == (str(made), {"etat": "repondu"})


def test_answer_that_no_server_takes_is_not_kept(desk, settings):
    settings.EMAIL_BACKEND = "tests.reports.refusing.EmailBackend"
    made = report(email="moi@example.org", wants_answer=True)
    response = do(desk, made, "repondre", text="Bonjour")

    assert "Le message n’a pas pu partir" in response.text
    assert (made.state, made.steps.count()) == ("nouveau", 0)


@pytest.mark.parametrize(
    ("gesture", "fields"),
    [
        ("noter", {"text": "x"}),
        ("repondre", {"text": "x"}),
        ("clore", {"state": "sans_suite", "reason": "x"}),
        ("confier", {"to": ""}),
    ],
)
def test_nothing_is_done_twice_or_over_what_somebody_else_did(desk, gesture, fields):
    made = report(email="moi@example.org", wants_answer=True)
    Step.objects.create(report=made, kind="note", who="autre", text="déjà vu")
    response = do(desk, made, gesture, etapes=0, **fields)

    assert "Rien n’a été fait" in response.text
    assert (made.state, made.steps.count(), mail.outbox) == ("nouveau", 1, [])


def test_report_ends_for_a_reason_and_is_opened_again(desk):
    made = report()
    assert "Ce champ est obligatoire." in do(desk, made, "clore", state="sans_suite", reason="").text
    do(desk, made, "clore", state="sans_suite", reason="Le chiffre est juste.")
    assert (made.state, made.is_open) == ("sans_suite", False)
    assert "Clos sans suite\u00a0: Le chiffre est juste." in page(desk, made)
    do(desk, made, "rouvrir", reason="Nouvelle pièce")
    assert (made.state, made.is_open) == ("en_cours", True)


def test_history_shows_cohorts_reasons_and_the_deliveries_that_brought_them(desk, tmp_path, settings):
    settings.OPEN_FILES_DIR = tmp_path
    school, course = factories.school(), factories.diploma()
    delivery = factories.delivery(name="ancien.csv")
    Slice.objects.create(delivery=delivery, source="demonstration", cohort="2022_2023", state="remplacee")
    factories.outcome(school, course, taux_emploi_6_mois=61, nb_annee_term=90, nb_sortant=60)
    factories.outcome(
        school,
        course,
        "2021_2022",
        reasons={"taux_emploi_6_mois": Reason.TOO_FEW_LEAVERS},
        **factories.SHARES,
    )
    text = page(desk, report(school=school.pk, diploma=course.pk, figure="taux_emploi_6_mois"))

    assert "61\u00a0%" in text
    assert "Trop peu de sortants" in text
    assert "ancien.csv" in text
    assert "remplacée" in text


def test_history_shows_what_versions_changed_while_their_files_are_served(desk, tmp_path, settings):
    settings.OPEN_FILES_DIR = tmp_path
    from api.files import versions

    school, course = factories.school(), factories.diploma()
    factories.outcome(school, course)
    directory = tmp_path / versions.current()
    directory.mkdir()
    (directory / "manifest.json").write_text('{"changements": null}')
    of_group = {"millesime": "2022_2023", "voie": "pro", "uai": school.pk, "code_formation": course.pk}
    lines = [
        of_group | {"modifies": {"taux_emploi_6_mois": 58}, "masques": {"taux_en_formation": "non_couvert"}},
        of_group | {"code_formation": "40022106", "modifies": {"taux_emploi_6_mois": 99}},
    ]
    (directory / "changements.jsonl").write_text("\n".join(map(json.dumps, lines)))
    text = page(desk, report(school=school.pk, diploma=course.pk))

    assert "58\u00a0%" in text
    assert "Non couvert" in text
    assert "99\u00a0%" not in text


def test_page_makes_the_same_queries_whatever_the_figures(
    desk, django_assert_max_num_queries, settings, tmp_path
):
    settings.OPEN_FILES_DIR = tmp_path
    school, course = factories.school(), factories.diploma()
    for cohort in ("2018_2019", "2020_2021", "2021_2022", "2022_2023"):
        factories.outcome(school, course, cohort)
    made = report(school=school.pk, diploma=course.pk)
    page(desk, made)
    with django_assert_max_num_queries(16):
        page(desk, made)


def test_addresses_and_old_reports_are_erased_by_the_upkeep_of_the_worker():
    now = timezone.now()
    ages = {
        "just over": {"ended_at": now - timedelta(days=29)},
        "over": {"ended_at": now - timedelta(days=31)},
        "open": {},
        "forgotten": {"at": now - timedelta(days=366)},
        "old": {"ended_at": now - timedelta(days=731)},
    }
    for text, fields in ages.items():
        made = report(text=text, email="moi@example.org", wants_answer=True)
        Report.objects.filter(pk=made.pk).update(**fields)
    upkeep_due.send(sender=None)

    left = dict(Report.objects.values_list("text", "email"))
    kept = "moi@example.org"
    assert left == {"just over": kept, "over": "", "open": kept, "forgotten": ""}


def test_address_erased_leaves_no_answer_to_send(desk):
    made = report(wants_answer=True)
    assert "attendue, adresse effacée" in page(desk, made)
    assert "Répondre par courriel" not in page(desk, made)
    assert "Rien n’a été fait" in do(desk, made, "repondre", text="x").text


def test_who_may_withdraw_a_figure_is_led_to_the_page_that_does(admin_client):
    school = factories.school()
    made = report(school=school.pk)
    assert f"figurenotice/add/?uai={school.pk}" in page(admin_client, made)
    person = User.objects.create_user("autre@example.org", is_staff=True)
    person.groups.add(Group.objects.get(name=CORRESPONDENT))
    assert "Retirer ce chiffre" not in page(signed_in(Client(), person), made)
