"""The cells of the official files of figures, read by the place of their columns: the first half of `bench.second_reading`.

The standard library only, and nothing of the portal.
"""

import csv
import re
from collections import defaultdict
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

SIZE, STUDYING, LEAVERS = "nb_annee_term", "nb_poursuite_etudes", "nb_sortant"
EMPLOYED = {months: f"nb_en_emploi_{months}_mois" for months in (6, 12, 18, 24)}
COUNTS = (SIZE, STUDYING, LEAVERS, *EMPLOYED.values())
RATES = tuple(f"taux_emploi_{months}_mois" for months in (6, 12, 18, 24))
# In the order of the letters of `reasons`.
FIGURES = (
    *("taux_en_emploi_6_mois", "taux_en_formation", "taux_autres_6_mois", "taux_poursuite_etudes"),
    *RATES,
    *("taux_emploi_6_mois_attendu", "valeur_ajoutee_6_mois", "taux_rupture_contrats"),
    *("taux_en_emploi_12_mois", "taux_autres_12_mois", "taux_en_emploi_18_mois", "taux_autres_18_mois"),
    *("taux_en_emploi_24_mois", "taux_autres_24_mois"),
    *("salaire_12_mois_q1", "salaire_12_mois_q2", "salaire_12_mois_q3"),
)
OF_SCHOOLS, OF_APPRENTICES, OF_COUNTRY = FIGURES[8:10], FIGURES[10:11], FIGURES[17:]
_ROUTES = {
    "ensemble": "ensemble",
    "dont apprentis": "apprentissage",
    "scolaire": "pro",
    "apprentissage": "apprentissage",
}
# Columns after the name and the region (and, of lycées, the part of their pupils), by release.
_FIRST = ("taux_poursuite_etudes", "taux_emploi_6_mois", *OF_SCHOOLS)
_OLD, _NEW = RATES[1:], ("taux_en_formation", "taux_en_emploi_6_mois", "taux_autres_6_mois")
_CENTRES = (
    "taux_en_formation",
    "taux_en_emploi_6_mois",
    "taux_autres_6_mois",
    "taux_rupture_contrats",
    *_FIRST,
    *RATES[1:],
)


@dataclass
class Group:
    """A row of a file: its cells by figure or head-count, then what may be shown of it and why the rest is not."""

    key: tuple[str, str, str, str, str]
    cells: dict[str, str]
    place: str
    shown: dict[str, int | None] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)

    def number(self, name):
        text = self.cells.get(name, "")
        return int(float(text)) if re.fullmatch(r"-?\d+(\.0)?", text) else None

    def sign(self, name):
        text = self.cells.get(name, "").lower()
        return "" if self.number(name) is not None else text


def read(folder):
    """The `Group`s of every file of figures of a directory."""
    for path in sorted(Path(folder).glob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as lines:
            header, *rows = list(csv.reader(lines, delimiter=";"))
        reader = next(reader for pattern, reader in _READERS.items() if re.search(pattern, path.name))
        yield from reader(path, header, [row for row in rows if any(row)])


def _lycees(path, header, rows):
    cohort = re.search(r"\d{4}_\d{4}", path.name)[0]
    names = (*_FIRST, *(_NEW if any("Part" in cell for cell in header) else _OLD))
    parts = defaultdict(set)
    for row in rows:
        parts[row[0]].add(row[3])
    for uai, _name, _region, part, *cells in rows:
        # A school that only has an "ensemble" has school pupils only (docs/adr/0004).
        route = "pro" if len(parts[uai]) == 1 else _ROUTES.get(part, "pro")
        yield _group("depp_etablissements_pro", cohort, route, uai, "", names, cells, path)


def _centres_of_a_cohort(path, header, rows):
    cohort = re.search(r"\d{4}_\d{4}", path.name)[0]
    is_new = any("Part" in cell for cell in header)
    names = (*_FIRST, *_NEW) if is_new else ("taux_rupture_contrats", *_FIRST, *_OLD)
    for uai, _name, _region, *cells in rows:
        yield _group(
            "depp_etablissements_apprentissage", cohort, "apprentissage", uai, "", names, cells, path
        )


def _centres(path, header, rows):
    for cohort, uai, _name, _region, *cells in rows:
        years = "_".join(re.findall(r"\d{4}", cohort))
        yield _group("inserjeunes_cfa", years, "apprentissage", uai, "", _CENTRES, cells[:-1], path)


def _regions(path, header, rows):
    for values in rows:
        row = dict(zip(header, values, strict=True))
        place, course = f"region-{row['code_region'].zfill(2)}", row["cfd"] or row["mefstat11"]
        names = [name for name in header if name in {*COUNTS, *FIGURES}]
        cells = [row[name] for name in names]
        yield _with_shares(
            _group(
                "ij_region_formation",
                row["millesime"],
                _ROUTES[row["voie"]],
                place,
                course,
                names,
                cells,
                path,
            )
        )


def _group(source, cohort, route, place, course, names, cells, path):
    where = f"{path.name}: {place} {course}"
    return Group(
        (source, cohort, route, place, course), dict(zip(names, map(str.strip, cells), strict=True)), where
    )


def _with_shares(group):
    """Shares of final-year pupils follow from head-counts, rounded half to even; the rest is what completes 100."""
    shares = {"taux_en_formation": STUDYING} | {
        f"taux_en_emploi_{months}_mois": EMPLOYED[months] for months in EMPLOYED
    }
    size = group.number(SIZE)
    for name, count in shares.items():
        number = group.number(count)
        group.cells[name] = str(round(Fraction(100 * number, size))) if size and number is not None else ""
    # The same share, where the head-count is blank.
    group.cells["taux_en_formation"] = (
        group.cells["taux_en_formation"] or group.cells["taux_poursuite_etudes"]
    )
    for months in EMPLOYED:
        parts = [group.number(f"taux_en_emploi_{months}_mois"), group.number("taux_en_formation")]
        group.cells[f"taux_autres_{months}_mois"] = "" if None in parts else str(max(0, 100 - sum(parts)))
    return group


_READERS = {
    r"^depp.*-pro\.": _lycees,
    r"^depp.*-apprentissage\.": _centres_of_a_cohort,
    r"^fr-en-inserjeunes-cfa\.": _centres,
    r"^ij_region_formation\.": _regions,
}
