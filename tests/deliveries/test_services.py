"""Replies of services: what is read, what is refused, what is kept of former figures."""

import json
from datetime import date

import pandas as pd
import pytest

from deliveries.services import apprenticeship_catalogue, bcn, inserjeunes, insersup
from deliveries.services.responses import RefusedReply, content, items, revised
from stats.indicators import Level

FRANCE = inserjeunes.Subject(Level.COUNTRY, "", "2020", "apprentissage")
REGION = inserjeunes.Subject(Level.REGION, "01", "2020_2021")


def reply(*measures, code="12345678", dimension="id_formation_apprentissage", **item):
    return {
        "data": [
            {"id_mesure": name, "valeur_mesure": value, "dimensions": [{dimension: code}], **item}
            for name, value in measures
        ]
    }


def only(body, about=FRANCE):
    return inserjeunes.rows(200, body, about).iloc[0].dropna().to_dict()


@pytest.mark.parametrize(
    ("status", "body", "reason"),
    [
        (200, "{json:", "pas du JSON"),
        (400, "erreur", "400"),
        (400, {"msg": "filiere incorrect"}, "filiere incorrect"),
        (200, "[]", "pas un objet"),
    ],
)
def test_reply_that_gives_nothing_is_refused_with_its_reason(status, body, reason):
    with pytest.raises(RefusedReply, match=reason):
        content(status, body)


def test_json_in_json_is_read():
    assert content(200, json.dumps(json.dumps({"data": []}))) == {"data": []}


def test_reply_without_its_list_is_refused():
    with pytest.raises(RefusedReply, match="data"):
        items({"data": ["texte"]}, "data")


def test_school_without_figures_is_no_failure():
    assert inserjeunes.is_not_covered(400, {"msg": "UAI incorrect ou agricole"})
    assert not inserjeunes.is_not_covered(400, {"msg": "error"})


@pytest.mark.parametrize(
    ("address", "subject"),
    [
        ("/api/UAI/0751234J/millesime/2018_2019", (Level.SCHOOL_COURSE, "0751234J", "2018_2019", "")),
        ("/api/region/01/millesime/2020_2021", (Level.REGION, "01", "2020_2021", "")),
        ("/api/france/millesime/2020/filiere/apprentissage", (Level.COUNTRY, "", "2020", "apprentissage")),
    ],
)
def test_address_tells_what_a_reply_is_about(address, subject):
    assert inserjeunes.subject(address) == inserjeunes.Subject(*subject)
    assert inserjeunes.subject("/api/login") is None


def test_shares_come_from_the_service_at_6_months_and_from_counts_later():
    row = only(
        reply(
            ("nb_annee_term", 40),
            ("nb_poursuite_etudes", 11),
            ("nb_en_emploi_6_mois", 10),
            ("nb_en_emploi_12_mois", 13),
            ("DEVENIR_part_en_emploi_6_mois", 26),
        )
    )
    assert row["nb_sortant"] == 29
    assert (row["taux_en_emploi_6_mois"], row["taux_en_emploi_12_mois"]) == (26, 32)
    assert row["taux_autres_12_mois"] == 40
    assert "taux_autres_6_mois" not in row


def test_nobody_works_where_all_study_on():
    row = only(reply(("nb_annee_term", 30), ("nb_poursuite_etudes", 30)))
    assert (row["nb_sortant"], row["nb_en_emploi_24_mois"], row["taux_autres_24_mois"]) == (0, 0, 0)


def test_further_study_is_not_counted_from_leavers():
    assert "nb_poursuite_etudes" not in only(reply(("nb_annee_term", 27), ("nb_sortant", 9)))


def test_salaries_are_national_and_never_of_another_cohort():
    body = reply(
        ("salaire_TS_Q2_12_mois", 1500), ("salaire_TS_Q2_12_mois_prec", 1400), ("nouvelle_mesure", 1)
    )
    assert only(body)["salaire_12_mois_q2"] == 1500
    assert "salaire_12_mois_q2" not in only(body, REGION)
    assert inserjeunes.rows(200, body, FRANCE).attrs["unknown"] == ["nouvelle_mesure"]


def test_agricultural_route_has_no_regional_figures():
    body = reply(
        ("nb_annee_term", 30), filiere="voie_pro_sco_agri", dimension="id_mefstat11", code="23830000001"
    )
    assert inserjeunes.rows(200, body, REGION).empty
    national = inserjeunes.Subject(Level.COUNTRY, "", "2020", "voie_pro_sco_agri")
    assert only(body, national)["route"] == "agricole"


def test_route_that_nobody_knows_refuses_the_reply():
    with pytest.raises(RefusedReply, match="inconnu"):
        inserjeunes.rows(200, reply(("nb_annee_term", 30), filiere="inconnu"), REGION)


def test_totals_without_a_course_are_left_out():
    assert inserjeunes.rows(200, {"data": [{"id_mesure": "nb_annee_term", "valeur_mesure": 9}]}, REGION).empty


@pytest.mark.parametrize(
    ("cell", "expected"),
    [("119", 119), ("130 *", 130), ("12 **", 12), ("nd", None), ("na", None), (None, None)],
)
def test_cells_of_insersup(cell, expected):
    assert insersup.number(cell) == expected


@pytest.mark.parametrize(
    ("leavers", "expected"), [("54", "2021"), ("130 *", "2020_2021"), ("12 **", "2021"), ("nd", "2021")]
)
def test_star_of_insersup_pools_two_cohorts(leavers, expected):
    assert insersup.cohort("2020-2021", leavers) == expected


def diploma(**changed):
    return {
        "etablissement": "0062205P",
        "diplome": "2400074",
        "annee_universitaire": "2020-2021",
        "nb_inscrits": "119",
        "nb_sortants": "54",
        "nb_poursuivants": "65",
        "nb_in_dsn_12": "25",
        "discipline": "Gestion",
        **changed,
    }


def test_shares_of_insersup_are_counted_on_all_enrolled():
    row = insersup.rows(200, {"results": [diploma()]}, ["2020_2021"]).iloc[0]
    assert (row["taux_en_formation"], row["taux_en_emploi_12_mois"], row["taux_autres_12_mois"]) == (
        55,
        21,
        24,
    )
    assert pd.isna(row["taux_en_emploi_6_mois"])


def test_diploma_of_several_disciplines_keeps_the_first():
    results = [diploma(), diploma(discipline="Droit", nb_inscrits="50")]
    table = insersup.rows(200, {"results": results}, ["2021"])
    assert table["nb_annee_term"].tolist() == [119]


def test_cohorts_that_are_not_asked_are_left_out():
    assert insersup.rows(200, {"results": [diploma()]}, ["2018_2019"]).empty
    assert insersup.rows(200, {"results": []}, ["2018_2019"]).empty


def test_own_figures_that_a_reply_does_not_give_stay_and_derived_ones_go():
    known = [
        {"code": "A", "kind": "self", "nb": 1, "taux": 50},
        {"code": "B", "kind": "ancienne", "nb": 1, "taux": 50},
        {"code": "C", "kind": "nouvelle", "nb": 1, "taux": 50},
    ]
    new = [{"code": code, "kind": "self", "nb": 2, "taux": None} for code in "ABD"]
    assert revised(known, new, ("code",)) == [
        {"code": "A", "kind": "self", "nb": 2, "taux": 50},
        {"code": "B", "kind": "self", "nb": 2},
        known[2],
        {"code": "D", "kind": "self", "nb": 2},
    ]


LEVELS = [{"niveau_formation_diplome": "500", "libelle_court": "CAP"}]


def nomenclature_diploma(**changed):
    return {
        "formation_diplome": "50022139",
        "libelle_court": "CAP",
        "libelle_stat_33": "CUISINE",
        "libelle_long_200": "CUISINE (CAP)",
        "niveau_formation_diplome": "500",
        "groupe_specialite": "221",
        "lettre_specialite": "T",
        "date_ouverture": "2016-09-01 00:00:00",
        "date_fermeture": None,
        **changed,
    }


def test_records_of_a_nomenclature_are_those_of_its_reply():
    assert bcn.records(200, json.dumps({"data": LEVELS})) == LEVELS


def test_diploma_of_several_tables_is_read_from_the_last():
    record = nomenclature_diploma()
    diplomas = bcn.diplomas([record], [], [nomenclature_diploma(libelle_long_200="CUISINE")], LEVELS)
    assert diplomas == {
        "50022139": {
            "kind": "cfd",
            "code": "50022139",
            "diploma": "50022139",
            "label": "CAP CUISINE",
            "long_label": "CUISINE",
            "level": {"code": "3", "label": "CAP"},
            "opened_on": date(2016, 9, 1),
            "closed_on": None,
            "level_code": "500",
            "speciality": "221",
            "speciality_letter": "T",
        }
    }


def test_diploma_whose_level_has_no_name_has_no_level():
    assert bcn.diplomas([nomenclature_diploma()], [], [], [])["50022139"]["level"] is None
    assert (bcn.level_code("50022139"), bcn.level_code("X")) == ("3", "")


def test_year_of_a_course_has_the_level_of_its_diploma():
    record = nomenclature_diploma(mef_stat_11="23220022139", libelle_long="2CAP2 CUISINE")
    year = bcn.years([record], LEVELS)["23220022139"]
    assert (year["kind"], year["diploma"], year["label"]) == ("mef", "50022139", "2CAP2 CUISINE")
    assert year["level"] == {"code": "3", "label": "CAP"}


def test_higher_diploma_has_the_level_of_its_type_and_its_cells_are_texts():
    record = {"diplome_sise": "2400074", "type_diplome_sise": "DP", "duree": 1, "voie_lmd": ""}
    types = [{"type_diplome_sise": "DP", "niveau_interministeriel": 2, "libelle_court": "LIC PRO"}]
    diplomas = bcn.higher_diplomas([record], types)
    assert diplomas["2400074"]["level"] == {"code": "6", "label": "LIC PRO"}
    assert (diplomas["2400074"]["duree"], diplomas["2400074"]["voie_lmd"]) == ("1", None)


def test_diplomas_that_only_insersup_counts_are_among_the_higher_ones():
    diplomas = bcn.higher_diplomas([], [])
    assert diplomas["0000002"]["libelle_intitule_1"] == "INFORMATION-COMMUNICATION"
    assert diplomas["0000002"]["date_ouverture"] == date(2021, 9, 1)


def test_renewals_leave_out_the_diploma_itself():
    record = nomenclature_diploma(
        ancien_diplome_1="50022101",
        ancien_diplome_2="50022139",
        nouveau_diplome_7="50022146",
        date_premiere_session=2018,
    )
    former, new, sessions = bcn.renewals([record])
    assert (former, new) == ({"50022139": ["50022101"]}, {"50022139": ["50022146"]})
    assert sessions == {"50022139": ("2018", None)}


def test_diploma_goes_to_its_family_of_trades_before_its_options():
    groups = [
        {"groupe_formation": code, "libelle_edition": code, "type_groupe_formation": kind}
        for code, kind in (("G1", "TG02"), ("G2", "TG01"))
    ]
    links = [{"groupe_formation": code, "formation_diplome": "40000001"} for code in ("G1", "G2")]
    assert bcn.families(groups, links)[1] == {"40000001": "G2"}


def test_links_are_completed_from_either_side():
    links = bcn.renewal_links({"B": ["A", "", "B"]}, {"B": ["C"], "A": ["B"]})
    assert links.to_numpy().tolist() == [["A", "B"], ["B", "C"]]


def test_courses_of_the_catalogue_name_who_teaches_trains_and_manages_them():
    body = {
        "formations": [
            {"_id": "a", "cfd": "50022139", "uai_formation": "0350053T", "etablissement_formateur_uai": None},
            {"_id": "b", "cfd": "50022139", "uai_formation": "0350053T", "tags": ["2022"]},
        ],
        "pagination": {"total": 2},
    }
    courses = apprenticeship_catalogue.courses(200, body)
    assert courses["b"] == {"cfd": "50022139", "uai_formation": "0350053T"}
    assert apprenticeship_catalogue.entries(courses).values.tolist() == [["50022139", "0350053T", "", ""]]
