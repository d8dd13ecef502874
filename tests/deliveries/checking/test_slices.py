"""Each check of a cohort beside what is published: a slice in which it finds something, and one in which it finds nothing."""

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from deliveries.checking.registry import BY_CODE
from deliveries.checking.slices import Published, check, former_of
from deliveries.report import Report
from deliveries.sources import ALL
from stats.indicators import COUNTS, FIGURES, GROUP_SIZE

SOURCE = next(source for source in ALL if source.name == "ij_etablissement_formation")


def facts(count=40, **changes):
    """Rows of the facts table: schools s0, s1… with one course; changes: {column: value of the row number}."""
    rows = []
    for number in range(count):
        row = dict.fromkeys((*COUNTS, *FIGURES)) | {
            "route": "pro",
            "diploma_id": "50022139",
            "course_year_id": None,
            "school_id": f"s{number}",
            "territory_id": None,
            "level": "",
            "duration": None,
            GROUP_SIZE: 100,
            "nb_sortant": 60,
            "taux_poursuite_etudes": 40,
            "taux_emploi_6_mois": 40 + number % 20,
        }
        rows.append(row | {name: value(number) for name, value in changes.items()})
    table = pd.DataFrame(rows)
    numbers = [GROUP_SIZE, *COUNTS, *FIGURES]
    return table.assign(**{name: pd.to_numeric(table[name]).astype("Int64") for name in numbers})


NONE = facts(1).iloc[:0]
BOTH = Published(
    facts(), facts(), "2020_2021", ("2020_2021", "2021_2022"), {f"s{n}": "Bretagne" for n in range(40)}
)
NEW = replace(BOTH, same=NONE, cohorts=("2020_2021",))


def jump(number):
    return 95 if number == 0 else 40 + number % 20


# code → (rows in which it finds something, beside what; rows in which it finds nothing, beside what, the same by default)
CASES = {
    "etablissements_disparus": ((facts(30), BOTH), (facts(38), BOTH)),
    "chiffres_disparus": (
        (facts(taux_emploi_6_mois=lambda number: None if number < 5 else 50), BOTH),
        (facts(taux_emploi_6_mois=lambda number: None if number < 2 else 50), BOTH),
    ),
    "cohorte_revisee": ((facts(taux_emploi_6_mois=jump), BOTH), (facts(), BOTH)),
    "revision_forte": (
        (facts(taux_emploi_6_mois=jump), BOTH),
        (facts(taux_emploi_6_mois=lambda number: 45 + number % 20), BOTH),
    ),
    "evolution_forte": (
        (facts(taux_emploi_6_mois=jump), NEW),
        (facts(taux_emploi_6_mois=lambda number: 45 + number % 20), NEW),
    ),
    "distribution_decalee": (
        (facts(taux_emploi_6_mois=lambda number: 50 + number % 20), NEW),
        (facts(taux_emploi_6_mois=lambda number: 46 + number % 20), NEW),
    ),
    "indicateur_vide": (
        (facts(taux_poursuite_etudes=lambda number: None), NEW),
        (facts(taux_emploi_24_mois=lambda number: None), NEW),
    ),
    "volume_inhabituel": ((facts(20), NEW), (facts(35), NEW)),
    "cohorte_sautee": (
        (facts(), replace(NEW, former_cohort="2019_2020", cohorts=("2019_2020",))),
        (facts(), NEW),
    ),
    "cohorte_d_une_autre_forme": ((facts(), Published(NONE, NONE, "", ("2023",))), (facts(), NEW)),
    "diplome_ferme": (
        (facts(), replace(NEW, dates={"50022139": (None, date(2015, 8, 31))})),
        (facts(), replace(NEW, dates={"50022139": (None, date(2020, 8, 31))})),
    ),
    "diplome_trop_recent": (
        (facts(), replace(NEW, dates={"50022139": (date(2023, 9, 1), None)})),
        (facts(), replace(NEW, dates={"50022139": (date(2016, 9, 1), None)})),
    ),
    "secret_qui_augmente": (
        (facts(**{name: lambda number: None if number < 20 else 50 for name in FIGURES}), NEW),
        (facts(**{name: lambda number: None if number < 2 else 50 for name in FIGURES}), NEW),
    ),
}


def findings(rows, published, code):
    report = Report("x.csv", applies=dict.fromkeys(BY_CODE, ""))
    check(rows, "2021_2022", published, {}, report)
    return [finding for finding in report.findings if finding.kind == code]


@pytest.mark.parametrize("code", CASES)
def test_check_finds_what_is_wrong(code):
    [found, *_others] = findings(*CASES[code][0], code)
    assert BY_CODE[code].guidance in found.sentence
    assert "{" not in found.sentence
    assert found.subject.startswith("2021_2022")


@pytest.mark.parametrize("code", CASES)
def test_check_finds_nothing_in_what_is_right(code):
    assert findings(*CASES[code][1], code) == []


def test_move_of_a_group_names_its_school_and_its_course_and_no_number():
    [found] = findings(facts(taux_emploi_6_mois=jump), BOTH, "revision_forte")
    assert (found.value, found.expected) == ("50022139", "s0")
    assert "95" not in found.sentence


def test_small_move_of_a_large_group_is_told_and_the_same_of_a_small_one_is_not():
    moved = {"taux_poursuite_etudes": lambda number: 48 if number == 0 else 40}
    large, small = ({GROUP_SIZE: lambda number, size=size: size} for size in (5000, 40))
    for sizes, expected in ((large, 1), (small, 0)):
        beside = replace(BOTH, same=facts(**sizes))
        assert len(findings(facts(**moved, **sizes), beside, "revision_forte")) == expected


def test_former_cohort_is_the_last_one_before_of_the_same_form():
    assert former_of("2022_2023", ("2019_2020", "2021_2022", "2022", "2023_2024")) == "2021_2022"
    assert former_of("2023", ("2021_2022",)) == ""
