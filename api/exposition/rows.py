"""Figures as plain tuples, read by one SQL text: building model instances costs more than the rest of an answer."""

import json
from collections import namedtuple

from django.db import connection

from stats.indicators import BY_NAME, GROUP_SIZE, Route
from stats.reasons import Reason, reason_at

# The fields of the contract with the platforms: a new indicator of the registry does not join them by itself.
COUNTS = (
    GROUP_SIZE,
    "nb_en_emploi_12_mois",
    "nb_en_emploi_18_mois",
    "nb_en_emploi_24_mois",
    "nb_en_emploi_6_mois",
    "nb_poursuite_etudes",
    "nb_sortant",
)
SALARIES = tuple(f"salaire_12_mois_q{quarter}" for quarter in (1, 2, 3))
RATES = (
    *(f"taux_autres_{months}_mois" for months in (12, 18, 24, 6)),
    *(f"taux_en_emploi_{months}_mois" for months in (12, 18, 24, 6)),
    "taux_en_formation",
    "taux_rupture_contrats",
)
FIGURES = (*COUNTS, *SALARIES, *RATES)
_WITNESS = BY_NAME["taux_en_emploi_6_mois"].position
_ATTRIBUTION = (
    "id",
    "kind",
    "cohort_id",
    "route",
    "diploma_id",
    "course_year_id",
    "school_id",
    "territory_id",
    "terminal_id",
    "role",
    "place_role",
    "trainers",
    "managers",
)
_SOURCE = ("diploma_id", "course_year_id", "school_id", "reasons", "withdrawn_note", "contested_note")
_SELECT = ", ".join(
    [*(f"s.{name}" for name in _ATTRIBUTION), *(f"o.{name}" for name in (*_SOURCE, *FIGURES))]
)
_FROM = " FROM stats_showing s JOIN stats_outcome o ON o.id = s.outcome_id WHERE "
# This API has never published figures of all courses together, nor the totals that a source computes.
_SERVED = f"s.is_first AND s.diploma_id IS NOT NULL AND s.route <> '{Route.ALL.value}'"

_Fields = namedtuple("_Fields", [*_ATTRIBUTION, *(f"source_{name}" for name in _SOURCE), "figures"])


class Row(_Fields):
    """An attribution with the outcome that it shows; figures: values in the order of `FIGURES`."""

    __slots__ = ()

    @property
    def code(self):
        return self.course_year_id or self.diploma_id

    @property
    def source_code(self):
        return self.source_course_year_id or self.source_diploma_id

    @property
    def is_withheld(self):
        """Whether the group is confidential: its figures are not there, its head-count may be."""
        size = self.figures[0]
        return size < 20 if size is not None else self.source_reasons[_WITNESS] == "P"

    @property
    def notes(self):
        """What notices say of its figures, withdrawn or contested."""
        return [note for note in (self.source_withdrawn_note, self.source_contested_note) if note]

    def lacks(self, name):
        """Whether its source never measures this figure."""
        return reason_at(self.source_reasons, name) is Reason.NOT_COVERED

    def schools(self, name):
        """The UAIs of `trainers` or `managers`."""
        value = getattr(self, name)
        return json.loads(value) if isinstance(value, str) else value


_KNOWN = len(_ATTRIBUTION) + len(_SOURCE)


def _row(values):
    return Row(*values[:_KNOWN], values[_KNOWN:])


class FigureQuery:
    """Conditions on attributions s and outcomes o: `FigureQuery().where("s.cohort_id = %s", "2023")`."""

    def __init__(self):
        self._conditions, self._parameters = [_SERVED], []

    def where(self, condition, *parameters):
        self._conditions.append(condition)
        self._parameters.extend(parameters)
        return self

    def within(self, column, values):
        marks = ", ".join(["%s"] * len(values))
        return self.where(f"{column} IN ({marks})" if values else "1 = 0", *values)

    def code(self, code, may_be_a_year=False):
        """Attributions under this code: of the diploma itself, which names no year of a course, or of a year.

        may_be_a_year: whether a code as long as that of a diploma may be the year of another one.
        """
        if len(code) == 11:
            return self.where("s.course_year_id = %s", code)
        if may_be_a_year:
            either = "(s.diploma_id = %s AND s.course_year_id IS NULL OR s.course_year_id = %s)"
            return self.where(either, code, code)
        return self.where("s.diploma_id = %s AND s.course_year_id IS NULL", code)

    def codes(self, codes):
        marks = ", ".join(["%s"] * len(codes))
        condition = (
            f"(s.course_year_id IN ({marks}) OR s.course_year_id IS NULL AND s.diploma_id IN ({marks}))"
        )
        return self.where(condition, *codes, *codes)

    def all(self):
        return self._read(" ORDER BY s.id")

    def page(self, first, size):
        return self._read(" ORDER BY s.id LIMIT %s OFFSET %s", size, first)

    def every_terminal(self):
        """The rows of each terminal year too, instead of the first alone."""
        self._conditions[0] = _SERVED.removeprefix("s.is_first AND ")
        return self

    def count(self):
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT COUNT(*) FROM stats_showing s WHERE {self._text}", self._parameters)
            return cursor.fetchone()[0]

    @property
    def _text(self):
        return " AND ".join(self._conditions)

    def _read(self, end, *parameters):
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {_SELECT}{_FROM}{self._text}{end}", [*self._parameters, *parameters])
            return [_row(values) for values in cursor.fetchall()]
