"""Pictures of what becomes of pupils 6 months after, for the sites of others: SVG that needs nothing else.

Presentation attributes only and no font to fetch: they are shown by <img> on pages with any security policy. Solid,
hatched and outlined bars survive colour blindness, print and photocopies, as in `pages.drawings.svg`.
"""

from dataclasses import dataclass
from html import escape

_HATCH = "hachures-ij"
_FONT = 'font-family="Marianne, Arial, Helvetica, sans-serif"'
_PAD, _ROW, _COLUMN, _HEAD, _FOOT, _BAR, _ROOM = 15, 70, 230, 50, 30, 10, 200
_WIDTH = {"vertical": 340, "horizontal": 3 * _COLUMN + _PAD}


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


def situations(blocks, theme, direction, title, description, source):
    """The picture of these blocks. title, description: read to who cannot see it; source: last line."""
    theme = THEMES[theme]
    width, height, content = _WIDTH[direction], _PAD, []
    content.append(_text(_PAD, height + 15, title, 15, theme.title, bold=True))
    height += _HEAD - _PAD
    for block in blocks:
        if block.title:
            content.append(_text(_PAD, height + 20, block.title, 15, theme.title, bold=True))
            height += 30
        by_name = {part.name: part for part in block.parts}
        for place, name in enumerate(theme.order):
            x = _PAD + (_COLUMN * place if direction == "horizontal" else 0)
            y = height + (0 if direction == "horizontal" else _ROW * place)
            content.append(_part(by_name[name], x, y, theme))
        height += _ROW if direction == "horizontal" else _ROW * len(theme.order)
    content.append(_text(_PAD, height + 20, source, 12, theme.ink))
    return _svg(width, height + _FOOT, title, description, _defs(theme) + "".join(content))


def error(theme, direction, title, sentences):
    """The picture shown instead of figures: `sentences`, one a line."""
    theme = THEMES[theme]
    width = _WIDTH[direction]
    lines = "".join(
        _text(_PAD, _HEAD + 20 * (place + 1), line, 15, theme.ink) for place, line in enumerate(sentences)
    )
    head = _text(_PAD, _PAD + 15, title, 15, theme.title, bold=True)
    return _svg(width, _HEAD + 20 * len(sentences) + _FOOT, title, " ".join(sentences), head + lines)


def empty():
    """A picture of nothing, for pages that would rather show nothing."""
    return '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1" aria-hidden="true"></svg>'


def _svg(width, height, title, description, content):
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" role="img" aria-labelledby="titre-ij description-ij" lang="fr" {_FONT}>'
        f'<title id="titre-ij">{escape(title)}</title><desc id="description-ij">{escape(description)}</desc>'
        f'<rect width="{width}" height="{height}" fill="#fff"/>{content}</svg>'
    )


def _defs(theme):
    return (
        f'<defs><pattern id="{_HATCH}" width="6" height="6" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate(45)"><rect width="6" height="6" fill="#fff"/>'
        f'<rect width="3" height="6" fill="{theme.accent}"/></pattern></defs>'
    )


def _text(x, y, words, size, colour, bold=False):
    weight = ' font-weight="bold"' if bold else ""
    return f'<text x="{x}" y="{y}" font-size="{size}" fill="{colour}"{weight}>{escape(words)}</text>'


def _part(part, x, y, theme):
    """Number and words on one line, the bar under them."""
    number = _text(x, y + 25, part.text, 25, theme.accent, bold=True)
    label = _text(x, y + 45, part.label, 12, theme.ink)
    if part.share is None:
        return number + label
    track = f'<rect x="{x}" y="{y + 50}" width="{_ROOM}" height="{_BAR}" fill="#eee"/>'
    width = _ROOM * min(100, part.share) / 100
    return f'{number}{label}{track}<rect x="{x}" y="{y + 50}" width="{width:g}" height="{_BAR}" {_paint(part.name, theme)}/>'


def _paint(name, theme):
    paints = {
        "taux_en_emploi_6_mois": f'fill="{theme.accent}"',
        "taux_en_formation": f'fill="url(#{_HATCH})" stroke="{theme.accent}"',
    }
    return paints.get(name, 'fill="#fff" stroke="#6b6b6b"')
