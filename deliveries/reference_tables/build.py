"""Rebuild the reference tables from the live files, and load the codes that sources may refer to."""

import gzip
from collections.abc import Iterable
from datetime import date
from operator import itemgetter

import pandas as pd
from django.utils import timezone

from deliveries import facts, kept_diplomas
from deliveries.bounds import bounds_of_models
from deliveries.cells import slice_in
from deliveries.checks import recognise, typed_rows
from deliveries.loading import delete_unused, synchronise
from deliveries.reading import read_table
from deliveries.reference_tables import certifications, gathered, nomenclature, schools, teaching, territories
from deliveries.report import Report
from deliveries.source import CellType, Reference, Stage, Tables
from deliveries.sources import ALL
from deliveries.sources.placing import place_name
from establishments.models import Commune, CommuneName, PostalCode, School, Territory
from formations.models import CourseYear, Diploma, Job
from formations.text_folding import fold
from stats.models import Certification, Slice

_TABLES_OF = {
    Stage.TERRITORIES: territories.tables,
    Stage.NOMENCLATURE: nomenclature.tables,
    Stage.SCHOOLS: schools.tables,
    Stage.TEACHING: teaching.tables,
}
_BY_NAME = {source.name: source for source in ALL}


def load() -> Reference:
    """Read the published codes and mappings."""
    regions = Territory.objects.filter(level=Territory.Level.REGION)
    years_of_label = _years_of_labels()
    return Reference(
        known={
            "diploma": set(Diploma.objects.values_list("pk", flat=True)),
            "course_year": set(CourseYear.objects.values_list("pk", flat=True)),
            "course_label": set(years_of_label),
            "school": set(School.objects.values_list("pk", flat=True)),
            "region": {region.code for region in regions},
            "departement": set(
                Territory.objects.filter(level=Territory.Level.DEPARTEMENT).values_list("code", flat=True)
            ),
            "commune": set(Commune.objects.values_list("pk", flat=True)),
            "job": set(Job.objects.values_list("pk", flat=True)),
        },
        mappings={
            "course_year.diploma": dict(CourseYear.objects.values_list("pk", "diploma_id")),
            "mef.diploma": dict(CourseYear.objects.exclude(mef="").values_list("mef", "diploma_id")),
            "course_label.years": years_of_label,
            "region.name": {fold(region.name): region.key for region in regions},
            "commune.place": {
                code: place
                for code, *place in Commune.objects.values_list(
                    "pk", "name", "departement_id", "latitude", "longitude"
                )
            },
            "commune.named": _communes_by_name(),
            "postal_code.communes": _communes_by_postal_code(),
            "commune.other_names": _other_names_of_communes(),
            "departement.region": _regions_of_departements(),
        },
        bounds=bounds_of_models(),
    )


def _communes_by_name():
    """{(name as `placing.place_name` writes it, key of a département): code}, for names that one commune bears there.

    The name of a commune of today comes before the same name of one that it absorbed.
    """
    code_of = {}
    for names in (
        Commune.objects.values_list("pk", "name", "departement_id"),
        CommuneName.objects.order_by("pk").values_list("commune_id", "name", "commune__departement_id"),
    ):
        codes = {}
        for code, name, departement in names:
            codes.setdefault((place_name(name), departement), set()).add(code)
        code_of = {place: same.pop() for place, same in codes.items() if len(same) == 1} | code_of
    return code_of


def _communes_by_postal_code():
    communes = {}
    for postal_code, commune in PostalCode.objects.order_by("pk").values_list("code", "commune_id"):
        communes.setdefault(postal_code, []).append(commune)
    return communes


def _years_of_labels():
    """{folded label of years of courses: [(MEFSTAT11, first day)], the oldest first}: a renewed course keeps its label."""
    years = Certification.objects.filter(kind=Certification.Kind.MEF).order_by("opened_at", "code")
    found = {}
    for code, label, opened_at in years.values_list("code", "label", "opened_at"):
        opened_on = timezone.localdate(opened_at) if opened_at else date.min
        found.setdefault(fold(label), []).append((code, opened_on))
    return {label: sorted(codes, key=itemgetter(1)) for label, codes in found.items()}


def _other_names_of_communes():
    """{code of a commune: names of those that it absorbed, and of places in it}."""
    names = {}
    for commune, name in CommuneName.objects.order_by("pk").values_list("commune_id", "name"):
        names.setdefault(commune, []).append(name)
    return names


def _regions_of_departements():
    """{key of a département: key of its region}, None for one outside the regions."""
    above = dict(Territory.objects.values_list("key", "parent_id"))
    region_of = {}
    for key in above:
        if key.startswith("departement-"):
            parent = above[key]
            while parent and not parent.startswith("region-"):
                parent = above.get(parent)
            region_of[key] = parent
    return region_of


def live_files(names: Iterable[str]) -> list[Slice]:
    """Live slices of these sources, one per file: best source first, then newest file first.

    A file of several school years has one per year.
    """
    pieces = Slice.objects.filter(source__in=names, state=Slice.State.LIVE).select_related("delivery__file")
    slice_of_file = {}
    for piece in sorted(pieces, key=lambda piece: (_BY_NAME[piece.source].rank, -piece.delivery_id)):
        year = piece.cohort if _BY_NAME[piece.source].stage is Stage.TEACHING else ""
        slice_of_file.setdefault((piece.source, piece.delivery.file_id, year), piece)
    return list(slice_of_file.values())


def converted(piece: Slice, reference: Reference) -> Tables:
    """What its source converts the rows of the file of a live slice to."""
    return _BY_NAME[piece.source].convert(live_rows(piece, reference), reference)


def live_rows(piece: Slice, reference: Reference) -> pd.DataFrame:
    """The typed rows of the file of a live slice."""
    delivery = piece.delivery
    source = _BY_NAME[piece.source]
    table = read_table(delivery.file_name, gzip.decompress(bytes(delivery.file.content)))
    _, places = recognise(table, ALL, source.name)
    report = Report(delivery.file_name)
    rows = typed_rows(table, source, places, report, reference)
    if column := source.slice_column:
        told = rows[column.name]
        cohort = piece.cohort or slice_in(delivery.file_name, column.kind)
        rows[column.name] = told.where(told != "", cohort)
        if column.kind is CellType.SCHOOL_YEAR:
            rows = rows[rows[column.name] == cohort] if piece.cohort else rows[rows[column.name] != ""]
    return source.resolve(source.check(rows, report), report, reference)


def rebuild_from(stage: Stage) -> None:
    """Rebuild the tables of a stage and of the later ones from the live files.

    Rows are deleted at the end, last tables first: until then, rows of later tables may refer to them.
    """
    obsolete = []
    for current, tables_of in _TABLES_OF.items():
        if current < stage:
            continue
        reference = load()
        frames = {}
        for piece in live_files([source.name for source in ALL if current in source.stages]):
            frames.setdefault(piece.source, []).append(_tables(piece, current, reference))
        merged = _merged(frames)
        if current is Stage.NOMENCLATURE:
            merged["kept"] = kept_diplomas.tables(set(gathered(merged, "diploma", ("code",))["code"]))
        for table in tables_of(merged, reference):
            _, obsolete_keys = synchronise(table.model, table.rows, table.key)
            obsolete.append((table.model, obsolete_keys))
        if current is Stage.NOMENCLATURE:
            facts.follow_course_years()
    for model, keys in reversed(obsolete):
        delete_unused(model, keys)
    if stage <= Stage.NOMENCLATURE:
        certifications.rebuild(_rows_as_delivered(certifications.SOURCES))


def _rows_as_delivered(names):
    """{source: rows of its live files, before conversion}."""
    reference, rows = load(), {}
    for piece in live_files(names):
        rows.setdefault(piece.source, []).append(live_rows(piece, reference))
    return {name: pd.concat(tables) for name, tables in rows.items()}


def first_stage(names: Iterable[str]) -> Stage:
    """The first stage whose tables these sources fill: the one to rebuild from when they change."""
    return min(stage for name in names for stage in _BY_NAME[name].stages)


def _tables(piece, stage, reference):
    """Of a file of a later stage, what it names: its outcomes would be suppressed again for nothing."""
    source = _BY_NAME[piece.source]
    if source.stage is stage:
        return converted(piece, reference)
    rows = live_rows(piece, reference)
    if stage is Stage.NOMENCLATURE:
        return {"named_diploma": source.diplomas(rows)}
    return {"school": source.schools(rows, reference)}


def _merged(frames):
    """{source: {target: rows of all its files}}, from {source: [tables of a file]}."""
    return {
        name: {
            target: pd.concat([tables[target] for tables in files if target in tables])
            for target in {target for tables in files for target in tables}
        }
        for name, files in frames.items()
    }
