"""Bring the translation files up to date with the texts of the code and the templates: make messages.

New texts are added without a translation, vanished ones are removed, and each .po is compiled to the .mo that the
portal reads. French is the source: it has no file.
"""

import io
import sys
from datetime import UTC, datetime
from pathlib import Path

from babel.messages import pofile
from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = ("en",)
# The header of a compiled file has dates; the file must change with its texts only.
_NO_DATE = datetime(2026, 1, 1, tzinfo=UTC)
APPS = (
    "deliveries",
    "establishments",
    "formations",
    "inserjeunes_portal",
    "pages",
    "search",
    "stats",
    "templates",
)
# `_` and its kin; `gettext_noop` marks the texts of the registries, which the pages translate when they show them.
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
# In a model, `_` is for the management space: what the pages show of it is marked with the whole name.
KEYWORDS_OF_MODELS = {"gettext": None, "gettext_lazy": None}
# What data managers and re-users of the data read stays in French.
IN_FRENCH_ONLY = ("api/", "templates/admin", "/migrations/", "/admin.py", "/management/")


def texts():
    """(text or its singular and plural, context, file) of every text to translate, files in order."""
    for app in APPS:
        for path in sorted((ROOT / app).rglob("*")):
            name = str(path.relative_to(ROOT))
            if any(part in name for part in IN_FRENCH_ONLY) or path.suffix not in {
                ".py",
                ".html",
                ".svg",
                ".txt",
            }:
                continue
            keywords = KEYWORDS_OF_MODELS if "/models" in name else KEYWORDS
            for _line, text, _comments, context in extract("python", _python(path), keywords):
                yield text, context, name


def _python(path):
    """A file of code as it is, a template as the code that its tags stand for, within brackets: it has no indents."""
    source = path.read_text(encoding="utf-8")
    return io.BytesIO((source if path.suffix == ".py" else f"({templatize(source)})").encode())


def updated(language):
    """The catalog of a language: every text of today with the translation that it had."""
    path = po_path(language)
    former = Catalog(language)
    if path.exists():
        with path.open("rb") as file:
            former = pofile.read_po(file, locale=language)
    catalog = Catalog(language, charset="utf-8", fuzzy=False, creation_date=_NO_DATE, revision_date=_NO_DATE)
    for text, context, name in texts():
        old = former.get(text[0] if isinstance(text, tuple) else text, context)
        catalog.add(text, old.string if old else None, locations=[(name, None)], context=context)
    return catalog


def missing(catalog):
    """Texts that a catalog leaves untranslated."""
    return [
        message.id
        for message in catalog
        if message.id and not all(message.string if isinstance(message.string, tuple) else (message.string,))
    ]


def po_path(language):
    return ROOT / "locale" / language / "LC_MESSAGES" / "django.po"


def written(catalog):
    """(.po, .mo) of a catalog, as bytes that depend on nothing but its texts."""
    po, mo = io.BytesIO(), io.BytesIO()
    pofile.write_po(po, catalog, width=0, sort_output=True, omit_header=True, include_lineno=False)
    write_mo(mo, catalog)
    header = (
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
        f'"Plural-Forms: {catalog.plural_forms}\\n"\n\n'
    )
    return header.encode() + po.getvalue(), mo.getvalue()


def main():
    for language in LANGUAGES:
        catalog = updated(language)
        path = po_path(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        po, mo = written(catalog)
        path.write_bytes(po)
        path.with_suffix(".mo").write_bytes(mo)
        absent = missing(catalog)
        print(f"{language} : {len(catalog)} textes, {len(absent)} sans traduction")
        for text in absent[:20]:
            print(f"  {text!r}")


if __name__ == "__main__":
    sys.exit(main())
