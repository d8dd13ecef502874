"""What makes a comparison of figures misleading."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

# InserJeunes (documentation of DEPP and Dares) counts jobs in the public sector from the leavers of this year on. A
# cohort of two years that starts the year before counts half of them.
PUBLIC_JOBS_SINCE = 2022


class PublicJobs(StrEnum):
    """How far the figures of a cohort count jobs in the public sector."""

    NOT_YET = "pas_encore"
    HALF = "moitie"
    COUNTED = "comptes"


def public_jobs(first_year: int, last_year: int) -> PublicJobs:
    """How far a cohort that left school in these years counts jobs in the public sector."""
    if first_year >= PUBLIC_JOBS_SINCE:
        return PublicJobs.COUNTED
    return PublicJobs.HALF if last_year >= PUBLIC_JOBS_SINCE else PublicJobs.NOT_YET


class Misleading(StrEnum):
    """Why a comparison misleads; `pages.figures.caveats` has a sentence for each."""

    ROUTES = "voies"
    LEVELS = "niveaux"
    PLACES = "lieux"
    ORIGINS = "origines"
    PUBLIC_JOBS = "secteur_public"
    PERIODS = "periodes"
    COHORTS = "cohortes"


@dataclass(frozen=True)
class Traits:
    """What decides whether the figures of an item may be compared with others; None or "" where it is not known.

    Traits(name="A", route="pro", level=3, place="school", origin="ancienne", public_jobs="comptes", is_pooled=True,
    cohort="2022 et 2023")
    name: how sentences call the item. place: what kind of group is counted, "school", "region"… origin: whose figures
    stand in for the item’s, "" where they are its own, None where it has none.
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
    """Items that differ by a trait: Difference(Misleading.ROUTES, (("pro", ("A", "B")), ("apprentissage", ("C",)))).

    groups: (value of the trait, names of the items that have it), in the order of the items.
    """

    reason: Misleading
    groups: tuple[tuple[str | int | bool, tuple[str, ...]], ...]


# In the order in which they matter to a reader.
_TRAITS = (
    (Misleading.ROUTES, "route"),
    (Misleading.LEVELS, "level"),
    (Misleading.PLACES, "place"),
    (Misleading.ORIGINS, "origin"),
    (Misleading.PUBLIC_JOBS, "public_jobs"),
    (Misleading.PERIODS, "is_pooled"),
    (Misleading.COHORTS, "cohort"),
)


def differences(items: Iterable[Traits]) -> list[Difference]:
    """Every `Difference` among items, the most important first.

    Cohorts of two years beside single years are told as a difference of periods only: that the cohorts differ follows.
    """
    items = list(items)
    groups_by_reason = {reason: _groups(items, reason, trait) for reason, trait in _TRAITS}
    if len(groups_by_reason[Misleading.PERIODS]) > 1:
        del groups_by_reason[Misleading.COHORTS]
    return [
        Difference(reason, tuple((value, tuple(names)) for value, names in groups.items()))
        for reason, groups in groups_by_reason.items()
        if len(groups) > 1
    ]


def _groups(items: list[Traits], reason: Misleading, trait: str) -> dict[str | int | bool, list[str]]:
    """{value of the trait: names of the items}; an origin of "" is known, whereas other traits are not."""
    groups: dict[str | int | bool, list[str]] = {}
    for item in items:
        value = getattr(item, trait)
        if value is not None and (value != "" or reason is Misleading.ORIGINS):
            groups.setdefault(value, []).append(item.name)
    return groups
