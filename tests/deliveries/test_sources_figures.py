"""Files of figures: made-up rows under the official headers, recognised and converted to groups."""

import pandas as pd
import pytest

from deliveries.publication import File, publish
from stats.models import Attribution, Outcome
from stats.reasons import reason_at
from tests.deliveries.converting import converted, kinds

LYCEE_PRO = (
    "annee;uai;libelle;region;dont_apprentis_eple;part_en_poursuite_d_etudes;"
    "part_en_emploi_6_mois_apres_la_sortie;part_des_autres_situations;taux_poursuite_etudes;taux_emploi_6_mois;"
    "taux_emploi_6_mois_attendu;va_emploi_6_mois;taux_emploi_12_mois;taux_emploi_18_mois;taux_emploi_24_mois\n"
)
ONE_COURSE = (
    "annee;uai;libelle;region;type_diplome;code_formation_mefstat11;libelle_formation;duree_formation;"
    "diplome_renove_ou_nouveau;part_en_poursuite_d_etudes;part_en_emploi_6_mois_apres_la_sortie;"
    "part_des_autres_situations;taux_poursuite_etudes;taux_emploi_6_mois;taux_emploi_12_mois;taux_emploi_18_mois;"
    "taux_emploi_24_mois\n"
)
WITH_COUNTS = (
    "id;millesime;code_region_ij;code_region;uai;voie;cfd;mefstat;ensemble;nb_annee_term;nb_en_emploi_12_mois;"
    "nb_en_emploi_18_mois;nb_en_emploi_24_mois;nb_en_emploi_6_mois;nb_poursuite_etudes;nb_sortant;taux_emploi_12_mois;"
    "taux_emploi_18_mois;taux_emploi_24_mois;taux_emploi_6_mois;taux_poursuite_etudes;valeur_ajoutee_6_mois\n"
)


def _lycee(perimeter, uai="0350053T", rate=60):
    return f"cumul 2022-2023;{uai};LP X;BRETAGNE;{perimeter};30;42;28;30;{rate};58;2;65;66;67\n"


def test_whole_lycees_have_a_row_a_route_and_one_of_both():
    source, tables, report = converted(
        LYCEE_PRO
        + _lycee("ensemble", rate=60)
        + _lycee("dont élèves en voie pro sco", rate=50)
        + _lycee("dont apprentis", rate=80)
        + _lycee("ensemble", uai="0010001W", rate=40)
    )
    assert (source.name, kinds(report)) == ("inserjeunes_lycee_pro", set())
    rows = tables["outcome"].set_index(["school_id", "route"])["taux_emploi_6_mois"]
    assert rows.to_dict() == {
        ("0350053T", "ensemble"): 60,
        ("0350053T", "pro"): 50,
        ("0350053T", "apprentissage"): 80,
        ("0010001W", "pro"): 40,
    }


def test_whole_lycees_without_perimeters_are_their_school_route():
    header = LYCEE_PRO.replace("dont_apprentis_eple;", "")
    _, tables, report = converted(header + _lycee("").replace(";;", ";"))
    assert tables["outcome"]["route"].tolist() == ["pro"]
    assert kinds(report) == set()


@pytest.mark.parametrize("perimeter", ["", "dont les autres"])
def test_unknown_perimeter_stops_the_file(perimeter):
    _, _, report = converted(LYCEE_PRO + _lycee("ensemble") + _lycee(perimeter, uai="0010001W"))
    assert [(f.kind, f.line, f.column) for f in report.blocking] == [
        ("code_invalide", 3, "dont_apprentis_eple")
    ]


def _course(mef, uai="0350053T"):
    return f"cumul 2023-2024;{uai};LYCEE;BRETAGNE;BAC PRO;{mef};X;2 ans;;20;50;30;20;62;;;\n"


@pytest.mark.parametrize(
    ("mef", "source", "route"),
    [
        ("23220022139", "inserjeunes_lycee_pro_formation_fine", "pro"),
        ("23832021001", "inserjeunes_lycee_agricole_formation_fine", "agricole"),
    ],
)
def test_agricultural_courses_are_another_source_than_the_ministry_s(mef, source, route):
    found, tables, report = converted(ONE_COURSE + _course(mef))
    assert (found.name, tables["outcome"]["route"].tolist(), kinds(report)) == (source, [route], set())


def test_figures_of_agricultural_courses_that_are_not_measured_yet_tell_so():
    _, tables, _ = converted(ONE_COURSE + _course("23832021001"))
    reasons = tables["outcome"]["reasons"].iloc[0]
    assert reason_at(reasons, "taux_emploi_24_mois").name == "NOT_MEASURED_YET"


def _counted(course, size=40, leavers=30, value_added=""):
    studying = size - leavers
    return (
        f"x;2021_2022;10;11;0350053T;{course};{size};18;;;15;{studying};{leavers};60;;;50;"
        f"{round(100 * studying / size)};{value_added}\n"
    )


def test_courses_with_head_counts_are_those_of_the_school_not_of_its_region():
    source, tables, report = converted(
        WITH_COUNTS + _counted("scolaire;;23220022139;") + _counted("apprentissage;50022139;;")
    )
    assert (source.name, kinds(report)) == ("ij_etablissement_formation", set())
    rows = tables["outcome"]
    assert rows["territory_id"].isna().all()
    assert rows[
        ["school_id", "route", "diploma_id", "nb_annee_term", "taux_en_emploi_6_mois"]
    ].values.tolist() == [
        ["0350053T", "pro", "50022139", 40, 38],
        ["0350053T", "apprentissage", "50022139", 40, 38],
    ]


def test_rows_of_a_whole_school_have_its_value_added_and_no_course():
    _, tables, report = converted(
        WITH_COUNTS
        + _counted("ensemble;;;ensemble", value_added=3)
        + _counted("ensemble;;;apprentis")
        + _counted("ensemble;;;voieprosco")
        + _counted("ensemble;;;ensemble", value_added=5).replace("0350053T", "0010001W")
    )
    assert kinds(report) == set()
    rows = tables["outcome"]
    assert rows["diploma_id"].isna().all()
    assert rows["route"].tolist() == ["ensemble", "apprentissage", "pro", "pro"]
    assert rows["valeur_ajoutee_6_mois"].fillna(-99).tolist() == [3, -99, -99, 5]


def test_head_counts_under_the_threshold_hide_what_became_of_them():
    _, tables, _ = converted(
        WITH_COUNTS
        + _counted("scolaire;;23220022139;", size=19, leavers=19)
        + _counted("apprentissage;50022139;;", size=40, leavers=19)
    )
    numbers = tables["outcome"].select_dtypes("number").fillna(-1)
    small, few = numbers.to_dict("records")
    assert [small[name] for name in ("nb_annee_term", "nb_sortant", "taux_poursuite_etudes")] == [19, -1, -1]
    assert (few["taux_poursuite_etudes"], few["taux_emploi_6_mois"]) == (52, -1)


def test_a_row_is_one_course_or_a_whole_school():
    _, _, report = converted(
        WITH_COUNTS + _counted("scolaire;;23220022139;ensemble") + _counted("scolaire;;;")
    )
    assert [(f.kind, f.line) for f in report.blocking] == [("code_invalide", 2), ("code_invalide", 3)]


def _in_years(*durations):
    return ONE_COURSE + "".join(
        f"cumul 2022-2023;0350053T;LYCEE;BRETAGNE;CAP;23220022139;X;{duration};;20;50;30;20;{rate};;;\n"
        for duration, rate in durations
    )


def test_a_course_taught_in_one_and_in_two_years_has_a_row_for_each():
    _, tables, report = converted(_in_years(("1 an", 70), ("2 ans", 60)))
    assert kinds(report) == set()
    assert tables["outcome"][["duration", "taux_emploi_6_mois"]].values.tolist() == [[1, 70], [2, 60]]


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("1 an(s)", 1),
        ("en 2 ans", 2),
        ("3", 3),
        ("2.0", 2),
        ("", None),
        ("99999 ans", None),
        ("12 mois", None),
    ],
)
def test_duration_is_read_in_years(text, years):
    _, tables, _ = converted(_in_years((text, 70)))
    [duration] = tables["outcome"]["duration"].tolist()
    assert (duration if pd.notna(duration) else None) == years


def test_the_same_course_and_duration_twice_stops_the_file():
    _, _, report = converted(_in_years(("2 ans", 70), ("2 ans", 60)))
    assert [(finding.kind, finding.line) for finding in report.blocking] == [("cle_en_double", 3)]


def test_pages_show_the_longest_of_both(nomenclature):
    file = File("fine.csv", _in_years(("1 an", 70), ("2 ans", 60), ("", 50)).encode())
    [report] = publish([file])
    assert report.status == "publie", report.findings
    rows = Outcome.objects.order_by("duration").values_list("duration", "taux_emploi_6_mois", "is_preferred")
    assert set(rows) == {(None, 50, False), (1, 70, False), (2, 60, True)}
    assert [shown.outcome.duration for shown in Attribution.objects.all()] == [2]

    assert publish([file])[0].status == "inchange"


LEVELS = (
    "annee;uai;libelle;region;niveau_formation;taux_poursuite_etudes;taux_emploi_6_mois;taux_interruption_formation;"
    "taux_contrats_interrompus;taux_emploi_12_mois;taux_emploi_18_mois;taux_emploi_24_mois\n"
)


def _level(level, rate=70):
    return f"cumul 2022-2023;0350053T;CFA;BRETAGNE;{level};30;{rate};5;12;65;66;67\n"


def test_levels_of_a_training_centre_are_groups_and_repeated_rows_are_one():
    source, tables, report = converted(LEVELS + _level("CAP") + _level("CAP") + _level("BTS", 80))
    assert (source.name, kinds(report)) == ("inserjeunes_cfa_niveau_formation", set())
    columns = ["level", "route", "taux_emploi_6_mois", "taux_rupture_contrats"]
    assert tables["outcome"][columns].values.tolist() == [
        ["CAP", "apprentissage", 70, 12],
        ["BTS", "apprentissage", 80, 12],
    ]


def test_rows_of_a_level_that_differ_are_left_out_and_told():
    _, tables, report = converted(LEVELS + _level("CAP", 70) + _level("CAP", 71) + _level("BTS"))
    assert tables["outcome"]["level"].tolist() == ["BTS"]
    assert [(finding.kind, finding.line, finding.expected) for finding in report.remarks] == [
        ("cle_en_double", 3, "2")
    ]
    assert report.blocking == []


def test_a_level_never_passes_for_all_the_courses_of_its_school(nomenclature):
    [report] = publish([File("niveau.csv", (LEVELS + _level("CAP") + _level("BTS")).encode())])
    assert report.status == "publie", report.findings
    assert set(Outcome.objects.values_list("level", "is_preferred")) == {("CAP", False), ("BTS", False)}
    assert not Attribution.objects.exists()


@pytest.mark.parametrize("number", [0, 1, 2, 3])
def test_blank_headers_after_the_rate_are_12_18_then_24_months_however_many(number):
    header = "n° UAI de l'établissement;Libellé de l'établissement;Région;;;Taux;Taux attendu;Valeur ajoutée"
    row = "0350053T;CFA;BRETAGNE;;39;62;61;2"
    blanks = "".join(f";{70 + rank}" for rank in range(number))

    _, tables, _ = converted(
        f"{header}{';' * number}\n{row}{blanks}\n", "depp-2022-etablissements-2019_2020-apprentissage.csv",
        source="depp_etablissements_apprentissage",
    )  # fmt: skip

    rates = tables["outcome"][[f"taux_emploi_{months}_mois" for months in (12, 18, 24)]].iloc[0]
    assert rates.fillna(-1).tolist() == [70, 71, 72][:number] + [-1] * (3 - number)
