"""Names of the types of diploma that no two types share: the nomenclature gives 71 types the sigle "Titre RNCP"."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

# "TH de niv 5 santé social": levels of the nomenclature before 2019, then who delivers the title.
_FORMER_LEVEL = re.compile(r"^TH de niv \S+ ")


@dataclass(frozen=True)
class TypeName:
    """What tells a type apart: TypeName(label="Titre RNCP", level=3, detail="santé social"); level None and detail ""
    where the label alone does."""

    label: str
    level: int | None = None
    detail: str = ""


def type_names(types: Iterable[tuple[str, str, str, int | None]]) -> dict[str, TypeName]:
    """{code: `TypeName`} of (code, sigle, label, level).

    The sigle, with the level where another type has it too. Where several have both: the sigle for the one of which the
    others are kinds ("Bac professionnel", not "Bac professionnel agricole"), and for the others who delivers the title, or
    the full label; the code at last.
    """
    types = list(types)
    of_sigle = Counter(sigle for _code, sigle, _label, _level in types)
    of_level = Counter((sigle, level) for _code, sigle, _label, level in types)
    labels_of = defaultdict(list)
    for _code, sigle, label, level in types:
        labels_of[sigle, level].append(label)
    ordinary = {
        shortest
        for labels in labels_of.values()
        if (shortest := min(labels, key=len))
        and all(label.startswith(f"{shortest} ") for label in labels if label != shortest)
        and labels.count(shortest) == 1
    }
    names = {}
    for code, sigle, label, level in types:
        if of_sigle[sigle] == 1:
            names[code] = TypeName(sigle)
        elif level and of_level[sigle, level] == 1:
            names[code] = TypeName(sigle, level)
        elif label in ordinary:
            names[code] = TypeName(sigle, level if of_sigle[sigle] > of_level[sigle, level] else None)
        elif _FORMER_LEVEL.match(label):
            names[code] = TypeName(sigle, level, _FORMER_LEVEL.sub("", label))
        else:
            names[code] = TypeName(label)
    alike = Counter(names.values())
    return {
        code: name if alike[name] == 1 else TypeName(name.label, name.level, f"code {code}")
        for code, name in names.items()
    }
