"""Codes that a file lacks, found by an official table from the codes that it has; never by a choice between two."""

import pandas as pd

from deliveries.report import Report
from deliveries.source import Deduction, Reference, Source


def resolve(rows: pd.DataFrame, source: Source, report: Report, reference: Reference) -> pd.DataFrame:
    """Checked rows with every code that the source needs: those that others give, then what the source finds itself."""
    for deduction in source.deductions:
        rows = deduced(rows, deduction, report, reference)
    return source.resolve(rows, report, reference)


def deduced(rows: pd.DataFrame, deduction: Deduction, report: Report, reference: Reference) -> pd.DataFrame:
    """The rows with the code that another column gives, where they lack it; those for which none, or several, are given
    are left out, with a finding for each.
    """
    column, origin = deduction.column, deduction.origin
    lacks = rows[column] == ""
    if deduction.may_lack_both:
        lacks &= rows[origin] != ""
    if not lacks.any():
        return rows
    headers = rows.attrs.get("headers", {})
    codes, header = rows.loc[lacks, origin], headers.get(origin, origin)
    several = reference.mappings.get(f"{deduction.mapping}.several", {})
    table = reference.mappings[deduction.mapping]
    given = pd.Series([table.get(code, "") for code in codes], index=codes.index, dtype="str")
    is_open = codes.isin(several)
    is_found = (given != "") & ~is_open
    if is_found.any():
        told = f"«\u00a0{header}\u00a0» par {deduction.table}"
        report.add("code_deduit", column=column, value=int(is_found.sum()), expected=told, subject=column)
    choices = codes[is_open].map(lambda code: " ou ".join(several[code]))
    report.add_all("code_a_plusieurs_reponses", header, codes[is_open], choices)
    report.add_all("code_vide", headers.get(column, column), codes[codes == ""])
    unknown = codes[(codes != "") & (given == "") & ~is_open]
    report.add_all("code_inconnu", header, unknown, f"la table {deduction.table}")
    values = rows[column].where(~lacks, given.reindex(rows.index, fill_value=""))
    return rows.assign(**{column: values}).drop(index=codes.index[~is_found])
