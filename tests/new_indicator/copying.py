"""The copy of the portal, and the few lines that declare an indicator in it."""

import shutil

from stats.indicators import INDICATORS

# The next position, and a number of months that no indicator is likely to take.
DECLARATION = f"    _employment_rate({len(INDICATORS)}, 54, since=2022),\n"
TEXTS = """    "taux_emploi_54_mois": Texts(
        gettext_noop("Taux d’emploi des sortants, 54 mois après"),
        gettext_noop("après 54 mois"),
        gettext_noop("Sur 100 jeunes qui ont arrêté leurs études, combien ont un emploi salarié 54 mois après."),
        _EMPLOYMENT_RATE,
    ),
"""
HEAD_COUNT_TEXT = '    "nb_en_emploi_54_mois": gettext_noop("Sortants en emploi salarié 54 mois après."),\n'


def copy(source, destination):
    """Copy what the portal is made of, without what it makes but the compiled modules, which stay good."""
    left_out = shutil.ignore_patterns(".*", "var", "demo", "browser", "*.mo", "bench", "docs")
    shutil.copytree(source, destination, ignore=left_out)


def declare(root):
    """Write the declaration of `taux_emploi_54_mois` and its words in the copy at `root`."""
    _insert(root / "stats" / "indicators.py", ")\nBY_NAME = ", DECLARATION, is_before=True)
    texts = root / "stats" / "indicator_texts.py"
    _insert(texts, "\nTEXTS = {\n", TEXTS)
    _insert(texts, "\nHEAD_COUNT_TEXTS = {\n", HEAD_COUNT_TEXT)


def _insert(path, mark, lines, is_before=False):
    text = path.read_text(encoding="utf-8")
    assert text.count(mark) == 1, f"{mark!r} in {path.name}"
    path.write_text(text.replace(mark, lines + mark if is_before else mark + lines), encoding="utf-8")
