"""Registers the lookups by which every app finds names."""

from django.apps import AppConfig


class FormationsConfig(AppConfig):
    name = "formations"

    def ready(self):
        from formations import name_lookups  # noqa: F401
