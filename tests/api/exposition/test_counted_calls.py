"""Calls are counted by day, under codes and places that exist."""

import pytest

from api.exposition.usage import calls
from api.models import ApiKey, UsageDay
from stats.models import Certification
from tests import factories

API = "/api/inserjeunes"
CODE = "50022139"


@pytest.fixture(autouse=True)
def _no_counted_calls():
    calls.__init__()


@pytest.fixture
def key(db):
    return ApiKey.objects.make("essai")[1]


@pytest.fixture
def cook(db):
    diploma = factories.diploma(CODE)
    Certification.objects.create(
        code=CODE, kind="cfd", diploma=CODE, label=diploma.label, long_label=diploma.label
    )
    return diploma


def test_calls_are_counted_a_day_without_key_or_address(client, key, cook):
    factories.outcome(factories.country(), cook, "2023", "apprentissage")
    for _ in range(2):
        client.get(f"{API}/certifications/{CODE}", headers={"x-api-key": key})
    client.get(f"{API}/formations/0751234J-{CODE}")
    calls.write()
    client.get(f"{API}/certifications/{CODE}", headers={"x-api-key": key})
    calls.write()
    rows = UsageDay.objects.values_list("consumer", "route", "code", "school", "status", "count")
    assert set(rows) == {
        ("essai", "certification", CODE, "", 200, 3),
        ("", "formation", CODE, "", 404, 1),
    }
    assert ApiKey.objects.get().last_used_on == UsageDay.objects.first().day


def _counted(client, *addresses):
    for address in addresses:
        client.get(f"{API}/{address}").getvalue()
    calls.write()
    rows = UsageDay.objects.order_by("route", "code", "status")
    return list(rows.values_list("route", "code", "school", "region", "status", "count"))


def test_invented_codes_and_schools_are_counted_together(client, cook):
    """Anybody may invent them: each would be a row for ever."""
    invented = [f"5002{number:04d}" for number in range(5)]
    places = [f"075{number:04d}J" for number in range(5)]

    rows = _counted(
        client,
        *(f"certifications/{code}" for code in invented),
        *(f"certifications/{code}.svg?imageOnError=true" for code in invented),
        *(f"certifications/{code}|{code}" for code in invented),
        *(f"formations/{place}-{CODE}.svg?imageOnError=empty" for place in places),
    )

    assert rows == [
        ("certification", "", "", "", 200, 5),
        ("certification", "", "", "", 404, 10),
        ("formation", CODE, "", "", 200, 5),
    ]


def test_what_exists_is_counted_under_its_code_and_place(client, cook):
    school = factories.school(751234, region=factories.territory())
    factories.outcome(school, cook, "2022_2023", "apprentissage")
    factories.outcome(factories.territory(), cook, "2022_2023", "apprentissage", nb_annee_term=50)

    rows = _counted(
        client,
        f"formations/{school.pk}-{CODE}",
        f"regionales/11/certifications/{CODE}",
        f"regionales/11/certifications/{CODE},40022106",
    )

    assert rows == [
        ("formation", CODE, school.pk, "", 200, 1),
        ("regionale", CODE, "", "11", 200, 1),
        ("regionale", f"{CODE}+", "", "11", 200, 1),
    ]
