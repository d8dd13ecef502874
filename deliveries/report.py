"""What happened to a delivered file: counts, and each finding as a French sentence with its place."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from deliveries import quoting
from deliveries.checking.check import Step
from deliveries.checking.registry import ALWAYS_STOPS, BY_CODE, MUST_BE_CONFIRMED
from deliveries.checking.results import Result, Tick, Why, applicable, results
from deliveries.findings import Finding, printable
from stats.substitution.kinds import OriginKind, Role

SHOWN_FINDINGS = 20


@dataclass
class Report:
    """The fate of one file.

    status: "publie", "inchange", "refuse", "non_reconnu", and "a_publier" after a dry run, "a_confirmer" when the
        command line waits for `--confirm`.
    version: number of the version of the data that a dry run compared with.
    stops: codes of the checks that refuse the file; the others warn.
    applies: {code of a check: whether it applies to the file}. reached: the last step of the checks that was made.
    counts: rows read, new, changed, unchanged, removed (absent from the new file), withheld, refused.
    reachable: rows that can be asked for the cohorts published with it, by kind (see `attributions.rebuild`).
    disclosure: a `disclosure_audit.DisclosureAudit`, None when the setting is off or the file has no figures.
    number_columns: headers of the numbers of a file of figures, whose rows' numbers are never quoted (see `quoting`);
        None for any other file.
    """

    file: str
    source: str = ""
    cohorts: tuple[str, ...] = ()
    stops: frozenset[str] = ALWAYS_STOPS
    status: str = ""
    sha256: str = ""
    delivery: int | None = None
    version: int = 0
    findings: list[Finding] = field(default_factory=list)
    counts: Counter = field(default_factory=Counter)
    reachable: Counter = field(default_factory=Counter)
    disclosure: Any = None
    number_columns: frozenset[str] | None = None
    applies: dict[str, Why] = field(default_factory=lambda: applicable(None, has_database=False))
    reached: Step = Step.READING

    def add(
        self,
        kind: str,
        line: int | None = None,
        column: str = "",
        value: object = "",
        expected: object = "",
        subject: str = "",
    ) -> None:
        """Add a finding, unless its check needs what is published and nothing is: everything would be unknown."""
        if self.applies[kind] is Why.NEEDS_PUBLISHED:
            return
        value, expected = printable(value), printable(expected)
        if self.number_columns is not None:
            value, expected = quoting.quoted(kind, column in self.number_columns, value, expected)
        self.findings.append(Finding(kind, line, printable(column), value, expected, subject))

    def add_all(
        self, kind: str, column: str, values: pd.Series | dict[int, str], expected: str | pd.Series = ""
    ) -> None:
        """One finding per value. values: {line: value}; expected: one text for all, or a Series by line."""
        value_of: dict[Any, object] = {**values}
        expected_of = {} if isinstance(expected, str) else expected.to_dict()
        for line, value in value_of.items():
            self.add(kind, int(line), column, value, expected_of.get(line, expected))

    @property
    def results(self) -> list[Result]:
        """What every check of the registry gives for the file."""
        return results(self.findings, self.stops, self.applies, self.reached)

    @property
    def blocking(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.kind in self.stops]

    @property
    def remarks(self) -> list[Finding]:
        """Findings that refuse nothing, those to confirm first."""
        remarks = [finding for finding in self.findings if finding.kind not in self.stops]
        return sorted(remarks, key=lambda finding: finding.kind not in MUST_BE_CONFIRMED)

    @property
    def ticks(self) -> list[Tick]:
        """Every warning, which somebody accepts before the file is published from the desk."""
        return [tick for result in self.results for tick in result.ticks]

    @property
    def to_confirm(self) -> list[str]:
        """Kinds of findings after which the command line asks for a word before it publishes the file."""
        return sorted({finding.kind for finding in self.findings} & MUST_BE_CONFIRMED)

    @property
    def is_refused(self) -> bool:
        return self.status in {"refuse", "non_reconnu"}

    @property
    def kinds(self) -> list[tuple[str, str, int, bool]]:
        """[(kind, title, number of findings, whether it refuses the file)], refusing kinds first, then by number."""
        numbers = Counter(finding.kind for finding in self.findings)
        rows = [(kind, BY_CODE[kind].title, number, kind in self.stops) for kind, number in numbers.items()]
        return sorted(rows, key=lambda row: (not row[3], -row[2], row[0]))

    def as_dict(self) -> dict:
        """Everything, for the journal and for --report."""
        return {
            "fichier": self.file,
            "source": self.source,
            "cohortes": list(self.cohorts),
            "statut": self.status,
            "a_confirmer": self.to_confirm,
            "sha256": self.sha256,
            "livraison": self.delivery,
            "lignes": {name: self.counts[name] for name in COUNT_LABELS},
            "interrogeables": dict(self.reachable),
            "recoupements": self.disclosure.as_dict() if self.disclosure else None,
            "controles": [
                {
                    "code": result.check.code,
                    "groupe": result.check.group.value,
                    "statut": result.status.value,
                    "nombre": result.count,
                    "sujets": dict(result.subjects),
                    "pourquoi": result.why.value,
                }
                for result in self.results
            ],
            "constats_par_sorte": [
                {
                    "sorte": kind,
                    "titre": title,
                    "nombre": number,
                    "bloquant": stops,
                    "a_confirmer": kind in MUST_BE_CONFIRMED,
                }
                for kind, title, number, stops in self.kinds
            ],
            "constats": [
                {
                    "sorte": finding.kind,
                    "ligne": finding.line,
                    "colonne": finding.column,
                    "valeur": finding.value,
                    "attendu": finding.expected,
                    "sujet": finding.subject,
                    "bloquant": finding.kind in self.stops,
                    "phrase": finding.sentence,
                }
                for finding in self.blocking + self.remarks
            ],
        }


def disclosure_sentences(audit: dict | None) -> list[str]:
    """French sentences about the "recoupements" of a report; [] without them."""
    if not audit:
        return []
    sentences = [
        f"Groupes de moins de 20 élèves\u00a0: {_number(audit['groupes_confidentiels'])}, dont déduits des chiffres des "
        f"sources\u00a0: {_number(audit['deduits'])}, approchés\u00a0: {_number(audit['approches'])}."
    ]
    if undecided := audit.get("indecis"):
        sentences.append(
            f"Groupes dont le calcul n’a rien pu démontrer dans le temps donné\u00a0: {_number(undecided)}."
        )
    if audit["mode"] == "enforce":
        sentences.append(
            f"Chiffres retenus pour l’empêcher\u00a0: {_number(audit['chiffres_retenus'])}, "
            f"sur {_number(audit['lignes_retenues'])} ligne(s)."
        )
    return sentences


def deduced_lines(groups: Iterable[dict]) -> list[str]:
    """One line a listed group of the "recoupements", under its delivery, then the figures that tell it; see there."""
    lines, delivery = [], None
    for group in groups:
        if group["certain"] and group["livraison"] != delivery:
            delivery = group["livraison"]
            lines.append(f"Livraison {delivery}\u00a0:")
        state = "certaine" if group["certain"] else "approchée"
        if group.get("ensemble", 1) > 1:
            state += f", {group['ensemble']} groupes ensemble"
        lines.append(f"  {_group(group)}\u00a0: {state}")
        for figure in group.get("chiffres", ()):
            lines.append(
                f"      par {_group(figure)}, livraison {figure['livraison']}\u00a0: {', '.join(figure['noms'])}"
            )
    return lines


def _group(group: dict) -> str:
    return f"{group['cohorte']} {group['voie']} {group['formation'] or 'toutes formations'} {group['lieu']}"


def reachable_sentence(counts: Counter[str]) -> str:
    """ "Par formation, 40 322 lignes de chiffres permettent d’en demander 125 942…"; "" without own rows."""
    own = counts.get(OriginKind.OWN.value)
    if not own:
        return ""
    total = sum(counts.values())
    added = ", ".join(
        f"{_number(number)} {REACHABLE_LABELS[kind]}"
        for kind, number in counts.items()
        if kind != OriginKind.OWN
    )
    factor = f"{total / own:.1f}".replace(".", ",")
    return (
        f"Par formation, {_number(own)} lignes de chiffres permettent d’en demander {_number(total)} "
        f"({factor} fois plus)" + (f"\u00a0: {added}." if added else ".")
    )


def _number(value: int) -> str:
    return f"{value:,}".replace(",", "\u202f")


REACHABLE_LABELS = {
    OriginKind.FORMER.value: "d’un ancien diplôme",
    OriginKind.NEW.value: "d’un nouveau diplôme",
    OriginKind.TERMINAL_YEAR.value: "d’années non terminales",
    OriginKind.COMMON_YEAR.value: "d’années communes",
    Role.TRAINER.value: "du formateur",
    Role.MANAGER.value: "du gestionnaire",
}
COUNT_LABELS = {
    "lues": "lues",
    "nouvelles": "nouvelles",
    "modifiees": "modifiées",
    "inchangees": "inchangées",
    "disparues": "disparues",
    "secretes": "avec un chiffre non communiqué",
    "refusees": "refusées",
}
