"""RNCP numbers of diplomas: the kit, as text and as a workbook, and what it changes in those of Certif Info."""

import io

import pandas as pd
import pytest
import xlsxwriter

from deliveries.findings import Refusal
from deliveries.reference_tables import nomenclature
from deliveries.source import Reference
from tests.deliveries.converting import converted, converted_bytes, kinds

HEADER = (
    "Code Diplôme",
    "Intitulé diplôme (DEPP)",
    "FicheRNCP",
    "Date d'échéance de la fiche RNCP",
    "Fiche ACTIVE/INACTIVE",
    "Ancienne Certification (RNCP)",
)
ROWS = (
    ("01022103", "EMPLOYE TRAITEUR (MC NIVEAU III)", "RNCP100", "31/08/2024", "INACTIVE", "RNCP20"),
    ("01022103", "EMPLOYE TRAITEUR (MC NIVEAU III)", "RNCP958", "31/08/2026", "ACTIVE", "RNCP100 RNCP30"),
    ("45033104", "PREPARATEUR EN PHARMACIE (BP)", "RNCP12", "01/01/2025", "INACTIVE", ""),
    ("46X32408", "SECRETAIRE TECHNIQUE", "NR", "NR", "NR", "NR"),
)
EXPECTED = [["01022103", "958", "958", "100 30 20"], ["45033104", "12", "", ""]]


def test_kit_gives_the_active_number_and_the_former_ones():
    source, tables, report = converted("\n".join(map(";".join, (HEADER, *ROWS))), "Kit_apprentissage.csv")
    assert (source.name, kinds(report)) == ("rncp_kit", {"date_invalide"})
    assert tables["diploma_rncp"].values.tolist() == EXPECTED


def _workbook(header):
    """A workbook whose second sheet has a table on its second line, as the kit has."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        book.add_worksheet("Présentation").write("A1", "Code Diplôme")
        sheet = book.add_worksheet("Kit")
        sheet.write_row(1, 0, header)
        for place, row in enumerate(ROWS):
            sheet.write_row(2 + place, 0, row)
    return content.getvalue()


def test_kit_in_a_workbook_is_the_same():
    source, tables, report = converted_bytes(_workbook(HEADER), "Kit_apprentissage.xlsx")
    assert (source.name, kinds(report)) == ("rncp_kit", {"date_invalide"})
    assert report.findings[-1].line == 6
    assert tables["diploma_rncp"].values.tolist() == EXPECTED


def test_workbook_of_no_source_quotes_its_header():
    with pytest.raises(Refusal, match="aucune source connue"):
        converted_bytes(_workbook(("Couleur", "Taille")), "places.xlsx")


@pytest.mark.parametrize(
    ("of_certif_info", "kit", "expected"),
    [
        ("958", None, ("958", "")),
        ("100", ("958", "958", "100 20"), ("958", "100 20")),
        ("958", ("100", "100 958", "20"), ("958", "20")),
        ("", ("958", "958", ""), ("958", "")),
        ("2000", ("958", "958", ""), ("2000", "")),
        ("77", ("958", "958", ""), ("958", "")),
        ("12", ("12", "", ""), ("12", "")),
    ],
    ids=["no kit", "former", "also active", "kit alone", "newer than the kit", "older", "no longer active"],
)
def test_number_shown_is_an_active_one(of_certif_info, kit, expected):
    label = pd.DataFrame(
        [["01022103", "Employé traiteur", of_certif_info, ""]], columns=["diploma", "label", "rncp", "ideo"]
    )
    diploma = pd.DataFrame(
        [["01022103", "MC", "EMPLOYE TRAITEUR (MC)", None, None, None, None]],
        columns=[
            *("code", "short_label", "official_label", "speciality"),
            *("opened_on", "closed_on", "last_session"),
        ],
    )
    frames = {"bcn": {"diploma": diploma}, "certif_info": {"diploma_label": label}}
    if kit:
        frames["rncp_kit"] = {
            "diploma_rncp": pd.DataFrame(
                [["01022103", *kit]], columns=["diploma", "rncp", "active", "former"]
            )
        }
    tables = {table.model: table.rows for table in nomenclature.tables(frames, Reference())}
    [row] = tables["formations.Diploma"][["rncp", "former_rncp"]].values.tolist()
    assert tuple(row) == expected


@pytest.mark.real_files
@pytest.mark.parametrize(
    ("name", "diplomas"),
    [("Kit_apprentissage_20240426.csv", 5709), ("Kit_apprentissage_20250131.xlsx", 5922)],
)
def test_real_kits_are_read(shared_releases, name, diplomas):
    source, tables, report = converted_bytes((shared_releases / "rncp" / name).read_bytes(), name)
    assert source.name == "rncp_kit"
    assert kinds(report) <= {"date_invalide", "cle_en_double"}
    assert len(tables["diploma_rncp"]) == diplomas
