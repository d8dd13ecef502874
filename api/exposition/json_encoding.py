"""Fast JSON encoding of the documents of lists: the parts of a course and of a place are encoded once and cached.

The result equals the JSON of `documents.document` (tests/api/exposition/test_views.py compares them), which still encodes
the rows that carry a message.
"""

from functools import lru_cache

from api.exposition.documents import diploma_of, document, is_closed, is_previous_year, too_few
from api.exposition.nomenclature import type_of
from api.exposition.responses import json_text
from api.exposition.rows import FIGURES

_NAMES = tuple(f',"{name}":' for name in FIGURES)
_HIDDEN = tuple(f"{name}null" for name in _NAMES[1:])


def text(row, known, region=None):
    """JSON of the document of `row`; the arguments are those of `documents.document`."""
    if is_previous_year(row) or row.role != row.place_role or row.notes:
        return json_text(document(row, known, region))
    course = known.courses.get(row.code)
    diploma = diploma_of(row, course)
    parts = [
        f'{{"millesime":"{row.cohort_id}","filiere":"{row.route}"',
        _of_course(known, row.code),
        f',"code_formation_diplome":"{diploma}"' if diploma else "",
        _of_school(known, row.school_id) if row.school_id else "",
        _of_region(region["code"], region["nom"]) if region else "",
        *_of_figures(row),
        f',"donnee_source":{{"code_certification":"{row.source_code}","type":"{row.kind}"}}',
        _of_roles(row) if row.role else "",
    ]
    closed = "true" if course and is_closed(course.closed_at) else "false"
    return f'{"".join(parts)},"formation_fermee":{closed}}}'


def _of_figures(row):
    if not row.is_withheld:
        pairs = zip(_NAMES, row.figures, strict=True)
        return [f"{name}{value}" for name, value in pairs if value is not None]
    size = [f"{_NAMES[0]}{row.figures[0]}"] if row.figures[0] is not None else []
    return [*_HIDDEN, *size, f',"_meta":{json_text({"messages": [too_few()]})}']


def _of_roles(row):
    roles = (
        f',"uai_type":"{row.place_role}","uai_donnee":"{row.source_school_id}","uai_donnee_type":"{row.role}"'
    )
    lists = {"uai_formateur": row.schools("trainers"), "uai_gestionnaire": row.schools("managers")}
    return roles + "".join(f',"{name}":{json_text(uais)}' for name, uais in lists.items() if uais)


@lru_cache(maxsize=60_000)
def _of_course(known, code):
    course = known.courses.get(code)
    content = {"code_certification": code, "code_certification_type": type_of(code)}
    return f",{json_text(content | (course.document if course else {}))[1:-1]}"


@lru_cache(maxsize=100)
def _of_region(code, name):
    return f',"region":{json_text({"code": code, "nom": name})}'


@lru_cache(maxsize=30_000)
def _of_school(known, uai):
    school = known.schools.get(uai)
    return f",{json_text({'uai': uai} | (school.document if school else {}))[1:-1]}"
