"""Whether a date will come is decided by all the sources of a level."""

import pytest

from deliveries.measured_dates import newest_years, settle, settled_reasons, undecided
from deliveries.publication import publish
from deliveries.withdrawal import take_back
from stats.indicators import BY_NAME, FIGURES, Level
from stats.models import Delivery, Outcome
from stats.reasons import SHOWN, Reason
from tests import factories
from tests.deliveries.conftest import CFA_ROWS

RATE_12, RATE_24 = (BY_NAME[f"taux_emploi_{months}_mois"].position for months in (12, 24))


def text(**letters):
    """The reasons of a row whose other figures are shown; letters: {position of the figure: letter}."""
    return "".join(letters.get(f"at_{place}", SHOWN) for place in range(len(FIGURES)))


def at(position, letter):
    return text(**{f"at_{position}": letter})


@pytest.mark.parametrize(
    ("letter", "year", "settled"),
    [
        ("Y", 2022, "C"),
        ("Y", 2021, "C"),
        ("Y", 2023, "Y"),
        ("C", 2023, "Y"),
        ("C", 2022, "C"),
        ("P", 2023, "P"),
    ],
)
def test_young_people_left_too_recently_only_after_the_newest_cohort_that_has_the_date(letter, year, settled):
    scope = (Level.SCHOOL, False)
    newest = newest_years([(scope, 2022, at(RATE_12, "Y"))])[scope]

    assert newest[RATE_24] == 2022
    assert settled_reasons(at(RATE_24, letter), year, newest) == at(RATE_24, settled)
    assert settled_reasons(at(RATE_12, letter), year, newest) == at(RATE_12, letter)


def test_both_reasons_of_a_date_are_alike_for_who_compares_rows():
    assert undecided(at(RATE_24, "Y")) == undecided(at(RATE_24, "C")) != undecided(at(RATE_24, "P"))


def test_another_source_of_the_level_settles_the_rows_that_are_stored(db):
    place, school = factories.territory(), factories.school()
    blank = dict.fromkeys(FIGURES, Reason.NOT_MEASURED_YET.value)
    of_school = factories.outcome(school, cohort_code="2021_2022", taux_emploi_6_mois=50, reasons=blank)
    newer = factories.outcome(school, cohort_code="2022_2023", taux_emploi_6_mois=50, reasons=blank)
    of_region = factories.outcome(
        place, factories.diploma(), "2021_2022", taux_emploi_6_mois=50, reasons=blank
    )
    factories.outcome(factories.school(), None, "2021_2022", "apprentissage", taux_emploi_24_mois=50)

    settle()

    found = [
        Outcome.objects.get(pk=row.pk).reason("taux_emploi_24_mois") for row in (of_school, newer, of_region)
    ]
    assert found == [Reason.NOT_COVERED, Reason.NOT_MEASURED_YET, Reason.NOT_MEASURED_YET]


def test_the_dates_of_higher_education_tell_nothing_of_the_others(db):
    school, blank = factories.school(), dict.fromkeys(FIGURES, Reason.NOT_MEASURED_YET.value)
    course, degree = factories.diploma(), factories.diploma("2400074")
    row = factories.outcome(school, course, "2021_2022", taux_emploi_6_mois=50, reasons=blank)
    factories.outcome(school, degree, "2021_2022", "superieur", taux_emploi_24_mois=50)

    settle()

    assert Outcome.objects.get(pk=row.pk).reason("taux_emploi_24_mois") is Reason.NOT_MEASURED_YET


def test_each_publication_and_withdrawal_settles_what_all_that_is_published_tells(nomenclature, cfa_file):
    def reason_at_24_months():
        return Outcome.objects.get(cohort="2021_2022").reason("taux_emploi_24_mois")

    publish([cfa_file(CFA_ROWS[0].removesuffix("71"))])
    alone = reason_at_24_months()
    publish([cfa_file(CFA_ROWS[0].replace("2021-2022", "2022-2023"))])
    beside_a_newer_one = reason_at_24_months()
    take_back(Delivery.objects.latest("pk"))

    assert (alone, beside_a_newer_one) == (Reason.NOT_MEASURED_YET, Reason.NOT_COVERED)
    assert reason_at_24_months() is Reason.NOT_MEASURED_YET
