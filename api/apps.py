"""Makes the whole-data files again after each publication."""

from django.apps import AppConfig
from django.conf import settings
from django.core.management import call_command

from deliveries.signals import data_published


class ApiConfig(AppConfig):
    name = "api"

    def ready(self):
        data_published.connect(make_open_files, dispatch_uid="open_files")


def make_open_files(output, **kwargs):
    """Make the open files in front of whoever waits, else in a process of their own."""
    from api.files import files

    if output is None:
        files.start()
    elif settings.OPEN_FILES:
        call_command("open_files", stdout=output)
