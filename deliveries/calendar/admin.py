"""The calendar in the admin: its page, an expected delivery, and what a year usually brings."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from deliveries.calendar.page import sections
from deliveries.calendar.rhythm import proposals
from deliveries.cells import cohort_code
from deliveries.desk.forms import SOURCE_LABELS
from deliveries.desk.guards import may_prepare
from deliveries.models import ExpectedDelivery

_TEMPLATES = "admin/deliveries/expecteddelivery"


class _ExpectedForm(forms.ModelForm):
    source = forms.ChoiceField(label=_("Source"), choices=[("", "–"), *SOURCE_LABELS.items()])
    expected_on = forms.DateField(
        label=_("Attendue le"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    class Meta:
        model = ExpectedDelivery
        fields = ("source", "cohort", "expected_on", "note")

    def clean_cohort(self):
        text = self.cleaned_data["cohort"].strip()
        if text and not cohort_code(text):
            sentence = "Écrivez une année, «\u00a02025\u00a0», deux qui se suivent, «\u00a02022_2023\u00a0», ou rien."
            raise forms.ValidationError(gettext(sentence))
        return cohort_code(text) if text else ""


class ExpectedDeliveryAdmin(admin.ModelAdmin):
    form = _ExpectedForm

    def get_urls(self):
        view = self.admin_site.admin_view(self.propose_view)
        return [path("proposer/", view, name="deliveries_expecteddelivery_propose"), *super().get_urls()]

    def save_model(self, request, obj, form, change):
        if not change:
            obj.author = request.user
        super().save_model(request, obj, form, change)

    def changelist_view(self, request, extra_context=None):
        """The calendar itself, what is late first."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        context = {
            "sections": sections(timezone.localdate()),
            "may_add": self.has_add_permission(request),
            "may_prepare": may_prepare(request),
        }
        return self._page(request, "calendar", gettext("Calendrier"), context)

    def propose_view(self, request):
        """What a year usually brings, and is not expected yet: a box a line, and one button."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        year = _year(request.GET.get("annee", ""))
        known = set(ExpectedDelivery.objects.filter(expected_on__year=year).values_list("source", flat=True))
        left = [one for one in proposals(year) if one.source not in known]
        if request.method == "POST":
            chosen = [one for one in left if one.key in request.POST.getlist("attendue")]
            self._expect(request, chosen)
            return HttpResponseRedirect(reverse("admin:deliveries_expecteddelivery_changelist"))
        lines = [(one, SOURCE_LABELS[one.source], one.cohort.replace("_", " et ")) for one in left]
        context = {"lines": lines, "year": str(year), "next_year": str(year + 1)}
        return self._page(request, "propose", gettext("Calendrier de %(year)s") % {"year": year}, context)

    def _expect(self, request, chosen):
        for one in chosen:
            ExpectedDelivery.objects.create(
                source=one.source,
                cohort=one.cohort,
                expected_on=one.expected_on,
                note=one.note,
                author=request.user,
            )
        messages.success(
            request, gettext("Livraisons ajoutées au calendrier\u00a0: %(number)s.") % {"number": len(chosen)}
        )

    def _page(self, request, name: str, title: str, context: dict[str, Any]):
        shared = {**self.admin_site.each_context(request), "title": title, "opts": self.opts}
        return TemplateResponse(request, f"{_TEMPLATES}/{name}.html", shared | context)


def _year(text: str) -> int:
    """The year that an address asks for, else the one under way, the next one from October on."""
    today = timezone.localdate()
    usual = today.year + (today.month >= 10)
    return int(text) if text.isdecimal() and 2018 <= int(text) <= usual + 5 else usual
