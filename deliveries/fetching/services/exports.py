"""Whole files at one address: exports of the open-data platforms, extractions of the directory of schools (ACCE)."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import urllib3

from deliveries import progress
from deliveries.fetching.download import download
from deliveries.fetching.work import Fetch, Fetched, Work

# Rows of the open data of InserSup multiply by these axes; only those of everybody are published, a twentieth of the file.
INSERSUP_ROWS = " and ".join(
    f'{axis}="ensemble"' for axis in ("genre", "nationalite", "regime_inscription", "obtention_diplome")
)


def open_data(dataset: str, where: str = "", labels: str = "true") -> Fetch:
    """The CSV export of a dataset, by the "explore" interface 2.1 of Opendatasoft; where: the rows to keep, "" for all."""

    def fetch(work: Work) -> Iterator[Fetched]:
        query = {"use_labels": labels, "delimiter": ";"} | ({"where": where} if where else {})
        path = f"/api/explore/v2.1/catalog/datasets/{dataset}/exports/csv"
        yield _file(work, work.client.address(path, query), f"{dataset}.csv")

    return fetch


def acce(work: Work) -> Iterator[Fetched]:
    """An extraction of ACCE, at the address where its administrator leaves it; CSV, or ZIP of its tables."""
    headers = {}
    if user := work.settings["ACCE_USERNAME"]:
        headers = urllib3.make_headers(basic_auth=f"{user}:{work.settings['ACCE_PASSWORD']}")
    address = work.client.address("")
    ends = urlsplit(address).path.rpartition("/")[2]
    yield _file(work, address, ends if ends.lower().endswith((".csv", ".zip")) else "ACCE.csv", headers)


def _file(work: Work, address: str, name: str, headers: dict[str, str] | None = None) -> Fetched:
    path = work.folder / name
    done = [0]

    def told(size: int, total: int) -> None:
        kilobytes = size // 1024
        progress.stage(f"Téléchargement de {name}", total // 1024, "ko")
        if kilobytes > done[0]:
            progress.advance(kilobytes - done[0])
            done[0] = kilobytes

    download(work.client, address, path, headers, told)
    return Fetched(name, path, address)
