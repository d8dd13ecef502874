"""What a data manager agrees to publish: reports of checks made against one version of the data, by whom and when.

An approval goes to the journal with what it published. Files are published under it only while the version is still
the one that they were checked against, and every warning of their reports was accepted.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from deliveries.checking.results import Tick


@dataclass(frozen=True)
class Accepted:
    """A warning that somebody accepted, and why.

    key, count: of its `checking.results.Tick`. user: primary key of who accepted, with the name of that moment. at: ISO moment
    of it.
    """

    key: str
    count: int
    reason: str
    user: int | None
    user_name: str
    at: str

    def as_dict(self) -> dict[str, Any]:
        return {
            "controle": self.key,
            "nombre": self.count,
            "motif": self.reason,
            "par": self.user,
            "qui": self.user_name,
            "le": self.at,
        }

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> "Accepted":
        """The one that `as_dict` wrote."""
        names = ("controle", "nombre", "motif", "par", "qui", "le")
        return cls(*(values[name] for name in names))


def still_accepted(ticks: Iterable[Tick], accepted: Iterable[Accepted]) -> list[Accepted]:
    """Those that are about a warning of a report, of the same count: what grew or shrank has to be accepted again."""
    warned = {(tick.key, tick.count) for tick in ticks}
    return [one for one in accepted if (one.key, one.count) in warned]


def not_accepted(ticks: Iterable[Tick], accepted: Iterable[Accepted]) -> list[Tick]:
    """The warnings of a report that nobody accepted yet."""
    known = {(one.key, one.count) for one in accepted}
    return [tick for tick in ticks if (tick.key, tick.count) not in known]


@dataclass(frozen=True)
class Signature:
    """Who asked for an agreement, or gave it, with a word. user, user_name, at: as `Accepted`. word: "" for none."""

    user: int | None
    user_name: str
    at: str
    word: str = ""

    def as_dict(self) -> dict[str, Any]:
        return {"par": self.user, "qui": self.user_name, "le": self.at, "mot": self.word}

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> "Signature":
        """The one that `as_dict` wrote."""
        return cls(values["par"], values["qui"], values["le"], values["mot"])


@dataclass(frozen=True)
class Approval:
    """The reports of some files, as they were read.

    version: number of the version of the data that the reports compare with. user: primary key of who agreed. at: ISO
    moment of it. accepted: {SHA-256 of a file: its warnings, accepted one by one}. asked, given: where two people have to
    agree, who asked the other one, None where one is enough, and who answered yes, None before.
    """

    version: int
    user: int | None
    at: str
    accepted: Mapping[str, Sequence[Accepted]] = field(default_factory=dict)
    asked: Signature | None = None
    given: Signature | None = None

    def as_dict(self) -> dict[str, Any]:
        return self._shared() | {"confirme": {sha256: self._of(sha256) for sha256 in self.accepted}}

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> "Approval":
        """The one that `as_dict` wrote."""
        accepted = {
            sha256: [Accepted.from_dict(one) for one in file] for sha256, file in values["confirme"].items()
        }
        asked, given = (
            Signature.from_dict(values[name]) if name in values else None for name in ("demande", "accord")
        )
        return cls(values["version"], values["par"], values["le"], accepted, asked, given)

    def of_file(self, sha256: str) -> dict[str, Any]:
        """For the journal, which has an entry for each file."""
        return self._shared() | {"confirme": self._of(sha256)}

    def holds(self, version: int) -> bool:
        """Whether it still says what would happen: nothing was published since."""
        return self.version == version

    def covers(self, sha256: str, ticks: Iterable[Tick]) -> bool:
        """Whether every warning of the report of a file was accepted."""
        return not not_accepted(ticks, self.accepted.get(sha256, ()))

    def _shared(self):
        signed = {"demande": self.asked, "accord": self.given}
        return {
            "version": self.version,
            "par": self.user,
            "le": self.at,
            **{name: one.as_dict() for name, one in signed.items() if one},
        }

    def _of(self, sha256):
        return [one.as_dict() for one in self.accepted.get(sha256, ())]
