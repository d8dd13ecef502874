"""Places, wishes and pupils of every release: their year is that of the file, never one written in the code."""

from datetime import date

import pandas as pd
import pytest

from deliveries.cells import school_year_in
from deliveries.columns.deduction import deduced
from deliveries.publication import File, publish
from deliveries.reference_tables.teaching import tables as teaching_tables
from deliveries.report import Report
from deliveries.source import Reference
from deliveries.sources import ALL
from establishments.models import School
from formations.models import CourseYear, Diploma
from stats.models import Delivery, Teaching
from tests.deliveries.converting import REFERENCE, converted, kinds

AFFELNET = (
    "Etablissement d'accueil;MEF STAT 11;Statut Offre de formation;Capacité carte scolaire;Demandes vœux 1\n"
)
AFTER_SECOND_YEAR = (
    "Etablissement d'accueil;Libellé du MEF national de rattachement;Voeu de recensement O/N;"
    "Statut Offre de formation;Capacité carte scolaire;Demandes vœux 1\n"
)


@pytest.mark.parametrize(
    ("name", "year"),
    [
        ("attractivite_capacite_2025.csv", "2025"),
        ("attractivite_capacite_2022.csv", "2022"),
        ("parcoursup_rs_2025.csv", "2025"),
        ("BTS_attractivite_capacite_2023.csv", "2023"),
        ("places_2025-2026.csv", "2025"),
        ("affelnet2nde.csv", ""),
        ("extraction_20250131.csv", ""),
        ("places_2022_reprises_de_2019.csv", ""),
    ],
)
def test_year_in_the_name_of_a_file(name, year):
    assert school_year_in(name) == year


def test_affelnet_after_the_third_year_of_college_has_other_headers():
    source, tables, report = converted(
        "Académie;ID_ETAB;CO_MEFSTAT;CO_STA;FL_VRECENS;VAL_CARSCO\n"
        "Rennes;0350053T;23220022139;ST;N;24\nRennes;0010001W;23220022139;AP;O;999\n"
    )
    assert (source.name, kinds(report)) == ("affelnet_2nde", set())
    rows = tables["teaching"].fillna(-1)
    assert rows[["school", "diploma", "route", "places"]].values.tolist() == [
        ["0350053T", "50022139", "pro", 24],
        ["0010001W", "50022139", "apprentissage", -1],
    ]


def test_affelnet_after_the_second_year_names_courses_by_their_label():
    source, tables, report = converted(
        AFTER_SECOND_YEAR + "0350053T;1ERPRO MENUISERIE ALUMINIUM-VERRE (Nouveau);N;ST;15;19\n"
        "0350053T;1ERPRO INCONNUE;N;ST;15;19\n"
    )
    assert (source.name, kinds(report)) == ("affelnet_1re_pro", {"code_inconnu"})
    assert tables["teaching"][["diploma", "places", "first_wishes"]].values.tolist() == [["40020006", 15, 19]]


@pytest.mark.parametrize(("year", "diploma"), [("2021", "40020006"), ("2026", "40321001")])
def test_a_label_that_a_renewal_kept_is_the_course_open_that_year(year, diploma):
    label = "1erpro menuiserie aluminium verre"
    years = [("23820020006", date(2008, 9, 1)), ("23832021001", date(2026, 9, 1))]
    reference = Reference(
        known=REFERENCE.known, mappings=REFERENCE.mappings | {"course_label.years": {label: years}}
    )
    header = "Rentrée;" + AFTER_SECOND_YEAR
    _, tables, _ = converted(f"{header}{year};0350053T;{label};N;ST;15;19\n", reference=reference)
    assert tables["teaching"]["diploma"].tolist() == [diploma]


@pytest.mark.parametrize(
    "text",
    [
        "Rentrée scolaire;Numéro d'établissement;Mef Bcp 11;Nombre d'élèves\n2020;0350053T;23220022139;8\n",
        "UAI,Mef Bcp 11,Nombre d'élèves : Total,Nombre d'élèves : Filles\n0350053T,23220022139,8,3\n",
    ],
)
def test_pupils_are_read_under_each_header(text):
    source, tables, report = converted(text)
    assert (source.name, kinds(report)) == ("constat", set())
    assert tables["teaching"]["diploma"].tolist() == ["50022139"]


def _given(*rows):
    columns = ["school", "diploma", "route", "year", "entry", "places", "first_wishes"]
    return {"teaching": pd.DataFrame(rows, columns=columns)}


def _taught(frames):
    reference = Reference(known={"school": {"A", "B"}, "diploma": {"D", "E"}})
    columns = ["school_id", "diploma_id", "source", "year", "places", "first_wishes"]
    rows = teaching_tables(frames, reference)[0].rows[columns]
    return sorted(rows.values.tolist(), key=str)


def test_a_school_is_as_in_the_last_year_that_has_it():
    frames = {
        "constat": _given(
            ["A", "D", "pro", 2020, "1", None, None],
            ["A", "E", "pro", 2025, "1", None, None],
            ["B", "D", "pro", 2020, "1", None, None],
        )
    }
    assert [row[:4] for row in _taught(frames)] == [["A", "E", "constat", 2025], ["B", "D", "constat", 2020]]


def test_files_of_one_campaign_are_not_added():
    frames = {
        "attractivite_capacite": _given(["A", "D", "pro", 2021, "1", 15, 12]),
        "affelnet_2nde": _given(
            ["A", "D", "pro", 2021, "1", 16, None], ["A", "E", "pro", 2021, "1", 30, None]
        ),
        "affelnet_1re_pro": _given(
            ["A", "E", "pro", 2021, "2", 24, 20], ["B", "E", "pro", 2021, "2", 24, 20]
        ),
    }
    source = "attractivite_capacite"
    assert _taught(frames) == [
        ["A", "D", source, 2021, 15, 12],
        ["A", "E", source, 2021, 30, None],
        ["B", "E", source, 2021, 24, 20],
    ]


def test_the_newest_file_of_a_campaign_wins():
    frames = {
        "attractivite_capacite": _given(["A", "D", "pro", 2021, "1", 15, 12]),
        "affelnet_2nde": _given(["A", "D", "pro", 2022, "1", 16, None]),
    }
    assert _taught(frames) == [["A", "D", "attractivite_capacite", 2022, 16, None]]


def _publish(name, places, cohort=""):
    row = f"0350053T;23220022139;ST;{places};12\n"
    [report] = publish([File(name, (AFFELNET + row).encode(), cohort=cohort)])
    return report


def _places():
    return list(Teaching.objects.values_list("year", "places"))


@pytest.fixture
def one_school(db):
    School.objects.create(uai="0350053T", name="LP X", slug="x")
    diploma = Diploma.objects.create(code="50022139", label="CAP", official_label="CAP", slug="x")
    CourseYear.objects.create(code="23220022139", diploma=diploma, official_label="2CAP2")


def test_a_year_that_nobody_tells_is_asked(one_school):
    report = _publish("places.csv", 24)
    assert [finding.kind for finding in report.blocking] == ["rentree_absente"]
    assert _places() == []

    assert _publish("places.csv", 24, "2022").status == "publie"
    assert _places() == [(2022, 24)]


def test_each_year_is_a_slice_and_the_newest_is_shown(one_school):
    assert _publish("attractivite_capacite_2025.csv", 30).cohorts == ("2025",)
    report = _publish("attractivite_capacite_2022.csv", 24)
    assert (report.counts["disparues"], _places()) == (0, [(2025, 30)])
    slices = Delivery.objects.filter(slices__state="en_ligne").values_list("slices__cohort", flat=True)
    assert sorted(slices) == ["2022", "2025"]


@pytest.mark.real_files
@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("Cab-nbre_division_effectifs_par_etab_mefst11.csv", "constat"),
        ("constat_2025.csv", "constat"),
        ("attractivite_capacite_2025.csv", "attractivite_capacite"),
        ("affelnet2nde.csv", "affelnet_2nde"),
        ("affelnet1PROspe.csv", "affelnet_1re_pro"),
    ],
)
def test_each_real_catalogue_of_other_releases_is_read(shared_releases, path, source):
    content = (shared_releases / "catalogues" / path).read_text(encoding="utf-8-sig")
    found, _, report = converted(content, path)
    assert found.name == source
    assert kinds(report) <= {"code_inconnu", "cle_en_double", "uai_invalide"}


def test_places_in_bts_without_a_known_diploma_are_told_and_left_out():
    report = Report("x.csv")
    rows = pd.DataFrame(
        {"cfd": ["50022139", "", "", ""], "mefstat11": ["", "23220022139", "99999999999", ""]},
        index=[2, 3, 4, 5],
        dtype="str",
    )

    [of_year] = next(source for source in ALL if source.name == "bts_attractivite_capacite").deductions
    found = deduced(rows, of_year, report, REFERENCE)

    assert found["cfd"].to_dict() == {2: "50022139", 3: "50022139"}
    assert [(f.kind, f.line) for f in report.findings if f.line] == [("code_vide", 5), ("code_inconnu", 4)]
