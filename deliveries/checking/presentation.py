"""A report of checks as pages and files show it, from its form in the journal (`Report.as_dict`).

A report is kept in French: its sentences are made again here, in the language of whoever reads it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from deliveries.checking.check import Group, Step
from deliveries.checking.registry import BY_CODE
from deliveries.checking.results import Status, Tick, Why, by_group
from deliveries.findings import Finding, as_is
from deliveries.report import Report

# Lines of each check that a page shows first; all the others can be downloaded.
FIRST_LINES = 5
_STATUSES = {status.value: status for status in Status}
_GROUPS = {group.value: group for group in Group}
_WHY = {why.value: why for why in Why}
CSV_HEADER = (
    "controle",
    "titre",
    "groupe",
    "statut",
    "sujet",
    "ligne",
    "colonne",
    "valeur",
    "attendu",
    "phrase",
)


@dataclass(frozen=True)
class ShownCheck:
    """One check as a page shows it.

    status: value of `Status`; `label` is its word. lines: its first findings, without what to do; more: how many others there
    are. why: one sentence on why it does not apply, else "". ticks: what to accept one by one, when it warns.
    """

    code: str
    title: str
    looks_at: str
    guidance: str
    status: str
    label: str
    count: int
    lines: tuple[str, ...]
    more: int
    why: str
    ticks: tuple[Tick, ...]


@dataclass(frozen=True)
class ShownGroup:
    """The checks of a group: those that found something, those that passed, those that do not apply."""

    code: str
    label: str
    found: tuple[ShownCheck, ...]
    passed: tuple[ShownCheck, ...]
    others: tuple[ShownCheck, ...]

    @property
    def status(self) -> str:
        """The gravest status of its checks."""
        given = {check.status for check in (*self.found, *self.passed, *self.others)}
        return next((status.value for status in Status if status.value in given), Status.NOT_APPLICABLE.value)


@dataclass(frozen=True)
class ShownReport:
    """The checks of one file.

    failures, warnings, notes, passed, others: numbers of checks by status.
    """

    file: str
    groups: tuple[ShownGroup, ...]
    failures: int
    warnings: int
    notes: int
    passed: int
    others: int

    @property
    def status(self) -> str:
        """The gravest status of all."""
        if self.failures:
            return Status.FAIL.value
        return Status.WARNING.value if self.warnings else Status.PASS.value

    @property
    def ticks(self) -> tuple[Tick, ...]:
        """Everything to accept before the file is published."""
        return tuple(tick for group in self.groups for check in group.found for tick in check.ticks)


def present(report: Mapping[str, Any], translate: Callable[[str], str] = as_is) -> ShownReport:
    """What a page shows of a report. translate: a gettext function."""
    sentences: dict[str, list[str]] = {}
    for finding in report["constats"]:
        own = sentences.setdefault(finding["sorte"], [])
        if len(own) < FIRST_LINES:
            own.append(_line(finding, translate))
    shown: dict[str, list[ShownCheck]] = {group.value: [] for group in Group}
    for result in _results(report):
        if result["code"] in BY_CODE:
            check = _shown(result, tuple(sentences.get(result["code"], ())), translate)
            shown[result["groupe"]].append(check)
    groups = tuple(_group(group, shown[group.value], translate) for group in Group)
    numbers = [
        sum(check.status == status.value for checks in shown.values() for check in checks)
        for status in Status
    ]
    return ShownReport(report["fichier"], groups, *numbers)


def _results(report: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    """The results of a report; those of the journal before there were any are told by its findings."""
    if "controles" in report:
        return report["controles"]
    return [
        {
            "code": kind["sorte"],
            "groupe": BY_CODE[kind["sorte"]].group.value,
            "statut": (Status.FAIL if kind["bloquant"] else Status.WARNING).value,
            "nombre": kind["nombre"],
            "sujets": {"": kind["nombre"]},
            "pourquoi": "",
        }
        for kind in report["constats_par_sorte"]
        if kind["sorte"] in BY_CODE
    ]


def ticks_of(report: Mapping[str, Any]) -> tuple[Tick, ...]:
    """Everything to accept before the file of a report is published, in the order of the registry."""
    return tuple(tick for result in _results(report) for tick in _ticks(result))


def _ticks(result: Mapping[str, Any]) -> tuple[Tick, ...]:
    if _STATUSES[result["statut"]] is not Status.WARNING:
        return ()
    return tuple(Tick(result["code"], subject, count) for subject, count in result["sujets"].items())


def _finding(finding: Mapping[str, Any]) -> Finding | None:
    """A finding of the journal, None where the journal has too little to make it again."""
    if "attendu" not in finding or finding["sorte"] not in BY_CODE:
        return None
    place = finding["ligne"], finding["colonne"]
    return Finding(finding["sorte"], *place, finding["valeur"], finding["attendu"])


def _line(finding: Mapping[str, Any], translate: Callable[[str], str]) -> str:
    """Where it is and what is wrong."""
    made = _finding(finding)
    return made.place_and_fault_in(translate) if made else finding["phrase"]


def _sentence(finding: Mapping[str, Any], translate: Callable[[str], str]) -> str:
    made = _finding(finding)
    return made.sentence_in(translate) if made else finding["phrase"]


def _shown(result: Mapping[str, Any], lines: tuple[str, ...], translate: Callable[[str], str]) -> ShownCheck:
    check, status, why = BY_CODE[result["code"]], _STATUSES[result["statut"]], _WHY[result["pourquoi"]]
    return ShownCheck(
        code=check.code,
        title=translate(check.title),
        looks_at=translate(check.looks_at),
        guidance=translate(check.guidance),
        status=status.value,
        label=translate(status.label),
        count=result["nombre"],
        lines=lines,
        more=result["nombre"] - len(lines),
        why=translate(why.label) if why.label else "",
        ticks=_ticks(result),
    )


def _group(group: Group, checks: Sequence[ShownCheck], translate: Callable[[str], str]) -> ShownGroup:
    by_status = {
        status.value: [check for check in checks if check.status == status.value] for status in Status
    }
    return ShownGroup(
        code=group.value,
        label=translate(group.label),
        found=tuple(
            check
            for status in (Status.FAIL, Status.WARNING, Status.NOTE)
            for check in by_status[status.value]
        ),
        passed=tuple(by_status[Status.PASS.value]),
        others=tuple(by_status[Status.NOT_APPLICABLE.value]),
    )


@dataclass(frozen=True)
class FirstResults:
    """What is known of a file whose checks are not all made.

    groups: (name of a group, how many of its checks passed, a line for each that found something).
    """

    file: str
    groups: tuple[tuple[str, int, tuple[str, ...]], ...]


def first_results_of(report: Report, step: Step) -> dict[str, Any]:
    """What the checks of a file made up to a step give, in few words, to be told while the others are made."""
    made = [
        result
        for result in report.results
        if result.check.step <= step and result.status is not Status.NOT_APPLICABLE
    ]
    groups = [
        [
            group.value,
            sum(result.status is Status.PASS for result in results),
            [
                [result.check.code, result.status.value, result.count]
                for result in results
                if result.status is not Status.PASS
            ],
        ]
        for group, results in by_group(made).items()
        if results
    ]
    return {"cle": report.sha256 or report.file, "fichier": report.file, "groupes": groups}


def present_first(told: Mapping[str, Any], translate: Callable[[str], str] = as_is) -> FirstResults:
    """`first_results_of` as pages show it."""
    groups = []
    for group, passed, found in told["groupes"]:
        lines = tuple(
            f"{translate(_STATUSES[status].label)}\u00a0: {translate(BY_CODE[code].title)} ({count})"
            for code, status, count in found
        )
        groups.append((translate(_GROUPS[group].label), passed, lines))
    return FirstResults(told["fichier"], tuple(groups))


def csv_rows(
    report: Mapping[str, Any], code: str = "", translate: Callable[[str], str] = as_is
) -> Iterator[tuple[Any, ...]]:
    """Every finding of a report, or those of one check, as cells of the columns of CSV_HEADER."""
    statuses = {result["code"]: result["statut"] for result in _results(report)}
    for finding in report["constats"]:
        kind = finding["sorte"]
        if kind in BY_CODE and code in {"", kind}:
            check = BY_CODE[kind]
            yield (
                kind,
                translate(check.title),
                translate(check.group.label),
                translate(_STATUSES[statuses[kind]].label),
                finding.get("sujet", ""),
                finding["ligne"],
                finding["colonne"],
                finding["valeur"],
                finding.get("attendu", ""),
                _sentence(finding, translate),
            )
