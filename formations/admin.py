"""Read-only pages of diplomas in the management space."""

from django.contrib import admin

from accounts.read_only import ReadOnlyAdmin
from formations.models import CourseYear, Diploma


class CourseYearInline(admin.TabularInline):
    model = CourseYear
    fields = ["code", "official_label", "duration", "year", "opened_on", "closed_on"]
    extra = 0
    can_delete = False

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False


@admin.register(Diploma)
class DiplomaAdmin(ReadOnlyAdmin):
    """Diplomas come from the official tables."""

    list_display = ["code", "label", "type", "opened_on", "closed_on"]
    list_display_links = ["code", "label"]
    list_filter = ["type__level", "kind"]
    list_select_related = ["type"]
    search_fields = ["code", "folded_names__has_words", "course_years__code"]
    fields = [
        "code",
        "label",
        "official_label",
        "type",
        "speciality",
        "opened_on",
        "closed_on",
        "rncp",
        "former_rncp",
        "ideo",
    ]
    inlines = [CourseYearInline]
