"""The second reading finds what differs: a check that never failed proves nothing."""

from bench.official_cells import FIGURES, SIZE, read
from bench.second_reading import compare, decide

HEADER = (
    "id;millesime;code_region_ij;code_region;voie;cfd;mefstat11;nb_annee_term;nb_en_emploi_12_mois;nb_en_emploi_6_mois;"
    "nb_poursuite_etudes;nb_sortant;taux_emploi_12_mois;taux_emploi_6_mois;taux_poursuite_etudes"
)
LINES = (
    "a;2022_2023;10;11;scolaire;;23830033001;100;20;18;60;40;50;45;60",
    "b;2022_2023;10;11;scolaire;;23830033002;78;;;;;;;92",
    "c;2022_2023;10;11;scolaire;;23830033003;;;;;;;;",
)


def groups(tmp_path):
    (tmp_path / "ij_region_formation.csv").write_text("\n".join([HEADER, *LINES]), encoding="utf-8")
    return decide(list(read(tmp_path)))


def as_published(found):
    return {
        group.key: ("".join(group.reasons[name] for name in FIGURES), dict(group.shown)) for group in found
    }


def test_reasons_and_numbers_follow_from_the_rules_alone(tmp_path):
    whole, partial, hidden = groups(tmp_path)

    assert (whole.shown["taux_en_emploi_6_mois"], whole.shown["taux_autres_6_mois"]) == (18, 22)
    assert (partial.shown["taux_en_formation"], partial.shown[SIZE]) == (92, 78)
    assert [group.reasons["taux_emploi_6_mois"] for group in (whole, partial, hidden)] == [".", "L", "P"]
    assert partial.reasons["taux_en_emploi_6_mois"] == "S"


def test_each_difference_is_told(tmp_path):
    found = groups(tmp_path)
    rows = as_published(found)
    same = compare(found, rows)
    assert (same.groups, same.differences) == (3, [])
    assert same.numbers + same.holes > 60

    (first, (letters, numbers)), (second, _row), third = *list(rows.items())[:2], found[2].key
    changed = {first: (f"C{letters[1:]}", numbers | {SIZE: 99}), second: rows[second]}
    differences = compare(found, changed | {("x", *third[1:]): rows[third]}).differences
    assert len(differences) == 4
    assert compare(found[:2], rows).differences == [f"published, in no file: {third}"]
