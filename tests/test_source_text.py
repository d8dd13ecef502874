"""What the text of the source must not hide from who reads it."""

from pathlib import Path

from django.conf import settings

ROOT = Path(settings.BASE_DIR)
# No-break spaces of several widths, the zero-width ones and the byte order mark: an editor shows a space, or nothing.
INVISIBLE = dict.fromkeys(map(ord, "\u00a0\u00ad\u2007\u2009\u200b\u202f\u2060\ufeff"))


def python_files():
    places = [
        place for place in ROOT.iterdir() if place.is_dir() and place.name[0] != "." and place.name != "var"
    ]
    return [*ROOT.glob("*.py"), *(path for place in places for path in place.rglob("*.py"))]


def test_python_files_write_no_break_spaces_as_escapes():
    hidden = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in python_files()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if line.translate(INVISIBLE) != line
    ]
    assert hidden == []
