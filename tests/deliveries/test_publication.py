"""What a publication stores of its files, and which of them are shown."""

import pytest
from django.db import connection

from deliveries.publication import File, publish
from deliveries.withdrawal import take_back
from stats.models import Delivery, Outcome, Slice
from stats.reasons import Reason
from tests.conftest import skip_loudly
from tests.deliveries.conftest import CFA_ROWS, REGION_ROWS

pytestmark = pytest.mark.usefixtures("nomenclature")
REVISED = CFA_ROWS[0].replace(";30;57;13;", ";31;57;12;")
NEXT_COHORT = CFA_ROWS[0].replace("2021-2022", "2022-2023")


def shown():
    return dict(Outcome.objects.published().values_list("school_id", "taux_en_formation"))


def test_figures_are_published_with_their_cohort_school_and_journal(cfa_file):
    [report] = publish([cfa_file()])

    assert (report.status, report.counts["nouvelles"], report.cohorts) == ("publie", 2, ("2021_2022",))
    outcome = Outcome.objects.get(school="0990001N")
    assert (outcome.taux_emploi_6_mois, outcome.valeur_ajoutee_6_mois) == (81, 8)
    assert (outcome.school.name, outcome.school.region_id) == ("CFA Démonstration", "region-11")
    assert outcome.delivery.report["lignes"]["lues"] == 2
    assert outcome.delivery.file_id == report.sha256


def test_cohort_option_keeps_one_cohort_of_a_file(cfa_file):
    file = cfa_file(*CFA_ROWS, NEXT_COHORT)
    publish([File(file.name, file.content, cohort="2022_2023")])

    assert set(Outcome.objects.values_list("cohort", flat=True)) == {"2022_2023"}


def test_file_given_twice_is_published_once(cfa_file):
    reports = publish([cfa_file(name="a.csv"), cfa_file(name="b.csv")])

    assert [report.status for report in reports] == ["publie", "inchange"]
    assert Delivery.objects.count() == 1


def test_of_two_files_of_a_slice_the_last_is_shown_and_the_first_says_so(cfa_file):
    first, last = publish([cfa_file(name="a.csv"), cfa_file(REVISED, name="b.csv")])

    assert [first.status, last.status] == ["publie", "publie"]
    assert [f.kind for f in first.findings if f.kind != "etablissement_sans_fiche"] == ["remplace_aussitot"]
    assert {finding.kind for finding in last.findings} <= {"cohorte_revisee", "etablissement_sans_fiche"}
    assert (last.counts["modifiees"], last.counts["disparues"]) == (1, 1)
    assert shown() == {"0990001N": 31}


def test_same_bytes_published_twice_in_a_row_by_a_former_version_are_taken_back_as_once(cfa_file):
    publish([cfa_file(REVISED)])
    [report] = publish([cfa_file()])
    double = Delivery.objects.get(pk=report.delivery)
    double.pk = None
    double.save()
    Slice.objects.filter(state=Slice.State.LIVE).update(state=Slice.State.SUPERSEDED)
    Slice.objects.create(delivery=double, source=double.source, cohort="2021_2022")

    take_back(double)

    assert shown() == {"0990001N": 31}


def test_one_refused_file_does_not_stop_the_others(cfa_file, region_file):
    bad = region_file(REGION_ROWS[0].replace(";11;", ";98;"))
    reports = publish([bad, cfa_file()])

    assert [report.status for report in reports] == ["refuse", "publie"]


def test_better_source_is_preferred_and_the_other_takes_its_place_when_it_goes(cfa_file):
    depp = (
        "n°UAI de l'établissement;Libellé de l'établissement;Région;Taux de poursuite d'études;Taux;"
        "Taux attendu;Valeur ajoutée;Part en poursuite d'études ;Part en emploi 6 mois après la sortie\u00a0;"
        "Part des autres situations \n0990001N;CFA Démonstration;ILE-DE-FRANCE;35;60;60;0;35;45;20\n"
    )
    publish([cfa_file(), File("depp-2021_2022-apprentissage.csv", depp.encode())])

    assert shown()["0990001N"] == 30
    take_back(Delivery.objects.get(source="inserjeunes_cfa"))
    assert shown() == {"0990001N": 35}


@pytest.mark.parametrize("hole", ["", "nd"])
def test_open_data_arrives_withheld_and_is_published_as_its_source_did(cfa_file, hole):
    small = f"cumul 2021-2022;0990001N;CFA;ILE-DE-FRANCE;{';'.join([hole] * 11)}"
    few_leavers = f"cumul 2021-2022;0990002P;CFA;ILE-DE-FRANCE;80;15;5;20;80;{';'.join([hole] * 6)}"
    whole = "cumul 2021-2022;0990003R;CFA;ILE-DE-FRANCE;30;57;13;20;30;81;73;8;73;70;71"
    publish([cfa_file(small, few_leavers, whole)])

    outcome_of = {outcome.school_id: outcome for outcome in Outcome.objects.all()}
    assert {outcome.nb_annee_term for outcome in outcome_of.values()} == {None}
    for uai, rate, reason in (
        ("0990001N", None, Reason.TOO_FEW_PEOPLE),
        ("0990002P", None, Reason.TOO_FEW_LEAVERS),
        ("0990003R", 81, None),
    ):
        assert (outcome_of[uai].taux_emploi_6_mois, outcome_of[uai].reason("taux_emploi_6_mois")) == (
            rate,
            reason,
        )
    assert outcome_of["0990002P"].taux_poursuite_etudes == 80


def test_raw_small_groups_are_withheld_before_they_are_stored(region_file):
    publish([region_file("a;2021_2022;10;11;apprentissage;50022139;;17;7;7;7;7;9;8;88;88;88;88;53")])

    outcome = Outcome.objects.get()
    assert outcome.nb_annee_term == 17
    assert outcome.nb_sortant is None
    assert outcome.taux_poursuite_etudes is None
    assert outcome.reason("taux_emploi_6_mois") is Reason.TOO_FEW_PEOPLE


def test_shares_on_the_final_year_are_made_from_counts(region_file):
    publish([region_file()])

    outcome = Outcome.objects.get(route="apprentissage")
    shares = (outcome.taux_en_emploi_6_mois, outcome.taux_en_formation, outcome.taux_autres_6_mois)
    assert shares == (40, 20, 40)


def test_course_year_finds_its_diploma(region_file):
    publish([region_file()])

    outcome = Outcome.objects.get(route="pro")
    assert (outcome.course_year_id, outcome.diploma_id) == ("23220022139", "50022139")


def test_statistics_of_what_was_published_are_fresh_on_postgresql(cfa_file):
    """PostgreSQL would plan the export of a whole country as that of an empty table, and take minutes for it."""
    publish([cfa_file()])

    if connection.vendor != "postgresql":
        skip_loudly("ces statistiques n’existent que sur PostgreSQL", is_required=False)
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE relname = %s", [Outcome._meta.db_table])
        assert cursor.fetchone() == (Outcome.objects.count(),)
