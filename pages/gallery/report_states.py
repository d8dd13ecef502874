"""The states of the reports of checks, and of what notices say of a figure."""

from deliveries.checking.presentation import present
from deliveries.checking.results import applicable
from deliveries.report import Report
from deliveries.sources import ALL
from pages.gallery.state import states_of
from stats.models import FigureNotice
from stats.models.notices import DEFAULT_SENTENCES

_REGION = next(source for source in ALL if source.name == "ij_region_formation")


def report_states():
    refused, doubtful, clean = (_report() for _ in range(3))
    refused.add_all("code_invalide", "cfd", dict.fromkeys(range(2, 12), "5002213"), "8 caractères")
    for report in (refused, doubtful):
        report.add("colonne_inconnue", 1, "remarque")
        report.add("texte_abime", 4, "libelle", "LycÇe privÇ BÇrard")
    reports = {"refusé": refused, "avec des avertissements": doubtful, "sans rien": clean}
    shown = {name: present(report.as_dict()) for name, report in reports.items()}
    failure, warning = (shown[name].groups[0].found[0] for name in ("refusé", "avec des avertissements"))
    note = DEFAULT_SENTENCES[FigureNotice.Kind.CONTESTED]
    return [
        *states_of("figure_note", {"une phrase": {"note": note}, "longue": {"note": f"{note} {note}"}}),
        *states_of(
            "check_report",
            {name: {"report": report, "csv_address": "/constats.csv"} for name, report in shown.items()},
        ),
        *states_of(
            "check_result",
            {
                "échec": {"check": failure, "csv_address": "/constats.csv"},
                "avertissement": {"check": warning, "csv_address": ""},
            },
        ),
    ]


def _report():
    return Report(
        "region.csv", _REGION.name, stops=_REGION.stops, applies=applicable(_REGION, has_database=True)
    )
