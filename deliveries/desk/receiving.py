"""Files as they arrive: read as a stream, measured, compressed, and kept once however often they are sent."""

import gzip
import hashlib
import io
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from deliveries import archives
from deliveries.candidates import File
from deliveries.findings import printable
from deliveries.models import Submission, SubmittedFile
from deliveries.operations.transitions import change_files
from deliveries.unpacking import unpacked
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


@dataclass
class Received:
    """What became of the files that were sent together.

    submission: where they are now, None where nothing is new. known: {name: number of the submission that has the same
    file already}.
    """

    submission: Submission | None = None
    known: dict[str, int] = field(default_factory=dict)


def receive(
    uploads: Iterable[UploadedFile],
    user: AbstractBaseUser,
    submission: Submission | None = None,
    source: str = "",
    cohort: str = "",
    note: str = "",
) -> Received:
    """Keep files in a submission, a new one by default; those that another submission holds, not published yet, stay there.

    source, cohort: what somebody said of all of them, as `deliveries.candidates.File`. Raises NotPossible where the
    submission takes no more files.
    """
    received = Received(submission)
    for upload in _unpacked(uploads):
        sha256, content = _compressed(upload)
        with transaction.atomic():
            held = SubmittedFile.objects.filter(sha256=sha256).exclude(submission__state__in=_OVER).first()
            if held:
                received.known[upload.name] = held.submission_id
                continue
            if received.submission is None:
                received.submission = Submission.objects.create(author=user, note=note)
            change_files(received.submission)
            _add(received.submission, upload, sha256, content, source, cohort)
    return received


def _unpacked(uploads):
    """The uploads, the files of an archive in its place; one that cannot be unpacked is kept for its check to say why."""
    for upload in uploads:
        start = upload.read(len(archives.ZIP[0]))
        upload.seek(0)
        if start in archives.ZIP:
            whole = File(upload.name, upload.read())
            upload.seek(0)
            if archives.is_archive(whole.content):
                for file in unpacked([whole]):
                    yield ContentFile(file.content, name=file.name)
                continue
        yield upload


def _compressed(upload):
    """(SHA-256, gzipped content) of an upload, never whole in memory."""
    digest, content = hashlib.sha256(), io.BytesIO()
    with gzip.GzipFile(fileobj=content, mode="wb", compresslevel=6, mtime=0) as compressed:
        for chunk in upload.chunks():
            digest.update(chunk)
            compressed.write(chunk)
    return digest.hexdigest(), content.getvalue()


def _add(submission, upload, sha256, content, source, cohort):
    # Received again: kept for another week.
    DeliveredFile.objects.update_or_create(
        sha256=sha256,
        defaults={"tried_at": timezone.now()},
        create_defaults={"size": upload.size, "content": content},
    )
    last = submission.files.aggregate(last=Max("position"))["last"] or 0
    submission.files.create(
        position=last + 1,
        name=printable(upload.name)[:255],
        sha256=sha256,
        size=upload.size,
        file_id=sha256,
        source=source,
        cohort=cohort,
    )
