"""What a data manager agrees to publish: which file, checked against which version, by whom and when.

An approval travels in the form of the report, signed, and goes to the journal with what it published. A file is
published under its approval only while the version is still the one that it was checked against.
"""

import gzip
import hashlib
from dataclasses import asdict, dataclass
from datetime import timedelta

from django.core.signing import Signer
from django.utils import timezone

from deliveries.candidates import File
from deliveries.writing import REQUEST_SECONDS, one_writer
from stats.models import DeliveredFile

# How long a file that was tried but not published is stored.
TRIED_FILES_KEPT = timedelta(days=1)
_SIGNER = Signer(salt="deliveries.approval")


@dataclass(frozen=True)
class Approval:
    """The report of a file, as it was read.

    sha256, name, source, cohort: the file, as `candidates.File` has it, its content stored under its digest. version:
    number of the version of the data that the report compares with. user: primary key of who asked for it. at: ISO
    moment of it. confirmed: kinds of findings that have to be confirmed, and were.
    """

    sha256: str
    name: str
    source: str
    cohort: str
    version: int
    user: int
    at: str
    confirmed: tuple[str, ...] = ()

    def as_dict(self) -> dict:
        """For the journal, where the file is named beside it."""
        return {
            "version": self.version,
            "par": self.user,
            "le": self.at,
            "confirme": list(self.confirmed),
        }

    @property
    def token(self) -> str:
        return _SIGNER.sign_object(asdict(self))

    def holds(self, version: int, user: int | None) -> bool:
        """Whether it still says what would happen: nothing was published since, and the same person asks."""
        return (self.version, self.user) == (version, user)

    def file(self) -> File:
        """The file; raises DeliveredFile.DoesNotExist when it is not stored any more."""
        content = gzip.decompress(bytes(DeliveredFile.objects.get(pk=self.sha256).content))
        return File(self.name, content, self.source, self.cohort)


def approval_of(file: File, version: int, user: int) -> Approval:
    """The approval to give to a file that was just checked against `version`; stores it until it is published."""
    sha256 = hashlib.sha256(file.content).hexdigest()
    now = timezone.now()
    with one_writer(REQUEST_SECONDS):
        DeliveredFile.objects.filter(deliveries=None, tried_at__lt=now - TRIED_FILES_KEPT).delete()
        stored, is_new = DeliveredFile.objects.get_or_create(
            sha256=sha256,
            defaults={"size": len(file.content), "content": gzip.compress(file.content, 6, mtime=0)},
        )
        if not is_new:
            # Tried again: stored for another day.
            stored.tried_at = now
            stored.save(update_fields=["tried_at"])
    return Approval(sha256, file.name, file.source, file.cohort, version, user, now.isoformat("T", "seconds"))


def read_token(token: str) -> Approval:
    """The approval that a form holds; raises BadSignature."""
    values = _SIGNER.unsign_object(token)
    return Approval(**values | {"confirmed": tuple(values["confirmed"])})
