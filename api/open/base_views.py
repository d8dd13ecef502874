"""Base views of the open API: rate limits, formats, parameters, ETags."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.translation import gettext as _
from rest_framework.generics import GenericAPIView
from rest_framework.response import Response

from api.open.formats import FILE_FORMATS, JSON_FORMATS, Formats
from api.open.pagination import KeyPages
from api.open.parameters import PAGING, ParameterFilterBackend
from api.open.problems import InvalidKey, InvalidParameters, ParameterError, problem_of
from api.rate_limits import ConsumerThrottle, consumer_of, key_of
from stats.caching import etag_of
from stats.exports import table_rows


class OpenView(GenericAPIView):
    """Read-only, within rate limits, in a format that the address knows; answers 304 until code or data change."""

    http_method_names = ["get", "head", "options"]
    renderer_classes = JSON_FORMATS
    content_negotiation_class = Formats
    throttle = None

    def get_exception_handler(self):
        return problem_of

    def get_throttles(self):
        consumer = consumer_of(self.request)
        self.throttle = ConsumerThrottle(consumer)
        return [self.throttle]

    def initial(self, request, *args, **kwargs):
        super().initial(request, *args, **kwargs)
        if key_of(request) and not self.throttle.consumer:
            raise InvalidKey

    def get(self, request, *args, **kwargs):
        self.check()
        etag = self._etag(request)
        response = get_conditional_response(request._request, etag=etag) or self.answer()
        response["ETag"] = etag
        patch_cache_control(response, public=True, max_age=0, must_revalidate=True)
        return response

    def options(self, request, *args, **kwargs):
        return HttpResponse(status=204)

    def check(self):
        """Refuse a wrong request, before a 304 may answer it."""
        raise NotImplementedError

    def answer(self):
        raise NotImplementedError

    def finalize_response(self, request, response, *args, **kwargs):
        response = super().finalize_response(request, response, *args, **kwargs)
        for name, value in (self.throttle.headers if self.throttle else {}).items():
            response[name] = value
        return response

    @property
    def default_response_headers(self):
        headers = super().default_response_headers
        if "suffixe" in getattr(self, "kwargs", {}):
            headers.pop("Vary", None)
        return headers

    def format_names(self):
        return [renderer.format for renderer in self.renderer_classes]

    def _etag(self, request):
        """One for each format that an address gives by the Accept header."""
        return etag_of(request._request, request.accepted_renderer.format)


class OpenList(OpenView):
    """A list with the filters of `filterset_class`, in pages of JSON or as a whole file.

    `table`: the `Table` that describes its columns, and names its file.
    """

    renderer_classes = (*JSON_FORMATS, *FILE_FORMATS)
    filter_backends = [ParameterFilterBackend]
    pagination_class = KeyPages
    filterset_class = None
    table = None
    own_parameters = ()

    def parameters(self):
        """Every `Parameter` of this address except the filters."""
        return (*self.own_parameters, *(() if self._is_file() else PAGING))

    def check(self):
        self.requested = {}
        self.filtered = self.filter_queryset(self.get_queryset())
        if self._is_file():
            self.request.accepted_renderer.check(self.filtered)

    def answer(self):
        if self._is_file():
            columns = self.file_columns()
            rows = table_rows(columns, self.filtered.order_by("pk"))
            return self.request.accepted_renderer.respond(columns, rows, self.table.name)
        page = self.paginate_queryset(self.table.annotated(self.filtered))
        return self.get_paginated_response(self.get_serializer(page, many=True).data)

    def file_columns(self):
        return self.table.exported

    def _is_file(self):
        """Whether the answer is a file. While OpenAPI describes the view, no renderer is chosen yet."""
        renderer = getattr(self.request, "accepted_renderer", None)
        return renderer.format != "json" if renderer else self.pagination_class is None


class OpenItem(OpenView):
    """One row of `table` by its code; `has_capitals`: the code is in capitals, whatever the case of the request."""

    filter_backends = []
    table = None
    has_capitals = True

    def check(self):
        errors = [
            ParameterError(name, _("Cette adresse n’a pas de paramètre."))
            for name in self.request.query_params
        ]
        if errors:
            raise InvalidParameters(tuple(errors))

    def answer(self):
        code = self.kwargs["code"]
        rows = self.table.annotated(self.get_queryset())
        row = get_object_or_404(rows, pk=code.upper() if self.has_capitals else code)
        return Response(self.get_serializer(row).data)
