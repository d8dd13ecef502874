"""What a data manager agrees to publish: reports of checks made against one version of the data, by whom and when.

An approval goes to the journal with what it published. Files are published under it only while the version is still
the one that they were checked against.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Approval:
    """The reports of some files, as they were read.

    version: number of the version of the data that the reports compare with. user: primary key of who agreed. at: ISO
    moment of it. confirmed: {SHA-256 of a file: kinds of its findings that have to be confirmed, and were}.
    """

    version: int
    user: int | None
    at: str
    confirmed: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        return {"version": self.version, "par": self.user, "le": self.at, "confirme": dict(self.confirmed)}

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> "Approval":
        """The one that `as_dict` wrote."""
        return cls(values["version"], values["par"], values["le"], values["confirme"])

    def of_file(self, sha256: str) -> dict[str, Any]:
        """For the journal, which has an entry for each file."""
        return self.as_dict() | {"confirme": list(self.confirmed.get(sha256, ()))}

    def holds(self, version: int) -> bool:
        """Whether it still says what would happen: nothing was published since."""
        return self.version == version
