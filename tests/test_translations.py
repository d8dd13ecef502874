"""The translation files: they follow the texts of the code, and each text has its translation."""

import os
import re
import shutil
import subprocess
import sys

import pytest
from babel.messages import mofile, pofile
from django.conf import settings
from django.utils import translation

from stats.indicators import Unit
from stats.wording import number_text, value_text
from tests.conftest import skip_loudly
from tests.french_words import FRENCH_PUNCTUATION

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%|</?[a-z]+[^>]*>|https?://\S+")
# French is the language of the code: it has no file.
LANGUAGES = [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
LOCALE = settings.BASE_DIR / "locale"


def po_path(language):
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def po_of(language):
    with po_path(language).open("rb") as file:
        return pofile.read_po(file, locale=language)


def pairs(message):
    """(French, other language) of a text, or of its singular and of each of its plurals: some languages have several."""
    if isinstance(message.id, str):
        return [(message.id, message.string)]
    singular, plural = message.id
    one, *several = message.string
    return [(singular, one), *((plural, other) for other in several)]


def translations(catalog):
    """{(French, other language)} of every text."""
    return {pair for message in catalog if message.id for pair in pairs(message)}


@pytest.fixture(params=LANGUAGES)
def catalog(request):
    return po_of(request.param)


@pytest.fixture(scope="module")
def remade_locale(tmp_path_factory):
    """The translation files that `make messages` writes, in a copy: xgettext puts files of its own beside the code."""
    if not shutil.which("xgettext"):
        skip_loudly("gettext est introuvable (Debian : apt install gettext)")
    copy = tmp_path_factory.mktemp("messages")
    shutil.copy(settings.BASE_DIR / "manage.py", copy)
    for folder in (*settings.PROJECT_APPS, "templates", "locale"):
        shutil.copytree(settings.BASE_DIR / folder, copy / folder)
    environment = os.environ | {"SECRET_KEY": "secret", "VAR_DIR": str(copy / "var")}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    subprocess.run(
        [sys.executable, "manage.py", "makemessages"],
        cwd=copy,
        env=environment,
        check=True,
        capture_output=True,
    )
    return copy / "locale"


@pytest.mark.parametrize("language", LANGUAGES)
def test_files_are_what_the_texts_of_the_code_give(language, remade_locale):
    """The files where a text stands may be out of date: a text that moves needs no new translation."""
    remade = remade_locale / po_path(language).relative_to(LOCALE)

    def lines(path):
        return [line for line in path.read_text("utf-8").splitlines() if not line.startswith("#: ")]

    assert lines(po_path(language)) == lines(remade), "make messages n’a pas été lancé"


@pytest.mark.parametrize("language", LANGUAGES)
def test_compiled_file_holds_the_translations(language):
    with po_path(language).with_suffix(".mo").open("rb") as file:
        compiled = mofile.read_mo(file)

    assert translations(compiled) == translations(po_of(language))


def test_every_text_has_its_translation(catalog):
    texts = [(french, other) for message in catalog if message.id for french, other in pairs(message)]

    assert [french for french, other in texts if not other] == []


def test_placeholders_and_tags_are_kept(catalog):
    def marks(text):
        return sorted(set(PLACEHOLDER.findall(text)))

    changed = [
        (french, other)
        for message in catalog
        if message.id
        for french, other in pairs(message)
        if marks(french) != marks(other)
    ]

    assert changed == []


def test_no_translation_is_a_french_sentence(catalog):
    french = {text for message in catalog if message.id for text, _other in pairs(message)}
    left = [
        other
        for message in catalog
        if message.id
        for _french, other in pairs(message)
        if other in french and len(PLACEHOLDER.sub("", other).split()) > 3
    ]

    assert left == []


def test_punctuation_is_english():
    wrong = [
        other
        for message in po_of("en")
        if message.id
        for _french, other in pairs(message)
        if FRENCH_PUNCTUATION.search(PLACEHOLDER.sub("x", other)) or '"' in PLACEHOLDER.sub("", other)
    ]

    assert wrong == []


@pytest.mark.parametrize(
    ("language", "percent", "euros", "number"),
    [("fr", "31\u00a0%", "1\u202f450\u00a0€", "1\u202f234\u202f567"), ("en", "31%", "€1,450", "1,234,567")],
)
def test_figures_are_written_as_the_language_does(language, percent, euros, number):
    with translation.override(language):
        assert value_text(31, Unit.PERCENT) == percent
        assert value_text(1450, Unit.EUROS) == euros
        assert number_text(1234567) == number


def test_french_punctuation_does_not_begin_a_line():
    is_split = re.compile(r"«[ ]|[ ][»;:?!](?=\s|$|[<(\"])|[ ]%(?=[\s.,;)]|$)")
    texts = {text for message in po_of("en") if message.id for text, _other in pairs(message)}
    assert sorted(text for text in texts if is_split.search(text)) == []
