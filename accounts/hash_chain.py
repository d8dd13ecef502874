"""A journal whose entries hold the digest of the one before: whoever edits or deletes one breaks all those after it.

After Haber and Stornetta, "How to time-stamp a digital document" (1991). A chain shows what was changed, it does not
forbid it: whoever may write the whole database can also chain everything again, but not the digests that were exported.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass

# What the first entry holds for the digest of the one before.
START = "0" * 64


@dataclass(frozen=True)
class Entry:
    """One entry as it is kept: `number` names it, `content` is what happened, previous and digest are hexadecimal."""

    number: int
    content: dict
    previous: str
    digest: str


@dataclass(frozen=True)
class Verification:
    """What was found: how many entries hold, the last digest, and the first thing that is wrong ("" when nothing is).

    broken_at: number of the entry where the chain breaks, None when it is whole.
    """

    entries: int
    last: str
    broken_at: int | None = None
    fault: str = ""

    @property
    def is_intact(self) -> bool:
        return not self.fault


def canonical(content: object) -> str:
    """The same text for the same content, whatever the order of keys that a database gives back."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest_of(content: object) -> str:
    """SHA-256 of a content, in hexadecimal."""
    return hashlib.sha256(canonical(content).encode()).hexdigest()


def chained(previous: str, content: object) -> str:
    """The digest of an entry that follows one whose digest is `previous`."""
    return hashlib.sha256(f"{previous}\n{canonical(content)}".encode()).hexdigest()


def verify(entries: Iterable[Entry], first: str, last: str, number: int) -> Verification:
    """Check entries in their order against what is known of the journal.

    first: what the oldest kept entry must hold for the one before. last: digest of the newest. number: how many there
    must be.
    """
    previous, count = first, 0
    for entry in entries:
        if entry.previous != previous:
            fault = f"l’entrée {entry.number} ne suit pas celle d’avant\u00a0: une entrée a été ôtée, ajoutée ou changée"
            return Verification(count, previous, entry.number, fault)
        if entry.digest != chained(previous, entry.content):
            fault = f"l’entrée {entry.number} n’est plus celle qui a été écrite"
            return Verification(count, previous, entry.number, fault)
        previous, count = entry.digest, count + 1
    if previous != last or count != number:
        fault = f"il manque des entrées à la fin\u00a0: {count} au lieu de {number}"
        return Verification(count, previous, None, fault)
    return Verification(count, previous)


def sentence_of(verification: Verification) -> str:
    """What was found, in French: « intact, 4 entrées. », « rompu à l’entrée 3 : … »."""
    if verification.is_intact:
        plural = "s" if verification.entries > 1 else ""
        return f"intact, {verification.entries} entrée{plural}."
    where = "à la fin" if verification.broken_at is None else f"à l’entrée {verification.broken_at}"
    return f"rompu {where}\u00a0: {verification.fault}."
