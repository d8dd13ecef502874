"""Files sent in pieces by the script of the desk's forms: addresses that it asks, and what a form makes of them.

POST says a name and a size, and gets an address; PATCH there sends the next piece (`Upload-Offset`, and `Upload-Sha256`); HEAD
says how much is received. The form then names its uploads instead of holding files.
"""

import re
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.core.files import File
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, UnreadablePostError
from django.urls import reverse
from django.utils.translation import gettext as _

from deliveries import full_disk
from deliveries.desk.guards import may_prepare
from deliveries.findings import printable
from deliveries.uploads import store

# Of a piece: more would be lost by a cut, less would make more requests.
PIECE_BYTES = 4 * 1024**2
FIELD = "uploads"
_SHA256 = re.compile(r"[0-9a-fA-F]{64}")


@dataclass(frozen=True)
class UploadsView:
    """What the script needs to know, and the uploads that wait to be gone on with. waiting: [(name, percentage)]."""

    address: str
    piece: int
    most: int
    too_large: str
    waiting: list[tuple[str, int]]


def uploads_view(request: HttpRequest) -> UploadsView:
    waiting = [(upload.name, _share(upload)) for upload in store.of(request.user.pk)]
    address = reverse("admin:deliveries_upload_begin")
    most = store.settings.UPLOAD_MAX_BYTES
    return UploadsView(address, PIECE_BYTES, most, store.too_large_sentence(), waiting)


def _share(upload):
    return 100 * upload.offset // upload.size if upload.size else 100


def _told(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For whoever prepares deliveries; what is refused is told to the script by a sentence."""

    def guarded(request: HttpRequest, **kwargs: str) -> HttpResponse:
        if not may_prepare(request):
            raise PermissionDenied
        try:
            return view(request, **kwargs)
        except store.Refused as error:
            return JsonResponse({"sentence": str(error)}, status=error.status)
        except UnreadablePostError:
            # The connection is cut: nobody hears the answer.
            return HttpResponse(status=400)
        except OSError as error:
            if not full_disk.is_full_disk(error):
                raise
            return JsonResponse({"sentence": full_disk.SENTENCE}, status=507)

    return guarded


@_told
def begin(request: HttpRequest) -> HttpResponse:
    """Where to send a file, and how much of it is there already."""
    if request.method != "POST":
        return HttpResponse(status=405)
    size = request.POST.get("size", "")
    name = printable(request.POST.get("name", "").strip())
    if not (size.isdecimal() and len(size) < 16 and name):
        return JsonResponse({"sentence": _("Le nom ou la taille du fichier manque.")}, status=400)
    return _state(store.begin(request.user.pk, name, int(size), request.POST.get("mark", "")), 201)


@_told
def piece(request: HttpRequest, token: str) -> HttpResponse:
    """Receive the next piece of an upload, say how far it is, or give it up."""
    upload = store.find(request.user.pk, token)
    if upload is None:
        raise Http404
    if request.method == "PATCH":
        offset = request.headers.get("Upload-Offset", "")
        length = int(request.META.get("CONTENT_LENGTH") or 0)
        sha256 = request.headers.get("Upload-Sha256", "")
        if (
            not offset.isdecimal()
            or not 0 < length <= PIECE_BYTES
            or (sha256 and not _SHA256.fullmatch(sha256))
        ):
            raise store.WrongPiece("Ce morceau est mal annoncé.")
        upload = store.add(upload, int(offset), request, length, sha256)
    elif request.method == "DELETE":
        store.forget(upload)
        return HttpResponse(status=204)
    elif request.method not in {"GET", "HEAD"}:
        return HttpResponse(status=405)
    return _state(upload)


def _state(upload, status=200):
    address = reverse("admin:deliveries_upload", args=[upload.token])
    state = {"address": address, "token": upload.token, "offset": upload.offset}
    return JsonResponse(state, status=status, headers={"Upload-Offset": str(upload.offset)})


class Sent:
    """The uploads that a form names. files: open inside `with`. is_whole: whether all of them are there, to their end."""

    def __init__(self, request: HttpRequest) -> None:
        self._stack = ExitStack()
        self._uploads: list[store.Upload] = []
        self.files: list[File] = []
        tokens = dict.fromkeys(request.POST.getlist(FIELD))
        for token in tokens:
            upload = store.find(request.user.pk, token)
            if upload and upload.is_whole:
                self._open(upload)
        self.is_whole = len(self.files) == len(tokens)
        self.size = sum(upload.size for upload in self._uploads)

    def _open(self, upload: store.Upload) -> None:
        try:
            content = self._stack.enter_context(store.opened(upload))
        except FileNotFoundError:
            # Received meanwhile, from another window.
            return
        self._uploads.append(upload)
        self.files.append(File(content, name=upload.name))

    def forget(self) -> None:
        """Call it once they are received."""
        for upload in self._uploads:
            store.forget(upload)

    def __enter__(self) -> "Sent":
        return self

    def __exit__(self, *raised: object) -> None:
        self._stack.close()
