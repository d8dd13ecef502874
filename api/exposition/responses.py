"""Bodies of answers: JSON, and whether the caller has it already."""

import hashlib
import json

from django.http import HttpResponse
from django.utils import timezone
from django.utils.http import parse_etags

from stats.caching import code_version, data_version

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def json_text(value):
    return _encode(value)


def json_answer(value, status=200):
    return HttpResponse(_encode(value), content_type="application/json; charset=utf-8", status=status)


def etag_of(request):
    """Moves with the code, the data and the day, since a course may close."""
    parts = (code_version(), data_version(request), timezone.localdate().isoformat(), request.get_full_path())
    digest = hashlib.blake2b("\n".join(parts).encode(), digest_size=12)
    return f'W/"{digest.hexdigest()}"'


def is_known(request, etag):
    """Whether the caller has this answer already."""
    given = request.META.get("HTTP_IF_NONE_MATCH")
    return bool(given) and ("*" in (etags := parse_etags(given)) or etag in etags)
