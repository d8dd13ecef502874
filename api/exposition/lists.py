"""Lists: pages of documents, as JSON or CSV, in the order of publication, read in blocks however long they are."""

from dataclasses import dataclass
from itertools import chain

from django.http import StreamingHttpResponse
from django.utils import timezone

from api.exposition import json_encoding, nomenclature
from api.exposition.documents import document, is_previous_year
from api.exposition.lookups import terminal_years
from api.exposition.responses import json_text
from api.exposition.rows import COUNTS, FIGURES, RATES, SALARIES
from stats.models import Certification

BLOCK = 1_000
_SOURCE = (
    "code_certification",
    "code_formation_diplome",
    "filiere",
    "millesime",
    "donnee_source_type",
    "donnee_source_code_certification",
)
_FIGURES = (*COUNTS, *RATES)
CSV_COLUMNS = {
    "certifications": (*_SOURCE, *COUNTS, *SALARIES, *RATES),
    "regionales": ("region", *_SOURCE, *_FIGURES),
    "formations": ("uai", "uai_type", "uai_donnee", "uai_donnee_type", *_SOURCE, *_FIGURES),
    "bcn": (
        "code_certification",
        "type",
        "code_formation_diplome",
        "libelle",
        "libelle_long",
        "diplome_libelle",
        "date_ouverture",
        "date_fermerture",
        "date_premiere_session",
        "date_derniere_session",
    ),
}


@dataclass(frozen=True)
class Figures:
    """Documents of figures. make: function without argument that gives a new `FigureQuery`."""

    make: object
    known: object

    def count(self):
        return self.make().count()

    def block(self, first, size):
        """Documents of a page."""
        rows, previous = self._rows(first, size)
        return [self._document(row, previous) for row in rows]

    def texts(self, first, size):
        """The same documents as JSON."""
        rows, previous = self._rows(first, size)
        return [
            json_text(self._document(row, previous))
            if row.id in previous
            else json_encoding.text(row, self.known, self._region(row))
            for row in rows
        ]

    def _rows(self, first, size):
        rows = self.make().page(first, size)
        return rows, terminal_years(self.make(), [row for row in rows if is_previous_year(row)])

    def _region(self, row):
        return self.known.regions.get((row.territory_id or "").removeprefix("region-"))

    def _document(self, row, previous):
        content = document(row, self.known, self._region(row))
        if row.id in previous:
            content["certificationsTerminales"] = [{"code_certification": code} for code in previous[row.id]]
        return content

    @staticmethod
    def cells(document):
        """The cells of a document in the CSV, {column: value}."""
        source = document["donnee_source"]
        cells = document | {
            "donnee_source_type": source["type"],
            "donnee_source_code_certification": source["code_certification"],
        }
        if "region" in document:
            cells["region"] = document["region"]["nom"]
        return cells


class Courses:
    """Documents of the nomenclature (diplomas and years of courses)."""

    def __init__(self):
        kinds = (Certification.Kind.CFD, Certification.Kind.MEF)
        self._rows = Certification.objects.filter(is_listed=True, kind__in=kinds)

    def count(self):
        return self._rows.count()

    def block(self, first, size):
        return [_course_document(row) for row in self._rows[first : first + size]]

    def texts(self, first, size):
        return [json_text(_without_private(document)) for document in self.block(first, size)]

    @staticmethod
    def cells(document):
        # A course without an opening date has always been given that of the call; closing dates were never given.
        opened_at = document.pop("_opened_at") or timezone.now()
        return document | {
            "diplome_libelle": document.get("diplome", {}).get("libelle"),
            "date_ouverture": timezone.localtime(opened_at).isoformat(timespec="seconds"),
        }


def _course_document(row):
    course = nomenclature.course_of(row)
    content = {
        "type": row.kind,
        "code_certification": row.code,
        "code_formation_diplome": row.diploma,
        "libelle": row.label,
        "libelle_long": row.long_label,
        "libelle_long_ancien": row.former_label,
        "diplome": course.document.get("diplome"),
        "date_ouverture": nomenclature.moment(row.opened_at),
        "date_fermeture": course.document.get("date_fermeture"),
        "date_premiere_session": row.first_session,
        "date_derniere_session": row.last_session,
        "niveauFormationDiplome": row.type_code,
        "groupeSpecialite": row.speciality,
        "lettreSpecialite": row.speciality_letter,
        "familleMetier": row.family,
    }
    given = {name: value for name, value in content.items() if value}
    return given | {"ancien_diplome": row.former, "nouveau_diplome": row.new, "_opened_at": row.opened_at}


def blocks(read, first, size):
    """The lists that `read(first, size)` returns for pages of at most `BLOCK` documents, until none is left."""
    last = first + size
    while first < last:
        documents = read(first, min(BLOCK, last - first))
        yield documents
        first += BLOCK
        if len(documents) < BLOCK:
            return


def as_json(name, documents, page, size):
    total = documents.count()
    pagination = {
        "page": page,
        "items_par_page": size,
        "nombre_de_page": max(1, -(-total // size)),
        "total": total,
    }
    head = f'{{"pagination":{json_text(pagination)},"{name}":['
    texts = _joined(blocks(documents.texts, (page - 1) * size, size))
    return StreamingHttpResponse(chain([head], texts, ["]}"]), content_type="application/json; charset=utf-8")


def _joined(blocks_of_texts):
    separator = ""
    for block in blocks_of_texts:
        if block:
            yield separator + ",".join(block)
            separator = ","


def _without_private(document):
    document.pop("_opened_at", None)
    return document


def as_csv(name, documents, page, size):
    columns = CSV_COLUMNS[name]
    return StreamingHttpResponse(
        chain([_line(columns)], _lines(documents, columns, page, size)),
        content_type="text/csv; charset=utf-8",
    )


def _lines(documents, columns, page, size):
    for block in blocks(documents.block, (page - 1) * size, size):
        yield "".join(_line(_cell(cells, name) for name in columns) for cells in map(documents.cells, block))


def _cell(cells, name):
    """ "null" for a withheld figure, an empty cell for an absent one: callers tell them apart."""
    value = cells.get(name, "")
    if value is None:
        return "null" if name in FIGURES else ""
    return str(value)


def _line(cells):
    """Cells without quotes, even around a separator: callers split at semicolons and have never met a quote."""
    return ";".join(cells) + "\n"
