"""The recorded jobs that derive, through `stats.substitution`."""

import pandas as pd

from deliveries.services import bcn
from stats.substitution import GROUP, renewed_diplomas, teaching_sites, terminal_years
from tests.contract.job_documents import (
    COHORTS,
    STATS,
    is_own,
    links_of,
    moment,
    place_of,
    rows_of,
    undescribed,
    years_of,
)
from tests.contract.job_replies import nomenclature


def _kinds(options):
    kinds = options.get("stats", list(STATS))
    return [kinds] if isinstance(kinds, str) else kinds


def compute_continuum(database, case):
    options = (case["arguments"] or [{}])[0]
    cohorts = None
    if year := options.get("millesime"):
        cohorts = {year, f"{int(year) - 1}_{year}"}
    links = bcn.renewal_links(*links_of(database.courses))
    for kind in _kinds(options):
        name = STATS[kind]
        asked = [d for d in database[name] if cohorts is None or d["millesime"] in cohorts]
        kept = [d for d in asked if is_own(d)]
        others = [d for d in database[name] if d not in asked or not is_own(d) and not d.get("donnee_source")]
        found = renewed_diplomas.derive(rows_of(kept), links, set(database.courses))
        derived = [
            undescribed(kept[row.row])
            | database.described(row.code)
            | {"donnee_source": {"code_certification": row.source_code, "type": row.kind}}
            for row in found.itertuples()
        ]
        database[name] = others + kept + derived


def compute_course_year_links(database, case):
    courses = database.courses
    years = years_of(database["bcnMef"])
    years = years[years["code"].isin([c for c, course in courses.items() if course["type"] == bcn.MEF])]
    of_diplomas = {c: course for c, course in courses.items() if course["type"] == bcn.CFD}
    links = renewed_diplomas.course_year_links(bcn.renewal_links(*links_of(of_diplomas)), years)
    for course in courses.values():
        if course["code_certification"] not in set(years["code"]):
            continue
        code, diploma = course["code_certification"], courses.get(course["code_formation_diplome"], {})
        added = {
            "ancien_diplome": _union(course["ancien_diplome"], links.loc[links["new"] == code, "former"]),
            "nouveau_diplome": _union(course["nouveau_diplome"], links.loc[links["former"] == code, "new"]),
            "date_premiere_session": diploma.get("date_premiere_session"),
            "date_derniere_session": diploma.get("date_derniere_session"),
        }
        database.upsert("bcn", "code_certification", course | added)


def _union(known, added):
    return list(dict.fromkeys([*known, *added]))


def import_renewals(database, case):
    former, new, sessions = bcn.renewals(nomenclature(case, "N_FORMATION_DIPLOME"))
    links = bcn.renewal_links(former, new)
    for code, course in database.courses.items():
        first, last = sessions.get(code, (None, None))
        added = {
            "ancien_diplome": _union(course["ancien_diplome"], links.loc[links["new"] == code, "former"]),
            "nouveau_diplome": _union(course["nouveau_diplome"], links.loc[links["former"] == code, "new"]),
            "date_premiere_session": first,
            "date_derniere_session": last,
        }
        database.upsert("bcn", "code_certification", course | added)


def import_labels(database, case):
    courses = database.courses
    of_diplomas = {c: course for c, course in courses.items() if course["type"] == bcn.CFD}
    labels = {code: course["libelle_long"] for code, course in of_diplomas.items()}
    former = renewed_diplomas.former_labels(labels, links_of(of_diplomas)[0])
    for course in courses.values():
        diploma = (
            course["code_formation_diplome"] if course["type"] == bcn.MEF else course["code_certification"]
        )
        named = {"libelle_long": labels[diploma], "libelle_long_ancien": former.get(diploma)}
        database.upsert("bcn", "code_certification", course | named)


def compute_sites(database, case):
    options = (case["arguments"] or [{}])[0]
    year = options.get("millesime")
    cohorts = case["millesimes"]
    asked = {f"{int(year) - 1}_{year}"} if year else {*cohorts["formations"], *cohorts["formationsSup"]}
    others = [d for d in database["formationsStats"] if d["millesime"] not in asked]
    documents = [d for d in database["formationsStats"] if d["millesime"] in asked]
    fields = {"sites": "uai_lieu_formation", "trainers": "uai_formateur", "managers": "uai_gestionnaire"}
    rows = rows_of(documents).assign(role=[d.get("uai_type", "") for d in documents])
    for name, field in fields.items():
        rows[name] = pd.Series([tuple(d.get(field, ())) for d in documents], dtype="object")
    catalogue = teaching_sites.Catalogue(
        pd.DataFrame(
            [
                (
                    e["cfd"],
                    e.get("uai_formation"),
                    e.get("etablissement_formateur_uai"),
                    e.get("etablissement_gestionnaire_uai"),
                )
                for e in database["catalogueApprentissageFormations"]
            ],
            columns=["diploma", "site", "trainer", "manager"],
            dtype="object",
        ),
        bcn.renewal_links(*links_of(database.courses)),
        set(database.courses),
    )
    found = teaching_sites.roles(rows, catalogue)
    derived = teaching_sites.derive(rows, catalogue, found)
    documents = [
        document | _site_fields(role, fields) | {"uai_type": role.role}
        for document, role in zip(documents, found.itertuples(), strict=True)
    ]
    for site in derived.itertuples():
        document = {k: v for k, v in documents[site.row].items() if k != "uai_lieu_formation"}
        lists = {"uai_formateur": list(site.trainers), "uai_gestionnaire": list(site.managers)}
        data = {"uai_donnee": site.data_school, "uai_donnee_type": site.data_role}
        documents.append(document | {"uai": site.place, "uai_type": "lieu_formation"} | data | lists)
    database["formationsStats"] = others + documents


def _site_fields(role, fields):
    given = {"uai_donnee": role.data_school, "uai_donnee_type": role.data_role}
    given |= {field: list(getattr(role, name)) for name, field in fields.items()}
    return {name: value for name, value in given.items() if value}


def _cohorts(case, kind):
    given = (case["arguments"] or [{}])[0].get("millesimes")
    if given:
        return {*given, *(f"{int(year) - 1}_{year}" for year in given if "_" not in year)}
    return set(case["millesimes"][COHORTS[kind]])


def import_previous_years(database, case):
    years, known = years_of(database["bcnMef"]), set(database.courses)
    for kind in _kinds((case["arguments"] or [{}])[0]):
        documents = [
            d
            for d in database[STATS[kind]]
            if d["millesime"] in _cohorts(case, kind) and "donnee_source" in d
        ]
        rows = rows_of(documents)
        found = terminal_years.derive(rows, terminal_years.previous_years(rows, years, known))
        _add_years(database, STATS[kind], found, documents)


def import_common_years(database, case):
    labels, _ = bcn.families(nomenclature(case, "N_GROUPE_FORMATION"), [])
    in_families = [c for c in database["bcn"] if c.get("familleMetier", {}).get("code") in labels]
    common = _family_table(
        (c["familleMetier"], c["code_certification"])
        for c in in_families
        if c["familleMetier"]["isAnneeCommune"]
    )
    for kind in _kinds((case["arguments"] or [{}])[0]):
        documents = [d for d in database[STATS[kind]] if d["millesime"] in _cohorts(case, kind) and is_own(d)]
        members = _family_table(
            (d["familleMetier"], d["code_certification"]) for d in documents if d.get("familleMetier")
        )
        found = terminal_years.derive_common(rows_of(documents), members, common)
        _add_years(database, STATS[kind], found, documents, is_region_looked_up=True)


def _family_table(pairs):
    return pd.DataFrame([(f["code"], code) for f, code in pairs], columns=["family", "code"], dtype="str")


def _add_years(database, name, found, documents, is_region_looked_up=False):
    at = {place_of(document): document for document in documents}
    for (code, *group), terminals in found.groupby(["code", *GROUP], sort=False)["terminal"]:
        cohort, route, place = group
        where = {k: at[place].get(k) for k in ("uai", "region", "academie")}
        if is_region_looked_up and name == STATS["regionales"]:
            region = database.region(code=place)
            where["region"] = {k: region[k] for k in ("code", "code_region_academique", "nom")}
        named = {"certificationsTerminales": [{"code_certification": t} for t in terminals]}
        database[name].append(
            database.described(code) | {"millesime": cohort, "filiere": route} | where | named
        )


def import_families(database, case):
    groups, links = nomenclature(case, "N_GROUPE_FORMATION"), nomenclature(case, "N_LIEN_FORMATION_GROUPE")
    labels, family_of = bcn.families(groups, links)
    table = pd.DataFrame(family_of.items(), columns=["diploma", "family"], dtype="str")
    common = terminal_years.common_years(table, years_of(database["bcnMef"]))
    is_common = dict(zip(common["diploma"], common["is_common"], strict=True))
    for course in database["bcn"]:
        family = family_of.get(course["code_formation_diplome"])
        if family:
            named = {"code": family, "libelle": labels[family]}
            named["isAnneeCommune"] = is_common[course["code_formation_diplome"]]
            database.upsert("bcn", "code_certification", course | {"familleMetier": named})


def import_courses(database, case):
    levels = nomenclature(case, "N_NIVEAU_FORMATION_DIPLOME")
    diplomas = bcn.diplomas(
        *(
            nomenclature(case, n)
            for n in ("V_FORMATION_DIPLOME", "N_FORMATION_DIPLOME", "N_FORMATION_DIPLOME_ENQUETE_51")
        ),
        levels,
    )
    for course in [*diplomas.values(), *bcn.years(nomenclature(case, "N_MEF"), levels).values()]:
        document = {
            "type": course["kind"],
            "code_certification": course["code"],
            "code_formation_diplome": course["diploma"],
            "libelle": course["label"],
            "libelle_long": course["long_label"],
            "diplome": _level(course["level"]),
            "date_ouverture": moment(course["opened_on"]),
            "date_fermeture": moment(course["closed_on"]),
            "niveauFormationDiplome": course.get("level_code"),
            "groupeSpecialite": course.get("speciality"),
            "lettreSpecialite": course.get("speciality_letter"),
            "ancien_diplome": [],
            "nouveau_diplome": [],
        }
        database.upsert("bcn", "code_certification", document)


def import_higher_courses(database, case):
    types = nomenclature(case, "N_TYPE_DIPLOME_SISE")
    for course in bcn.higher_diplomas(nomenclature(case, "N_DIPLOME_SISE"), types).values():
        days = {name: moment(value) for name, value in course.items() if name.startswith("date_")}
        document = (
            {k: v for k, v in course.items() if k != "level"} | days | {"diplome": _level(course["level"])}
        )
        database.upsert("bcnSise", "diplome_sise", document)


def _level(level):
    return level and {"code": level["code"], "libelle": level["label"]}
