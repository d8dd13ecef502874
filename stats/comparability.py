"""What makes a comparison misleading. Pure: no Django."""

from dataclasses import dataclass
from enum import StrEnum

# Jobs in the public sector count from the leavers of this year on; a pool with an earlier year holds half of them.
PUBLIC_JOBS_SINCE = 2022


class PublicJobs(StrEnum):
    """How far the figures of a cohort count jobs in the public sector."""

    NOT_YET = "pas_encore"
    HALF = "moitie"
    COUNTED = "comptes"


def public_jobs(first_year, last_year):
    """How far a cohort of these leaving years counts jobs in the public sector, as `PublicJobs`."""
    if first_year >= PUBLIC_JOBS_SINCE:
        return PublicJobs.COUNTED
    return PublicJobs.HALF if last_year >= PUBLIC_JOBS_SINCE else PublicJobs.NOT_YET


class Misleading(StrEnum):
    """Why a comparison misleads; each has its sentence (`pages.figures.caveats`)."""

    ROUTES = "voies"
    LEVELS = "niveaux"
    PLACES = "lieux"
    ORIGINS = "origines"
    PUBLIC_JOBS = "secteur_public"
    PERIODS = "periodes"
    COHORTS = "cohortes"


@dataclass(frozen=True)
class Traits:
    """What tells whether an item may be compared with another; None or "" where it is not known.

    name: how a sentence calls the item. place: what it is about, "school" or "region"… origin: "" where the
    figures are its own, None where it has none.
    """

    name: str
    route: str = ""
    level: int | None = None
    place: str = ""
    origin: str | None = None
    public_jobs: str = ""
    is_pooled: bool | None = None
    cohort: str = ""


@dataclass(frozen=True)
class Difference:
    """Items that differ in something: Difference(Misleading.ROUTES, (("pro", ("A", "B")), ("apprentissage", ("C",))))."""

    reason: Misleading
    groups: tuple[tuple[object, tuple[str, ...]], ...]


_TRAITS = (
    (Misleading.ROUTES, "route"),
    (Misleading.LEVELS, "level"),
    (Misleading.PLACES, "place"),
    (Misleading.ORIGINS, "origin"),
    (Misleading.PUBLIC_JOBS, "public_jobs"),
    (Misleading.PERIODS, "is_pooled"),
    (Misleading.COHORTS, "cohort"),
)


def differences(traits):
    """Every `Difference` among items, in the order in which they matter.

    Pooled cohorts against single years say already that cohorts differ: that is not said twice.
    """
    found = []
    for reason, trait in _TRAITS:
        groups = {}
        for item in traits:
            value = getattr(item, trait)
            if value is not None and (value != "" or reason is Misleading.ORIGINS):
                groups.setdefault(value, []).append(item.name)
        is_said = reason is Misleading.COHORTS and any(one.reason is Misleading.PERIODS for one in found)
        if len(groups) > 1 and not is_said:
            found.append(Difference(reason, tuple((value, tuple(names)) for value, names in groups.items())))
    return found
