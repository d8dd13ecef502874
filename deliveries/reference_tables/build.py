"""Rebuild the reference tables from the live files, and load the codes that sources may refer to."""

import functools
import gzip
from collections.abc import Iterable
from datetime import date
from operator import itemgetter

import pandas as pd
from django.utils import timezone

from deliveries import facts, kept_diplomas, names_in_files
from deliveries.bounds import bounds_of_models
from deliveries.cells import slice_in
from deliveries.checks import recognise, scoring, typed_rows
from deliveries.columns.deduction import resolve
from deliveries.loading import delete_unused, synchronise
from deliveries.reading import read_table
from deliveries.reference_tables import (
    certifications,
    gathered,
    merged_by_target,
    nomenclature,
    schools,
    teaching,
    territories,
)
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
            "course_year.diploma.several": _diplomas_of_shared_years(),
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


def _diplomas_of_shared_years():
    """{MEFSTAT11 that years of several diplomas share: their codes}."""
    shared = CourseYear.objects.exclude(other_diplomas="").values_list("pk", "diploma_id", "other_diplomas")
    return {code: [diploma, *others.split()] for code, diploma, others in shared}


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

    A file of several school years has one per year, and one whose columns are read in two ways has both.
    """
    pieces = Slice.objects.filter(source__in=names, state=Slice.State.LIVE).select_related("delivery__file")
    # Only what is read is loaded: the contents of all files are hundreds of megabytes.
    pieces = pieces.defer("delivery__file__content")
    slice_of_file = {}
    for piece in sorted(pieces, key=lambda piece: (_BY_NAME[piece.source].rank, -piece.delivery_id)):
        year = piece.cohort if _BY_NAME[piece.source].stage is Stage.TEACHING else ""
        columns = frozenset(piece.delivery.columns.items())
        slice_of_file.setdefault((piece.source, piece.delivery.file_id, columns, year), piece)
    return list(slice_of_file.values())


def converted(piece: Slice, reference: Reference) -> Tables:
    """What its source converts the rows of the file of a live slice to."""
    return _BY_NAME[piece.source].convert(live_rows(piece, reference), reference)


def live_rows(piece: Slice, reference: Reference) -> pd.DataFrame:
    """The typed rows of the file of a live slice."""
    delivery = piece.delivery
    source = _BY_NAME[piece.source]
    content = gzip.decompress(bytes(delivery.file.content))
    table = read_table(delivery.file_name, content, scoring(ALL, source.name))
    _, places = recognise(table, ALL, source.name, delivery.columns)
    report = Report(delivery.file_name)
    rows = typed_rows(table, source, places, report, reference)
    if column := source.slice_column:
        told = rows[column.name]
        cohort = piece.cohort or slice_in(delivery.file_name, column.kind)
        rows[column.name] = told.where(told != "", cohort)
        if column.kind is CellType.SCHOOL_YEAR:
            rows = rows[rows[column.name] == cohort] if piece.cohort else rows[rows[column.name] != ""]
    return resolve(source.check(rows, report), source, report, reference)


# {(source, SHA-256 of a file, cohort): its typed and checked rows}.
Typed = dict[tuple[str, str, str], pd.DataFrame]


def rebuild_from(stage: Stage, typed: Typed | None = None) -> None:
    """Rebuild the tables of a stage and of the later ones from the live files.

    typed: rows of files of this stage that were typed a moment ago, with the reference tables of now.
    """
    if stage <= Stage.NOMENCLATURE:
        names_in_files.forget()
    _rebuild(stage, typed or {})


def follow_names(sources: Iterable[str]) -> None:
    """Rebuild the tables that the names in live files of figures change, once the figures of these sources have changed.

    A school or a diploma that only the former files named goes, where nothing refers to it.
    """
    first = min(Stage.SCHOOLS, first_stage(sources))
    for stage in sorted(names_in_files.TARGETS):
        if stage >= first and not names_in_files.is_built_from(
            stage, names_in_files.fingerprint(_named(stage))
        ):
            if stage > first:
                names_in_files.delete_left_over(first)
            _rebuild(stage, {})
            return
    names_in_files.delete_left_over(first)


def _rebuild(stage, typed):
    """Rows are deleted at the end, last tables first: until then, rows of later tables may refer to them."""
    obsolete, built_from, delivered = [], {}, {}
    for current, tables_of in _TABLES_OF.items():
        if current < stage:
            continue
        reference, named, frames = load(), _named(current), {}
        pieces = live_files([source.name for source in ALL if current in source.stages])
        if current is Stage.TEACHING:
            built_from[current] = names_in_files.fingerprint_of_all(pieces, reference)
            if current is not stage and names_in_files.is_built_from(current, built_from[current]):
                continue
        elif current in names_in_files.TARGETS:
            built_from[current] = names_in_files.fingerprint(named)
        for piece in pieces:
            if piece.source in named:
                frames[piece.source] = [{names_in_files.TARGETS[current]: named[piece.source]}]
                continue
            key = (piece.source, piece.delivery.file_id, piece.cohort)
            known = typed.get(key) if current is stage else None
            rows = live_rows(piece, reference) if known is None else known.copy(deep=False)
            frames.setdefault(piece.source, []).append(_tables(piece, rows, current, reference))
            if piece.source in certifications.SOURCES:
                delivered.setdefault(piece.source, []).append(rows)
        merged = merged_by_target(frames)
        if current is Stage.NOMENCLATURE:
            merged["kept"] = kept_diplomas.tables(set(gathered(merged, "diploma", ("code",))["code"]))
        for table in tables_of(merged, reference):
            _, obsolete_keys = synchronise(table.model, table.rows, table.key)
            obsolete.append((current, table.model, obsolete_keys))
        if current is Stage.NOMENCLATURE:
            facts.follow_course_years()
    _delete_obsolete(obsolete, built_from)
    if stage <= Stage.NOMENCLATURE:
        certifications.rebuild({source: pd.concat(tables) for source, tables in delivered.items()})


def _tables(piece, rows, stage, reference):
    """What the rows of a file give to the tables of a stage: those of a later one, the schools that they name."""
    source = _BY_NAME[piece.source]
    if source.stage is stage:
        return source.convert(rows, reference)
    return {"school": source.schools(rows, reference)}


def _delete_obsolete(obsolete, built_from):
    """Delete [(stage, model, keys)], and note what stages were rebuilt from: {stage: fingerprint}.

    Where a row goes, tables of its stage and of later ones were made with it: nothing is noted of these, so that the next
    figures rebuild them without it.
    """
    left_over, changed = {}, set()
    for stage, model, keys in reversed(obsolete):
        left = delete_unused(model, keys)
        left_over.setdefault(stage, []).append((model, left))
        if stage < Stage.TEACHING and len(left) < len(keys):
            changed.add(stage)
    for stage, text in built_from.items():
        names_in_files.note_build(stage, text, left_over.get(stage, []))
    if changed:
        names_in_files.forget_builds(min(changed))


def first_stage(names: Iterable[str]) -> Stage:
    """The first stage whose tables these sources fill: the one to rebuild from when they change."""
    return min(stage for name in names for stage in _BY_NAME[name].stages)


def _named(stage):
    """What live files of figures name for the tables of a stage: see `names_in_files.of`."""
    sources = [source.name for source in ALL if source.stage is Stage.FIGURES and stage in source.stages]
    loaded = functools.cache(load)
    return names_in_files.of(live_files(sources), stage, lambda piece: _read_names(piece, loaded()))


def _read_names(piece, reference):
    rows = live_rows(piece, reference)
    return names_in_files.remember(_BY_NAME[piece.source], piece.delivery.file_id, rows, reference)
