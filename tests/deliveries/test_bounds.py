"""What the fields of the models can hold is what the cells of the sources may hold."""

from collections import defaultdict

import pandas as pd
import pytest

from deliveries.bounds import bounds_of_models
from deliveries.cells import NUMBERS
from deliveries.checks import typed_rows
from deliveries.reading import Table
from deliveries.report import Report
from deliveries.source import Reference
from deliveries.sources import ALL

KINDS = {"texte_trop_long", "code_invalide", "nombre_hors_bornes", "pourcentage_hors_bornes"}


def test_bounds_are_those_of_the_models():
    bounds = bounds_of_models()

    assert (bounds["stats.Outcome.valeur_ajoutee_6_mois"].low, bounds["stats.Teaching.places"].high) == (
        -32_768,
        2_147_483_647,
    )
    assert bounds["stats.Outcome.taux_emploi_6_mois"].is_whole
    assert bounds["establishments.School.name"].length == 255
    # A link holds what the key that it points to holds.
    assert bounds["stats.Outcome.school_id"].length == 8


@pytest.mark.parametrize("source", ALL, ids=lambda source: source.name)
def test_each_cell_that_its_field_cannot_hold_is_told_with_its_place(source):
    bounds = bounds_of_models()
    names = [column.name for column in source.columns]
    bounded = [column for column in source.columns if column.fits]
    assert {column.fits for column in bounded} <= set(bounds)
    cells = pd.DataFrame("", index=range(2, 2 + len(bounded)), columns=range(len(names)), dtype="str")
    for line, column in zip(cells.index, bounded, strict=True):
        cells.loc[line, names.index(column.name)] = "9" * (30 if column.kind in NUMBERS else 300)
    table = Table("x.csv", "", "utf-8", tuple(names), cells)
    report = Report("x.csv")

    typed_rows(
        table,
        source,
        {name: place for place, name in enumerate(names)},
        report,
        Reference(known=defaultdict(set), mappings=defaultdict(dict), bounds=bounds),
    )

    found = {(finding.line, finding.column) for finding in report.findings if finding.kind in KINDS}
    expected = {(line, column.name) for line, column in zip(cells.index, bounded, strict=True)}
    assert expected <= found
