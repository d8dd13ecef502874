"""What a server gets to send for HEAD: the headers of GET, and not one byte of its body."""

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.test import RequestFactory

from tests import factories


def _served(method, address):
    """(status, headers, body) as the handler gives them to a server."""
    started = []
    environ = getattr(RequestFactory(), method)(address).environ
    response = WSGIHandler()(environ, lambda *answer: started.append(answer))
    body = b"".join(response)
    response.close()
    [(status, headers)] = started
    return status, dict(headers), body


@pytest.mark.django_db
def test_server_gets_no_body(django_assert_max_num_queries):
    factories.outcome(factories.territory(), factories.diploma())
    for address in ("/glossaire/", "/formations.csv", "/api/v1/chiffres", "/api/v1/chiffres.parquet", "/zz"):
        status, headers, body = _served("get", address)
        assert body
        assert _served("head", address) == (status, headers, b"")

    with django_assert_max_num_queries(2):
        assert _served("head", "/api/v1/chiffres.csv")[2] == b""
