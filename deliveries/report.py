"""What happened to a delivered file: counts, and each finding as a French sentence with its place."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from stats.substitution.kinds import OriginKind, Role

SHOWN_FINDINGS = 20

# Kind → (title for the counts, sentence). Sentences may use {value}, {column}, {expected} and {hint}.
KINDS = {
    "fichier_vide": (
        "Fichier vide",
        "Le fichier ne contient aucune ligne de données. Vérifiez l’export et redonnez-le.",
    ),
    "encodage": (
        "Encodage illisible",
        "Ces caractères ne se lisent ni en UTF-8 ni en ISO-8859-1 ni en Mac Roman\u00a0: «\u00a0{value}\u00a0». "
        "Enregistrez le fichier en UTF-8.",
    ),
    "fichier_inconnu": (
        "Fichier non reconnu",
        "L’en-tête ne correspond à aucune source connue\u00a0: {value}. Vérifiez le fichier, ou nommez la source.",
    ),
    "autre_source": (
        "Fichier d’une autre sorte",
        "Ce fichier n’a pas l’en-tête de la source «\u00a0{expected}\u00a0»\u00a0: il manque {value}. Vérifiez le fichier ou la source choisie.",
    ),
    "fichier_tronque": (
        "Ligne incomplète",
        "La ligne n’a que {value} cellules au lieu de {expected}\u00a0: le fichier est sans doute coupé. Redonnez-le entier.",
    ),
    "ligne_trop_longue": (
        "Ligne trop longue",
        "La ligne a {value} cellules au lieu de {expected}\u00a0: un séparateur s’est glissé dans un texte. Mettez ce texte entre guillemets.",
    ),
    "colonne_absente": (
        "Colonne absente",
        "La colonne «\u00a0{column}\u00a0» est absente{hint}. Rétablissez-la\u00a0: aucune autre ne peut la remplacer.",
    ),
    "entete_vide": (
        "En-tête vide",
        "Une colonne n’a pas de nom et sa place ne dit pas ce qu’elle est. Donnez-lui un nom.",
    ),
    "colonne_inconnue": (
        "Colonne inconnue",
        "La colonne «\u00a0{column}\u00a0» n’est pas utilisée\u00a0: elle est ignorée.",
    ),
    "millesime_absent": (
        "Cohorte inconnue",
        "La cohorte n’est ni dans le fichier ni dans son nom. Indiquez-la\u00a0: --cohort 2022_2023.",
    ),
    "millesime_invalide": (
        "Cohorte illisible",
        "«\u00a0{value}\u00a0» n’est pas une cohorte. Écrivez par exemple «\u00a0cumul 2022-2023\u00a0» ou «\u00a02022_2023\u00a0».",
    ),
    "uai_invalide": (
        "Code UAI faux",
        "«\u00a0{value}\u00a0» n’est pas un code UAI valable\u00a0: {expected}. Corrigez le code à la source.",
    ),
    "code_invalide": (
        "Code mal formé",
        "«\u00a0{value}\u00a0» n’a pas la forme attendue\u00a0: {expected}. Corrigez le code à la source.",
    ),
    "code_retouche": (
        "Code abîmé par un tableur",
        "«\u00a0{value}\u00a0» a été transformé par un tableur\u00a0; il devrait s’écrire «\u00a0{expected}\u00a0». Repartez du fichier d’origine, colonnes en texte.",
    ),
    "code_inconnu": (
        "Code absent de la nomenclature",
        "«\u00a0{value}\u00a0» n’est pas dans {expected}. Publiez d’abord la table à jour, ou corrigez le code.",
    ),
    "nombre_invalide": (
        "Texte dans une colonne de nombres",
        "«\u00a0{value}\u00a0» n’est pas un nombre. Écrivez un nombre, «\u00a0nd\u00a0» ou rien.",
    ),
    "date_invalide": ("Date illisible", "«\u00a0{value}\u00a0» n’est pas une date. Écrivez JJ/MM/AAAA."),
    "pourcentage_hors_bornes": (
        "Pourcentage hors de 0 à 100",
        "«\u00a0{value}\u00a0» est hors de l’intervalle de 0 à 100. Corrigez le pourcentage à la source.",
    ),
    "somme_differente_de_100": (
        "Parts qui ne font pas 100",
        "Les trois parts font {value} au lieu de 100 (à 1 près). Corrigez-les à la source.",
    ),
    "cle_en_double": (
        "Ligne en double",
        "Cette ligne répète la clé de la ligne {expected} ({value}). Gardez-en une seule.",
    ),
    "effectif_incoherent": (
        "Effectifs incohérents",
        "{value}. Corrigez les effectifs à la source.",
    ),
}


class Refusal(Exception):
    """Raised for a file that cannot be read at all, with the finding that says why."""

    def __init__(
        self, kind: str, line: int | None = None, column: str = "", value: object = "", expected: object = ""
    ) -> None:
        self.finding = Finding(kind, line, column, str(value), str(expected))
        super().__init__(self.finding.sentence)


@dataclass(frozen=True)
class Finding:
    """A remark or an error, at a line (the header is line 1) and a column where they are known."""

    kind: str
    line: int | None = None
    column: str = ""
    value: str = ""
    expected: str = ""

    @property
    def sentence(self) -> str:
        hint = f"\u00a0; «\u00a0{self.value}\u00a0» lui ressemble" if self.value else ""
        text = KINDS[self.kind][1].format(
            value=self.value, column=self.column, expected=self.expected, hint=hint
        )
        place = ", ".join(
            part
            for part in (
                f"ligne {self.line}" if self.line else "",
                f"colonne «\u00a0{self.column}\u00a0»" if self.column else "",
            )
            if part
        )
        return f"{place[0].upper()}{place[1:]}\u00a0: {text}" if place else text


@dataclass
class Report:
    """The fate of one file.

    status: "publie", "inchange", "refuse", "non_reconnu", and "a_publier" after a dry run.
    stops: kinds of finding that refuse the file; the others are remarks.
    counts: rows read, new, changed, unchanged, removed (absent from the new file), withheld, refused.
    reachable: rows that can be asked for the cohorts published with it, by kind (see `attributions.rebuild`).
    disclosure: a `disclosure_audit.DisclosureAudit`, None when the setting is off or the file has no figures.
    """

    file: str
    source: str = ""
    cohorts: tuple[str, ...] = ()
    stops: frozenset[str] = frozenset()
    status: str = ""
    sha256: str = ""
    delivery: int | None = None
    findings: list[Finding] = field(default_factory=list)
    counts: Counter = field(default_factory=Counter)
    reachable: Counter = field(default_factory=Counter)
    disclosure: Any = None

    def add(
        self, kind: str, line: int | None = None, column: str = "", value: object = "", expected: object = ""
    ) -> None:
        self.findings.append(Finding(kind, line, column, str(value), str(expected)))

    def add_all(
        self, kind: str, column: str, values: pd.Series | dict[int, str], expected: str | pd.Series = ""
    ) -> None:
        """One finding per value. values: {line: value}; expected: one text for all, or a Series by line."""
        value_of: dict[Any, object] = {**values}
        expected_of = {} if isinstance(expected, str) else expected.to_dict()
        for line, value in value_of.items():
            self.add(kind, int(line), column, value, expected_of.get(line, expected))

    @property
    def blocking(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.kind in self.stops]

    @property
    def remarks(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.kind not in self.stops]

    @property
    def is_refused(self) -> bool:
        return self.status in {"refuse", "non_reconnu"}

    @property
    def kinds(self) -> list[tuple[str, str, int, bool]]:
        """[(kind, title, number of findings, whether it refuses the file)], refusing kinds first, then by number."""
        numbers = Counter(finding.kind for finding in self.findings)
        rows = [(kind, KINDS[kind][0], number, kind in self.stops) for kind, number in numbers.items()]
        return sorted(rows, key=lambda row: (not row[3], -row[2], row[0]))

    def as_dict(self) -> dict:
        """Everything, for the journal and for --report."""
        return {
            "fichier": self.file,
            "source": self.source,
            "cohortes": list(self.cohorts),
            "statut": self.status,
            "sha256": self.sha256,
            "livraison": self.delivery,
            "lignes": {name: self.counts[name] for name in COUNT_LABELS},
            "interrogeables": dict(self.reachable),
            "recoupements": self.disclosure.as_dict() if self.disclosure else None,
            "constats_par_sorte": [
                {"sorte": kind, "titre": title, "nombre": number, "bloquant": stops}
                for kind, title, number, stops in self.kinds
            ],
            "constats": [
                {
                    "sorte": finding.kind,
                    "ligne": finding.line,
                    "colonne": finding.column,
                    "valeur": finding.value,
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
    if audit["mode"] == "enforce":
        sentences.append(
            f"Chiffres retenus pour l’empêcher\u00a0: {_number(audit['chiffres_retenus'])}, "
            f"sur {_number(audit['lignes_retenues'])} ligne(s)."
        )
    return sentences


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
