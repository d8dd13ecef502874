"""Whatever its headers, its encoding and its signs, a file is published as what it says."""

import pytest

from deliveries.publication import File, publish
from stats.models import Outcome
from stats.reasons import Reason
from tests.deliveries.conftest import CFA_ROWS

pytestmark = [pytest.mark.usefixtures("nomenclature"), pytest.mark.any_database]
HEADER_2018 = '"n°UAI de l\'établissement";"Libellé de l\'établissement";"Région";;;"Taux";"Taux attendu";"Valeur ajoutée";;;\n'


def test_blank_headers_of_the_school_route_are_understood():
    rows = (
        '"0990001N";"LP";"ILE-DE-FRANCE";"ensemble";49;47;41;6;51;55;56\n'
        '"0990002P";"LPO";"ILE-DE-FRANCE";"ensemble";55;46;41;5;51;52;53\n'
        '"0990002P";"LPO";"ILE-DE-FRANCE";"dont apprentis";;;;;;;\n'
        '"0990002P";"LPO";"ILE-DE-FRANCE";"dont élèves en voie pro sco";54;45;10;5;52;54;54\n'
    )
    publish([File("depp-2022-etablissements-2018_2019-pro.csv", (HEADER_2018 + rows).encode())])

    alone = Outcome.objects.get(school="0990001N")
    assert (alone.route, alone.cohort_id) == ("pro", "2018_2019")
    assert (alone.taux_poursuite_etudes, alone.taux_emploi_6_mois, alone.taux_emploi_24_mois) == (49, 47, 56)
    routes = Outcome.objects.filter(school="0990002P").values_list("route", flat=True)
    assert set(routes) == {"ensemble", "apprentissage", "pro"}


def test_headers_that_name_every_rate_are_understood():
    header = (
        "N° UAI;Libellé;Région;Dont apprentis en EPLE;Taux de poursuite d'études;Taux d'emploi 6 mois;"
        "Taux d'emploi attendu;Valeur ajoutée;Taux d'emploi 12 mois\n"
    )
    row = "0990001N;LP;ILE-DE-FRANCE;ensemble;49;47;41;6;51\n"
    [report] = publish([File("depp-2022-etablissements-2023_2024-pro.csv", (header + row).encode())])

    assert report.source == "depp_etablissements_pro"
    outcome = Outcome.objects.get()
    assert (outcome.route, outcome.cohort_id) == ("pro", "2023_2024")
    assert (outcome.taux_emploi_6_mois, outcome.taux_emploi_12_mois) == (47, 51)


def test_blank_headers_of_apprenticeship_are_understood():
    rows = '"0990001N";"CFA";"ILE-DE-FRANCE";41;38;67;63;4;68;69;71\n'
    publish([File("depp-2022-etablissements-2018_2019-apprentissage.csv", (HEADER_2018 + rows).encode())])

    outcome = Outcome.objects.get()
    assert (outcome.taux_rupture_contrats, outcome.taux_poursuite_etudes) == (41, 38)


TECHNICAL = (
    "annee;uai;libelle;region;type_diplome;code_formation_mefstat11;libelle_formation;duree_formation;"
    "diplome_renove_ou_nouveau;part_en_poursuite_d_etudes;part_en_emploi_6_mois_apres_la_sortie;"
    "part_des_autres_situations;taux_poursuite_etudes;taux_emploi_6_mois;taux_emploi_12_mois;"
    "taux_emploi_18_mois;taux_emploi_24_mois"
)
LABELLED = (
    "Année;UAI;Libellé;Région;Type de diplôme;Code formation Mefstat11;Libellé formation;Durée formation;"
    "Diplôme rénové ou nouveau;Part en poursuite d'études;Part en emploi 6 mois après la sortie;"
    "Part des autres situations;Taux de poursuite d'études;Taux d'emploi 6 mois;Taux emploi 12 mois;"
    "Taux emploi 18 mois;Taux emploi 24 mois"
)


@pytest.mark.parametrize("header", [TECHNICAL, LABELLED], ids=["technical", "labelled"])
def test_courses_of_schools_come_with_technical_or_labelled_headers(header):
    row = "cumul 2022-2023;0990001N;LP;ILE-DE-FRANCE;CAP;23220022139;Cuisine;2 ans;;30;40;30;30;57;60;;"
    [report] = publish([File("fine.csv", f"{header}\n{row}\n".encode())])

    assert report.source == "inserjeunes_lycee_pro_formation_fine"
    outcome = Outcome.objects.get()
    assert (outcome.diploma_id, outcome.taux_en_emploi_6_mois, outcome.taux_emploi_6_mois) == (
        "50022139",
        40,
        57,
    )
    assert outcome.reason("taux_emploi_18_mois") is Reason.NOT_MEASURED_YET


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "iso-8859-1", "cp1252", "mac-roman", "utf-16"])
def test_encoding_of_a_file_is_found(cfa_file, encoding):
    publish([File("cfa.csv", cfa_file().content.decode().replace("\n", "\r\n").encode(encoding))])

    assert Outcome.objects.select_related("school").get(school="0990001N").school.name == "CFA Démonstration"


def test_signs_of_a_file_give_their_own_reasons(cfa_file):
    """Of two centres, one has no expected rate (na), hides its broken contracts (nd) and writes a dash for its rate."""
    signs = "cumul 2021-2022;0990002P;CFA du Port;ILE-DE-FRANCE;40;40;20;ND;40;–;na;na;70;70;71"

    publish([cfa_file(CFA_ROWS[0], signs)])

    row = Outcome.objects.get(school="0990002P")
    names = (
        "taux_emploi_6_mois",
        "taux_emploi_6_mois_attendu",
        "taux_rupture_contrats",
        "taux_emploi_12_mois",
    )
    assert [row.reason(name) for name in names] == [
        Reason.NOT_DETAILED,
        Reason.NOT_APPLICABLE,
        Reason.NOT_DETAILED,
        None,
    ]
