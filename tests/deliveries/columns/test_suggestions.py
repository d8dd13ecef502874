"""What each column may be, and why: by its name, its place, its values, what it makes with others; never one of two."""

import pytest

from deliveries.columns.positions import by_header, by_names
from deliveries.columns.suggestions import described, settle, suggest
from deliveries.reading import read_sample, read_table
from deliveries.sources import ALL
from tests.deliveries.checking import tables
from tests.deliveries.conftest import csv

SOURCES = {source.name: source for source in ALL}
# The names of the DEPP's files: nothing of them tells the 12, 18 and 24 months but their place.
DEPP = (
    "n°UAI de l'établissement;Libellé de l'établissement;Région;Taux de poursuite d'études;Taux;Taux attendu;"
    "Valeur ajoutée;Part en poursuite d'études;Part en emploi 6 mois après la sortie;Part des autres situations"
)
DEPP_ROWS = (
    "0990001N;CFA du Port;NORMANDIE;43;64;60;4;43;37;20",
    "0990002P;CFA Démonstration;BRETAGNE;41;74;75;-1;41;44;15",
    "0990003R;CFA des Arts;CORSE;50;68;71;-3;50;34;16",
)


def settled(header, rows, source, former=None):
    table = read_table("x.csv", csv(header, *rows))
    positions = by_header(table, SOURCES[source]) or {}
    return settle(table, SOURCES[source], positions, former)


def without(header, name, new=""):
    assert name in header.split(";")
    return ";".join(new if cell == name else cell for cell in header.split(";"))


@pytest.mark.parametrize(
    ("name", "column", "reason"),
    [
        ("n°UAI de l'établissement", "uai", "ses valeurs sont des UAI (3 sur 3)"),
        (
            "Libellé de l'établissement",
            "libelle",
            "c’est la seule colonne sans nom, et il n’en manque qu’une",
        ),
        ("Région", "region", "ses valeurs sont des noms de régions (3 sur 3)"),
        ("Taux attendu", "taux_emploi_6_mois_attendu", "elle est la différence de"),
        ("Valeur ajoutée", "valeur_ajoutee_6_mois", "elle est n°\u00a05 «\u00a0Taux\u00a0» moins n°\u00a06"),
        ("Part des autres situations", "taux_autres_6_mois", "elle fait 100"),
    ],
)
def test_each_blank_header_of_the_depp_is_found_with_its_reason(name, column, reason):
    place = DEPP.split(";").index(name)
    suggestions, chosen = settled(without(DEPP, name), DEPP_ROWS, "depp_etablissements_apprentissage")

    assert chosen == {column: place}
    assert reason in suggestions[column][0].reason


def test_the_sum_of_the_others_tells_the_rate():
    header = without(DEPP, "Taux", "Tx").replace("Taux attendu", "Taux emploi 6 mois attendu")
    suggestions, chosen = settled(header, DEPP_ROWS, "inserjeunes_cfa")
    assert chosen["taux_emploi_6_mois"] == 4
    assert "elle est la somme de" in suggestions["taux_emploi_6_mois"][0].reason


def cfa(**names):
    sheet = tables.cfa(6)
    header = [names.get(name.replace(" ", "_"), name) for name in sheet.rows[0]]
    return ";".join(header), [";".join(row.values()) for row in sheet.rows]


def test_a_nameless_column_between_two_months_is_the_month_between():
    header, rows = cfa(Taux_emploi_18_mois="")
    suggestions, chosen = settled(header, rows, "inserjeunes_cfa")
    assert chosen == {"taux_emploi_18_mois": 13}
    assert (
        "elle est entre n°\u00a013 «\u00a0Taux emploi 12 mois\u00a0» et n°\u00a015"
        in suggestions["taux_emploi_18_mois"][0].reason
    )


def test_nameless_columns_after_a_month_are_the_next_ones_in_order():
    header, rows = cfa(Taux_emploi_18_mois="Unnamed: 13", Taux_emploi_24_mois="")
    suggestions, chosen = settled(header, rows, "inserjeunes_cfa")
    assert chosen == {"taux_emploi_18_mois": 13, "taux_emploi_24_mois": 14}
    assert "elle suit n°\u00a013" in suggestions["taux_emploi_18_mois"][0].reason


def test_another_month_is_never_a_near_spelling():
    header, rows = cfa(Taux_emploi_12_mois="Taux emploi 13 mois")
    suggestions, chosen = settled(header, rows, "inserjeunes_cfa")
    assert all("ressemble" not in one.reason for one in suggestions["taux_emploi_12_mois"])
    header, rows = cfa(Taux_emploi_12_mois="Tauxemploi 12 mois")
    suggestions, chosen = settled(header, rows, "inserjeunes_cfa")
    assert chosen == {"taux_emploi_12_mois": 12}
    assert (
        "son nom ressemble à «\u00a0taux_emploi_12_mois\u00a0»"
        in suggestions["taux_emploi_12_mois"][0].reason
    )


def test_a_name_of_a_former_file_is_known():
    header, rows = cfa(Taux_emploi_12_mois="T12", Taux_emploi_24_mois="T24")
    former = {"taux_emploi_12_mois": {"t12"}, "taux_emploi_24_mois": {"t24"}}
    suggestions, chosen = settled(header, rows, "inserjeunes_cfa", former)
    assert chosen == {"taux_emploi_12_mois": 12, "taux_emploi_24_mois": 14}
    assert "«\u00a0T12\u00a0» a déjà été nommée ainsi" in suggestions["taux_emploi_12_mois"][0].reason


def test_two_columns_as_likely_are_both_suggested_and_none_is_chosen():
    """Nor is a column of other values: a name does not make a code of a percentage."""
    header, rows = cfa(
        Taux_emploi_12_mois="T1", Part_contrats_apprentissage_interrompus="T2", UAI="Taux emploi 12 moi"
    )
    suggestions, chosen = settled(header, rows, "inserjeunes_cfa")
    assert {one.place for one in suggestions["taux_emploi_12_mois"]} == {7, 12}
    assert chosen == {"uai": 1}


def test_a_column_at_two_places_is_suggested_at_both():
    header, rows = cfa(Taux_emploi_18_mois="Taux emploi 12 mois")
    table = read_table("x.csv", csv(header, *rows))
    source = SOURCES["inserjeunes_cfa"]
    known = {name: at for name, at in by_header(table, source).items() if name != "taux_emploi_12_mois"}
    found = suggest(table, source, known)["taux_emploi_12_mois"]
    assert [(one.place, one.reason.split("\u00a0; ")[0]) for one in found] == [
        (12, "elle a ce nom"),
        (13, "elle a ce nom"),
    ]


def test_codes_are_told_by_their_form():
    sheet = tables.region(8)
    names = {"millesime": "a", "code_region": "b", "cfd": "c", "mefstat11": "d"}
    header = ";".join(names.get(name, name) for name in sheet.rows[0])
    _, chosen = settled(header, [";".join(row.values()) for row in sheet.rows], "ij_region_formation")
    assert chosen == {"millesime": 1, "code_region": 3, "cfd": 5, "mefstat11": 6}


def test_a_column_is_described_by_its_first_values():
    table = read_table("x.csv", b"uai;;vide\n0990001N;;\n0990002P;12;\n")
    assert [described(table, place) for place in range(3)] == [
        "n°\u00a01 «\u00a0uai\u00a0»\u00a0: 0990001N, 0990002P",
        "n°\u00a02 (sans nom)\u00a0: 12",
        "n°\u00a03 «\u00a0vide\u00a0»\u00a0: vide",
    ]


def test_a_long_file_is_seen_by_its_first_lines_and_read_whole_where_they_are_cut():
    line = "0990001N;" + "x" * 5_000 + "\n"
    assert len(read_sample("x.csv", b"uai;texte\n" + line.encode() * 300).cells) < 200
    quoted = '0990001N;"' + "a\n" * 60_000 + '"\n'
    assert len(read_sample("x.csv", b"uai;texte\n" + quoted.encode() * 20).cells) == 20


def test_a_place_that_two_columns_claim_alike_is_chosen_for_neither():
    header, rows = cfa(Taux_emploi_12_mois="T", Taux_emploi_24_mois="U")
    former = {"taux_emploi_12_mois": {"t"}, "taux_emploi_24_mois": {"t"}}
    suggestions, chosen = settled(header, rows, "inserjeunes_cfa", former)
    assert [suggestions[name][0].place for name in former] == [12, 12]
    assert chosen == {}


def test_a_column_of_withheld_cells_may_be_any_figure():
    header, rows = cfa(Taux_emploi_24_mois="")
    rows = [";".join([*row.split(";")[:-1], "nd"]) for row in rows]
    assert settled(header, rows, "inserjeunes_cfa")[1] == {"taux_emploi_24_mois": 14}


def test_what_is_settled_first_tells_the_others():
    """Only the value added is that small; with it, the difference tells the rate."""
    header = without(without(DEPP, "Valeur ajoutée"), "Taux", "Tx")
    table = read_table("x.csv", csv(header, *DEPP_ROWS))
    source = SOURCES["depp_etablissements_apprentissage"]
    suggestions, chosen = settle(table, source, by_names(table, source))
    assert (chosen["valeur_ajoutee_6_mois"], chosen["taux_emploi_6_mois"]) == (6, 4)
    assert "elle est la somme de" in suggestions["taux_emploi_6_mois"][0].reason
