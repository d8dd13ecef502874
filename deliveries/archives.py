"""Compressed files: unpacked as a stream, and never more than a memory holds."""

import gzip
import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO

from deliveries.findings import Refusal, printable

MOST_BYTES, MOST_FILES = 500 * 1024**2, 200
# A table of figures shrinks to a tenth, at most to a fiftieth: beyond, somebody made the file to fill a memory.
MOST_TIMES, ANY_RATIO_BELOW = 200, 10 * 1024**2
GZIP, ZIP = b"\x1f\x8b", (b"PK\x03\x04", b"PK\x05\x06")
_CHUNK = 1024**2
_IS_ENCRYPTED = 0x1
# What a Mac adds to the archives that it makes.
_NO_FILES = ("__MACOSX/", ".DS_Store", "Thumbs.db")
_FAULTS = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError)


class Meter:
    """Counts what is unpacked of a file, and refuses it once that is more than such a file holds."""

    def __init__(self, packed: int) -> None:
        self._most = min(MOST_BYTES, max(packed * MOST_TIMES, ANY_RATIO_BELOW))
        self._unpacked = 0

    def add(self, size: int) -> None:
        self._unpacked += size
        if self._unpacked > self._most:
            raise Refusal("archive_trop_grande", expected=f"{self._most // 1024**2}\u00a0Mo")


def is_workbook(names: list[str]) -> bool:
    """Whether a ZIP of these files is a workbook, XLSX or ODS, rather than an archive of files."""
    return any(name.startswith("xl/") for name in names) or {"content.xml", "mimetype"} <= set(names)


def is_archive(content: bytes | IO[bytes]) -> bool:
    """Whether the content, or an open file, is a ZIP of files: not a workbook, nor a document."""
    file = _opened(content)
    start = file.read(len(ZIP[0]))
    file.seek(0)
    if start not in ZIP:
        return False
    try:
        names = zipfile.ZipFile(file).namelist()
    except _FAULTS:
        return True
    return not is_workbook(names) and not any(name.startswith(("word/", "ppt/")) for name in names)


def is_larger_than(content: bytes, most: int) -> bool:
    """Whether a file unpacks to more bytes than that; not what a broken one would, which is refused as such."""
    try:
        if content.startswith(ZIP):
            infos = zipfile.ZipFile(io.BytesIO(content)).infolist()
            return sum(info.file_size for info in infos) > most
        if content.startswith(GZIP):
            with gzip.open(io.BytesIO(content)) as file:
                return file.seek(most + 1) > most
    except _FAULTS:
        return False
    return len(content) > most


def gunzip(content: bytes) -> bytes:
    """What a gzipped file holds; raises Refusal where it is cut, too large, or an archive in its turn."""
    meter, parts, rest = Meter(len(content)), [], content
    try:
        while rest:
            unpacker = zlib.decompressobj(wbits=31)
            while not unpacker.eof:
                part = unpacker.decompress(rest, _CHUNK)
                rest = unpacker.unconsumed_tail
                if not part and not rest and not unpacker.eof:
                    raise EOFError
                meter.add(len(part))
                parts.append(part)
            # Nothing but zeros may follow, or another part.
            rest = unpacker.unused_data.lstrip(b"\x00")
    except _FAULTS as error:
        raise Refusal("archive_illisible") from error
    unpacked = b"".join(parts)
    if unpacked.startswith(GZIP) or is_archive(unpacked):
        raise Refusal("archive_imbriquee")
    return unpacked


def members(content: bytes) -> Iterator[tuple[str, bytes]]:
    """(name, content) of each file of a ZIP archive, as `open_members`."""
    for name, _, file in open_members(io.BytesIO(content)):
        yield name, file.read()


def open_members(archive: IO[bytes]) -> Iterator[tuple[str, int, IO[bytes]]]:
    """(name, size, open file) of each file of a ZIP archive, one at a time; names are never used as paths.

    Raises Refusal before the first one where the archive is broken, encrypted, too large, empty, or holds an archive.
    """
    infos = _checked(archive)
    book = zipfile.ZipFile(archive)
    for info in infos:
        with book.open(info) as file:
            yield printable(info.filename), info.file_size, file


def _opened(content):
    return io.BytesIO(content) if isinstance(content, bytes) else content


def _checked(archive):
    """The files of an archive, each read once to its end."""
    try:
        packed = archive.seek(0, io.SEEK_END)
        book = zipfile.ZipFile(archive)
        infos = [info for info in book.infolist() if _is_file(info)]
        meter = Meter(packed)
        for info in infos[: MOST_FILES + 1]:
            refuse_encrypted(info)
            for place, chunk in enumerate(stream(book, info, meter)):
                if place == 0 and (
                    chunk.startswith(GZIP) or (chunk.startswith(ZIP) and _is_nested(book, info))
                ):
                    raise Refusal("archive_imbriquee")
    except _FAULTS as error:
        raise Refusal("archive_illisible") from error
    if len(infos) > MOST_FILES:
        raise Refusal("archive_trop_grande", expected=f"{MOST_FILES} fichiers")
    if not infos:
        raise Refusal("fichier_vide")
    return infos


def _is_file(info):
    return not info.is_dir() and not any(part in info.filename for part in _NO_FILES)


def _is_nested(book, info):
    Meter(info.compress_size).add(info.file_size)
    with book.open(info) as file:
        return is_archive(file)


def refuse_encrypted(info: zipfile.ZipInfo) -> None:
    if info.flag_bits & _IS_ENCRYPTED:
        raise Refusal("mot_de_passe")


def stream(book: zipfile.ZipFile, info: zipfile.ZipInfo, meter: Meter) -> Iterator[bytes]:
    """The content of a file of a ZIP, by pieces; what it says of its size is not believed."""
    # An archive that says that it is too large is not even opened.
    if info.file_size > MOST_BYTES:
        meter.add(info.file_size)
    with book.open(info) as file:
        while chunk := file.read(_CHUNK):
            meter.add(len(chunk))
            yield chunk
