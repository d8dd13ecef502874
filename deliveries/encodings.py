"""Bytes of a delivered file → text, whatever wrote it, and what a file is that is no text at all."""

import io
import re
import unicodedata
import zipfile
from dataclasses import dataclass

from deliveries.archives import is_workbook
from deliveries.findings import Refusal
from deliveries.quoting import HIDDEN

_ADVICE_TABLE = "ouvrez-le et enregistrez-le en XLSX ou en CSV (UTF-8)"
_ADVICE_ARCHIVE = "décompressez-le et donnez le fichier qu’il contient"
_ADVICE_OTHER = "donnez le fichier CSV ou JSON de la source"
_ADVICE_WEB = "le téléchargement a échoué, recommencez-le"
_WORKBOOK, _ARCHIVE = (
    ("un classeur d’un autre format", _ADVICE_TABLE),
    ("un fichier compressé", _ADVICE_ARCHIVE),
)
# First bytes → what the file is.
_SIGNATURES = {
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": ("un document de bureautique", _ADVICE_OTHER),
    b"BZh": _ARCHIVE,
    b"\xfd7zXZ\x00": _ARCHIVE,
    b"7z\xbc\xaf\x27\x1c": _ARCHIVE,
    b"Rar!": _ARCHIVE,
    b"\x28\xb5\x2f\xfd": _ARCHIVE,
    b"%PDF": ("un document PDF", _ADVICE_OTHER),
    b"PAR1": ("un fichier Parquet", _ADVICE_OTHER),
    b"SQLite format 3": ("une base de données", _ADVICE_OTHER),
    b"{\\rtf": ("un document de traitement de texte", _ADVICE_OTHER),
    b"\x89PNG": ("une image", _ADVICE_OTHER),
    b"\xff\xd8\xff": ("une image", _ADVICE_OTHER),
}
_HTML = re.compile(r"<(?:!doctype html|html|head|body|title|script|h1|p|div)\b", re.IGNORECASE)
# UTF-32 comes first: its mark begins with that of UTF-16.
_MARKS = {
    b"\xff\xfe\x00\x00": "utf-32",
    b"\x00\x00\xfe\xff": "utf-32",
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
}
_FRENCH = "éèêëàâçôîïùûÉÈÊÀÂÇÔÎœŒæ"
_USUAL = _FRENCH + "äöüÄÖÜËÏÙÛñÑáíóúãõ’‘“”«»–—…°ºª²³€·•\u00a0\u202f\u2009"
_INVISIBLE = dict.fromkeys((0xAD, 0x200B, 0xFEFF))
_BETWEEN_WORDS = re.compile('[ \\n\\t;,|"]')
# A byte that CP1252 reads, read as Latin-1 by who saved the file again: a control character in UTF-8.
_CONTROLS = re.compile("[\x80-\x9f]")
_SPECIALS = bytes(range(0x80, 0xA0)).decode("cp1252", errors="ignore")
_TAIL = f"[\x80-\xbf{re.escape(_SPECIALS)}]"
_SIGN_OF_TWICE = re.compile(f"Ã{_TAIL}|â€{_TAIL}")
_TWICE = re.compile(f"[\xc2-\xdf]{_TAIL}|[\xe0-\xef]{_TAIL}{{2}}|[\xf0-\xf4]{_TAIL}{{3}}")

# What accents become when a program reads them in the encoding of another: "LycÇe", "Lyc√©e", "Lyc�e", "Lyc?e".
_DAMAGED = f"[a-zà-ÿ][^\x00-\x7fà-ÿ{_USUAL}]{{1,3}}[a-z]|[a-z][ÀÂÇÈÉÊËÎÏÔÙÛÜÚÓÞ][a-z]|\ufffd"
_ASKED = "[^\\W\\d_]\\?[a-z]"
# In a cell; an address may hold a question mark.
DAMAGED = re.compile(f"{_DAMAGED}|^[^/=]*{_ASKED}[^/=]*$")
CONTROLS = "[\x00-\x08\x0b\x0c\x0e-\x1f]"
# In a whole file.
SUSPECT = re.compile(f"{_DAMAGED}|{_ASKED}|{CONTROLS}")


@dataclass(frozen=True)
class Decoded:
    """What bytes say.

    text: with "\\n" at the end of lines, without invisible characters. encoding: what it was read with. repaired: (a
    word as it was, the same word repaired) where accents had been encoded twice, None elsewhere.
    """

    text: str
    encoding: str
    repaired: tuple[str, str] | None = None


def refuse_other_natures(content: bytes) -> None:
    """Raise Refusal, saying what the file is, when its first bytes are those of a workbook, an archive, an image…"""
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        raise _refusal(*_nature_of_zip(content))
    if content[257:262] == b"ustar":
        raise _refusal(*_ARCHIVE)
    for signature, nature in _SIGNATURES.items():
        if content.startswith(signature):
            raise _refusal(*nature)


def refuse_markup(text: str) -> None:
    """Raise Refusal when the text is a web page or another XML document."""
    start = text.lstrip()[:2000]
    if start.startswith("<"):
        raise _refusal(
            *("une page web", _ADVICE_WEB) if _HTML.search(start) else ("un fichier XML", _ADVICE_OTHER)
        )


def _refusal(nature: str, advice: str) -> Refusal:
    return Refusal("autre_nature", value=nature, expected=advice)


def _nature_of_zip(content: bytes) -> tuple[str, str]:
    try:
        names = zipfile.ZipFile(io.BytesIO(content)).namelist()
    except zipfile.BadZipFile:
        return _ARCHIVE
    if is_workbook(names):
        return _WORKBOOK
    if any(name.startswith("word/") for name in names):
        return "un document de traitement de texte", _ADVICE_OTHER
    return _ARCHIVE


def decode(content: bytes) -> Decoded:
    """The text of bytes in UTF-8, UTF-16, UTF-32, CP1252, Mac Roman or CP850, with or without a byte order mark.

    Accents that were encoded twice ("LycÃ©e") are repaired. Raises Refusal with the place of the first bytes that no
    encoding reads as French.
    """
    text, encoding = _decoded(content)
    text = text.replace("\r\n", "\n").replace("\r", "\n").translate(_INVISIBLE)
    found = _SIGN_OF_TWICE.search(text) or _CONTROLS.search(text)
    excerpt = _excerpt(text, found.start()) if found else None
    # A Mac writes some letters as a letter, then its accent.
    return Decoded(unicodedata.normalize("NFC", _encoded_once(text) if found else text), encoding, excerpt)


def _decoded(content: bytes) -> tuple[str, str]:
    wide = next((name for mark, name in _MARKS.items() if content.startswith(mark)), "") or _wide(content)
    try:
        return content.decode(wide or "utf-8-sig").removeprefix("\ufeff"), wide or "utf-8"
    except UnicodeDecodeError as error:
        start = error.start
    if wide or b"\x00" in content:
        raise _unreadable(content, start)
    return _eight_bits(content)


def _wide(content: bytes) -> str:
    """The name of UTF-16 without a mark, which has a zero every other byte; "" for anything else."""
    start = content[:1000]
    zeros = start[::2].count(0), start[1::2].count(0)
    if sum(zeros) * 4 < len(start) or not start:
        return ""
    return "utf-16-be" if zeros[0] > zeros[1] else "utf-16-le"


def _eight_bits(content: bytes) -> tuple[str, str]:
    """CP1252, unless Mac Roman or CP850, which read any bytes, give a text that is clearly more French."""
    latin = content.decode("cp1252", errors="replace")
    best, name = latin, "iso-8859-1"
    for encoding in ("mac_roman", "cp850"):
        text = content.decode(encoding)
        if _likeness(text) > _likeness(best) and _french(text) > 0:
            best, name = text, encoding.replace("_", "-")
    if "\ufffd" in best:
        # Bytes that CP1252 lacks are control characters in ISO-8859-1, which no French text holds.
        raise _unreadable(content, latin.index("\ufffd"))
    return best, name


def _french(text: str) -> int:
    return sum(map(text.count, _FRENCH))


def _likeness(text: str) -> int:
    """French letters, less the characters that French texts do not hold, and capitals with an accent inside a word."""
    odd = len(re.findall(f"[^\x00-\x7f{_USUAL}]", text))
    return _french(text) - odd - 2 * len(re.findall("[a-z][ÀÂÇÈÉÊËÎÏÔÙÛÜ](?=[a-z])", text))


def _unreadable(content: bytes, start: int) -> Refusal:
    excerpt = content[max(start - 10, 0) : start + 10].decode("latin-1").replace("\x00", "")
    # The numbers beside it may be those of a small group.
    excerpt = re.sub(r"\d+", HIDDEN, excerpt)
    return Refusal("encodage", line=content.count(b"\n", 0, start) + 1, value=excerpt)


def _encoded_once(text: str) -> str:
    """The text, with accents encoded once."""
    for _ in range(3):
        if not _SIGN_OF_TWICE.search(text):
            break
        text = _TWICE.sub(_once, text)
    return _CONTROLS.sub(_of_cp1252, text)


def _excerpt(text: str, start: int) -> tuple[str, str]:
    """The word around a place, as it is and with its accents encoded once."""
    end = _BETWEEN_WORDS.search(text, start)
    word = _BETWEEN_WORDS.split(text[max(start - 30, 0) : end.start() if end else None])[-1]
    return word, _encoded_once(word)


def _once(match: re.Match) -> str:
    try:
        return b"".join(map(_byte, match[0])).decode("utf-8")
    except UnicodeDecodeError:
        return match[0]


def _byte(character: str) -> bytes:
    try:
        return character.encode("cp1252")
    except UnicodeEncodeError:
        return character.encode("latin-1")


def _of_cp1252(match: re.Match) -> str:
    return match[0].encode("latin-1").decode("cp1252", errors="ignore") or match[0]
