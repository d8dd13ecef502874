"""The files that editors change hold a text for everything that the code asks them for, and nothing else."""

import pytest

from pages.content import FOLDER, content
from pages.course import question_rules
from stats.reasons import Reason


def strings(value):
    if isinstance(value, str):
        return [value]
    parts = value.values() if isinstance(value, dict) else value
    return [text for part in parts for text in strings(part)]


@pytest.mark.parametrize("name", sorted(path.stem for path in FOLDER.glob("*.toml")))
def test_every_value_is_a_text(name):
    assert all(text.strip() == text != "" for text in strings(content(name)))


def test_each_question_has_its_rule():
    assert set(content("open_day_questions")) == {rule.name for rule in question_rules.RULES}


def test_each_reason_has_its_sentences():
    assert set(content("plain_language")["reasons"]) == {reason.name.lower() for reason in Reason}


def test_each_field_of_the_nomenclature_of_jobs_has_its_label():
    assert "".join(content("job_fields")) == "ABCDEFGHIJKLMN"
