"""The bytes of submitted files: kept compressed, read again, erased when nobody publishes them."""

import gzip
from datetime import datetime

from deliveries.candidates import File
from deliveries.models import Submission, SubmittedFile
from stats.models import DeliveredFile

_OVER = (Submission.State.PUBLISHED, Submission.State.CANCELLED)


class Erased(Exception):
    """The content of a file is not kept any more."""


def files_of(submission: Submission) -> list[File]:
    """The files of a submission as publication takes them, in their order; raises Erased."""
    files = []
    for file in submission.files.select_related("file"):
        if file.file is None:
            raise Erased(file.name)
        content = gzip.decompress(bytes(file.file.content))
        files.append(File(file.name, content, file.source, file.cohort, file.columns))
    return files


def erase_unused(before: datetime | None = None) -> None:
    """Erase the files that no delivery published and that no submission may still publish.

    before: only those received before that moment, None for all.
    """
    unused = DeliveredFile.objects.filter(deliveries=None).exclude(submitted__in=_files_in_preparation())
    if before:
        unused = unused.filter(tried_at__lt=before)
    unused.defer("content").delete()


def _files_in_preparation():
    return SubmittedFile.objects.exclude(submission__state__in=_OVER)
