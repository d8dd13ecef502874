"""A file of a version over HTTP: conditional requests, one range, and gzip for clients that accept it.

WhiteNoise serves files too, but answers 416 for a range of one byte (evansd/whitenoise issue 711, still in 6.12), ignores
If-Range, and takes ranges in the compressed file under the ETag of the plain one: docs/adr/0012 tells what was tried.
"""

import re

from django.http import HttpResponse, StreamingHttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers

from api.files import versions
from api.files.manifest import TYPES

# Bytes read at a time.
PIECE = 1 << 18
FOREVER = "public, max-age=31536000, immutable"
LATEST = "public, max-age=0, must-revalidate"
_RANGE = re.compile(r"bytes=(\d*)-(\d*)")
_EXPOSED = "Accept-Ranges, Content-Disposition, Content-Length, Content-Range, ETag"


class _Part:
    """Iterates over `length` bytes of an open file, and closes it with the response."""

    def __init__(self, file, length):
        self._file, self._left = file, length

    def __iter__(self):
        while piece := self._file.read(min(PIECE, self._left)):
            self._left -= len(piece)
            yield piece

    def close(self):
        self._file.close()


def answer(request, version, name, is_latest):
    """The response with the file `name` of a version, or with the requested range of it; raises FileNotFoundError.

    Ranges are taken in the plain file. The compressed file is sent whole, under an ETag of its own.
    """
    path, packed = versions.path(version, name), versions.path(version, f"{name}.gz")
    is_packed = "HTTP_RANGE" not in request.META and _accepts_gzip(request) and packed.exists()
    etag = f'"{version}/{name}{".gz" if is_packed else ""}"'
    path = packed if is_packed else path
    size = path.stat().st_size
    response = get_conditional_response(request, etag)
    if response is None:
        response = _part(request, path, size, etag)
        response["Content-Type"] = TYPES[f".{name.rpartition('.')[2]}"][0]
        if is_packed:
            response["Content-Encoding"] = "gzip"
    # Keeps the middleware from compressing the body again, which would change its length and its ranges.
    request.META.pop("HTTP_ACCEPT_ENCODING", None)
    return _with_headers(response, version, name, etag, is_latest)


def _part(request, path, size, etag):
    first, last, status = _range(request, size, etag)
    if status == 416:
        response = HttpResponse(status=status)
        response["Content-Range"] = f"bytes */{size}"
        return response
    length = last - first + 1
    if request.method == "HEAD":
        response = HttpResponse(status=status)
    else:
        file = path.open("rb")
        file.seek(first)
        response = StreamingHttpResponse(_Part(file, length), status=status)
    response["Content-Length"] = str(length)
    if status == 206:
        response["Content-Range"] = f"bytes {first}-{last}/{size}"
    return response


def _with_headers(response, version, name, etag, is_latest):
    response["ETag"] = etag
    response["Accept-Ranges"] = "bytes"
    response["Cache-Control"] = LATEST if is_latest else FOREVER
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Expose-Headers"] = _EXPOSED
    if TYPES[f".{name.rpartition('.')[2]}"][1]:
        stem, _, endings = name.partition(".")
        response["Content-Disposition"] = f'attachment; filename="{stem}-{version}.{endings}"'
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


def _range(request, size, etag):
    """(first byte, last byte, status) to send: status 200 for the whole file, 206 for a range, 416 outside the file."""
    whole = 0, size - 1, 200
    requested = _RANGE.fullmatch(request.META.get("HTTP_RANGE", "").strip())
    condition = request.META.get("HTTP_IF_RANGE")
    if (
        request.method != "GET"
        or not requested
        or not any(requested.groups())
        or condition not in {None, etag}
    ):
        return whole
    first, last = requested.groups()
    if not first:
        first, last = max(0, size - int(last)), size - 1
    else:
        first, last = int(first), min(int(last), size - 1) if last else size - 1
    if requested[1] and requested[2] and int(requested[2]) < int(requested[1]):
        return whole
    return (first, last, 206) if first < size else (0, 0, 416)


def _accepts_gzip(request):
    """Whether the client accepts gzip with a weight above 0."""
    for part in request.META.get("HTTP_ACCEPT_ENCODING", "").split(","):
        name, _, parameters = part.strip().lower().partition(";")
        if name.strip() == "gzip":
            return not re.fullmatch(r"\s*q\s*=\s*0(\.0*)?\s*", parameters)
    return False
