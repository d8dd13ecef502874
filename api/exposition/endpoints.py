"""What every address does around its answer: methods, keys, errors, caching, and counting the call."""

from functools import wraps

from django.http import HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.csrf import csrf_exempt

from api.exposition import errors
from api.exposition.auth import consumer_of
from api.exposition.nomenclature import nomenclature
from api.exposition.usage import calls
from api.rate_limits import EXPOSITION, ConsumerThrottle
from stats.caching import data_version, etag_of


def endpoint(route, is_private=False):
    """Make an address of `view(request, known, **path)`, which returns an answer or raises an ApiError.

    is_private: a key or a token is needed, and no shared cache may keep the answer.
    """

    def decorate(view):
        @csrf_exempt
        @wraps(view)
        def wrapper(request, **path):
            if request.method == "OPTIONS":
                return options()
            consumer = consumer_of(request)
            limit = None if _is_picture(path, is_private) else ConsumerThrottle(consumer, EXPOSITION)
            try:
                check(limit, request)
                if request.method not in errors.READING:
                    raise errors.wrong_method()
                if is_private and consumer is None:
                    raise errors.unauthorized()
                response = _answer(view, request, path, is_private)
            except errors.ApiError as error:
                response = error.answer()
                response["Cache-Control"] = "no-store" if error.status in {401, 429} else "no-cache"
            tell(limit, response)
            count(request, consumer, route, path, response.status_code)
            return response

        return wrapper

    return decorate


def _is_picture(path, is_private):
    """Whether it is a picture of the pages of others: their readers ask for it, as often as those pages are read."""
    return path.get("ext") == "svg" and not is_private


def check(limit, request):
    """Count the request; raises the ApiError that says how long to wait. limit: `ConsumerThrottle`, None for none."""
    if limit and not limit.allow_request(request):
        raise errors.too_many(limit.wait())


def tell(limit, response):
    """Say in the headers of the response what is left."""
    for name, value in limit.headers.items() if limit else ():
        response[name] = value


def options(allowed=errors.READING):
    """What may be done at an address."""
    return HttpResponse(status=204, headers={"Allow": ", ".join(allowed)})


def _answer(view, request, path, is_private):
    # The day, since a course may close.
    etag = etag_of(request, timezone.localdate().isoformat(), is_weak=True)
    response = get_conditional_response(request, etag)
    if response is None:
        response = view(request, nomenclature(data_version(request)), **path)
    response["ETag"] = etag
    # Not "must-revalidate, max-age": figures taken back must disappear at once, and a 304 costs next to nothing.
    response["Cache-Control"] = "private, no-cache" if is_private else "public, no-cache"
    return response


def count(request, consumer, route, path, status):
    """Count a call under what its address names, as far as it was understood."""
    named = getattr(request, "asked", {})
    calls.add(
        consumer, route, named.get("code", ""), named.get("school", ""), named.get("region", ""), status
    )
