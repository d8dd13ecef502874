"""The texts of the pages, in the desk: their list and their pages are those of `pages.texts.views`."""

from django.contrib import admin

from accounts.read_only import ReadOnlyAdmin
from accounts.roles import EDIT_TEXTS
from pages.models import EditedText
from pages.texts import urls as texts_urls


@admin.register(EditedText)
class EditedTextAdmin(ReadOnlyAdmin):
    """One version of a text, which nobody changes."""

    fields = readonly_fields = ["key", "language", "number", "content", "note", "who", "at"]

    def has_module_permission(self, request):
        return request.user.has_perm(EDIT_TEXTS)

    def has_view_permission(self, request, obj=None):
        return request.user.has_perm(EDIT_TEXTS)

    def get_urls(self):
        own = [url for url in super().get_urls() if url.name != "pages_editedtext_changelist"]
        return [*texts_urls.patterns(self.admin_site.admin_view), *own]
