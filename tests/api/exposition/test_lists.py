"""Documents of lists are written another way than those of single answers: they are the same."""

import json

import pytest

from api.exposition import json_encoding, lists
from api.exposition.documents import document
from api.exposition.nomenclature import nomenclature
from api.exposition.rows import FigureQuery
from stats.caching import data_version

pytestmark = pytest.mark.django_db


def test_documents_of_a_list_are_those_of_single_answers(demonstration):
    known = nomenclature(data_version())
    rows = FigureQuery().all()
    assert len(rows) > 1_000
    for row in rows:
        region = known.regions.get((row.territory_id or "").removeprefix("region-"))
        assert json.loads(json_encoding.text(row, known, region)) == document(row, known, region)


def test_blocks_of_a_list_are_the_same_in_both_forms(demonstration):
    documents = lists.Figures(FigureQuery, nomenclature(data_version()))
    assert [json.loads(text) for text in documents.texts(100, 500)] == documents.block(100, 500)
