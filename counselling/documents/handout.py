"""The sheet that is handed out, as PDF: two A4 pages at most, tagged (PDF/UA-1), legible in black and white."""

import io
import json
from dataclasses import replace
from pathlib import Path

import segno
import typst
from django.utils.formats import date_format
from django.utils.translation import get_language, get_language_info, ngettext
from django.utils.translation import gettext as _

from counselling.plan import Kind, Plan
from counselling.sheet import Sheet, SheetItem
from pages.comparison.items import Item as ShownItem
from stats.wording import first_capital, kilometres

_FOLDER = Path(__file__).parent
_TEMPLATE = _FOLDER / "sheet.typ"
MOST_PAGES = 2
# Sizes of letters tried in turn, of 10.5 points, until the sheet holds on its pages.
_SCALES = (1.0, 0.92, 0.85, 0.78, 0.72, 0.66)
# A longer address makes a code that a phone reads with difficulty once printed.
LONGEST_CODE = 900
_LINES = 6
# Of a comparison: the figures of which the sheet says what can be told apart, the first of the page.
_MOST_LINES = 3
_NOTHING_DRAWN = {
    "looks": [],
    "sentence": "",
    "shares": [],
    "rest": "",
    "hole": "",
    "hole_reason": "",
    "hole_next": "",
    "about": "",
}


def public_part(plan: Plan) -> Plan:
    """The plan without what the counsellor wrote for herself."""
    return replace(plan, private="", items=tuple(replace(item, private="") for item in plan.items))


def handout(sheet: Sheet, address: str, site: str) -> bytes:
    """The PDF of a sheet. address: of the live plan, without the notes for oneself. site: name of the portal."""
    data = _data(sheet, address, site)
    tries = [{"scale": scale, "lines": lines} for scale in _SCALES for lines in (_LINES, 0)]
    fitting = next((one for one in tries if _pages(data | one) <= MOST_PAGES), tries[-1])
    return typst.compile(str(_TEMPLATE), pdf_standards=["ua-1"], **_options(data | fitting))


def _pages(data):
    return json.loads(typst.query(str(_TEMPLATE), "<pages>", field="value", one=True, **_options(data)))


def _options(data):
    return {
        "root": str(_FOLDER),
        "font_paths": [str(_FOLDER / "fonts")],
        "ignore_system_fonts": True,
        "sys_inputs": {"data": json.dumps(data)},
    }


def _data(sheet, address, site):
    language = get_language() or "fr"
    has_code = len(address) <= LONGEST_CODE
    return {
        "title": sheet.title,
        "subtitle": _subtitle(sheet),
        "site": site,
        "language": language.partition("-")[0],
        "is_rtl": get_language_info(language)["bidi"],
        "note": sheet.plan.handout,
        "qr": _code(address) if has_code else "",
        "qr_text": _("Code à photographier\u00a0: il ouvre cette séance sur un téléphone."),
        "qr_caption": _("Les chiffres du jour"),
        "items": list(_items(sheet)),
        "questions": [item.item.text for item in sheet.items if item.item.kind is Kind.QUESTION],
        "questions_title": _("À discuter"),
        "lines_title": _("Mes notes"),
        "footer": _("%(site)s – un chiffre absent ne dit rien de la qualité de la formation")
        % {"site": site},
    }


def _subtitle(sheet):
    parts = []
    if sheet.plan.on:
        parts.append(date_format(sheet.plan.on, "DATE_FORMAT"))
    if sheet.place:
        parts.append(
            _("autour de %(town)s, %(radius)s\u00a0km")
            % {"town": sheet.place.name, "radius": sheet.plan.radius}
        )
    return first_capital(", ".join(parts))


def _code(address):
    drawn = io.BytesIO()
    segno.make(address, error="l", micro=False).save(drawn, kind="svg", border=2)
    return drawn.getvalue().decode()


def _items(sheet):
    """The items but the questions, which come together at the end; a course that stands above is not drawn again."""
    drawn: set[str] = set()
    items = [item for item in sheet.items if item.item.kind is not Kind.QUESTION]
    for number, item in enumerate(items, 1):
        yield _item(number, item, sheet, drawn)
        drawn |= set(item.item.tokens)


def _item(number, item: SheetItem, sheet, drawn):
    is_text, is_comparison = item.item.kind is Kind.TEXT, item.item.kind is Kind.COMPARISON
    return {
        "number": number,
        "title": _("Pour en parler") if is_text else _("Comparaison") if is_comparison else item.title,
        "groups": [_group(shown, is_comparison, shown.token.text in drawn) for shown in item.shown],
        "sentences": [*([item.item.text] if is_text else item.problems), *_comparison_sentences(item)],
        "schools": [_school(school) for school in item.schools],
        "schools_title": _schools_title(item, sheet),
        "note": item.item.handout,
    }


def _comparison_sentences(item):
    """What can be told apart and what cannot, figure by figure, and what makes the comparison misleading."""
    if item.item.kind is not Kind.COMPARISON or len(item.shown) < 2:
        return []
    lines = item.comparison.lines_shown[:_MOST_LINES]
    told = {line.first.label: " ".join(line.verdicts) for line in lines if line.verdicts}
    by_verdict: dict[str, list[str]] = {}
    for label, verdict in told.items():
        by_verdict.setdefault(verdict, []).append(label)
    sentences = [
        _("%(figures)s\u00a0: %(verdict)s") % {"figures": ", ".join(labels), "verdict": verdict}
        for verdict, labels in by_verdict.items()
    ]
    return [*sentences, *item.comparison.caveats]


def _group(shown: ShownItem, is_compared, is_drawn):
    name = ", ".join(filter(None, (shown.title, shown.route_label)))
    group = {
        "name": f"{shown.letter}. {name}" if is_compared else "",
        "place": shown.place if is_compared else "",
    }
    if is_drawn:
        return group | _NOTHING_DRAWN
    situations, hole = shown.situations, shown.situations.hole
    people = situations.people.people if situations.people else ()
    size = first_capital(situations.group.people) + "." if situations.group and not hole else ""
    return group | {
        "looks": [person.look.value for person in people],
        "sentence": situations.sentence,
        "shares": [
            {"look": share.look.value, "text": share.figure.text, "words": share.words}
            for share in situations.shares
        ],
        "rest": situations.rest,
        "hole": f"{hole.reason_title}." if hole else "",
        "hole_reason": hole.reason_sentence if hole else "",
        "hole_next": _("%(label)s\u00a0: %(text)s")
        % {"label": hole.next_best.label, "text": hole.next_best.text}
        if hole and hole.next_best
        else "",
        "about": " ".join(filter(None, (size, situations.origin_sentence))),
    }


def _school(school):
    return f"{school.name} ({kilometres(school.distance)})" if school.distance is not None else school.name


def _schools_title(item, sheet):
    if not item.schools:
        return ""
    names = {"place": sheet.place.name, "number": item.total}
    return (
        ngettext(
            "Autour de %(place)s, %(number)d établissement\u00a0:",
            "Autour de %(place)s, %(number)d établissements, dont",
            item.total,
        )
        % names
    )
