"""Jobs and readable labels: Certif Info, ROME, plain job names, Onisep courses."""

import pandas as pd

from deliveries.source import CellType, Column, Reference, Tables, nomenclature_source, renaming


def convert_certifications(rows: pd.DataFrame, reference: Reference) -> Tables:
    """Readable labels, RNCP, Onisep identifier and jobs of the diplomas that have a CFD.

    Several rows may have the same CFD: published ones come first, then those that Onisep knows, then the latest.
    """
    known = rows[rows["code_scolarite"].str.len() == 8].assign(
        is_draft=rows["etat_libelle"] == "habilitations", is_unknown=rows["codeideo2"] == ""
    )
    known = known.sort_values(
        ["is_draft", "is_unknown", "date_maj"], ascending=[True, True, False], kind="stable"
    )
    romes = [f"code_rome_{rank}" for rank in range(1, 6)]
    jobs = known.melt("code_scolarite", romes, value_name="job")
    jobs = jobs[jobs["job"] != ""]
    return {
        "diploma_label": pd.DataFrame(
            {
                "diploma": known["code_scolarite"],
                "label": known["libelle_diplome"],
                "rncp": known["code_rncp"],
                "ideo": known["codeideo2"],
            }
        ).drop_duplicates("diploma"),
        "diploma_job": pd.DataFrame({"diploma": jobs["code_scolarite"], "job": jobs["job"]}),
        "vocabulary": pd.DataFrame({"text": rows["libelle_diplome"]}),
    }


def convert_names(rows: pd.DataFrame, reference: Reference) -> Tables:
    return {
        "job_name": pd.DataFrame(
            {"job": rows["code_rome"], "name": rows["libelle_appellation_long"], "is_everyday": False}
        )
    }


def convert_everyday_names(rows: pd.DataFrame, reference: Reference) -> Tables:
    return {
        "job_name": pd.DataFrame(
            {"job": rows["code_rome"], "name": rows["libelle_metier"], "is_everyday": True}
        ),
        "vocabulary": pd.DataFrame({"text": rows["libelle_metier"]}),
    }


def convert_courses(rows: pd.DataFrame, reference: Reference) -> Tables:
    """Onisep's courses: "commerce, marketing, vente/achat| logistique - transport/transport" is two domains."""
    ideo = rows["lien_site_onisep_fr"].str.extract(r"(FOR\.\d+)")[0].fillna("")
    courses = pd.DataFrame(
        {
            "ideo": ideo,
            "rncp": rows["code_rncp"],
            "label": rows["libelle_formation_principal"],
            "domain": rows["domaine_sous_domaine"].str.split("|"),
        }
    )
    domains = courses.explode("domain")
    parts = domains["domain"].fillna("").str.split("/", n=1, expand=True).reindex(columns=[0, 1])
    domains = domains.assign(domain=parts[0].str.strip(), subdomain=parts[1].fillna("").str.strip())
    return {
        "onisep_course": courses[["ideo", "rncp", "label"]],
        "onisep_domain": domains.loc[domains["domain"] != "", ["ideo", "rncp", "domain", "subdomain"]],
        "vocabulary": pd.DataFrame({"text": courses["label"]}),
    }


SOURCES = (
    nomenclature_source(
        "certif_info",
        "Certif Info, diplômes et métiers",
        (
            Column("code_diplome"),
            Column("libelle_diplome"),
            Column("libelle_type_diplome"),
            Column("code_scolarite", (), CellType.CODE),
            *(Column(f"code_rome_{rank}", required=rank == 1) for rank in range(1, 6)),
            Column("code_rncp", (), CellType.CODE),
            Column("code_rs", required=False),
            Column("codeideo2", ("code_ideo2",), required=False),
            Column("date_maj", (), CellType.DATE, required=False),
            Column("etat_libelle", required=False),
        ),
        ("code_diplome", "code_rs", "codeideo2"),
        convert_certifications,
    ),
    nomenclature_source(
        "rome",
        "ROME, métiers",
        (
            Column("code_rome", (), CellType.CODE, width=5),
            Column("libelle_rome", fits="formations.Job.label"),
            Column("code_ogr", required=False),
            Column("code_fiche_metier", required=False),
        ),
        ("code_rome",),
        renaming("job", code="code_rome", label="libelle_rome"),
    ),
    nomenclature_source(
        "rome_appellations",
        "ROME, noms de métier",
        (
            Column("code_ogr"),
            Column("libelle_appellation_long", fits="formations.JobName.name"),
            Column("libelle_appellation_court", required=False),
            Column("code_rome", (), CellType.CODE, width=5),
        ),
        ("code_ogr", "code_rome"),
        convert_names,
        rank=3,
    ),
    nomenclature_source(
        "onisep_rome_metiers",
        "Onisep, noms de métier pour tous",
        (
            Column("code_rome", (), CellType.CODE, width=5, may_be_blank=True),
            Column("libelle_metier", ("libelle_metier_onisep",), fits="formations.JobName.name"),
            Column("lib_rome_ft", ("libelle_rome_ft",)),
            Column("lien_site_onisep_fr", required=False),
        ),
        ("code_rome", "libelle_metier"),
        convert_everyday_names,
        rank=1,
    ),
    nomenclature_source(
        "onisep_metiers",
        "Onisep, métiers",
        (
            Column("libelle_metier", fits="formations.JobName.name"),
            Column("code_rome", (), CellType.CODE, may_be_blank=True),
            Column("libelle_rome"),
            Column("nom_publication", required=False),
            Column("lien_site_onisep_fr", required=False),
            Column("domaine_sous_domaine"),
        ),
        ("libelle_metier", "code_rome", "nom_publication"),
        convert_everyday_names,
        rank=2,
    ),
    nomenclature_source(
        "onisep_formations",
        "Onisep, formations initiales en France",
        (
            Column("sigle_type_formation", required=False),
            Column("libelle_type_formation"),
            Column("libelle_formation_principal"),
            Column("code_rncp", (), CellType.CODE),
            Column("lien_site_onisep_fr", ("url_et_id_onisep",), may_be_blank=True),
            Column("domaine_sous_domaine"),
        ),
        ("lien_site_onisep_fr",),
        convert_courses,
        rank=1,
    ),
)
