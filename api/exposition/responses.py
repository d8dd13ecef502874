"""Answers as JSON."""

import json

from django.http import HttpResponse

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def json_text(value):
    return _encode(value)


def json_answer(value, status=200):
    return HttpResponse(_encode(value), content_type="application/json; charset=utf-8", status=status)
