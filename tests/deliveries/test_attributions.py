"""Where outcomes are shown follows from what is published, and is made again after each delivery."""

import pytest

from deliveries import attributions
from formations.models import Renewal, TradeFamily
from stats.models import ApprenticeshipEntry, Attribution, Outcome
from stats.substitution.kinds import OriginKind, Role
from tests import factories

pytestmark = pytest.mark.django_db
FORMER, NEW = "50022139", "50022146"


def shown(**where):
    """{(code, place): (kind, code of the outcome, place of the outcome)}"""
    rows = Attribution.objects.filter(**where).select_related("outcome")
    return {
        (row.course_year_id or row.diploma_id, row.school_id or row.territory_id): (
            row.kind,
            row.outcome.course_year_id or row.outcome.diploma_id,
            row.outcome.school_id or row.outcome.territory_id,
        )
        for row in rows
    }


@pytest.fixture
def renewed():
    former, new = factories.diploma(FORMER), factories.diploma(NEW, slug="cap-cuisine-nouveau")
    Renewal.objects.create(former=former, new=new)
    return former, new


def test_renewed_diploma_shows_the_former_ones_figures_where_it_has_none(renewed):
    former, new = renewed
    region, other = factories.territory(), factories.territory(code="53", name="Bretagne")
    factories.outcome(region, former, route="apprentissage")
    factories.outcome(other, former, route="apprentissage")
    factories.outcome(other, new, route="apprentissage")

    counts = attributions.rebuild()

    assert shown() == {
        (FORMER, "region-11"): ("self", FORMER, "region-11"),
        (NEW, "region-11"): ("ancienne", FORMER, "region-11"),
        (FORMER, "region-53"): ("self", FORMER, "region-53"),
        (NEW, "region-53"): ("self", NEW, "region-53"),
    }
    assert counts == {"self": 3, "ancienne": 1}


def test_former_diploma_shows_the_new_ones_figures_where_it_has_none(renewed):
    former, new = renewed
    factories.outcome(factories.territory(), new, route="apprentissage")

    attributions.rebuild()

    assert shown(kind=OriginKind.NEW) == {(FORMER, "region-11"): ("nouvelle", NEW, "region-11")}


def test_withheld_row_of_its_own_is_not_replaced(renewed):
    former, new = renewed
    region = factories.territory()
    factories.outcome(region, former, route="apprentissage")
    factories.outcome(region, new, route="apprentissage", nb_annee_term=12)

    attributions.rebuild()

    assert shown(kind=OriginKind.FORMER) == {}


def test_fork_towards_a_code_that_nobody_knows_ends_the_chain(renewed):
    former, _new = renewed
    Renewal.objects.update(forks_outside=True)
    factories.outcome(factories.territory(), former, route="apprentissage")

    attributions.rebuild()

    assert shown(kind=OriginKind.FORMER) == {}


def test_years_of_renewed_courses_follow_their_diplomas(renewed):
    former, new = renewed
    last = factories.course_year(former, "23220022139")
    factories.course_year(new, "23220022146")
    factories.outcome(factories.school(990001), former, course_year=last)

    attributions.rebuild()

    assert shown(kind=OriginKind.FORMER) == {
        ("23220022146", "0990001N"): ("ancienne", "23220022139", "0990001N")
    }


def test_first_year_points_to_its_terminal_year():
    cuisine = factories.diploma(FORMER)
    last = factories.course_year(cuisine, "23220022139")
    first = factories.course_year(cuisine, "23210022139")
    type(first).objects.filter(pk=first.pk).update(year=1)
    factories.outcome(factories.school(990001), cuisine, course_year=last)

    attributions.rebuild()

    [row] = Attribution.objects.filter(kind=OriginKind.TERMINAL_YEAR)
    assert (row.course_year_id, row.terminal_id, row.outcome.course_year_id) == (first.pk, last.pk, last.pk)


def test_common_year_points_to_each_course_of_its_family():
    family = TradeFamily.objects.create(code="G0005", kind="TG01", label="Relation client")
    common = factories.diploma("40031211", "2nde Relation client")
    family.diplomas.add(common, through_defaults={"is_common_year": True})
    factories.course_year(common, "23810031211", duration=3)
    school = factories.school(990001)
    for code in ("40031212", "40031213"):
        diploma = factories.diploma(code, f"Bac pro {code}")
        family.diplomas.add(diploma)
        factories.outcome(school, diploma, course_year=factories.course_year(diploma, f"2383{code[1:]}", 3))

    attributions.rebuild()

    rows = Attribution.objects.filter(kind=OriginKind.COMMON_YEAR)
    assert {row.terminal_id for row in rows} == {"23830031212", "23830031213"}
    assert {(row.diploma_id, row.course_year_id) for row in rows} == {("40031211", "23810031211")}


def test_teaching_site_without_figures_takes_its_trainers():
    cuisine = factories.diploma(FORMER)
    trainer, site = factories.school(990001), factories.school(990002)
    for place in (trainer, site):
        ApprenticeshipEntry.objects.create(
            diploma=FORMER, site=place.pk, trainer=trainer.pk, manager=trainer.pk
        )
    # A site that no list of schools has is left out.
    ApprenticeshipEntry.objects.create(
        diploma=FORMER, site="0990009X", trainer=trainer.pk, manager=trainer.pk
    )
    factories.outcome(trainer, cuisine, route="apprentissage")

    counts = attributions.rebuild()

    row = Attribution.objects.get(school=site)
    assert (row.kind, row.role, row.outcome.school_id, row.trainers) == (
        OriginKind.OWN,
        Role.TRAINER,
        trainer.pk,
        [trainer.pk],
    )
    assert not row.is_own
    assert Attribution.objects.get(school=trainer).is_own
    assert counts[Role.TRAINER] == 2


def test_all_courses_together_stand_for_themselves():
    school = factories.school(990001)
    factories.outcome(school)

    attributions.rebuild()

    assert shown() == {(None, school.pk): ("self", None, school.pk)}


def test_only_the_cohorts_asked_for_are_made_again(renewed):
    former, new = renewed
    region = factories.territory()
    for cohort in ("2021_2022", "2022_2023"):
        factories.outcome(region, former, cohort, route="apprentissage")

    attributions.rebuild(["2022_2023"])

    assert set(shown(cohort="2022_2023")) == {(FORMER, "region-11"), (NEW, "region-11")}
    assert set(shown(cohort="2021_2022")) == {(FORMER, "region-11")}


def test_rows_that_another_source_does_better_are_not_shown():
    region, cuisine = factories.territory(), factories.diploma(FORMER)
    factories.outcome(region, cuisine, is_preferred=False)

    attributions.rebuild()

    assert not Attribution.objects.exists()
    assert Outcome.objects.exists()
