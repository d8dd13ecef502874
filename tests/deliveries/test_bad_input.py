"""Every bad input gets a French sentence with its place, and changes nothing."""

import pytest
from django.core import serializers

from deliveries.publication import File, publish
from establishments.models import School, Territory
from formations.models import CourseYear, Diploma
from stats.models import DeliveredFile, Delivery, Outcome, Slice
from tests.deliveries.conftest import (
    CFA_HEADER,
    CFA_ROWS,
    REGION_HEADER,
    REGION_ROWS,
    csv,
    published_for_all,
)

CFA_ROW, OTHER_ROW = CFA_ROWS
GOOD_CFA = csv(CFA_HEADER, *CFA_ROWS)
GOOD_REGION = csv(REGION_HEADER, *REGION_ROWS)


@pytest.fixture(scope="module")
def published_once(django_db_setup, django_db_blocker):
    """A good delivery of each kind, in a database of these tests."""
    with published_for_all(django_db_blocker, File("cfa.csv", GOOD_CFA), File("region.csv", GOOD_REGION)):
        yield


@pytest.fixture
def published(published_once, db):
    """What each test changes is undone."""


def everything():
    rows = []
    for model in (Territory, Diploma, CourseYear, School, Outcome, Delivery, DeliveredFile, Slice):
        rows += serializers.serialize("python", model.objects.order_by("pk"))
    return rows


def change(content, old, new):
    text = content.decode()
    assert old in text
    return text.replace(old, new, 1).encode()


CASES = {
    "wrong_encoding": (
        "cfa.csv",
        change(GOOD_CFA, "CFA du Port", "CFA du P\x00rt").replace(b"monstration", b"\xe9\x00nstration"),
        "encodage",
        2,
        "",
        "Enregistrez le fichier en UTF-8",
    ),
    "missing_column": (
        "region.csv",
        change(GOOD_REGION, "nb_sortant", "autre"),
        "colonne_absente",
        1,
        "nb_sortant",
        "La colonne «\u00a0nb_sortant\u00a0» est absente",
    ),
    "renamed_column": (
        "region.csv",
        change(GOOD_REGION, "nb_annee_term", "nb_annee_terminale"),
        "colonne_absente",
        1,
        "nb_annee_term",
        "«\u00a0nb_annee_terminale\u00a0» lui ressemble",
    ),
    "blank_header": (
        "cfa.csv",
        change(GOOD_CFA, "Taux emploi 24 mois", ""),
        "entete_vide",
        1,
        "n° 15",
        "Donnez-lui un nom",
    ),
    "column_at_two_places": (
        "cfa.csv",
        change(GOOD_CFA, "Taux emploi 24 mois", "taux_emploi_6_mois"),
        "colonne_en_double",
        1,
        "Taux emploi 6 mois",
        "est à deux places, n°\u00a010 et n°\u00a015",
    ),
    "invisible_character": (
        "cfa.csv",
        change(GOOD_CFA, "CFA du Port", "CFA du P\x00rt"),
        "caractere_interdit",
        3,
        "Libellé",
        "un caractère invisible (U+0000)",
    ),
    "name_too_long": (
        "cfa.csv",
        change(GOOD_CFA, "CFA du Port", "CFA " * 100),
        "texte_trop_long",
        3,
        "Libellé",
        "255 au plus se gardent",
    ),
    "wrong_check_letter": (
        "cfa.csv",
        change(GOOD_CFA, "0990002P", "0990002G"),
        "uai_invalide",
        3,
        "UAI",
        "la lettre de contrôle devrait être P",
    ),
    "unknown_code": (
        "region.csv",
        change(GOOD_REGION, "50022139", "50099999"),
        "code_inconnu",
        2,
        "cfd",
        "«\u00a050099999\u00a0» n’est pas dans la nomenclature des diplômes",
    ),
    "unknown_course_year": (
        "region.csv",
        change(GOOD_REGION, "23220022139", "23220022999"),
        "code_inconnu",
        3,
        "mefstat11",
        "nomenclature des années de formation",
    ),
    "percentage_over_100": (
        "cfa.csv",
        change(GOOD_CFA, ";40;66;60;6;", ";40;166;60;6;"),
        "pourcentage_hors_bornes",
        3,
        "Taux emploi 6 mois",
        "cette cellule est hors de l’intervalle de 0 à 100",
    ),
    "parts_not_100": (
        "cfa.csv",
        change(GOOD_CFA, ";40;40;20;20;", ";40;40;22;20;"),
        "somme_differente_de_100",
        3,
        "DEVENIR Part en emploi 6 mois",
        "Les trois parts ne font pas 100",
    ),
    "duplicated_key": (
        "cfa.csv",
        csv(CFA_HEADER, CFA_ROW, OTHER_ROW, CFA_ROW.replace("57;13", "56;14")),
        "cle_en_double",
        4,
        "UAI",
        "répète la clé de la ligne 2",
    ),
    "text_in_numbers": (
        "cfa.csv",
        change(GOOD_CFA, ";81;73;8;", ";beaucoup;73;8;"),
        "nombre_invalide",
        2,
        "Taux emploi 6 mois",
        "cette cellule n’est pas un nombre",
    ),
    "empty_file": ("cfa.csv", b"", "fichier_vide", None, "", "ne contient aucune ligne"),
    "header_only": ("cfa.csv", csv(CFA_HEADER), "fichier_vide", 1, "", "ne contient aucune ligne"),
    "truncated_file": (
        "cfa.csv",
        GOOD_CFA[:-30],
        "fichier_tronque",
        3,
        "",
        "le fichier est sans doute coupé",
    ),
    "another_kind": (
        "photo.csv",
        b"nom;age\nLea;15\n",
        "fichier_inconnu",
        1,
        "",
        "ne correspond à aucune source connue",
    ),
    "resaved_code": (
        "region.csv",
        change(GOOD_REGION, "23220022139;", "23220022139.0;"),
        "code_retouche",
        3,
        "mefstat11",
        "il devrait s’écrire «\u00a023220022139\u00a0»",
    ),
    "lost_zeros": (
        "cfa.csv",
        change(GOOD_CFA, "0990002P", "990002P"),
        "code_retouche",
        3,
        "UAI",
        "il devrait s’écrire «\u00a00990002P\u00a0»",
    ),
    "counts_disagree": (
        "region.csv",
        change(GOOD_REGION, ";20;80;", ";30;80;"),
        "effectif_incoherent",
        2,
        "nb_annee_term",
        "Les poursuites d’études et les sortants ne font pas l’effectif de dernière année",
    ),
    "more_employed_than_leavers": (
        "region.csv",
        change(GOOD_REGION, ";100;40;40;40;40;20;80;", ";100;81;40;40;40;20;80;"),
        "effectif_incoherent",
        2,
        "nb_en_emploi_12_mois",
        "Il y a plus de jeunes en «\u00a0nb_en_emploi_12_mois\u00a0» qu’en «\u00a0nb_sortant\u00a0»",
    ),
    "no_school": (
        "cfa.csv",
        change(GOOD_CFA, "0990002P", ""),
        "uai_invalide",
        3,
        "UAI",
        "le code est vide",
    ),
    "no_cohort": (
        "cfa.csv",
        change(GOOD_CFA, "cumul 2021-2022", "l’an dernier"),
        "millesime_invalide",
        2,
        "Année",
        "n’est pas une cohorte",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_bad_file_is_refused_with_a_sentence_and_nothing_changes(published, case):
    name, content, kind, line, column, words = CASES[case]
    before = everything()

    [report] = publish([File(name, content)])

    assert report.is_refused, report.as_dict()
    finding = next(finding for finding in report.blocking if finding.kind == kind)
    assert (finding.line, finding.column) == (line, column)
    assert words in finding.sentence
    if line:
        assert f"igne {line}" in finding.sentence
    assert everything() == before


def test_named_source_that_does_not_fit_says_what_is_missing(published):
    [report] = publish([File("cfa.csv", GOOD_CFA, source="ij_region_formation")])

    assert report.status == "refuse"
    assert (
        "n’a pas l’en-tête de la source «\u00a0InserJeunes, formations par région\u00a0»"
        in report.findings[0].sentence
    )


def test_findings_are_counted_by_kind_and_all_in_the_report(published):
    rows = [CFA_ROW.replace("0990001N", f"09900{n:02d}Z").replace(";57;", ";157;") for n in range(30, 60)]
    [report] = publish([File("cfa.csv", csv(CFA_HEADER, *rows))])

    assert report.status == "refuse"
    by_kind = {row["sorte"]: row["nombre"] for row in report.as_dict()["constats_par_sorte"]}
    assert by_kind["pourcentage_hors_bornes"] == 30
    assert len(report.as_dict()["constats"]) == sum(by_kind.values())


def test_column_without_name_nor_cells_is_nothing_to_remark(published):
    content = csv(CFA_HEADER + ";", CFA_ROW + ";", OTHER_ROW.replace(";66;", ";67;") + ";")
    [report] = publish([File("cfa.csv", content)])

    assert report.status == "publie"
    assert [finding.kind for finding in report.findings] == ["cohorte_revisee"]


def test_unknown_column_is_only_remarked(published):
    content = csv(CFA_HEADER + ";Observations", CFA_ROW + ";rien", OTHER_ROW.replace(";66;", ";67;") + ";")
    [report] = publish([File("cfa.csv", content)])

    assert report.status == "publie"
    assert [finding.kind for finding in report.remarks] == ["colonne_inconnue", "cohorte_revisee"]
