"""Lists and figures as rows of plain values, one generator for each, and their CSV.

A withheld figure is an empty cell whose reason stands in the column beside it, never a number.
"""

import codecs
import csv
from functools import lru_cache

from django.http import StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from stats import links
from stats.indicators import COUNTS, FIGURES, GROUP_SIZE
from stats.reasons import Reason
from stats.wording import REASON_CODES, SOURCE

CHUNK = 2_000
# First characters by which a spreadsheet takes a text for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")

COURSE_COLUMNS = (
    "code_formation",
    "libelle",
    "libelle_officiel",
    "type_diplome",
    "niveau",
    "specialite",
    "date_ouverture",
    "date_fermeture",
    "adresse",
)
SCHOOL_COLUMNS = (
    "uai",
    "nom",
    "nature",
    "secteur",
    "internat",
    "adresse_postale",
    "code_postal",
    "ville",
    "departement",
    "region",
    "latitude",
    "longitude",
    "adresse",
)
_BOARDING = {True: "oui", False: "non", None: None}
TERRITORY_COLUMNS = ("cle", "niveau_geographique", "code", "nom", "parent")
GROUP_COLUMNS = (
    "millesime",
    "voie",
    "niveau_geographique",
    "region",
    "uai",
    "etablissement",
    "code_formation",
    "mefstat11",
    "formation",
)
ORIGIN_COLUMNS = (
    "origine",
    "code_origine",
    "etablissement_origine",
    "role_origine",
    "source",
    "fichier_source",
    "date_livraison",
)
FIGURE_COLUMNS = tuple(column for name in FIGURES for column in (name, f"{name}_raison"))
ATTRIBUTION_COLUMNS = (*GROUP_COLUMNS, GROUP_SIZE, *COUNTS, *FIGURE_COLUMNS, *ORIGIN_COLUMNS)


def course_rows(diplomas):
    """One {column: value} a diploma, in COURSE_COLUMNS."""
    for diploma in _each(diplomas.select_related("type", "speciality")):
        yield {
            "code_formation": diploma.pk,
            "libelle": diploma.label,
            "libelle_officiel": diploma.official_label,
            "type_diplome": diploma.type.label if diploma.type else None,
            "niveau": diploma.type.level if diploma.type else None,
            "specialite": diploma.speciality.label if diploma.speciality else None,
            "date_ouverture": diploma.opened_on,
            "date_fermeture": diploma.closed_on,
            "adresse": links.course_address(diploma),
        }


def school_rows(schools):
    """One {column: value} a school, in SCHOOL_COLUMNS."""
    for school in _each(schools.select_related("territory", "region")):
        departement = (
            school.territory if school.territory and school.territory.level == "departement" else None
        )
        yield {
            "uai": school.pk,
            "nom": school.name,
            "nature": school.kind,
            "secteur": school.sector,
            "internat": _BOARDING[school.has_boarding],
            "adresse_postale": school.address,
            "code_postal": school.postal_code,
            "ville": school.city,
            "departement": departement.code if departement else None,
            "region": school.region.code if school.region else None,
            "latitude": school.latitude,
            "longitude": school.longitude,
            "adresse": links.school_address(school),
        }


def territory_rows(territories):
    """One {column: value} a territory, in TERRITORY_COLUMNS."""
    for territory in _each(territories):
        yield {
            "cle": territory.pk,
            "niveau_geographique": territory.level,
            "code": territory.code,
            "nom": territory.name,
            "parent": territory.parent_id,
        }


def with_labels(attributions):
    """Attributions with the names and the figures that their export writes."""
    return (
        attributions.select_related("diploma", "school__region", "territory", "outcome__delivery")
        .defer("outcome__delivery__report")
        .order_by("pk")
    )


def attribution_rows(attributions):
    """One {column: value} an attribution, in ATTRIBUTION_COLUMNS; reasons are (code, title, sentence) or None."""
    said = {reason: reason_cells(reason) for reason in (None, *Reason)}
    for attribution in _each(with_labels(attributions)):
        outcome = attribution.outcome
        yield {
            **group_cells(attribution),
            **outcome.open_counts,
            **{name: getattr(outcome, name) for name in FIGURES},
            **{f"{name}_raison": said[outcome.reason(name)] for name in FIGURES},
            **origin_cells(attribution),
        }


def group_cells(attribution):
    """What identifies the group that figures are shown for."""
    place = attribution.territory or (attribution.school.region if attribution.school else None)
    return {
        "millesime": attribution.cohort_id,
        "voie": attribution.route,
        "niveau_geographique": attribution.territory.level if attribution.territory else "etablissement",
        "region": place.code if place and place.level == "region" else None,
        "uai": attribution.school_id,
        "etablissement": attribution.school.name if attribution.school else None,
        "code_formation": attribution.diploma_id,
        "mefstat11": attribution.course_year_id,
        "formation": attribution.diploma.label if attribution.diploma else _("Toutes les formations"),
    }


def origin_cells(attribution):
    """Whose figures are shown, and from which file; rows whose figures are another's are not to be added up."""
    outcome = attribution.outcome
    return {
        "origine": attribution.kind,
        "code_origine": outcome.course_year_id or outcome.diploma_id,
        "etablissement_origine": outcome.school_id,
        "role_origine": attribution.role or None,
        "source": SOURCE,
        "fichier_source": outcome.source,
        "date_livraison": timezone.localdate(outcome.delivery.at),
    }


def reason_cells(reason):
    """(code, title, sentence) of a reason, None when the figure is shown."""
    if reason is None:
        return None
    return REASON_CODES[reason], _(reason.title), _(reason.sentence)


def csv_response(columns, rows, name):
    """A CSV for spreadsheets: semicolons, UTF-8 with its mark, line by line as the rows come."""
    response = StreamingHttpResponse(_csv_lines(columns, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


class _Line:
    """What the CSV writer writes to: it hands back the line."""

    def write(self, text):
        return text


def _csv_lines(columns, rows):
    writer = csv.writer(_Line(), delimiter=";")
    yield codecs.BOM_UTF8 + writer.writerow(columns).encode()
    for row in rows:
        yield writer.writerow([cell(row[column]) for column in columns]).encode()


def cell(value):
    """A value as a CSV cell: reasons in words, dates as written in files, texts that no spreadsheet computes."""
    if value is None:
        return ""
    if isinstance(value, tuple):
        return _reason_text(value, get_language())
    if isinstance(value, str) and value.startswith(FORMULA):
        return f"'{value}"
    return value


@lru_cache(maxsize=256)
def _reason_text(reason, language):
    _code, title, sentence = reason
    return _("%(title)s\u00a0: %(sentence)s") % {"title": title, "sentence": sentence}


def _each(queryset):
    return queryset.iterator(chunk_size=CHUNK)
