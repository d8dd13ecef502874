"""The management site of data managers: deliver a file, read its report, publish it, take it back."""

from datetime import datetime

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_tasks_db.models import DBTaskResult

from deliveries import journal_pages
from deliveries.calendar.admin import ExpectedDeliveryAdmin
from deliveries.calendar.page import urgent_lines
from deliveries.checking.presentation import CSV_HEADER, csv_rows
from deliveries.coverage import urls as coverage_urls
from deliveries.desk import urls as desk_urls
from deliveries.desk.actions import take_back
from deliveries.desk.forms import SOURCE_LABELS, TakeBackForm
from deliveries.desk.guards import may_prepare, may_read, tell_absence, unless_busy
from deliveries.desk.page import report_view
from deliveries.desk.warnings import accepted_lines
from deliveries.figure_notices.admin import FigureNoticeAdmin
from deliveries.models import ColumnMapping, ExpectedDelivery, Operation, Submission, SubmittedFile
from deliveries.operations import queue
from deliveries.preview import urls as preview_urls
from deliveries.withdrawal import can_take_back, is_taken_back, later_ones
from stats.exports import csv_response
from stats.models import Delivery, FigureNotice

# The queue of the desk says what is under way; tasks only wake its worker (deliveries.operations.tasks).
admin.site.unregister(DBTaskResult)
admin.site.register(ExpectedDelivery, ExpectedDeliveryAdmin)
admin.site.register(FigureNotice, FigureNoticeAdmin)


@admin.register(Delivery)
class DeliveryAdmin(admin.ModelAdmin):
    list_display = ["id", "at", "source_label", "action", "file_name", "state", "user", "reason"]
    list_display_links = ["id", "file_name"]
    list_filter = ["action", "source"]
    search_fields = ["file_name", "file__sha256", "reason"]
    date_hierarchy = "at"
    list_select_related = ["user"]
    fields = [
        "source_label",
        "action",
        "file_name",
        "sha256",
        "at",
        "user",
        "state",
        "version",
        "agreement",
        "said_columns",
        "reason",
    ]
    readonly_fields = fields
    change_list_template = "admin/stats/delivery/change_list.html"
    change_form_template = "admin/stats/delivery/change_form.html"

    def get_queryset(self, request):
        return super().get_queryset(request).defer("file__content").prefetch_related("slices")

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def may_take_back(self, request):
        return request.user.has_perm("stats.delete_delivery")

    @admin.display(description=_("source"), ordering="source")
    def source_label(self, delivery):
        return SOURCE_LABELS.get(delivery.source, delivery.source)

    @admin.display(description="SHA-256")
    def sha256(self, delivery):
        return delivery.file_id

    @admin.display(description=_("état"))
    def state(self, delivery):
        states = sorted({piece.get_state_display() for piece in delivery.slices.all()})
        return ", ".join(states) or "–"

    @admin.display(description=_("accord"))
    def agreement(self, delivery):
        """What was agreed to before it was published; a dash where nobody had to, as on the command line."""
        if not delivery.approval:
            return "–"
        at = timezone.localtime(datetime.fromisoformat(delivery.approval["le"]))
        read = gettext("Rapport lu le %(day)s à %(time)s, sur la version %(version)s des données") % {
            "day": f"{at:%d/%m/%Y}",
            "time": f"{at:%H:%M}",
            "version": delivery.approval["version"],
        }
        return format_html_join(
            mark_safe("<br>"), "{}", [(line,) for line in [read, *accepted_lines(delivery.approval)]]
        )

    @admin.display(description=_("colonnes indiquées"))
    def said_columns(self, delivery):
        """What somebody said of the columns of the file; a dash where its header told them."""
        return _columns_in_words(delivery.columns)

    def get_urls(self):
        wrap = self.admin_site.admin_view
        return [
            path("<int:pk>/retirer/", wrap(self.take_back_view), name="stats_delivery_take_back"),
            path("<int:pk>/constats.csv", wrap(self.findings_view), name="stats_delivery_findings"),
            *coverage_urls.patterns(wrap),
            *journal_pages.urls(self.admin_site),
            *super().get_urls(),
        ]

    def add_view(self, request, form_url="", extra_context=None):
        return HttpResponseRedirect(reverse("admin:deliveries_submission_add"))

    def change_view(self, request, object_id, form_url="", extra_context=None):
        delivery = self.get_object(request, object_id)
        has_report = bool(delivery) and bool(delivery.report.get("fichier"))
        address = reverse("admin:stats_delivery_findings", args=[object_id]) if has_report else ""
        context = {
            "report": report_view(delivery.report, address) if has_report else None,
            "can_take_back": bool(delivery) and self.may_take_back(request) and can_take_back(delivery),
        }
        return super().change_view(request, object_id, form_url, {**context, **(extra_context or {})})

    def findings_view(self, request, pk):
        """Every finding of the report of a delivery as CSV, or those of the check that `controle` names."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        report = get_object_or_404(Delivery.objects.only("report"), pk=pk).report
        rows = csv_rows(report, request.GET.get("controle", "")) if report.get("fichier") else ()
        return csv_response(CSV_HEADER, (dict(zip(CSV_HEADER, row, strict=True)) for row in rows), "constats")

    def take_back_view(self, request, pk):
        """Take back a delivery, with the later ones that replaced it: the files before them are published again."""
        delivery = get_object_or_404(Delivery.objects.prefetch_related("slices"), pk=pk)
        if not self.may_take_back(request):
            raise PermissionDenied
        if not can_take_back(delivery):
            return self._not_taken_back(request, delivery)
        later = later_ones(delivery)
        seen = [one.pk for one in later]
        form = TakeBackForm(request.POST or None, initial={"along": " ".join(map(str, seen))})
        if request.method == "POST" and form.is_valid():
            if form.cleaned_data["along"] == seen:
                return unless_busy(request, lambda: self._take_back(request, delivery, form))
            return self._replaced_since(request, delivery)
        context = {
            **self.admin_site.each_context(request),
            "delivery": delivery,
            "form": form,
            "source": SOURCE_LABELS.get(delivery.source, delivery.source),
            "cohorts": _cohorts(delivery),
            "later": [{"delivery": one, "cohorts": _cohorts(one)} for one in later],
            "title": gettext("Retirer une livraison"),
        }
        return TemplateResponse(request, "admin/stats/delivery/take_back.html", context)

    def _take_back(self, request, delivery, form):
        said = form.cleaned_data
        operation = take_back(delivery, request.user, said["reason"], said["along"])
        return HttpResponseRedirect(reverse("admin:deliveries_operation_page", args=[operation.pk]))

    def _not_taken_back(self, request, delivery):
        """Say why there is nothing to take back: it was done already, or this entry of the journal published nothing."""
        if is_taken_back(delivery):
            sentence = gettext("«\u00a0%(file)s\u00a0» est déjà retiré.")
        else:
            sentence = gettext("Cette entrée du journal n’a rien publié\u00a0: il n’y a rien à retirer.")
        messages.info(request, sentence % {"file": delivery.file_name})
        return HttpResponseRedirect(reverse("admin:stats_delivery_change", args=[delivery.pk]))

    def _replaced_since(self, request, delivery):
        sentence = gettext(
            "Rien n’est retiré\u00a0: d’autres livraisons ont remplacé celle-ci depuis que vous avez ouvert cette page. "
            "Lisez la nouvelle liste."
        )
        messages.warning(request, sentence)
        return HttpResponseRedirect(reverse("admin:stats_delivery_take_back", args=[delivery.pk]))


def _cohorts(delivery):
    return [piece.cohort.replace("_", " et ") for piece in delivery.slices.all() if piece.cohort]


@admin.register(Submission)
class SubmissionAdmin(admin.ModelAdmin):
    """What is being prepared, and what waits; the pages of one submission are those of the desk."""

    list_display = ["id", "created_at", "names", "author", "state", "place"]
    list_display_links = ["id", "names"]
    list_filter = ["state"]
    search_fields = ["files__name", "files__sha256", "note"]
    date_hierarchy = "created_at"
    list_select_related = ["author"]
    change_list_template = "admin/deliveries/submission/change_list.html"

    def get_queryset(self, request):
        files = SubmittedFile.objects.only("submission", "name")
        active = Operation.objects.filter(state__in=[Operation.State.WAITING, Operation.State.RUNNING])
        return (
            super()
            .get_queryset(request)
            .prefetch_related(Prefetch("files", files), Prefetch("operations", active, to_attr="active"))
        )

    def has_view_permission(self, request, obj=None):
        return may_read(request)

    def has_module_permission(self, request):
        return may_read(request)

    def has_add_permission(self, request):
        return may_prepare(request)

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_urls(self):
        wrap = self.admin_site.admin_view
        return [*desk_urls.patterns(wrap), *preview_urls.patterns(wrap), *super().get_urls()]

    def changelist_view(self, request, extra_context=None):
        context = {
            "may_prepare": may_prepare(request),
            "title": gettext("Dépôts"),
            "expected": urgent_lines(timezone.localdate())
            if request.user.has_perm("deliveries.view_expecteddelivery")
            else [],
        }
        tell_absence(request)
        return super().changelist_view(request, {**context, **(extra_context or {})})

    @admin.display(description=_("fichiers"))
    def names(self, submission):
        return ", ".join(file.name for file in submission.files.all()) or "–"

    @admin.display(description=_("file d’attente"))
    def place(self, submission):
        """Its place in the queue, where an operation waits or runs for it."""
        if not submission.active:
            return "–"
        operation = submission.active[0]
        if operation.state == Operation.State.RUNNING:
            return gettext("en cours")
        return gettext("%(number)s avant") % {"number": queue.operations_before(operation)}


@admin.register(ColumnMapping)
class ColumnMappingAdmin(admin.ModelAdmin):
    """What was said of the columns of former files: read, renamed, deleted; the page of a file makes them."""

    list_display = ["name", "source_label", "author", "updated_at"]
    list_filter = ["source"]
    search_fields = ["name"]
    list_select_related = ["author"]
    fields = ["name", "source_label", "said_columns", "author", "created_at", "updated_at"]
    readonly_fields = fields[1:]

    def changelist_view(self, request, extra_context=None):
        context = {"title": gettext("Colonnes des fichiers")}
        return super().changelist_view(request, {**context, **(extra_context or {})})

    def has_add_permission(self, request):
        return False

    @admin.display(description=_("source"), ordering="source")
    def source_label(self, mapping):
        return SOURCE_LABELS.get(mapping.source, mapping.source)

    @admin.display(description=_("colonnes"))
    def said_columns(self, mapping):
        return _columns_in_words(mapping.columns, mapping.header)


def _columns_in_words(said, header=()):
    """A line a column: "taux_emploi_12_mois : n° 9"; a dash without any."""
    lines = []
    for name, place in said.items():
        told = gettext("pas dans le fichier") if place is None else f"n°\u00a0{place + 1}"
        named = f" ({header[place]})" if place is not None and header and header[place] else ""
        lines.append((f"{name}\u00a0: {told}{named}",))
    return format_html_join(mark_safe("<br>"), "{}", lines) or "–"
