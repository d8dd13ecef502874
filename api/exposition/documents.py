"""The documents of the contract: the keys of each figure row, in the order that callers know."""

from django.utils import timezone
from django.utils.translation import gettext as _

from api.exposition import nomenclature
from api.exposition.rows import FIGURES, GROUP_SIZE
from stats.substitution.kinds import OriginKind

HIDDEN = dict.fromkeys(name for name in FIGURES if name != GROUP_SIZE)


def too_few():
    return _(
        "Les taux ne peuvent pas être affichés car il n’y a pas assez d’élèves pour fournir une information fiable."
    )


def _elsewhere(role):
    sentences = {
        "lieu_formation": _("Ces chiffres sont ceux du lieu de formation."),
        "formateur": _(
            "Ces chiffres sont ceux de l’établissement formateur\u00a0: ils valent pour tous ses lieux."
        ),
        "gestionnaire": _(
            "Ces chiffres sont ceux de l’établissement gestionnaire\u00a0: ils valent pour tous ses lieux."
        ),
    }
    return sentences.get(role, _("On ne sait pas à quel lieu de formation ces chiffres correspondent."))


def figures(row):
    """{name: number} of what is shown; a confidential group shows its head-count, the rest is null."""
    published = {name: value for name, value in zip(FIGURES, row.figures, strict=True) if value is not None}
    return HIDDEN | published if row.is_withheld else published


def is_closed(closed_at):
    return closed_at is not None and closed_at < timezone.now()


def document(row, known, region=None):
    """The document of one row, without what only single answers have.

    known: `nomenclature.Nomenclature`; region: {"code", "nom"} of a regional row.
    """
    course = known.courses.get(row.code)
    closed_at = course.closed_at if course else None
    content = {"uai": row.school_id} if row.school_id else {}
    if region:
        content["region"] = region
    content |= {
        "millesime": row.cohort_id,
        "filiere": row.route,
        "code_certification": row.code,
        "code_certification_type": nomenclature.type_of(row.code),
    }
    if diploma := diploma_of(row, course):
        content["code_formation_diplome"] = diploma
    if course:
        content |= course.document
    if row.school_id and (school := known.schools.get(row.school_id)):
        content |= school.document
    content |= _of_row(row)
    content["formation_fermee"] = is_closed(closed_at)
    if messages := _messages(row):
        content["_meta"] = {"messages": messages} | _notes(row)
    return content


def _notes(row):
    """The sentences of notices apart too, for whoever shows them beside the figures."""
    return {} if is_previous_year(row) or not row.notes else {"avis": [_(note) for note in row.notes]}


def diploma_of(row, course):
    """The diploma of a code: none for higher education, a year of a course that no diploma is known for is its own."""
    if course and course.kind == "mef" and not course.diploma:
        return row.code
    return None if row.code == row.diploma_id and len(row.code) == 7 else row.diploma_id


def is_previous_year(row):
    """Whether it is a year before the last: it has no figures, it leads to those of its terminal years."""
    return row.terminal_id is not None


def _of_row(row):
    if is_previous_year(row):
        return {"donnee_source": {"code_certification": row.code, "type": OriginKind.OWN.value}}
    content = figures(row) | {"donnee_source": {"code_certification": row.source_code, "type": row.kind}}
    if row.role:
        content |= {
            "uai_type": row.place_role,
            "uai_donnee": row.source_school_id,
            "uai_donnee_type": row.role,
        }
        lists = {"uai_formateur": row.schools("trainers"), "uai_gestionnaire": row.schools("managers")}
        content |= {name: schools for name, schools in lists.items() if schools}
    return content


def _messages(row):
    if is_previous_year(row):
        return []
    messages = [too_few()] if row.is_withheld else []
    if row.role and row.role != row.place_role:
        messages.append(_elsewhere(row.role))
    return messages + [_(note) for note in row.notes]


def described(document):
    """`made` with the title and the sentence of a single answer."""
    words = {
        "code": document["code_certification"],
        "type": document.get("diplome", {}).get("libelle", ""),
        "route": document["filiere"],
        "cohort": document["millesime"],
        "school": document.get("uai", ""),
    }
    if words["school"]:
        title = _("Certification %(code)s, établissement %(school)s")
        details = _(
            "Données InserJeunes pour la certification %(code)s (%(type)s filière %(route)s) dispensée par "
            "l’établissement %(school)s, pour le millésime %(cohort)s"
        )
    else:
        title = _("Certification %(code)s")
        details = _(
            "Données InserJeunes pour la certification %(code)s (%(type)s filière %(route)s) pour le "
            "millésime %(cohort)s"
        )
    meta = document.get("_meta", {}) | {"titre": title % words, "details": details % words}
    return document | {"_meta": meta}
