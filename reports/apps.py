"""Errors that visitors report; old addresses and old reports are erased when the worker looks after what is kept."""

from django.apps import AppConfig

from deliveries.signals import upkeep_due


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = "Signalements"

    def ready(self):
        upkeep_due.connect(_erase_old, dispatch_uid="erase_old_reports")


def _erase_old(**kwargs):
    from reports.upkeep import erase_old

    erase_old()
