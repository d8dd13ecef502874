"""InserSup in its three forms, and the nomenclature of the diplomas that it counts."""

import json

import pandas as pd
import pytest
from django.test import Client

from deliveries.publication import File, publish
from deliveries.reference_tables import nomenclature
from deliveries.report import Report
from deliveries.source import Reference
from deliveries.sources.figures_higher import diplomas, named_only
from deliveries.withdrawal import take_back
from establishments.models import Territory
from formations.models import Diploma
from stats.models import Delivery
from tests.deliveries.converting import REFERENCE, converted

HIGHER = Reference(known=REFERENCE.known | {"diploma": {"2500249", "2400074"}}, mappings=REFERENCE.mappings)
ROW = {
    "reg_nom": "Bretagne",
    "uo_lib": "UNIVERSITE X",
    "etablissement": "0350053T",
    "diplome": "2500249",
    "promo": ["2021"],
    "obtention_diplome": "ensemble",
    "genre": "ensemble",
    "nationalite": "ensemble",
    "dom": "SHS",
    "discipli": "06",
    "sectdis": "34",
    "nb_sortants": "60",
    "nb_poursuivants": "40",
}
MONTHS = (6, 12, 18, 24)


def _by_date(employed=30, rate="50.4", **fields):
    return [
        ROW
        | {
            "date_inser": m,
            "nb_sortants_en_emploi_sal_fr": str(employed),
            "tx_sortants_en_emploi_sal_fr": rate,
        }
        | fields
        for m in MONTHS
    ]


def _in_columns(employed=30, rate="50,4", **fields):
    counts = {f"nb_sortants_en_emploi_sal_fr_{m}": str(employed) for m in (*MONTHS, 30)}
    rates = {f"tx_sortants_en_emploi_sal_fr_{m}": rate for m in (*MONTHS, 30)}
    return [ROW | {"regime_inscription": "ensemble"} | counts | rates | fields]


FORMS = {"insersup": _in_columns, "insersup_par_date": _by_date}


def _read(rows):
    return converted(json.dumps(rows), "insersup.json", HIGHER)


@pytest.mark.parametrize("name", FORMS)
def test_everybody_in_one_establishment_is_a_group(name):
    form = FORMS[name]
    others = [form(employed=9, **axis) for axis in ({"genre": "femme"}, {"obtention_diplome": "diplômé"})]
    source, tables, report = _read([*form(), *others[0], *others[1]])
    assert (source.name, report.blocking) == (name, [])
    [row] = tables["outcome"].to_dict("records")
    assert [row[key] for key in ("cohort_id", "route", "diploma_id", "school_id")] == [
        *("2021", "superieur", "2500249", "0350053T")
    ]
    assert [row[key] for key in ("nb_annee_term", "nb_sortant", "nb_poursuite_etudes")] == [100, 60, 40]
    figures = ("taux_en_emploi_6_mois", "taux_en_formation", "taux_autres_6_mois", "taux_emploi_24_mois")
    assert [row[key] for key in figures] == [30, 40, 30, 50]
    assert tables["school"][["uai", "name", "region_key"]].values.tolist() == [
        ["0350053T", "UNIVERSITE X", "region-53"]
    ]


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize("promo", [["2021", "2022"], "2021,2022"])
def test_pooled_cohorts(name, promo):
    _, tables, _ = _read(FORMS[name](promo=promo))
    assert tables["outcome"]["cohort_id"].tolist() == ["2021_2022"]


@pytest.mark.parametrize("name", FORMS)
def test_groups_under_the_threshold_show_nothing(name):
    withheld = {"employed": "nd", "rate": "nd", "nb_sortants": "nd", "nb_poursuivants": "nd"}
    small = FORMS[name](nb_sortants="12", nb_poursuivants="7", employed=5)
    _, tables, report = _read([*small, *FORMS[name](diplome="2400074", **withheld)])
    assert (len(tables["outcome"]), report.blocking) == (2, [])
    shown = tables["outcome"].filter(regex="^taux_|^nb_(?!annee)").notna()
    assert not shown.to_numpy().any()


@pytest.mark.parametrize("name", FORMS)
def test_a_diploma_in_several_disciplines_has_no_total(name):
    _, tables, report = _read([*FORMS[name](), *FORMS[name](sectdis="35")])
    assert (len(tables["outcome"]), report.blocking) == (0, [])


def test_unknown_diploma_without_a_name_stops_the_file():
    report = Report("insersup.json")
    rows = pd.DataFrame(
        {"diplome": ["2500249", "9999999", "9999999", "8888888"], "libelle_diplome": ["", "", "", "DROIT"]},
        index=[1, 2, 3, 4],
    )
    assert named_only(rows, report, HIGHER)["diplome"].tolist() == ["2500249", "8888888"]
    assert [(finding.kind, finding.line) for finding in report.findings] == [("code_inconnu", 2)]


REPLY = {
    "etablissement": "0350053T",
    "denomination_principale": "UNIVERSITE X",
    "diplome": "2400074",
    "annee_universitaire": "2020-2021",
    "nb_inscrits": "119",
    "nb_sortants": "54",
    "nb_poursuivants": "65",
    **{f"nb_in_dsn_{months}": "23" for months in MONTHS},
}


def test_replies_of_the_service_say_pooled_cohorts_by_a_star():
    pooled = REPLY | {"nb_sortants": "130 *", "nb_inscrits": "195 *"}
    few = REPLY | {
        "diplome": "2500249",
        "nb_sortants": "12 **",
        "nb_inscrits": "15 **",
        "nb_poursuivants": "3",
    }
    source, tables, report = _read([REPLY, pooled, few])
    assert (source.name, report.blocking) == ("insersup_service", [])
    rows = tables["outcome"].set_index(["cohort_id", "diploma_id"])
    assert rows["nb_sortant"].fillna(-1).to_dict() == {
        ("2021", "2400074"): 54,
        ("2020_2021", "2400074"): 130,
        ("2021", "2500249"): -1,
    }
    assert rows["taux_en_formation"].fillna(-1).tolist() == [55, 33, -1]


def test_diplomas_of_higher_education_are_named_with_their_type():
    source, tables, report = converted(
        json.dumps(
            {"data": [{"diplome_sise": "2500249", "type_diplome_sise": "XA", "libelle_intitule_1": "DROIT"}]}
        ),
        "N_DIPLOME_SISE.json",
    )
    assert (source.name, report.blocking) == ("bcn_n_diplome_sise", [])
    kinds = {
        "higher_type": pd.DataFrame({"code": ["XA"], "short_label": ["M"], "official_label": ["MASTER LMD"]})
    }
    frames = {source.name: tables, "bcn_n_type_diplome_sise": kinds}
    assert _higher_diplomas(frames)[["code", "kind", "type_id", "label"]].values.tolist() == [
        ["2500249", "sise", "XA", "Droit (master LMD)"]
    ]


def _higher_diplomas(frames):
    tables = {table.model: table.rows for table in nomenclature.tables(frames, Reference())}
    return tables["formations.Diploma"]


LABELLED = {
    "Région": "Bretagne",
    "Établissement": "UNIVERSITE X",
    "Code UAI de l'établissement": "0350053T",
    "Type de diplôme": "Licence professionnelle",
    "Domaine disciplinaire": "Sciences",
    "Discipline": "Informatique",
    "Secteur disciplinaire": "Informatique",
    "Libellé du diplôme": "METIERS DU SON",
    "Code du diplôme SISE": "2400999",
    "Promotion": "2023",
    "Genre": "Ensemble",
    "6-Nombre de sortants - 6 mois après le diplôme": "60",
    "6-Nombre de poursuivants - 6 mois après le diplôme": "40",
    **{
        f"{months}-{label} - {months} mois après le diplôme": value
        for months in MONTHS
        for label, value in (
            ("Nombre de sortants en emploi salarié en France", "30"),
            ("Taux d'emploi salarié en France", "50.0"),
        )
    },
}


def test_export_with_french_labels_is_the_same_source():
    source, tables, report = _read([LABELLED, LABELLED | {"Genre": "Femmes"}])
    assert (source.name, report.blocking) == ("insersup", [])
    [row] = tables["outcome"].to_dict("records")
    assert [row[name] for name in ("diploma_id", "school_id", "nb_annee_term", "taux_emploi_18_mois")] == [
        *("2400999", "0350053T", 100, 50)
    ]
    assert tables["school"]["name"].tolist() == ["UNIVERSITE X"]


@pytest.mark.parametrize(
    ("kind", "label"),
    [
        ({"type_diplome_long": "Master MEEF"}, "Métiers (MEEF) du droit (master MEEF)"),
        ({"type_diplome_long": "licence_pro"}, "Métiers (meef) du droit (licence professionnelle)"),
        ({"type_diplome": "diplome_visite"}, "Métiers (meef) du droit (diplome visite)"),
        ({}, "Métiers (meef) du droit"),
    ],
)
def test_diplomas_that_no_nomenclature_has_are_named_as_the_file_names_them(kind, label):
    row = dict.fromkeys(("type_diplome", "type_diplome_long"), "") | kind
    rows = pd.DataFrame([{"diplome": "2500249", "libelle_diplome": "METIERS (MEEF) DU DROIT", **row}])
    frames = {
        "certif_info": {"vocabulary": pd.DataFrame({"text": ["les métiers du bois", "le droit"]})},
        "insersup": {"named_diploma": diplomas(rows)},
    }
    assert _higher_diplomas(frames)["label"].tolist() == [label]


def test_the_official_nomenclature_names_a_diploma_before_the_files_do():
    named = pd.DataFrame(
        {"code": ["2500249", "2400074"], "type": "", "type_label": "", "official_label": ["SON", "BOIS"]}
    )
    official = pd.DataFrame({"code": ["2500249"], "type": "", "official_label": ["DROIT"]})
    frames = {"insersup": {"named_diploma": named}, "bcn_n_diplome_sise": {"higher_diploma": official}}
    rows = _higher_diplomas(frames)
    assert rows[["code", "label", "folded_names"]].values.tolist() == [
        ["2500249", "Droit", " droit "],
        ["2400074", "Bois", " bois "],
    ]


@pytest.mark.django_db
def test_figures_of_a_diploma_that_only_the_file_names_have_a_page():
    Territory.objects.create(key="region-53", level="region", code="53", name="Bretagne")
    named = [row | {"diplome": "2400999", "libelle_diplome": "METIERS DU SON"} for row in _in_columns()]
    [report] = publish([File("insersup.json", json.dumps(named).encode())])
    assert report.status == "publie", [finding.sentence for finding in report.findings]
    diploma = Diploma.objects.get(pk="2400999")
    assert (diploma.kind, diploma.label) == ("sise", "Metiers du son")
    page = Client().get(f"/formations/{diploma.slug}-2400999/").text
    assert "100 étudiants en fin de formation" in page
    assert "Code du diplôme (SISE)" in page

    take_back(Delivery.objects.get())
    assert not Diploma.objects.filter(pk="2400999").exists()


@pytest.mark.real_files
@pytest.mark.parametrize(
    ("name", "source", "rows"),
    [
        ("fr-esr-insersup_2025-02.json", "insersup_par_date", 1),
        ("insersup_api_2025-04.json", "insersup_service", 1),
    ],
)
def test_real_samples_of_both_generations_are_read(shared_data, name, source, rows):
    text = (shared_data / "insersup" / name).read_text(encoding="utf-8")
    found, tables, report = converted(text, name, HIGHER)
    assert (found.name, report.blocking, len(tables["outcome"])) == (source, [], rows)
