"""A shared link holds the figures of its day, and only those that the portal signed."""

from datetime import date

from pages.comparison.snapshot import MAX_LENGTH, FigureChange, Snapshot, decode, diff, encode

DAY = date(2026, 11, 23)
TOKEN = "50022146.pro.r53"


def snapshot(**figures):
    return Snapshot(DAY, {TOKEN: figures}, {TOKEN: "2022_2023"})


def test_link_holds_the_figures_of_its_day():
    sent = snapshot(taux_en_formation=47, taux_emploi_6_mois=None, valeur_ajoutee_6_mois=-4)

    assert decode(encode(sent)) == sent


def test_link_holds_only_the_figures_that_are_kept():
    sent = snapshot(taux_en_formation=47, taux_emploi_24_mois=61)

    assert decode(encode(sent)) == snapshot(taux_en_formation=47)


def test_link_shared_by_the_first_version_is_still_read():
    text = (
        "WyIyMDI2LTExLTIzIix7IjUwMDIyMTQ2LnByby5yNTMiOlsiMjAyMl8yMDIzIix7IjEiOjQ3fV19XQ"
        ":avPWTmPetPfJHT2c-YKFdKw9wDGjFX4yi0Iy5pPJdok"
    )

    assert decode(text) == snapshot(taux_en_formation=47)


def test_text_that_is_not_ours_is_nothing():
    text = encode(snapshot(taux_en_formation=47))

    assert decode(text[:-1] + ("a" if text[-1] != "a" else "b")) is None
    assert decode("zzz") is None
    assert decode("") is None
    assert decode("x" * (MAX_LENGTH + 1)) is None


def test_figure_that_moved_tells_both_values():
    found = diff(
        snapshot(taux_en_formation=54, taux_autres_6_mois=20),
        {TOKEN: {"taux_en_formation": 49, "taux_autres_6_mois": 20}},
    )

    assert found == [FigureChange(TOKEN, "taux_en_formation", 54, 49)]


def test_figure_withdrawn_since_does_not_tell_its_value():
    (change,) = diff(snapshot(taux_en_formation=54), {TOKEN: {"taux_en_formation": None}})

    assert change.is_withdrawn
    assert change.before is None


def test_figure_shown_since_is_new():
    (change,) = diff(snapshot(taux_en_formation=None), {TOKEN: {"taux_en_formation": 0}})

    assert change.is_new
    assert change.after == 0


def test_item_removed_or_added_since_has_not_moved():
    assert diff(snapshot(taux_en_formation=54), {"other": {"taux_en_formation": 1}}) == []


def test_link_of_ten_items_fits_in_a_message():
    values = dict.fromkeys(
        ("taux_en_emploi_6_mois", "taux_en_formation", "taux_autres_6_mois", "taux_emploi_6_mois"), 33
    )
    figures = {
        f"5002214{n}.apprentissage.035003{n}H": {name: v + n for name, v in values.items()} for n in range(10)
    }

    assert len(encode(Snapshot(DAY, figures, dict.fromkeys(figures, "2022_2023")))) < 700
