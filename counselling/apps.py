"""The app of the counsellors' plans."""

from django.apps import AppConfig


class CounsellingConfig(AppConfig):
    name = "counselling"
    verbose_name = "accompagnement"
