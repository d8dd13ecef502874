"""Documents of the recorded database → rows of the portal, as publishing them would leave them."""

from collections import defaultdict
from datetime import datetime
from itertools import count

import pandas as pd
from django.utils import timezone
from django.utils.text import slugify

from api.models import ApiKey, ApiUser
from establishments.models import School, Territory
from formations.models import CourseYear, Diploma
from stats.disclosure_control.primary import level_of, suppress
from stats.indicators import COUNTS, FIGURES, GROUP_SIZE, Route
from stats.models import (
    Attribution,
    Certification,
    Cohort,
    DataVersion,
    DeliveredFile,
    Delivery,
    Outcome,
)
from stats.substitution.kinds import OriginKind
from tests.contract.job_documents import STATS

KEY = "test-api-key"
SOURCE = "contrat"
_deliveries = count(1_000_000)
_NUMBERS = (GROUP_SIZE, *COUNTS, *FIGURES)


def moment(text):
    return text and datetime.fromisoformat(text.replace("Z", "+00:00"))


def load_territories(reference):
    """Put the territories of reference.json of the contract, the same for all cases, into the database."""
    rows = {"pays-FR": Territory(key="pays-FR", level="pays", code="FR", name="France")}
    for region in reference["regions"]:
        key = f"region-{region['code']}"
        rows[key] = Territory(
            key=key, level="region", code=region["code"], name=region["nom"], parent_id="pays-FR"
        )
        for level, name, width in (("academie", "academies", 2), ("departement", "departements", 3)):
            for each in region[name]:
                code = each["code"].zfill(width)
                rows[f"{level}-{code}"] = Territory(
                    key=f"{level}-{code}", level=level, code=code, name=each["nom"], parent_id=key
                )
    Territory.objects.bulk_create(rows.values())


def figure_documents(collections):
    return [document for name in STATS.values() for document in collections.get(name, [])]


class Loader:
    """Puts the collections of one case into a database that has the territories already.

    withheld: the `Withheld` of all cases.
    """

    def __init__(self, collections, withheld):
        self.collections = collections
        self.documents = figure_documents(collections)
        self.withheld = withheld
        self.outcomes = {}

    def load(self):
        # Each case has a version of the data of its own, so that nothing is kept from one to the next.
        file = DeliveredFile.objects.create(sha256=f"{next(_deliveries):064d}", size=0, content=b"")
        self.delivery = Delivery.objects.create(
            pk=int(file.sha256), source=SOURCE, file_name="contrat", file=file
        )
        DataVersion.objects.create(number=self.delivery.pk, at=timezone.now())
        self._nomenclature()
        self._schools()
        self._cohorts()
        for document in self.documents:
            self._own_outcome(document)
        for document in self.documents:
            self._show(document)
        ApiKey.objects.make("contrat", KEY)
        for user in self.collections.get("users", []):
            ApiUser.objects.create(username=user["username"], password=user["password"])

    def _nomenclature(self):
        for course in self.collections.get("bcn", []):
            self._certification(
                course["code_certification"],
                kind=course["type"],
                diploma=course["code_formation_diplome"],
                label=course["libelle"],
                long_label=course["libelle_long"],
                former_label=course.get("libelle_long_ancien") or "",
                opened_at=moment(course.get("date_ouverture")),
                first_session=str(course.get("date_premiere_session") or ""),
                last_session=str(course.get("date_derniere_session") or ""),
                former=course.get("ancien_diplome", []),
                new=course.get("nouveau_diplome", []),
                type_code=course.get("niveauFormationDiplome") or "",
                speciality=course.get("groupeSpecialite") or "",
                speciality_letter=course.get("lettreSpecialite") or "",
                **_said(course),
            )
        for course in self.collections.get("bcnSise", []):
            self._certification(
                course["diplome_sise"],
                kind="sise",
                label=course["libelle_intitule_1"],
                long_label=course["libelle_intitule_1"],
                **_said(course),
            )
        listed = set(Certification.objects.values_list("code", flat=True))
        for document in self.documents:
            self._certification(
                document["code_certification"],
                kind=document["code_certification_type"][:4].replace("mef1", "mef"),
                **self._unlisted(document, listed),
                long_label=document["libelle"],
                former_label=document.get("libelle_ancien") or "",
                **_said(document),
            )
        for document in self.documents:
            self._codes(document["code_certification"], document.get("code_formation_diplome"))
            for terminal in document.get("certificationsTerminales", ()):
                self._codes(terminal["code_certification"], document["code_formation_diplome"])

    def _unlisted(self, document, listed):
        """What the figures alone tell of a code that the nomenclature lacks: its diploma, of 8 characters at most.

        Recorded figures of one code may name several diplomas; another one than the code itself is told.
        """
        code = document["code_certification"]
        if code in listed:
            return {}
        named = {
            d.get("code_formation_diplome", "") for d in self.documents if d["code_certification"] == code
        }
        others = sorted(diploma for diploma in named - {code} if len(diploma) <= 8)
        own = code if code in named and len(code) <= 8 else ""
        return {"is_listed": False, "diploma": (others or [own])[-1]}

    def _certification(self, code, **values):
        Certification.objects.update_or_create(code=code, defaults=values)

    def _codes(self, code, diploma):
        """(diploma, year of a course) for a code; a code whose diploma is another one is a year of it."""
        diploma = diploma or code
        fields = {"label": "LIBELLE", "official_label": "LIBELLE", "slug": slugify(diploma)}
        Diploma.objects.get_or_create(code=diploma[:8], defaults=fields)
        if diploma == code and len(code) < 11:
            return code, None
        CourseYear.objects.get_or_create(
            code=code, defaults={"diploma_id": diploma[:8], "official_label": "LIBELLE"}
        )
        return diploma[:8], code

    def _schools(self):
        found = {}
        for document in self.documents:
            if "uai" in document:
                region, academie = document.get("region"), document.get("academie")
                found[document["uai"]] = {
                    "name": document["libelle_etablissement"],
                    "region_id": region and f"region-{region['code']}",
                    "territory_id": academie and f"academie-{academie['code']}",
                }
        for school in self.collections.get("acceEtablissements", []):
            known = found.setdefault(school["numero_uai"], {"name": school["appellation_officielle"]})
            known["kind"] = school["nature_uai_libe"]
        others = {d["uai_donnee"] for d in self.documents if d.get("uai_donnee")} - set(found)
        found |= {uai: {"name": uai} for uai in others}
        School.objects.bulk_create(
            School(uai=uai, slug=slugify(uai), **fields) for uai, fields in found.items()
        )

    def _cohorts(self):
        for code in {document["millesime"] for document in self.documents}:
            first, *last = code.split("_")
            Cohort.objects.create(code=code, first_year=int(first), last_year=int((last or [first])[0]))

    def _place(self, document, school="uai"):
        if "uai" in document:
            return {"school_id": document.get(school) or document["uai"]}
        if "region" in document:
            return {"territory_id": f"region-{document['region']['code']}"}
        return {"territory_id": "pays-FR"}

    def _own_outcome(self, document):
        """The published row behind a document: under its source's code, at its source's school, withheld if need be."""
        source = document.get("donnee_source", {}).get("code_certification", document["code_certification"])
        is_own = source == document["code_certification"]
        diploma, year = self._codes(source, document.get("code_formation_diplome") if is_own else None)
        place = self._place(document, "uai_donnee")
        group = (diploma, year, document["millesime"], document["filiere"], *place.items())
        if group not in self.outcomes:
            self.outcomes[group] = Outcome.objects.create(
                delivery=self.delivery,
                source=SOURCE,
                cohort_id=document["millesime"],
                route=document["filiere"],
                diploma_id=diploma,
                course_year_id=year,
                **place,
                **self.withheld.of(document),
            )
        document["$outcome"] = self.outcomes[group]

    def _show(self, document):
        code = document["code_certification"]
        diploma, year = self._codes(code, document.get("code_formation_diplome"))
        values = {
            "outcome": document["$outcome"],
            "kind": document.get("donnee_source", {}).get("type", OriginKind.OWN.value),
            "cohort_id": document["millesime"],
            "route": document["filiere"],
            "diploma_id": diploma,
            "course_year_id": year,
            "role": document.get("uai_donnee_type", ""),
            "place_role": document.get("uai_type", ""),
            "trainers": document.get("uai_formateur", []),
            "managers": document.get("uai_gestionnaire", []),
            **self._place(document),
        }
        terminals = document.get("certificationsTerminales") or [None]
        if terminals[0]:
            is_common = document.get("familleMetier", {}).get("isAnneeCommune")
            values["kind"] = OriginKind.COMMON_YEAR.value if is_common else OriginKind.TERMINAL_YEAR.value
        for place, terminal in enumerate(terminals):
            terminal_id = terminal and terminal["code_certification"]
            Attribution.objects.create(**values, terminal_id=terminal_id, is_first=place == 0)


def _said(document):
    """What any document says of its course."""
    level = document.get("diplome") or {}
    return {
        "level_code": level.get("code", ""),
        "level_label": level.get("libelle", ""),
        "closed_at": moment(document.get("date_fermeture")),
        "family": document.get("familleMetier"),
    }


class Withheld:
    """Head-counts, figures and reasons of documents, as ingestion leaves them; found for all of them at once.

    The recorded figures are drawn at random: broken contracts are there whatever the route, salaries and all.
    """

    def __init__(self, documents):
        alike = defaultdict(dict)
        for document in documents:
            kind, numbers = self._key(document)
            alike[kind][numbers] = None
        self._rows = {kind: self._suppressed(*kind, list(rows)) for kind, rows in alike.items()}

    def of(self, document):
        kind, numbers = self._key(document)
        return self._rows[kind][numbers]

    @staticmethod
    def _key(document):
        """((where the figures stand, the names of those that are there), the figures).

        A head-count that a document lacks is not one that a source left blank: the recorded database kept no empty
        field.
        """
        names = tuple(name for name in _NUMBERS if name in document)
        level = level_of("uai" in document, True, is_country="region" not in document)
        return (level, names), tuple(document[name] for name in names)

    @staticmethod
    def _suppressed(level, names, rows):
        groups = pd.DataFrame(rows, columns=names, index=range(len(rows)), dtype="object")
        table = suppress(groups.assign(route=Route.APPRENTICESHIP.value), level)
        found = table.astype("object").where(table.notna(), None).to_dict("records")
        return dict(zip(rows, found, strict=True))
