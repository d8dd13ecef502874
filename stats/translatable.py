"""Texts of the pure modules are marked here, and translated by the pages that show them."""

from enum import StrEnum
from typing import Self


def gettext_noop(text: str) -> str:
    """`text` itself: the mark under which it is collected for translation."""
    return text


class LabelledEnum(StrEnum):
    """Codes with a French label: `PUBLIC = "public", gettext_noop("établissement public")`."""

    _value_: str
    label: str

    def __new__(cls, value: str, label: str) -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member
