"""Which figures a teaching site, a trainer and a manager show."""

import pytest

from stats.substitution import teaching_sites
from tests.stats.substitution.frames import at, catalogue, rows


def sites(table, known):
    """{place: (role, data school, data role)} of everything that can be asked."""
    known_roles = teaching_sites.roles(table, known)
    own = zip(
        table["place"], known_roles["role"], known_roles["data_school"], known_roles["data_role"], strict=True
    )
    derived = teaching_sites.derive(table, known, known_roles)
    return {place: tuple(rest) for place, *rest in own} | {
        row.place: ("lieu_formation", row.data_school, row.data_role) for row in derived.itertuples()
    }


def test_school_route_has_its_figures_where_it_teaches():
    assert sites(rows(at("S"), route="pro"), catalogue()) == {"S": ("lieu_formation", "S", "lieu_formation")}


def test_nothing_is_known_of_sites_of_higher_education_or_outside_the_catalogue():
    table = rows(at("S"), at("U", route="superieur"))
    assert {role for role, _, _ in sites(table, catalogue(("B", "S", "S", "S"))).values()} == {"inconnu"}


def test_site_without_figures_takes_its_trainers():
    assert sites(rows(at("T")), catalogue(("A", "S", "T", "M")))["S"] == ("lieu_formation", "T", "formateur")


def test_site_without_figures_takes_its_managers_when_its_trainer_has_none():
    pointers = sites(rows(at("M")), catalogue(("A", "S", "T", "M")))
    assert pointers["S"] == ("lieu_formation", "M", "gestionnaire")
    assert "T" not in pointers


def test_site_prefers_its_trainer_to_its_manager():
    pointers = sites(rows(at("T"), at("M")), catalogue(("A", "S", "T", "M"), ("A", "S2", "T2", "M")))
    assert pointers["S"] == ("lieu_formation", "T", "formateur")
    assert pointers["S2"] == ("lieu_formation", "M", "gestionnaire")


def test_site_with_figures_keeps_them():
    assert sites(rows(at("S"), at("T")), catalogue(("A", "S", "T", "M")))["S"] == (
        "lieu_formation",
        "S",
        "lieu_formation",
    )


@pytest.mark.parametrize("other", ["T2", ""])
def test_site_with_several_trainers_takes_none(other):
    assert "S" not in sites(rows(at("T")), catalogue(("A", "S", "T", "M"), ("A", "S", other, "M")))


def test_site_of_another_manager_takes_none():
    known = catalogue(("A", "M", "M", "M"), ("A", "S", "M", "M2"), ("A", "S3", "T3", "M"))
    pointers = sites(rows(at("M")), known)
    assert "S" not in pointers
    assert pointers["S3"] == ("lieu_formation", "M", "gestionnaire")


def test_own_site_of_a_trainer_stands_for_its_other_sites():
    pointers = sites(rows(at("T")), catalogue(("A", "T", "T", "M"), ("A", "S", "T", "M")))
    assert pointers == {"T": ("formateur", "T", "formateur"), "S": ("lieu_formation", "T", "formateur")}


def test_own_site_of_a_trainer_whose_sites_have_figures_stands_for_itself():
    pointers = sites(rows(at("T"), at("S")), catalogue(("A", "T", "T", "M"), ("A", "S", "T", "M")))
    assert pointers["T"] == ("lieu_formation", "T", "lieu_formation")


def test_manager_with_a_trainer_without_figures_stands_for_it():
    pointers = sites(rows(at("M")), catalogue(("A", "S", "M", "M"), ("A", "S2", "T", "M")))
    assert pointers["M"] == ("gestionnaire", "M", "gestionnaire")
    assert pointers["S2"] == ("lieu_formation", "M", "gestionnaire")


def test_manager_whose_trainers_have_figures_stays_a_trainer():
    known = catalogue(("A", "S", "M", "M"), ("A", "S2", "T", "M"), ("A", "S3", "T", "M"))
    assert sites(rows(at("M"), at("T")), known)["M"][0] == "formateur"
    assert sites(rows(at("M"), at("S2"), at("S3")), known)["M"][0] == "formateur"
    assert sites(rows(at("M"), at("S2")), known)["M"][0] == "gestionnaire"


def test_catalogue_of_the_new_code_tells_the_sites_of_the_old_one():
    known = catalogue(("B", "S", "T", "M"), renewals=[("A", "B")])
    assert sites(rows(at("T", code="A")), known)["S"] == ("lieu_formation", "T", "formateur")


def test_figures_of_sites_stay_in_their_cohort():
    table = rows(at("T"), at("S", cohort="2021_2022"))
    derived = teaching_sites.derive(
        table, known := catalogue(("A", "S", "T", "M")), teaching_sites.roles(table, known)
    )
    assert derived[["row", "place", "cohort"]].to_numpy().tolist() == [[0, "S", "2022_2023"]]
