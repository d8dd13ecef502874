"""What moved between two versions of the figures, from their Parquet files.

A line tells only numbers that the later version shows. It never tells a former number, even beside the one that took
its place: former totals and parts would give those of a group that is protected now.
"""

import json
from collections import Counter

import duckdb
import pyarrow.parquet as pq

from stats.indicators import COUNTS, FIGURES, GROUP_SIZE
from stats.reasons import Reason
from stats.tables.figure_table import TERMINAL_COLUMN
from stats.wording import REASON_CODES

KEY = (
    "millesime",
    "voie",
    "niveau_geographique",
    "region",
    "uai",
    "code_formation",
    "mefstat11",
    TERMINAL_COLUMN,
)
ORIGIN = ("fichier_source", "origine")
NUMBERS = (GROUP_SIZE, *COUNTS, *FIGURES)
# Memory of the join, which goes on in files beside the later version when it needs more.
MEMORY = "300MB"
# Rows of the join read at a time.
CHUNK = 2_000
_REASONS = tuple(f"{name}_raison" for name in FIGURES)
# What notices say of a row: the sentence, and the figures that stay, contested.
NOTE, CONTESTED = "avis", "chiffres_contestes"
_WITHHELD_CODES = {REASON_CODES[reason] for reason in Reason if reason.is_withheld}
# What can happen to a number, as the files name it; the last two have no number any more.
NEW, MOVED, WITHHELD, GONE = KINDS = ("nouveaux", "modifies", "masques", "retires")


def compare(before, after, lines):
    """Write the groups that move between two Parquet files to `lines`, as JSON lines, and return their summary.

    A line: {"millesime": "2022_2023", "voie": "pro", "uai": "0010001W", …, "nouveaux": {"taux_emploi_6_mois": 61},
    "modifies": {"taux_en_formation": 49}, "masques": {"taux_emploi_12_mois": "trop_peu_de_sortants"}, "retires":
    {"taux_poursuite_etudes": "non_couvert"}}. Where a notice begins or ends, also {"avis": its sentence, None once it is
    over, "chiffres_contestes": "taux_emploi_6_mois" or None}.

    The summary: {"nouveaux": 12, "modifies": 3, "masques": 1, "retires": 0, "perdus": 1, "detail": [{"millesime": …,
    "fichier_source": …, "origine": …, "nouveaux": …, …}]}; "perdus" are the numbers that are not shown any more. Where notices begin or end, also "avis":
    [{"phrase": "L’établissement conteste…", "debut": groups of which it is said now, "fin": of which it is not any more}].
    """
    totals, notes = Counter(), {}
    for key, origin, changes, (former_note, note, contested) in _changed_groups(before, after):
        totals.update({(key[0], *origin, kind): len(numbers) for kind, numbers in changes.items()})
        told = {}
        if note != former_note:
            told = {NOTE: note, CONTESTED: contested}
            _count(notes, note, "debut")
            _count(notes, former_note, "fin")
        line = dict(zip(KEY, key, strict=True)) | changes | told
        lines.write(json.dumps(line, ensure_ascii=False) + "\n")
    of_notes = [{"phrase": note, **notes[note]} for note in sorted(notes)]
    return _summary(totals) | ({"avis": of_notes} if of_notes else {})


def _count(notes, note, what):
    if note:
        notes.setdefault(note, {"debut": 0, "fin": 0})[what] += 1


def _summary(totals):
    """totals: {(cohort, source file, origin, kind): numbers}."""
    by_kind = Counter()
    for (*_group, kind), number in totals.items():
        by_kind[kind] += number
    names = ("millesime", *ORIGIN)
    groups = sorted({tuple(group) for *group, _kind in totals})
    detail = [
        dict(zip(names, group, strict=True)) | {kind: totals[(*group, kind)] for kind in KINDS}
        for group in groups
    ]
    lost = by_kind[WITHHELD] + by_kind[GONE]
    return {kind: by_kind[kind] for kind in KINDS} | {"perdus": lost, "detail": detail}


def _changed_groups(before, after):
    """(values of KEY, values of ORIGIN, {kind: {number: what is told of it}}, (former note, note, contested figures)) of each
    group with a number or a note that moved, those of the later version first, in the order of their files."""
    options = {
        "memory_limit": MEMORY,
        "temp_directory": str(after.parent / "jointure"),
        "threads": 1,
        # What the options allow is all in the wheel.
        "autoinstall_known_extensions": False,
    }
    with duckdb.connect(config=options) as connection:
        rows = connection.execute(_join(before, after), [str(before), str(after)])
        while chunk := rows.fetchmany(CHUNK):
            for row in chunk:
                values = iter(row)
                key, origin, was, now = (
                    [next(values) for _name in names] for names in (KEY, ORIGIN, NUMBERS, NUMBERS)
                )
                reasons = {name: next(values) for name in FIGURES}
                yield key, origin, _changes(was, now, reasons), tuple(values)


def _join(before, after):
    """The groups of both files, the earlier one's first parameter of the query, beside each other where a number differs."""
    same_group = " AND ".join(f"later.{name} IS NOT DISTINCT FROM earlier.{name}" for name in KEY)
    differs = " OR ".join(
        f"later.{name} IS DISTINCT FROM earlier.{name}" for name in (*NUMBERS, NOTE, CONTESTED)
    )
    columns = (
        *(f"COALESCE(later.{name}, earlier.{name})" for name in KEY),
        *(f"COALESCE(later.{name}, earlier.{name})" for name in ORIGIN),
        *(f"earlier.{name}" for name in NUMBERS),
        *(f"later.{name}" for name in (*NUMBERS, *_REASONS)),
        f"earlier.{NOTE}",
        *(f"later.{name}" for name in (NOTE, CONTESTED)),
    )
    return (
        f"WITH earlier AS ({_rows_of(before)}), later AS ({_rows_of(after)}) "
        f"SELECT {', '.join(columns)} FROM later FULL JOIN earlier ON {same_group} WHERE {differs} "
        "ORDER BY later.file_row_number NULLS LAST, earlier.file_row_number"
    )


def _rows_of(path):
    """Query of a Parquet file; a figure that is younger than the file has no value in it."""
    present = set(pq.read_schema(path).names)
    # The region of a school is a label of it: it may change without making another group.
    columns = ["CASE WHEN uai IS NULL THEN region END AS region", "file_row_number"]
    columns += [
        name if name in present else f"NULL AS {name}"
        for name in (*KEY, *ORIGIN, *NUMBERS, *_REASONS, NOTE, CONTESTED)
        if name != "region"
    ]
    return f"SELECT {', '.join(columns)} FROM read_parquet(?, file_row_number = true)"


def _changes(was, now, reasons):
    """{kind: {number: its value now, else the code of the reason why it has none}} of one group, without empty kinds."""
    changes = {kind: {} for kind in KINDS}
    for name, former, value in zip(NUMBERS, was, now, strict=True):
        if value == former:
            continue
        if value is not None:
            changes[NEW if former is None else MOVED][name] = value
        else:
            reason = reasons.get(name)
            changes[WITHHELD if reason in _WITHHELD_CODES else GONE][name] = reason
    return {kind: numbers for kind, numbers in changes.items() if numbers}
