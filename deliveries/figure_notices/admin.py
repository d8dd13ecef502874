"""Notices in the admin: those in force and those ended, how one begins, how it ends."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import OuterRef, Subquery
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse

from accounts.roles import WITHDRAW_FIGURE
from deliveries.desk.guards import may_read, unless_busy
from deliveries.figure_notices import lifecycle
from deliveries.figure_notices import page as pages
from deliveries.figure_notices.forms import EndForm, NoticeForm, SchoolForm
from establishments.models import School
from formations.models import Diploma

_TEMPLATES = "admin/stats/figurenotice"
LIST = "admin:stats_figurenotice_changelist"


class _InForce(admin.SimpleListFilter):
    title = "en vigueur"
    parameter_name = "en_vigueur"

    def lookups(self, request, model_admin):
        return [("oui", "Oui"), ("non", "Levés")]

    def queryset(self, request, queryset):
        return queryset.filter(ended_at__isnull=self.value() == "oui") if self.value() else queryset


def _may_write(request):
    return request.user.has_perm(WITHDRAW_FIGURE)


class FigureNoticeAdmin(admin.ModelAdmin):
    list_display = ["id", "kind", "school", "what", "sentence", "begun_at", "begun_by", "ended_at"]
    list_display_links = ["id", "school"]
    list_filter = [_InForce, "kind"]
    search_fields = ["uai", "course", "sentence", "reason"]
    fields = [
        *("kind", "school", "what", "sentence", "reason", "begun_at", "begun_by"),
        *("ended_at", "ended_by", "end_reason"),
    ]
    readonly_fields = fields
    change_form_template = f"{_TEMPLATES}/change_form.html"

    def has_view_permission(self, request, obj=None):
        return may_read(request) or _may_write(request)

    def has_module_permission(self, request):
        return self.has_view_permission(request)

    def has_add_permission(self, request):
        return _may_write(request)

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description="établissement", ordering="uai")
    def school(self, notice):
        return f"{notice.school_name} ({notice.uai})" if notice.school_name else notice.uai

    @admin.display(description="chiffres")
    def what(self, notice):
        return pages.what(notice, notice.course_label or notice.course)

    def get_queryset(self, request):
        name_of = School.objects.filter(pk=OuterRef("uai")).values("name")
        label_of = Diploma.objects.filter(pk=OuterRef("course")).values("label")
        found = super().get_queryset(request)
        return found.annotate(school_name=Subquery(name_of), course_label=Subquery(label_of))

    def get_urls(self):
        end = self.admin_site.admin_view(self.end_view)
        return [path("<int:pk>/lever/", end, name="stats_figurenotice_end"), *super().get_urls()]

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, {"title": "Avis sur des chiffres", **(extra_context or {})})

    def change_view(self, request, object_id, form_url="", extra_context=None):
        notice = self.get_object(request, object_id)
        context = {"may_end": bool(notice) and notice.is_in_force and _may_write(request)}
        return super().change_view(request, object_id, form_url, {**context, **(extra_context or {})})

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """Find a school, choose figures of it, see what changes, confirm."""
        if not _may_write(request):
            raise PermissionDenied
        if uai := request.GET.get("uai", ""):
            return self._notice_page(request, get_object_or_404(School, pk=uai))
        form = SchoolForm(request.GET or None)
        text = form.cleaned_data["q"].strip() if form.is_valid() else ""
        context = {"form": form, "text": text, "schools": pages.schools(text) if text else []}
        return self._page(request, "find", "Retirer ou dire contesté un chiffre", context)

    def _notice_page(self, request, school):
        published = pages.published(school.pk)
        form = NoticeForm(request.POST or None, choices=published.choices)
        context = {"school": school, "published": published, "form": form}
        if request.method == "POST" and form.is_valid():
            notice = form.notice(school.pk)
            if "confirmer" in request.POST:
                return unless_busy(request, lambda: self._begin(request, notice))
            # The sentence that is proposed can be read, and changed, before it is confirmed.
            form.data = form.data.copy()
            form.data["sentence"] = notice.sentence
            context["notice"], context["change"] = notice, pages.change(notice, lifecycle.preview(notice))
        return self._page(request, "begin", f"Chiffres de {school.name}", context)

    def _begin(self, request, notice):
        try:
            lifecycle.begin(notice, request.user)
        except lifecycle.NothingToHide:
            messages.warning(request, "Rien n’a été fait\u00a0: plus aucun chiffre de ce choix n’est publié.")
            return HttpResponseRedirect(reverse(LIST))
        messages.success(
            request,
            "C’est fait sur les pages et les API. Les fichiers complets et leur fil suivent dès qu’ils sont refaits.",
        )
        return HttpResponseRedirect(reverse("admin:stats_figurenotice_change", args=[notice.pk]))

    def end_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """End a notice, with a reason; its figures come back."""
        if not _may_write(request):
            raise PermissionDenied
        notice = get_object_or_404(self.get_queryset(request), pk=pk)
        if not notice.is_in_force:
            return self._ended(request, notice)
        form = EndForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            return unless_busy(request, lambda: self._end(request, notice, form.cleaned_data["reason"]))
        context = {"notice": notice, "what": self.what(notice), "school": self.school(notice), "form": form}
        return self._page(request, "end", "Lever un avis", context)

    def _end(self, request, notice, reason):
        try:
            lifecycle.end(notice, request.user, reason)
        except lifecycle.AlreadyEnded:
            return self._ended(request, notice)
        messages.success(
            request,
            "L’avis est levé\u00a0: les chiffres sont de nouveau montrés comme leur source les donne.",
        )
        return HttpResponseRedirect(reverse("admin:stats_figurenotice_change", args=[notice.pk]))

    def _ended(self, request, notice):
        messages.info(request, "Cet avis est déjà levé.")
        return HttpResponseRedirect(reverse("admin:stats_figurenotice_change", args=[notice.pk]))

    def _page(self, request, name, title, context):
        shared = {**self.admin_site.each_context(request), "title": title, "opts": self.opts}
        return TemplateResponse(request, f"{_TEMPLATES}/{name}.html", shared | context)
