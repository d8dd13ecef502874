"""Audit of what the published figures let one deduce of confidential groups, and secondary suppression (`enforce`).

Each run first restores, from the stored files, the figures that earlier runs suppressed, then suppresses what is needed
now. So nothing has to be undone when a delivery is taken back or the setting changes. The reason of a figure in the
facts table tells which ones were suppressed to protect others.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Q

from deliveries.figure_notices import hiding
from deliveries.loading import BATCH, plain, read, typed
from deliveries.reference_tables import build
from deliveries.sources.figures import KEY
from establishments.models import School, Territory
from stats.disclosure_control.audit import published_tables
from stats.disclosure_control.proofs import SolvedSystems, prove
from stats.disclosure_control.secondary import suppress_tables
from stats.disclosure_control.sums import Mode, are_confidential
from stats.indicators import COUNTS, FIGURES, GROUP_SIZE
from stats.models import AuditMemory, Cohort, Outcome, Slice
from stats.reasons import Reason

# Groups that are only approached; those that are deduced for certain are all listed.
MAX_LISTED = 100
_STORED = (*COUNTS, *FIGURES, "reasons")
_SUPPRESSED = Q(reasons__contains=Reason.PROTECTS_OTHERS.value) | ~Q(withdrawn_note="")


@dataclass(frozen=True)
class DisclosureAudit:
    """How many confidential groups can be deduced in some cohorts. It holds no outcome of anybody.

    mode: value of the setting. confidential: number of confidential groups. certain, approached: how many of them can
    be deduced, or nearly, from the figures of the sources; undecided: of how many the work allowed proves nothing (see
    `proofs.Proofs`). contradicted: number of totals that differ from the sum of their parts. rows, figures: how many were
    suppressed to prevent it. listed: all that are certain, those of the last delivery first, then the first approached:
    {"cohorte", "voie", "formation", "lieu", "certain"}, and for those that are certain "ensemble" (how many groups are
    deduced as one), "livraison" (the number of the last delivery among the figures that tell), "chiffres"
    [{"cohorte", "voie", "formation", "lieu", "livraison", "noms"}].
    """

    mode: str
    confidential: int
    certain: int
    approached: int
    undecided: int
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
            "indecis": self.undecided,
            "lignes_retenues": self.rows,
            "chiffres_retenus": self.figures,
            "groupes": list(self.listed),
        }


def audit(cohorts: Iterable[str]) -> DisclosureAudit | None:
    """Audit what is published now for these cohorts and those linked to them; None without figures."""
    facts = _facts(linked(cohorts))
    return None if facts.empty else _audit_of(facts, prove(published_tables(facts, _places())), Mode.REPORT)


def apply_mode(cohorts: Iterable[str]) -> DisclosureAudit | None:
    """Suppress what the setting asks for in these cohorts and those linked to them.

    Call it after `facts.prefer`. Returns the audit of the figures as their sources publish them, None when the setting
    is off or there are no figures.
    """
    mode, of_all = Mode(settings.DISCLOSURE_MODE), linked(cohorts)
    restore_and_hide(of_all)
    facts = _facts(of_all)
    if mode is Mode.OFF or facts.empty:
        return None
    tables = published_tables(facts, _places())
    proofs = _proofs(tables, of_all)
    withheld = None
    if mode is Mode.ENFORCE:
        suppression = suppress_tables(facts, tables)
        withheld = suppression.suppressed
        _update(suppression.facts.loc[withheld["row"]])
    return _audit_of(facts, proofs, mode, withheld)


def _proofs(tables, cohorts):
    """The proofs of these tables: only what changed since the last ones of the same cohorts is solved."""
    [memory, _] = AuditMemory.objects.get_or_create(cohort=cohorts[0])
    solved = SolvedSystems(known=memory.solved)
    proofs = prove(tables, solved)
    if solved.used != solved.known:
        memory.solved = solved.used
        memory.save()
    return proofs


def _audit_of(facts, proofs, mode, withheld=None):
    return DisclosureAudit(
        mode=mode.value,
        confidential=int(are_confidential(facts).sum()),
        certain=len(proofs.certain),
        approached=len(proofs.approached),
        undecided=len(proofs.undecided),
        contradicted=proofs.contradicted,
        rows=0 if withheld is None else len(withheld),
        figures=0 if withheld is None else int(withheld["figures"].sum()),
        listed=tuple(_certain(facts, proofs.deductions) + _approached(facts, proofs.approached)),
    )


def linked(cohorts: Iterable[str]) -> list[str]:
    """These cohorts, those that share a year with them, and so on: figures of one may reveal those of another."""
    years = {
        code: set(range(first, last + 1))
        for code, first, last in Cohort.objects.values_list("code", "first_year", "last_year")
    }
    found, waiting = set(), set(cohorts)
    while waiting:
        found |= waiting
        found_years = set().union(*(years[code] for code in found))
        waiting = {code for code, own_years in years.items() if own_years & found_years} - found
    return sorted(found)


def restore_and_hide(cohorts: Collection[str]) -> None:
    """What the sources publish of these cohorts, less what notices withdraw now (`deliveries.figure_notices`)."""
    _restore(cohorts)
    hiding.apply(cohorts)


def _restore(cohorts):
    """Restore the figures suppressed to protect others, or withdrawn, from the stored files."""
    suppressed = Outcome.objects.filter(_SUPPRESSED, cohort__in=cohorts)
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
        keys = suppressed.filter(source=source, cohort=cohort).values("pk")
        stored = read(Outcome, ("id", *KEY), {"pk__in": keys})
        _update(stored.merge(rows, on=list(KEY)).set_index("id"))


def _update(rows):
    """Store the figures and reasons of `rows`, indexed by id."""
    columns = ["id", *_STORED]
    table = rows.rename_axis("id").reset_index()[columns]
    objects = [Outcome(**dict(zip(columns, values, strict=True))) for values in plain(table)]
    Outcome.objects.bulk_update(objects, list(_STORED), batch_size=BATCH // len(_STORED))


def _facts(cohorts):
    """The preferred rows as `disclosure_control` takes them, indexed by id."""
    columns = ("id", "delivery_id", *KEY, GROUP_SIZE, *_STORED)
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


def _certain(facts, deductions):
    """All the groups that are deduced for certain, by delivery, the last one first."""
    listed = []
    for deduction in deductions:
        figures = [
            _group(facts, label) | {"livraison": int(facts.at[label, "delivery_id"]), "noms": list(names)}
            for label, names in deduction.figures
        ]
        told = {
            "certain": True,
            "ensemble": len(deduction.rows),
            "livraison": max((figure["livraison"] for figure in figures), default=None),
            "chiffres": figures,
        }
        listed += [_group(facts, label) | told for label in deduction.rows if label in facts.index]
    return sorted(listed, key=lambda group: -(group["livraison"] or 0))


def _approached(facts, labels):
    return [_group(facts, label) | {"certain": False} for label in sorted(labels)[:MAX_LISTED]]


def _group(facts, label):
    """What identifies a group: {"cohorte", "voie", "formation", "lieu"}."""
    names = {"cohorte": "cohort", "voie": "route", "formation": "course", "lieu": "place"}
    return {name: facts.at[label, column] for name, column in names.items()}
