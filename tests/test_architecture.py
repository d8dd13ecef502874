"""The import rules of the architecture, read from the source."""

import ast
import tomllib
from fnmatch import fnmatch
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings

from scripts import import_diagram

ROOT = Path(settings.BASE_DIR)
# Apps by rank: one imports from those of lower ranks, never from another of its own rank.
RANKS = (
    ("accounts",),
    ("formations", "establishments"),
    ("stats",),
    ("deliveries", "search"),
    ("pages", "api"),
    ("reports", "counselling"),
    ("inserjeunes_portal",),
)
RANK = {app: rank for rank, apps in enumerate(RANKS) for app in apps}
PACKAGES = (*RANK, "fixtures")
PURE = (
    "accounts.hash_chain",
    "counselling.plan",
    "deliveries.cells",
    "deliveries.checking*",
    "deliveries.checks",
    "deliveries.columns*",
    "deliveries.findings",
    "deliveries.preview.compare",
    "deliveries.preview.kept",
    "deliveries.preview.labels",
    "deliveries.preview.sealing",
    "deliveries.preview.shown",
    "deliveries.preview.summary",
    "deliveries.preview.unusual",
    "deliveries.reading",
    "deliveries.reference_tables*",
    "deliveries.report",
    "deliveries.services*",
    "deliveries.source",
    "deliveries.sources*",
    "establishments.distance",
    "establishments.uai",
    "formations.abbreviations",
    "formations.data_files",
    "formations.labels",
    "formations.text_folding",
    "pages.content",
    "pages.course.question_rules",
    "pages.drawings*",
    "pages.plain_language",
    "search.facets",
    "search.phonetics",
    "search.query_words",
    "search.spellings",
    "search.synonyms",
    "search.text_index",
    "stats.comparability",
    "stats.comparison_tokens",
    "stats.disclosure_control*",
    "stats.exact_tests",
    "stats.fallbacks",
    "stats.indicator_texts",
    "stats.indicators",
    "stats.rates",
    "stats.reasons",
    "stats.substitution*",
    "stats.totals",
    "stats.translatable",
    "stats.uncertainty",
)
# They read and write the tables that the other modules of their folder compute.
NOT_PURE = {"deliveries.reference_tables.build", "deliveries.reference_tables.certifications"}


def module_name(path):
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


MODULES = {module_name(path): path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))}
# A migration names the apps whose tables it needs, whatever their rank.
PLACED = {name: path for name, path in MODULES.items() if ".migrations" not in name}


@cache
def imports(module):
    """Modules that the source of `module` imports anywhere, functions included; ours by their full name."""
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
    """Everything `module` imports, directly or not: {imported: its importer}."""
    found, waiting, seen = {}, [module], set()
    while waiting:
        current = waiting.pop()
        seen.add(current)
        for name in imports(current):
            found.setdefault(name, current)
            if name in MODULES and name not in seen:
                waiting.append(name)
    return found


def app_of(name):
    return name.split(".")[0]


def test_every_app_has_a_rank():
    assert set(settings.PROJECT_APPS) == set(RANK)


@pytest.mark.parametrize("app", RANK)
def test_apps_import_from_lower_ranks_only(app):
    wrong = {
        (module, name)
        for module in PLACED
        if app_of(module) == app
        for name in imports(module)
        if app_of(name) != app and RANK.get(app_of(name), -1) >= RANK[app]
    }
    assert wrong == set()


@pytest.mark.parametrize("package", ["fixtures", "bench", "scripts"])
def test_nobody_imports_the_settings_and_urls_of_the_portal(package):
    """`inserjeunes_portal` wires the others together; only what starts Django names it."""
    starters = {"bench.api_settings", "bench.api_urls"}
    wrong = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / package).rglob("*.py")
        if "import inserjeunes_portal" in (text := path.read_text(encoding="utf-8"))
        or "from inserjeunes_portal" in text
    }
    assert {name.removesuffix(".py").replace("/", ".") for name in wrong} <= starters


PURE_MODULES = [
    name for name in MODULES if any(fnmatch(name, pattern) for pattern in PURE) and name not in NOT_PURE
]


def test_pure_patterns_all_match_a_module():
    assert [pattern for pattern in PURE if not any(fnmatch(name, pattern) for name in MODULES)] == []
    assert set(MODULES) >= NOT_PURE


def test_coverage_is_asked_of_every_pure_module():
    settings_of_coverage = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"][
        "coverage"
    ]
    patterns, left_out = settings_of_coverage["run"]["include"], settings_of_coverage["run"]["omit"]
    paths = {name: path.relative_to(ROOT).as_posix() for name, path in MODULES.items()}
    covered = [
        name
        for name, path in paths.items()
        if any(fnmatch(path, p) for p in patterns) and not any(fnmatch(path, p) for p in left_out)
    ]
    assert covered == PURE_MODULES
    assert settings_of_coverage["report"]["fail_under"] == 100


@pytest.mark.parametrize("module", PURE_MODULES)
def test_pure_modules_import_no_framework(module):
    found = reached(module)
    assert {name: by for name, by in found.items() if app_of(name) in {"django", "rest_framework"}} == {}


def test_only_urls_import_views():
    wrong = {
        (module, name)
        for module in MODULES
        for name in imports(module)
        if name in MODULES and name.endswith(".views") and not module.endswith(".urls")
    }
    assert wrong == set()


def test_diagram_of_the_imports_is_current():
    page = import_diagram.PAGE.read_text(encoding="utf-8")
    assert import_diagram.updated(page) == page, "make diagram"
    assert set(import_diagram.APPS) == set(RANK)


def test_imports_are_absolute():
    relative = {
        module
        for module, path in MODULES.items()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and node.level
    }
    assert relative == set()
