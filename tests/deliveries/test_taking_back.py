"""What is published after a delivery is taken back is what it would be if it had never come, whatever came after it.

Tried on one random order of deliveries, on twenty with TESTS_LONG=1.
"""

import json
import os
import random
import re

import pytest
from django.apps import apps
from django.db import transaction
from django.urls import reverse

from deliveries.publication import File, publish
from deliveries.withdrawal import later_ones, take_back
from establishments.models import School
from stats.models import Delivery, Outcome, Slice
from tests.deliveries.conftest import CFA_HEADER, CFA_ROWS, REGION_HEADER, REGION_ROWS, csv

pytestmark = pytest.mark.usefixtures("nomenclature")
REASON = "Chiffres de l’an dernier"
# Written by the journal and by memories of computations, which keep what was done.
_NOT_PUBLISHED = {
    "Delivery",
    "DeliveredFile",
    "NamedInFile",
    "DataVersion",
    "AuditMemory",
    "Slice",
    "ReferenceBuild",
}
_ADDRESSES = (
    "/",
    "/formations/",
    "/formations.csv",
    "/etablissements/",
    "/etablissements.csv",
    "/methodologie/",
    "/recherche/?q=cuisine",
    "/recherche/?q=cfa",
    "/en/recherche/?q=cuisine",
    "/plan-du-site/",
    "/sitemap.xml",
    "/api/v1/chiffres/",
    "/api/v1/chiffres.csv",
    "/api/v1/formations/",
    "/api/v1/etablissements/",
    "/api/v1/territoires/",
    "/api/v1/chiffres/?ensemble=true",
    "/api/v1/chiffres/?millesime=2021_2022",
    "/api/v1/chiffres/?voie=apprentissage",
)


def cfa(number, cohort):
    """Figures of training centres: the version of this number, of a cohort such as "2021-2022"."""
    rows = [row.replace(";30;57;13;", f";{30 + number};57;{13 - number};") for row in CFA_ROWS]
    kept = rows if number % 2 else rows[:1]
    return File(f"cfa-{number}.csv", csv(CFA_HEADER, *(row.replace("2021-2022", cohort) for row in kept)))


def region(number):
    rows = [row.replace("a;", f"a{number};") for row in REGION_ROWS]
    return File(f"region-{number}.csv", csv(REGION_HEADER, *rows[: 1 + number % 2]))


def catalogue(number):
    schools = {"etablissement_formateur_uai": "0990001N", "etablissement_gestionnaire_uai": "0990001N"}
    sites = ["0990001N", "0990002P", f"099000{3 + number % 2}{'RS'[number % 2]}"]
    entries = [{"cfd": "50022139", "uai_formation": site, **schools} for site in sites]
    return File(f"catalogue-{number}.json", json.dumps(entries).encode())


def deliveries(chance):
    """Deliveries of four slices, in random order; those of a slice differ."""
    kinds = [
        lambda number: cfa(number, "2021-2022"),
        lambda number: cfa(number, "2019-2020"),
        region,
        catalogue,
    ]
    return [chance.choice(kinds)(number) for number in range(4)]


def state():
    """The published tables, without keys that are given in the order of writing: a delivery is its file."""
    found = {}
    for label in ("formations", "establishments", "stats"):
        for model in apps.get_app_config(label).get_models():
            if model.__name__ not in _NOT_PUBLISHED:
                found[model.__name__] = sorted(model.objects.values_list(*_columns(model)), key=repr)
    live = Slice.objects.filter(state=Slice.State.LIVE).values_list("source", "cohort", "delivery__file")
    return found | {"Slice": sorted(live)}


def _columns(model):
    for field in model._meta.concrete_fields:
        if field.is_relation and field.related_model is Outcome:
            yield from (f"outcome__{column}" for column in _columns(Outcome))
        elif field.is_relation and field.related_model is Delivery:
            yield "delivery__file"
        elif field.get_internal_type() not in {"AutoField", "BigAutoField"}:
            yield field.attname


def pages(client):
    """What 30 addresses answer, at most, without the version of the data; rows of the API in any order, as it gives them
    in that of their writing."""
    schools = School.objects.order_by("pk").values_list("pk", flat=True)
    addresses = [
        *_ADDRESSES,
        reverse("course", kwargs={"slug": "x", "code": "50022139"}),
        *(reverse("school", kwargs={"slug": "x", "uai": uai}) for uai in schools),
        *(f"/api/v1/chiffres/?etablissement={uai}" for uai in schools),
        *(f"/recherche/?q={uai}" for uai in schools),
    ]
    return {address: _without_version(client.get(address, follow=True)) for address in addresses[:30]}


def _without_version(response):
    content = response.content if not response.streaming else response.getvalue()
    if response["Content-Type"].startswith("application/json"):
        content = json.dumps(sorted(map(json.dumps, json.loads(content).get("results", ())))).encode()
    elif response["Content-Type"].startswith("text/csv"):
        content = b"\n".join(sorted(content.splitlines()))
    return response.status_code, re.sub(rb"\d{4}-\d\d-\d\d-\d{6}-\d+", b"VERSION", content)


def test_page_lists_what_goes_with_it_and_the_click_takes_all_back(manager):
    first, second = published([cfa(number, "2021-2022") for number in range(2)])
    address = reverse("admin:stats_delivery_take_back", args=[first[0]])
    page = manager.get(address)

    assert "Une livraison plus récente l’a remplacé" in page.text
    assert [one["delivery"].pk for one in page.context["later"]] == [second[0]]
    answer = manager.post(address, {"reason": REASON, "along": ""}, follow=True)
    assert "Rien n’est retiré" in answer.text
    assert Outcome.objects.exists()
    along = page.context["form"].initial["along"]
    answer = manager.post(address, {"reason": REASON, "along": along}, follow=True)
    assert "est retiré, avec 1 livraison plus récente." in answer.text
    assert not Outcome.objects.exists()


def published(files):
    """[(key of its delivery, file)] of those that change something."""
    found = []
    for file in files:
        [report] = publish([file], confirmed=True)
        if report.delivery:
            found.append((report.delivery, file))
    return found


@pytest.mark.parametrize("seed", range(20) if os.environ.get("TESTS_LONG") == "1" else [3])
def test_taking_back_leaves_what_would_be_there_if_it_had_never_come(client, seed):
    chance = random.Random(seed)
    files = deliveries(chance)
    with transaction.atomic():
        delivery, _file = chance.choice(published(files))
        delivery = Delivery.objects.get(pk=delivery)
        later = later_ones(delivery)
        gone = {one.file_name for one in (delivery, *later)}
        take_back(delivery, reason=REASON, along=[one.pk for one in later])
        entries = Delivery.objects.filter(action=Delivery.Action.TAKEN_BACK, reason=REASON)
        assert {entry.file_name for entry in entries} == gone
        after = state(), pages(client) if seed % 10 == 3 else {}
        transaction.set_rollback(True)
    published([file for file in files if file.name not in gone])

    never = state(), pages(client) if seed % 10 == 3 else {}
    for one, other in zip(after, never, strict=True):
        assert {name: one[name] for name in other if one[name] != other[name]} == {
            name: other[name] for name in other if one[name] != other[name]
        }
