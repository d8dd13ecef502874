"""The lines of a preview as they are kept: compressed columns, with the names of what they are about."""

import io
import json
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from deliveries.preview.compare import COLUMNS, Changes, Status
from deliveries.preview.labels import Labels
from deliveries.preview.shown import GROUP, parts_of
from stats.indicators import FIGURES

PLACE, COURSE = GROUP.index("place"), GROUP.index("diploma")
_TEXTS = "textes"


@dataclass(frozen=True)
class Lines:
    """The lines of `compare.Changes`, whose "group" is a place in `groups`, and the names that they need."""

    table: pd.DataFrame
    groups: list[tuple[str, ...]]
    cohorts: list[str]
    labels: Labels

    @cached_property
    def places(self) -> np.ndarray:
        """The place of each group."""
        return np.array([group[PLACE] for group in self.groups], dtype="object")

    @cached_property
    def courses(self) -> np.ndarray:
        """The course of each group, "" for all of them."""
        return np.array([group[COURSE] for group in self.groups], dtype="object")

    @cached_property
    def regions(self) -> np.ndarray:
        """The region of each group, "" for the whole country."""
        return np.array([self.labels.place(place).region for place in self.places], dtype="object")


def lines_of(changes: Changes, labels: Labels) -> Lines:
    """The lines of changes, with no other group and no other name than theirs."""
    used, groups = np.unique(changes.lines["group"].to_numpy(), return_inverse=True)
    parts = [parts_of(changes.groups[place]) for place in used]
    places = {group[PLACE] for group in parts}
    courses = {code for group in parts for code in (group[COURSE], group[GROUP.index("follows")])}
    table = changes.lines.assign(group=groups.astype("int32"))
    return Lines(table, parts, changes.cohorts, labels.only(places, courses))


def encode(lines: Lines) -> bytes:
    """The lines as bytes, which `decode` reads."""
    columns = {
        name: lines.table[name].to_numpy(dtype="U1" if kind == "U1" else kind)
        for name, kind in COLUMNS.items()
    }
    # A letter is one byte, and four in an array of texts.
    columns["reason"] = columns["reason"].astype("S1").view("uint8")
    texts = {"groups": lines.groups, "cohorts": lines.cohorts, "labels": lines.labels.as_dict()}
    columns[_TEXTS] = np.frombuffer(json.dumps(texts, ensure_ascii=False).encode(), dtype="uint8")
    written = io.BytesIO()
    np.savez_compressed(written, allow_pickle=False, **columns)
    return written.getvalue()


def decode(content: bytes) -> Lines:
    """The lines that `encode` wrote."""
    with np.load(io.BytesIO(content), allow_pickle=False) as read:
        columns = {name: read[name] for name in COLUMNS}
        texts = json.loads(read[_TEXTS].tobytes())
    columns["reason"] = columns["reason"].view("S1").astype("U1")
    groups = [tuple(group) for group in texts["groups"]]
    return Lines(pd.DataFrame(columns), groups, texts["cohorts"], Labels.from_dict(texts["labels"]))


@dataclass(frozen=True)
class Filter:
    """Which lines are asked for; "" and None for all of them.

    with_former: those of former cohorts too, which pages show second. with_repeats: a figure at each place that shows it, which
    is what one school or one course asks for.
    """

    status: Status | None = None
    indicator: str = ""
    region: str = ""
    school: str = ""
    course: str = ""
    is_unusual: bool = False
    with_former: bool = False
    with_repeats: bool = False

    def of(self, lines: Lines) -> pd.DataFrame:
        """The lines asked for, in their order."""
        table = lines.table
        is_kept = np.ones(len(table), dtype=bool)
        if self.status is not None:
            is_kept &= table["status"].eq(self.status).to_numpy()
        if self.indicator:
            is_kept &= table["indicator"].eq(FIGURES.index(self.indicator)).to_numpy()
        if self.is_unusual:
            is_kept &= table["is_unusual"].to_numpy()
        if not self.with_former:
            is_kept &= table["is_first"].to_numpy()
        if not (self.with_repeats or self.school or self.course):
            is_kept &= ~table["is_repeat"].to_numpy()
        of_lines = table["group"].to_numpy()
        for asked, codes in (
            (self.region, lines.regions),
            (self.school, lines.places),
            (self.course, lines.courses),
        ):
            if asked:
                is_kept &= (codes == asked)[of_lines]
        return table[is_kept]
