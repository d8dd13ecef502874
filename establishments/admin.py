"""Read-only pages of schools in the management space."""

from django.contrib import admin
from django.db import models

from establishments.models import School


@admin.register(School)
class SchoolAdmin(admin.ModelAdmin):
    """Read only: schools come from the official lists."""

    list_display = ["uai", "name", "kind", "city", "region"]
    list_display_links = ["uai", "name"]
    list_filter = ["region", "sector", "kind"]
    list_select_related = ["region"]
    search_fields = ["uai", "folded_names__has_words", "folded_towns__holds_town"]
    exclude = ["slug"]
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
