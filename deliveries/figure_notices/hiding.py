"""Apply the notices in force to the facts table: hide what is withdrawn, and what would give it back; mark what is contested."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from django.db.models import Q, QuerySet

from deliveries.loading import BATCH
from establishments.models import School, Territory
from stats.disclosure_control.hierarchies import Places, with_additivity_constraints
from stats.indicators import BY_NAME, COUNTS, FIGURES, GROUP_SIZE
from stats.models import FigureNotice, Outcome
from stats.models.notices import SENTENCE_OF_TOTALS
from stats.reasons import SHOWN, Reason, complete
from stats.withdrawn_figures import ALL_COLUMNS, revealing, withdrawn_with

_MARKS = ("withdrawn_note", "contested_note", "contested_figures")
WRITTEN = (*COUNTS, *FIGURES, "reasons", *_MARKS)
IS_MARKED = ~Q(withdrawn_note="") | ~Q(contested_note="")


@dataclass
class Marks:
    """What is to be done to one outcome: the columns to hide, the figures to call contested, and what is said of them."""

    outcome: Outcome
    hidden: set[str] = field(default_factory=set)
    contested: set[str] = field(default_factory=set)
    withdrawn_notes: list[str] = field(default_factory=list)
    contested_notes: list[str] = field(default_factory=list)

    @property
    def hidden_figures(self) -> list[str]:
        """The figures that it loses, in the order of the registry."""
        letters = complete(self.outcome.reasons)
        return [name for name in FIGURES if name in self.hidden and letters[BY_NAME[name].position] == SHOWN]

    @property
    def contested_figures(self) -> list[str]:
        """The figures that stay, and are contested."""
        letters = complete(self.outcome.reasons)
        shown = [name for name in FIGURES if letters[BY_NAME[name].position] == SHOWN]
        return [name for name in shown if name in self.contested and name not in self.hidden]


def apply(cohorts: Collection[str]) -> None:
    """Write what the notices in force say of these cohorts; the facts table holds what the sources publish of them."""
    Outcome.objects.filter(IS_MARKED, cohort__in=cohorts).update(**dict.fromkeys(_MARKS, ""))
    notices = list(FigureNotice.objects.filter(ended_at=None).order_by("pk"))
    if notices:
        found = marks(notices, cohorts)
        Outcome.objects.bulk_update(
            [_marked(one) for one in found], list(WRITTEN), batch_size=BATCH // len(WRITTEN)
        )


def marks(notices: Iterable[FigureNotice], cohorts: Collection[str]) -> list[Marks]:
    """The `Marks` of each outcome of these cohorts that these notices change, and of the totals that would tell of them."""
    found: dict[int, Marks] = {}
    for notice in notices:
        is_withdrawn = notice.kind == FigureNotice.Kind.WITHDRAWN
        for outcome in Outcome.objects.filter(notice.outcomes, cohort__in=cohorts).order_by("pk"):
            one = found.setdefault(outcome.pk, Marks(outcome))
            columns = _columns(notice)
            if is_withdrawn:
                one.hidden |= columns
                _add(one.withdrawn_notes, notice.sentence)
            else:
                one.contested |= columns
                _add(one.contested_notes, notice.sentence)
    _add_totals(found, cohorts)
    return [one for one in found.values() if _is_changed(one)]


def _columns(notice):
    """The columns that go with the figures of a notice; contested figures take no other with them."""
    if not notice.figures:
        return ALL_COLUMNS
    if notice.kind == FigureNotice.Kind.CONTESTED:
        return frozenset(notice.figures)
    return frozenset().union(*map(withdrawn_with, notice.figures))


def _add(sentences, sentence):
    if sentence not in sentences:
        sentences.append(sentence)


def _is_changed(one):
    return bool(_loses_something(one) or one.contested_figures)


def _loses_something(one):
    """Whether a figure goes, or a head-count alone: those of too few leavers are kept, though no rate of them is shown."""
    loses_counts = any(getattr(one.outcome, name) is not None for name in one.hidden & set(COUNTS))
    return loses_counts or bool(one.hidden_figures)


def _marked(one):
    outcome, hidden, contested = one.outcome, one.hidden_figures, one.contested_figures
    # Also what says that the row is to be restored from its file.
    note = " ".join(one.withdrawn_notes) if _loses_something(one) else ""
    letters = list(complete(outcome.reasons))
    for name in hidden:
        letters[BY_NAME[name].position] = Reason.REMOVED.value
    for name in one.hidden:
        setattr(outcome, name, None)
    outcome.reasons = "".join(letters)
    outcome.withdrawn_note = note
    outcome.contested_note = " ".join(one.contested_notes) if contested else ""
    outcome.contested_figures = " ".join(contested)
    return outcome


def _add_totals(found, cohorts):
    """Add the totals, and the only parts of totals, that would give back what is withdrawn."""
    withdrawn = {pk: one.hidden for pk, one in found.items() if one.hidden_figures}
    if not withdrawn:
        return
    schools = {found[pk].outcome.school_id for pk in withdrawn}
    diplomas = {found[pk].outcome.diploma_id for pk in withdrawn} - {None}
    facts, places = _around(schools, diplomas, cohorts)
    table, constraints = with_additivity_constraints(facts, places)
    is_shown = np.array([[letter == SHOWN for letter in complete(text)] for text in table["reasons"]], bool)
    is_withdrawn = np.zeros_like(is_shown)
    for place, pk in enumerate(table["row"]):
        if pk in withdrawn:
            is_withdrawn[place] = [name in withdrawn[pk] for name in FIGURES]
    is_withdrawn &= is_shown
    size = table[GROUP_SIZE].astype("Float64")
    goes = revealing(
        is_shown & ~is_withdrawn,
        is_withdrawn,
        size.notna().to_numpy(),
        size.eq(0).fillna(False).to_numpy(bool),
        constraints,
    )
    of_row = {int(table["row"].iloc[place]): goes[place] for place in np.flatnonzero(goes.any(axis=1))}
    for outcome in Outcome.objects.filter(pk__in=of_row).order_by("pk"):
        one = found.setdefault(outcome.pk, Marks(outcome))
        names = [name for name, goes_too in zip(FIGURES, of_row[outcome.pk], strict=True) if goes_too]
        one.hidden |= frozenset().union(*map(withdrawn_with, names))
        _add(one.withdrawn_notes, SENTENCE_OF_TOTALS)


def _around(schools: set[str], diplomas: set[str], cohorts: Collection[str]) -> tuple[pd.DataFrame, Places]:
    """The preferred rows of which a total can tell of these schools and diplomas, and the places that contain others."""
    region_of = dict(School.objects.filter(region__isnull=False).values_list("pk", "region_id"))
    regions = Territory.objects.filter(level=Territory.Level.REGION, parent__isnull=False)
    country_of = dict(regions.values_list("pk", "parent_id"))
    own_regions = {region_of[uai] for uai in schools if uai in region_of}
    wider = own_regions | {country_of[key] for key in own_regions if key in country_of}
    near = Q(school__in=schools) | Q(territory__in=wider) | Q(diploma__in=diplomas) | Q(diploma=None)
    rows: QuerySet = Outcome.objects.published().filter(near, cohort__in=cohorts)
    names = ("pk", "cohort", "route", "course_year", "diploma", "school", "territory", GROUP_SIZE, "reasons")
    facts = pd.DataFrame.from_records(list(rows.order_by("pk").values_list(*names)), columns=list(names))
    facts = facts.set_index("pk").astype(dict.fromkeys(names[1:7], "object"))
    return facts.assign(
        course=facts["course_year"].fillna(facts["diploma"]).fillna(""),
        place=facts["school"].fillna(facts["territory"]),
    ), (region_of, country_of)
