"""Read-only pages of schools in the management space."""

from django.contrib import admin
from django.db import models

from accounts.read_only import ReadOnlyAdmin
from establishments.models import School


@admin.register(School)
class SchoolAdmin(ReadOnlyAdmin):
    """Schools come from the official lists."""

    list_display = ["uai", "name", "kind", "city", "region"]
    list_display_links = ["uai", "name"]
    list_filter = ["region", "sector", "kind"]
    list_select_related = ["region"]
    search_fields = ["uai", "folded_names__has_words", "folded_towns__holds_town"]
    exclude = ["slug"]
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
