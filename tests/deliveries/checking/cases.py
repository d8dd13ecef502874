"""What each check that needs no database finds, and in what it finds nothing."""

import gzip
from dataclasses import dataclass
from typing import Any

from tests.deliveries.checking import tables
from tests.deliveries.checking.tables import both, called, cell, column, renamed, replaced, whole, without
from tests.deliveries.checking.workbook import workbook

RATE, SHARE = "Taux emploi 6 mois", "DEVENIR Part en emploi 6 mois"


@dataclass(frozen=True)
class Case:
    """base: makes a right file. spoil: changes it so that the check fails. right: another change, after which it passes.

    source, cohort, columns: what somebody says of the file; nothing is said of the columns of the right one.
    """

    base: Any
    spoil: Any
    right: Any = None
    source: str = ""
    cohort: str = ""
    columns: Any = None


def _without_a_last_name(sheet):
    """As the first releases of the DEPP: one "Taux", and nothing above the last column."""
    names = {RATE: "Taux", "Taux emploi 24 mois": ""}
    sheet.header = [names.get(name, name) for name in sheet.rows[0]]


def _swap(sheet):
    for row in sheet.rows:
        row[RATE], row["Taux emploi 12 mois"] = row["Taux emploi 12 mois"], row[RATE]


def _one_point(sheet):
    for row in sheet.rows:
        row["Latitude"], row["Longitude"] = "48.1", "-1.6"


def _too_few_parts(sheet):
    """The whole of the school is ten more than its two courses."""
    sheet.rows[2] |= {"nb_annee_term": "110", "nb_poursuite_etudes": "55", "nb_sortant": "55"}


def _small_group(sheet):
    sheet.rows[0] |= {"nb_annee_term": "12", "nb_poursuite_etudes": "6", "nb_sortant": "6"}
    for months in (6, 12, 18, 24):
        sheet.rows[0] |= {f"nb_en_emploi_{months}_mois": "3", f"taux_emploi_{months}_mois": "50"}


def _few_leavers(sheet):
    sheet.rows[0] |= {"nb_annee_term": "100", "nb_poursuite_etudes": "90", "nb_sortant": "10"}
    for months in (6, 12, 18, 24):
        sheet.rows[0] |= {f"nb_en_emploi_{months}_mois": "5", f"taux_emploi_{months}_mois": "50"}


def _blank_figures(sheet):
    """A small group whose figures are withheld."""
    for name in sheet.rows[0]:
        if name.startswith(("nb_", "taux_")) and name != "nb_annee_term":
            sheet.rows[0][name] = ""
    sheet.rows[0]["nb_annee_term"] = "12"


def _only_numerators_blank(sheet):
    sheet.rows[0] |= {
        "nb_en_emploi_6_mois": "",
        "taux_emploi_6_mois": "51",
        "nb_sortant": "30",
        "nb_annee_term": "50",
    }


def _region_without_rate(sheet):
    for row in sheet.rows[:12]:
        row["Région"], row[RATE] = "BRETAGNE", ""
        row["UAI"] = tables.uai(int(row["Libellé"][4:]), "035")


def _unordered_loop(sheet):
    sheet.rows[0]["ANCIEN_DIPLOME_1"] = "50022139"


CASES = {
    "autre_nature": Case(tables.cfa, whole(b"%PDF-1.7 \n")),
    "extension_trompeuse": Case(tables.cfa, called("cfa.json")),
    "archive_illisible": Case(tables.cfa, lambda sheet: whole(gzip.compress(sheet.bytes())[:-20])(sheet)),
    "archive_imbriquee": Case(
        tables.cfa, lambda sheet: whole(gzip.compress(gzip.compress(sheet.bytes())))(sheet), workbook("CFA")
    ),
    "archive_trop_grande": Case(
        tables.cfa,
        whole(gzip.compress(bytes(11 * 1024**2))),
        lambda sheet: whole(gzip.compress(sheet.bytes()))(sheet),
    ),
    "mot_de_passe": Case(
        tables.cfa,
        whole(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")),
        workbook("CFA"),
    ),
    "feuilles_en_double": Case(tables.cfa, workbook("2021", "2022"), workbook("2021", before=["Notice"])),
    "autre_feuille": Case(
        tables.cfa, workbook("2021", before=["Notice"]), workbook("2021", after=["Notice"])
    ),
    "feuille_laissee": Case(tables.cfa, workbook("2021", short=["Corrections"]), workbook("2021")),
    "encodage": Case(tables.cfa, replaced(b"CFA 1", b"CFA \x00\xe9\x00")),
    "encodage_ancien": Case(
        tables.cfa,
        lambda sheet: whole(sheet.bytes().decode().replace("CFA 1", "Lycée privé Bérard").encode("cp850"))(
            sheet
        ),
    ),
    "encodage_double": Case(tables.cfa, replaced(b"CFA 1", "LycÃ©e".encode())),
    "texte_abime": Case(tables.cfa, cell("Libellé", "Lyc\ufffde"), cell("Libellé", "Lycée")),
    "textes_abimes": Case(tables.cfa, column("Libellé", lambda number, row: f"Lyc\ufffde {number}")),
    "caractere_interdit": Case(tables.cfa, cell("Libellé", "CFA\x01")),
    "json_illisible": Case(tables.cfa, whole(b'[{"a": 1}, {"a"')),
    "fichier_vide": Case(tables.cfa, whole(b"a;b\n")),
    "trop_de_colonnes": Case(tables.cfa, whole(b";" * 100_000 + b"\n")),
    "trop_de_cellules": Case(tables.cfa, whole((b";" * 900 + b"\n") * 12_000)),
    "fichier_tronque": Case(tables.cfa, lambda sheet: whole(sheet.bytes()[:-20])(sheet)),
    "ligne_trop_longue": Case(tables.cfa, replaced(b"CFA 1;", b"CFA 1; annexe;")),
    "erreur_de_tableur": Case(tables.cfa, cell("Libellé", "#N/A"), cell("Libellé", "N° 4 = CFA")),
    "donnees_personnelles": Case(tables.cfa, column("Date de naissance", lambda number, row: "")),
    "fichier_inconnu": Case(tables.cfa, whole(b"couleur;taille\nbleu;4\n")),
    "autre_source": Case(tables.cfa, whole(b"couleur;taille\nbleu;4\n"), source="inserjeunes_cfa"),
    "source_contredite": Case(
        tables.region,
        column("uai", lambda number, row: ""),
        None,
        "ij_region_formation",
        columns={"id": None},
    ),
    "colonnes_indiquees": Case(tables.cfa, cell("UAI", ""), None, "inserjeunes_cfa", columns={"uai": 99}),
    "colonne_indiquee": Case(
        tables.cfa,
        renamed("Taux emploi 24 mois", "T24"),
        None,
        "inserjeunes_cfa",
        columns={"taux_emploi_24_mois": 14},
    ),
    "colonne_ecartee": Case(
        tables.cfa, cell("Libellé", "Autre"), None, "inserjeunes_cfa", columns={"taux_emploi_24_mois": None}
    ),
    "colonne_par_sa_place": Case(tables.depp, _without_a_last_name),
    "tranche_deduite": Case(tables.cfa, both(without("Année"), called("cfa-2021_2022.csv"))),
    "colonne_absente": Case(tables.cfa, renamed("Taux emploi 12 mois", "Autre")),
    "colonne_en_double": Case(tables.cfa, renamed("Part contrats apprentissage interrompus", RATE)),
    "entete_vide": Case(tables.cfa, renamed("Part contrats apprentissage interrompus", "")),
    "colonne_renommee": Case(tables.cfa, renamed("Taux emploi 24 mois", "Taux emploi 24 mois v2")),
    "colonne_inconnue": Case(tables.cfa, column("Remarque", lambda number, row: "vu")),
    "colonne_vide": Case(tables.cfa, column("Taux emploi 24 mois", lambda number, row: "nd")),
    "serie_incomplete": Case(tables.cfa, without("Taux emploi 18 mois"), without("Taux emploi 24 mois")),
    "colonnes_identiques": Case(tables.cfa, column("Taux emploi 12 mois", lambda number, row: row[RATE])),
    "millesime_absent": Case(tables.depp, called("depp.csv")),
    "millesime_invalide": Case(tables.cfa, cell("Année", "cumul 2022-2021")),
    "millesime_a_venir": Case(tables.cfa, column("Année", lambda number, row: "cumul 2028-2029")),
    "rentree_absente": Case(tables.register, column("Rentrée scolaire", lambda number, row: "")),
    "rentree_invalide": Case(tables.register, cell("Rentrée scolaire", "vingt")),
    "code_vide": Case(tables.region, cell("code_region", "")),
    "uai_invalide": Case(tables.cfa, cell("UAI", "0750001Z")),
    "code_invalide": Case(tables.region, cell("cfd", "500200010", 1)),
    "code_retouche": Case(tables.region, cell("cfd", "50020001.0", 1)),
    "cle_en_double": Case(tables.cfa, lambda sheet: sheet.rows.append(sheet.rows[0])),
    "annee_non_terminale": Case(
        tables.years,
        cell("Code formation mefstat11", "23210020000"),
        cell("Code formation mefstat11", "23830020000"),
    ),
    "regions_contradictoires": Case(tables.region, cell("code_region_ij", "03")),
    "nombre_invalide": Case(tables.cfa, cell(RATE, "beaucoup"), cell(RATE, "nd")),
    "nombre_non_entier": Case(tables.cfa, cell(RATE, "50,5"), cell(RATE, "50,0")),
    "nombre_hors_bornes": Case(tables.cfa, cell("VA emploi 6 mois", "13"), cell("VA emploi 6 mois", "4")),
    "pourcentage_hors_bornes": Case(tables.cfa, cell(RATE, "101")),
    "pourcentages_en_fractions": Case(tables.cfa, column(RATE, lambda number, row: int(row[RATE]) / 100)),
    "texte_trop_long": Case(tables.cfa, cell("Libellé", "x" * 300)),
    "date_invalide": Case(tables.diplomas, cell("DATE_OUVERTURE", "lundi")),
    "dates_inversees": Case(
        tables.diplomas, cell("DATE_FERMETURE", "01/01/1999"), cell("DATE_FERMETURE", "")
    ),
    "somme_differente_de_100": Case(tables.cfa, cell("DEVENIR Part autre situation 6 mois", "90")),
    "poursuites_differentes": Case(
        tables.cfa, cell("Taux poursuite études", "24"), cell("Taux poursuite études", "21")
    ),
    "taux_et_part_incoherents": Case(tables.cfa, cell(RATE, "60"), cell(RATE, "51")),
    "valeur_ajoutee_incoherente": Case(
        tables.cfa,
        cell("VA emploi 6 mois", "-3"),
        both(cell("Taux emploi 6 mois attendu", "30"), cell("VA emploi 6 mois", "12")),
    ),
    "effectif_incoherent": Case(tables.region, cell("nb_annee_term", "900")),
    "taux_different_des_effectifs": Case(
        tables.region, cell("taux_emploi_6_mois", "70"), cell("taux_emploi_6_mois", "")
    ),
    "taux_impossible": Case(tables.region, _only_numerators_blank, cell("nb_en_emploi_6_mois", "")),
    "effectif_invraisemblable": Case(
        tables.region,
        both(cell("nb_annee_term", "250000"), cell("nb_poursuite_etudes", ""), cell("nb_sortant", "")),
    ),
    "valeurs_toutes_egales": Case(tables.cfa, column("Taux emploi 24 mois", lambda number, row: "71")),
    "zeros_pour_nd": Case(
        tables.cfa,
        lambda sheet: sheet.rows[0].update(
            {name: "0" for name in sheet.rows[0] if name.startswith(("Taux", "DEV", "Part"))}
        ),
    ),
    "mois_permutes": Case(tables.cfa, _swap),
    "position_invraisemblable": Case(tables.directory, cell("Latitude", "-48.1")),
    "latitude_longitude_inversees": Case(
        tables.directory, both(cell("Latitude", "-1.6"), cell("Longitude", "48.1"))
    ),
    "positions_confondues": Case(tables.directory, _one_point),
    "code_postal_ailleurs": Case(
        tables.directory, cell("Code_postal", "33000"), cell("Code_postal", "35 000")
    ),
    "region_inconnue": Case(tables.cfa, cell("Région", "ATLANTIDE"), cell("Région", "IDF")),
    "departement_inconnu": Case(tables.cfa, cell("UAI", tables.uai(1, "099"))),
    "uai_hors_region": Case(tables.cfa, cell("Région", "BRETAGNE")),
    "etablissement_de_deux_regions": Case(
        tables.cfa,
        lambda sheet: sheet.rows.append(sheet.rows[0] | {"Année": "cumul 2020-2021", "Région": "BRETAGNE"}),
        lambda sheet: sheet.rows.append(sheet.rows[0] | {"Année": "cumul 2020-2021"}),
    ),
    "region_absente": Case(tables.national, lambda sheet: sheet.rows.pop()),
    "renovation_en_boucle": Case(tables.diplomas, _unordered_loop),
    "lien_sans_diplome": Case(tables.diplomas, cell("ANCIEN_DIPLOME_1", "50099999")),
    "indicateur_vide_par_region": Case(tables.cfa, _region_without_rate),
    "groupe_secret_montre": Case(tables.orion, _small_group, _blank_figures),
    "taux_de_trop_peu_de_sortants": Case(tables.orion, _few_leavers),
    "effectif_de_moins_de_cinq": Case(
        tables.orion, both(_blank_figures, cell("nb_annee_term", "3")), _blank_figures
    ),
    "secret_par_difference": Case(tables.orion, _too_few_parts),
}
