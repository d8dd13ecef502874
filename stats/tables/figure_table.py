"""The table of figures: one row for each place, cohort, route and course under which an outcome is shown.

The columns of head-counts, figures and reasons follow the registry of `stats.indicators`.
"""

from dataclasses import replace

from django.db.models import Case, CharField, F, Func, Q, TextField, Value, When
from django.db.models.functions import Coalesce, Concat, Trim, TruncDate
from django.db.models.lookups import GreaterThanOrEqual
from django.utils.translation import gettext_lazy as _

from establishments.models import Territory
from stats.disclosure_control.primary import THRESHOLD
from stats.indicator_texts import HEAD_COUNT_TEXTS
from stats.indicators import COUNTS, GROUP_SIZE, INDICATORS, Route
from stats.models import Attribution
from stats.reasons import Reason
from stats.substitution.kinds import OriginKind, Role
from stats.tables import common_columns
from stats.tables.columns import Column, Table, Type, blank_as_null
from stats.wording import REASON_CODES, SOURCE, SOURCE_OF_HIGHER

# The year of a course before the last one shows the figures of each terminal year that it leads to.
TERMINAL_COLUMN = "mefstat11_terminal"

# {"trop_peu_d_eleves": "Trop peu d’élèves : …", …}
REASON_MEANINGS = {code: f"{reason.title}\u00a0: {reason.sentence}" for reason, code in REASON_CODES.items()}
_LEVEL_MEANINGS = dict(Territory.Level.choices) | {"etablissement": "établissement"}


def _labels(enumeration):
    return {member.value: member.label for member in enumeration}


_REGION = Case(
    When(Q(territory__level=Territory.Level.REGION.value), then=F("territory__code")),
    When(Q(school__region__level=Territory.Level.REGION.value), then=F("school__region__code")),
)
_ALL_COURSES = Value(_("Toutes les formations"), output_field=TextField())
_IDENTITY = (
    Column(
        "millesime",
        Type.TEXT,
        "cohort_id",
        "Cohorte : l’année de sortie d’études (« 2023 »), ou deux années réunies (« 2022_2023 »).",
        openapi="«\u00a02023\u00a0» pour une année, «\u00a02022_2023\u00a0» pour deux ensemble.",
    ),
    common_columns.ROUTE,
    Column(
        "niveau_geographique",
        Type.TEXT,
        Coalesce("territory__level", Value("etablissement"), output_field=TextField()),
        "Ce dont la ligne donne les chiffres : un territoire ou un établissement.",
        openapi="«\u00a0etablissement\u00a0», ou le niveau du territoire.",
        values=_LEVEL_MEANINGS,
    ),
    replace(common_columns.REGION, source=_REGION, openapi="Code INSEE, aussi pour un établissement."),
    replace(common_columns.UAI, is_nullable=True),
    replace(common_columns.SCHOOL_NAME, is_nullable=True),
    replace(common_columns.COURSE_CODE, is_nullable=True),
    common_columns.COURSE_YEAR,
    replace(
        common_columns.COURSE_NAME,
        source=Coalesce("diploma__label", _ALL_COURSES, output_field=TextField()),
    ),
)
_CONTESTED = Column(
    "chiffres_contestes",
    Type.TEXT,
    blank_as_null(F("outcome__contested_figures")),
    "Colonnes des chiffres de la ligne que l’établissement conteste, séparées par des espaces ; vide quand il n’y en a pas.",
    openapi="Noms des indicateurs contestés, séparés par des espaces.",
    is_nullable=True,
)
_NOTE = Column(
    "avis",
    Type.TEXT,
    blank_as_null(
        Trim(
            Concat(
                F("outcome__withdrawn_note"),
                Value(" "),
                F("outcome__contested_note"),
                output_field=TextField(),
            )
        )
    ),
    "Ce qui est dit de chiffres de la ligne retirés (raison « retire ») ou contestés ; vide quand rien ne l’est.",
    openapi="Phrase à montrer à côté des chiffres retirés ou contestés.",
    is_nullable=True,
    is_free=True,
)
_ORIGIN = (
    Column(
        "origine",
        Type.TEXT,
        "kind",
        "À qui sont les chiffres : ne pas additionner les lignes qui montrent ceux d’une autre formation.",
        openapi="«\u00a0self\u00a0»\u00a0: chiffres de la formation elle-même\u00a0; sinon ceux d’un ancien ou d’un nouveau "
        "diplôme, ou d’années terminales. Ne pas additionner les lignes dont les chiffres sont ceux d’autres.",
        choices=tuple((kind.value, kind.value) for kind in OriginKind),
        values=_labels(OriginKind),
    ),
    Column(
        "code_origine",
        Type.TEXT,
        Coalesce("outcome__course_year_id", "outcome__diploma_id"),
        "Code de la formation, ou de l’année de formation, dont ce sont les chiffres.",
        openapi="",
        is_nullable=True,
    ),
    Column(
        "etablissement_origine",
        Type.TEXT,
        "outcome__school_id",
        "Code UAI de l’établissement dont ce sont les chiffres.",
        openapi="",
        is_nullable=True,
    ),
    Column(
        "role_origine",
        Type.TEXT,
        blank_as_null(F("role")),
        "Rôle de l’établissement dont ce sont les chiffres, pour l’apprentissage.",
        openapi="",
        is_nullable=True,
        values=_labels(Role),
    ),
    Column(
        "source",
        Type.TEXT,
        Case(
            When(route=Route.HIGHER.value, then=Value(SOURCE_OF_HIGHER)),
            default=Value(SOURCE),
            output_field=TextField(),
        ),
        "Producteur des chiffres.",
        openapi="",
    ),
    replace(common_columns.SOURCE_FILE, source="outcome__source"),
    Column(
        "date_livraison",
        Type.DATE,
        TruncDate("outcome__delivery__at"),
        "Jour où le portail a publié ce fichier.",
        openapi="",
    ),
    _CONTESTED,
    _NOTE,
    Column(
        TERMINAL_COLUMN,
        Type.TEXT,
        "terminal_id",
        "Année terminale à laquelle mène une année qui ne l’est pas, sinon vide.",
        only_in_files=True,
    ),
)


def _count_column(name):
    """A head-count. As `Outcome.open_counts`: the counts of few leavers would give the rate that is not shown."""
    if name == GROUP_SIZE:
        return Column(name, Type.INTEGER, f"outcome__{name}", HEAD_COUNT_TEXTS[name], unit="personnes")
    leavers = Coalesce("outcome__nb_sortant", F("outcome__nb_annee_term") - F("outcome__nb_poursuite_etudes"))
    hidden_under_threshold = Case(
        When(GreaterThanOrEqual(leavers, THRESHOLD), then=F(f"outcome__{name}")), default=None
    )
    caution = "Vide si le groupe, ou ses sortants, sont moins de 20, ou si la source ne le donne pas."
    return Column(
        name,
        Type.INTEGER,
        hidden_under_threshold,
        HEAD_COUNT_TEXTS[name],
        unit="personnes",
        caution=caution,
    )


def _figure_column(indicator):
    return Column(
        indicator.name,
        Type.INTEGER,
        f"outcome__{indicator.name}",
        f"{indicator.label}. {indicator.explanation}",
        unit=indicator.unit.value,
        denominator=indicator.denominator.label,
        caution=indicator.caution,
        figure=indicator.name,
    )


def _reason_column(indicator):
    """The code of the letter of a figure in `Outcome.reasons`, null where the figure is shown.

    A row stored before the indicator was declared has no letter for it: "", as `reasons.reason_at`.
    """
    codes = {reason.value: code for reason, code in REASON_CODES.items()} | {
        "": REASON_CODES[Reason.NOT_COVERED]
    }
    cases = " ".join(f"WHEN '{letter}' THEN '{code}'" for letter, code in codes.items())
    template = f"CASE SUBSTR(%(expressions)s, {indicator.position + 1}, 1) {cases} END"
    return Column(
        f"{indicator.name}_raison",
        Type.TEXT,
        Func("outcome__reasons", template=template, output_field=CharField()),
        f"Pourquoi « {indicator.label} » n’est pas montré ; vide quand le chiffre est montré.",
        values=REASON_MEANINGS,
        figure=indicator.name,
        is_reason=True,
    )


FIGURE_ROWS = Table(
    "chiffres",
    "Chiffres",
    (
        "Ce que deviennent les élèves : une ligne par cohorte, voie, formation et lieu, avec la raison de chaque "
        "chiffre absent et l’origine de la ligne."
    ),
    Attribution,
    (
        *_IDENTITY,
        *map(_count_column, (GROUP_SIZE, *COUNTS)),
        *(column(indicator) for indicator in INDICATORS for column in (_figure_column, _reason_column)),
        *_ORIGIN,
    ),
)


def identity_columns():
    """The exported columns that say which group a row is about."""
    columns = FIGURE_ROWS.exported
    return columns[: _place(columns, GROUP_SIZE)]


def origin_columns():
    """The exported columns that say whose figures a row shows, and from which file."""
    columns = FIGURE_ROWS.exported
    return columns[_place(columns, "origine") :]


def _place(columns, name):
    return next(place for place, column in enumerate(columns) if column.name == name)
