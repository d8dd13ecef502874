"""Checks of the renewals of diplomas that the nomenclature gives."""

import pandas as pd

from deliveries.report import Report
from deliveries.source import Reference, Source

_OWN = "formation_diplome"


def check(rows: pd.DataFrame, source: Source, report: Report, reference: Reference) -> None:
    """Add the links to diplomas that the table lacks, and the diplomas that replace themselves."""
    columns = [name for name in rows.columns if name.startswith(("ancien_diplome_", "nouveau_diplome_"))]
    if not columns or _OWN not in rows:
        return
    links: list[tuple[str, str]] = []
    known = set(rows[_OWN])
    for name in columns:
        codes = rows[name][rows[name] != ""]
        codes = codes.where(~codes.str.fullmatch(r"\d{7}"), codes.str.zfill(8))
        own = rows[_OWN][codes.index]
        links += zip(codes, own, strict=True) if name.startswith("ancien") else zip(own, codes, strict=True)
        report.add_all("lien_sans_diplome", rows.attrs["headers"].get(name, name), codes[~codes.isin(known)])
    lines = dict(zip(rows[_OWN], rows.index, strict=True))
    for code in sorted(in_cycles(links) & known):
        report.add("renovation_en_boucle", int(lines[code]), rows.attrs["headers"].get(_OWN, _OWN), code)


def in_cycles(links: list[tuple[str, str]]) -> set[str]:
    """The codes that a chain of links leads back to themselves.

    in_cycles([("A", "B"), ("B", "A"), ("B", "C")]) == {"A", "B"}
    """
    after: dict[str, set[str]] = {}
    for former, new in links:
        after.setdefault(former, set()).add(new)
    found = set()
    for code in after:
        seen: set[str] = set()
        waiting = set(after[code])
        while waiting and code not in seen:
            seen |= waiting
            waiting = {new for each in waiting for new in after.get(each, ())} - seen
        if code in seen:
            found.add(code)
    return found
