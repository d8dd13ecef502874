"""Figures of InserSup name their producer: beside them, in the files, and at the foot of the pages once some are published."""

import pytest

from pages.figures.group import group_of
from stats.models import Slice
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
CREDIT = "Chiffres de l’enseignement supérieur\u00a0: dispositif InserSup, SIES"


def test_foot_of_the_pages_names_insersup_once_its_figures_are_published(client):
    delivery = factories.delivery("insersup")
    made = Slice.objects.create(delivery=delivery, source="insersup", cohort="2023")
    assert CREDIT in client.get("/").text
    assert "InserSup (SIES), Licence Ouverte" in client.get("/mentions-legales/").text
    assert "the InserSup scheme" in client.get("/en/").text

    Slice.objects.filter(pk=made.pk).update(state=Slice.State.TAKEN_BACK)
    factories.delivery()
    assert CREDIT not in client.get("/").text
    assert "dispositif InserJeunes, DEPP" in client.get("/").text


def test_figures_name_their_own_producer(client):
    course = factories.diploma("2500123", "Licence pro", kind="sise", type=None)
    school = factories.school(name="IUT")
    factories.outcome(school, course, "2023", route="superieur")
    factories.outcome(school, None)
    higher, whole = [group_of(row) for row in school.attributions.order_by("pk")]

    assert (higher.source_label, whole.source_label) == ("InserSup (SIES)", "InserJeunes (DEPP, Dares)")
    exported = b"".join(client.get(f"/etablissements/x-{school.pk}.csv")).decode()
    assert exported.count("InserSup (SIES)") == exported.count("InserJeunes (DEPP, Dares)") == 1
