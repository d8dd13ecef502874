"""How large the sheets of an XLS workbook are, read from its records before its reader makes a cell for every place."""

import struct
from collections.abc import Iterator

from deliveries.findings import Refusal

_STREAMS = ("Workbook", "Book")
_END = 0xFFFFFFFA
_BEGINNING, _LOCKED, _SEVERAL = 0x0809, 0x002F, 0x00BD
# Records of cells that hold something: NUMBER, LABEL, LABELSST, RK, FORMULA (three ages), BOOLERR, RSTRING, MULRK.
_CELLS = {0x0203, 0x0204, 0x00FD, 0x027E, 0x0006, 0x0206, 0x0406, 0x0205, 0x00D6, _SEVERAL}


def sizes(content: bytes) -> list[tuple[int, int]]:
    """(rows, columns) of each sheet, up to its last cell. Raises Refusal where a password is needed, ValueError,
    IndexError or struct.error where the file is broken.
    """
    found: list[tuple[int, int]] = []
    for stream in _streams(content):
        for kind, data in _records(stream):
            if kind == _LOCKED:
                raise Refusal("mot_de_passe")
            if kind == _BEGINNING:
                found.append((0, 0))
            elif kind in _CELLS and len(data) >= 4:
                row, column = struct.unpack_from("<HH", data)
                if kind == _SEVERAL:
                    column = max(column, struct.unpack("<H", data[-2:])[0])
                rows, columns = found[-1]
                found[-1] = max(rows, row + 1), max(columns, column + 1)
    return found


def _records(stream: bytes) -> Iterator[tuple[int, bytes]]:
    place = 0
    while place + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, place)
        yield kind, stream[place + 4 : place + 4 + length]
        place += 4 + length


def _streams(content):
    """What the file holds under the names of a workbook: OLE is a file system, with a table of its sectors."""
    size = 1 << struct.unpack_from("<H", content, 30)[0]
    sectors = [content[start : start + size] for start in range(size, len(content), size)]
    table = _numbers(b"".join(sectors[place] for place in _places_of_table(content, sectors)))
    directory = _chain(sectors, table, *struct.unpack_from("<I", content, 48))
    entries = [directory[start : start + 128] for start in range(0, len(directory) - 127, 128)]
    limit, small_start = struct.unpack_from("<II", content, 56)
    small_table = _numbers(_chain(sectors, table, small_start))
    inside = _chain(sectors, table, *struct.unpack_from("<I", entries[0], 116))
    small = [inside[start : start + 64] for start in range(0, len(inside), 64)]
    for entry in entries:
        start, length = struct.unpack_from("<II", entry, 116)
        if entry[:64].decode("utf-16-le", "replace").rstrip("\0") in _STREAMS:
            is_small = length < limit
            yield _chain(small if is_small else sectors, small_table if is_small else table, start)[:length]


def _places_of_table(content, sectors):
    places = [place for place in struct.unpack_from("<109I", content, 76) if place < _END]
    following = struct.unpack_from("<I", content, 68)[0]
    for _turn in sectors:
        if following >= _END:
            break
        *more, following = _numbers(sectors[following])
        places += [place for place in more if place < _END]
    return places


def _numbers(content):
    return struct.unpack(f"<{len(content) // 4}I", content[: len(content) // 4 * 4])


def _chain(sectors, table, start):
    parts = []
    while start < _END:
        # A chain that turns round is longer than the file.
        if len(parts) > len(sectors):
            raise ValueError
        parts.append(sectors[start])
        start = table[start]
    return b"".join(parts)
