"""What makes a comparison misleading."""

import pytest

from stats.comparability import Difference, Misleading, PublicJobs, Traits, differences, public_jobs


def test_differences_of_alike_items_are_none():
    same = {"route": "pro", "level": 3, "cohort": "2022 et 2023", "is_pooled": True, "place": "region"}
    assert differences([Traits("A", **same), Traits("B", **same)]) == []


def test_differences_name_each_group_once():
    found = differences(
        [Traits("A", route="pro"), Traits("B", route="apprentissage"), Traits("C", route="pro")]
    )
    assert found == [Difference(Misleading.ROUTES, (("pro", ("A", "C")), ("apprentissage", ("B",))))]


def test_differences_of_periods_stand_for_those_of_cohorts():
    found = differences(
        [Traits("A", cohort="2022 et 2023", is_pooled=True), Traits("B", cohort="2023", is_pooled=False)]
    )
    assert [difference.reason for difference in found] == [Misleading.PERIODS]


def test_differences_ignore_what_is_not_known():
    assert differences([Traits("A", level=3), Traits("B", level=None)]) == []
    assert differences([Traits("A", route="pro"), Traits("B", route="")]) == []


@pytest.mark.parametrize(
    ("years", "expected"),
    [
        ((2023, 2023), PublicJobs.COUNTED),
        ((2022, 2023), PublicJobs.COUNTED),
        ((2021, 2022), PublicJobs.HALF),
        ((2020, 2021), PublicJobs.NOT_YET),
        ((2021, 2021), PublicJobs.NOT_YET),
    ],
)
def test_public_jobs_count_from_the_2022_leavers(years, expected):
    assert public_jobs(*years) is expected


def test_figures_of_another_differ_from_own_ones():
    found = differences([Traits("A", origin=""), Traits("B", origin="ancienne"), Traits("C", origin=None)])
    assert found == [Difference(Misleading.ORIGINS, (("", ("A",)), ("ancienne", ("B",))))]


def test_every_reason_why_a_comparison_misleads_is_found():
    one = Traits("A", "pro", 3, "region", "", PublicJobs.COUNTED, False, "2023")
    other = Traits("B", "apprentissage", 4, "country", "ancienne", PublicJobs.HALF, False, "2022")
    found = {difference.reason for difference in differences([one, other])}
    assert found == set(Misleading) - {Misleading.PERIODS}
