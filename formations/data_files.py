"""Content that an editor changes without touching code: one entry a line, read once, refused with its line. Pure: no Django.

Lines that begin with # are comments. The cells of an entry are parted by a semicolon; blanks around them do not count.
"""

import re
from dataclasses import dataclass
from pathlib import Path


class DataFileError(ValueError):
    """A line that cannot be read: "search/data/synonyms.txt, ligne 12 : 3 cellules attendues, 2 trouvées"."""


@dataclass(frozen=True)
class Entry:
    """The cells of one line: Entry(cells=("st", "saint"), place="formations/data/short_forms.txt, ligne 3")."""

    cells: tuple[str, ...]
    place: str

    def error(self, message: str) -> DataFileError:
        return DataFileError(f"{self.place} : {message}")

    def pattern(self, form: str = "{}", flags: int = 0) -> re.Pattern:
        """The first cell as a regular expression, put inside `form`; raises DataFileError when it is not one."""
        try:
            return re.compile(form.format(self.cells[0]), flags)
        except re.error as error:
            raise self.error(f"expression régulière incorrecte, {error}") from error


def read_entries(path: Path, number_of_cells: int, separator: str = ";") -> list[Entry]:
    """The entries of a file, in its order; raises DataFileError.

    Each has `number_of_cells` cells, the first of which is filled and belongs to no other entry.
    """
    entries, known = [], set()
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = tuple(cell.strip() for cell in line.split(separator))
        entry = Entry(cells, f"{'/'.join(path.parts[-3:])}, ligne {number}")
        if len(cells) != number_of_cells:
            raise entry.error(f"{number_of_cells} cellules attendues, {len(cells)} trouvées")
        if not cells[0]:
            raise entry.error("la première cellule est vide")
        if cells[0] in known:
            raise entry.error(f"« {cells[0]} » est déjà plus haut")
        known.add(cells[0])
        entries.append(entry)
    return entries
