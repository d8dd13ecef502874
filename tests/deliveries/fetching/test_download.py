"""A large file: continued where it was cut, under the same version only, and never taken for what it is not."""

import pytest

from deliveries.fetching.download import download
from deliveries.fetching.faults import FetchFailed
from tests.deliveries.fetching.service import Answer

WHOLE = b"".join(b"%06d;x\n" % line for line in range(200))
OTHER = WHOLE.replace(b"x", b"y")
CUT = 700
VERSION = {"ETag": '"un"'}


def cut(headers=VERSION):
    return Answer(WHOLE[:CUT], length=len(WHOLE), headers=headers)


def rest(start=CUT):
    content_range = {"Content-Range": f"bytes {start}-{len(WHOLE) - 1}/{len(WHOLE)}"}
    return Answer(WHOLE[start:], status=206, headers=VERSION | content_range)


@pytest.fixture
def fetch(service, tmp_path):
    def fetch(**manners):
        client = service.client(**manners)
        download(client, client.address("/export"), tmp_path / "a.csv")
        return (tmp_path / "a.csv").read_bytes()

    return fetch


def ranges(service):
    return [asked.headers.get("Range") for asked in service.asked]


def test_download_that_is_cut_goes_on_where_it_was(service, fetch):
    service.answers = [cut(), rest()]

    assert fetch() == WHOLE
    assert ranges(service) == [None, f"bytes={CUT}-"]
    assert service.asked[1].headers["If-Range"] == '"un"'


@pytest.mark.parametrize(
    ("first", "then", "whole"),
    [
        # The server gives no ranges, or has another version now.
        (cut(), [Answer(WHOLE)], WHOLE),
        (cut(), [Answer(OTHER, headers={"ETag": '"deux"'})], OTHER),
        # A weak ETag, or none, tells nothing of the bytes.
        (cut({"ETag": 'W/"un"'}), [Answer(OTHER)], OTHER),
        (cut({}), [Answer(OTHER)], OTHER),
        # Other bytes than those asked for.
        (cut(), [rest(CUT - 1), Answer(OTHER)], OTHER),
        (cut(), [Answer(status=416), Answer(OTHER)], OTHER),
    ],
)
def test_download_starts_again_where_it_cannot_go_on(service, fetch, first, then, whole):
    service.answers = [first, *then]
    assert fetch() == whole


def test_download_goes_on_after_the_process_was_killed(service, fetch, tmp_path):
    service.answers = [cut()]
    with pytest.raises(FetchFailed, match="coupe sa réponse"):
        fetch(attempts=1)
    assert not (tmp_path / "a.csv").exists()

    service.answers = [rest()]
    assert fetch(attempts=1) == WHOLE
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]
    # Done, it is not asked for again.
    assert fetch() == WHOLE
    assert len(service.asked) == 2


def test_download_that_moves_is_never_given_up(service, fetch):
    pieces = [rest(start) for start in range(CUT, len(WHOLE), 100)]
    for piece in pieces[:-1]:
        piece.length, piece.body = len(piece.body), piece.body[:100]
    service.answers = [cut(), *pieces]
    assert fetch(attempts=2) == WHOLE


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (Answer(b"\n<!DOCTYPE html><p>Maintenance</p>"), "page web"),
        (Answer(b"<p>Maintenance</p>", kind="text/html"), "page web"),
        (Answer(b""), "vide"),
        (Answer(b"", length=2 * 1024**2), "dépasse 1\u00a0Mo"),
        (
            Answer(b"a" * 1_100_000, kind="text/csv", headers={"Content-Length": "", "Connection": "close"}),
            "dépasse 1",
        ),
    ],
)
def test_answer_that_is_not_the_file_is_told_and_not_kept(service, fetch, tmp_path, answer, sentence):
    service.answers = [answer]
    with pytest.raises(FetchFailed, match=sentence):
        fetch(most_bytes=1024**2)
    assert not (tmp_path / "a.csv").exists()
