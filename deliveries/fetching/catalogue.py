"""What can be fetched, from which service, and the settings that it wants; the environment alone gives them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from deliveries.fetching.http import Manners
from deliveries.fetching.services import apprenticeship, exports, inserjeunes_api, nomenclature
from deliveries.fetching.work import Fetch

_EDUCATION, _HIGHER = "EDUCATION_OPEN_DATA_URL", "HIGHER_EDUCATION_OPEN_DATA_URL"
# Settings that name other datasets of a platform, separated by commas, and the setting of its address.
_MORE = {"EDUCATION_OPEN_DATA_SETS": _EDUCATION, "HIGHER_EDUCATION_OPEN_DATA_SETS": _HIGHER}
_DATASET = re.compile(r"[\w.-]{1,60}")
_FIVE_A_SECOND = Manners(per_second=5)


@dataclass(frozen=True)
class Fetchable:
    """Something that a manager may fetch. name: on the command line and in the journal. address: the setting that holds the
    address of the service. credentials: the other settings that it wants. optional: settings that it may do without. sources: names of those that its files
    are of, () where nobody knows."""

    name: str
    label: str
    address: str
    fetch: Fetch
    credentials: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    asks_cohort: bool = False
    sources: tuple[str, ...] = ()
    manners: Manners = field(default_factory=Manners)

    def missing(self, settings: Mapping[str, str]) -> list[str]:
        """The names of the settings that are wanted and absent."""
        return [name for name in (self.address, *self.credentials) if not settings[name]]


def _education(dataset: str, source: str, label: str) -> Fetchable:
    return Fetchable(dataset, label, _EDUCATION, exports.open_data(dataset), sources=(source,))


_INSERJEUNES = ("INSERJEUNES_USERNAME", "INSERJEUNES_PASSWORD")
_USUAL = (
    Fetchable(
        "inserjeunes-regions",
        "API InserJeunes, formations par région",
        "INSERJEUNES_API_URL",
        inserjeunes_api.regions,
        _INSERJEUNES,
        asks_cohort=True,
        sources=("ij_region_formation",),
        manners=_FIVE_A_SECOND,
    ),
    Fetchable(
        "inserjeunes-etablissements",
        "API InserJeunes, formations par établissement",
        "INSERJEUNES_API_URL",
        inserjeunes_api.schools,
        _INSERJEUNES,
        asks_cohort=True,
        sources=("ij_etablissement_formation",),
        manners=_FIVE_A_SECOND,
    ),
    _education(
        "fr-en-inserjeunes-cfa", "inserjeunes_cfa", "Données ouvertes, InserJeunes, centres d’apprentissage"
    ),
    _education(
        "fr-en-inserjeunes-cfa-formation_fine",
        "inserjeunes_cfa_formation_fine",
        "Données ouvertes, InserJeunes, centres d’apprentissage, formation par formation",
    ),
    _education(
        "fr-en-inserjeunes-lycee_pro",
        "inserjeunes_lycee_pro",
        "Données ouvertes, InserJeunes, lycées professionnels",
    ),
    _education(
        "fr-en-inserjeunes-lycee_pro-formation-fine",
        "inserjeunes_lycee_pro_formation_fine",
        "Données ouvertes, InserJeunes, lycées professionnels, formation par formation",
    ),
    _education("fr-en-annuaire-education", "annuaire_education", "Données ouvertes, annuaire de l’éducation"),
    Fetchable(
        "fr-esr-insersup",
        "Données ouvertes, InserSup",
        _HIGHER,
        exports.open_data("fr-esr-insersup", exports.INSERSUP_ROWS, labels="false"),
        sources=("insersup",),
    ),
    Fetchable(
        "bcn",
        "BCN, tables de la nomenclature",
        "BCN_API_URL",
        nomenclature.tables,
        ("BCN_API_KEY", "BCN_USERNAME", "BCN_PASSWORD"),
        sources=tuple(f"bcn_{name.lower()}" for name in nomenclature.TABLES),
        manners=_FIVE_A_SECOND,
    ),
    Fetchable(
        "acce",
        "ACCE, extraction des établissements",
        "ACCE_EXTRACT_URL",
        exports.acce,
        optional=("ACCE_USERNAME", "ACCE_PASSWORD"),
        sources=("acce_uai", "acce_uai_fille", "acce_uai_mere", "acce_uai_spec", "acce_uai_zone"),
    ),
    Fetchable(
        "catalogue-apprentissage",
        "Catalogue de l’apprentissage",
        "APPRENTICESHIP_API_URL",
        apprenticeship.catalogue,
        ("APPRENTICESHIP_USERNAME", "APPRENTICESHIP_PASSWORD"),
        sources=("catalogue_apprentissage", "catalogue_apprentissage_etablissements"),
        manners=_FIVE_A_SECOND,
    ),
)


def by_name(settings: Mapping[str, str]) -> dict[str, Fetchable]:
    """What can be fetched, and the datasets that the deployment adds, by name."""
    found = {what.name: what for what in _USUAL}
    for name, address in _MORE.items():
        for dataset in filter(_DATASET.fullmatch, map(str.strip, settings[name].split(","))):
            label = f"Données ouvertes, {dataset}"
            found.setdefault(dataset, Fetchable(dataset, label, address, exports.open_data(dataset)))
    return found


def configured_for(settings: Mapping[str, str]) -> dict[str, str]:
    """{source: name of what fetches it} of what has all its settings."""
    return {
        source: what.name
        for what in by_name(settings).values()
        if not what.missing(settings)
        for source in what.sources
    }
