"""Every address of the admin, for every role, for who is not in, and for who gave only a password."""

import pytest
from django.contrib.auth.models import AnonymousUser, Group, User
from django.contrib.contenttypes.models import ContentType
from django.contrib.messages.storage.fallback import FallbackStorage
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.test import RequestFactory
from django.urls import get_resolver, resolve, reverse
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts.events import record
from accounts.invitations import token_of
from accounts.models import Event, Invitation
from accounts.roles import (
    ADMINISTRATOR,
    APPROVER,
    CORRESPONDENT,
    PREPARER,
    READER,
    ROLES,
    needs_second_factor,
    write_groups,
)
from accounts.session_store import SessionStore
from api.models import ApiKey, ApiUser, UsageDay
from deliveries.models import ColumnMapping, ExpectedDelivery, Operation, Submission
from deliveries.operations.queue import add
from formations.models import Diploma
from pages.models import EditedText
from reports.models import Report
from stats.models import FigureNotice
from tests import factories
from tests.accounts.admin_table import EVERYBODY, TABLE
from tests.deliveries.preview.moments import kept_preview

pytestmark = pytest.mark.django_db
LETTERS = {"L": READER, "P": PREPARER, "A": APPROVER, "C": CORRESPONDENT, "D": ADMINISTRATOR}
ARGUMENTS = {
    "app_list": ["stats"],
    "password_reset_confirm": ["MQ", "x"],
    "stats_delivery_journal_export": ["livraisons", "csv"],
    "deliveries_upload": ["a" * 22],
}


def patterns(resolver=None, route=""):
    for pattern in (resolver or get_resolver()).url_patterns:
        if hasattr(pattern, "url_patterns"):
            yield from patterns(pattern, route + str(pattern.pattern))
        elif route.startswith("gestion/"):
            yield pattern


def test_every_address_of_the_admin_has_its_line():
    # Those without a name lead to another one, or answer that there is nothing there.
    assert {pattern.name for pattern in patterns() if pattern.name} == set(TABLE)


def rows():
    """One row of each model that the admin shows: {the beginning of the names of its pages: its key}."""
    person = User.objects.create_user("quelqu’un", is_staff=True)
    invitation = Invitation.objects.create(email="a@example.org")
    key, _ = ApiKey.objects.make("Onisep")
    submission = Submission.objects.create()
    return {
        "auth_user": person,
        "accounts_invitation": invitation,
        "accounts_event": record(Event.Kind.SIGNED_IN, person),
        "formations_diploma": factories.diploma(),
        "establishments_school": factories.school(),
        "stats_delivery": factories.delivery(),
        "stats_figurenotice": FigureNotice.objects.create(
            kind="retire", uai="0990001N", scope="etablissement"
        ),
        "deliveries_submission": submission,
        "deliveries_expecteddelivery": ExpectedDelivery.objects.create(source="x", expected_on="2026-01-01"),
        "deliveries_columnmapping": ColumnMapping.objects.create(name="CFA", source="x"),
        "deliveries_operation": add(Operation.Kind.CHECK, person, submission),
        "pages_editedtext": EditedText.objects.create(key="glossary.cfa.term", language="fr", number=1),
        "reports_report": Report.objects.create(nonce="x", text="x"),
        "api_apikey": key,
        "api_apiuser": ApiUser.objects.create(username="lba"),
        "api_usageday": UsageDay.objects.create(day="2026-01-01", route="x", status=200),
        "invitation": invitation,
    }


@pytest.fixture
def addresses():
    known = rows()
    diploma = ContentType.objects.get_for_model(Diploma)
    file = known["deliveries_submission"].files.create(position=1, name="cfa.csv", sha256="0" * 64, size=1)
    of_file = [file.submission_id, file.pk]
    of_page = [file.submission_id, *kept_preview(known["deliveries_submission"])]
    arguments = ARGUMENTS | {
        "pages_text": ["glossary.cfa.definition"],
        "pages_text_restore": ["glossary.cfa.definition"],
        "reports_report_handle": [known["reports_report"].pk, "noter"],
        **{
            f"deliveries_submission_file{page}": of_file
            for page in ("", "_accept", "_remove", "_findings", "_columns")
        },
        **{f"deliveries_submission_preview_{name}": of_page for name in ("page", "before", "after")},
        **{
            f"deliveries_submission_preview_counts{kind}": [file.submission_id, "region"]
            for kind in ("", "_csv")
        },
        "deliveries_submission_link_revoke": [file.submission_id, 1],
        "view_on_site": [diploma.pk, known["formations_diploma"].pk],
        "invitation": [token_of(known["invitation"])],
    }
    found = {}
    for pattern in patterns():
        if not pattern.name:
            continue
        model = next((name for name in known if pattern.name.startswith(f"{name}_")), None)
        needs_key = "<" in str(pattern.pattern) and pattern.name not in arguments
        keys = [known[model].pk] if needs_key else arguments.get(pattern.name, [])
        found[pattern.name] = reverse(f"admin:{pattern.name}", args=keys)
    return found


def opens(address, user):
    """Whether `user` gets the page, or what the page does; without its rendering, which takes most of the time."""
    request = RequestFactory().get(address)
    request.user, request.session = user, SessionStore()
    request._messages = FallbackStorage(request)
    match = resolve(address)
    try:
        response = match.func(request, *match.args, **match.kwargs)
    except (PermissionDenied, Http404):
        return False
    assert response.status_code in {200, 302, 405, 410}
    return not (response.status_code == 302 and response.url.startswith(reverse("admin:login")))


def somebody(letter, has_factor=True):
    if letter == "S":
        user = User.objects.create_superuser(f"moi {letter}")
    else:
        user = User.objects.create_user(f"moi {letter}", is_staff=True)
        user.groups.add(Group.objects.get(name=LETTERS[letter]))
    user.otp_device = TOTPDevice.objects.create(user=user) if has_factor else None
    return user


@pytest.mark.parametrize("letter", "LPACDS")
def test_each_role_opens_its_pages_and_no_other(addresses, letter):
    user = somebody(letter)
    wrong = {
        name: opened
        for name, address in addresses.items()
        if (opened := opens(address, user)) != (TABLE[name] == EVERYBODY or letter in TABLE[name])
    }
    assert wrong == {}


OUTSIDE = {
    "visitor": lambda: AnonymousUser(),
    "not of the desk": lambda: User.objects.create_user("dehors"),
    "closed account": lambda: User.objects.create_superuser("parti", is_active=False),
    "superuser by password alone": lambda: somebody("S", has_factor=False),
    "approver by password alone": lambda: somebody("A", has_factor=False),
    "administrator by password alone": lambda: somebody("D", has_factor=False),
}


@pytest.mark.parametrize("name", OUTSIDE)
def test_nobody_else_passes_the_entrance(addresses, name):
    user = OUTSIDE[name]()
    opened = {name for name, address in addresses.items() if opens(address, user)}
    assert opened == {name for name, who in TABLE.items() if who == EVERYBODY}


@pytest.mark.parametrize(
    ("letter", "needed"), [("L", False), ("P", False), ("A", True), ("C", True), ("D", True), ("S", True)]
)
def test_second_factor_is_needed_by_who_can_publish_or_administer(letter, needed):
    assert needs_second_factor(somebody(letter)) is needed


def test_reader_who_set_up_a_second_factor_is_asked_for_it(addresses):
    reader = somebody("L")
    reader.otp_device = None

    assert not opens(addresses["index"], reader)


def test_groups_have_exactly_the_permissions_of_their_role():
    group = Group.objects.get(name=READER)
    group.permissions.clear()
    Group.objects.get(name=PREPARER).permissions.add(*Group.objects.get(name=APPROVER).permissions.all())
    write_groups()

    for name, powers in ROLES.items():
        found = Group.objects.get(name=name).permissions.values_list("content_type__app_label", "codename")
        assert {".".join(power) for power in found} == powers
