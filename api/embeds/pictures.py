"""Geometry of the pictures of what becomes of pupils 6 months after, for the sites of others.

templates/api/embeds/picture.svg draws them. Pure: no Django. Lengths are in pixels; those that may have decimals are
texts with a point, so that no language writes them with a comma.
"""

from dataclasses import dataclass

_PAD, _ROW, _COLUMN, _HEAD, _FOOT, _BAR, _ROOM = 15, 70, 230, 50, 30, 10, 200
_WIDTH = {"vertical": 340, "horizontal": 3 * _COLUMN + _PAD}
# Of a line of small words, whatever the font of the site that shows it.
CHARACTERS = {"vertical": 46, "horizontal": 100}
_NOTE = 16


@dataclass(frozen=True)
class Theme:
    """order: names of the situations as they follow each other; ink, accent: colours of the words and of the bars.

    Both colours have a contrast of at least 7 on white.
    """

    order: tuple[str, ...]
    ink: str
    accent: str
    title: str


THEMES = {
    "dsfr": Theme(
        ("taux_en_emploi_6_mois", "taux_en_formation", "taux_autres_6_mois"), "#161616", "#000091", "#161616"
    ),
    "lba": Theme(
        ("taux_en_formation", "taux_en_emploi_6_mois", "taux_autres_6_mois"), "#2a2a2a", "#22448f", "#22448f"
    ),
}
# The same looks as those of the pages: they survive colour blindness, print and photocopies.
_LOOKS = {"taux_en_emploi_6_mois": "solid", "taux_en_formation": "hatched"}


@dataclass(frozen=True)
class Part:
    """One situation: its words, its text ("50 %", "--") and its share, None when it is not there."""

    name: str
    label: str
    text: str
    share: int | None


@dataclass(frozen=True)
class Block:
    """The situations of one group. title: "" where there is only one."""

    title: str
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Text:
    """Words on the picture: Text(x=15, y=30, size=15, colour="#161616", words="Sont en emploi", is_bold=False)."""

    x: int
    y: int
    size: int
    colour: str
    words: str
    is_bold: bool = False


@dataclass(frozen=True)
class Bar:
    """A share on its track: Bar(x=15, y=100, room=200, width="62", height=10, look="solid")."""

    x: int
    y: int
    room: int
    width: str
    height: int
    look: str


@dataclass(frozen=True)
class Line:
    """What is drawn together: Line(texts=(Text(…), Text(…)), bar=Bar(…) or None)."""

    texts: tuple[Text, ...]
    bar: Bar | None = None


@dataclass(frozen=True)
class Picture:
    """Picture(width=340, height=325, title="Que deviennent…", description="50 % sont en emploi…", accent="#000091",
    lines=(Line(…), …)). title, description: read to those who cannot see it; accent: colour of the bars, "" without any.
    """

    width: int
    height: int
    title: str
    description: str
    accent: str
    lines: tuple[Line, ...]


def situations(blocks, theme, direction, title, description, source, notes=()):
    """The `Picture` of these blocks. title, description: read to those who cannot see it; source: last line; notes: lines
    of what is said of the figures, over it."""
    theme = THEMES[theme]
    height, lines = _HEAD, [_title(_PAD + 15, title, theme)]
    for block in blocks:
        if block.title:
            lines.append(_title(height + 20, block.title, theme))
            height += 30
        by_name = {part.name: part for part in block.parts}
        for place, name in enumerate(theme.order):
            x = _PAD + (_COLUMN * place if direction == "horizontal" else 0)
            y = height + (0 if direction == "horizontal" else _ROW * place)
            lines.append(_part(by_name[name], x, y, theme))
        height += _ROW if direction == "horizontal" else _ROW * len(theme.order)
    for note in notes:
        height += _NOTE
        lines.append(Line((Text(_PAD, height, 12, theme.ink, note),)))
    lines.append(Line((Text(_PAD, height + 20, 12, theme.ink, source),)))
    return Picture(_WIDTH[direction], height + _FOOT, title, description, theme.accent, tuple(lines))


def error(theme, direction, title, sentences):
    """The `Picture` shown instead of figures: `sentences`, one a line."""
    theme = THEMES[theme]
    lines = [_title(_PAD + 15, title, theme)]
    lines += [
        Line((Text(_PAD, _HEAD + 20 * place, 15, theme.ink, sentence),))
        for place, sentence in enumerate(sentences, 1)
    ]
    height = _HEAD + 20 * len(sentences) + _FOOT
    return Picture(_WIDTH[direction], height, title, " ".join(sentences), "", tuple(lines))


def _title(y, words, theme):
    return Line((Text(_PAD, y, 15, theme.title, words, is_bold=True),))


def _part(part, x, y, theme):
    """Number and words, the bar under them."""
    texts = (
        Text(x, y + 25, 25, theme.accent, part.text, is_bold=True),
        Text(x, y + 45, 12, theme.ink, part.label),
    )
    if part.share is None:
        return Line(texts)
    width = f"{_ROOM * min(100, part.share) / 100:g}"
    return Line(texts, Bar(x, y + 50, _ROOM, width, _BAR, _LOOKS.get(part.name, "outlined")))
