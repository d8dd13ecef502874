"""The figures of the day, remembered by a link that is shared: what moved since is told to who opens it later.

The link holds the figures themselves, signed: nothing is stored, and nobody can put other words in the portal's
mouth. A figure that is no longer shown is said to be withdrawn, without its former value.
"""

from dataclasses import dataclass
from datetime import date

from django.core import signing

from stats.indicators import BY_NAME, INDICATORS

# The first name of this module: with another salt, the links shared since then could not be read.
_SIGNER = signing.Signer(salt="stats.remembered")
# Kept short: a comparison of ten items must still fit in a message.
KEPT = (
    "taux_en_emploi_6_mois",
    "taux_en_formation",
    "taux_autres_6_mois",
    "taux_emploi_6_mois",
    "taux_emploi_12_mois",
    "valeur_ajoutee_6_mois",
    "taux_rupture_contrats",
)
_BY_POSITION = {indicator.position: indicator.name for indicator in INDICATORS}
# Where no link is trusted any longer, its figures would be too old to be compared.
LONGEST = 4_000


@dataclass(frozen=True)
class Remembered:
    """What a link remembers: Remembered(day=date(2026, 11, 23), figures={"50022146.pro.r53": {"taux_en_formation": 47}},
    cohorts={"50022146.pro.r53": "2022_2023"}).

    figures: {token of the item: {figure: value, None where it was not shown}}. cohorts: "" where there was none.
    """

    day: date
    figures: dict
    cohorts: dict


@dataclass(frozen=True)
class Move:
    """A figure that is not what the link remembers: Move(token="50022146.pro.r53", name="taux_en_formation",
    before=54, after=49). `before` is None where it was not shown; `after` where it is not shown any more, and then
    `before` is not told either."""

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


def remember(day, figures, cohorts):
    """The text that a link carries: {token: {figure: value or None}}, of which only the figures of KEPT are kept.

    cohorts: {token: code of its cohort}. The same text whenever it is made on that day.
    """
    kept = {
        token: [
            cohorts.get(token, ""),
            {str(BY_NAME[name].position): values[name] for name in KEPT if name in values},
        ]
        for token, values in figures.items()
    }
    return _SIGNER.sign_object([day.isoformat(), kept], compress=True)


def recall(text):
    """The `Remembered` of a link's text, None when it is not one of ours."""
    if len(text) > LONGEST:
        return None
    try:
        day, kept = _SIGNER.unsign_object(text)
    except signing.BadSignature:
        return None
    figures = {
        token: {_BY_POSITION[int(position)]: value for position, value in values.items()}
        for token, (_cohort, values) in kept.items()
    }
    cohorts = {token: cohort for token, (cohort, _values) in kept.items()}
    return Remembered(date.fromisoformat(day), figures, cohorts)


def moves(remembered, figures):
    """Every `Move` between what a link remembers and the figures of today, in the order of the link.

    Items that the link does not remember, and that one added since, have not moved.
    """
    found = []
    for token, before in remembered.figures.items():
        after = figures.get(token)
        if after is None:
            continue
        for name, value in before.items():
            now = after.get(name)
            if now != value:
                found.append(Move(token, name, value if now is not None else None, now))
    return found
