"""`manage.py ingest`: publish official files, or say why not."""

import json
import sys
from collections import Counter
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from deliveries import column_mappings
from deliveries.cells import cohort_code
from deliveries.checks import scoring
from deliveries.columns import told_in_file
from deliveries.findings import Refusal
from deliveries.progress import Progress, told_to
from deliveries.publication import File, publish
from deliveries.reading import read_sample
from deliveries.report import (
    COUNT_LABELS,
    SHOWN_FINDINGS,
    deduced_lines,
    disclosure_sentences,
    reachable_sentence,
)
from deliveries.signals import announce_publication
from deliveries.sources import ALL
from deliveries.unpacking import SUFFIXES, unpacked

STATUS_WORDS = {
    "publie": "publié",
    "a_publier": "serait publié (essai à blanc)",
    "a_confirmer": "À CONFIRMER, rien n’est publié",
    "inchange": "inchangé",
    "refuse": "REFUSÉ",
    "non_reconnu": "non reconnu",
}


CONFIRM = "Des fichiers demandent une confirmation\u00a0: lisez leurs constats, puis relancez avec --confirm."


class Bar(Progress):
    """Shows the stage under way, as the pages of the managers' desk do."""

    def __init__(self, bar: tqdm) -> None:
        self._bar = bar

    def stage(self, title: str, total: int = 0, unit: str = "") -> None:
        self._bar.set_description(title, refresh=False)
        self._bar.reset(total or None)

    def advance(self, rows: int = 1) -> None:
        self._bar.update(rows)


class Command(BaseCommand):
    help = "Publie des fichiers officiels\u00a0: fichiers ou dossiers. Codes de sortie\u00a0: 0 publié, 1 refusé, 2 mal appelé."

    def add_arguments(self, parser):
        names = ", ".join(source.name for source in ALL)
        parser.add_argument("paths", nargs="+", metavar="CHEMIN", type=Path, help="fichier ou dossier")
        parser.add_argument(
            "--source", default="", metavar="NOM", help=f"source, si l’en-tête ne suffit pas : {names}"
        )
        parser.add_argument(
            "--cohort",
            default="",
            metavar="2022_2023",
            help="cohorte des chiffres, ou rentrée de ce qu’un établissement enseigne (2025)",
        )
        parser.add_argument(
            "--columns",
            type=Path,
            metavar="COLONNES.toml",
            help="ce que sont les colonnes, en TOML ou en JSON : source, puis columns, {colonne: place dans le fichier}",
        )
        parser.add_argument(
            "--mapping",
            default="",
            metavar="NOM",
            help="les colonnes gardées sous ce nom dans l’espace de gestion",
        )
        parser.add_argument("--dry-run", action="store_true", help="tout faire, puis ne rien garder")
        parser.add_argument(
            "--confirm",
            action="store_true",
            help="publier aussi un fichier douteux : qui retire presque tout, plus ancien, d’une cohorte à venir…",
        )
        parser.add_argument(
            "--report", type=Path, metavar="FICHIER.json", help="rapport complet, tous les constats"
        )

    def handle(self, *args, paths, source, cohort, columns, mapping, dry_run, confirm, report, **options):
        source, said = _said(source, columns, mapping)
        self._check_usage(paths, source, cohort)
        files, chosen, unreadable = _files(paths, File("", b"", source, cohort, said))
        if mapping:
            _check_headers(files, mapping)
        if not files and not unreadable:
            raise CommandError("Aucun fichier CSV, JSON, classeur ou archive à ces chemins.", returncode=2)
        with tqdm(unit="ligne", disable=not sys.stderr.isatty()) as bar, told_to(Bar(bar)):
            reports = publish(files, dry_run=dry_run, confirmed=confirm)
        for sentence in unreadable:
            self.stdout.write(sentence)
        for file_report in reports:
            self._print(file_report)
        if report:
            report.write_text(
                json.dumps([r.as_dict() for r in reports], ensure_ascii=False, indent=1), encoding="utf-8"
            )
        self._print_total(reports)
        if any(r.status == "publie" for r in reports):
            announce_publication(self.stdout)
        if any(r.to_confirm and r.status in {"a_publier", "a_confirmer"} for r in reports) and not confirm:
            self.stdout.write(CONFIRM)
        if unreadable or any(_failed(report, chosen) for report in reports):
            sys.exit(1)

    def _check_usage(self, paths, source, cohort):
        if missing := [str(path) for path in paths if not path.exists()]:
            raise CommandError(f"Chemin introuvable : {', '.join(missing)}", returncode=2)
        if source and source not in {known.name for known in ALL}:
            raise CommandError(f"Source inconnue : {source}. Voir manage.py ingest --help.", returncode=2)
        if cohort and cohort_code(cohort) != cohort:
            raise CommandError(f"Cohorte mal écrite : {cohort}. Écrire 2023 ou 2022_2023.", returncode=2)

    def _print(self, report):
        counts = ", ".join(
            f"{report.counts[name]} {label}" for name, label in COUNT_LABELS.items() if report.counts[name]
        )
        source = f" [{report.source}]" if report.source else ""
        self.stdout.write(
            f"{report.file}{source}\u00a0: {STATUS_WORDS[report.status]}" + (f" — {counts}" if counts else "")
        )
        for _, title, number, stops in report.kinds:
            self.stdout.write(f"    {number} × {title}{' (bloquant)' if stops else ''}")
        for finding in (report.blocking or report.remarks)[:SHOWN_FINDINGS]:
            self.stdout.write(f"      {finding.sentence}")

    def _print_total(self, reports):
        audit = next((report.disclosure for report in reports if report.disclosure), None)
        # Before the totals, which are the last lines and the first to be read.
        for line in deduced_lines(group for group in (audit.listed if audit else ()) if group["certain"]):
            self.stdout.write(line)
        numbers = Counter(report.status for report in reports)
        words = [
            f"{word}\u00a0: {numbers[status]}" for status, word in STATUS_WORDS.items() if numbers[status]
        ]
        self.stdout.write(f"Fichiers — {', '.join(words)}")
        # A stage counts all its cohorts at once, and a later stage makes more rows reachable.
        reachable = max((report.reachable for report in reports), key=Counter.total, default=None)
        if reachable:
            self.stdout.write(reachable_sentence(reachable))
        for sentence in disclosure_sentences(audit and audit.as_dict()):
            self.stdout.write(sentence)


def _failed(report, chosen):
    """A directory may hold files of other sources; one named on the command line must be of a known source."""
    return report.status in {"refuse", "a_confirmer"} or (
        report.status == "non_reconnu" and report.file in chosen
    )


def _said(source, columns, mapping):
    """(source, what is said of its columns)."""
    if mapping:
        known = column_mappings.named(mapping)
        if columns or not known or source not in {"", known.source}:
            wrong = f"Colonnes inconnues, ou d’une autre source\u00a0: {mapping}, {source or '–'}."
            raise CommandError(
                wrong if not columns else "Choisir entre --columns et --mapping.", returncode=2
            )
        return known.source, known.columns
    if not columns:
        return source, {}
    try:
        return told_in_file.read(columns, source)
    except OSError as error:
        raise CommandError(f"{columns}\u00a0: {error.strerror}", returncode=2) from error
    except told_in_file.NotUnderstood as error:
        raise CommandError(str(error), returncode=2) from error


def _check_headers(files, mapping):
    """Refuse files of another header than the one for which columns were named."""
    known = column_mappings.named(mapping)
    for file in files:
        with suppress(Refusal):
            table = read_sample(file.name, file.content, scoring(ALL, known.source))
            if column_mappings.header_keys(table) != known.header:
                sentence = f"L’en-tête de {file.name} n’est pas celui pour lequel «\u00a0{mapping}\u00a0» a été gardé."
                raise CommandError(sentence, returncode=2)


def _files(paths, described):
    """(files to publish, names of those that the command line names, sentences about those that cannot be opened).

    described: what the command line says of them all.
    """
    files, chosen, unreadable = [], set(), []
    for path in paths:
        if path.is_dir():
            file_paths = sorted(p for p in path.rglob("*") if p.is_file() and p.suffix.lower() in SUFFIXES)
        else:
            file_paths = [path]
            chosen.add(path.name)
        for file_path in file_paths:
            try:
                found = list(
                    unpacked([replace(described, name=file_path.name, content=file_path.read_bytes())])
                )
            except OSError as error:
                unreadable.append(f"{file_path}\u00a0: REFUSÉ, {error.strerror}")
                continue
            files += found
    return files, chosen, unreadable
