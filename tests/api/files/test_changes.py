"""What moves between two versions is right, told in words, and never a number that is withheld now."""

import json
from io import StringIO
from xml.etree import ElementTree

import pytest
from django.core.management import call_command

from api.files import changes, feed, files, versions
from tests import leak_files
from tests.api.files.conftest import undone

ATOM = {"atom": "http://www.w3.org/2005/Atom"}
YEAR = leak_files.COOK_YEAR


@pytest.fixture(scope="module")
def published(django_db_setup, django_db_blocker, tmp_path_factory):
    """(directory of the files, first version, second version)."""
    directory = tmp_path_factory.mktemp("livraisons")
    with undone(django_db_blocker, directory / "o"):
        leak_files.create_nomenclature()
        names = [publish(directory / state, revise) for state, revise in (("a", str), ("b", revised))]
        with django_db_blocker.block():
            yield directory / "o", *names


@pytest.fixture
def two_deliveries(published, settings, db):
    """(first version, second version): regional figures, then a revised file of the same."""
    settings.OPEN_FILES_DIR, *versions_made = published
    return versions_made


def publish(directory, revise):
    directory.mkdir()
    text = leak_files.region_file("large").decode()
    (directory / "ij_region_formation.csv").write_text(revise(text), encoding="utf-8")
    call_command("ingest", str(directory), stdout=StringIO())
    return files.make()


def revised(text):
    """Of the five groups of 2022_2023: one with other numbers, one too small now, one gone, and a new one."""
    lines = text.splitlines()
    header, rows = lines[0], {tuple(line.split(";")[1:7]): line for line in lines[1:]}
    ile = ("2022_2023", "10", "11")
    cook, apprentice, waiter = (
        (*ile, "scolaire", "", YEAR),
        (*ile, "apprentissage", leak_files.COOK, ""),
        (*ile, "scolaire", "", leak_files.WAITER_YEAR),
    )
    rows[cook] = rows[cook].replace(
        ";100;53;59;65;41;29;71;75;83;92;98;29", ";100;55;59;65;41;29;71;77;83;92;98;29"
    )
    rows[apprentice] = "1;" + ";".join(apprentice) + ";19;14;15;16;13;3;16;88;91;97;81;16"
    del rows[waiter]
    other = ("2021_2022", "10", "11", "apprentissage", leak_files.COOK, "")
    rows[other] = "9;" + ";".join(other) + ";200;80;90;100;60;100;100;80;90;100;60;50"
    return "\n".join([header, *rows.values()]) + "\n"


def moved(version):
    """{(cohort, route, course, year, kind of change): numbers} of the detail of a version, for its own codes."""
    lines = versions.path(version, "changements.jsonl").read_text(encoding="utf-8").splitlines()
    found = {}
    for line in map(json.loads, lines):
        for kind in changes.KINDS:
            if kind in line:
                group = line["millesime"], line["voie"], line["code_formation"], line["mefstat11"]
                found[(*group, kind)] = line[kind]
    return found


def test_first_version_has_no_changes(two_deliveries):
    first, _second = two_deliveries
    assert versions.manifest(first)["changements"] is None
    assert not versions.path(first, "changements.jsonl").exists()


def test_changes_between_two_deliveries_are_those_of_their_files(two_deliveries):
    found = moved(two_deliveries[1])
    assert found["2022_2023", "pro", leak_files.COOK, YEAR, "modifies"] == {
        "nb_en_emploi_12_mois": 55,
        "taux_emploi_12_mois": 77,
        "taux_en_emploi_12_mois": 55,
        "taux_autres_12_mois": 16,
    }
    withheld = found["2022_2023", "apprentissage", leak_files.COOK, None, "masques"]
    assert withheld["taux_emploi_6_mois"] == "trop_peu_d_eleves"
    assert set(withheld.values()) == {"trop_peu_d_eleves"}
    gone = found["2022_2023", "pro", leak_files.WAITER, leak_files.WAITER_YEAR, "retires"]
    assert gone["taux_en_emploi_6_mois"] is None
    new = found["2021_2022", "apprentissage", leak_files.COOK, None, "nouveaux"]
    assert (new["nb_annee_term"], new["taux_en_emploi_6_mois"]) == (200, 30)
    assert ("2021_2022", "pro", leak_files.COOK, YEAR, "modifies") not in found


def test_changes_are_shown_under_every_code_that_shows_them(two_deliveries):
    found = moved(two_deliveries[1])
    assert ("2022_2023", "apprentissage", leak_files.NEW_COOK, None, "masques") in found


def test_no_change_tells_a_number_that_is_withheld_or_gone(two_deliveries):
    for line in (
        versions.path(two_deliveries[1], "changements.jsonl").read_text(encoding="utf-8").splitlines()
    ):
        line = json.loads(line)
        for kind in (changes.WITHHELD, changes.GONE):
            assert all(told is None or isinstance(told, str) for told in line.get(kind, {}).values())


def test_summary_counts_what_the_detail_tells(two_deliveries):
    summary = versions.manifest(two_deliveries[1])["changements"]
    lines = versions.path(two_deliveries[1], "changements.jsonl").read_text(encoding="utf-8").splitlines()
    for kind in changes.KINDS:
        told = sum(len(json.loads(line).get(kind, {})) for line in lines)
        assert summary[kind] == told == sum(part[kind] for part in summary["detail"])
    assert summary["perdus"] == summary["masques"] + summary["retires"] > 0
    assert (summary["depuis"], summary["vers"]) == tuple(two_deliveries)
    assert {(part["millesime"], part["fichier_source"]) for part in summary["detail"]} == {
        ("2021_2022", "ij_region_formation"),
        ("2022_2023", "ij_region_formation"),
    }
    assert {part["origine"] for part in summary["detail"]} >= {"self", "ancienne"}


def test_sentences_are_plain_french():
    part = {"fichier_source": "x", "origine": "self"}
    detail = [
        {"millesime": "2022_2023", **part, "nouveaux": 1204, "modifies": 31, "masques": 0, "retires": 2},
        {"millesime": "2021_2022", **part, "nouveaux": 0, "modifies": 1, "masques": 5, "retires": 0},
    ]
    assert feed.sentences({"detail": detail}) == [
        "Cohorte 2022-2023\u00a0: 1\u202f204 chiffres nouveaux, 31 modifiés, 2 retirés.",
        "Cohorte 2021-2022\u00a0: 1 chiffre modifié, 5 désormais masqués.",
    ]
    assert feed.sentences({"detail": []}) == [
        "Aucun chiffre ne change : seules les listes ont été mises à jour."
    ]
    assert feed.sentences(None) == ["Première version des fichiers."]


def test_atom_feed_has_an_entry_for_each_version(client, two_deliveries):
    response = client.get("/donnees/changements.atom")
    root = ElementTree.fromstring(response.content)
    entries = root.findall("atom:entry", ATOM)

    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert len(entries) == 2
    assert "Cohorte 2022-2023\u00a0: " in entries[0].find("atom:summary", ATOM).text
    assert len({entry.find("atom:id", ATOM).text for entry in entries}) == 2
    link = entries[0].find("atom:link", ATOM).get("href")
    page, anchor = link.removeprefix("http://testserver").split("#")
    assert f'id="{anchor}"' in client.get(page).text


def test_json_feed_links_to_the_files(client, two_deliveries):
    response = client.get("/donnees/changements.json")
    content = response.json()

    assert response["Content-Type"] == "application/feed+json; charset=utf-8"
    assert content["version"] == "https://jsonfeed.org/version/1.1"
    assert len(content["items"]) == 2
    addresses = [one["url"].removeprefix("http://testserver") for one in content["items"][0]["attachments"]]
    assert [client.head(address).status_code for address in addresses] == [200, 200]
    assert content["items"][1]["attachments"] == []


def test_feeds_are_not_sent_again_while_nothing_moves(client, two_deliveries):
    for address in ("/donnees/changements.atom", "/donnees/changements.json"):
        etag = client.get(address)["ETag"]
        assert client.get(address, headers={"If-None-Match": etag}).status_code == 304


def test_files_of_a_version_with_a_number_withheld_now_are_gone(client, two_deliveries):
    assert client.head(f"/donnees/{two_deliveries[0]}/chiffres.csv").status_code == 410
    assert client.head(f"/donnees/{two_deliveries[1]}/chiffres.csv").status_code == 200
