"""A file published with columns that somebody named is read in the same way each time: again, taken back, by name."""

import pytest
from django.core.management import CommandError, call_command

from deliveries import column_mappings
from deliveries.candidates import File
from deliveries.journal_chain import content_of, verify_journal
from deliveries.publication import publish
from deliveries.reading import read_table
from deliveries.reference_tables import build
from deliveries.source import Stage
from deliveries.withdrawal import take_back
from formations.models import CourseYear
from stats.models import Delivery, Outcome
from tests.deliveries.conftest import CFA_HEADER, CFA_ROWS, csv

pytestmark = pytest.mark.usefixtures("nomenclature")
CONTENT = csv(CFA_HEADER.replace("Taux emploi 12 mois", "").replace("Taux emploi 18 mois", ""), *CFA_ROWS)
RIGHT = {"taux_emploi_12_mois": 12, "taux_emploi_18_mois": 13}
SWAPPED = {"taux_emploi_12_mois": 13, "taux_emploi_18_mois": 12}


def delivered(said):
    [report] = publish([File("cfa.csv", CONTENT, "inserjeunes_cfa", columns=said)])
    return report


def rates():
    return Outcome.objects.order_by("school").values_list("taux_emploi_12_mois", "taux_emploi_18_mois")[0]


def test_the_same_file_read_otherwise_replaces_its_figures_and_comes_back():
    assert delivered({}).status == "refuse"
    assert delivered(SWAPPED).status == "publie"
    assert rates() == (70, 73)
    assert delivered(RIGHT).status == "publie"
    assert rates() == (73, 70)
    assert delivered(RIGHT).status == "inchange"
    take_back(Delivery.objects.first())
    assert rates() == (70, 73)


def test_what_was_said_is_read_again_and_is_in_the_journal():
    delivered(RIGHT)
    delivery = Delivery.objects.get()
    build.rebuild_from(Stage.TERRITORIES)

    rows = build.live_rows(delivery.slices.get(), build.load())
    assert rows["taux_emploi_12_mois"].tolist() == [73, 70]
    assert content_of(delivery)["colonnes"] == RIGHT
    assert verify_journal().is_intact
    Delivery.objects.update(columns=SWAPPED)
    assert not verify_journal().is_intact


def test_columns_are_told_on_the_command_line(tmp_path, capsys):
    (tmp_path / "cfa.csv").write_bytes(CONTENT)
    told = tmp_path / "colonnes.toml"
    told.write_text(
        'source = "inserjeunes_cfa"\n[columns]\ntaux_emploi_12_mois = 13\ntaux_emploi_18_mois = 14\n'
        "taux_emploi_24_mois = false\n"
    )
    call_command("ingest", str(tmp_path / "cfa.csv"), columns=told)

    assert rates() == (73, 70)
    assert not Outcome.objects.exclude(taux_emploi_24_mois=None).exists()
    assert (
        "«\u00a0taux_emploi_12_mois\u00a0»\u00a0: C’est la colonne n°\u00a013 du fichier"
        in capsys.readouterr().out
    )


def test_columns_kept_under_a_name_are_told_by_it(tmp_path):
    """Only of a file of the header for which they were kept."""
    table = read_table("cfa.csv", CONTENT)
    column_mappings.keep("CFA", "inserjeunes_cfa", table, RIGHT, None)
    (tmp_path / "cfa.csv").write_bytes(CONTENT)
    (tmp_path / "autre.csv").write_bytes(csv(CFA_HEADER, *CFA_ROWS))

    call_command("ingest", str(tmp_path / "cfa.csv"), mapping="CFA")
    assert rates() == (73, 70)
    for path, name in (("autre.csv", "CFA"), ("cfa.csv", "Inconnu")):
        with pytest.raises(CommandError):
            call_command("ingest", str(tmp_path / path), mapping=name)


def test_years_of_courses_that_two_diplomas_share_name_both():
    header = (
        "MEF;MEF_STAT_11;FORMATION_DIPLOME;DISPOSITIF_FORMATION;DUREE_DISPOSITIF;ANNEE_DISPOSITIF;LIBELLE_LONG;"
        "DATE_FERMETURE"
    )
    diplomas = (
        "FORMATION_DIPLOME;NIVEAU_FORMATION_DIPLOME;GROUPE_SPECIALITE;LIBELLE_COURT;LIBELLE_LONG_200;"
        + ("ANCIEN_DIPLOME_1;NOUVEAU_DIPLOME_1")
    )
    publish(
        [
            File(
                "n_formation_diplome.csv",
                csv(
                    diplomas,
                    "24113401;241;134;DN MADE;DN;;",
                    "32113401;321;134;DMA;DMA;;",
                    "50022139;500;221;CAP;C;;",
                ),
            ),
            File(
                "n_mef.csv",
                csv(
                    header,
                    "3171340131;32710013401;32113401;317;3;1;1DMA3;31/08/2019",
                    "4181340131;32710013401;24113401;418;3;1;1MADE3;31/08/2024",
                    "2412213922;23220022139;50022139;241;2;2;2CAP2;",
                ),
            ),
        ]
    )

    assert CourseYear.objects.get(pk="32710013401").diploma_id == "24113401"
    assert build.load().mappings["course_year.diploma.several"] == {"32710013401": ["24113401", "32113401"]}
