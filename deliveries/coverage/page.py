"""The page of what is covered, as plain dataclasses: one table a kind of course, then what is missing and who would bring it."""

from collections.abc import Iterator
from dataclasses import dataclass

from deliveries.coverage.read import EVERYWHERE, NO_ROW, Counts, live_sources, read_counts
from deliveries.desk.forms import SOURCE_LABELS
from establishments.models import Territory
from stats.indicators import Route
from stats.reasons import SHOWN, Reason

KINDS = {
    Route.SCHOOL.value: "Lycée",
    Route.APPRENTICESHIP.value: "Apprentissage",
    Route.HIGHER.value: "Enseignement supérieur",
}
_NO_ROW_TITLE = "Aucune ligne dans les fichiers de chiffres"

_LISTS_OF_TEACHING = {
    "pro": (
        "constat",
        "attractivite_capacite",
        "affelnet_2nde",
        "affelnet_1re_pro",
        "bts_attractivite_capacite",
    ),
    "apprentissage": ("catalogue_apprentissage", "parcoursup_apprentissage", "affelnet_apprentissage"),
    "superieur": (),
}
_FIGURES = {
    "pro": (
        "inserjeunes_lycee_pro_formation_fine",
        "inserjeunes_lycee_agricole_formation_fine",
        "ij_etablissement_formation",
    ),
    "apprentissage": ("inserjeunes_cfa_formation_fine", "ij_etablissement_formation"),
    "superieur": ("insersup",),
}
_POINTS = ("annuaire_education", "acce_uai", "catalogue_apprentissage_etablissements")
_NOMENCLATURE = ("bcn_n_formation_diplome", "bcn_v_formation_diplome")
_OF_HIGHER = ("bcn_n_diplome_sise", "bcn_n_type_diplome_sise")
_RNCP = ("rncp_kit", "certif_info", "onisep_formations")


@dataclass(frozen=True)
class Row:
    """A region, or all of France: Row(region="Bretagne", kind="pro", counts=Counts(…), missing=(Missing(…),))."""

    region: str
    kind: str
    counts: Counts
    missing: tuple["Missing", ...]

    @property
    def places(self) -> int:
        return sum(self.counts.places.values())

    @property
    def with_figures(self) -> int:
        return self.counts.places.get(SHOWN, 0)

    @property
    def without_figures(self) -> int:
        return self.places - self.with_figures

    @property
    def share(self) -> str:
        """Share of the places that show a figure: "42 %", "–" without a place."""
        return f"{100 * self.with_figures // self.places}\u00a0%" if self.places else "–"

    @property
    def reasons(self) -> list[tuple[str, int]]:
        """[(why a place shows nothing, how many)], the most frequent first."""
        found = [
            (_NO_ROW_TITLE if letter == NO_ROW else Reason(letter).title, number)
            for letter, number in self.counts.places.items()
            if letter != SHOWN
        ]
        return sorted(found, key=lambda reason: (-reason[1], reason[0]))


@dataclass(frozen=True)
class File:
    """A file that would bring what is missing: File(title="Certif Info…", state="publié", is_published=True)."""

    title: str
    state: str
    is_published: bool


@dataclass(frozen=True)
class Missing:
    """Missing(what="sans numéro RNCP", number=12, unit="formations", files=(File(…),)); number: None where nothing is known
    at all."""

    what: str
    number: int | None
    unit: str
    files: tuple[File, ...]


@dataclass(frozen=True)
class Table:
    """One kind of course: Table(kind="pro", title="Lycée", rows=(Row(…),), total=Row(…))."""

    kind: str
    title: str
    rows: tuple[Row, ...]
    total: Row


def coverage_tables() -> list[Table]:
    """A `Table` for each kind of course, with a row for every region, those of which nothing is known included."""
    counts, live = read_counts(), live_sources()
    regions = [(region.key, region.name) for region in Territory.objects.regions()]
    return [_table(kind, title, regions, counts, live) for kind, title in KINDS.items()]


def _table(kind, title, regions, counts, live):
    rows = [_row(name, kind, counts.get((key, kind)) or Counts(), live) for key, name in regions]
    if elsewhere := counts.get(("", kind)):
        rows.append(_row("Région inconnue", kind, elsewhere, live))
    total = _row("France", kind, counts.get((EVERYWHERE, kind)) or Counts(), live)
    return Table(kind, title, tuple(rows), total)


def _row(region, kind, counts, live):
    return Row(region, kind, counts, tuple(_missing(kind, counts, live)))


def _missing(kind: str, counts: Counts, live: dict[str, str]) -> Iterator[Missing]:
    """What is missing of a kind of course somewhere, and the files that would bring it."""
    lists = _LISTS_OF_TEACHING[kind]
    if not counts.places:
        yield Missing("ce qui est enseigné", None, "", _files(lists or _FIGURES[kind], live))
    elif counts.untaught and lists:
        found = counts.untaught
        yield Missing("connus par leurs seuls chiffres", found, "lieux", _files(lists, live))
    if without := sum(number for status, number in counts.places.items() if status == NO_ROW):
        yield Missing("sans aucune ligne de chiffres", without, "lieux", _files(_FIGURES[kind], live))
    nomenclature = _OF_HIGHER if kind == Route.HIGHER else _NOMENCLATURE
    for what, number, unit, sources in (
        ("sans position sur la carte", counts.without_point, "établissements", _POINTS),
        ("que la nomenclature ne connaît pas", counts.without_type, "formations", nomenclature),
        ("sans numéro RNCP", counts.without_rncp, "formations", _RNCP),
        ("sans métier (ROME)", counts.without_job, "formations", ("certif_info",)),
    ):
        if number:
            yield Missing(what, number, unit, _files(sources, live))


def _files(sources, live):
    return tuple(_file(source, live.get(source)) for source in sources)


def _file(source, cohort):
    if cohort is None:
        return File(SOURCE_LABELS[source], "jamais publié", False)
    newest = f"publié, jusqu’à {cohort.replace('_', '-')}" if cohort else "publié"
    return File(SOURCE_LABELS[source], newest, True)


CSV_COLUMNS = (
    *("region", "type", "formations", "etablissements", "lieux", "lieux_avec_chiffres", "lieux_sans_chiffre"),
    *("pourquoi", "lieux_connus_par_leurs_chiffres", "etablissements_sans_position"),
    *(
        "formations_hors_nomenclature",
        "formations_sans_rncp",
        "formations_sans_metier",
        "fichiers_qui_manquent",
    ),
)


def csv_rows(tables: list[Table]) -> Iterator[dict]:
    """Every row of the page as {column: cell}; the files are those that were never published."""
    for table in tables:
        for row in (*table.rows, table.total):
            counts = row.counts
            files = {file.title: None for one in row.missing for file in one.files if not file.is_published}
            cells = (
                *(row.region, table.title, counts.courses, counts.schools, row.places, row.with_figures),
                row.without_figures,
                "\u00a0; ".join(f"{title}\u00a0: {number}" for title, number in row.reasons),
                *(counts.untaught, counts.without_point, counts.without_type),
                *(counts.without_rncp, counts.without_job, "\u00a0; ".join(files)),
            )
            yield dict(zip(CSV_COLUMNS, cells, strict=True))
