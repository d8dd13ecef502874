"""What is found wrong in a file: a finding of one of the checks of the registry, with its place and its sentence."""

import re
import traceback
from collections.abc import Callable
from dataclasses import dataclass

from deliveries.checking.check import Check
from deliveries.checking.registry import BY_CODE
from stats.translatable import gettext_noop

_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]+")


def printable(value: object) -> str:
    """The text of a value, without what a terminal, a page or PostgreSQL's JSON cannot hold."""
    return _UNPRINTABLE.sub(" ", str(value))


def fault_of(error: Exception) -> str:
    """The type of an error and where it happened; not its words, which may quote the cells of a small group."""
    frames = [
        frame for frame in traceback.extract_tb(error.__traceback__) if "site-packages" not in frame.filename
    ]
    return type(error).__name__ + (f", {frames[-1].name}, ligne {frames[-1].lineno}" if frames else "")


class Refusal(Exception):
    """Raised for a file that cannot be read at all, with the finding that says why."""

    def __init__(
        self, kind: str, line: int | None = None, column: str = "", value: object = "", expected: object = ""
    ) -> None:
        self.finding = Finding(kind, line, printable(column), printable(value), printable(expected))
        super().__init__(self.finding.sentence)


def as_is(text: str) -> str:
    """The text in French: what a report is written in."""
    return text


@dataclass(frozen=True)
class Finding:
    """A remark or an error, at a line (the header is line 1) and a column where they are known.

    kind: the code of the check that found it. subject: which part of a file a warning is about, such as a cohort or an
    indicator, where a check looks at several; "" where it looks at the whole file.
    """

    kind: str
    line: int | None = None
    column: str = ""
    value: str = ""
    expected: str = ""
    subject: str = ""

    @property
    def check(self) -> Check:
        return BY_CODE[self.kind]

    @property
    def sentence(self) -> str:
        return self.sentence_in(as_is)

    def sentence_in(self, translate: Callable[[str], str]) -> str:
        """Where it is, what is wrong and what to do, in the language of `translate`, a gettext function."""
        return f"{self.place_and_fault_in(translate)} {translate(self.check.guidance)}"

    def place_and_fault_in(self, translate: Callable[[str], str]) -> str:
        """Where it is and what is wrong: what to do is the same for every finding of a check.

        A value that may not be quoted is empty, and « {value} » reads "cette cellule".
        """
        place = ", ".join(
            part
            for part in (
                f"{translate(_LINE)} {self.line}" if self.line else "",
                f"{translate(_COLUMN)} «\u00a0{self.column}\u00a0»" if self.column else "",
            )
            if part
        )
        text = self.fault_in(translate)
        return f"{place[0].upper()}{place[1:]}\u00a0: {text}" if place else text

    def fault_in(self, translate: Callable[[str], str]) -> str:
        """What is wrong, without its place and what to do."""
        template = translate(self.check.sentence)
        hint = translate(_ALIKE).format(value=self.value) if self.value else ""
        if not self.value:
            template = re.sub("[«“][\u00a0]?{value}[\u00a0]?[»”]", translate(_THIS_CELL), template)
        return template.format(value=self.value, column=self.column, expected=self.expected, hint=hint)


_LINE, _COLUMN, _THIS_CELL = gettext_noop("ligne"), gettext_noop("colonne"), gettext_noop("cette cellule")
_ALIKE = gettext_noop("\u00a0; «\u00a0{value}\u00a0» lui ressemble")
