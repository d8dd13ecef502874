"""A shared link remembers the figures of the day, and only what the portal said."""

from datetime import date

from pages.comparison.snapshot import LONGEST, Move, moves, recall, remember

DAY = date(2026, 11, 23)
TOKEN = "50022146.pro.r53"


def remembered(**figures):
    return recall(remember(DAY, {TOKEN: figures}, {TOKEN: "2022_2023"}))


def test_link_recalls_what_it_remembered():
    found = remembered(taux_en_formation=47, taux_emploi_6_mois=None, valeur_ajoutee_6_mois=-4)

    assert found.day == DAY
    assert found.figures == {
        TOKEN: {"taux_en_formation": 47, "taux_emploi_6_mois": None, "valeur_ajoutee_6_mois": -4}
    }
    assert found.cohorts == {TOKEN: "2022_2023"}


def test_link_shared_by_the_first_version_is_still_read():
    text = (
        "WyIyMDI2LTExLTIzIix7IjUwMDIyMTQ2LnByby5yNTMiOlsiMjAyMl8yMDIzIix7IjEiOjQ3fV19XQ"
        ":avPWTmPetPfJHT2c-YKFdKw9wDGjFX4yi0Iy5pPJdok"
    )

    assert recall(text) == remembered(taux_en_formation=47)


def test_text_that_is_not_ours_is_nothing():
    text = remember(DAY, {TOKEN: {"taux_en_formation": 47}}, {})

    assert recall(text[:-1] + ("a" if text[-1] != "a" else "b")) is None
    assert recall("zzz") is None
    assert recall("") is None
    assert recall("x" * (LONGEST + 1)) is None


def test_figure_that_moved_tells_both_values():
    found = moves(
        remembered(taux_en_formation=54, taux_autres_6_mois=20),
        {TOKEN: {"taux_en_formation": 49, "taux_autres_6_mois": 20}},
    )

    assert found == [Move(TOKEN, "taux_en_formation", 54, 49)]


def test_figure_withdrawn_since_does_not_tell_its_value():
    (move,) = moves(remembered(taux_en_formation=54), {TOKEN: {"taux_en_formation": None}})

    assert move.is_withdrawn
    assert move.before is None


def test_figure_shown_since_is_new():
    (move,) = moves(remembered(taux_en_formation=None), {TOKEN: {"taux_en_formation": 0}})

    assert move.is_new
    assert move.after == 0


def test_item_removed_or_added_since_has_not_moved():
    assert moves(remembered(taux_en_formation=54), {"other": {"taux_en_formation": 1}}) == []


def test_link_of_ten_items_fits_in_a_message():
    values = dict.fromkeys(
        ("taux_en_emploi_6_mois", "taux_en_formation", "taux_autres_6_mois", "taux_emploi_6_mois"), 33
    )
    figures = {
        f"5002214{n}.apprentissage.035003{n}H": {name: v + n for name, v in values.items()} for n in range(10)
    }

    assert len(remember(DAY, figures, dict.fromkeys(figures, "2022_2023"))) < 700
