"""Files of territories, nomenclature and teaching: recognised by meaning, converted to plain tables."""

import pytest

from deliveries.checks import recognise
from deliveries.reading import read_table
from deliveries.sources import ALL
from tests.deliveries.converting import converted, kinds


def test_departements_get_three_characters():
    source, tables, _ = converted(
        "DEP,REG,CHEFLIEU,TNCC,NCC,NCCENR,LIBELLE\n01,84,01053,5,AIN,Ain,Ain\n"
        "2A,94,2A004,3,CORSE DU SUD,Corse-du-Sud,Corse-du-Sud\n971,01,97105,3,GUADELOUPE,Guadeloupe,Guadeloupe\n"
    )
    assert source.name == "insee_departements"
    assert tables["departement"]["code"].tolist() == ["001", "02A", "971"]


def test_former_communes_are_kept_apart_with_the_one_around():
    _, tables, _ = converted(
        "TYPECOM,COM,REG,DEP,CTCD,ARR,TNCC,NCC,NCCENR,LIBELLE,CAN,COMPARENT\n"
        "COM,74010,84,74,74D,741,1,ANNECY,Annecy,Annecy,7499,\n"
        "COMD,74268,,,,,0,SEYNOD,Seynod,Seynod,,74010\n"
    )
    communes = tables["commune"].set_index("code")
    assert communes["is_former"].to_dict() == {"74010": False, "74268": True}
    assert communes.at["74268", "inside"] == "74010"


def test_overseas_collectivity_has_its_communes_and_each_of_their_postal_codes():
    source, tables, _ = converted(
        "code_commune,nom_commune,code_collectivite,nom_collectivite,code_postal,population\n"
        "97502,Saint-Pierre,975,Saint-Pierre-et-Miquelon,97500,5340\n"
        "98735,Papeete,987,Polynésie française,98714|98713,26926\n"
        "98901,Île de la Passion,989,Île de Clipperton,,0\n"
    )
    assert source.name == "collectivites_outremer"
    assert tables["departement"]["name"].tolist() == ["Saint-Pierre-et-Miquelon", "Polynésie française"]
    assert tables["commune"]["code"].tolist() == ["97502", "98735"]
    assert tables["postal_code"].to_numpy().tolist() == [
        ["97502", "97500"],
        ["98735", "98714"],
        ["98735", "98713"],
    ]


def test_types_of_higher_diplomas_come_from_their_own_table():
    source, tables, _ = converted(
        '{"data": [{"type_diplome_sise": "XA", "libelle_court": "MASTER", "libelle_long": "MASTER LMD"}]}',
        name="types.json",
    )
    assert source.name == "bcn_n_type_diplome_sise"
    assert tables["higher_type"].to_numpy().tolist() == [["XA", "MASTER", "MASTER LMD"]]


def test_current_diplomas_give_their_links_and_former_ones_do_not():
    columns = "FORMATION_DIPLOME;NIVEAU_FORMATION_DIPLOME;GROUPE_SPECIALITE;LIBELLE_COURT;LIBELLE_LONG_200"
    dates = "DATE_OUVERTURE;DATE_FERMETURE;DATE_DERNIERE_SESSION"
    old, _, _ = converted(
        f"{columns};{dates}\n50022139;500;221;CAP;CUISINE (CAP);01/09/2016;31/08/2024;2025\n"
    )
    new, tables, _ = converted(
        f"{columns};{dates};ANCIEN_DIPLOME_1;NOUVEAU_DIPLOME_1;NOUVEAU_DIPLOME_2\n"
        "50022139;500;221;CAP;CUISINE (CAP);01/09/2016;31/08/2024;2025;50022124;50022146;1022105\n"
    )
    assert (old.name, new.name) == ("bcn_v_formation_diplome", "bcn_n_formation_diplome")
    assert sorted(tables["renewal"][["former", "new"]].itertuples(index=False, name=None)) == [
        ("50022124", "50022139"),
        ("50022139", "01022105"),
        ("50022139", "50022146"),
    ]


def test_year_of_course_shared_by_two_mefs_is_the_open_one():
    header = (
        "MEF;DISPOSITIF_FORMATION;FORMATION_DIPLOME;DUREE_DISPOSITIF;ANNEE_DISPOSITIF;LIBELLE_LONG;"
        "DATE_OUVERTURE;DATE_FERMETURE;MEF_STAT_11;LIBELLE_EDITION\n"
    )
    _, tables, _ = converted(
        header + "2412213931;241;50022139;2;1;CUISINE;01/09/2016;31/08/2018;24022139101;1cap2 cuisine\n"
        "2412213932;241;50022139;2;1;CUISINE;01/09/2018;;24022139101;1cap2 cuisine ouverte\n"
    )
    assert tables["course_year"]["official_label"].tolist() == ["1cap2 cuisine ouverte"]


def test_certif_info_prefers_published_rows_known_to_onisep():
    _, tables, _ = converted(
        "Code_Diplome;Libelle_Diplome;Libelle_Type_Diplome;Date_MaJ;Code_Rome_1;Code_Rome_2;Code_RNCP;Code_RS;"
        "Code_Scolarité;Etat_Libelle;codeIdeo2\n"
        "1;CAP cuisine (projet);CAP;01/02/2024;G1602;;1;;50022139;habilitations;FOR.1\n"
        "2;CAP cuisine;CAP;01/01/2024;G1602;G1601;38430;;50022139;Publié;FOR.2\n"
    )
    row = tables["diploma_label"].iloc[0]
    assert (row["label"], row["rncp"], row["ideo"]) == ("CAP cuisine", "38430", "FOR.2")
    assert set(tables["diploma_job"]["job"]) == {"G1601", "G1602"}


def test_onisep_course_with_two_domains():
    _, tables, _ = converted(
        "sigle type formation;libellé type formation;libellé formation principal;code RNCP;lien site onisep.fr;"
        "domaine/sous-domaine\n"
        "CAP;CAP;CAP Cuisine;38430;http://www.onisep.fr/x/FOR.2;hôtellerie/cuisine| agro/agro-alimentaire\n"
    )
    domains = tables["onisep_domain"]
    assert domains["ideo"].tolist() == ["FOR.2", "FOR.2"]
    assert domains[["domain", "subdomain"]].to_numpy().tolist() == [
        ["hôtellerie", "cuisine"],
        ["agro", "agro-alimentaire"],
    ]


def test_lycee_is_taken_from_its_last_school_year():
    _, tables, _ = converted(
        "rentree_scolaire;academie;uai;nom;code_insee_de_la_commune;nom_de_la_commune;secteur;type_de_lycee;ips\n"
        "2021-2022;RENNES;0350053T;LYCEE NOUVEAU;35360;VITRE;public;LPO;100\n"
        "2016-2017;RENNES;0350053T;LYCEE ANCIEN;35360;VITRE;privé sous contrat;LP;100\n"
    )
    school = tables["school"].iloc[0]
    assert (school["name"], school["kind"], school["sector"]) == (
        "LYCEE NOUVEAU",
        "Lycée polyvalent",
        "public",
    )


def test_register_keeps_vocational_diplomas_of_known_schools():
    _, tables, report = converted(
        "Rentrée scolaire;UAI;Mef Bcp 11;Nombre d'élèves : Total\n"
        "2020;0350053T;24022000101;32\n2020;0350053T;24022000102;30\n2020;0750419Y;24022000101;26\n"
    )
    assert tables["teaching"][["school", "diploma", "year"]].to_numpy().tolist() == [
        ["0350053T", "50022139", 2020]
    ]
    assert kinds(report) == {"code_inconnu"}
    assert not report.blocking


def test_wishes_of_affelnet_are_first_wishes_and_those_of_parcoursup_are_not():
    _, affelnet, _ = converted(
        "Etablissement d'accueil;MEF STAT 11;Voeu de recensement O/N;Statut Offre de formation;"
        "Capacité carte scolaire;Demandes vœux 1;Famille de métiers\n0010001W;24022000101;N;ST;15;12;\n"
    )
    _, parcoursup, _ = converted(
        "UAI;LIBELLÉFORMATION;MEFSTAT11_old;NB_VOEUX_CONFIRMES;STATUT;CAPACITEPSUP;CFD\n"
        "0010001W;BTS X;32211022709;164;Apprentissage;17;32032001\n"
    )
    assert affelnet["teaching"].iloc[0][["route", "places", "first_wishes"]].tolist() == ["pro", 15, 12]
    row = parcoursup["teaching"].iloc[0]
    assert (row["route"], row["places"], row["diploma"]) == ("apprentissage", 17, "32032001")
    assert row.isna()["first_wishes"]


@pytest.mark.parametrize("filler", [0, 999])
def test_places_that_the_source_does_not_count_are_unknown(filler):
    _, affelnet, _ = converted(
        "Etablissement d'accueil;MEF STAT 11;Statut Offre de formation;Capacité carte scolaire;Demandes vœux 1\n"
        f"0010001W;24022000101;ST;{filler};12\n0350053T;24022000101;ST;24;12\n"
    )
    _, parcoursup, _ = converted(
        "UAI;LIBELLÉFORMATION;STATUT;CAPACITEPSUP;CFD\n"
        f"0010001W;BTS X;Apprentissage;{filler};32032001\n0350053T;BTS X;Apprentissage;800;32032001\n"
    )
    assert affelnet["teaching"]["places"].fillna(-1).tolist() == [-1, 24]
    assert affelnet["teaching"]["first_wishes"].tolist() == [12, 12]
    assert parcoursup["teaching"]["places"].fillna(-1).tolist() == [-1, 800]


def test_repeated_offer_is_taken_once_and_told():
    _, tables, report = converted(
        "Etablissement d'accueil;MEF STAT 11;Statut Offre de formation;Capacité carte scolaire;Demandes vœux 1\n"
        "0010001W;24022000101;ST;15;12\n0010001W;24022000101;ST;27;85\n"
    )
    assert tables["teaching"]["places"].tolist() == [15]
    assert kinds(report) == {"cle_en_double"}


@pytest.mark.real_files
def test_each_official_file_is_recognised_as_its_source(shared_data):
    expected = {
        "bcn/nFormationDiplome_.csv": "bcn_n_formation_diplome",
        "bcn/vFormationDiplome_.csv": "bcn_v_formation_diplome",
        "bcn/N_TYPE_DIPLOME_SISE.json": "bcn_n_type_diplome_sise",
        "bcn/n_lien_formation_groupe_.csv": "bcn_n_lien_formation_groupe",
        "etablissements/ACCE_UAI.csv": "acce_uai",
        "etablissements/CFASousConvRegionale_latest-UAI.csv": "cfa_uai",
        "etablissements/fr-en-annuaire-education_ille-et-vilaine.csv": "annuaire_education",
        "etablissements/lycees_ips.csv": "lycees_ips",
        "etablissements/ACCE_UAI_FILLE.csv": "acce_uai_fille",
        "etablissements/ACCE_UAI_MERE.csv": "acce_uai_mere",
        "etablissements/ACCE_UAI_SPEC.csv": "acce_uai_spec",
        "etablissements/ACCE_UAI_ZONE.csv": "acce_uai_zone",
        "catalogues/affelnet_2020-05.csv": "affelnet_apprentissage",
        "catalogues/listeFormationApprentissagePsup.csv": "parcoursup_apprentissage",
        "catalogues/constat_2020.csv": "constat",
        "catalogues/attractivite_capacite_2021.csv": "attractivite_capacite",
        "catalogues/BTS_attractivite_capacite_2023.csv": "bts_attractivite_capacite",
        "metiers/ideo-metiers_onisep.csv": "onisep_metiers",
        "territoires/regions.csv": "insee_regions",
        "territoires/laposte_hexasmal_2023.csv": "laposte_codes_postaux",
    }
    for path, name in expected.items():
        source, places = recognise(read_table(path, (shared_data / path).read_bytes()), ALL)
        assert source.name == name
        assert all(column.name in places for column in source.columns if column.required), path
