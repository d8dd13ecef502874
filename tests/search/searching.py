"""How tests ask the search and read its results."""

import re

from search.engine import find
from search.results import SearchRequest


def results_of(query, **options):
    return find(SearchRequest(query, **options), "")


def kinds(results):
    return [group.kind for group in results.groups]


def items(results, kind):
    return next(group for group in results.groups if group.kind == kind).items


def choices(results, name):
    facet = next(facet for facet in results.groups[0].facets if facet.name == name)
    return {choice.value: choice.number for choice in facet.choices}


def text_of(client, address):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", client.get(address).content.decode()))
