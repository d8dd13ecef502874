"""Keyset pagination: a cursor holds the key after which a page starts, so that nothing is counted and new rows shift nothing."""

from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import NotFound
from rest_framework.pagination import Cursor, CursorPagination
from rest_framework.response import Response

from api.open.problems import StaleCursor
from stats.caching import data_version, number_of
from stats.models import DataVersion

CURSOR, PAGE_SIZE = "curseur", "par_page"
LARGEST_PAGE = 1_000


class KeyPages(CursorPagination):
    """Pages in the order of the key. The links to the others are in the body and in the Link header."""

    ordering = "pk"
    page_size = 100
    max_page_size = LARGEST_PAGE
    cursor_query_param = CURSOR
    page_size_query_param = PAGE_SIZE
    invalid_cursor_message = _(
        "Ce curseur ne mène à aucune page\u00a0: suivre les liens «\u00a0suivant\u00a0» et «\u00a0precedent\u00a0»."
    )

    def get_paginated_response(self, data):
        links = {"suivant": self.get_next_link(), "precedent": self.get_previous_link()}
        response = Response({**links, "results": data})
        relations = {"next": links["suivant"], "prev": links["precedent"]}
        if header := ", ".join(f'<{link}>; rel="{name}"' for name, link in relations.items() if link):
            response["Link"] = header
        return response

    def decode_cursor(self, request):
        cursor = super().decode_cursor(request)
        if cursor is None:
            return None
        position = self.position_of(cursor.position)
        if position is None or cursor.offset:
            raise NotFound(self.invalid_cursor_message)
        return Cursor(offset=0, reverse=cursor.reverse, position=position)

    def position_of(self, text):
        """The key in a cursor, None when the cursor is not one of ours."""
        return text if text and text.replace("-", "").isalnum() and len(text) <= 20 else None

    def get_paginated_response_schema(self, schema):
        link = {"type": ["string", "null"], "format": "uri"}
        return {
            "type": "object",
            "required": ["suivant", "precedent", "results"],
            "properties": {
                "suivant": {**link, "description": "Adresse de la page suivante, null à la dernière."},
                "precedent": {**link, "description": "Adresse de la page précédente, null à la première."},
                "results": schema,
            },
        }


class VersionPages(KeyPages):
    """Pages of rows that each version of the data rebuilds with new keys: a cursor holds for its version only."""

    def paginate_queryset(self, queryset, request, view=None):
        """The version is that of the ETag, read before the rows."""
        self.version = number_of(data_version(request._request))
        page = super().paginate_queryset(queryset, request, view)
        if CURSOR in request.query_params and DataVersion.objects.number() != self.version:
            raise StaleCursor
        return page

    def position_of(self, text):
        version, _separator, key = (text or "").partition("-")
        if not (_is_number(version) and _is_number(key)):
            return None
        if int(version) != self.version:
            raise StaleCursor
        return int(key)

    def encode_cursor(self, cursor):
        position = None if cursor.position is None else f"{self.version}-{cursor.position}"
        return super().encode_cursor(cursor._replace(position=position))


def _is_number(text):
    return text.isascii() and text.isdigit() and len(text) <= 18
