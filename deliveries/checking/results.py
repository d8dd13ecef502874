"""What each check gives for one file, from the findings of its report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from deliveries.checking.check import Check, Group, Level, Step
from deliveries.checking.registry import CHECKS
from stats.translatable import LabelledEnum, gettext_noop

if TYPE_CHECKING:
    from deliveries.findings import Finding
    from deliveries.source import Source


class Status(LabelledEnum):
    """What a check gives, the gravest first."""

    FAIL = "echec", gettext_noop("Échec")
    WARNING = "avertissement", gettext_noop("Avertissement")
    NOTE = "information", gettext_noop("Pour information")
    PASS = "reussi", gettext_noop("Réussi")
    NOT_APPLICABLE = "sans_objet", gettext_noop("Sans objet")


class Why(LabelledEnum):
    """Why a check does not apply to a file."""

    APPLIES = "", ""
    OTHER_SOURCE = "autre_source", gettext_noop("Ce fichier n’est pas de ceux que le contrôle regarde.")
    NEEDS_PUBLISHED = "donnees_publiees", gettext_noop("Le contrôle demande les données publiées.")
    STOPPED = "arrete", gettext_noop("Le fichier a été arrêté avant ce contrôle.")


@dataclass(frozen=True)
class Tick:
    """A part of a warning that somebody accepts, with a reason, before the file is published.

    Tick(code="chiffres_disparus", subject="2022_2023 taux_emploi_6_mois", count=1): its `key` is the same in every report
    about the same thing. The subject is "" where the check looks at the whole file.
    """

    code: str
    subject: str
    count: int

    @property
    def key(self) -> str:
        return f"{self.code}:{self.subject}" if self.subject else self.code


@dataclass(frozen=True)
class Result:
    """What one check gives for one file; `why` says why it does not apply, when it does not."""

    check: Check
    status: Status
    findings: tuple[Finding, ...] = ()
    why: Why = Why.APPLIES

    @property
    def count(self) -> int:
        return len(self.findings)

    @property
    def subjects(self) -> list[tuple[str, int]]:
        """[(subject, number of findings)] of a warning, in the order in which they were found."""
        return list(Counter(finding.subject for finding in self.findings).items())

    @property
    def ticks(self) -> list[Tick]:
        """What somebody accepts one by one, where the check warns."""
        if self.status is not Status.WARNING:
            return []
        return [Tick(self.check.code, subject, count) for subject, count in self.subjects]


def applicable(source: Source | None, has_database: bool) -> dict[str, Why]:
    """{code of a check: whether it applies to the files of a source, or why not}; without a source, what is read first."""
    return {check.code: _applies(check, source, has_database) for check in CHECKS}


def _applies(check: Check, source: Source | None, has_database: bool) -> Why:
    if source is None:
        return Why.APPLIES if check.step is Step.READING or check.code in _RECOGNITION else Why.STOPPED
    if not check.scope.holds(source):
        return Why.OTHER_SOURCE
    return Why.NEEDS_PUBLISHED if check.needs_database and not has_database else Why.APPLIES


_RECOGNITION = {"fichier_inconnu", "autre_source", "colonnes_indiquees", "source_contredite"}


def results(
    findings: Iterable[Finding], stops: Collection[str], applies: dict[str, Why], reached: Step
) -> list[Result]:
    """The result of every check, in the order of the registry.

    stops: codes of the checks that refuse this file when they fail. applies: see `applicable`. reached: the last step that
    was made.
    """
    found: dict[str, list[Finding]] = {}
    for finding in findings:
        found.setdefault(finding.kind, []).append(finding)
    given = []
    for check in CHECKS:
        own, why = tuple(found.get(check.code, ())), applies[check.code]
        if own:
            status, why = _found(check, stops), Why.APPLIES
        elif why is not Why.APPLIES:
            status = Status.NOT_APPLICABLE
        elif check.step > reached:
            status, why = Status.NOT_APPLICABLE, Why.STOPPED
        else:
            status = Status.PASS
        given.append(Result(check, status, own, why))
    return given


def _found(check: Check, stops: Collection[str]) -> Status:
    """What a check gives that found something: a note tells what the portal did, and nobody has to accept it."""
    if check.code in stops:
        return Status.FAIL
    return Status.NOTE if check.level is Level.NOTE else Status.WARNING


def by_group(given: Iterable[Result]) -> dict[Group, list[Result]]:
    """{group: its results}, in the order of the groups."""
    groups: dict[Group, list[Result]] = {group: [] for group in Group}
    for result in given:
        groups[result.check.group].append(result)
    return groups
