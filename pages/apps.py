"""The name under which the admin lists the texts of the pages."""

from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "pages"
    verbose_name = "Textes des pages"
