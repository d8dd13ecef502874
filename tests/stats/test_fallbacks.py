"""Where a missing figure is looked for, the nearest group first."""

from stats.fallbacks import Alternatives, GroupKey, Step, fallback_groups

REQUESTED = GroupKey("2022_2023", "pro", "50022146", 2, "0350030H")
ALTERNATIVES = Alternatives("region-53", "pays-FR", ("2022_2023", "2021_2022"), ("50022139",))


def requested(**changes):
    return GroupKey(**vars(REQUESTED) | changes)


def test_nearest_figures_are_looked_for_in_the_order_of_the_registry():
    steps = [step for step, _group in fallback_groups(REQUESTED, ALTERNATIVES)]

    assert list(dict.fromkeys(steps)) == list(Step)


def test_each_step_goes_one_further():
    assert fallback_groups(REQUESTED, ALTERNATIVES) == [
        (Step.WHOLE_SCHOOL, requested(route="ensemble", duration=None)),
        (Step.REGION, requested(place="region-53")),
        (Step.COUNTRY, requested(place="pays-FR")),
        (Step.OLDER, requested(cohort="2021_2022")),
        (Step.FORMER, requested(course="50022139")),
        (Step.FORMER, requested(course="50022139", cohort="2021_2022")),
        (Step.ALL_COURSES, requested(course="", duration=None)),
        (Step.ALL_COURSES, requested(course="", duration=None, route="ensemble")),
        (Step.ALL_COURSES, requested(course="", duration=None, cohort="2021_2022")),
        (Step.ALL_COURSES, requested(course="", duration=None, route="ensemble", cohort="2021_2022")),
        (Step.ELSEWHERE_OLDER, requested(place="region-53", cohort="2021_2022")),
        (Step.ELSEWHERE_OLDER, requested(place="pays-FR", cohort="2021_2022")),
    ]


def test_newer_cohorts_are_not_looked_at():
    groups = [group for _step, group in fallback_groups(requested(cohort="2021_2022"), ALTERNATIVES)]

    assert {group.cohort for group in groups} == {"2021_2022"}


def test_group_without_any_row_is_looked_for_in_every_cohort_newest_first():
    found = [
        group for step, group in fallback_groups(requested(cohort=""), ALTERNATIVES) if step is Step.REGION
    ]

    assert [group.cohort for group in found] == ["2022_2023", "2021_2022"]


def test_cohort_that_no_page_shows_is_replaced_by_all_those_shown():
    found = [
        group for step, group in fallback_groups(requested(cohort="2023"), ALTERNATIVES) if step is Step.OLDER
    ]

    assert [group.cohort for group in found] == ["2022_2023", "2021_2022"]


def test_region_looks_no_wider_than_the_country():
    region = requested(place="region-53")
    steps = {step for step, _group in fallback_groups(region, Alternatives(country="pays-FR"))}

    assert steps == {Step.COUNTRY}


def test_whole_school_is_not_looked_for_in_its_region():
    steps = {step for step, _group in fallback_groups(requested(course="", duration=None), ALTERNATIVES)}

    assert steps == {Step.WHOLE_SCHOOL, Step.OLDER}
