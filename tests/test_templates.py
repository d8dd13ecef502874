"""How templates are written: short, in pieces that say what they need and get nothing else."""

import re
from importlib import import_module
from pathlib import Path

import pytest
from django.conf import settings

TEMPLATES = Path(settings.BASE_DIR) / "templates"
PATHS = sorted(path for path in TEMPLATES.rglob("*") if path.suffix in {".html", ".svg"})
# Templates that extend another one are whole pages; the others are pieces.
PIECES = [path for path in PATHS if "{% extends" not in path.read_text(encoding="utf-8")]
INCLUDE = re.compile(r'{% include "(components|drawings|pages|search|api)/[^%]*%}')


def name(path):
    return path.relative_to(TEMPLATES).as_posix()


@pytest.mark.parametrize("path", PATHS, ids=name)
def test_template_is_short(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 80


@pytest.mark.parametrize("path", PIECES, ids=name)
def test_piece_opens_with_a_comment_on_its_purpose(path):
    assert path.read_text(encoding="utf-8").startswith(("{% comment %}", "{#"))


@pytest.mark.parametrize("path", PATHS, ids=name)
def test_pieces_are_included_with_their_parameters_only(path):
    included = [found[0] for found in INCLUDE.finditer(path.read_text(encoding="utf-8"))]
    assert [tag for tag in included if " only %}" not in tag] == []


@pytest.mark.parametrize("path", PATHS, ids=name)
def test_classes_that_comments_name_exist(path):
    named = re.findall(r"`([a-z_]+(?:\.[a-z_]+)+)\.([A-Z]\w+)`", path.read_text(encoding="utf-8"))
    assert [f"{module}.{kind}" for module, kind in named if not hasattr(import_module(module), kind)] == []
