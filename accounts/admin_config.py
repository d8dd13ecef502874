"""The admin of Django, with our site in the place of its own."""

from django.contrib.admin.apps import AdminConfig


class DeskAdminConfig(AdminConfig):
    default_site = "accounts.site.DeskSite"
