"""The management site of data managers: deliver a file, read its report, publish it, take it back."""

import gzip
import hashlib
from dataclasses import asdict, replace
from datetime import datetime

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
from django_tasks_db.models import DBTaskResult

from accounts.roles import APPROVE
from deliveries import journal_pages
from deliveries.approval import Approval
from deliveries.cells import cohort_code
from deliveries.checking.presentation import CSV_HEADER, csv_rows, present
from deliveries.publication import File, publish
from deliveries.report import COUNT_LABELS, disclosure_sentences
from deliveries.signals import announce_publication
from deliveries.sources import ALL
from deliveries.withdrawal import AlreadyTakenBack, can_take_back, is_taken_back, take_back
from deliveries.writing import REQUEST_SECONDS, Busy, one_writer
from stats.exports import csv_response
from stats.models import DeliveredFile, Delivery, Slice

SOURCE_LABELS = {source.name: source.label for source in ALL}
_BUSY = _("Une autre publication est en cours\u00a0: rien n’a été fait. Recommencez dans quelques minutes.")


# The queue of the desk says what is under way; tasks only wake its worker (deliveries.operations.tasks).
admin.site.unregister(DBTaskResult)


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
        label=_("Cohorte ou rentrée"),
        required=False,
        help_text=_("Seulement si elle n’est ni dans le fichier ni dans son nom\u00a0: 2022_2023, ou 2025."),
        error_messages={
            "invalid": _("Écrivez une année, «\u00a02023\u00a0», ou deux, «\u00a02022_2023\u00a0».")
        },
    )

    def clean_cohort(self):
        cohort = self.cleaned_data["cohort"]
        if cohort and not cohort_code(cohort):
            raise forms.ValidationError(gettext("Les deux années d’une cohorte se suivent."))
        return cohort


@admin.register(Delivery)
class DeliveryAdmin(admin.ModelAdmin):
    list_display = ["id", "at", "source_label", "action", "file_name", "state", "user"]
    list_display_links = ["id", "file_name"]
    list_filter = ["action", "source"]
    search_fields = ["file_name", "file__sha256"]
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
        return gettext("Rapport lu le %(day)s à %(time)s, sur la version %(version)s des données") % {
            "day": f"{at:%d/%m/%Y}",
            "time": f"{at:%H:%M}",
            "version": delivery.approval["version"],
        }

    def get_urls(self):
        wrap = self.admin_site.admin_view
        return [
            path("livrer/", wrap(self.deliver_view), name="stats_delivery_deliver"),
            path("publier/", wrap(self.publish_view), name="stats_delivery_publish"),
            path("<int:pk>/retirer/", wrap(self.take_back_view), name="stats_delivery_take_back"),
            path("<int:pk>/constats.csv", wrap(self.findings_view), name="stats_delivery_findings"),
            *journal_pages.urls(self.admin_site),
            *super().get_urls(),
        ]

    def add_view(self, request, form_url="", extra_context=None):
        return HttpResponseRedirect(reverse("admin:stats_delivery_deliver"))

    def change_view(self, request, object_id, form_url="", extra_context=None):
        delivery = self.get_object(request, object_id)
        has_report = bool(delivery) and bool(delivery.report.get("fichier"))
        address = reverse("admin:stats_delivery_findings", args=[object_id]) if has_report else ""
        context = {
            "report": _shown(delivery.report, address) if has_report else None,
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

    def deliver_view(self, request):
        """Choose a file, then read the report of a dry run, which does everything and rolls back."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = DeliveryForm(request.POST or None, request.FILES or None)
        context = {"form": form}
        if request.method == "POST" and form.is_valid():
            upload = form.cleaned_data["file"]
            file = File(upload.name, upload.read(), form.cleaned_data["source"], form.cleaned_data["cohort"])
            try:
                [report] = publish([file], dry_run=True, user=request.user, seconds=REQUEST_SECONDS)
                context |= _checked(request, file, report)
            except Busy:
                messages.error(request, _BUSY)
        return self._deliver_page(request, context)

    def _deliver_page(self, request, context):
        shared = {**self.admin_site.each_context(request), "title": gettext("Livrer un fichier")}
        return TemplateResponse(request, "admin/stats/delivery/deliver.html", shared | context)

    def publish_view(self, request):
        """Publish the file whose report was read, named by the token of `deliver_view`; or show its new report."""
        if not self.has_add_permission(request) or not request.user.has_perm(APPROVE):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseRedirect(reverse("admin:stats_delivery_deliver"))
        try:
            confirmed = tuple(request.POST.get("confirmed", "").split())
            token = request.POST.get("token", "")
            file, approval = _read_token(token)
            confirmed = {hashlib.sha256(file.content).hexdigest(): confirmed}
            if approval.user != request.user.pk:
                # Somebody else read the report.
                approval = replace(approval, version=-1)
            approval = replace(approval, confirmed=confirmed)
            [report] = publish([file], approval=approval, user=request.user, seconds=REQUEST_SECONDS)
        except (BadSignature, DeliveredFile.DoesNotExist):
            messages.error(request, gettext("Ce fichier n’est plus là. Livrez-le de nouveau."))
            return HttpResponseRedirect(reverse("admin:stats_delivery_deliver"))
        except Busy:
            messages.error(request, _BUSY)
            return self._deliver_page(request, {"form": DeliveryForm(), "token": token})
        if report.status not in {"publie", "inchange"}:
            return self._check_again(request, file, report, approval)
        if report.status == "publie":
            announce_publication()
            sentence = gettext("«\u00a0%(file)s\u00a0» est publié.")
        else:
            sentence = gettext("«\u00a0%(file)s\u00a0» est déjà publié\u00a0: rien d’autre n’a changé.")
        messages.success(request, sentence % {"file": file.name})
        return HttpResponseRedirect(_address_of(report))

    def _check_again(self, request, file, report, approval):
        """The page of a file that was not published: its approval is not true any more, or lacks a confirmation."""
        if report.status == "a_confirmer" and approval.holds(report.version):
            sentence = gettext("Rien n’est publié\u00a0: cochez la case qui confirme ce fichier.")
        else:
            sentence = gettext(
                "Rien n’est publié\u00a0: les données ont changé depuis ce contrôle, ou quelqu’un d’autre l’a fait. "
                "Voici un nouveau rapport\u00a0: lisez-le avant de publier."
            )
        messages.warning(request, sentence)
        return self._deliver_page(request, {"form": DeliveryForm()} | _checked(request, file, report))

    def take_back_view(self, request, pk):
        """Take back a delivery whose slices are all live; their former files are published again."""
        delivery = get_object_or_404(Delivery.objects.prefetch_related("slices"), pk=pk)
        if not self.may_take_back(request):
            raise PermissionDenied
        if request.method == "POST":
            return self._take_back(request, delivery)
        if not can_take_back(delivery):
            return self._not_taken_back(request, delivery)
        context = {
            **self.admin_site.each_context(request),
            "delivery": delivery,
            "source": SOURCE_LABELS.get(delivery.source, delivery.source),
            "cohorts": [piece.cohort.replace("_", " et ") for piece in delivery.slices.all() if piece.cohort],
            "title": gettext("Retirer une livraison"),
        }
        return TemplateResponse(request, "admin/stats/delivery/take_back.html", context)

    def _take_back(self, request, delivery):
        try:
            take_back(delivery, request.user, seconds=REQUEST_SECONDS)
        except Busy:
            messages.error(request, _BUSY)
            return HttpResponseRedirect(reverse("admin:stats_delivery_change", args=[delivery.pk]))
        except (AlreadyTakenBack, ValueError):
            return self._not_taken_back(request, Delivery.objects.get(pk=delivery.pk))
        announce_publication()
        sentence = gettext("«\u00a0%(file)s\u00a0» est retiré.")
        messages.success(request, sentence % {"file": delivery.file_name})
        return HttpResponseRedirect(reverse("admin:stats_delivery_changelist"))

    def _not_taken_back(self, request, delivery):
        """Say why there is nothing to take back: it was done already, or a later delivery is in the way."""
        if is_taken_back(delivery):
            sentence = gettext("«\u00a0%(file)s\u00a0» est déjà retiré.")
            messages.info(request, sentence % {"file": delivery.file_name})
        else:
            sentence = gettext(
                "Une livraison plus récente a remplacé celle-ci\u00a0: retirez d’abord l’autre."
            )
            messages.error(request, sentence)
        return HttpResponseRedirect(reverse("admin:stats_delivery_change", args=[delivery.pk]))


def _checked(request, file, report):
    """The context of a file that was checked: its report, and the token with which to publish it if it may be."""
    context = {"report": _shown(report.as_dict())}
    if report.status in {"a_publier", "a_confirmer"} and request.user.has_perm(APPROVE):
        context["token"] = _token(file, report.version, request.user)
    return context


_SIGNER = Signer(salt="deliveries.approval")


def _token(file, version, user):
    """Stores the file; returns the signed text of it and of the approval to give to it."""
    sha256 = hashlib.sha256(file.content).hexdigest()
    with one_writer(REQUEST_SECONDS):
        DeliveredFile.objects.update_or_create(
            sha256=sha256,
            defaults={
                "size": len(file.content),
                "content": gzip.compress(file.content, 6, mtime=0),
                "tried_at": timezone.now(),
            },
        )
    approval = Approval(version, user.pk, timezone.now().isoformat("T", "seconds"))
    return _SIGNER.sign_object([sha256, file.name, file.source, file.cohort, asdict(approval)])


def _read_token(token):
    """(file, approval); raises BadSignature or DeliveredFile.DoesNotExist."""
    sha256, name, source, cohort, approval = _SIGNER.unsign_object(token)
    content = gzip.decompress(bytes(DeliveredFile.objects.get(pk=sha256).content))
    return File(name, content, source, cohort), Approval(**approval)


def _address_of(report):
    """The page of the delivery that published the file of a report, else the list: its figures came in another file."""
    live = Slice.objects.filter(
        source=report.source, delivery__file=report.sha256, state=Slice.State.LIVE
    ).first()
    pk = report.delivery or (live and live.delivery_id)
    return (
        reverse("admin:stats_delivery_change", args=[pk])
        if pk
        else reverse("admin:stats_delivery_changelist")
    )


def _shown(report, csv_address=""):
    """The context of report.html, from a report of the journal. csv_address: where its findings are downloaded."""
    return {
        "file": report["fichier"],
        "source": SOURCE_LABELS.get(report["source"], gettext("inconnue")),
        "cohorts": [cohort.replace("_", " et ") for cohort in report["cohortes"]],
        "status": report["statut"],
        "to_confirm": " ".join(report.get("a_confirmer", [])),
        "counts": [(label, report["lignes"][name]) for name, label in COUNT_LABELS.items()],
        "checks": present(report),
        "csv_address": csv_address,
        "disclosure": disclosure_sentences(report.get("recoupements")),
        "deduced_groups": (report.get("recoupements") or {}).get("groupes", []),
    }
