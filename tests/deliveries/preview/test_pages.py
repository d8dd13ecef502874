"""The preview of a submission on the desk: told by its check, true until something else is published, read by who may."""

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client, override_settings

from accounts.roles import READER
from deliveries.desk import actions
from deliveries.models import Operation, Preview, PreviewPage, Submission
from deliveries.operations import queue, tasks, upkeep
from deliveries.operations.transitions import State, move
from deliveries.preview import rendering
from deliveries.preview.asking import ask_page
from deliveries.publication import File
from stats.caching import data_version
from stats.models import DataVersion
from tests.deliveries.conftest import CFA_HEADER, CFA_ROWS, csv, published_for_all, signed_in_manager
from tests.deliveries.submitting import REVISED, ask_check, ask_publication, checked, submission_of

pytestmark = pytest.mark.django_db
CONTENT, CHANGED = csv(CFA_HEADER, *CFA_ROWS), csv(CFA_HEADER, REVISED, CFA_ROWS[1])
SCHOOL, OTHER_SCHOOL = "0990001N", "0990002P"


@pytest.fixture(scope="module", autouse=True)
def known(django_db_setup, django_db_blocker):
    """What is published, and the key of a checked submission that changes two figures of a school, whose page is rendered."""
    with published_for_all(django_db_blocker, File("cfa.csv", CONTENT)):
        with django_db_blocker.unblock(), override_settings(PREVIEW_PAGES=5):
            pk = checked(CHANGED).pk
        yield pk


@pytest.fixture
def submission(known):
    return Submission.objects.get(pk=known)


@pytest.fixture
def desk():
    client = signed_in_manager("gestion")

    def get(submission, page="", **data):
        return client.get(f"/gestion/deliveries/submission/{submission.pk}/apercu/{page}", data)

    get.client = client
    return get


def text_of(response):
    return b"".join(response.streaming_content).decode()


def test_check_tells_what_changes_for_families(desk, submission):
    page = desk(submission)
    preview = page.context["preview"]

    assert [number for _, number, _ in preview.totals] == [2, 0, 0, 0, 0]
    [section] = preview.sections
    assert [(line.before, line.after) for line in section.lines] == [
        ("30\u00a0%", "31\u00a0%"),
        ("13\u00a0%", "12\u00a0%"),
    ]
    assert {line.place for line in section.lines} == {"CFA Démonstration"}
    assert [(row.table, row.before, row.after) for row in preview.tables] == [
        ("Établissements, toutes formations", 2, 2)
    ]
    assert "Rien ne change" not in page.text
    own = f"/gestion/deliveries/submission/{submission.pk}/"
    assert f'href="{own}apercu/"' in desk.client.get(f"{own}change/").text


def test_lines_are_filtered_paged_and_downloaded(desk, submission):
    assert desk(submission, "lignes/").context["total"] == 2
    assert (
        desk(submission, "lignes/", etablissement=SCHOOL.lower(), indicateur="taux_en_formation").context[
            "total"
        ]
        == 1
    )
    assert desk(submission, "lignes/", etablissement=OTHER_SCHOOL).context["total"] == 0
    # A value that means nothing is as none.
    assert desk(submission, "lignes/?changement=zz&region=zz&page=zz").context["total"] == 2
    header, *rows = text_of(desk(submission, "lignes.csv", indicateur="taux_en_formation")).splitlines()
    assert len(rows) == 1
    assert rows[0].startswith(
        f"changent;{SCHOOL};CFA Démonstration;Île-de-France;;;apprentissage;;;taux_en_formation;2021 et 2022;30;"
    )
    assert len(header.split(";")) == len(rows[0].split(";"))


@pytest.mark.parametrize("by", ["indicateur", "region", "etablissement", "formation", "couverture"])
def test_counts_are_read_and_downloaded(desk, by, submission):
    assert desk(submission, f"par/{by}/").status_code == 200
    lines = text_of(desk(submission, f"par/{by}.csv")).splitlines()
    assert len(lines) == {"indicateur": 3, "formation": 1}.get(by, 2)
    assert desk(submission, "par/zz/").status_code == 404


def test_number_of_queries_does_not_depend_on_how_much_changes(desk, django_assert_num_queries, submission):
    desk(submission)
    with django_assert_num_queries(11):
        desk(submission)
    with django_assert_num_queries(10):
        desk(submission, "lignes/")


def test_nothing_changes(desk):
    page = desk(checked(CONTENT))
    assert "Rien ne change pour les familles." in page.text
    assert [(row.before, row.after) for row in page.context["preview"].tables] == [(2, 2)]
    assert DataVersion.objects.number() == 1


def test_refused_submission_has_no_preview(desk):
    submission = checked(csv(CFA_HEADER, CFA_ROWS[0].replace(";57;", ";157;")))
    assert submission.state == State.REFUSED
    assert "Il n’y a pas d’aperçu" in desk(submission).text
    assert desk(submission, "lignes/").status_code == 404


def test_preview_is_over_once_something_else_is_published(desk, submission):
    second = checked(csv(CFA_HEADER, *CFA_ROWS, CFA_ROWS[0].replace("2021-2022", "2019-2020")))
    ask_publication(second)
    tasks.wake()
    second.refresh_from_db()
    assert second.state == State.PUBLISHED
    assert desk(second, "lignes/").status_code == 200
    assert "Il n’y a pas d’aperçu" in desk(submission).text
    # The numbers that it held may be published no more.
    assert not Preview.objects.filter(submission=submission).exists()
    assert not PreviewPage.objects.exists()
    Submission.objects.filter(pk=second.pk).update(updated_at="2020-01-01T00:00:00Z")
    upkeep.erase_old_files()
    assert not Preview.objects.exists()


def test_preview_goes_with_what_is_given_up(submission):
    move(submission, State.CANCELLED)
    upkeep.erase_old_files()
    assert not Preview.objects.exists()


def test_pages_are_shown_before_and_after_and_lead_nowhere(desk, submission):
    both = desk(submission, f"pages/etablissement/{SCHOOL}/")
    assert both.text.count("<iframe") == 2
    assert "frame-src 'self'" in both["Content-Security-Policy"]
    sides = [desk(submission, f"pages/etablissement/{SCHOOL}/{side}/") for side in ("avant", "apres")]
    for side in sides:
        assert "sandbox allow-same-origin; frame-ancestors 'self'" in side["Content-Security-Policy"]
        assert (side["X-Frame-Options"], side["Referrer-Policy"]) == ("SAMEORIGIN", "no-referrer")
        assert "no-store" in side["Cache-Control"]
        assert "<script" not in side.text
        assert 'href="/etablissements' not in side.text
    before, after = (side.text for side in sides)
    assert "Publié aujourd’hui" in before
    assert f"Aperçu, non publié – dépôt n°\u00a0{submission.pk}" in after
    assert ("13\u00a0%" in before, "12\u00a0%" in before) == (True, False)
    assert ("13\u00a0%" in after, "12\u00a0%" in after) == (False, True)
    # What a page of the public reads afterwards is what is published.
    assert "12\u00a0%" not in rendering.render("etablissement", SCHOOL)


def test_any_other_page_is_asked_for_once(desk, submission, monkeypatch):
    versions, render = [], rendering.render
    monkeypatch.setattr(rendering, "render", lambda *page: versions.append(data_version()) or render(*page))
    page = f"pages/etablissement/{OTHER_SCHOOL}/"
    assert "Cette page n’est pas préparée." in desk(submission, page).text
    assert desk(submission, f"{page}apres/").status_code == 404
    # One that nobody teaches waits for the same work.
    PreviewPage.objects.create(submission=submission, kind="formation", code="99999999")
    asked = {"kind": "etablissement", "code": f" {OTHER_SCHOOL.lower()} "}
    address = f"/gestion/deliveries/submission/{submission.pk}/apercu/demander/"
    assert "Après la publication" in desk.client.post(address, asked, follow=True).text
    # What a cache keeps of the dry run is never taken for what is published.
    assert versions[0] != data_version()
    operation = Operation.objects.last()
    assert (operation.kind, operation.state, operation.outcome) == ("apercu", "fait", "Pages prêtes.")
    assert "CFA du Port" in desk(submission, f"{page}apres/").text
    for side in ("avant", "apres"):
        assert "Cette page n’existe pas" in desk(submission, f"pages/formation/99999999/{side}/").text
    submission.refresh_from_db()
    assert submission.state == State.CHECKED
    desk.client.post(address, asked)
    assert Operation.objects.last() == operation
    assert "Écrivez un UAI" in desk.client.post(address, asked | {"code": "x"}, follow=True).text


def test_waiting_preview_keeps_nobody_from_publishing(desk, submission):
    """It moves no submission: what is published in the meantime leaves it nothing to do."""
    running = queue.add(Operation.Kind.CHECK, None, submission_of())
    queue.start_next("ailleurs")
    ask_page(submission, User.objects.first(), "etablissement", OTHER_SCHOOL)
    ask_page(submission, User.objects.first(), "formation", "50022139")
    assert submission.operations.filter(kind="apercu").count() == 1
    assert "La page se prépare" in desk(submission, f"pages/etablissement/{OTHER_SCHOOL}/").text
    ask_publication(submission)
    Operation.objects.filter(pk=running.pk).update(state=Operation.State.CANCELLED)
    # Published first, it would be the one after the other.
    waiting = submission.operations.get(kind="apercu")
    Operation.objects.filter(pk=waiting.pk).update(id=10_000)
    tasks.wake()
    submission.refresh_from_db()
    assert submission.state == State.PUBLISHED
    assert "n’est plus à publier" in Operation.objects.get(pk=10_000).outcome


def test_cancelled_preview_leaves_its_submission(desk, submission):
    queue.add(Operation.Kind.CHECK, None, submission_of())
    queue.start_next("ailleurs")
    ask_page(submission, User.objects.first(), "etablissement", OTHER_SCHOOL)
    operation = submission.operations.get(kind="apercu")
    actions.cancel(operation)
    operation.refresh_from_db()
    submission.refresh_from_db()
    assert (operation.state, submission.state) == (Operation.State.CANCELLED, State.CHECKED)


def test_fault_of_a_preview_does_not_stop_a_check(desk, monkeypatch, submission):
    def fail(*arguments):
        raise RuntimeError

    monkeypatch.setattr("deliveries.preview.watching.compare", fail)
    ask_check(submission)
    tasks.wake()
    submission.refresh_from_db()
    assert submission.state == State.CHECKED
    assert "n’a pas pu être calculé" in desk(submission).text


def test_page_that_cannot_be_rendered_keeps_no_other_from_being(desk, submission, monkeypatch):
    def fail_for_courses(kind, code, render=rendering.render):
        if kind == "formation":
            raise RuntimeError
        return render(kind, code)

    monkeypatch.setattr(rendering, "render", fail_for_courses)
    PreviewPage.objects.create(submission=submission, kind="formation", code="50022139")
    ask_page(submission, User.objects.first(), "etablissement", OTHER_SCHOOL)
    assert "CFA du Port" in desk(submission, f"pages/etablissement/{OTHER_SCHOOL}/apres/").text
    assert "Cette page n’est pas préparée." in desk(submission, "pages/formation/50022139/").text


def test_reader_sees_the_preview_and_asks_for_nothing(submission):
    client = Client()
    user = User.objects.create_user("lit", is_staff=True)
    user.groups.add(Group.objects.get(name=READER))
    client.force_login(user)
    page = client.get(f"/gestion/deliveries/submission/{submission.pk}/apercu/")
    assert "CFA Démonstration" in page.text
    assert "Préparer cette page" not in page.text
    assert client.post(f"/gestion/deliveries/submission/{submission.pk}/apercu/demander/").status_code == 403
