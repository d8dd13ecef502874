"""Small groups go in through the real ingestion; then everything that the site answers is searched for their numbers.

Two universes are alike but for what became of the small groups: the files of one tell it, those of the other
never knew it. In both, these groups were large enough in a former release, whose numbers must be gone too.
"""

import base64
import gzip
import json
import re

import pytest
from django.urls import resolve
from django.utils import translation

from tests import leak_addresses, leak_admin_addresses, leak_files
from tests.leak_universe import live_through, numbers

# pytest-django only makes the tables when a test asks for them. Both engines answer the same bytes: tests/former_version.
pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
SECRETS = set().union(*leak_files.SECRETS.values(), leak_files.UNDECLARED)


@pytest.fixture(scope="module")
def told(django_db_setup, django_db_blocker, tmp_path_factory):
    """The files of the second release tell what became of the small groups; the portal must withhold it."""
    with django_db_blocker.unblock():
        return live_through(("large", "small"), tmp_path_factory.mktemp("dit"), 100)


@pytest.fixture(scope="module")
def untold(django_db_setup, django_db_blocker, tmp_path_factory):
    """The same, but for the numbers of the small groups, which its files never held."""
    with django_db_blocker.unblock():
        return live_through(("plain", "blank"), tmp_path_factory.mktemp("tu"), 200)


def test_every_address_of_the_portal_is_searched_for_leaks():
    listed = {**leak_addresses.PUBLIC, **leak_admin_addresses.READER}
    assert leak_addresses.patterns() == set(listed), (
        "tests/leak_addresses.py or leak_admin_addresses.py must name every pattern"
    )


def test_addresses_searched_are_those_of_their_pattern(told):
    paths = {name.split(" ", 1)[1].split("?")[0] for name in told.small if not name.startswith("erreur")}
    reached = {match.view_name if match.url_name else match.route for match in map(_match, paths)}
    assert reached == leak_addresses.patterns()


def _match(path):
    with translation.override(translation.get_language_from_path(path)):
        return resolve(path)


def test_pages_searched_do_answer(told):
    is_wrong = re.compile(
        r"=zz|[/.]zz\b|/api/v1/.*[?&]page=|^public /gestion/|^public (/en)?/seance/[a-z]+/$"
    )
    wrong = {
        name: answer.status
        for name, answer in told.small.items()
        if name.startswith("public")
        and answer.status not in {200, 301, 302, 410}
        and not is_wrong.search(name)
    }
    assert not wrong
    assert [name for name, answer in told.small.items() if answer.status >= 500] == ["erreur 500"]
    errors = [(name, answer.status) for name, answer in told.small.items() if name.startswith("erreur")]
    assert all(str(status) in name for name, status in errors)


def test_reader_sees_the_report_of_every_delivery(told):
    pages = [a for name, a in told.small.items() if re.search(r"^lecteur .*/delivery/\d+/change/$", name)]
    assert len(pages) == len(json.loads(told.reports["journal"]))
    assert all(b"Rapport" in answer.body for answer in pages)


@pytest.mark.parametrize("lookup", ["file__content__contains", "outcomes__taux_emploi_6_mois"])
def test_reader_cannot_ask_the_admin_for_a_number(told, lookup):
    [answer] = [a for name, a in told.small.items() if f"/stats/delivery/?{lookup}" in name]
    assert answer.status == 400


@pytest.mark.parametrize(
    "kind",
    [
        "text/html",
        "text/csv",
        "application/json",
        "application/vnd.apache.parquet",
        "application/x-ndjson",
        "application/gzip",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ],
)
@pytest.mark.parametrize("group", leak_files.SECRETS)
def test_search_finds_the_numbers_of_a_group_that_is_large_enough(told, group, kind):
    """Without this, finding nothing would prove nothing."""
    answers = [a for a in told.large.values() if a.headers.get("Content-Type", "").startswith(kind)]
    assert leak_files.SECRETS[group] <= set().union(*(answer.numbers for answer in answers))


@pytest.mark.parametrize("group", leak_files.SECRETS)
def test_numbers_searched_for_are_nowhere_else_on_the_site(untold, group):
    # The drawing of a second factor's code has every number up to its width.
    answers = [answer for name, answer in untold.small.items() if "/second-facteur/" not in name]
    elsewhere = set().union(*(answer.numbers for answer in answers))
    # Sizes of files and times, which change from day to day, may happen on one or two of them.
    assert len(leak_files.SECRETS[group] - elsewhere) >= 2, "choose other numbers in tests/leak_files.py"


def test_a_withheld_figure_has_no_number_anywhere_that_the_site_answers(told, untold):
    """A number that the page also shows where nobody ever knew it is about something else."""
    leaks = {}
    for name, answer in told.small.items():
        if found := (answer.numbers & SECRETS) - untold.small[name].numbers:
            leaks[name] = found
    assert not leaks


def test_no_answer_depends_on_what_became_of_a_small_group(told, untold):
    """Stronger than any search: bars, words, roundings and counts under 20 included."""
    assert told.small.keys() == untold.small.keys()
    moved = [name for name, answer in told.small.items() if answer.text != untold.small[name].text]
    assert not moved


def test_facts_do_not_depend_on_what_became_of_a_small_group(told, untold):
    assert told.facts
    assert told.facts == untold.facts


def test_page_kept_since_the_group_was_large_is_not_valid_any_more(told):
    kept = {name for name, answer in told.large.items() if "ETag" in answer.headers}
    assert len(kept) > 100
    assert not [name for name in kept if told.small[name].status == 304]


def test_page_not_modified_says_nothing(told):
    assert {(answer.status, answer.body) for answer in told.not_modified.values()} == {(304, b"")}
    assert not set().union(*(answer.numbers for answer in told.not_modified.values())) & SECRETS


def test_reports_and_what_ingestion_prints_hold_no_number_of_a_small_group(told, untold):
    assert not numbers(told.reports["apres"] + told.reports["journal"]) & SECRETS
    assert told.reports == untold.reports


def test_logs_hold_no_number_of_a_small_group(told, untold):
    assert "Not Found: /zzz/" in told.logs
    assert "panne après SchoolPage" in told.logs
    # Traces hold numbers too, those of lines of code.
    assert not (numbers(told.logs) & SECRETS) - numbers(untold.logs)


def test_delivered_file_is_never_served(told):
    # The register of the second release is the file of the first.
    assert len(told.files) == 2 * len(leak_files.FILES) - 1
    forms = {form for content in told.files for form in (content, gzip.compress(content, 6, mtime=0))}
    forms |= {line for content in told.files for line in content.splitlines()}
    forms |= {base64.b64encode(form) for form in forms}
    for answers in (told.large, told.small):
        assert not [name for name, answer in answers.items() if any(form in answer.body for form in forms)]
