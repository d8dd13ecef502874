"""Checks of a newer table of codes or list of schools beside the one that it replaces."""

from collections.abc import Mapping

import pandas as pd

from deliveries.report import Report
from deliveries.source import Source, Stage

_SOME = 10
_LABELS = ("libelle_long_200", "libelle_edition", "libelle_long", "libelle_100", "libelle_intitule_1")


def check(
    rows: pd.DataFrame, former: pd.DataFrame, source: Source, figures_of: Mapping[str, int], report: Report
) -> None:
    """Add the codes with figures that the newer table lacks, and labels that nearly all change.

    rows, former: typed rows of the file and of those that it replaces. figures_of: {code of the key of the source: number
    of published figures that refer to it}.
    """
    if not source.key or source.key[0] not in rows or source.key[0] not in former:
        return
    key = source.key[0]
    lost = set(former[key]) - set(rows[key])
    with_figures = {code: figures_of[code] for code in lost if figures_of.get(code)}
    if with_figures and source.stage is Stage.NOMENCLATURE:
        report.add("codes_retires", value=len(with_figures), expected=sum(with_figures.values()))
    if with_figures and source.stage is Stage.SCHOOLS:
        report.add("fiches_retirees", value=len(with_figures), expected=former[key].nunique())
    if source.stage is Stage.NOMENCLATURE:
        _check_labels(rows, former, list(source.key), report)


def _check_labels(rows: pd.DataFrame, former: pd.DataFrame, key: list[str], report: Report) -> None:
    label = next((name for name in _LABELS if name in rows and name in former), "")
    if not label:
        return
    new, old = (table.drop_duplicates(key).set_index(key)[label] for table in (rows, former))
    common = new.index.intersection(old.index)
    changed = int((new.loc[common] != old.loc[common]).sum())
    if len(common) >= _SOME and changed * 2 > len(common):
        report.add("libelles_changes", value=changed, expected=len(common))
