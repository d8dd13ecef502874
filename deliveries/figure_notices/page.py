"""What the pages of notices show: the schools found, what one publishes, what a notice would change."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from deliveries.figure_notices.forms import EVERYTHING, WHOLE
from deliveries.figure_notices.hiding import Marks
from establishments.models import School
from stats.indicators import BY_NAME, FIGURES, Route
from stats.models import Attribution, FigureNotice, Outcome
from stats.wording import value_text

MOST_SCHOOLS = 20
_ALL = "Toutes formations confondues"


@dataclass(frozen=True)
class Line:
    """A group with some of its figures: Line(cohort="2022 et 2023", route="au lycée", course="CAP Cuisine", place="",
    figures=("Taux d’emploi à 6 mois\u00a0: 64\u00a0%",), note="")."""

    cohort: str
    route: str
    course: str
    place: str
    figures: tuple[str, ...]
    note: str


@dataclass(frozen=True)
class Published:
    """What a school publishes: `Line`s, the choices of the form, and the other schools whose figures its page shows.

    others: pairs (UAI, name)."""

    lines: tuple[Line, ...]
    choices: dict[str, list[tuple[str, str]]]
    others: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Change:
    """What a notice would do: lines of its own figures, and of totals that go with them."""

    own: tuple[Line, ...]
    totals: tuple[Line, ...]


def schools(text: str) -> list[School]:
    """The schools of a UAI, or whose names have these words; at most `MOST_SCHOOLS`."""
    found = School.objects.filter(Q(folded_names__has_words=text) | Q(pk=text.strip().upper()))
    return list(found.order_by("name", "pk")[:MOST_SCHOOLS])


def published(uai: str) -> Published:
    """What a school publishes of its own."""
    rows = _rows(Outcome.objects.published().filter(school=uai))
    others = Attribution.objects.filter(school=uai).exclude(outcome__school=uai)
    names = others.values_list("outcome__school", "outcome__school__name").distinct().order_by()
    return Published(
        tuple(_line(row, _shown(row)) for row in rows), _choices(rows), tuple(sorted(filter(all, names)))
    )


def _rows(queryset):
    related = queryset.select_related("cohort", "diploma", "school", "territory").order_by(
        "-cohort__last_year", "-cohort__first_year", "route", "diploma__label", "pk"
    )
    return list(related.defer("delivery"))


def _shown(outcome):
    return [name for name in FIGURES if getattr(outcome, name) is not None]


def _line(outcome, names, with_place=False):
    place = outcome.school or outcome.territory
    return Line(
        cohort=str(outcome.cohort),
        route=Route(outcome.route).label,
        course=outcome.diploma.label if outcome.diploma else _ALL,
        place=place.name if with_place else "",
        figures=tuple(
            f"{BY_NAME[name].label}\u00a0: {value_text(getattr(outcome, name), BY_NAME[name].unit)}"
            for name in names
        ),
        note=" ".join(note for note in (outcome.withdrawn_note, outcome.contested_note) if note),
    )


def _choices(rows):
    courses = {row.diploma_id: f"{row.diploma.label} ({row.diploma_id})" for row in rows if row.diploma}
    shown = {name for row in rows for name in _shown(row)}
    return {
        "target": [
            (EVERYTHING, "Toutes, et l’ensemble de l’établissement"),
            *([(WHOLE, "L’ensemble de l’établissement seulement")] if len(courses) < len(rows) else []),
            *sorted(courses.items(), key=lambda pair: pair[1]),
        ],
        "route": [("", "Toutes"), *((r.value, r.label) for r in Route if r.value in {x.route for x in rows})],
        "cohort": [("", "Toutes"), *{row.cohort_id: str(row.cohort) for row in rows}.items()],
        "figures": [(name, BY_NAME[name].label) for name in FIGURES if name in shown],
    }


def change(notice: FigureNotice, marks: Iterable[Marks]) -> Change:
    """What these marks, of this notice, change."""
    own, totals = [], []
    for one in marks:
        names = one.hidden_figures or one.contested_figures
        if names:
            is_own = Outcome.objects.filter(notice.outcomes, pk=one.outcome.pk).exists()
            (own if is_own else totals).append(_line(one.outcome, names, with_place=not is_own))
    return Change(tuple(own), tuple(totals))


def what(notice: FigureNotice, course: str) -> str:
    """What a notice is about, in a few words: "CAP Cuisine, en apprentissage, 2022 et 2023 : Taux d’emploi…".

    course: what its course is called, where it is about one."""
    of = course if notice.scope == FigureNotice.Scope.COURSE else notice.get_scope_display()
    route = Route(notice.route).label if notice.route else ""
    parts = [of, route, notice.cohort.replace("_", " et ")]
    figures = (
        ", ".join(BY_NAME[name].label for name in notice.figures if name in BY_NAME) or "tous les chiffres"
    )
    return f"{', '.join(filter(None, parts))}\u00a0: {figures}"
