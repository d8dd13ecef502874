"""What moved between two versions of the figures, from their Parquet files.

Only numbers that the later version shows are told. A former number never is, not even beside the one that took its
place: former totals and parts would give those of a group that is protected now.
"""

import json
import tempfile
from collections import Counter
from contextlib import ExitStack
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
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
# Rows of both files that are compared together, and the files open at a time.
PART, MOST_PARTS = 10_000, 400
_REASONS = tuple(f"{name}_raison" for name in FIGURES)
_TYPES = dict.fromkeys(NUMBERS, pa.int32()) | dict.fromkeys(_REASONS, pa.int8())
_COLUMNS = (*KEY, *ORIGIN, *NUMBERS, *_REASONS)
_CODES = tuple(REASON_CODES.values())
_IS_WITHHELD = np.array([*(Reason(reason).is_withheld for reason in REASON_CODES), False])
_NO_REASON = -1
# What can happen to a number, as the files name it; the last two have no number any more.
NEW, MOVED, WITHHELD, GONE = KINDS = ("nouveaux", "modifies", "masques", "retires")


def compare(before, after, lines):
    """Write the groups that move between two Parquet files to `lines`, as JSON lines, and return their summary.

    A line: {"millesime": "2022_2023", "voie": "pro", "uai": "0010001W", …, "nouveaux": {"taux_emploi_6_mois": 61},
    "modifies": {"taux_en_formation": 49}, "masques": {"taux_emploi_12_mois": "trop_peu_de_sortants"}, "retires":
    {"taux_poursuite_etudes": "non_couvert"}}.

    The summary: {"nouveaux": 12, "modifies": 3, "masques": 1, "retires": 0, "perdus": 1, "detail": [{"millesime": …,
    "fichier_source": …, "origine": …, "nouveaux": …, …}]}; "perdus" are the numbers that are not shown any more.

    Both files are first split by group into parts that fit in little memory, beside the later one.
    """
    totals = Counter()
    rows = sum(pq.read_metadata(path).num_rows for path in (before, after))
    count = min(rows // PART + 1, MOST_PARTS)
    with tempfile.TemporaryDirectory(dir=Path(after).parent) as directory:
        sides = [_split(path, Path(directory) / name, count) for path, name in ((before, "a"), (after, "b"))]
        for one, other in zip(*sides, strict=True):
            _compare_part(_read(one), _read(other), lines, totals)
    found = Counter()
    for (*_group, kind), number in totals.items():
        found[kind] += number
    names = ("millesime", *ORIGIN)
    groups = sorted({tuple(group) for *group, _kind in totals})
    detail = [
        dict(zip(names, group, strict=True)) | {kind: totals[(*group, kind)] for kind in KINDS}
        for group in groups
    ]
    return {kind: found[kind] for kind in KINDS} | {"perdus": found[WITHHELD] + found[GONE], "detail": detail}


def _split(path, directory, count):
    """The rows of a Parquet file in `count` files, those of a group always in the one of the same place."""
    directory.mkdir()
    parts = [directory / str(place) for place in range(count)]
    with ExitStack() as stack, pq.ParquetFile(path) as file:
        names = [name for name in _COLUMNS if name in file.schema_arrow.names]
        schema = pa.schema([(name, _TYPES.get(name, pa.string())) for name in names])
        packed = pa.ipc.IpcWriteOptions(compression="zstd")
        writers = [stack.enter_context(pa.ipc.new_stream(part, schema, options=packed)) for part in parts]
        for batch in file.iter_batches(batch_size=PART, columns=names):
            columns = [_as_code(batch[n]) if n in _REASONS else batch[n] for n in names]
            rows = pa.table(columns, names=names).cast(schema)
            # The region of a school is a label of it: it may change without making another group.
            region = pc.if_else(pc.is_null(rows["uai"]), rows["region"], None)
            rows = rows.set_column(names.index("region"), "region", region)
            places = pd.util.hash_pandas_object(rows.select(KEY).to_pandas(), index=False) % count
            order = np.argsort(places.to_numpy(), kind="stable")
            sizes = np.bincount(places, minlength=count)
            rows = rows.take(order).combine_chunks()
            for writer, start, size in zip(writers, sizes.cumsum() - sizes, sizes, strict=True):
                if size:
                    writer.write_table(rows.slice(start, size))
    return parts


def _as_code(reasons):
    """Place of each reason in _CODES, null where a figure is shown."""
    return pc.index_in(reasons.cast(pa.string()), value_set=pa.array(_CODES))


def _read(path):
    """The rows of a part, indexed by what identifies a group."""
    with pa.ipc.open_stream(path) as stream:
        rows = stream.read_all().to_pandas().reindex(columns=list(_COLUMNS))
    texts = rows[list(KEY)].astype("object")
    index = pd.MultiIndex.from_frame(texts.where(texts.notna(), None))
    return rows.drop(columns=list(KEY)).set_axis(index)


def _compare_part(before, after, lines, totals):
    groups = after.index.union(before.index, sort=False)
    before, after = before.reindex(groups), after.reindex(groups)
    was, now = _numbers(before), _numbers(after)
    had, has = ~np.isnan(was), ~np.isnan(now)
    reasons = _reasons(after)
    is_withheld = _IS_WITHHELD[reasons]
    masks = {
        NEW: has & ~had,
        MOVED: has & had & (was != now),
        WITHHELD: had & ~has & is_withheld,
        GONE: had & ~has & ~is_withheld,
    }
    origins = after[list(ORIGIN)].astype("object")
    origins = origins.where(after["origine"].notna(), before[list(ORIGIN)].astype("object"))
    _count(groups.get_level_values("millesime"), origins, masks, totals)
    for row in np.flatnonzero(np.logical_or.reduce(list(masks.values())).any(axis=1)):
        moved = {kind: _told(kind, mask[row], now[row], reasons[row]) for kind, mask in masks.items()}
        group = {n: None if pd.isna(text) else text for n, text in zip(KEY, groups[row], strict=True)}
        line = group | {kind: numbers for kind, numbers in moved.items() if numbers}
        lines.write(json.dumps(line, ensure_ascii=False) + "\n")


def _numbers(rows):
    return rows[list(NUMBERS)].astype("Float32").to_numpy(dtype="float32", na_value=np.nan)


def _reasons(rows):
    """Place in _CODES of the reason of each number; head-counts have none of their own."""
    none = np.full((len(rows), 1 + len(COUNTS)), _NO_REASON)
    return np.hstack([none, rows[list(_REASONS)].fillna(_NO_REASON).to_numpy(dtype="int64")])


def _count(cohorts, origins, masks, totals):
    keys = [cohorts, *(origins[name].to_numpy() for name in ORIGIN)]
    for kind, mask in masks.items():
        numbers = pd.Series(mask.sum(axis=1)).groupby(keys).sum()
        totals.update({(*group, kind): int(number) for group, number in numbers.items() if number})


def _told(kind, mask, now, reasons):
    """{figure: what is told of it} for one group and one kind of change: its number now, else why it has none."""
    places = np.flatnonzero(mask)
    if kind in {NEW, MOVED}:
        return {NUMBERS[place]: int(now[place]) for place in places}
    codes = (*_CODES, None)
    return {NUMBERS[place]: codes[reasons[place]] for place in places}
