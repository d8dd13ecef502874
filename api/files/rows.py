"""The rows of each whole-data file as one query, so that the database writes the text of the file by itself.

The cells are those of `stats.exports`, but a reason is only its code.
"""

from django.db.models import Case, CharField, DecimalField, F, Func, Q, TextField, Value, When
from django.db.models.functions import Cast, Coalesce, Concat, NullIf, Substr, TruncDate
from django.db.models.lookups import In
from django.urls import reverse
from django.utils.translation import gettext as _

from api.files.column_descriptions import TERMINAL_COLUMN
from establishments.models import School
from formations.models import Diploma
from stats.disclosure_control.primary import THRESHOLD
from stats.exports import FORMULA
from stats.indicators import COUNTS, FIGURES, GROUP_SIZE
from stats.models import Attribution, Teaching
from stats.reasons import Reason
from stats.wording import REASON_CODES, SOURCE

_TEXT = TextField()


def query(table, for_spreadsheets=False):
    """The rows of a `dictionary.Table` as a values_list in its columns, in the order in which they were stored.

    for_spreadsheets: texts that a spreadsheet would compute begin with an apostrophe.
    """
    rows, cells = _QUERIES[table.name]()
    expressions = [
        _guarded(cells[column.name]) if for_spreadsheets and column.is_free else cells[column.name]
        for column in table.columns
    ]
    return rows.order_by("pk").values_list(*expressions)


def _attributions():
    is_region = Q(territory__level="region")
    is_in_region = Q(school__region__level="region")
    cells = {
        "millesime": F("cohort_id"),
        "voie": F("route"),
        "niveau_geographique": Coalesce("territory__level", Value("etablissement"), output_field=_TEXT),
        "region": Case(
            When(is_region, then=F("territory__code")),
            When(is_in_region, then=F("school__region__code")),
        ),
        "uai": F("school_id"),
        "etablissement": F("school__name"),
        "code_formation": F("diploma_id"),
        "mefstat11": F("course_year_id"),
        "formation": Coalesce("diploma__label", Value(_("Toutes les formations")), output_field=_TEXT),
        GROUP_SIZE: F(f"outcome__{GROUP_SIZE}"),
        "origine": F("kind"),
        "code_origine": Coalesce("outcome__course_year_id", "outcome__diploma_id"),
        "etablissement_origine": F("outcome__school_id"),
        "role_origine": _blank_as_null("role"),
        "source": Value(SOURCE, output_field=_TEXT),
        "fichier_source": F("outcome__source"),
        "date_livraison": TruncDate("outcome__delivery__at"),
        TERMINAL_COLUMN: F("terminal_id"),
    }
    for name in COUNTS:
        # As `Outcome.open_counts`: the counts of few leavers would give the rate that is not shown.
        cells[name] = Case(When(outcome__nb_sortant__lt=THRESHOLD, then=None), default=F(f"outcome__{name}"))
    for position, name in enumerate(FIGURES):
        cells[name] = F(f"outcome__{name}")
        cells[f"{name}_raison"] = _reason_code(position)
    return Attribution.objects, cells


def _courses():
    cells = {
        "code_formation": F("code"),
        "libelle": _blank_as_null("label"),
        "libelle_officiel": _blank_as_null("official_label"),
        "type_diplome": F("type__label"),
        "niveau": F("type__level"),
        "specialite": F("speciality__label"),
        "date_ouverture": F("opened_on"),
        "date_fermeture": F("closed_on"),
        "adresse": _address("course", "code", "formation"),
    }
    return Diploma.objects, cells


def _schools():
    is_departement = Q(territory__level="departement")
    cells = {
        "uai": F("uai"),
        "nom": _blank_as_null("name"),
        "nature": _blank_as_null("kind"),
        "secteur": _blank_as_null("sector"),
        "internat": Case(
            When(has_boarding=True, then=Value("oui")), When(has_boarding=False, then=Value("non"))
        ),
        "adresse_postale": _blank_as_null("address"),
        "code_postal": _blank_as_null("postal_code"),
        "ville": _blank_as_null("city"),
        "departement": Case(When(is_departement, then=F("territory__code"))),
        "region": F("region__code"),
        "latitude": _degrees("latitude"),
        "longitude": _degrees("longitude"),
        "adresse": _address("school", "uai", "etablissement"),
    }
    return School.objects, cells


def _teachings():
    cells = {
        "uai": F("school_id"),
        "etablissement": F("school__name"),
        "code_formation": F("diploma_id"),
        "formation": F("diploma__label"),
        "mefstat11": F("course_year_id"),
        "voie": F("route"),
        "rentree": F("year"),
        "places": F("places"),
        "premiers_voeux": F("first_wishes"),
        "fichier_source": F("source"),
    }
    return Teaching.objects, cells


_QUERIES = {
    "chiffres": _attributions,
    "formations": _courses,
    "etablissements": _schools,
    "enseignements": _teachings,
}


def _blank_as_null(name):
    return NullIf(F(name), Value(""))


def _reason_code(position):
    """The code of the letter of a figure, null where the figure is shown.

    A row stored before the indicator was declared has no letter for it: "", as `reasons.reason_at`.
    """
    codes = {reason.value: code for reason, code in REASON_CODES.items()} | {
        "": REASON_CODES[Reason.NOT_COVERED]
    }
    cases = " ".join(f"WHEN '{letter}' THEN '{code}'" for letter, code in codes.items())
    template = f"CASE SUBSTR(%(expressions)s, {position + 1}, 1) {cases} END"
    return Func("outcome__reasons", template=template, output_field=CharField())


def _degrees(name):
    """To a tenth of a metre, written alike by both databases."""
    return Cast(name, DecimalField(max_digits=9, decimal_places=6))


def _address(name, key, default_slug):
    """Address of each row's page, as `stats.links` makes it one by one."""
    marks = {"course": "00000000", "school": "0000000A"}
    code = {"course": "code", "school": "uai"}[name]
    before, middle = reverse(name, kwargs={"slug": "SLUG", code: marks[name]}).split("SLUG")
    slug = Coalesce(_blank_as_null("slug"), Value(default_slug), output_field=_TEXT)
    between, after = middle.split(marks[name])
    return Concat(Value(before), slug, Value(between), F(key), Value(after), output_field=_TEXT)


def _guarded(cell):
    starts_a_formula = In(Substr(cell, 1, 1), FORMULA)
    guarded = Concat(Value("'"), cell, output_field=_TEXT)
    return Case(When(starts_a_formula, then=guarded), default=cell, output_field=_TEXT)
