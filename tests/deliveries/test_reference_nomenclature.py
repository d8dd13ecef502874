"""The nomenclature that several tables make together."""

from datetime import date

import pandas as pd
import pytest

from deliveries.kept_diplomas import tied
from deliveries.publication import File, publish
from deliveries.reference_tables import nomenclature
from deliveries.source import Reference
from formations.models import Diploma
from formations.renewals import chains
from tests import factories
from tests.deliveries.conftest import csv
from tests.deliveries.test_reference_tables import tables


def diploma_frame(*rows):
    columns = [
        "code",
        "short_label",
        "official_label",
        "speciality",
        "opened_on",
        "closed_on",
        "last_session",
    ]
    return pd.DataFrame([(*row, None, None, None) for row in rows], columns=columns)


def job_frames():
    return {
        "certif_info": {
            "diploma_label": pd.DataFrame(
                {"diploma": ["50022139"], "label": ["CAP cuisine"], "rncp": ["38430"], "ideo": ["FOR.2"]}
            ),
            "diploma_job": pd.DataFrame({"diploma": ["50022139"] * 2, "job": ["G1602", "Z9999"]}),
        },
        "rome": {"job": pd.DataFrame({"code": ["G1602"], "label": ["Personnel de cuisine"]})},
        "onisep_rome_metiers": {
            "job_name": pd.DataFrame({"job": ["G1602"], "name": ["cuisinier"], "is_everyday": [True]})
        },
        "rome_appellations": {
            "job_name": pd.DataFrame(
                {"job": ["G1602"] * 2, "name": ["Cuisinier", "Commis"], "is_everyday": [False] * 2}
            )
        },
        "onisep_formations": {
            "onisep_domain": pd.DataFrame(
                {"ideo": ["FOR.2"], "rncp": [""], "domain": ["hôtellerie"], "subdomain": ["cuisine"]}
            )
        },
    }


def family_frames():
    return {
        "bcn_n_groupe_formation": {
            "trade_family": pd.DataFrame(
                {"code": ["G0003"], "kind": ["TG01"], "label": ["Etudes du bâtiment"]}
            )
        },
        "bcn_n_lien_formation_groupe": {
            "trade_family_member": pd.DataFrame(
                {"family": ["G0003"] * 3, "diploma": ["40020006", "40023210", "00000000"]}
            )
        },
    }


def nomenclature_frames():
    years = [
        ("24022139101", "50022139", 2, 1),
        ("23810020006", "40020006", 3, 1),
        ("23830023210", "40023210", 3, 3),
    ]
    return {
        "bcn_n_formation_diplome": {
            "diploma": diploma_frame(
                ("50022139", "CAP", "CUISINE (CAP)", "221"),
                ("50022146", "CAP", "CUISINE (CAP)", "999"),
                ("40020006", "BAC PRO", "CONSTRUCTION 2NDE COMMUNE (BAC PRO)", ""),
                ("40023210", "BAC PRO", "TRAVAUX PUBLICS (BAC PRO)", ""),
            ),
            "renewal": pd.DataFrame(
                {"former": ["50022139", "50022139", "99999999"], "new": ["50022146", "50022139", "50022146"]}
            ),
        },
        "bcn_v_formation_diplome": {
            "diploma": diploma_frame(
                ("50022139", "CAP", "AUTRE LABEL (CAP)", "221"), ("25399999", "BAGRO", "X (BAGRO)", "")
            )
        },
        "bcn_n_niveau_formation_diplome": {
            "diploma_type": pd.DataFrame(
                {
                    "code": ["500", "010"],
                    "short_label": ["CAP", "MC"],
                    "official_label": ["CERTIFICAT", "MENTION"],
                    "level": [3, None],
                }
            )
        },
        "bcn_n_mef": {
            "course_year": pd.DataFrame(years, columns=["code", "diploma", "duration", "year"]).assign(
                official_label="X"
            )
        },
        **family_frames(),
        "bcn_n_groupe_specialite": {
            "speciality": pd.DataFrame(
                {"code": ["221"], "parent": ["22"], "label": ["Agro"], "official_label": ["AGRO"]}
            )
        },
        **job_frames(),
    }


@pytest.fixture(scope="module")
def made():
    return tables(nomenclature.tables(nomenclature_frames(), Reference()))


def test_current_table_wins_over_the_former_one(made):
    diplomas = made["Diploma"].set_index("code")
    assert len(diplomas) == 5
    assert diplomas.at["50022139", "official_label"] == "CUISINE (CAP)"
    assert (diplomas.at["50022139", "label"], diplomas.at["50022139", "slug"]) == (
        "CAP Cuisine",
        "cap-cuisine",
    )
    assert (diplomas.at["50022139", "rncp"], diplomas.at["50022139", "ideo"]) == ("38430", "FOR.2")


def test_renewal_from_an_unknown_code_too_is_a_fork(made):
    assert made["Renewal"]["forks_outside"].tolist() == [True]


def test_unknown_speciality_or_renewal_is_left_out(made):
    specialities = made["Diploma"].set_index("code")["speciality_id"]
    assert (specialities["50022139"], specialities["50022146"]) == ("221", None)
    assert made["Renewal"][["former_id", "new_id"]].to_numpy().tolist() == [["50022139", "50022146"]]
    assert made["Speciality"]["parent_id"].tolist() == [None]


def test_type_that_the_table_lacks_comes_from_its_diplomas(made):
    types = made["DiplomaType"].set_index("code")
    assert types.at["253", "short_label"] == "Bachelor agro"
    assert (types.at["500", "level"], types.at["010", "level"]) == (3, None)
    assert set(made["Diploma"]["type_id"]) <= set(types.index)


def test_common_second_year_is_the_one_whose_courses_stop_after_a_year(made):
    members = made["TradeFamilyMember"].set_index("diploma_id")["is_common_year"]
    assert members.to_dict() == {"40020006": True, "40023210": False}
    assert made["TradeFamily"]["label"].tolist() == ["Études du bâtiment"]


def test_everyday_name_wins_over_the_same_name(made):
    names = made["JobName"].set_index("name")["is_everyday"]
    assert names.to_dict() == {"Cuisinier": True, "Commis": False}
    assert made["DiplomaJob"].to_numpy().tolist() == [["50022139", "G1602"]]


def test_domains_follow_the_onisep_identifier(made):
    assert made["DiplomaDomain"].to_numpy().tolist() == [["50022139", "hotellerie-cuisine"]]
    domains = made["Domain"].set_index("slug")
    assert domains.at["hotellerie-cuisine", "parent_id"] == "hotellerie"
    assert domains.at["hotellerie-cuisine", "label"] == "Cuisine"


DIPLOMA_HEADER = (
    "FORMATION_DIPLOME;NIVEAU_FORMATION_DIPLOME;GROUPE_SPECIALITE;LIBELLE_COURT;LIBELLE_LONG_200;DATE_OUVERTURE;"
    "DATE_FERMETURE;ANCIEN_DIPLOME_1;NOUVEAU_DIPLOME_1"
)
FORMER, NEW, UNUSED = (
    "50022139;500;221;CAP;CUISINE (CAP);01/09/2010;31/08/2018;;50022146",
    "50022146;500;221;CAP;CUISINE (CAP);01/09/2018;;50022139;",
    "50022133;500;221;CAP;PATISSERIE (CAP);01/09/2010;31/08/2012;;",
)


@pytest.mark.django_db
def test_newer_nomenclature_keeps_the_closed_diplomas_to_which_figures_refer():
    publish([File("N_FORMATION_DIPLOME.csv", csv(DIPLOMA_HEADER, FORMER, NEW, UNUSED))])
    place = factories.territory("region", "53", "Bretagne")
    factories.outcome(place, Diploma.objects.get(pk="50022139"), nb_annee_term=100)
    newer = File("N_FORMATION_DIPLOME_2.csv", csv(DIPLOMA_HEADER, NEW.replace("50022139", "")))
    (report,) = publish([newer], confirmed=True)
    assert report.status == "publie"
    assert set(Diploma.objects.values_list("pk", "closed_on")) == {
        ("50022139", date(2018, 8, 31)),
        ("50022146", None),
    }
    assert chains(["50022146"])["50022146"].formers == ("50022139",)


def test_codes_tied_by_renewals_are_found_at_any_distance():
    assert tied({"B"}, [("A", "B"), ("B", "C"), ("C", "A"), ("D", "E")]) == {"A", "B", "C"}
