"""What the published figures let one deduce: told with each delivery, stopped and given back as the setting says."""

import io

import pytest
from django.core.management import call_command

from deliveries import disclosure_audit
from deliveries.publication import publish
from deliveries.withdrawal import take_back
from stats.indicators import COUNTS, FIGURES
from stats.models import AuditMemory, Delivery, Outcome
from stats.reasons import Reason

pytestmark = pytest.mark.django_db

# One year is small: the pool of both less the other year tells all about it.
YEARS = (
    "a;2021;10;11;apprentissage;50022139;;100;40;40;40;40;20;80;50;50;50;50;20",
    "b;2022;10;11;apprentissage;50022139;;10;;;;;;;;;;;",
    "c;2021_2022;10;11;apprentissage;50022139;;110;44;44;44;44;22;88;50;50;50;50;20",
)


@pytest.fixture
def years(nomenclature, region_file):
    return region_file(*YEARS, name="annees.csv")


def stored():
    names = ("cohort", "is_preferred", *COUNTS, *FIGURES, "reasons")
    return {row["cohort"]: row for row in Outcome.objects.values(*names)}


def withheld():
    letter = Reason.PROTECTS_OTHERS.value
    return sorted(Outcome.objects.filter(reasons__contains=letter).values_list("cohort", flat=True))


def test_a_total_and_its_parts_that_the_source_publishes_are_both_shown_as_published(years):
    publish([years])

    rows = stored()
    assert (rows["2021"]["nb_sortant"], rows["2021"]["taux_poursuite_etudes"]) == (80, 20)
    assert (rows["2021_2022"]["nb_sortant"], rows["2021_2022"]["taux_poursuite_etudes"]) == (88, 20)


def test_the_data_manager_gets_by_default_a_report_of_the_groups_that_the_figures_let_one_deduce(years):
    [report] = publish([years])

    audit = Delivery.objects.get(pk=report.delivery).report["recoupements"]
    assert (audit["mode"], audit["groupes_confidentiels"], audit["deduits"], audit["approches"]) == (
        "report",
        1,
        1,
        0,
    )
    [group] = audit["groupes"]
    place = {"voie": "apprentissage", "formation": "50022139", "lieu": "region-11"}
    assert group == {"cohorte": "2022", **place, "certain": True, "ensemble": 1} | {
        "livraison": report.delivery,
        "chiffres": group["chiffres"],
    }
    assert {figure["cohorte"] for figure in group["chiffres"]} == {"2021", "2021_2022"}
    assert all(figure["livraison"] == report.delivery and figure["noms"] for figure in group["chiffres"])
    assert withheld() == []


def test_the_next_audit_keeps_what_the_last_one_solved(years):
    [report] = publish([years])
    memory = AuditMemory.objects.get()
    assert (memory.cohort, bool(memory.solved)) == ("2021", True)

    assert disclosure_audit.apply_mode(["2022"]) == report.disclosure
    assert AuditMemory.objects.get().solved == memory.solved


def test_nothing_is_looked_for_when_the_setting_is_off(years, settings):
    settings.DISCLOSURE_MODE = "off"
    [report] = publish([years])

    assert report.disclosure is None
    assert Delivery.objects.get(pk=report.delivery).report["recoupements"] is None


def test_enforce_withholds_figures_of_another_group_and_says_why(years, settings):
    settings.DISCLOSURE_MODE = "enforce"
    [report] = publish([years])

    assert withheld() == ["2021"]
    row = Outcome.objects.get(cohort="2021")
    assert row.reason("taux_poursuite_etudes") is Reason.PROTECTS_OTHERS
    assert row.taux_poursuite_etudes is None
    assert row.nb_annee_term == 100
    assert (report.disclosure.certain, report.disclosure.rows) == (1, 1)
    assert report.disclosure.figures > 0


def test_figures_come_back_when_the_setting_changes(years, settings):
    publish([years])
    before = stored()
    settings.DISCLOSURE_MODE = "enforce"
    call_command("audit_disclosure", apply=True, stdout=io.StringIO())
    assert withheld() == ["2021"]
    version = Delivery.objects.count()

    settings.DISCLOSURE_MODE = "off"
    out = io.StringIO()
    call_command("audit_disclosure", apply=True, stdout=out)

    assert stored() == before
    assert Delivery.objects.count() == version + 1
    assert out.getvalue() == "Réglage\u00a0: off.\n"


def test_figures_come_back_when_what_they_protected_is_taken_back(years, region_file, settings):
    settings.DISCLOSURE_MODE = "enforce"
    publish([region_file(YEARS[0], name="2021.csv")])
    [later] = publish([region_file(*YEARS[1:], name="suite.csv")])
    assert withheld() == ["2021"]

    entry = take_back(Delivery.objects.get(pk=later.delivery))

    assert withheld() == []
    assert Outcome.objects.get().taux_poursuite_etudes == 20
    assert entry.report["recoupements"]["deduits"] == 0


def test_later_delivery_starts_from_the_figures_of_the_kept_files(years, region_file, settings):
    settings.DISCLOSURE_MODE = "enforce"
    publish([years])
    publish([region_file(YEARS[1].replace(";10;;", ";30;;"), name="2022.csv")])

    assert withheld() == []
    assert Outcome.objects.get(cohort="2021").taux_poursuite_etudes == 20


def test_command_lists_the_groups_and_changes_nothing(years):
    publish([years])
    before, out = stored(), io.StringIO()

    call_command("audit_disclosure", stdout=out)

    assert (
        "Groupes de moins de 20 élèves\u00a0: 1, dont déduits des chiffres des sources\u00a0: 1"
        in out.getvalue()
    )
    assert "2022 apprentissage 50022139 region-11\u00a0: certaine" in out.getvalue()
    assert "par 2021_2022 apprentissage 50022139 region-11, livraison" in out.getvalue()
    assert stored() == before


def test_command_has_nothing_to_say_without_figures(db):
    out = io.StringIO()
    call_command("audit_disclosure", stdout=out)
    call_command("audit_disclosure", apply=True, stdout=out)

    assert out.getvalue() == "Rien à recouper.\n" * 2
    assert not Delivery.objects.exists()
