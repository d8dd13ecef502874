"""The three import rules of the architecture, read from the source."""

import ast
import tomllib
from fnmatch import fnmatch
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
PACKAGES = ("inserjeunes_portal", "formations", "establishments", "stats", "fixtures")
PURE = (
    "establishments.uai",
    "formations.everyday_names",
    "formations.labels",
    "inserjeunes_portal.facets",
    "inserjeunes_portal.word_index",
    "inserjeunes_portal.word_sounds",
    "stats.calculations",
    "stats.comparisons",
    "stats.confidentiality",
    "stats.deduction",
    "stats.derivation*",
    "stats.disclosure",
    "stats.drawings",
    "stats.easy_reading",
    "stats.feasibility",
    "stats.importing*",
    "stats.indicators",
    "stats.knots",
    "stats.next_best",
    "stats.questions",
    "stats.ranges",
    "stats.references",
    "stats.relations",
    "stats.suppression",
    "stats.tile_map",
    "stats.ingestion.checks",
    "stats.ingestion.projections*",
    "stats.ingestion.reading",
    "stats.ingestion.report",
    "stats.ingestion.source",
    "stats.ingestion.sources*",
)
SERVED_BY_URLS = ("views", "api", "widgets")


def module_name(path):
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


MODULES = {module_name(path): path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))}


@cache
def imports(module):
    """Modules that the source of `module` imports, wherever it does; our own ones by their full name."""
    found = set()
    for node in ast.walk(ast.parse(MODULES[module].read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            inside = {f"{node.module}.{alias.name}" for alias in node.names}
            submodules = {name for name in inside if name in MODULES}
            found.update(submodules | ({node.module} if submodules != inside else set()))
    return frozenset(found)


def reached(module):
    """Everything `module` imports, through our own modules too, with the module that imports it."""
    found, waiting, seen = {}, [module], set()
    while waiting:
        current = waiting.pop()
        seen.add(current)
        for name in imports(current):
            found.setdefault(name, current)
            if name in MODULES and name not in seen:
                waiting.append(name)
    return found


def is_of(name, *packages):
    return name.split(".")[0] in packages


@pytest.mark.parametrize(
    ("app", "others"),
    [("formations", {"establishments", "stats"}), ("establishments", {"formations", "stats"})],
)
def test_models_of_formations_and_establishments_stand_alone(app, others):
    found = reached(f"{app}.models")
    assert {name: by for name, by in found.items() if is_of(name, *others)} == {}


PURE_MODULES = [name for name in MODULES if any(fnmatch(name, pattern) for pattern in PURE)]


def test_pure_modules_are_all_there():
    assert [pattern for pattern in PURE if not any(fnmatch(name, pattern) for name in MODULES)] == []


def test_coverage_is_asked_of_every_pure_module():
    settings_of_coverage = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"][
        "coverage"
    ]
    patterns = settings_of_coverage["run"]["include"]
    paths = {name: path.relative_to(ROOT).as_posix() for name, path in MODULES.items()}
    assert [name for name, path in paths.items() if any(fnmatch(path, p) for p in patterns)] == PURE_MODULES
    assert settings_of_coverage["report"]["fail_under"] == 100


@pytest.mark.parametrize("module", PURE_MODULES)
def test_pure_modules_import_no_framework(module):
    found = reached(module)
    assert {name: by for name, by in found.items() if is_of(name, "django", "rest_framework")} == {}


def served_by_urls(module):
    """Where `module` belongs to views, an API or widgets: the name of that part, else ""."""
    parts = module.split(".")
    places = [position for position, part in enumerate(parts) if position and part in SERVED_BY_URLS]
    return ".".join(parts[: places[0] + 1]) if places and module in MODULES else ""


def test_only_urls_import_views_api_and_widgets():
    wrong = {
        (module, name)
        for module in MODULES
        for name in imports(module)
        if served_by_urls(name) not in {"", served_by_urls(module)} and module.rsplit(".", 1)[-1] != "urls"
    }
    assert wrong == set()


def test_imports_are_absolute():
    relative = {
        module
        for module, path in MODULES.items()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and node.level
    }
    assert relative == set()
