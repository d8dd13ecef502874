"""Checks of a file as soon as it is read: its name, and what its header says of people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deliveries.reading import Table, header_key

if TYPE_CHECKING:
    from deliveries.report import Report

# Ends of names, and the format of the content that they tell.
_FORMATS = {
    "json": "JSON",
    "jsonl": "JSON",
    "ndjson": "JSON",
    "csv": "CSV",
    "tsv": "CSV",
    "txt": "CSV",
    "xlsm": "XLSX",
}
# Headers that only a file of people has, as `header_key` writes them.
_OF_PEOPLE = frozenset(
    {
        "date_de_naissance",
        "date_naissance",
        "ddn",
        "id_eleve",
        "ine",
        "ine_bea",
        "ine_rnie",
        "nir",
        "nom_de_famille",
        "nom_de_l_apprenti",
        "nom_de_l_eleve",
        "nom_eleve",
        "nom_etudiant",
        "numero_de_securite_sociale",
        "numero_etudiant",
        "numero_ine",
        "prenom",
        "prenom_eleve",
        "prenoms",
    }
)


def check(table: Table, report: Report) -> None:
    """Add what is wrong in the name of a file and in its header, whatever its source."""
    name = table.name.lower().removesuffix(".gz")
    suffix, actual = name.rpartition(".")[2] if "." in name else "", table.format.upper()
    if suffix and _FORMATS.get(suffix, suffix.upper()) != actual:
        report.add("extension_trompeuse", value=f".{suffix}", expected=actual)
    for cell in table.header:
        if header_key(cell) in _OF_PEOPLE:
            report.add("donnees_personnelles", table.header_line, cell)
