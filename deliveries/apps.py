"""The name under which the admin lists what is prepared."""

from django.apps import AppConfig


class DeliveriesConfig(AppConfig):
    name = "deliveries"
    verbose_name = "Préparation des livraisons"
