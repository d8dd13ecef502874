"""The figures of a day, signed into the link that shares a comparison.

The link holds the figures themselves: the portal stores nothing, and the signature keeps anybody from making it
publish other figures.
"""

from dataclasses import dataclass
from datetime import date

from django.core import signing

from stats.indicators import BY_NAME, INDICATORS

# The first name of this module: with another salt, the links shared since then could not be read.
_SIGNER = signing.Signer(salt="stats.remembered")
# Few figures, so that the link of ten items still fits in a message.
KEPT_FIGURES = (
    "taux_en_emploi_6_mois",
    "taux_en_formation",
    "taux_autres_6_mois",
    "taux_emploi_6_mois",
    "taux_emploi_12_mois",
    "valeur_ajoutee_6_mois",
    "taux_rupture_contrats",
)
_NAME_AT = {indicator.position: indicator.name for indicator in INDICATORS}
# The longest text that is read, in characters: a link of ten items has 700.
MAX_LENGTH = 4_000


@dataclass(frozen=True)
class Snapshot:
    """The figures of a comparison on a day.

    Snapshot(day=date(2026, 11, 23), figures={"50022146.pro.r53": {"taux_en_formation": 47, "taux_emploi_6_mois": None}},
    cohorts={"50022146.pro.r53": "2022_2023"})
    figures: {token of the item: {indicator: value, None where it was not shown}}. cohorts: {token: code of the cohort, ""
    where nothing was shown}.
    """

    day: date
    figures: dict[str, dict[str, int | None]]
    cohorts: dict[str, str]


@dataclass(frozen=True)
class FigureChange:
    """A figure that differs from the snapshot: FigureChange("50022146.pro.r53", "taux_en_formation", before=54, after=49).

    before: None where it was not shown. after: None where it is not shown any more; `before` is then None too, because
    what is withdrawn must not be read again.
    """

    token: str
    name: str
    before: int | None
    after: int | None

    @property
    def is_withdrawn(self):
        return self.after is None

    @property
    def is_new(self):
        return self.before is None and not self.is_withdrawn


def encode(snapshot):
    """The signed text of a `Snapshot`, with its KEPT_FIGURES only; the same text for the same snapshot."""
    kept = {
        token: [
            snapshot.cohorts.get(token, ""),
            {str(BY_NAME[name].position): values[name] for name in KEPT_FIGURES if name in values},
        ]
        for token, values in snapshot.figures.items()
    }
    return _SIGNER.sign_object([snapshot.day.isoformat(), kept], compress=True)


def decode(text):
    """The `Snapshot` of a signed text, None when the portal did not sign it."""
    if len(text) > MAX_LENGTH:
        return None
    try:
        day, kept = _SIGNER.unsign_object(text)
    except signing.BadSignature:
        return None
    figures = {
        token: {_NAME_AT[int(position)]: value for position, value in values.items()}
        for token, (_cohort, values) in kept.items()
    }
    cohorts = {token: cohort for token, (cohort, _values) in kept.items()}
    return Snapshot(date.fromisoformat(day), figures, cohorts)


def diff(snapshot, figures):
    """[`FigureChange`] between a snapshot and today’s figures, {token: {indicator: value or None}}.

    Only items that both have are compared; in the order of the snapshot.
    """
    changes = []
    for token, values in snapshot.figures.items():
        if token not in figures:
            continue
        for name, before in values.items():
            after = figures[token].get(name)
            if after != before:
                changes.append(FigureChange(token, name, None if after is None else before, after))
    return changes
