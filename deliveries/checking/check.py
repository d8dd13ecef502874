"""What a check is: its words, what it gives when it fails, and the sources to which it applies."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

from stats.indicators import GROUP_SIZE, LEAVERS, SITUATIONS
from stats.translatable import LabelledEnum, gettext_noop

if TYPE_CHECKING:
    from deliveries.source import Source


class Group(LabelledEnum):
    """What a check is about, in the order in which a file goes through them."""

    FILE = "fichier", gettext_noop("Fichier")
    STRUCTURE = "structure", gettext_noop("Structure")
    CODES = "codes", gettext_noop("Codes")
    VALUES = "valeurs", gettext_noop("Valeurs")
    PLACES = "lieux", gettext_noop("Lieux")
    NOMENCLATURE = "nomenclature", gettext_noop("Cohérence avec la nomenclature")
    PUBLISHED = "publie", gettext_noop("Cohérence avec les données publiées")
    CONFIDENTIALITY = "secret", gettext_noop("Secret statistique")


class Step(IntEnum):
    """How far a file has come when a check is made: each step waits for the one before."""

    READING = 1
    HEADER = 2
    ROWS = 3
    PUBLISHED = 4


class Level(LabelledEnum):
    """What a check gives when it fails. A source may let pass what others refuse: see `Source.stops`."""

    FAILURE = "echec", "échec"
    FAILURE_OF_FIGURES = "echec_chiffres", "échec pour un fichier de chiffres, avertissement pour les autres"
    WARNING = "avertissement", "avertissement"
    NOTE = "information", "information"


class Scope(LabelledEnum):
    """The sources to which a check applies."""

    ALL = "toutes", "toutes les sources"
    FIGURES = "chiffres", "les fichiers de chiffres"
    SHARES = "parts", "les fichiers de chiffres qui donnent les trois parts"
    HEAD_COUNTS = "effectifs", "les fichiers de chiffres qui donnent des effectifs"
    VALUE_ADDED = "valeur_ajoutee", "les fichiers de chiffres qui donnent la valeur ajoutée"
    COURSE_YEARS = "annees", "les fichiers de chiffres par année de formation (MEFSTAT11)"
    COHORTS = "cohortes", "les fichiers qui disent une cohorte"
    SCHOOL_YEARS = "rentrees", "les fichiers qui disent une rentrée"
    SCHOOL_CODES = "uai", "les fichiers qui nomment des établissements"
    REGION_NAMES = "regions", "les fichiers de chiffres qui nomment des régions"
    REGION_CODES = "codes_regions", "les fichiers de chiffres qui donnent des codes de région"
    SCHOOLS = "etablissements", "les listes d’établissements"
    POSITIONS = "positions", "les listes d’établissements qui donnent des positions"
    REFERENCES = "references", "les fichiers dont un code vient d’une nomenclature"
    NOMENCLATURE = "nomenclature", "les tables de la nomenclature"
    DIPLOMAS = "diplomes", "la table des diplômes (N_FORMATION_DIPLOME, V_FORMATION_DIPLOME)"
    DATES = "dates", "les fichiers qui donnent des dates"

    def holds(self, source: Source) -> bool:
        """Whether checks of this scope apply to the files of a source."""
        names = {column.name for column in source.columns}
        kinds = {column.kind.value for column in source.columns}
        is_of = {
            Scope.ALL: True,
            Scope.FIGURES: source.has_cohorts,
            Scope.SHARES: source.has_cohorts and set(SITUATIONS) <= names,
            Scope.HEAD_COUNTS: source.has_cohorts and {GROUP_SIZE, LEAVERS} <= names,
            Scope.VALUE_ADDED: source.has_cohorts and "taux_emploi_6_mois_attendu" in names,
            Scope.COURSE_YEARS: source.has_cohorts and "mefstat11" in names,
            Scope.COHORTS: "millesime" in kinds,
            Scope.SCHOOL_YEARS: "rentree" in kinds,
            Scope.SCHOOL_CODES: "uai" in kinds,
            Scope.REGION_NAMES: source.has_cohorts and "region" in names,
            Scope.REGION_CODES: source.has_cohorts and {"code_region", "code_region_ij"} <= names,
            Scope.SCHOOLS: source.stage.name == "SCHOOLS",
            Scope.POSITIONS: source.stage.name == "SCHOOLS" and bool(names & {"latitude", "coordonnee_x"}),
            Scope.REFERENCES: any(column.refers for column in source.columns),
            Scope.NOMENCLATURE: source.stage.name == "NOMENCLATURE",
            Scope.DIPLOMAS: "groupe_specialite" in names and "formation_diplome" in names,
            Scope.DATES: "date" in kinds,
        }
        return is_of[self]


@dataclass(frozen=True)
class Check:
    """One named check; reports, documentation, pages and the command line follow from these declarations.

    code: stable name, which is also the kind of its findings (`deliveries.findings.Finding`).
    title: a few words. looks_at: what it looks at, one sentence.
    sentence: what is wrong, of each finding; may use {value}, {column}, {expected} and {hint}.
    guidance: what to do about it.
    level: what it gives when it fails. scope: the sources to which it applies.
    needs_database: whether it compares the file with what is published.
    must_be_confirmed: whether a file that fails it waits for somebody's word before it is published.
    step: when it is made.
    is_computed: whether the values of its findings are computed by the portal from no number of a row (lengths, places,
        numbers of rows), so that reports on files of figures may quote them (`deliveries.quoting`).
    """

    code: str
    group: Group
    title: str
    looks_at: str
    sentence: str
    guidance: str
    level: Level = Level.WARNING
    scope: Scope = Scope.ALL
    needs_database: bool = False
    must_be_confirmed: bool = False
    is_computed: bool = False
    step: Step = Step.ROWS


def beside_published(
    code: str, group: Group, title: str, looks_at: str, sentence: str, guidance: str
) -> Check:
    """A check of figures beside those that are published; its findings quote what the portal computes."""
    return Check(
        code,
        group,
        title,
        looks_at,
        sentence,
        guidance,
        scope=Scope.FIGURES,
        needs_database=True,
        step=Step.PUBLISHED,
        is_computed=True,
    )
