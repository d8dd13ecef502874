"""What surrounds every view of the Exposition API: methods, keys, rate limits, errors, caching, usage counts."""

from functools import wraps

from django.http import HttpResponse
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
            set_limit_headers(limit, response)
            count(request, consumer, route, path, response.status_code)
            return response

        return wrapper

    return decorate


def _is_picture(path, is_private):
    """Whether the answer is a picture embedded in other sites: their readers request it, so no rate limit applies."""
    return path.get("ext") == "svg" and not is_private


def check(limit, request):
    """Count the request; raises the ApiError that says how long to wait. limit: `ConsumerThrottle`, None for none."""
    if limit and not limit.allow_request(request):
        raise errors.too_many(limit.wait())


def set_limit_headers(limit, response):
    """Add the RateLimit headers to a response. limit: `ConsumerThrottle`, None for none."""
    for name, value in limit.headers.items() if limit else ():
        response[name] = value


def options(allowed=errors.READING):
    """The answer to OPTIONS."""
    return HttpResponse(status=204, headers={"Allow": ", ".join(allowed)})


def _answer(view, request, path, is_private):
    etag = etag_of(request, is_weak=True)
    response = get_conditional_response(request, etag)
    if response is None:
        response = view(request, nomenclature(data_version(request)), **path)
    response["ETag"] = etag
    # Not "must-revalidate, max-age": figures taken back must disappear at once, and a 304 costs next to nothing.
    response["Cache-Control"] = "private, no-cache" if is_private else "public, no-cache"
    return response


def count(request, consumer, route, path, status):
    """Count a call under the code, school and region that its view found, as `counting` does."""
    labels = getattr(request, "usage_labels", {})
    calls.add(
        consumer, route, labels.get("code", ""), labels.get("school", ""), labels.get("region", ""), status
    )


def counting(request, known, codes, compute, **place):
    """`compute`, after which the call is counted under what exists: the code if the nomenclature (`known`) has it, and the
    place if there are figures of the code there. Anybody may invent the others: they would fill the table of usage.

    codes: `parameters.Code` each; several are counted under the first that exists, and "+". place: the label of it.
    """
    existing = [code.text for code in codes if code.text in known.courses]
    labels = request.usage_labels = {
        "code": f"{existing[0]}{'+' if len(codes) > 1 else ''}" if existing else ""
    }

    def counted():
        document = compute()
        labels.update(place)
        return document

    return counted
