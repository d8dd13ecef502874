"""The items of a comparison as its address writes them. Pure: no Django."""

import re
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
    """One item of a comparison as its address writes it: "50022139.pro.r11" or "0350030H.pro".

    Token(text="50022139.pro.r11", diploma="50022139", course_year="", route="pro", uai="", region="11")
    An item is a course (diploma or course_year), a school (uai), or both; a region goes with a course.
    """

    text: str
    diploma: str = ""
    course_year: str = ""
    route: str = ""
    uai: str = ""
    region: str = ""

    @property
    def has_course(self):
        return bool(self.diploma or self.course_year)


def token(diploma="", course_year="", route="", uai="", region=""):
    """The `Token` of these codes, in its canonical spelling."""
    parts = (course_year or diploma, route, uai or (f"r{region}" if region else ""))
    if not (course_year or diploma):
        parts = (uai, route)
    return Token(".".join(part for part in parts if part), diploma, course_year, route, uai, region)


def read_token(text):
    """The `Token` that `text` spells, None when it spells none.

    Seven digits and a letter are read as a school, "0350030H", although some diplomas look alike: only the
    nomenclatures tell. A first part with a place behind it is always a course.
    """
    parts = text.strip().upper().split(".")
    if len(parts) > 3:
        return None
    found = {}
    for place, part in enumerate(parts):
        kind, value = _read_part(part, is_first=place == 0, has_place=_names_place(parts[1:]))
        if kind is None or kind in found:
            return None
        found[kind] = value
    read = token(**found)
    if not (read.has_course or read.uai) or (read.region and not read.has_course):
        return None
    return read


def _names_place(parts):
    return any(_UAI.fullmatch(part) or _REGION.fullmatch(part) for part in parts)


def _read_part(part, is_first, has_place):
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
    return None, ""


def without(texts, place):
    return [text for i, text in enumerate(texts) if i != place]


def moved(texts, place, by):
    """`texts` with the one at `place` moved by so many places, as far as the ends."""
    order = without(texts, place)
    order.insert(max(0, min(len(order), place + by)), texts[place])
    return order
