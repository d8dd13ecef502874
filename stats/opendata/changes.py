"""What moved between two versions of the figures, from their Parquet files.

A number is told only when the later version shows that figure: what is withheld or gone now is named, without
the number that it had.
"""

import json
from collections import Counter

import numpy as np
import pandas as pd
import pyarrow.compute as pc
import pyarrow.parquet as pq

from stats.confidentiality import Reason
from stats.indicators import COUNTS, FIGURES, GROUP_SIZE
from stats.opendata.meanings import TERMINAL_COLUMN
from stats.presenters.words import REASON_CODES

SLICE = ("millesime", "voie")
PLACE = ("niveau_geographique", "region", "uai")
COURSE = ("code_formation", "mefstat11", TERMINAL_COLUMN)
ORIGIN = ("fichier_source", "origine")
NUMBERS = (GROUP_SIZE, *COUNTS, *FIGURES)
_REASONS = tuple(f"{name}_raison" for name in FIGURES)
_WITHHELD = frozenset(code for reason, code in REASON_CODES.items() if Reason(reason).is_withheld)
# What can happen to a number, as the files name it; the last two have no number any more.
NEW, MOVED, WITHHELD, GONE = KINDS = ("nouveaux", "modifies", "masques", "retires")


def compare(before, after, lines):
    """Write the groups that move between two Parquet files to `lines`, as JSON lines, and return their summary.

    A line: {"millesime": "2022_2023", "voie": "pro", "uai": "0010001W", …, "nouveaux": {"taux_emploi_6_mois": 61},
    "modifies": {"taux_en_formation": {"avant": 54, "maintenant": 49}}, "masques": {"taux_emploi_12_mois":
    "trop_peu_de_sortants"}, "retires": {"taux_poursuite_etudes": "non_couvert"}}. One cohort and route is read at
    a time.

    The summary: {"nouveaux": 12, "modifies": 3, "masques": 1, "retires": 0, "perdus": 1, "detail": [{"millesime": …,
    "fichier_source": …, "origine": …, "nouveaux": …, …}]}; "perdus" are the numbers that are not shown any more.
    """
    totals = Counter()
    for piece in sorted(_slices(before) | _slices(after)):
        _compare_slice(piece, _read(before, piece), _read(after, piece), lines, totals)
    found = Counter()
    for (*_group, kind), number in totals.items():
        found[kind] += number
    names = ("millesime", *ORIGIN)
    groups = sorted({group for *group_, _kind in totals for group in [tuple(group_)]})
    detail = [
        dict(zip(names, group, strict=True)) | {kind: totals[(*group, kind)] for kind in KINDS}
        for group in groups
    ]
    return {kind: found[kind] for kind in KINDS} | {"perdus": found[WITHHELD] + found[GONE], "detail": detail}


def _slices(path):
    """{(cohort, route)} of a file."""
    found = set()
    with pq.ParquetFile(path) as file:
        for batch in file.iter_batches(columns=list(SLICE)):
            texts = batch.to_pydict()
            found.update(zip(*(texts[name] for name in SLICE), strict=True))
    return found


def _read(path, piece):
    """The rows of a cohort and route, indexed by what identifies a group in it."""
    wanted = (*PLACE, *COURSE, *ORIGIN, *NUMBERS, *_REASONS)
    with pq.ParquetFile(path) as file:
        names = [name for name in wanted if name in file.schema_arrow.names]
        batches = [_of_slice(batch, piece) for batch in file.iter_batches(columns=[*SLICE, *names])]
    frames = [batch.select(names).to_pandas() for batch in batches if len(batch)]
    rows = pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=names)
    rows = rows.reindex(columns=list(wanted))
    texts = rows[[*PLACE, *COURSE]].astype("object").where(rows[[*PLACE, *COURSE]].notna(), None)
    # The region of a school is a label of it: it may change without making another group.
    texts["region"] = texts["region"].where(texts["uai"].isna(), None)
    index = pd.MultiIndex.from_frame(texts)
    return rows[[*ORIGIN, *NUMBERS, *_REASONS]].set_axis(index)


def _of_slice(batch, piece):
    is_wanted = None
    for name, text in zip(SLICE, piece, strict=True):
        is_text = pc.equal(batch[name].cast("string"), text)
        is_wanted = is_text if is_wanted is None else pc.and_(is_wanted, is_text)
    return batch.filter(is_wanted)


def _compare_slice(piece, before, after, lines, totals):
    groups = after.index.union(before.index, sort=False)
    before, after = before.reindex(groups), after.reindex(groups)
    was, now = _numbers(before), _numbers(after)
    had, has = ~np.isnan(was), ~np.isnan(now)
    reasons = _reasons(after)
    is_withheld = np.isin(reasons, list(_WITHHELD))
    masks = {
        NEW: has & ~had,
        MOVED: has & had & (was != now),
        WITHHELD: had & ~has & is_withheld,
        GONE: had & ~has & ~is_withheld,
    }
    origins = after[list(ORIGIN)].astype("object")
    origins = origins.where(after["origine"].notna(), before[list(ORIGIN)].astype("object"))
    _count(piece[0], origins, masks, totals)
    for row in np.flatnonzero(np.logical_or.reduce(list(masks.values())).any(axis=1)):
        moved = {
            kind: _told(kind, mask[row], was[row], now[row], reasons[row]) for kind, mask in masks.items()
        }
        group = dict(zip((*PLACE, *COURSE), groups[row], strict=True))
        group = {name: None if pd.isna(text) else text for name, text in group.items()}
        line = (
            dict(zip(SLICE, piece, strict=True))
            | group
            | {k: numbers for k, numbers in moved.items() if numbers}
        )
        lines.write(json.dumps(line, ensure_ascii=False) + "\n")


def _numbers(rows):
    return rows[list(NUMBERS)].astype("Float32").to_numpy(dtype="float32", na_value=np.nan)


def _reasons(rows):
    """Reason code of each number, "" where it has none: head-counts have no reason of their own."""
    none = np.full((len(rows), 1 + len(COUNTS)), "", dtype="object")
    found = rows[list(_REASONS)].astype("object")
    return np.hstack([none, found.where(found.notna(), "").to_numpy()])


def _count(cohort, origins, masks, totals):
    for kind, mask in masks.items():
        numbers = pd.Series(mask.sum(axis=1), index=origins.index)
        numbers = numbers[numbers > 0]
        keys = [origins.loc[numbers.index, name] for name in ORIGIN]
        for group, number in numbers.groupby(keys).sum().items():
            totals[(cohort, *group, kind)] += int(number)


def _told(kind, mask, was, now, reasons):
    """{figure: what is told of it} for one group and one kind of change."""
    places = np.flatnonzero(mask)
    if kind == NEW:
        return {NUMBERS[place]: int(now[place]) for place in places}
    if kind == MOVED:
        return {NUMBERS[place]: {"avant": int(was[place]), "maintenant": int(now[place])} for place in places}
    return {NUMBERS[place]: reasons[place] or None for place in places}
