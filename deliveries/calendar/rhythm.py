"""The yearly rhythm of the sources, as far as it is known: what a manager may expect of a year, and corrects."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

Cohort = Callable[[int], str]


@dataclass(frozen=True)
class Proposal:
    """A delivery that a year usually brings. cohort: "" where the source has none, or where it is said in its file alone."""

    source: str
    cohort: str
    expected_on: date
    note: str

    @property
    def key(self) -> str:
        return f"{self.source}/{self.cohort}/{self.expected_on.isoformat()}"


def _last_pooled(year: int) -> str:
    """Early in 2026, the leavers of 2023 and 2024 together are the last ones."""
    return f"{year - 3}_{year - 2}"


def _none(year: int) -> str:
    return ""


_INSERJEUNES = "Publication nationale d’InserJeunes, en début d’année"
_INSERSUP = "Publication d’InserSup, en été"
_PARCOURSUP = "Ouverture de Parcoursup, en janvier"
_NOMENCLATURE = "Nomenclature de la rentrée"
# (source, month, day, cohort, note).
_USUAL: tuple[tuple[str, int, int, Cohort, str], ...] = (
    ("parcoursup_apprentissage", 1, 31, _none, _PARCOURSUP),
    ("bts_attractivite_capacite", 1, 31, _none, _PARCOURSUP),
    ("ij_region_formation", 2, 15, _last_pooled, _INSERJEUNES),
    ("inserjeunes_lycee_pro", 2, 15, _last_pooled, _INSERJEUNES),
    ("inserjeunes_lycee_pro_formation_fine", 2, 15, _last_pooled, _INSERJEUNES),
    ("inserjeunes_lycee_agricole_formation_fine", 2, 15, _last_pooled, _INSERJEUNES),
    ("inserjeunes_cfa", 2, 15, _last_pooled, _INSERJEUNES),
    ("inserjeunes_cfa_formation_fine", 2, 15, _last_pooled, _INSERJEUNES),
    ("affelnet_2nde", 4, 30, _none, "Ouverture d’Affelnet, au printemps"),
    ("catalogue_apprentissage", 6, 1, _none, "Catalogue de l’apprentissage, avant l’été"),
    ("insersup", 7, 15, _last_pooled, _INSERSUP),
    ("bcn_n_formation_diplome", 9, 15, _none, _NOMENCLATURE),
    ("bcn_n_mef", 9, 15, _none, _NOMENCLATURE),
    ("annuaire_education", 10, 1, _none, "Établissements de la rentrée"),
    ("constat", 12, 15, _none, "Constat de la rentrée"),
)


def proposals(year: int) -> list[Proposal]:
    """What a year usually brings, the earliest first."""
    return [
        Proposal(source, cohort(year), date(year, month, day), note)
        for source, month, day, cohort, note in _USUAL
    ]
