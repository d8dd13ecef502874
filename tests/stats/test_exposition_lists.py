"""Documents of lists are written another way than those of single answers: they are the same."""

import json

import pytest

from inserjeunes_portal.caching import data_version
from stats.api.exposition import lists, texts
from stats.api.exposition.documents import document
from stats.api.exposition.nomenclature import nomenclature
from stats.api.exposition.rows import Question

pytestmark = pytest.mark.django_db


def test_documents_of_a_list_are_those_of_single_answers(demonstration):
    known = nomenclature(data_version())
    rows = Question().all()
    assert len(rows) > 1_000
    for row in rows:
        region = known.regions.get((row.territory_id or "").removeprefix("region-"))
        assert json.loads(texts.text(row, known, region)) == document(row, known, region)


def test_blocks_of_a_list_are_the_same_in_both_forms(demonstration):
    documents = lists.Figures(Question, nomenclature(data_version()))
    assert [json.loads(text) for text in documents.texts(100, 500)] == documents.block(100, 500)
