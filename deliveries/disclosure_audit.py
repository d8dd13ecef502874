"""Audit of what the published figures let one deduce of confidential groups, and secondary suppression (`enforce`).

Each run first restores, from the stored files, the figures that earlier runs suppressed, then suppresses what is needed
now. So nothing has to be undone when a delivery is taken back or the setting changes. The reason of a figure in the
facts table tells which ones were suppressed to protect others.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings

from deliveries.loading import BATCH, plain, read, typed
from deliveries.reference_tables import build
from deliveries.sources.figures import KEY
from establishments.models import School, Territory
from stats.disclosure_control.audit import audit_facts
from stats.disclosure_control.secondary import apply_secondary_suppression
from stats.disclosure_control.sums import Mode, are_confidential
from stats.indicators import COUNTS, FIGURES, GROUP_SIZE
from stats.models import Cohort, Outcome, Slice
from stats.reasons import Reason

MAX_LISTED = 100
_STORED = (*COUNTS, *FIGURES, "reasons")
_WITHHELD = {"reasons__contains": Reason.PROTECTS_OTHERS.value}


@dataclass(frozen=True)
class DisclosureAudit:
    """How many confidential groups can be deduced in some cohorts. It holds no outcome of anybody.

    mode: value of the setting. confidential: number of confidential groups. certain, approached: how many of them can
    be deduced, or nearly, from the figures of the sources (see `audit.AuditReport`). contradicted: number of totals that
    differ from the sum of their parts. rows, figures: how many were suppressed to prevent it. listed: the first groups,
    {"cohorte", "voie", "formation", "lieu", "par", "certain"}.
    """

    mode: str
    confidential: int
    certain: int
    approached: int
    contradicted: int
    rows: int
    figures: int
    listed: tuple[dict, ...]

    def as_dict(self) -> dict:
        """For the journal, which outlives the figures: no value in it depends on an outcome."""
        return {
            "mode": self.mode,
            "groupes_confidentiels": self.confidential,
            "deduits": self.certain,
            "approches": self.approached,
            "lignes_retenues": self.rows,
            "chiffres_retenus": self.figures,
            "groupes": list(self.listed),
        }


def audit(cohorts: Iterable[str]) -> DisclosureAudit | None:
    """Audit what is published now for these cohorts and those linked to them; None without figures."""
    facts = _facts(_linked(cohorts))
    return None if facts.empty else _audit_of(facts, audit_facts(facts, _places()), Mode.REPORT)


def apply_mode(cohorts: Iterable[str]) -> DisclosureAudit | None:
    """Suppress what the setting asks for in these cohorts and those linked to them.

    Call it after `facts.prefer`. Returns the audit of the figures as their sources publish them, None when the setting
    is off or there are no figures.
    """
    mode, linked = Mode(settings.DISCLOSURE_MODE), _linked(cohorts)
    _restore(linked)
    facts = _facts(linked)
    if mode is Mode.OFF or facts.empty:
        return None
    places = _places()
    deductions = audit_facts(facts, places)
    withheld = None
    if mode is Mode.ENFORCE:
        suppression = apply_secondary_suppression(facts, places)
        withheld = suppression.suppressed
        _update(suppression.facts.loc[withheld["row"]])
    return _audit_of(facts, deductions, mode, withheld)


def _audit_of(facts, deductions, mode, withheld=None):
    return DisclosureAudit(
        mode=mode.value,
        confidential=int(are_confidential(facts).sum()),
        certain=deductions.certain,
        approached=deductions.approached,
        contradicted=deductions.contradicted,
        rows=0 if withheld is None else len(withheld),
        figures=0 if withheld is None else int(withheld["figures"].sum()),
        listed=_listed(facts, deductions.deduced),
    )


def _linked(cohorts):
    """These cohorts, those that share a year with them, and so on: figures of one may reveal those of another."""
    years = {
        code: set(range(first, last + 1))
        for code, first, last in Cohort.objects.values_list("code", "first_year", "last_year")
    }
    linked, waiting = set(), set(cohorts)
    while waiting:
        linked |= waiting
        linked_years = set().union(*(years[code] for code in linked))
        waiting = {code for code, own_years in years.items() if own_years & linked_years} - linked
    return sorted(linked)


def _restore(cohorts):
    """Restore the figures suppressed to protect others, from the stored files."""
    suppressed = Outcome.objects.filter(cohort__in=cohorts, **_WITHHELD)
    pieces = sorted(set(suppressed.values_list("source", "cohort").order_by()))
    if not pieces:
        return
    reference = build.load()
    for source, cohort in pieces:
        live = Slice.objects.select_related("delivery__file").get(
            source=source, cohort=cohort, state=Slice.State.LIVE
        )
        outcomes = build.converted(live, reference)["outcome"]
        rows = typed(Outcome, outcomes.assign(source=source)[[*KEY, *_STORED]])
        stored = read(Outcome, ("id", *KEY), {"source": source, "cohort": cohort, **_WITHHELD})
        _update(stored.merge(rows, on=list(KEY)).set_index("id"))


def _update(rows):
    """Store the figures and reasons of `rows`, indexed by id."""
    columns = ["id", *_STORED]
    table = rows.rename_axis("id").reset_index()[columns]
    objects = [Outcome(**dict(zip(columns, values, strict=True))) for values in plain(table)]
    Outcome.objects.bulk_update(objects, list(_STORED), batch_size=BATCH // len(_STORED))


def _facts(cohorts):
    """The preferred rows as `disclosure_control` takes them, indexed by id."""
    columns = ("id", *KEY, GROUP_SIZE, *_STORED)
    facts = read(Outcome, columns, {"is_preferred": True, "cohort__in": cohorts}).set_index("id").sort_index()
    numbers = [GROUP_SIZE, *COUNTS, *FIGURES]
    facts[numbers] = facts[numbers].astype("Float64")
    return facts.assign(
        cohort=facts["cohort_id"],
        course=facts["course_year_id"].fillna(facts["diploma_id"]).fillna(""),
        place=facts["school_id"].fillna(facts["territory_id"]),
    )


def _places():
    """({UAI: key of its region}, {key of a region: key of its country})."""
    schools = School.objects.filter(region__isnull=False).values_list("pk", "region_id")
    regions = Territory.objects.filter(level=Territory.Level.REGION, parent__isnull=False)
    return dict(schools), dict(regions.values_list("pk", "parent_id"))


def _listed(facts, deduced):
    """The first deduced groups, certain deductions first."""
    order = deduced.sort_values(["is_certain", "row"], ascending=[False, True], kind="stable")
    first = order.drop_duplicates("row").head(MAX_LISTED)
    return tuple(
        {
            "cohorte": facts.at[line.row, "cohort"],
            "voie": facts.at[line.row, "route"],
            "formation": facts.at[line.row, "course"],
            "lieu": facts.at[line.row, "place"],
            "par": line.kind,
            "certain": bool(line.is_certain),
        }
        for line in first.itertuples()
    )
