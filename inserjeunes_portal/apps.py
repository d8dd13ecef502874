"""The wiring of the portal as an app: what is checked of the database when it starts."""

from django.apps import AppConfig
from django.core import checks

from inserjeunes_portal.order_of_names import order_of_names


class PortalConfig(AppConfig):
    name = "inserjeunes_portal"

    def ready(self):
        checks.register(order_of_names, checks.Tags.database)
