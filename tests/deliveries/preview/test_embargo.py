"""Links by which a school sees its own page before it is published: who makes them, what they show, when they are over."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.utils import timezone

from accounts.models import Event
from accounts.roles import PREPARER
from deliveries.models import PreviewPage, SchoolLink, Submission
from deliveries.operations import tasks
from deliveries.operations.transitions import State
from deliveries.preview import embargo, keeping, rendering
from deliveries.publication import File
from establishments.uai import check_letter
from stats.caching import data_version
from stats.models import Attribution, DataVersion, Outcome
from tests.deliveries.conftest import (
    CFA_HEADER,
    CFA_ROWS,
    REGION_HEADER,
    REGION_ROWS,
    csv,
    published_for_all,
    signed_in_manager,
)
from tests.deliveries.submitting import ask_check, checked
from tests.signing_in import signed_in

pytestmark = pytest.mark.django_db
SCHOOL = "0990001N"
# All that changes: the two schools, and their region.
CHANGED = csv(
    CFA_HEADER,
    CFA_ROWS[0].replace(";30;57;13;", ";31;57;12;"),
    CFA_ROWS[1].replace(";40;40;20;", ";44;44;12;"),
)
OVER = "Il est inconnu, fini ou retiré"


REVISED_REGION = [row.replace(";40;40;40;40;20;", ";41;41;41;41;20;") for row in REGION_ROWS]


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker):
    """(key of a checked submission, path of the link that it gave to the first school)."""
    files = [
        File("cfa.csv", csv(CFA_HEADER, *CFA_ROWS)),
        File("region.csv", csv(REGION_HEADER, *REGION_ROWS)),
    ]
    with published_for_all(django_db_blocker, *files):
        with django_db_blocker.unblock():
            submission = checked(CHANGED, csv(REGION_HEADER, *REVISED_REGION))
            page = make(signed_in_manager("gestion"), submission)
            [path] = re.findall(r"http://testserver(/apercu/[\w-]+/)", page.text)
        yield submission.pk, path


@pytest.fixture
def submission(made):
    return Submission.objects.get(pk=made[0])


@pytest.fixture
def link(made):
    return made[1]


@pytest.fixture
def desk(made):
    return signed_in(Client(), User.objects.get(username="gestion"))


def links_address(submission):
    return f"/gestion/deliveries/submission/{submission.pk}/liens/"


def make(desk, submission, schools=SCHOOL, days=2):
    until = timezone.localtime() + timedelta(days=days)
    return desk.post(links_address(submission), {"schools": schools, "until": f"{until:%Y-%m-%dT%H:%M}"})


def is_over(link):
    answer = Client().get(link)
    return answer.status_code == 404 and OVER in answer.text


def test_link_shows_the_page_of_the_school_as_it_will_be(link, submission):
    assert submission.state == State.CHECKED
    answer = Client().get(link)
    assert answer.status_code == 200
    assert "12\u00a0%" in answer.text
    assert f"Aperçu, non publié – réservé à CFA Démonstration ({SCHOOL})" in answer.text
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
    assert (answer["X-Frame-Options"], answer["Referrer-Policy"]) == ("DENY", "no-referrer")
    assert (answer["Cache-Control"], answer["X-Robots-Tag"]) == (
        "no-store, private",
        "noindex, nofollow, noarchive",
    )
    assert "sessionid" not in answer.cookies
    assert not answer.cookies


def test_link_shows_no_other_unpublished_figure(link, submission, monkeypatch):
    """Of this delivery, what a page could read while it was rendered is what belongs to the school."""
    seen, versions, render = [], {data_version()}, rendering.render

    def look(kind, code):
        new = Outcome.objects.exclude(delivery__in=known_deliveries)
        seen.append(
            (set(new.values_list("school", "territory")), Attribution.objects.filter(outcome__in=new).count())
        )
        versions.add(data_version())
        return render(kind, code)

    number = DataVersion.objects.number()
    known_deliveries = list(Outcome.objects.values_list("delivery", flat=True).distinct())
    monkeypatch.setattr(rendering, "render", look)
    PreviewPage.objects.filter(is_of_school_only=True).update(content=None, rendered_at=None)
    embargo.ask_school_pages(submission, None, [SCHOOL])
    assert seen == [({(SCHOOL, None)}, 1)]
    # What a cache keeps of it is never taken for what is published.
    assert len(versions) == 2
    # And all is as before.
    assert Outcome.objects.filter(delivery__in=known_deliveries).count() == 4
    assert Outcome.objects.count() == 4
    assert DataVersion.objects.number() == number


def test_only_the_digest_of_a_token_is_kept(link, submission, desk):
    token = link.split("/")[2]
    assert len(token) == 43
    kept = SchoolLink.objects.get()
    assert token not in str(vars(kept))
    assert token not in desk.get(links_address(submission)).text
    assert token not in str(list(Event.objects.values_list("about", "details")))
    assert not is_over(link)
    assert is_over(f"/apercu/{token[:-1]}/")
    assert is_over(f"/apercu/{kept.digest}/")


def test_every_view_is_counted_in_the_journal(link, submission, desk):
    for _ in range(2):
        Client().get(link)
    Client().head(link)
    assert SchoolLink.objects.get().views == 2
    events = Event.objects.filter(kind=Event.Kind.LINK_VIEWED).order_by("pk")
    assert [event.details["vue"] for event in events] == [1, 2]
    assert events[0].about == f"{SCHOOL} CFA Démonstration"
    assert Event.objects.get(kind=Event.Kind.LINK_MADE).who == "gestion"
    assert "la dernière" in desk.get(links_address(submission)).text


def test_link_is_over_once_it_is_taken_back(link, submission, desk):
    kept = SchoolLink.objects.get()
    page = desk.post(f"{links_address(submission)}{kept.pk}/retirer/", follow=True)
    assert "est retiré." in page.text
    assert is_over(link)
    desk.post(f"{links_address(submission)}{kept.pk}/retirer/")
    assert Event.objects.filter(kind=Event.Kind.LINK_REVOKED).count() == 1


def test_link_is_over_after_its_date(link):
    SchoolLink.objects.update(expires_at=timezone.now())
    assert is_over(link)


def test_unknown_and_over_have_the_same_answer(link):
    SchoolLink.objects.update(expires_at=timezone.now())
    over, unknown = Client().get(link), Client().get("/apercu/zz/")
    assert over.content == unknown.content
    assert dict(over.headers) == dict(unknown.headers)


def test_publication_ends_the_links_and_erases_their_pages(link, submission):
    """What `operations.running` does at its end."""
    DataVersion.objects.move()
    Submission.objects.update(state=State.PUBLISHED)
    assert is_over(link)
    keeping.erase_stale()
    assert not PreviewPage.objects.exists()
    assert keeping.preview_of(Submission.objects.get())


def test_new_check_renders_the_page_of_an_open_link_again(link, submission):
    PreviewPage.objects.update(content=None, rendered_at=None)
    ask_check(submission)
    assert is_over(link)
    tasks.wake()
    assert "12\u00a0%" in Client().get(link).text


def test_link_is_over_while_other_data_are_published(link):
    DataVersion.objects.move()
    assert is_over(link)


def test_page_that_is_not_rendered_yet_says_so(link):
    PreviewPage.objects.update(content=None, rendered_at=None)
    assert "Cette page se prépare" in Client().get(link).text


def test_form_of_links_is_sent_by_browsers(desk, submission):
    """Under a policy that tells no address, they hide where a form comes from, and it is refused."""
    assert desk.get(links_address(submission))["Referrer-Policy"] != "no-referrer"


def test_new_link_takes_the_place_of_the_former_one(link, submission, desk):
    make(desk, submission, f"{SCHOOL.lower()},\n{SCHOOL}")
    assert is_over(link)
    assert embargo.open_links().count() == 1


@pytest.mark.parametrize(
    ("schools", "days", "sentence"),
    [
        ("0990001A", 2, "Ce ne sont pas des UAI"),
        (f"0350001{check_letter('0350001')}", 2, "inconnus du portail"),
        (SCHOOL, -1, "Choisissez un moment à venir"),
        (SCHOOL, 90, "Au plus 31"),
    ],
)
def test_what_is_wrongly_asked_makes_no_link(desk, submission, schools, days, sentence):
    assert sentence in make(desk, submission, schools, days).text
    assert SchoolLink.objects.count() == 1


def test_who_may_not_publish_makes_no_link(submission):
    user = User.objects.create_user("prépare", is_staff=True)
    user.groups.add(Group.objects.get(name=PREPARER))
    assert make(signed_in(Client(), user), submission).status_code == 403
    assert SchoolLink.objects.count() == 1
