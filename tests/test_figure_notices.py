"""A school's figure withdrawn or contested: its sentence on every surface, no trace of its value, and all comes back."""

import html
import json
import re

import pytest
from django.contrib.auth.models import Group, User
from django.db import connection, transaction
from django.test import Client

from accounts.roles import APPROVER
from api.files import files, versions
from deliveries.figure_notices import hiding
from deliveries.figure_notices.journal import verify_notices
from deliveries.figure_notices.lifecycle import AlreadyEnded, NothingToHide, begin, end
from deliveries.models import Operation, Submission
from deliveries.operations.queue import add, start_next
from deliveries.publication import File, publish
from deliveries.reference_tables import certifications
from establishments.models import School
from formations.models import Diploma
from stats.indicators import BY_NAME, COUNTS, FIGURES
from stats.models import FigureNotice, NoticeEntry, Outcome
from stats.models.notices import DEFAULT_SENTENCES
from stats.reasons import Reason
from tests import factories
from tests.conftest import database
from tests.databases import EMPTY
from tests.deliveries.conftest import (
    CFA_HEADER,
    CFA_ROWS,
    REGION_HEADER,
    REGION_ROWS,
    create_nomenclature,
    csv,
)
from tests.signing_in import signed_in

SENTENCE = "Le CFA et le ministère vérifient ce chiffre, publié par erreur."
SCHOOL, OTHER, COURSE, COHORT = "0990001N", "0990002P", "50022139", "2021_2022"
FINE_HEADER = (
    "Année;UAI;Libellé;Région;Type de diplôme;Code formation apprentissage;Libellé formation;Durée formation;"
    "Diplôme rénové ou nouveau;Part en poursuite d'études;Part en emploi 6 mois après la sortie;"
    "Part des autres situations;Taux de poursuite d'études;Taux emploi 6 mois;Taux emploi 12 mois;"
    "Taux emploi 18 mois;Taux emploi 24 mois"
)
_FINE = "cumul 2021-2022;{};CFA;ILE-DE-FRANCE;CAP;50022139;CUISINE (CAP);2 an(s);;{};{};{};{};64;66;67;68"
FINE_ROWS = (_FINE.format(SCHOOL, 21, 53, 26, 21), _FINE.format(OTHER, 33, 44, 23, 33))
TOKEN = f"{COURSE}.apprentissage.{SCHOOL}"
TOKEN = f"{COURSE}.apprentissage.{SCHOOL}"
PAGES = {
    "page of the course": f"/formations/x-{COURSE}/?voie=apprentissage",
    "page of the school": f"/etablissements/cfa-demonstration-{SCHOOL}/",
    "comparison": f"/comparer/?e={TOKEN}",
    "comparison as a table": f"/comparer/?e={TOKEN}&e={COURSE}.apprentissage.{OTHER}&vue=tableau",
    "CSV of the comparison": f"/comparer.csv?e={TOKEN}",
    "CSV of the school": f"/etablissements/cfa-demonstration-{SCHOOL}.csv",
    "CSV of the course": f"/formations/x-{COURSE}.csv",
    "JSON of the open API": f"/api/v1/chiffres/?etablissement={SCHOOL}&formation={COURSE}",
    "CSV of the open API": f"/api/v1/chiffres.csv?etablissement={SCHOOL}&formation={COURSE}",
    "Exposition API": f"/api/inserjeunes/formations/{SCHOOL}-{COURSE}",
    "embed": f"/api/inserjeunes/formations/{SCHOOL}-{COURSE}.svg?direction=horizontal",
}
FILES = {
    "whole-data CSV": "/donnees/derniere/chiffres.csv",
    "whole-data JSON lines": "/donnees/derniere/chiffres.jsonl",
    "Atom feed of changes": "/donnees/changements.atom",
    "JSON feed of changes": "/donnees/changements.json",
    "lines of changes": "/donnees/derniere/changements.jsonl",
}


@pytest.fixture(scope="module")
def published(django_db_setup, django_db_blocker):
    """Two training centres that publish one course, with the totals of each and of their region."""
    with database(django_db_blocker, EMPTY):
        with django_db_blocker.unblock():
            create_nomenclature()
            reports = publish(
                [
                    File("cfa.csv", csv(CFA_HEADER, *CFA_ROWS)),
                    File("fine.csv", csv(FINE_HEADER, *FINE_ROWS)),
                    File("region.csv", csv(REGION_HEADER, *REGION_ROWS)),
                ]
            )
            certifications.rebuild({})
        assert {report.status for report in reports} == {"publie"}
        yield


@pytest.fixture
def directory(settings, tmp_path):
    settings.OPEN_FILES_DIR = tmp_path / "ouvertes"


def notice(kind, **fields):
    values = {
        "uai": SCHOOL,
        "scope": "formation",
        "course": COURSE,
        "sentence": SENTENCE,
        "reason": "Erreur signalée",
    }
    return FigureNotice(kind=kind, **values | fields)


def asked(client, addresses):
    """{surface: text of its answer, without the version of the data}."""
    found = {}
    for name, address in addresses.items():
        response = client.get(address)
        assert response.status_code == 200, (name, response.status_code)
        body = response.getvalue() if response.streaming else response.content
        found[name] = re.sub(r"\d{4}-\d\d-\d\d-\d{6}-\d+", "VERSION", html.unescape(body.decode("utf-8-sig")))
    return found


def row_of_course():
    return Outcome.objects.get(school=SCHOOL, diploma=COURSE)


def without(surfaces, *names):
    return {name: text for name, text in surfaces.items() if name not in names}


@pytest.mark.usefixtures("published", "db", "directory")
def test_withdrawn_figure_leaves_its_sentence_and_no_trace_of_its_value_and_comes_back(client):
    files.make()
    before, of_files = asked(client, PAGES), asked(client, without(FILES, "lines of changes"))
    with transaction.atomic():
        # Other values of the same group: once they are withdrawn, nothing may differ.
        Outcome.objects.filter(pk=row_of_course().pk).update(
            taux_en_emploi_6_mois=61, taux_en_formation=15, taux_autres_6_mois=24, taux_emploi_6_mois=72
        )
        begin(notice("retire"), None)
        of_others = asked(client, PAGES)
        transaction.set_rollback(True)

    said = begin(notice("retire"), None)
    files.make()
    during = asked(client, PAGES)
    assert {name for name, text in during.items() if SENTENCE not in text} == set()
    assert {name for name in during if during[name] != of_others[name]} == set()
    assert {name for name, text in asked(client, FILES).items() if SENTENCE not in text} == set()
    withdrawn = row_of_course()
    assert not any(getattr(withdrawn, name) is not None for name in (*FIGURES, *COUNTS))
    assert versions.served(versions.current()) == [versions.current()]

    end(said, None, "Vérifié")
    files.make()
    assert asked(client, PAGES) == before
    assert {
        name for name in of_files if "whole" in name and asked(client, FILES)[name] != of_files[name]
    } == set()
    assert f"Avis levé sur 1 groupe\u00a0: {SENTENCE}" in asked(client, FILES)["JSON feed of changes"]


@pytest.mark.usefixtures("published", "db")
def test_contested_figure_stays_with_its_sentence_beside_it(client):
    before = asked(client, PAGES)
    said = begin(notice("conteste", figures=["taux_en_emploi_6_mois"]), None)
    during = asked(client, PAGES)
    assert {name for name, text in during.items() if SENTENCE not in text} == set()
    contested = row_of_course()
    assert (contested.taux_en_emploi_6_mois, contested.note("taux_en_emploi_6_mois")) == (53, SENTENCE)
    assert contested.note("taux_emploi_6_mois") == ""
    figures = json.loads(during["JSON of the open API"])["results"][0]["chiffres"]
    assert {figure["indicateur"]: figure["contestation"] for figure in figures if figure["contestation"]} == {
        "taux_en_emploi_6_mois": SENTENCE
    }
    end(said, None, "Vérifié")
    assert asked(client, PAGES) == before


@pytest.mark.usefixtures("published", "db")
def test_notice_stays_in_force_over_later_deliveries_of_the_same_figures():
    said = begin(notice("retire", figures=["taux_emploi_6_mois"]), None)
    kept = row_of_course().taux_emploi_12_mois
    other = csv(FINE_HEADER, FINE_ROWS[1].replace("2021-2022", "2020-2021"))
    [report] = publish([File("fine-1.csv", other)])
    assert "avis_en_vigueur" not in {finding.kind for finding in report.findings}
    [report] = publish(
        [File("fine-2.csv", csv(FINE_HEADER, _FINE.format(SCHOOL, 23, 51, 26, 23), FINE_ROWS[1]))]
    )
    [told] = [finding for finding in report.findings if finding.kind == "avis_en_vigueur"]
    assert "avis\u00a0: 1." in told.sentence

    later = row_of_course()
    assert (later.taux_emploi_6_mois, later.note("taux_emploi_6_mois")) == (None, SENTENCE)
    assert (later.taux_en_formation, later.taux_emploi_12_mois) == (23, kept)
    # The share of those who work would give it back.
    assert later.taux_en_emploi_6_mois is None
    end(said, None, "Vérifié")
    assert (row_of_course().taux_emploi_6_mois, row_of_course().taux_en_emploi_6_mois) == (64, 51)
    assert [(entry.action, entry.reason) for entry in NoticeEntry.objects.order_by("pk")] == [
        ("debut", "Erreur signalée"),
        ("fin", "Vérifié"),
    ]
    assert verify_notices().is_intact
    NoticeEntry.objects.filter(action="debut").update(reason="autre")
    assert not verify_notices().is_intact
    with pytest.raises(AlreadyEnded):
        end(said, None, "Encore")


@pytest.mark.usefixtures("published", "db")
def test_head_counts_of_too_few_leavers_are_withdrawn_and_marked_to_come_back():
    counts = {"nb_annee_term": 30, "nb_poursuite_etudes": 18, "nb_sortant": 12, "nb_en_emploi_6_mois": 7}
    few = factories.outcome(
        School.objects.get(pk=SCHOOL),
        Diploma.objects.get(pk=COURSE),
        COHORT,
        "pro",
        **counts,
        taux_emploi_6_mois=58,
    )
    assert few.reason("taux_emploi_6_mois") == Reason.TOO_FEW_LEAVERS
    FigureNotice.objects.bulk_create([notice("retire", figures=["taux_emploi_6_mois"])])
    hiding.apply([COHORT])
    few.refresh_from_db()
    assert (few.nb_en_emploi_6_mois, few.nb_sortant, few.withdrawn_note) == (None, 12, SENTENCE)
    assert few.reason("taux_emploi_6_mois") == Reason.TOO_FEW_LEAVERS


@pytest.mark.usefixtures("published", "db")
def test_nothing_is_withdrawn_where_nothing_is_published():
    with pytest.raises(NothingToHide):
        begin(notice("retire", uai="0999999X"), None)
    assert not FigureNotice.objects.exists()


RATE = "taux_emploi_6_mois"
DESK = "/gestion/stats/figurenotice/"


@pytest.fixture
def approver(published, db):
    user = User.objects.create_user("approbatrice", is_staff=True)
    user.groups.add(Group.objects.get(name=APPROVER))
    return signed_in(Client(), user)


def test_desk_finds_a_school_shows_what_changes_withdraws_and_takes_it_back(approver):
    assert f'<a href="?uai={SCHOOL}">' in approver.get(f"{DESK}add/?q=cfa demonstration").text
    assert "Aucun établissement n’a ce code" in approver.get(f"{DESK}add/?q=zzz").text
    address = f"{DESK}add/?uai={SCHOOL}"
    assert f"{BY_NAME[RATE].label}\u00a0: 64\u00a0%" in approver.get(address).text
    said = {
        "kind": "retire",
        "target": COURSE,
        "figures": ["taux_emploi_12_mois"],
        "reason": "Erreur <signalée>",
    }

    assert "Ce champ est obligatoire" in approver.post(address, {**said, "reason": ""}).text
    preview = approver.post(address, {**said, "voir": "1"})
    assert DEFAULT_SENTENCES["retire"] in preview.text
    assert [len(line.figures) for line in preview.context["change"].own] == [1]
    assert [line.place for line in preview.context["change"].totals] == ["CFA Démonstration"]
    assert not FigureNotice.objects.exists()
    done = approver.post(address, {**said, "sentence": SENTENCE, "confirmer": "1"}, follow=True)
    assert "Lever cet avis" in done.text
    assert SENTENCE in approver.get(DESK).text
    assert row_of_course().taux_emploi_12_mois is None

    end_of = f"{DESK}{FigureNotice.objects.get().pk}/lever/"
    assert "Ce champ est obligatoire" in approver.post(end_of, {"reason": " "}).text
    assert "L’avis est levé" in approver.post(end_of, {"reason": "Vérifié"}, follow=True).text
    assert "déjà levé" in approver.post(end_of, {"reason": "Vérifié"}, follow=True).text
    assert row_of_course().taux_emploi_12_mois == 66
    export = approver.get("/gestion/stats/delivery/journal/avis.csv").getvalue().decode()
    assert "Erreur <signalée>" in export
    assert "approbatrice" in export


def test_desk_says_that_a_publication_is_under_way(approver):
    add(Operation.Kind.CHECK, None, Submission.objects.create())
    start_next("ailleurs")
    said = {"kind": "conteste", "target": COURSE, "reason": "x", "confirmer": "1"}
    answer = approver.post(f"{DESK}add/?uai={SCHOOL}", said)

    if connection.vendor == "sqlite":
        assert answer.status_code == 503
        assert "rien n’a été fait de ce que vous demandez" in answer.text
        assert not FigureNotice.objects.exists()
