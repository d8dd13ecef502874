"""The feeds of changes: the moves of each version in plain French, as Atom and as JSON Feed."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime
from uuid import NAMESPACE_URL, uuid5

from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from api.files import changes, versions
from stats.wording import SOURCE, number_text

# Entries of the feeds, and lines of the page.
SHOWN = 50


@dataclass(frozen=True)
class Entry:
    """One version: Entry("2026-11-23-221512-120", datetime(…), ("Cohorte 2022-2023 : 12 chiffres nouveaux",), …).

    files: names of its files about changes that can still be read, () once its data are gone.
    """

    version: str
    at: datetime
    sentences: tuple[str, ...]
    files: tuple[str, ...]

    @property
    def id(self):
        return f"urn:uuid:{uuid5(NAMESPACE_URL, f'/donnees/{self.version}/')}"

    @property
    def title(self):
        at = timezone.localtime(self.at)
        return _("Données du %(day)s à %(time)s") % {"day": f"{at:%d/%m/%Y}", "time": f"{at:%H:%M}"}

    @property
    def text(self):
        return "\n".join(self.sentences)


def entries(version):
    """An `Entry` for each version made, newest first; those whose files are served when `version` is published."""
    served = set(versions.served(version))
    return [_entry(name, name in served) for name in versions.made()[:SHOWN]]


def _entry(version, is_served):
    summary = versions.manifest(version)["changements"]
    kept = ("changements.jsonl", versions.CHANGES) if is_served and summary else ()
    at = datetime.strptime(version.rsplit("-", 1)[0], "%Y-%m-%d-%H%M%S")
    return Entry(version, timezone.make_aware(at), tuple(sentences(summary)), kept)


def sentences(summary):
    """["Cohorte 2022-2023 : 1 204 chiffres nouveaux, 31 modifiés, 2 retirés."]; what moved, newest cohort first."""
    if summary is None:
        return [_("Première version des fichiers.")]
    cohorts = defaultdict(Counter)
    for line in summary["detail"]:
        cohorts[line["millesime"]].update({kind: line[kind] for kind in changes.KINDS})
    notes = _of_notes(summary.get("avis", ()))
    if not cohorts and not notes:
        return [_("Aucun chiffre ne change : seules les listes ont été mises à jour.")]
    return [
        _("Cohorte %(cohort)s\u00a0: %(changes)s.")
        % {"cohort": cohort.replace("_", "-"), "changes": _changes(cohorts[cohort])}
        for cohort in sorted(cohorts, reverse=True)
    ] + notes


def _of_notes(notes):
    """What notices say of figures that are withdrawn or contested, and what they say no more."""
    texts = {
        "debut": lambda n: ngettext(
            "Avis sur %(n)s groupe\u00a0: %(note)s", "Avis sur %(n)s groupes\u00a0: %(note)s", n
        ),
        "fin": lambda n: ngettext(
            "Avis levé sur %(n)s groupe\u00a0: %(note)s", "Avis levé sur %(n)s groupes\u00a0: %(note)s", n
        ),
    }
    return [
        text(note[what]) % {"n": number_text(note[what]), "note": _(note["phrase"])}
        for note in notes
        for what, text in texts.items()
        if note[what]
    ]


def _changes(counts):
    """ "12 chiffres nouveaux, 3 modifiés": only the first kind repeats the noun."""
    kinds = [kind for kind in changes.KINDS if counts[kind]]
    return ", ".join(_change(kind, counts[kind], is_first=kind == kinds[0]) for kind in kinds)


def _change(kind, number, is_first):
    words = {
        (changes.NEW, True): ngettext("%(n)s chiffre nouveau", "%(n)s chiffres nouveaux", number),
        (changes.MOVED, True): ngettext("%(n)s chiffre modifié", "%(n)s chiffres modifiés", number),
        (changes.WITHHELD, True): ngettext(
            "%(n)s chiffre désormais masqué", "%(n)s chiffres désormais masqués", number
        ),
        (changes.GONE, True): ngettext("%(n)s chiffre retiré", "%(n)s chiffres retirés", number),
        (changes.MOVED, False): ngettext("%(n)s modifié", "%(n)s modifiés", number),
        (changes.WITHHELD, False): ngettext("%(n)s désormais masqué", "%(n)s désormais masqués", number),
        (changes.GONE, False): ngettext("%(n)s retiré", "%(n)s retirés", number),
    }
    return words[kind, is_first] % {"n": number_text(number)}


def atom(entries, title, page, address, link_of):
    """The feed as Atom; page, address: absolute addresses of the page and of the feed; link_of(entry): of an entry."""
    feed = Atom1Feed(
        title=title, link=page, description="", feed_url=address, language="fr", author_name=SOURCE
    )
    for entry in entries:
        feed.add_item(
            title=entry.title,
            link=link_of(entry),
            description=entry.text,
            unique_id=entry.id,
            pubdate=entry.at,
            updateddate=entry.at,
        )
    return feed.writeString("utf-8")


def json_feed(entries, title, page, address, link_of, file_address):
    """The feed as a JSON Feed 1.1; file_address(version, name): absolute address of a file."""
    return {
        "version": "https://jsonfeed.org/version/1.1",
        "title": title,
        "home_page_url": page,
        "feed_url": address,
        "language": "fr",
        "items": [
            {
                "id": entry.id,
                "url": link_of(entry),
                "title": entry.title,
                "content_text": entry.text,
                "date_published": timezone.localtime(entry.at).isoformat(),
                "attachments": [
                    {"url": file_address(entry.version, name), "mime_type": _media_type(name)}
                    for name in entry.files
                ],
            }
            for entry in entries
        ],
    }


def _media_type(name):
    return "application/json" if name.endswith(".json") else "application/x-ndjson"
