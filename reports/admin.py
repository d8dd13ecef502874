"""The queue of the errors that visitors report, in the desk."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone

from accounts.read_only import ReadOnlyAdmin
from accounts.roles import HANDLE_REPORTS
from reports import handling
from reports.desk_forms import FORMS
from reports.desk_page import report_view
from reports.models import Report
from stats.exports import csv_response
from stats.indicators import BY_NAME

_COLUMNS = (
    *("numero", "recu_le", "etat", "sur", "chiffre", "ou", "page", "formation", "etablissement"),
    *("region", "voie", "metier", "message", "par", "langue", "attend_une_reponse", "confie_a", "fini_le"),
)


class WhoseFilter(admin.SimpleListFilter):
    """Mine, nobody's."""

    title, parameter_name = "qui s’en occupe", "confie"

    def lookups(self, request, model_admin):
        return [("moi", "moi"), ("personne", "personne")]

    def queryset(self, request, queryset):
        wanted = {"moi": request.user, "personne": None}
        return queryset.filter(assigned_to=wanted[self.value()]) if self.value() in wanted else queryset


@admin.register(Report)
class ReportAdmin(ReadOnlyAdmin):
    """Seen by who handles them alone: they hold addresses, and words that are for nobody else."""

    list_display = ["number", "at", "state", "what", "about", "wants_answer", "assigned_to"]
    list_display_links = ["number", "about"]
    list_filter = ["state", WhoseFilter, "what", "who", "wants_answer"]
    search_fields = ["=id", "text", "place", "=school", "=diploma", "steps__text"]
    date_hierarchy = "at"
    list_select_related = ["assigned_to"]
    list_per_page = 50
    change_list_template = "admin/reports/report/change_list.html"

    def _may(self, request):
        return request.user.has_perm(HANDLE_REPORTS)

    def has_module_permission(self, request):
        return self._may(request)

    def has_view_permission(self, request, obj=None):
        return self._may(request)

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, {"title": "Signalements"} | (extra_context or {}))

    @admin.display(description="n°", ordering="id")
    def number(self, report):
        return report.pk

    @admin.display(description="où")
    def about(self, report):
        return report.place or "–"

    def get_urls(self):
        wrap = self.admin_site.admin_view
        return [
            path("signalements.csv", wrap(self.export_view), name="reports_report_export"),
            path(
                "<int:pk>/traiter/<str:gesture>/",
                wrap(self.handle_view),
                name="reports_report_handle",
            ),
            *super().get_urls(),
        ]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        report = self.get_object(request, object_id) if object_id.isdecimal() else None
        if report is None:
            raise Http404
        if not self._may(request):
            raise PermissionDenied
        return self._page(request, report)

    def _page(self, request, report, bound=None):
        """bound: {gesture: its form, with what is wrong in it}."""
        context = {
            **self.admin_site.each_context(request),
            "title": str(report),
            "report": report_view(report, request.user, bound or {}),
        }
        return TemplateResponse(request, "admin/reports/report/report.html", context)

    def handle_view(self, request, pk, gesture):
        """Do one thing with a report: note, assign, answer, end or reopen."""
        report = get_object_or_404(Report, pk=pk)
        if not self._may(request):
            raise PermissionDenied
        if gesture not in FORMS:
            raise Http404
        if request.method == "POST":
            form = FORMS[gesture](request.POST)
            if not form.is_valid():
                return self._page(request, report, {gesture: form})
            self._do(request, report, gesture, form)
        return HttpResponseRedirect(reverse("admin:reports_report_change", args=[report.pk]))

    def _do(self, request, report, gesture, form):
        try:
            self._tell(
                request,
                gesture,
                handling.do(gesture, report, request.user, _seen(request), form.cleaned_data),
            )
        except handling.Changed:
            messages.warning(
                request, "Rien n’a été fait\u00a0: ce signalement a changé depuis que vous l’avez lu."
            )

    def _tell(self, request, gesture, is_done):
        if not is_done:
            messages.error(
                request, "Le message n’a pas pu partir\u00a0: rien n’est gardé, réessayez plus tard."
            )
        elif gesture == "repondre":
            messages.success(request, "La réponse est partie.")

    def export_view(self, request):
        """The reports that the list shows, filtered as it is, as CSV; without the addresses of those who wait."""
        if not self._may(request):
            raise PermissionDenied
        rows = self.get_changelist_instance(request).get_queryset(request).select_related("assigned_to")
        return csv_response(_COLUMNS, map(_csv_row, rows.iterator(chunk_size=500)), "signalements")


def _seen(request):
    """How many steps the page showed to who sends a form."""
    text = request.POST.get("etapes", "")
    return int(text) if text.isdecimal() else -1


def _csv_row(report):
    figure = BY_NAME.get(report.figure)
    cells = (
        report.pk,
        f"{timezone.localtime(report.at):%Y-%m-%d %H:%M}",
        report.get_state_display(),
        report.get_what_display(),
        figure.label if figure else "",
        *(report.place, report.page, report.diploma, report.school),
        *(report.region, report.route, report.job, report.text, report.get_who_display(), report.language),
        "oui" if report.wants_answer else "non",
        report.assigned_to.get_username() if report.assigned_to else "",
        f"{timezone.localtime(report.ended_at):%Y-%m-%d %H:%M}" if report.ended_at else "",
    )
    return dict(zip(_COLUMNS, cells, strict=True))
