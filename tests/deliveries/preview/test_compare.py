"""What changes for families between two moments, without a database."""

import pytest

from deliveries.preview.compare import CAVEATS, NONE, Status, compare
from deliveries.preview.kept import Filter, decode, encode, lines_of
from deliveries.preview.summary import counts_by, coverage_by_table, most_changed, summarise
from stats.comparability import Misleading
from stats.indicators import FIGURES
from tests.deliveries.preview.moments import LABELS, RATE, STUDY, VALUE_ADDED, moment, row

LARGE = {"nb_annee_term": 200, "nb_sortant": 100}


def told(before, after):
    """[(status, indicator, before, after)] of the lines, in their order."""
    lines = compare(moment(*before), moment(*after)).lines
    return [
        (Status(line.status).name, FIGURES[line.indicator], line.before, line.after)
        for line in lines.itertuples()
    ]


def line(before, after, place=0):
    return compare(moment(*before), moment(*after)).lines.iloc[place]


def test_nothing_changes():
    rows = [row(**{RATE: 50}), row("region-53", **{RATE: 60})]
    assert told(rows, rows) == []
    assert told([], []) == []


def test_figures_move_appear_vanish_and_are_withheld():
    before = [row(**{RATE: 50, STUDY: 30}), row("0350002B", **{RATE: 40}), row("region-53", **{STUDY: 20})]
    after = [row(**{RATE: 62}), row("0350002B", reason="P"), row("region-53", **{STUDY: 20, RATE: 70})]
    assert told(before, after) == [
        ("MOVED", RATE, 50, 62),
        ("APPEARED", RATE, NONE, 70),
        ("VANISHED", STUDY, NONE, NONE),
        ("WITHHELD", RATE, NONE, NONE),
    ]


def test_number_of_a_figure_that_is_no_more_is_not_kept():
    """A group that became small had a number that nobody may read again."""
    kept = encode(lines_of(compare(moment(row(**{RATE: 61})), moment(row(reason="P"))), LABELS))
    table = decode(kept).table
    assert (table["before"].tolist(), table["after"].tolist(), table["low"].tolist()) == (
        [NONE],
        [NONE],
        [-1],
    )


def test_largest_move_comes_first_and_a_salary_counts_in_percent():
    before = [row(**{RATE: 50}), row("0350002B", **{RATE: 50}), row("pays-FR", salaire_12_mois_q2=1500)]
    after = [row(**{RATE: 53}), row("0350002B", **{RATE: 80}), row("pays-FR", salaire_12_mois_q2=1560)]
    assert [one[3] for one in told(before, after)] == [80, 1560, 53]


def test_newest_cohort_is_beside_the_one_that_families_saw():
    before = [row(cohort="2020_2021", **{RATE: 40}), row(cohort="2019_2020", **{RATE: 35})]
    after = [*before, row(cohort="2021_2022", **{RATE: 45})]
    changes = compare(moment(*before), moment(*after))
    [line] = changes.lines.itertuples()
    assert (line.before, line.after, line.is_first) == (40, 45, True)
    assert (changes.cohorts[line.before_cohort], changes.cohorts[line.after_cohort]) == (
        "2020_2021",
        "2021_2022",
    )


def test_former_cohort_is_beside_itself_and_comes_second():
    before = [row(cohort="2020_2021", **{RATE: 40}), row(cohort="2021_2022", **{RATE: 45})]
    after = [row(cohort="2020_2021", **{RATE: 90}), row(cohort="2021_2022", **{RATE: 46})]
    lines = compare(moment(*before), moment(*after)).lines
    assert (lines["after"].tolist(), lines["is_first"].tolist()) == ([46, 90], [True, False])


def test_group_without_its_newest_row_goes_back_to_a_former_cohort():
    before = [row(cohort="2020_2021", **{RATE: 40}), row(cohort="2021_2022", **{RATE: 45})]
    changes = compare(moment(*before), moment(before[0]))
    [line] = changes.lines.itertuples()
    assert (line.before, line.after, line.is_first) == (45, 40, True)
    lines = lines_of(changes, LABELS)
    assert summarise(changes, lines, LABELS)["reculs"] == 1


def test_former_cohort_that_is_no_more_is_told_second():
    before = [row(cohort="2020_2021", **{RATE: 40}), row(cohort="2021_2022", **{RATE: 45})]
    gone = line(before, before[1:])
    assert (Status(gone["status"]), gone["is_first"], gone["reason"]) == (Status.VANISHED, False, "N")


def test_everything_vanishes_and_everything_is_new():
    rows = [row(**{RATE: 50}), row("pays-FR", diploma="", **{RATE: 60})]
    assert {one[0] for one in told(rows, [])} == {"VANISHED"}
    assert told([], rows) == [("APPEARED", RATE, NONE, 50), ("APPEARED", RATE, NONE, 60)]
    assert line(rows, [])["is_first"]


@pytest.mark.parametrize(
    ("before", "after", "is_unusual"),
    [
        # The same 15 points: 20 people, 200 people, and too few of them known.
        ({RATE: 40, "nb_sortant": 20, "nb_annee_term": 40}, {RATE: 55, "nb_sortant": 20}, False),
        ({RATE: 40, "nb_sortant": 200, "nb_annee_term": 400}, {RATE: 55, "nb_sortant": 200}, True),
        ({RATE: 40}, {RATE: 55}, False),
        (
            {VALUE_ADDED: -12, "nb_sortant": 400, "taux_emploi_6_mois_attendu": 60},
            {VALUE_ADDED: 12, "nb_sortant": 400},
            True,
        ),
        ({VALUE_ADDED: 1, "nb_sortant": 40}, {VALUE_ADDED: 3, "nb_sortant": 40}, False),
        # Contracts are not counted among people.
        ({"taux_rupture_contrats": 1}, {"taux_rupture_contrats": 99}, False),
    ],
)
def test_unusual_is_what_chance_does_not_explain(before, after, is_unusual):
    lines = compare(moment(row(**before)), moment(row(**after))).lines
    moved = lines[lines["status"].eq(Status.MOVED)]
    assert moved["is_unusual"].tolist() == [is_unusual]


def test_exact_count_decides_where_pages_may_tell_it():
    numbers = {"nb_annee_term": 400, "nb_sortant": 200}
    before, after = ({RATE: value, "nb_en_emploi_6_mois": 2 * value} | numbers for value in (40, 55))
    assert line([row(**before)], [row(**after)])["is_unusual"]


def test_many_moves_are_decided_together():
    """A move that alone would be told apart is chance among two hundred."""
    sizes = {"nb_sortant": 100, "nb_annee_term": 200}
    rows = [[row(f"{n:07d}A", **{RATE: value}, **sizes) for n in range(200)] for value in (40, 56)]
    lines = compare(moment(*rows[0]), moment(*rows[1])).lines
    assert not lines["is_unusual"].any()
    assert line(rows[0][:1], rows[1][:1])["is_unusual"]


def test_range_of_the_former_figure_is_wilsons():
    found = line([row(**{RATE: 40, "nb_sortant": 100})], [row(**{RATE: 41, "nb_sortant": 100})])
    assert (found["low"], found["high"]) == (31, 50)
    assert line([row(**{RATE: 40})], [row(**{RATE: 41})])["low"] == -1


@pytest.mark.parametrize(
    ("before", "after", "caveat"),
    [
        (row(**{RATE: 40}), row(**{RATE: 90}), None),
        (
            row(**{RATE: 40}, kind="ancienne", of=("46X32301", "0350001A")),
            row(**{RATE: 90}),
            Misleading.ORIGINS,
        ),
        (row(**{RATE: 40}), row(cohort="2022_2023", **{RATE: 90}), Misleading.PUBLIC_JOBS),
        (row(**{STUDY: 40}), row(cohort="2022_2023", **{STUDY: 90}), None),
        (row("pays-FR", "2018", **{STUDY: 40}), row("pays-FR", **{STUDY: 90}), Misleading.PERIODS),
    ],
)
def test_figures_that_are_not_to_be_compared_are_not_unusual(before, after, caveat):
    for one in (before, after):
        one["figures"] |= {"nb_annee_term": 900, "nb_sortant": 400}
    found = line([before], [after])
    assert (CAVEATS[found["caveat"]], found["is_unusual"]) == (caveat, caveat is None)


def test_figure_that_stands_in_for_another_is_a_repeat():
    def rows(value):
        shared = {"of": ("50022139", "0350001A"), RATE: value}
        return [row(diploma="50022140", kind="nouvelle", **shared), row(**shared)]

    lines = lines_of(compare(moment(*rows(40)), moment(*rows(50))), LABELS)
    found = lines.table
    assert [lines.courses[group] for group in found["group"]] == ["50022139", "50022140"]
    assert found["is_repeat"].tolist() == [False, True]
    assert len(Filter().of(lines)) == 1
    assert len(Filter(course="50022140").of(lines)) == 1
    assert len(Filter(with_repeats=True).of(lines)) == 2


def test_common_year_shows_each_course_that_follows():
    shared = {"diploma": "40025214", "kind": "annee_commune", "duration": "1"}
    before = [row(**shared, of=(code, "0350001A"), **{RATE: 40}) for code in ("50022139", "50022140")]
    after = [row(**shared, of=(code, "0350001A"), **{RATE: 45}) for code in ("50022139", "50022140")]
    lines = lines_of(compare(moment(*before), moment(*after)), LABELS)
    assert [group[3] for group in lines.groups] == ["50022139", "50022140"]


def changes_of_everything():
    before = [row(**{RATE: 50, STUDY: 30}), row("0350002B", **{RATE: 40}), row("region-53", **{STUDY: 20})]
    after = [row(**{RATE: 62}), row("0350002B", reason="P"), row("region-53", **{STUDY: 20, RATE: 70})]
    return compare(moment(*before, row("0350002B", "2019_2020", **{RATE: 1})), moment(*after))


def test_kept_lines_are_read_again():
    lines = lines_of(changes_of_everything(), LABELS)
    again = decode(encode(lines))
    assert again.groups == lines.groups
    assert again.cohorts == lines.cohorts
    assert again.labels.place("0350001A") == LABELS.place("0350001A")
    assert again.table.equals(lines.table.astype(again.table.dtypes.to_dict()))
    assert set(again.labels.courses) == {"50022139"}


def test_filters():
    lines = lines_of(changes_of_everything(), LABELS)

    def number(**asked):
        return len(Filter(**asked).of(lines))

    assert number() == 4
    assert number(status=Status.MOVED) == 1
    assert number(indicator=RATE) == 3
    assert number(region="Bretagne") == 4
    assert number(school="0350002B") == 1
    assert number(school="0350002B", with_former=True) == 2
    assert number(course="50022140") == 0
    assert number(is_unusual=True) == 0


def test_summary_counts_what_families_see_first():
    changes = changes_of_everything()
    lines = lines_of(changes, LABELS)
    summary = summarise(changes, lines, LABELS)
    assert summary["nombres"] == [1, 1, 1, 1]
    assert summary["anciennes"] == [0, 0, 1, 0]
    assert summary["motifs"] == {"2": {"N": 1}, "3": {"P": 1}}
    assert summary["par"]["region"] == [["Bretagne", [1, 1, 1, 1]]]
    assert summary["par"]["etablissement"] == [["0350001A", [1, 0, 1, 0]], ["0350002B", [0, 0, 0, 1]]]
    assert most_changed(summary, 1) == [("formation", "50022139"), ("etablissement", "0350001A")]
    assert dict(counts_by(lines, "indicateur"))[RATE] == [1, 1, 0, 1]


def test_coverage_counts_groups_that_show_something_first():
    changes = changes_of_everything()
    rows = summarise(changes, lines_of(changes, LABELS), LABELS)["couverture"]
    assert rows == [
        ["formation_etablissement", "Bretagne", 2, 1],
        ["formation_region", "Bretagne", 1, 1],
    ]
    assert coverage_by_table(rows) == [("formation_etablissement", 2, 1), ("formation_region", 1, 1)]


def test_names_of_what_a_delivery_makes_and_of_what_it_removes():
    both = LABELS.only(["0350001A"], []).after(LABELS)
    assert both.place("pays-FR").label == "France"
    assert both.place("0999999Z").label == "0999999Z"
    assert (both.table("pays-FR", ""), both.table("region-53", "50022139")) == ("pays", "formation_region")
