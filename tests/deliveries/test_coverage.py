"""The page of what is covered: counts by region and kind, why a place shows nothing, which file would bring it."""

import pytest

from deliveries.coverage.page import CSV_COLUMNS, coverage_tables, csv_rows
from formations.models import DiplomaJob, Job
from stats.models import Slice
from stats.reasons import Reason
from tests import factories

pytestmark = pytest.mark.django_db
FINE = "inserjeunes_lycee_pro_formation_fine"


@pytest.fixture
def taught():
    """In Île-de-France a lycée teaches three courses, of which one shows figures; in Bretagne a farm school teaches one."""
    paris, rennes = factories.territory(), factories.territory(code="53", name="Bretagne")
    lycee = factories.school(name="Lycée", region=paris, latitude=48.8, longitude=2.4)
    farm = factories.school(name="Ferme", region=rennes)
    cook = factories.diploma("50022139", rncp="38430")
    waiter, baker = (
        factories.diploma("50033412", "CAP Serveur"),
        factories.diploma("50022137", "CAP Boulanger"),
    )
    unknown = factories.diploma("99999999", "Inconnu", type=None)
    DiplomaJob.objects.create(diploma=cook, job=Job.objects.create(code="G1602", label="Cuisinier"))
    for course in (cook, waiter, baker):
        factories.teaching(lycee, course)
    # Twice the same place, by two lists.
    factories.teaching(lycee, cook, source="attractivite_capacite")
    factories.teaching(farm, unknown, route="agricole")
    factories.outcome(lycee, cook, "2021_2022")
    factories.outcome(
        lycee,
        waiter,
        "2021_2022",
        reasons={"taux_en_emploi_6_mois": Reason.NOT_COVERED},
        taux_emploi_6_mois=None,
    )
    factories.outcome(lycee, waiter, "2022_2023", nb_annee_term=12, **factories.SHARES)
    # Figures where no list says that the course is taught.
    factories.outcome(farm, cook)


def rows(kind="pro"):
    [table] = [table for table in coverage_tables() if table.kind == kind]
    return {row.region: row for row in (*table.rows, table.total)}


def test_places_are_counted_once_with_what_they_show_and_why_not(taught):
    found = rows()
    paris, brittany, france = found["Île-de-France"], found["Bretagne"], found["France"]

    assert (paris.counts.courses, paris.counts.schools, paris.places) == (3, 1, 3)
    assert (paris.with_figures, paris.without_figures, paris.share) == (1, 2, "33\u00a0%")
    # The reason is that of the newest cohort.
    assert paris.reasons == [
        ("Aucune ligne dans les fichiers de chiffres", 1),
        (Reason.TOO_FEW_PEOPLE.title, 1),
    ]
    assert (brittany.counts.courses, brittany.counts.untaught, brittany.share) == (1, 1, "0\u00a0%")
    assert (france.counts.courses, france.counts.schools, france.places) == (4, 2, 4)


def test_nomenclature_and_points_that_are_missing_are_counted(taught):
    found = rows()
    of = {
        name: (
            row.counts.without_point,
            row.counts.without_type,
            row.counts.without_rncp,
            row.counts.without_job,
        )
        for name, row in found.items()
    }
    assert of == {"Île-de-France": (0, 0, 2, 2), "Bretagne": (1, 1, 1, 1), "France": (1, 1, 3, 3)}


def test_what_is_missing_names_the_file_that_would_bring_it(taught):
    Slice.objects.create(delivery=factories.delivery(FINE), source=FINE, cohort="2021_2022")
    missing = {one.what: one for one in rows()["France"].missing}

    figures = missing["sans aucune ligne de chiffres"]
    assert figures.number == 2
    assert ("InserJeunes, lycées professionnels, formation par formation", "publié, jusqu’à 2021-2022") in {
        (file.title, file.state) for file in figures.files
    }
    assert [file.title for file in missing["sans métier (ROME)"].files] == [
        "Certif Info, diplômes et métiers"
    ]
    [nothing] = rows("apprentissage")["France"].missing
    assert (nothing.number, nothing.files[0].state) == (None, "jamais publié")


def test_school_without_a_region_has_its_row(taught):
    factories.teaching(factories.school(name="Ailleurs", region=None), factories.diploma("50022140"))
    assert rows()["Région inconnue"].places == 1


def test_csv_has_a_line_for_each_region_and_kind(taught):
    lines = list(csv_rows(coverage_tables()))

    assert [set(line) for line in lines] == [set(CSV_COLUMNS)] * 9
    assert lines[1]["region"] == "Île-de-France"
    assert lines[1]["pourquoi"].startswith("Aucune ligne dans les fichiers de chiffres\u00a0: 1")


def test_number_of_queries_does_not_grow(taught, django_assert_num_queries):
    with django_assert_num_queries(6):
        coverage_tables()


def test_page_and_file_are_shown_to_the_desk(admin_client, taught):
    page = admin_client.get("/gestion/stats/delivery/couverture/").text
    assert "Île-de-France" in page
    assert "33\u00a0%" in page
    exported = b"".join(admin_client.get("/gestion/stats/delivery/couverture.csv")).decode()
    assert "Bretagne;Lycée;1;1;1;0;1;" in exported
