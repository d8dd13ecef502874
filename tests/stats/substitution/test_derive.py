"""What shows the figures of another diploma, year or school, and what must not."""

import pandas as pd
import pytest

from deliveries.reading import read_table
from deliveries.sources.apprenticeship import SOURCES
from stats.substitution import GROUP, derive, renewed_diplomas, terminal_years
from stats.substitution.kinds import OriginKind, Role
from tests.stats.substitution.frames import at, catalogue, links, rows, shown

CHAIN = links(("A", "B"), ("B", "C"), ("C", "D"))


def test_new_diploma_shows_the_old_one_and_the_old_one_the_newest():
    pointers = renewed_diplomas.derive(rows("B", "C"), CHAIN)
    assert shown(pointers) == {"A": ("nouvelle", "C"), "D": ("ancienne", "C")}


def test_diploma_between_two_others_shows_the_newest():
    assert shown(renewed_diplomas.derive(rows("A", "C"), CHAIN))["B"] == ("nouvelle", "C")


def test_source_of_a_long_chain_is_the_diploma_that_has_the_figures():
    pointers = renewed_diplomas.derive(rows("A"), CHAIN)
    assert shown(pointers) == dict.fromkeys("BCD", ("ancienne", "A"))
    assert pointers["row"].tolist() == [0, 0, 0]


def test_own_figures_are_never_replaced():
    assert renewed_diplomas.derive(rows(*"ABCD"), CHAIN).empty


@pytest.mark.parametrize("column", GROUP)
def test_figures_stay_in_their_cohort_route_and_place(column):
    other = {"cohort": "2021_2022", "route": "agricole", "place": "0020002A"}
    pointers = renewed_diplomas.derive(rows("A", ("B", {column: other[column]})), links(("A", "B")))
    assert {(row.code, getattr(row, column)) for row in pointers.itertuples()} == {
        ("B", rows("A").at[0, column]),
        ("A", other[column]),
    }


@pytest.mark.parametrize("fork", [("A", "X"), ("X", "B")])
def test_fork_stops_the_chain_even_towards_an_unknown_code(fork):
    pointers = renewed_diplomas.derive(rows("A"), links(("A", "B"), ("B", "C"), fork), known={"A", "B", "C"})
    assert pointers.empty


def test_figures_before_a_fork_are_shown_up_to_it():
    pointers = renewed_diplomas.derive(rows("C"), links(("A", "B"), ("B", "C"), ("C", "D"), ("C", "E")))
    assert set(shown(pointers)) == {"A", "B"}


def test_unknown_code_ends_the_chain():
    assert renewed_diplomas.derive(rows("A"), links(("A", "B")), known={"A"}).empty


def test_diplomas_that_renew_each_other_are_left_alone():
    assert renewed_diplomas.derive(rows("A"), links(("A", "B"), ("B", "A"), ("A", "A"))).empty


def test_higher_education_is_not_derived():
    assert renewed_diplomas.derive(rows("A", route="superieur"), CHAIN).empty


def years(*lines):
    return pd.DataFrame(lines, columns=["code", "diploma", "course_type", "year", "duration"])


def test_only_years_of_two_diplomas_are_linked():
    year_links = renewed_diplomas.course_year_links(
        links(("40000001", "40000002")),
        years(("23830000001", "40000001", "247", 3, 3), ("24110000002", "40000002", "241", 1, 2)),
    )
    assert year_links.to_numpy().tolist() == [["23830000001", "24110000002"]]


def test_same_years_of_two_diplomas_are_linked():
    lines = [
        (f"238{year}000000{diploma}", f"4000000{diploma}", "247", year, 3)
        for diploma in "12"
        for year in (1, 2, 3)
    ]
    other_type = ("23839999992", "40000002", "276", 3, 3)
    year_links = renewed_diplomas.course_year_links(
        links(("40000001", "40000002")), years(*lines, other_type)
    )
    assert [(former[3], new[3]) for former, new in year_links.to_numpy()] == [
        ("1", "1"),
        ("2", "2"),
        ("3", "3"),
    ]


def forks_of(*lines):
    return pd.DataFrame(lines, columns=["former", "new", "forks"])


TWO_YEARS = (("23220000001", "A"), ("23220000002", "B"))


@pytest.mark.parametrize(
    "renewals",
    [
        [("A", "B", False), ("A", "C", False)],
        [("A", "B", False), ("C", "B", False)],
        [("A", "B", True)],
    ],
)
def test_fork_of_a_diploma_stops_its_years_too(renewals):
    lines = [(code, diploma, code[:3], int(code[3]), int(code[3])) for code, diploma in TWO_YEARS]
    every = renewed_diplomas.all_links(forks_of(*renewals), years(*lines))
    own = rows(("23220000001", {"diploma": "A"}), route="pro")
    assert renewed_diplomas.derive(own, every).empty


def test_years_of_a_diploma_renewed_one_to_one_are_linked():
    lines = [(code, diploma, code[:3], int(code[3]), int(code[3])) for code, diploma in TWO_YEARS]
    every = renewed_diplomas.all_links(forks_of(("A", "B", False)), years(*lines))
    assert every.to_numpy().tolist() == [["A", "B"], ["23220000001", "23220000002"]]


def test_course_in_one_year_does_not_renew_the_course_in_two():
    lines = (("23220000001", "A", "232", 2, 2), ("23110000002", "B", "231", 1, 1))
    every = renewed_diplomas.all_links(forks_of(("A", "B", False)), years(*lines))
    assert every.to_numpy().tolist() == [["A", "B"]]


def test_former_label_is_the_nearest_that_is_really_different():
    labels = {"C": "Cuisine moderne", "B": " CUISINE".title(), "A": "Restauration", "Z": "Seule", "X": "Loin"}
    formers = {"C": ["B"], "B": ["A"], "A": ["inconnu"], "X": ["Y", "Z"]}
    assert renewed_diplomas.former_labels(labels, formers) == {"C": "Restauration", "B": "Restauration"}


def test_former_labels_of_a_circle_end():
    assert renewed_diplomas.former_labels({"A": "Même", "B": "Meme"}, {"A": ["B"], "B": ["A"]}) == {}


TERMINAL = pd.DataFrame({"code": ["23830000001"], "diploma": ["40000001"]})


def test_first_and_second_years_are_the_same_code_with_their_year():
    previous = terminal_years.previous_years(TERMINAL, years(), {"23810000001", "23820000001", "23830000001"})
    assert sorted(previous["code"]) == ["23810000001", "23820000001"]
    assert set(previous["terminal"]) == {"23830000001"}


def test_year_with_another_code_is_the_only_one_of_its_diploma():
    known = {"23819999999", "23828888888", "23827777777"}
    table = years(
        ("23819999999", "40000001", "247", 1, 3),
        ("23828888888", "40000001", "247", 2, 3),
        ("23827777777", "40000001", "247", 2, 3),
    )
    assert terminal_years.previous_years(TERMINAL, table, known)["code"].tolist() == ["23819999999"]


def test_only_year_of_a_course_in_one_year_is_not_the_first_of_the_course_in_two():
    terminal = pd.DataFrame({"code": ["32220000001"], "diploma": ["32000001"]})
    table = years(("32220000001", "32000001", "322", 2, 2), ("32110000001", "32000001", "321", 1, 1))
    assert terminal_years.previous_years(terminal, table, set(table["code"])).empty


def test_code_without_a_year_has_no_earlier_years():
    odd = pd.DataFrame({"code": ["238X0000001"], "diploma": ["40000001"]})
    assert terminal_years.previous_years(odd, years(), {"23810000001"}).empty


def test_year_points_to_its_terminal_year_where_that_has_figures():
    previous = pd.DataFrame({"code": ["Y1", "Y2"], "terminal": ["T", "T"]})
    pointers = terminal_years.derive(
        rows("T", ("Y2", {}), ("Y1", {"route": "apprentissage"}), route="pro"), previous
    )
    assert pointers[["code", "terminal", "place"]].to_numpy().tolist() == [["Y1", "T", "0010001W"]]


@pytest.mark.parametrize("route", ["pro", "agricole"])
def test_common_second_year_points_to_all_courses_of_its_family(route):
    """By every route whose rows are under years of courses."""
    members = pd.DataFrame({"family": ["G", "G", "G", "H"], "code": ["T1", "T2", "Y", "T3"]})
    common = pd.DataFrame({"family": ["G"], "code": ["Y"]})
    pointers = terminal_years.derive_common(rows("T1", "T2", "T3", route=route), members, common)
    assert pointers[["code", "terminal"]].to_numpy().tolist() == [["Y", "T1"], ["Y", "T2"]]


def test_common_year_is_a_diploma_that_stops_after_its_first_year():
    members = pd.DataFrame({"family": ["G"] * 4, "diploma": ["2NDE", "BAC", "MC", "INCONNU"]})
    table = years(
        ("1", "2NDE", "", 1, 3), ("2", "BAC", "", 2, 3), ("3", "BAC", "", 3, 3), ("4", "MC", "", 1, 1)
    )
    assert terminal_years.common_years(members, table)["is_common"].tolist() == [True, False, False, False]


def nomenclature():
    return derive.Nomenclature(
        links=links(("40000001", "40000002"), ("23830000001", "23830000002")),
        years=years(
            *((f"238{year}000000{d}", f"4000000{d}", "247", year, 3) for d in "12" for year in (1, 2, 3))
        ),
        members=pd.DataFrame({"family": ["G"], "code": ["23830000001"]}),
        common=pd.DataFrame({"family": ["G"], "code": ["23810000009"]}),
        known=frozenset(
            {"40000001", "40000002", *(f"238{y}000000{d}" for d in "12" for y in (1, 2, 3)), "23810000009"}
        ),
    )


def test_gain_counts_own_rows_and_what_can_be_asked():
    table = rows(
        ("23830000001", {"diploma": "40000001", "route": "pro", "place": "L"}), at("T", code="40000001")
    )
    table.index = ["first", "second"]
    derived = derive.derive(
        table, nomenclature(), catalogue(("40000002", "S", "T", "M"), renewals=[("40000001", "40000002")])
    )
    assert derived.counts == {
        "self": 2,
        "ancienne": 2,
        "formateur": 2,
        "annee_terminale": 4,
        "annee_commune": 1,
    }
    assert derived.reachable == 11
    assert derived.factor == 5.5
    assert set(derived.sites["row"]) == {"second"}


def test_gain_of_territories_has_no_sites():
    table = rows(("40000001", {"place": "region-11"}))
    assert derive.derive(table, nomenclature(), None).counts == {"self": 1, "ancienne": 1}


def test_gain_of_nothing_is_nothing():
    derived = derive.derive(rows(), nomenclature(), catalogue())
    assert (derived.reachable, derived.factor) == (0, None)


def test_export_of_the_apprenticeship_catalogue_is_read():
    content = (
        '[{"id": "1", "cfd": "50022137", "uai_formation": "0010001W", "etablissement_formateur_uai": null,'
        ' "etablissement_gestionnaire_uai": "0010002X"}]'
    )
    table = read_table("catalogue.json", content.encode())
    assert set(table.header) >= {column.name for column in SOURCES[0].columns if column.required}
    cells = table.cells.set_axis(table.header, axis=1).assign(etablissement_lieu_formation_uai="")
    (entries,) = SOURCES[0].convert(cells, None).values()
    assert entries.to_numpy().tolist() == [["50022137", "0010001W", "", "0010002X"]]


def test_each_kind_and_role_has_its_own_words():
    assert all(len({one.label for one in some}) == len(some) for some in (OriginKind, Role))
