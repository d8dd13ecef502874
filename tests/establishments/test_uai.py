"""UAI codes are judged before anything is published under them."""

import pytest

from establishments.uai import check_letter, fault


@pytest.mark.parametrize("uai", ["0990001N", "0010006B"])
def test_letter_checks_the_seven_digits(uai):
    assert check_letter(uai[:7]) == uai[7]
    assert fault(uai) == ""


@pytest.mark.parametrize("text", ["", "990001N", "0990001", "0990001n", "09900011N"])
def test_text_of_another_form_is_no_code(text):
    assert fault(text) == "sept chiffres et une lettre sont attendus"


def test_wrong_letter_is_told_with_the_right_one():
    assert fault("0990001A") == "la lettre de contrôle devrait être N"
