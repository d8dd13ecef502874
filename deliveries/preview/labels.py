"""The names under which the lines of a preview are read: those of what a delivery will make are nowhere else yet."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

# Where a group is: at a school or in a territory, for one course or for all of them.
TABLES = {
    "formation_etablissement": "Formations dans un établissement",
    "etablissement": "Établissements, toutes formations",
    "formation_region": "Formations dans une région",
    "region": "Régions, toutes formations",
    "formation_pays": "Formations dans toute la France",
    "pays": "France, toutes formations",
}


@dataclass(frozen=True)
class Place:
    """Place(label="Lycée Bel-Air, Rennes", region="Bretagne", level="etablissement"); region: "" where it is in none."""

    label: str
    region: str
    level: str


@dataclass(frozen=True)
class Labels:
    """Names by code: places by UAI or key of a territory, courses by code of a diploma."""

    places: Mapping[str, Place] = field(default_factory=dict)
    courses: Mapping[str, str] = field(default_factory=dict)

    def after(self, former: "Labels") -> "Labels":
        """These names, and the former ones of what has no name any more."""
        return Labels({**former.places, **self.places}, {**former.courses, **self.courses})

    def place(self, code: str) -> Place:
        return self.places.get(code, Place(code, "", "etablissement"))

    def table(self, place: str, course: str) -> str:
        """The one of TABLES in which a group is."""
        level = self.place(place).level
        level = level if level in {"etablissement", "region"} else "pays"
        return f"formation_{level}" if course else level

    def only(self, places: Iterable[str], courses: Iterable[str]) -> "Labels":
        """The names of these alone."""
        return Labels(
            {code: self.place(code) for code in places},
            {code: self.courses.get(code, code) for code in courses if code},
        )

    def as_dict(self) -> dict[str, dict]:
        places = {code: [place.label, place.region, place.level] for code, place in self.places.items()}
        return {"places": places, "courses": dict(self.courses)}

    @classmethod
    def from_dict(cls, values: Mapping[str, Mapping]) -> "Labels":
        """The one that `as_dict` wrote."""
        return cls({code: Place(*place) for code, place in values["places"].items()}, values["courses"])
