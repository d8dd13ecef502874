"""The examples of the documentation, read from its page and run as they are, as far as this machine can."""

import html
import re
import shutil
import subprocess
import sys
from urllib.request import urlopen

import pytest

from api.examples import EXAMPLES, KEY
from tests.conftest import skip_loudly

pytestmark = pytest.mark.any_database
_BLOCK = re.compile(r'data-example="(\w+)" data-language="(\w+)">(.*?)</code>', re.DOTALL)
# What an example says when it worked; those of curl are judged by what they write.
SAYS = {
    "chiffres": r"2022_2023 pro .*(%|élèves|sortants|récemment)",
    "fichier": r"taux_emploi_6_mois_raison|\d+ lignes 6\d colonnes",
    "version": r"^Rien n’a changé\.$",
    "cle": r"^\d+ établissements$",
    "exposition": r"^20\d\d_20\d\d \S.* \w{8}",
}
WRITES = {
    "chiffres": r'"taux_emploi_6_mois"',
    "fichier": "taux_emploi_6_mois_raison",
    "version": "code_formation",
    "cle": '"uai"',
    "exposition": '"regionales":',
}


@pytest.fixture
def codes(live_server):
    """{(example, language): its code} of the page."""
    with urlopen(f"{live_server.url}/api/doc/") as answer:
        page = answer.read().decode()
    return {(slug, language): html.unescape(code) for slug, language, code in _BLOCK.findall(page)}


def run(command, directory):
    done = subprocess.run(command, cwd=directory, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_page_shows_every_example_in_four_languages(codes, live_server):
    assert set(codes) == {(example.slug, language) for example in EXAMPLES for language in example.codes}
    assert all(live_server.url in code for code in codes.values())


@pytest.mark.parametrize("slug", SAYS)
def test_example_in_python_runs(codes, api_key, tmp_path, slug):
    said = run([sys.executable, "-c", codes[slug, "python"].replace(KEY, api_key)], tmp_path)
    assert re.search(SAYS[slug], said, re.MULTILINE), said


@pytest.mark.parametrize("slug", SAYS)
def test_example_in_javascript_runs(codes, api_key, tmp_path, slug):
    node = shutil.which("node")
    if not node:
        skip_loudly("Node est introuvable (commande « node »)", is_required=False)
    program = tmp_path / "exemple.mjs"
    program.write_text(codes[slug, "javascript"].replace(KEY, api_key), encoding="utf-8")
    said = run([node, str(program)], tmp_path)
    assert re.search(SAYS[slug], said, re.MULTILINE), said


@pytest.mark.parametrize("slug", WRITES)
def test_example_with_curl_runs(codes, api_key, tmp_path, slug):
    if not shutil.which("curl"):
        skip_loudly("curl est introuvable", is_required=False)
    said = run(["bash", "-ec", codes[slug, "curl"].replace(KEY, api_key)], tmp_path)
    written = [path.read_text(encoding="utf-8-sig") for path in tmp_path.iterdir() if path.suffix]
    assert re.search(WRITES[slug], "\n".join([said, *written]))
