"""Files as they arrive: read as a stream, measured, compressed, and kept once however often they are sent."""

import gzip
import hashlib
import io
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.core.files import File
from django.core.files.uploadhandler import FileUploadHandler
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from deliveries import archives
from deliveries.findings import Refusal, printable
from deliveries.models import Submission, SubmittedFile
from deliveries.operations.transitions import change_files
from stats.models import DeliveredFile

_OVER = (Submission.State.PUBLISHED, Submission.State.CANCELLED)


class CeilingHandler(FileUploadHandler):
    """Lets the first bytes of an upload through, up to the ceiling, and drops the rest as it comes.

    The rest is read all the same: a browser shows no answer before it has sent everything.
    """

    def __init__(self, request):
        super().__init__(request)
        self.received = 0

    @property
    def is_over(self):
        return self.received > settings.UPLOAD_MAX_BYTES

    def receive_data_chunk(self, raw_data, start):
        self.received += len(raw_data)
        return None if self.is_over else raw_data

    def file_complete(self, file_size):
        return None


@dataclass(frozen=True)
class Arrived:
    """A file that arrived. size: of its content, in bytes; content: gzipped."""

    name: str
    size: int
    sha256: str
    content: bytes


@dataclass(frozen=True)
class Said:
    """What is known of files that arrive together. source, cohort: as `deliveries.candidates.File`. note: of a new submission.
    address: where a service gave them, "" for those that somebody sent."""

    source: str = ""
    cohort: str = ""
    note: str = ""
    address: str = ""


@dataclass
class Received:
    """What became of the files that were sent together.

    submission: where they are now, None where nothing is new. known: {name: number of the submission that has the same
    file already}. published: names of those that are published as they are, where that was asked.
    """

    submission: Submission | None = None
    known: dict[str, int] = field(default_factory=dict)
    published: list[str] = field(default_factory=list)


def receive(
    uploads: Iterable[File],
    user: AbstractBaseUser | None,
    submission: Submission | None = None,
    said: Said | None = None,
) -> Received:
    """Keep files in a submission, a new one by default; those that another submission holds, not published yet, stay there.

    Raises NotPossible where the submission takes no more files.
    """
    received = Received(submission)
    for file in arriving(uploads):
        put(received, file, user, said or Said())
    return received


def arriving(uploads: Iterable[File]) -> Iterator[Arrived]:
    """The uploads, the files of an archive in its place; one that cannot be unpacked is kept for its check to say why.

    Nothing is ever whole in memory but compressed.
    """
    for upload in uploads:
        if archives.is_archive(upload):
            try:
                for name, size, file in archives.open_members(upload):
                    chunks = iter(lambda file=file: file.read(File.DEFAULT_CHUNK_SIZE), b"")
                    yield _arrived(f"{upload.name}/{name}", size, chunks)
                continue
            except Refusal:
                pass
        yield _arrived(upload.name, upload.size, upload.chunks())


def _arrived(name, size, chunks):
    digest, content = hashlib.sha256(), io.BytesIO()
    with gzip.GzipFile(fileobj=content, mode="wb", compresslevel=6, mtime=0) as compressed:
        for chunk in chunks:
            digest.update(chunk)
            compressed.write(chunk)
    return Arrived(name, size, digest.hexdigest(), content.getvalue())


def put(
    received: Received,
    file: Arrived,
    user: AbstractBaseUser | None,
    said: Said,
    published: Callable[[], Collection[str]] = frozenset,
) -> None:
    """Keep a file in `received.submission`, a new one where it is None, or note there why not.

    published: gives the SHA-256 of the files that are not to be received, as they are published already.
    """
    with transaction.atomic():
        # Of two people who send the same file, the second waits here for the end of the first, and sees its submission.
        _keep_content(file)
        held = SubmittedFile.objects.filter(sha256=file.sha256).exclude(submission__state__in=_OVER).first()
        if held:
            received.known[file.name] = held.submission_id
            return
        if file.sha256 in published():
            received.published.append(file.name)
            return
        if received.submission is None:
            received.submission = Submission.objects.create(author=user, note=said.note)
        change_files(received.submission)
        last = received.submission.files.aggregate(last=Max("position"))["last"] or 0
        received.submission.files.create(
            position=last + 1,
            name=printable(file.name)[:255],
            sha256=file.sha256,
            size=file.size,
            file_id=file.sha256,
            source=said.source,
            cohort=said.cohort,
            address=said.address,
        )


def _keep_content(file):
    # Received again: kept for another week.
    DeliveredFile.objects.defer("content").update_or_create(
        sha256=file.sha256,
        defaults={"tried_at": timezone.now()},
        create_defaults={"size": file.size, "content": file.content},
    )
