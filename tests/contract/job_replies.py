"""The recorded jobs that read replies of figures, through `deliveries.services`."""

from deliveries.services import apprenticeship_catalogue, bcn, inserjeunes, insersup
from deliveries.services.responses import RefusedReply, revised
from establishments import uai
from stats.indicators import Level
from tests.contract.job_documents import NUMBERS, STATS, moment

_NAMES = {Level.COUNTRY: "certifications", Level.REGION: "regionales", Level.SCHOOL_COURSE: "formations"}


def nomenclature(case, name):
    """The records of a nomenclature among the replies of a case."""
    replies = [r for r in case["source"] if r["url"].endswith(f"/nomenclature/{name}")]
    return bcn.records(replies[0]["status"], replies[0]["body"]) if replies else []


def import_course_years(database, case):
    for record in bcn.mefs(nomenclature(case, "N_MEF")).values():
        moments = {name: moment(value) for name, value in record.items() if name.startswith("date_")}
        database.upsert("bcnMef", "mef_stat_11", record | moments)


def import_catalogue(database, case):
    for reply in case["source"]:
        if not reply["url"].endswith("/entity/formations"):
            continue
        for code, course in apprenticeship_catalogue.courses(reply["status"], reply["body"]).items():
            database.upsert("catalogueApprentissageFormations", "id", {"id": code, **course})


def import_figures(database, case):
    """Each reply gives one school, region or route; a refused one gives nothing."""
    for reply in case["source"]:
        about = inserjeunes.subject(reply["url"])
        where = about and _where(database, about)
        if not where:
            continue
        try:
            rows = inserjeunes.rows(reply["status"], reply["body"], about)
        except RefusedReply:
            continue
        _publish(database, STATS[_NAMES[about.level]], rows, lambda row, where=where: where)


def _where(database, about):
    """What documents say of the place of a reply; None when the place is unknown."""
    if about.level is Level.COUNTRY:
        return {"millesime": about.cohort}
    if about.level is Level.REGION:
        region = database.region(code_region_academique=about.place)
        return region and {"region": {k: region[k] for k in ("code", "nom", "code_region_academique")}}
    school = _school(database, about.place)
    return None if uai.fault(about.place) or not school else school


def _school(database, code):
    """Name, region and académie of a school of the register; None when one is unknown."""
    found = [school for school in database["acceEtablissements"] if school["numero_uai"] == code]
    if not found:
        return None
    region = database.region(departement=found[0]["departement_insee_3"])
    academie = database.academie(found[0]["academie"])
    if not region or not academie:
        return None
    return {
        "uai": code,
        "libelle_etablissement": found[0]["appellation_officielle"],
        "region": {k: region[k] for k in ("code", "nom")},
        "academie": {k: academie[k] for k in ("code", "nom")},
    }


def import_higher_figures(database, case):
    courses = {course["diplome_sise"]: course for course in database["bcnSise"]}
    asked = (case["arguments"] or [{}])[0].get("millesimes", case["millesimes"]["formationsSup"])
    for reply in case["source"]:
        rows = insersup.rows(reply["status"], reply["body"], asked)
        rows = rows[
            rows["code"].isin(courses) & rows["place"].map(lambda code: bool(_school(database, code)))
        ]
        _publish(
            database, STATS["formations"], rows, lambda row: _higher(database, row, courses[row["code"]])
        )


def _higher(database, row, course):
    return _school(database, row["place"]) | {
        "libelle_etablissement": row["school_name"],
        "code_certification_type": "sise",
        "libelle": course["libelle_intitule_1"],
        "diplome": course.get("diplome"),
        "date_fermeture": course.get("date_fermeture"),
    }


def _publish(database, name, rows, where):
    documents = []
    for row in rows.astype("object").where(rows.notna(), None).to_dict("records"):
        named = {"code_certification": row["code"], "millesime": row["cohort"], "filiere": row["route"]}
        source = {"donnee_source": {"code_certification": row["code"], "type": "self"}}
        figures = {figure: row[figure] for figure in NUMBERS if figure in row}
        documents.append(named | figures | database.described(row["code"]) | where(row) | source)
    for document in [*database[name], *documents]:
        document["place"] = document.get("uai") or document.get("region", {}).get("code")
        document["kind"] = document.get("donnee_source", {}).get("type", "")
    merged = revised(database[name], documents, ("code_certification", "millesime", "filiere", "place"))
    database[name] = [{k: v for k, v in d.items() if k not in {"place", "kind"}} for d in merged]
