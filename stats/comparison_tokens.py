"""The items of a comparison, as the address of its page writes them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from string import ascii_uppercase

from stats.indicators import Route

LIMIT = 10
LETTERS = ascii_uppercase[:LIMIT]

_DIPLOMA = re.compile(r"[0-9A-Z]{8}")
_COURSE_YEAR = re.compile(r"[0-9A-Z]{11}")
_UAI = re.compile(r"[0-9]{7}[A-Z]")
_REGION = re.compile(r"R([0-9]{2})")
_ROUTES = {route.value.upper(): route.value for route in Route}


@dataclass(frozen=True)
class Token:
    """One item of a comparison: "50022139.pro.r11" or "0350030H.pro".

    Token(text="50022139.pro.r11", diploma="50022139", course_year="", route="pro", uai="", region="11")
    It names a course (by its diploma or by a year of it), a school, or a course in a school; a region goes with a course.
    """

    text: str
    diploma: str = ""
    course_year: str = ""
    route: str = ""
    uai: str = ""
    region: str = ""

    @property
    def has_course(self) -> bool:
        return bool(self.diploma or self.course_year)


def token(
    diploma: str = "", course_year: str = "", route: str = "", uai: str = "", region: str = ""
) -> Token:
    """The `Token` of these codes, in its canonical spelling."""
    course, place = course_year or diploma, uai or (f"r{region}" if region else "")
    parts = (course, route, place) if course else (uai, route)
    return Token(".".join(part for part in parts if part), diploma, course_year, route, uai, region)


def read_token(text: str) -> Token | None:
    """The `Token` that `text` spells, in any case and with any order of its last parts; None when it spells none.

    Seven digits and a letter, "0350030H", are read as a school unless a place follows, although some diplomas have such
    codes: only the nomenclatures can tell.
    """
    parts = text.strip().upper().split(".")
    if len(parts) > 3:
        return None
    codes: dict[str, str] = {}
    for position, part in enumerate(parts):
        kind, code = _read_part(part, is_first=position == 0, has_place=_names_place(parts[1:]))
        if not kind or kind in codes:
            return None
        codes[kind] = code
    read = token(**codes)
    if not (read.has_course or read.uai) or (read.region and not read.has_course):
        return None
    return read


def _names_place(parts: Sequence[str]) -> bool:
    return any(_UAI.fullmatch(part) or _REGION.fullmatch(part) for part in parts)


def _read_part(part: str, is_first: bool, has_place: bool) -> tuple[str, str]:
    """(parameter of `token`, its value), ("", "") for what is none of them."""
    if part in _ROUTES:
        return "route", _ROUTES[part]
    if match := _REGION.fullmatch(part):
        return "region", match[1]
    if _UAI.fullmatch(part) and not (is_first and has_place):
        return "uai", part
    if is_first and _COURSE_YEAR.fullmatch(part):
        return "course_year", part
    if is_first and _DIPLOMA.fullmatch(part):
        return "diploma", part
    return "", ""


def without(texts: Sequence[str], position: int) -> list[str]:
    """`texts` but for the one at `position`."""
    return [text for i, text in enumerate(texts) if i != position]


def moved(texts: Sequence[str], position: int, by: int) -> list[str]:
    """`texts` with the one at `position` moved by so many places, as far as the ends."""
    order = without(texts, position)
    order.insert(max(0, min(len(order), position + by)), texts[position])
    return order
