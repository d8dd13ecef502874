"""The files over HTTP: immutable or latest, resumable, compressed, and never those of other data than the published."""

import gzip
import json

import pytest
from django.urls import reverse

from api.files import files, versions
from tests import factories


def latest(name="chiffres.csv"):
    return reverse("open_file", args=["derniere", name])


def dated(version, name="chiffres.csv"):
    return reverse("open_file", args=[version, name])


def content(version, name="chiffres.csv"):
    return versions.path(version, name).read_bytes()


@pytest.mark.parametrize(
    ("name", "type_"),
    [
        ("chiffres.csv", "text/csv; charset=utf-8"),
        ("chiffres-tableur.csv", "text/csv; charset=utf-8"),
        ("formations.jsonl", "application/x-ndjson; charset=utf-8"),
        ("chiffres.parquet", "application/vnd.apache.parquet"),
        ("etablissements.csv.gz", "application/gzip"),
        ("manifest.json", "application/json; charset=utf-8"),
        ("dictionnaire.json", "application/json; charset=utf-8"),
    ],
)
def test_every_file_is_served_as_it_is(client, made, name, type_):
    response = client.get(latest(name))
    body = response.getvalue()

    assert response.status_code == 200
    assert body == content(made, name)
    assert response["Content-Type"] == type_
    assert response["Content-Length"] == str(len(body))
    assert response["Accept-Ranges"] == "bytes"
    assert response["Access-Control-Allow-Origin"] == "*"


def test_saved_file_is_named_by_its_version(client, made):
    response = client.head(latest("chiffres.csv.gz"))
    assert response["Content-Disposition"] == f'attachment; filename="chiffres-{made}.csv.gz"'
    assert "Content-Disposition" not in client.head(latest("manifest.json"))


def test_dated_address_never_changes_and_the_latest_is_asked_for_again(client, made):
    assert client.head(dated(made))["Cache-Control"] == "public, max-age=31536000, immutable"
    assert client.head(latest())["Cache-Control"] == "public, max-age=0, must-revalidate"


def test_file_not_modified_is_not_sent_again(client, made):
    etag = client.head(latest())["ETag"]
    same = client.get(latest(), headers={"If-None-Match": etag})
    assert (same.status_code, same.content, same["ETag"]) == (304, b"", etag)

    factories.delivery()
    files.make()
    assert client.head(latest(), headers={"If-None-Match": etag}).status_code == 200


def test_dated_file_stays_the_same_once_other_data_are_published(client, made):
    former = client.get(dated(made)).getvalue()
    factories.diploma("40022106", "Bac pro Service")
    factories.delivery()
    files.make()

    assert client.get(dated(made)).getvalue() == former
    assert (
        client.get(dated(made, "formations.csv")).getvalue()
        != client.get(latest("formations.csv")).getvalue()
    )


@pytest.mark.parametrize(
    ("asked", "part", "range_"),
    [
        ("bytes=0-9", slice(0, 10), "bytes 0-9/{size}"),
        ("bytes=100-", slice(100, None), "bytes 100-{last}/{size}"),
        ("bytes=0-0", slice(0, 1), "bytes 0-0/{size}"),
        ("bytes=-1", slice(-1, None), "bytes {last}-{last}/{size}"),
        ("bytes=-20", slice(-20, None), "bytes {tail}-{last}/{size}"),
        ("bytes=10-999999999", slice(10, None), "bytes 10-{last}/{size}"),
        ("bytes=-999999999", slice(None), "bytes 0-{last}/{size}"),
    ],
)
def test_part_of_a_file(client, made, asked, part, range_):
    whole = content(made)
    response = client.get(latest(), headers={"Range": asked})

    assert response.status_code == 206
    assert response.getvalue() == whole[part]
    assert response["Content-Length"] == str(len(whole[part]))
    size = len(whole)
    assert response["Content-Range"] == range_.format(size=size, last=size - 1, tail=size - 20)


@pytest.mark.parametrize("asked", ["bytes=0-4,10-14", "bytes=9-4", "bytes=-", "lines=0-4", "bytes=x-y"])
def test_range_that_is_not_understood_gives_the_whole(client, made, asked):
    response = client.get(latest(), headers={"Range": asked})
    assert (response.status_code, response.getvalue()) == (200, content(made))


@pytest.mark.parametrize("asked", ["bytes=999999999-", "bytes=-0"])
def test_range_outside_the_file(client, made, asked):
    response = client.get(latest(), headers={"Range": asked})
    assert (response.status_code, response["Content-Range"]) == (416, f"bytes */{len(content(made))}")


def test_download_goes_on_only_in_the_same_version(client, made):
    etag = client.head(latest())["ETag"]
    part = client.get(latest(), headers={"Range": "bytes=5-", "If-Range": etag})
    assert (part.status_code, part.getvalue()) == (206, content(made)[5:])

    factories.delivery()
    files.make()
    response = client.get(latest(), headers={"Range": "bytes=5-", "If-Range": etag})
    assert (response.status_code, response.getvalue()) == (200, content(versions.current()))


def test_who_takes_gzip_gets_the_compressed_bytes_under_another_etag(client, made):
    plain = client.get(latest())
    packed = client.get(latest(), headers={"Accept-Encoding": "br, gzip;q=0.8"})
    refused = client.get(latest(), headers={"Accept-Encoding": "gzip;q=0"})

    assert packed["Content-Encoding"] == "gzip"
    assert packed["Content-Length"] == str(len(content(made, "chiffres.csv.gz")))
    assert gzip.decompress(packed.getvalue()) == plain.getvalue() == refused.getvalue()
    assert packed["ETag"] != plain["ETag"]
    assert packed["Vary"] == plain["Vary"] == "Accept-Encoding"
    assert packed["Content-Type"] == "text/csv; charset=utf-8"


def test_part_of_a_file_is_never_compressed(client, made):
    response = client.get(latest(), headers={"Accept-Encoding": "gzip", "Range": "bytes=0-9"})
    assert "Content-Encoding" not in response
    assert response.getvalue() == content(made)[:10]
    parquet = client.head(latest("chiffres.parquet"), headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in parquet
    assert parquet["ETag"].startswith('"')


def test_head_says_what_get_gives(client, made):
    got, head = client.get(latest()), client.head(latest())
    assert head.content == b""
    assert got.getvalue() == content(made)
    assert dict(head.headers) == dict(got.headers)
    assert client.head(latest(), headers={"Range": "bytes=0-9"}).status_code == 200


def test_options_and_other_methods(client, made):
    assert client.options(latest())["Allow"] == "GET, HEAD, OPTIONS"
    assert client.post(latest()).status_code == 405


def test_nothing_else_than_the_files_is_served(client, made, directory):
    (directory / made / "secret.csv").write_text("1")
    assert client.get(dated(made, "secret.csv")).status_code == 404
    assert client.get(dated("2020-01-01-000000-1")).status_code == 404
    for path in ("derniere/../journal.txt", "derniere/..", f"{made}/.verrou", "autre/chiffres.csv"):
        assert client.get(f"/donnees/{path}").status_code == 404


def test_files_of_former_data_are_not_served_while_the_others_are_made(client, made):
    """They may hold a number that what was just published withholds."""
    factories.delivery()
    for address in (latest(), dated(made)):
        response = client.get(address)
        assert (response.status_code, response["Retry-After"]) == (503, "60")
        assert response["Cache-Control"] == "no-store"
        assert "en préparation" in response.text


def test_version_that_is_not_kept_says_so(client, made, settings):
    settings.OPEN_FILES_KEPT = 1
    factories.delivery()
    files.make()
    response = client.get(dated(made))
    assert response.status_code == 410
    assert "dernière version" in response.text


def test_file_needs_one_query(client, made, django_assert_num_queries):
    with django_assert_num_queries(1):
        client.head(latest())


def test_page_lists_the_files(client, made, django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        page = client.get("/donnees/").text
    for file in json.loads(content(made, "manifest.json"))["fichiers"]:
        is_listed = latest(file["nom"]) in page
        assert is_listed != file["nom"].endswith(".gz")
    assert "4 lignes" in page
    assert made in page
    assert "Licence Ouverte 2.0" in page


def test_page_says_that_files_are_being_made(client, figures):
    page = client.get("/donnees/")
    assert "en préparation" in page.text
    files.make()
    again = client.get("/donnees/", headers={"If-None-Match": page["ETag"]})
    assert again.status_code == 200
    assert "en préparation" not in again.text
    assert client.get("/donnees/", headers={"If-None-Match": again["ETag"]}).status_code == 304


def test_page_reads_as_many_rows_of_the_database_whatever_is_kept(
    client, made, django_assert_max_num_queries
):
    for _ in range(3):
        factories.delivery()
        files.make()
    with django_assert_max_num_queries(4):
        page = client.get("/donnees/").text
    assert "Versions précédentes" in page


def test_dictionary_page_explains_every_column_and_reason(client, made):
    page = client.get("/donnees/dictionnaire/").text
    for table in versions.manifest(made)["tables"]:
        assert all(f"<code>{column['nom']}</code>" in page for column in table["colonnes"])
    assert "<code>trop_peu_d_eleves</code>" in page
    assert "Sur les jeunes sortis d’études." in page
