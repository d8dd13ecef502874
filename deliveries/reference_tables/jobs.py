"""Jobs and domains of diplomas from the live files."""

import pandas as pd

from deliveries.reference_tables import ReferenceTable, gathered, reference_table
from deliveries.source import Tables
from formations import labels


def _domain_rows(frames):
    """Domains and subdomains of Onisep's courses, with the slugs of both."""
    rows = gathered(frames, "onisep_domain", ("ideo", "rncp", "domain", "subdomain"))
    both = rows[["domain", "subdomain"]].drop_duplicates()
    slugs = {
        (domain, subdomain): (labels.slugify(domain), labels.slugify(f"{domain} {subdomain}"))
        for domain, subdomain in both.itertuples(index=False)
    }
    pairs = [slugs[key] for key in zip(rows["domain"], rows["subdomain"], strict=True)]
    return rows.assign(
        domain_slug=[pair[0] for pair in pairs],
        slug=[pair[1] for pair in pairs],
    )


def domains(frames: dict[str, Tables]) -> ReferenceTable:
    """Domains, and subdomains below them."""
    rows = _domain_rows(frames)
    above = pd.DataFrame({"slug": rows["domain_slug"], "label": rows["domain"], "parent_id": None})
    below = pd.DataFrame({"slug": rows["slug"], "label": rows["subdomain"], "parent_id": rows["domain_slug"]})
    domains = pd.concat([above, below[below["label"] != ""]]).drop_duplicates("slug")
    domains["label"] = [labels.capitalised(labels.typographic(label)) for label in domains["label"]]
    return reference_table("formations.Domain", ("slug",), domains, ("slug", "label", "parent_id"))


def diploma_domains(frames: dict[str, Tables], diplomas: pd.DataFrame) -> ReferenceTable:
    """Domains of each diploma: those of the Onisep course with its identifier, else with one of its RNCP numbers."""
    rows = _domain_rows(frames)
    by_ideo = diplomas[diplomas["ideo"] != ""].merge(
        rows[rows["ideo"] != ""][["ideo", "slug"]], on="ideo", suffixes=("", "_domain")
    )
    without_ideo = diplomas[~diplomas["code"].isin(by_ideo["code"])]
    numbers = (without_ideo["rncp"] + " " + without_ideo["former_rncp"]).str.split()
    by_rncp = without_ideo.assign(rncp=numbers).explode("rncp")
    by_rncp = by_rncp[by_rncp["rncp"].notna()].merge(
        rows[rows["rncp"] != ""][["rncp", "slug"]], on="rncp", suffixes=("", "_domain")
    )
    links = pd.concat([by_ideo, by_rncp]).rename(columns={"code": "diploma_id", "slug_domain": "domain_id"})
    key = ("diploma_id", "domain_id")
    return reference_table("formations.DiplomaDomain", key, links, key)


def jobs(frames: dict[str, Tables], diplomas: pd.DataFrame) -> tuple[ReferenceTable, ...]:
    """Jobs, their names and the diplomas that lead to them.

    Everyday names come first, so that they win where an official name reads the same.
    """
    rows = gathered(frames, "job", ("code", "label")).drop_duplicates("code")
    rows = rows.assign(label=rows["label"].map(labels.typographic).str[:200])
    names = gathered(frames, "job_name", ("job", "name", "is_everyday"))
    names = names[names["job"].isin(rows["code"]) & (names["name"] != "")]
    names = names.assign(
        job_id=names["job"], name=names["name"].map(labels.typographic).map(labels.capitalised).str[:200]
    ).sort_values("is_everyday", ascending=False, kind="stable")
    links = gathered(frames, "diploma_job", ("diploma", "job"))
    links = links[links["job"].isin(rows["code"]) & links["diploma"].isin(diplomas["code"])]
    links = links.rename(columns={"diploma": "diploma_id", "job": "job_id"})
    return (
        reference_table("formations.Job", ("code",), rows, ("code", "label")),
        reference_table("formations.JobName", ("job_id", "name"), names, ("job_id", "name", "is_everyday")),
        reference_table("formations.DiplomaJob", ("diploma_id", "job_id"), links, ("diploma_id", "job_id")),
    )
