"""CSV and JSON: the same rows as the pages, a reason for every hole, no number for what is withheld."""

import csv
import io

import pytest

from stats import exports
from stats.indicators import FIGURES
from tests import factories

pytestmark = pytest.mark.django_db


def rows_of(client, address):
    response = client.get(address)
    assert response.status_code == 200
    content = b"".join(response.streaming_content)
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


def test_csv_of_a_course_has_a_value_or_a_reason_for_every_figure(client):
    diploma = factories.diploma()
    factories.outcome(
        factories.territory(), diploma, nb_annee_term=30, nb_sortant=10, taux_poursuite_etudes=67
    )
    factories.outcome(factories.school(), diploma, nb_annee_term=12, **factories.SHARES)
    rows = rows_of(client, "/formations/cap-cuisine-50022139.csv")
    assert [row["niveau_geographique"] for row in rows] == ["region", "etablissement"]
    for row in rows:
        for name in FIGURES:
            assert bool(row[name]) != bool(row[f"{name}_raison"]), name
    assert rows[0]["taux_poursuite_etudes"] == "67"
    assert rows[0]["taux_emploi_6_mois_raison"].startswith("Trop peu de sortants\u00a0: ")
    assert rows[1]["taux_en_emploi_6_mois"] == ""
    assert rows[1]["taux_en_emploi_6_mois_raison"].startswith("Trop peu d’élèves")


def test_csv_of_lists_obeys_their_filters(client):
    factories.diploma()
    factories.diploma(
        "40022106", "Bac pro Cuisine", type=factories.diploma_type("400", "Bac pro", "Bac pro", 4)
    )
    factories.school()
    assert [row["code_formation"] for row in rows_of(client, "/formations.csv?niveau=4&toutes=true")] == [
        "40022106"
    ]
    assert len(rows_of(client, "/etablissements.csv?secteur=public")) == 1
    assert rows_of(client, "/etablissements.csv?secteur=prive") == []


def test_csv_of_a_school_and_of_a_comparison(client):
    school = factories.school()
    factories.outcome(school, valeur_ajoutee_6_mois=-4, nb_sortant=40)
    assert rows_of(client, f"/etablissements/x-{school.pk}.csv")[0]["valeur_ajoutee_6_mois"] == "-4"
    rows = rows_of(client, f"/comparer.csv?e={school.pk}.pro&e=zzz")
    added = next(row for row in rows if row["indicateur"] == "valeur_ajoutee_6_mois")
    assert (added["repere"], added["valeur"], added["raison"]) == ("A", "-4", "")
    assert all(bool(row["valeur"]) != bool(row["raison"]) for row in rows)


@pytest.mark.parametrize("text", ["=1+1", "+33", "-2", "@SUM(A1)", "\tx", "\rx"])
def test_cell_that_a_spreadsheet_would_compute_is_quoted(text):
    assert exports.cell(text) == f"'{text}"


def test_cells_keep_numbers_and_leave_nothing_for_none():
    assert exports.cell(-4) == -4
    assert exports.cell(0) == 0
    assert exports.cell(None) == ""


def test_csv_of_many_rows_costs_a_fixed_number_of_queries(client, django_assert_max_num_queries):
    diploma = factories.diploma()
    for number in range(10):
        factories.outcome(factories.territory("region", f"{number:02d}", f"Région {number}"), diploma)
    with django_assert_max_num_queries(4):
        assert len(rows_of(client, "/formations/cap-cuisine-50022139.csv")) == 10


def test_counts_of_leavers_stay_out_where_they_would_give_the_rate_that_is_not_shown(client):
    diploma = factories.diploma()
    counts = {"nb_annee_term": 40, "nb_sortant": 12, "nb_poursuite_etudes": 28, "nb_en_emploi_6_mois": 6}
    factories.outcome(factories.territory(), diploma, **counts, taux_poursuite_etudes=70)
    (row,) = rows_of(client, "/formations/cap-cuisine-50022139.csv")
    (group,) = client.get("/api/v1/chiffres/").json()["results"]

    assert row["nb_annee_term"] == "40"
    assert (row["nb_sortant"], row["nb_en_emploi_6_mois"]) == ("", "")
    assert {name for name, number in group["effectifs"].items() if number is not None} == {"nb_annee_term"}


def test_csv_names_whose_figures_are_shown(client):
    former, new = factories.diploma(), factories.diploma("50022146", slug="cap-cuisine-nouveau")
    shown = factories.outcome(factories.territory(), former)
    factories.attribution(shown, diploma=new, kind="ancienne")
    (row,) = rows_of(client, "/formations/cap-cuisine-nouveau-50022146.csv")
    (group,) = client.get("/api/v1/chiffres/?formation=50022146").json()["results"]

    for read in (row, group):
        assert (read["code_formation"], read["origine"], read["code_origine"]) == (
            "50022146",
            "ancienne",
            "50022139",
        )
    assert row["taux_en_emploi_6_mois"] == "31"
    assert len(client.get("/api/v1/chiffres?origine=self").json()["results"]) == 1


def test_csv_of_a_teaching_site_names_the_trainer(client):
    trainer, site = factories.school(), factories.school()
    shown = factories.outcome(trainer, factories.diploma(), route="apprentissage")
    factories.attribution(shown, school=site, role="formateur", trainers=[trainer.pk])
    (row,) = rows_of(client, f"/etablissements/x-{site.pk}.csv")

    assert (row["uai"], row["etablissement_origine"], row["role_origine"]) == (
        site.pk,
        trainer.pk,
        "formateur",
    )
