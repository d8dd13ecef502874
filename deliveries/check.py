"""`python -m deliveries.check FILE…`: the checks that need no database, for producers, before they send a file."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from deliveries.candidates import File
from deliveries.cells import cohort_code
from deliveries.checking.presentation import FIRST_LINES, present
from deliveries.checking.results import Result
from deliveries.checking.run import Run
from deliveries.columns import told_in_file
from deliveries.report import Report
from deliveries.sources import ALL
from deliveries.unpacking import unpacked

PASSED, REFUSED, BADLY_CALLED = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit code: 0 when no check fails (some may warn), 1 when one does, 2 when it is badly called."""
    parser = _parser()
    asked = parser.parse_args(arguments)
    if asked.cohort and cohort_code(asked.cohort) != asked.cohort:
        parser.error(f"cohorte mal écrite\u00a0: {asked.cohort}. Écrire 2023 ou 2022_2023.")
    source, said = asked.source, {}
    try:
        if asked.columns:
            source, said = told_in_file.read(asked.columns, asked.source)
            if source not in {known.name for known in ALL}:
                parser.error(f"source inconnue\u00a0: {source}.")
        files = [File(path.name, path.read_bytes(), source, asked.cohort, said) for path in asked.files]
    except told_in_file.NotUnderstood as error:
        parser.error(str(error))
    except OSError as error:
        print(f"{error.filename}\u00a0: {error.strerror}", file=sys.stderr)
        return BADLY_CALLED
    reports = [_checked(file, is_told=not asked.json) for file in unpacked(files)]
    if asked.json:
        json.dump([report.as_dict() for report in reports], sys.stdout, ensure_ascii=False, indent=1)
        print()
    return REFUSED if any(report.blocking for report in reports) else PASSED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m deliveries.check",
        description="Contrôle des fichiers avant de les envoyer\u00a0: rien n’est publié, aucune base n’est lue.",
        epilog="Codes de sortie\u00a0: 0 aucun échec, 1 au moins un échec, 2 mal appelé.",
    )
    parser.add_argument("files", nargs="+", metavar="FICHIER", type=Path)
    names = sorted(source.name for source in ALL)
    parser.add_argument(
        "--source",
        default="",
        choices=["", *names],
        metavar="NOM",
        help=f"source, si l’en-tête ne suffit pas\u00a0: {', '.join(names)}",
    )
    parser.add_argument(
        "--cohort",
        default="",
        metavar="2022_2023",
        help="cohorte ou rentrée, si ni le fichier ni son nom ne la disent",
    )
    parser.add_argument(
        "--columns",
        type=Path,
        metavar="COLONNES.toml",
        help="ce que sont les colonnes, en TOML ou en JSON\u00a0: source, puis columns, {colonne: place dans le fichier}",
    )
    parser.add_argument("--json", action="store_true", help="rapport entier, en JSON")
    return parser


def _checked(file: File, is_told: bool) -> Report:
    """The report of a file; each check that finds something is printed as soon as it is made."""
    run = Run(file)
    if is_told:
        print(file.name)
    for result in run:
        if is_told and result.findings:
            _tell(result)
    if is_told:
        shown = present(run.report.as_dict())
        print(
            f"  Échecs\u00a0: {shown.failures}, avertissements\u00a0: {shown.warnings}, réussis\u00a0: {shown.passed}, "
            f"sans objet ou sur les données publiées\u00a0: {shown.others}."
        )
    return run.report


def _tell(result: Result) -> None:
    word = result.status.label
    print(f"  {word}\u00a0: {result.check.title} ({result.count})")
    for finding in result.findings[:FIRST_LINES]:
        print(f"    {finding.sentence}")
    if result.count > FIRST_LINES:
        print(f"    … et {result.count - FIRST_LINES} de plus (--json pour tout lire).")


if __name__ == "__main__":
    sys.exit(main())
