"""The schools that files of figures name are remembered: no publication reads the files of the former ones again."""

import pytest

from deliveries.publication import File, publish
from deliveries.reference_tables import build
from deliveries.source import Stage
from establishments.models import School
from stats.models import ApprenticeshipEntry, DeliveredFile, NamedInFile, Outcome, ReferenceBuild
from tests import factories
from tests.deliveries.conftest import CFA_ROWS, csv

pytestmark = pytest.mark.usefixtures("nomenclature")
REVISED = CFA_ROWS[0].replace(";30;57;13;", ";31;57;12;")
NEXT_COHORT = CFA_ROWS[0].replace("2021-2022", "2022-2023")


@pytest.fixture
def published(cfa_file):
    """Two schools from a file that nobody can read any more."""
    publish([cfa_file()])
    DeliveredFile.objects.update(content=b"")


def schools():
    return set(School.objects.values_list("uai", flat=True))


def test_a_delivery_of_another_cohort_reads_no_former_file_again(published, cfa_file):
    [report] = publish([cfa_file(NEXT_COHORT)])

    assert report.status == "publie"
    assert schools() == {"0990001N", "0990002P"}


def test_a_school_that_only_the_former_file_named_goes_without_reading_it_again(published, cfa_file):
    [report] = publish([cfa_file(REVISED)])

    assert report.status == "publie"
    assert schools() == {"0990001N"}


def test_a_school_where_figures_are_still_shown_goes_once_they_are_not(cfa_file):
    publish([cfa_file()])
    publish([cfa_file(NEXT_COHORT)])
    shown = Outcome.objects.get(cohort="2022_2023")
    factories.attribution(shown, school=School.objects.get(uai="0990002P"))
    publish([cfa_file(REVISED)])
    assert schools() == {"0990001N", "0990002P"}

    publish([cfa_file(NEXT_COHORT.replace(";30;57;13;", ";31;57;12;"))])

    assert schools() == {"0990001N"}


def test_a_database_of_a_former_version_is_filled_by_the_next_figures(cfa_file):
    publish([cfa_file()])
    NamedInFile.objects.all().delete()
    ReferenceBuild.objects.all().delete()

    publish([cfa_file(NEXT_COHORT)])

    assert schools() == {"0990001N", "0990002P"}
    assert NamedInFile.objects.count() == 2


def test_a_rebuild_reads_every_file_again(cfa_file):
    publish([cfa_file()])
    NamedInFile.objects.update(names={"school": {"columns": ["uai"], "rows": [["0990001N"]]}})

    build.rebuild_from(Stage.TERRITORIES)

    [names] = NamedInFile.objects.values_list("names", flat=True)
    assert [row[0] for row in names["school"]["rows"]] == ["0990001N", "0990002P"]


TEACHING = File(
    "catalogue.csv",
    csv(
        "cfd;uai_formation;etablissement_formateur_uai;etablissement_gestionnaire_uai",
        "50022139;0990001N;0990001N;0990002P",
    ),
)


def entries():
    return list(ApprenticeshipEntry.objects.values_list("diploma", "site", "trainer", "manager"))


@pytest.fixture
def taught(cfa_file):
    """What is taught in two schools that figures name, from a file that nobody can read any more."""
    publish([cfa_file()])
    publish([TEACHING])
    DeliveredFile.objects.filter(deliveries__file_name=TEACHING.name).update(content=b"")


def test_what_is_taught_is_not_built_again_where_the_codes_are_the_same(taught, cfa_file):
    [report] = publish([cfa_file(REVISED.replace("CFA Démonstration", "CFA renommé"), CFA_ROWS[1])])

    assert report.status == "publie"
    assert School.objects.get(uai="0990001N").name == "CFA renommé"
    assert entries() == [("50022139", "0990001N", "0990001N", "0990002P")]


def test_what_is_taught_is_built_again_where_a_school_is_new(taught, cfa_file):
    """The file that nobody can read would be needed."""
    [report] = publish([cfa_file(*CFA_ROWS, CFA_ROWS[1].replace("0990002P", "0990003R"))])

    assert report.status == "refuse"


def test_what_is_taught_is_built_again_by_a_rebuild(cfa_file):
    publish([cfa_file()])
    publish([TEACHING])
    ApprenticeshipEntry.objects.all().delete()

    build.rebuild_from(Stage.TERRITORIES)

    assert len(entries()) == 1
