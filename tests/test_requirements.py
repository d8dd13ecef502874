"""The locked requirements hold what is asked, with hashes and without the name of a package host."""

import re

import pytest
from django.conf import settings

ASKED = re.compile(r"^([A-Za-z0-9._-]+)(\[[^]]+\])?([^#;]*)#? ?(.*)$")
LOCKED = re.compile(r"^([a-z0-9._-]+)(?:\[[^]]+\])?==(\S+)", re.MULTILINE)


def asked(name):
    """(package, version asked, reason) for each line of a .in file that names a package."""
    for line in (settings.BASE_DIR / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith(("#", "-")):
            package, _, version, reason = ASKED.match(line).groups()
            yield package.lower().replace("_", "-"), version.strip(), reason


@pytest.mark.parametrize("name", ["requirements", "requirements-dev"])
def test_lock_holds_every_requirement(name):
    locked = dict(LOCKED.findall((settings.BASE_DIR / f"{name}.txt").read_text(encoding="utf-8")))
    for package, version, reason in asked(f"{name}.in"):
        assert package in locked, f"{package} n’est pas verrouillé : make lock"
        assert reason, f"{package} n’a pas de raison"
        if version.startswith("~="):
            prefix = version[2:].rsplit(".", 1)[0]
            assert locked[package].startswith(f"{prefix}."), f"{package} {locked[package]} : make lock"


@pytest.mark.parametrize("name", ["requirements", "requirements-dev"])
def test_lock_has_hashes_and_names_no_host(name):
    text = (settings.BASE_DIR / f"{name}.txt").read_text(encoding="utf-8")
    packages = re.split(r"\n(?=[a-z0-9])", text.strip())
    assert all("--hash=sha256:" in package for package in packages)
    assert "://" not in text
    options = {line.split()[0] for line in text.splitlines() if line.startswith("-")}
    assert options == set(), "seuls des paquets sont verrouillés, sans option d’installation"


def test_locks_agree():
    runtime, everything = (
        dict(LOCKED.findall((settings.BASE_DIR / name).read_text(encoding="utf-8")))
        for name in ("requirements.txt", "requirements-dev.txt")
    )
    assert runtime.items() <= everything.items()
