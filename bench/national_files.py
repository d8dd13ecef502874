"""The official files of a generated country, from a fixed seed: reference tables, then figures with head-counts.

1,800 diplomas and their 5,400 years of courses, 6,000 schools, what each teaches and the catalogue of apprenticeship.
"""

import numpy as np
import pandas as pd

from bench import generated
from establishments.uai import check_letter
from stats.indicators import COUNTS, GROUP_SIZE

REGIONS = ("11", "24", "27", "28", "32", "44", "52", "53", "75", "76", "84", "93")
DEPARTEMENTS = tuple(f"{number:02d}" for number in range(1, 96) if number != 20)
COMMUNES = 10_000
_ROUTES = {"pro": "scolaire", "apprentissage": "apprentissage"}
_MONTHS = (6, 12, 18, 24)


def references(rows: pd.DataFrame) -> dict[str, bytes]:
    """{name: content} of the files of reference. rows: those of `figures`, which tell what each school teaches."""
    return (
        _territories()
        | _nomenclature(generated.nomenclature())
        | {"fr-en-annuaire-education.csv": _csv(_schools())}
        | _teaching(rows)
    )


def figures(count: int, seed: int = generated.SEED) -> pd.DataFrame:
    """`count` groups of a course in a school: uai, cfd, mefstat11, route and head-counts, one in three under the threshold."""
    rows = generated.delivery(count, np.random.default_rng(seed)).reset_index(drop=True)
    is_year = rows["code"] != rows["diploma"]
    known = {
        "uai": _uais()[rows["school"]],
        "region": np.array(REGIONS)[rows["school"] % len(REGIONS)],
        "voie": rows["route"].map(_ROUTES),
        "cfd": rows["code"].where(~is_year, ""),
        "mefstat11": rows["code"].where(is_year, ""),
    }
    return pd.DataFrame(known).join(rows[[GROUP_SIZE, *COUNTS]].astype(int))


def of_schools(rows: pd.DataFrame, cohort: str) -> bytes:
    """The file of a cohort, a course in a school a line, as Orion exchanges it."""
    table = _with_rates(rows).assign(millesime=cohort, code_region=rows["region"], ensemble="")
    return _csv(table.drop(columns="region"))


def of_regions(rows: pd.DataFrame, cohort: str) -> bytes:
    """The file of the totals of the same groups, a course in a region a line."""
    totals = rows.groupby(["region", "voie", "cfd", "mefstat11"], as_index=False)[[GROUP_SIZE, *COUNTS]].sum()
    return _csv(_with_rates(totals).rename(columns={"region": "code_region"}).assign(millesime=cohort))


def _with_rates(rows):
    """The rows with the rates of their counts; a group under the threshold keeps its counts, as the files of Orion do."""
    rates = {
        f"taux_emploi_{months}_mois": _share(rows[f"nb_en_emploi_{months}_mois"], rows["nb_sortant"])
        for months in _MONTHS
    }
    rates["taux_poursuite_etudes"] = _share(rows["nb_poursuite_etudes"], rows[GROUP_SIZE])
    return rows.assign(**rates)


def _share(part, whole):
    return (100 * part / whole.where(whole > 0)).round().astype("Int64")


def _uais():
    numbers = [f"{10_000 + number:07d}" for number in range(generated.SCHOOLS)]
    return np.array([number + check_letter(number) for number in numbers])


def _territories():
    regions = pd.DataFrame(
        {"REG": REGIONS, "CHEFLIEU": "", "LIBELLE": [f"Région {code}" for code in REGIONS]}
    )
    region_of = {code: REGIONS[place % len(REGIONS)] for place, code in enumerate(DEPARTEMENTS)}
    communes = _communes()
    postal_codes = {
        "code_commune_insee": communes["COM"],
        "nom_de_la_commune": communes["LIBELLE"].str.upper(),
        "code_postal": communes["COM"],
        "ligne_5": "",
        "libelle_d_acheminement": communes["LIBELLE"].str.upper(),
    }
    table = pd.DataFrame({"DEP": DEPARTEMENTS, "REG": [region_of[code] for code in DEPARTEMENTS]})
    table = table.assign(CHEFLIEU="", LIBELLE="Département " + table["DEP"])
    return {
        "regions.csv": _csv(regions, ","),
        "departements.csv": _csv(table, ","),
        "communes.csv": _csv(communes, ","),
        "laposte_hexasmal.csv": _csv(pd.DataFrame(postal_codes)),
    }


def _communes():
    numbers = pd.Series(range(COMMUNES))
    departements = pd.Series(DEPARTEMENTS).iloc[numbers % len(DEPARTEMENTS)].reset_index(drop=True)
    return pd.DataFrame(
        {
            "TYPECOM": "COM",
            "COM": departements + (numbers // len(DEPARTEMENTS)).map("{:03d}".format),
            "DEP": departements,
            "LIBELLE": numbers.map("Ville {}".format),
            "COMPARENT": "",
        }
    )


def _nomenclature(known):
    codes = pd.Series(sorted(code for code in known.known if len(code) == 8))
    of_diplomas = known.links[known.links["former"].str.len() == 8]
    diplomas = {
        "FORMATION_DIPLOME": codes,
        "NIVEAU_FORMATION_DIPLOME": codes.str[:3],
        "GROUPE_SPECIALITE": codes.str[3:6],
        "LIBELLE_COURT": "BAC PRO",
        "LIBELLE_LONG_200": "METIER " + codes + " (BAC PRO)",
        "DATE_OUVERTURE": "01/09/2015",
        "DATE_FERMETURE": "",
        "ANCIEN_DIPLOME_1": codes.map(
            dict(zip(of_diplomas["new"], of_diplomas["former"], strict=True))
        ).fillna(""),
        "NOUVEAU_DIPLOME_1": codes.map(
            dict(zip(of_diplomas["former"], of_diplomas["new"], strict=True))
        ).fillna(""),
    }
    years = known.years.reset_index(drop=True)
    courses = {
        "MEF": years["code"].str[1:],
        "DISPOSITIF_FORMATION": "247",
        "FORMATION_DIPLOME": years["diploma"],
        "DUREE_DISPOSITIF": "3",
        "ANNEE_DISPOSITIF": years["year"],
        "LIBELLE_LONG": "METIER " + years["code"],
        "DATE_OUVERTURE": "01/09/2015",
        "DATE_FERMETURE": "",
        "MEF_STAT_11": years["code"],
    }
    return {"nFormationDiplome_.csv": _csv(pd.DataFrame(diplomas)), "nMef.csv": _csv(pd.DataFrame(courses))}


def _schools():
    uais = _uais()
    numbers = np.arange(len(uais))
    communes = _communes().iloc[numbers]
    return pd.DataFrame(
        {
            "Identifiant_de_l_etablissement": uais,
            "Nom_etablissement": [f"Lycée professionnel {number}" for number in numbers],
            "Type_etablissement": "Lycée",
            "Statut_public_prive": "Public",
            "Adresse_1": [f"{number} rue de la Mairie" for number in numbers],
            "Code_postal": "",
            "Code_commune": communes["COM"].to_numpy(),
            "Nom_commune": communes["LIBELLE"].to_numpy(),
            "Code_region": np.array(REGIONS)[numbers % len(REGIONS)],
            "Telephone": "01 00 00 00 00",
            "Web": [f"https://{number}.example/" for number in numbers],
        }
    )


def _teaching(rows):
    of_schools = rows[rows["mefstat11"] != ""]
    pupils = {
        "Rentrée scolaire": "2025",
        "UAI": of_schools["uai"],
        "Mef Bcp 11": of_schools["mefstat11"],
        "Nombre d'élèves : Total": of_schools[GROUP_SIZE],
    }
    apprentices = rows[rows["cfd"] != ""]
    other = np.random.default_rng(generated.SEED).permutation(_uais())
    sites = [apprentices["uai"], other[np.arange(len(apprentices)) % len(other)]]
    catalogue = pd.concat(
        pd.DataFrame(
            {
                "cfd": apprentices["cfd"],
                "uai_formation": site,
                "etablissement_formateur_uai": apprentices["uai"],
                "etablissement_gestionnaire_uai": apprentices["uai"],
            }
        )
        for site in sites
    )
    return {
        "constat_2025.csv": _csv(pd.DataFrame(pupils)),
        "catalogue_apprentissage.csv": _csv(catalogue),
    }


def _csv(table, delimiter=";"):
    return table.to_csv(sep=delimiter, index=False).encode()
