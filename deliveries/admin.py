"""The management site of data managers: deliver a file, read its report, publish it, take it back."""

import gzip
import hashlib
from datetime import timedelta

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.signing import BadSignature, Signer
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from deliveries.publication import File, publish
from deliveries.report import COUNT_LABELS, SHOWN_FINDINGS, disclosure_sentences
from deliveries.signals import announce_publication
from deliveries.sources import ALL
from deliveries.withdrawal import can_take_back, take_back
from stats.models import DeliveredFile, Delivery

SOURCE_LABELS = {source.name: source.label for source in ALL}
# How long a file that was tried but not published is stored.
TRIED_FILES_KEPT = timedelta(days=1)


class DeliveryForm(forms.Form):
    file = forms.FileField(
        label=_("Fichier"), help_text=_("Tel que son producteur le publie\u00a0: CSV ou JSON.")
    )
    source = forms.ChoiceField(
        label=_("Source"),
        required=False,
        choices=[("", _("La reconnaître à l’en-tête")), *SOURCE_LABELS.items()],
    )
    cohort = forms.RegexField(
        r"^20\d\d(_20\d\d)?$",
        label=_("Cohorte"),
        required=False,
        help_text=_("Seulement si elle n’est ni dans le fichier ni dans son nom\u00a0: 2022_2023."),
        error_messages={
            "invalid": _("Écrivez une année, «\u00a02023\u00a0», ou deux, «\u00a02022_2023\u00a0».")
        },
    )


@admin.register(Delivery)
class DeliveryAdmin(admin.ModelAdmin):
    list_display = ["id", "at", "source_label", "action", "file_name", "state", "user"]
    list_display_links = ["id", "file_name"]
    list_filter = ["action", "source"]
    search_fields = ["file_name", "file__sha256"]
    date_hierarchy = "at"
    list_select_related = ["user"]
    fields = ["source_label", "action", "file_name", "sha256", "at", "user", "state"]
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

    def get_urls(self):
        wrap = self.admin_site.admin_view
        return [
            path("livrer/", wrap(self.deliver_view), name="stats_delivery_deliver"),
            path("publier/", wrap(self.publish_view), name="stats_delivery_publish"),
            path("<int:pk>/retirer/", wrap(self.take_back_view), name="stats_delivery_take_back"),
            *super().get_urls(),
        ]

    def add_view(self, request, form_url="", extra_context=None):
        return HttpResponseRedirect(reverse("admin:stats_delivery_deliver"))

    def change_view(self, request, object_id, form_url="", extra_context=None):
        delivery = self.get_object(request, object_id)
        context = {
            "report": _shown(delivery.report) if delivery and delivery.report.get("fichier") else None,
            "can_take_back": bool(delivery) and self.may_take_back(request) and can_take_back(delivery),
        }
        return super().change_view(request, object_id, form_url, {**context, **(extra_context or {})})

    def deliver_view(self, request):
        """Choose a file, then read the report of a dry run, which does everything and rolls back."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = DeliveryForm(request.POST or None, request.FILES or None)
        context = {
            **self.admin_site.each_context(request),
            "form": form,
            "title": gettext("Livrer un fichier"),
        }
        if request.method == "POST" and form.is_valid():
            upload = form.cleaned_data["file"]
            file = File(upload.name, upload.read(), form.cleaned_data["source"], form.cleaned_data["cohort"])
            [report] = publish([file], dry_run=True, user=request.user)
            context["report"] = _shown(report.as_dict())
            if report.status == "a_publier":
                context["token"] = _keep(file)
        return TemplateResponse(request, "admin/stats/delivery/deliver.html", context)

    def publish_view(self, request):
        """Publish the file whose report was read, named by the token of `deliver_view`."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseRedirect(reverse("admin:stats_delivery_deliver"))
        try:
            file = _kept(request.POST.get("token", ""))
        except (BadSignature, DeliveredFile.DoesNotExist):
            messages.error(request, gettext("Ce fichier n’est plus là. Livrez-le de nouveau."))
            return HttpResponseRedirect(reverse("admin:stats_delivery_deliver"))
        [report] = publish([file], user=request.user)
        if report.delivery is None:
            messages.warning(
                request, gettext("Rien n’a été publié\u00a0: relivrez le fichier pour lire son rapport.")
            )
            return HttpResponseRedirect(reverse("admin:stats_delivery_deliver"))
        announce_publication()
        messages.success(request, gettext("«\u00a0%(file)s\u00a0» est publié.") % {"file": file.name})
        return HttpResponseRedirect(reverse("admin:stats_delivery_change", args=[report.delivery]))

    def take_back_view(self, request, pk):
        """Take back a delivery whose slices are all live; their former files are published again."""
        delivery = get_object_or_404(Delivery.objects.prefetch_related("slices"), pk=pk)
        if not self.may_take_back(request):
            raise PermissionDenied
        if not can_take_back(delivery):
            messages.error(
                request,
                gettext("Une livraison plus récente a remplacé celle-ci\u00a0: retirez d’abord l’autre."),
            )
            return HttpResponseRedirect(reverse("admin:stats_delivery_change", args=[pk]))
        if request.method == "POST":
            take_back(delivery, request.user)
            announce_publication()
            messages.success(
                request, gettext("«\u00a0%(file)s\u00a0» est retiré.") % {"file": delivery.file_name}
            )
            return HttpResponseRedirect(reverse("admin:stats_delivery_changelist"))
        context = {
            **self.admin_site.each_context(request),
            "delivery": delivery,
            "source": SOURCE_LABELS.get(delivery.source, delivery.source),
            "cohorts": [piece.cohort.replace("_", " et ") for piece in delivery.slices.all() if piece.cohort],
            "title": gettext("Retirer une livraison"),
        }
        return TemplateResponse(request, "admin/stats/delivery/take_back.html", context)


def _keep(file):
    """Store a tried file until it is published; returns the signed token that names it."""
    DeliveredFile.objects.filter(deliveries=None, tried_at__lt=timezone.now() - TRIED_FILES_KEPT).delete()
    sha256 = hashlib.sha256(file.content).hexdigest()
    DeliveredFile.objects.get_or_create(
        sha256=sha256,
        defaults={"size": len(file.content), "content": gzip.compress(file.content, 6, mtime=0)},
    )
    return Signer().sign_object([sha256, file.name, file.source, file.cohort])


def _kept(token):
    sha256, name, source, cohort = Signer().unsign_object(token)
    content = gzip.decompress(bytes(DeliveredFile.objects.get(pk=sha256).content))
    return File(name, content, source, cohort)


def _shown(report):
    """The context of report.html, from a report of the journal."""
    findings = report["constats"]
    return {
        "file": report["fichier"],
        "source": SOURCE_LABELS.get(report["source"], gettext("inconnue")),
        "cohorts": [cohort.replace("_", " et ") for cohort in report["cohortes"]],
        "status": report["statut"],
        "counts": [(label, report["lignes"][name]) for name, label in COUNT_LABELS.items()],
        "kinds": report["constats_par_sorte"],
        "sentences": [finding["phrase"] for finding in findings[:SHOWN_FINDINGS]],
        "more": max(0, len(findings) - SHOWN_FINDINGS),
        "disclosure": disclosure_sentences(report.get("recoupements")),
        "deduced_groups": (report.get("recoupements") or {}).get("groupes", []),
    }
