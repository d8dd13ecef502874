"""The data dictionary: each column of the whole-data files, made from the registry of figures.

A table is described for people and for programs by the same words; the files have exactly its columns.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from api.files.column_descriptions import COUNT_MEANINGS, MEANINGS, TERMINAL_COLUMN
from deliveries.sources import ALL
from establishments.models import School, Territory
from stats.exports import COURSE_COLUMNS, GROUP_COLUMNS, ORIGIN_COLUMNS, SCHOOL_COLUMNS
from stats.indicators import BY_NAME, COUNTS, FIGURES, GROUP_SIZE, INDICATORS, Route
from stats.substitution.kinds import OriginKind, Role
from stats.wording import REASON_CODES

FIGURE_TABLE_COLUMNS = (
    *GROUP_COLUMNS,
    GROUP_SIZE,
    *COUNTS,
    *(column for name in FIGURES for column in (name, f"{name}_raison")),
    *ORIGIN_COLUMNS,
    TERMINAL_COLUMN,
)
TEACHING_COLUMNS = (
    "uai",
    "etablissement",
    "code_formation",
    "formation",
    "mefstat11",
    "voie",
    "rentree",
    "places",
    "premiers_voeux",
    "fichier_source",
)


class Type(StrEnum):
    """What a column holds, as the manifest and the dictionary name it."""

    TEXT = "texte"
    INTEGER = "entier"
    NUMBER = "nombre"
    DATE = "date"


@dataclass(frozen=True)
class Column:
    """One column: Column("taux_emploi_6_mois", Type.INTEGER, "Taux d’emploi…", unit="%", denominator="jeunes sortis…").

    values: what each code of the column means, {} where any text may stand.
    is_free: a text written by people, which a spreadsheet might take for a formula.
    repeats: the same texts come back on many rows.
    """

    name: str
    type: Type
    meaning: str
    unit: str = ""
    denominator: str = ""
    caution: str = ""
    values: dict = field(default_factory=dict)
    is_free: bool = False
    repeats: bool = True

    @property
    def is_reason(self):
        return self.name.endswith("_raison")

    def as_dict(self):
        return {
            "nom": self.name,
            "type": self.type.value,
            "signification": self.meaning,
            "precaution": self.caution or None,
            "unite": self.unit or None,
            "denominateur": self.denominator or None,
            "valeurs": self.values or None,
        }


@dataclass(frozen=True)
class Table:
    """One table of the whole-data files: its name in addresses, its words and its columns in order."""

    name: str
    title: str
    description: str
    columns: tuple[Column, ...]


_TYPES = {
    "date_livraison": Type.DATE,
    "date_ouverture": Type.DATE,
    "date_fermeture": Type.DATE,
    "niveau": Type.INTEGER,
    "rentree": Type.INTEGER,
    "places": Type.INTEGER,
    "premiers_voeux": Type.INTEGER,
    "latitude": Type.NUMBER,
    "longitude": Type.NUMBER,
}
_UNITS = {
    "latitude": gettext_lazy("degrés"),
    "longitude": gettext_lazy("degrés"),
    "premiers_voeux": gettext_lazy("élèves"),
}
_FREE = {
    "etablissement",
    "formation",
    "libelle",
    "libelle_officiel",
    "type_diplome",
    "specialite",
    "nom",
    "nature",
    "adresse_postale",
    "ville",
}
_ONCE_A_ROW = {"adresse", "adresse_postale", "libelle", "libelle_officiel", "nom"}


def tables():
    """Every `Table`, in the order of the page that lists them."""
    return (
        Table(
            "chiffres",
            _("Chiffres"),
            _(
                "Ce que deviennent les élèves : une ligne par cohorte, voie, formation et lieu, avec la raison de "
                "chaque chiffre absent et l’origine de la ligne."
            ),
            tuple(map(_figure_table_column, FIGURE_TABLE_COLUMNS)),
        ),
        Table("formations", _("Formations"), _("Les diplômes professionnels."), _columns(COURSE_COLUMNS)),
        Table(
            "etablissements",
            _("Établissements"),
            _("Lycées, centres de formation d’apprentis et lieux de formation."),
            _columns(SCHOOL_COLUMNS),
        ),
        Table(
            "enseignements",
            _("Enseignements"),
            _("Qui enseigne quoi, par quelle voie, d’après chaque source."),
            _columns(TEACHING_COLUMNS),
        ),
    )


def _columns(names):
    return tuple(_column(name) for name in names)


def _figure_table_column(name):
    if name in COUNT_MEANINGS:
        return _count_column(name)
    if name in BY_NAME:
        return _indicator_column(BY_NAME[name])
    if name.endswith("_raison"):
        return _reason_column(BY_NAME[name.removesuffix("_raison")])
    return _column(name)


def _column(name):
    return Column(
        name,
        _TYPES.get(name, Type.TEXT),
        str(MEANINGS[name]),
        unit=str(_UNITS.get(name, "")),
        values=_values(name),
        is_free=name in _FREE,
        repeats=name not in _ONCE_A_ROW,
    )


def _values(name):
    """What the codes of a column mean, {} for a column of other texts."""
    if name == "voie":
        return {route.value: _(route.label) for route in Route}
    if name == "niveau_geographique":
        levels = {level.value: str(level.label) for level in Territory.Level}
        return levels | {"etablissement": _("établissement")}
    if name == "origine":
        return {kind.value: _(kind.label) for kind in OriginKind}
    if name == "role_origine":
        return {role.value: _(role.label) for role in Role}
    if name == "secteur":
        return {sector.value: str(sector.label) for sector in School.Sector}
    if name == "internat":
        return {"oui": _("avec un internat"), "non": _("sans internat")}
    if name == "fichier_source":
        return {source.name: str(source.label) for source in ALL}
    return {}


def _count_column(name):
    caution = (
        ""
        if name == GROUP_SIZE
        else _("Vide si le groupe, ou ses sortants, sont moins de 20, ou si la source ne le donne pas.")
    )
    return Column(name, Type.INTEGER, str(COUNT_MEANINGS[name]), unit=_("personnes"), caution=caution)


def _indicator_column(indicator):
    return Column(
        indicator.name,
        Type.INTEGER,
        _("%(label)s. %(explanation)s")
        % {"label": _(indicator.label), "explanation": _(indicator.explanation)},
        unit=indicator.unit.value,
        denominator=_(indicator.denominator.label),
        caution=_(indicator.caution),
    )


def _reason_column(indicator):
    return Column(
        f"{indicator.name}_raison",
        Type.TEXT,
        _("Pourquoi « %(label)s » n’est pas montré ; vide quand le chiffre est montré.")
        % {"label": _(indicator.label)},
        values=reason_values(),
    )


def reason_values():
    """{"trop_peu_d_eleves": "Trop peu d’élèves : …", …}"""
    return {
        code: _("%(title)s\u00a0: %(sentence)s") % {"title": _(reason.title), "sentence": _(reason.sentence)}
        for reason, code in REASON_CODES.items()
    }


def as_dict():
    """The dictionary as the JSON file gives it."""
    return {
        "tables": [
            {
                "nom": table.name,
                "titre": table.title,
                "description": table.description,
                "colonnes": [column.as_dict() for column in table.columns],
            }
            for table in tables()
        ],
        "indicateurs": [indicator.name for indicator in INDICATORS],
    }
