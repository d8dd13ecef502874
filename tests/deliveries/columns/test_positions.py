"""Columns that somebody names: they take the place of the header, and never twice the same place."""

import pandas as pd
import pytest

from deliveries.candidates import File, check_columns, recognise_file
from deliveries.columns.positions import as_said, by_header, fault_of
from deliveries.findings import Refusal
from deliveries.reading import read_table
from deliveries.sources import ALL
from tests.deliveries.conftest import CFA_HEADER, CFA_ROWS, csv

CFA = next(source for source in ALL if source.name == "inserjeunes_cfa")
DEPP = next(source for source in ALL if source.name == "depp_etablissements_apprentissage")
ROUTES = {
    source.name: source
    for source in ALL
    if source.name in {"inserjeunes_lycee_pro_formation_fine", "inserjeunes_lycee_agricole_formation_fine"}
}
RATE_24 = "taux_emploi_24_mois"


def cfa_file(header=CFA_HEADER, said=None):
    return File("cfa.csv", csv(header, *CFA_ROWS), "inserjeunes_cfa", columns=said or {})


def findings(file):
    report, candidate = recognise_file(file, has_database=False)
    if candidate:
        check_columns(candidate)
    return [(finding.kind, finding.column, finding.value) for finding in report.findings]


def test_blank_and_unknown_headers_are_read_as_somebody_says():
    header = CFA_HEADER.replace("Taux emploi 24 mois", "").replace("Taux emploi 12 mois", "Machin")
    assert {kind for kind, *_ in findings(cfa_file(header))} >= {"entete_vide", "colonne_absente"}

    said = {"taux_emploi_12_mois": 12, RATE_24: 14}
    assert findings(cfa_file(header, said)) == [
        ("colonne_indiquee", "taux_emploi_12_mois", "n°\u00a013 «\u00a0Machin\u00a0»"),
        ("colonne_indiquee", RATE_24, "n°\u00a015"),
    ]


def test_of_two_columns_of_one_name_the_one_that_is_said_is_read():
    header = CFA_HEADER.replace("Taux emploi 18 mois", "Taux emploi 12 mois")
    assert findings(cfa_file(header))[0][0] == "colonne_en_double"

    told = findings(cfa_file(header, {"taux_emploi_12_mois": 12, "taux_emploi_18_mois": 13}))
    assert told == [
        ("colonne_indiquee", "taux_emploi_18_mois", "n°\u00a014 «\u00a0Taux emploi 12 mois\u00a0»")
    ]


def test_a_column_that_is_said_to_be_absent_is_not_read_whatever_its_header():
    told = findings(cfa_file(said={RATE_24: None}))

    assert ("colonne_ecartee", RATE_24, "") in told
    assert ("colonne_inconnue", "Taux emploi 24 mois", "") in told


def test_what_is_left_is_known_to_be_unused_once_every_column_is_said():
    table = read_table("cfa.csv", cfa_file().content)
    said = {column.name: by_header(table, CFA).get(column.name) for column in CFA.columns}
    header = CFA_HEADER.replace("Taux emploi 24 mois", "")

    assert ("entete_vide", "n° 15", "") in findings(cfa_file(header))
    told = findings(cfa_file(header, said | {RATE_24: None}))
    assert [kind for kind, *_ in told] == ["colonne_inconnue"]


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"uai": 99}, "à la place n°\u00a0100, et le fichier n’a que 15 colonnes"),
        (
            {"uai": 1, "libelle": 1},
            "la colonne n°\u00a02 est indiquée pour «\u00a0uai\u00a0» et «\u00a0libelle\u00a0»",
        ),
        ({"couleur": 1}, "n’a pas de colonne «\u00a0couleur\u00a0»"),
    ],
)
def test_what_cannot_be_is_refused_in_words(said, words):
    assert words in fault_of(said, CFA, 15)
    [(kind, _, value)] = findings(cfa_file(said=said))
    assert (kind, words in value) == ("colonnes_indiquees", True)


def test_a_file_of_agricultural_courses_is_never_read_as_one_of_the_other_ministry():
    """Its header does not tell: only the courses do, also where somebody says which column they are in."""
    header = ("annee", "uai", "libelle", "region", "", "x")
    rows = pd.DataFrame(
        [["2022_2023", "0350053T", "A", "B", "23832021001", "1"]] * 3, columns=range(6), dtype="str"
    )
    table = read_table("x.csv", csv(";".join(header), *(";".join(row) for row in rows.to_numpy())))

    for name, is_its_own in zip(ROUTES, (False, True), strict=True):
        if is_its_own:
            assert as_said(table, ROUTES[name], {"mefstat11": 4})["mefstat11"] == 4
        else:
            with pytest.raises(Refusal) as refusal:
                as_said(table, ROUTES[name], {"mefstat11": 4})
            assert refusal.value.finding.kind == "source_contredite"


@pytest.mark.parametrize(
    ("last", "rows", "is_read"),
    [
        (";", "66;67", True),
        ("Part;;", "66;67;70", False),
        ("Part en poursuite d'études;Part en emploi 6 mois après la sortie;", "43;37;20", False),
        ("Part en poursuite d'études;Part en emploi 6 mois après la sortie;", "43;37;66", True),
    ],
)
def test_last_nameless_columns_are_months_only_where_nothing_says_otherwise(last, rows, is_read):
    """After an unknown column, 18 and 24 months passed for 12 and 18; what makes 100 with two situations, for 12."""
    header = "n°UAI;Libellé;Région;Taux de poursuite d'études;Taux;Taux attendu;Valeur ajoutée;" + last
    cells = [f"{uai};CFA;CORSE;43;64;60;4;{rows}" for uai in ("0990001N", "0990002P")]
    cells.append(f"0990003R;CFA;CORSE;43;74;70;4;{rows.replace('37', '36').replace('20', '21')}")
    table = read_table("depp-2020_2021.csv", csv(header, *cells))
    found = by_header(table, DEPP)
    assert any(name.endswith(("12_mois", "18_mois")) for name in found) is is_read
