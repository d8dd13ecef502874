"""Addresses of the management site that a reader of everything may ask, for the search of leaks."""

from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse

from api.models import ApiKey
from deliveries.models import Operation, Submission, SubmittedFile
from deliveries.preview.presenting import TITLES
from establishments.models import School
from formations.models import Diploma
from reports.models import Report
from stats.models import Delivery
from tests.leak_addresses import with_queries
from tests.leak_files import (
    COOK,
    LYCEE,
)


def _keys(model):
    return [str(key) for key in model.objects.values_list("pk", flat=True)]


# What the admin lists → the keys of its objects.
_IN_ADMIN = {
    "auth_user": lambda: _keys(User),
    "accounts_invitation": lambda: ["1"],
    "accounts_event": lambda: ["1"],
    "formations_diploma": lambda: _keys(Diploma),
    "establishments_school": lambda: _keys(School),
    "api_apikey": lambda: _keys(ApiKey),
    "api_apiuser": lambda: ["1"],
    "pages_editedtext": lambda: ["1"],
    "reports_report": lambda: _keys(Report),
    "stats_delivery": lambda: _keys(Delivery),
    "stats_figurenotice": lambda: ["1"],
    "deliveries_submission": lambda: _keys(Submission),
    "deliveries_expecteddelivery": lambda: ["1"],
    "deliveries_columnmapping": lambda: ["1"],
    "api_usageday": lambda: ["1"],
}
_ADMIN_LISTS = (
    {},
    {"q": "essai"},
    {"file__content__contains": "x"},
    {"outcomes__taux_emploi_6_mois": "1"},
)


def _of_each(model, page):
    return lambda: [reverse(f"admin:{model}_{page}", args=[key]) for key in _IN_ADMIN[model]()]


def _of_first(model, page):
    return lambda: _of_each(model, page)()[:1]


def _of_submitted_files(page):
    return lambda: [
        reverse(f"admin:deliveries_submission_{page}", args=[file.submission_id, file.pk])
        for file in SubmittedFile.objects.all()
    ]


def _of_previews(page, *arguments):
    return lambda: [
        reverse(f"admin:deliveries_submission_{page}", args=[key, *of_page])
        for key in _keys(Submission)
        for of_page in arguments
    ]


def _of_operations(page):
    return lambda: [reverse(f"admin:deliveries_{page}", args=[key]) for key in _keys(Operation)]


def _model_pages(model):
    app, name = model.split("_")
    return {
        f"admin:{model}_change": _of_each(model, "change"),
        f"admin:{model}_history": _of_first(model, "history"),
        f"admin:{model}_delete": _of_first(model, "delete"),
        f"admin:{model}_changelist": lambda: with_queries(f"admin:{model}_changelist", _ADMIN_LISTS),
        f"admin:{model}_add": lambda: [reverse(f"admin:{model}_add")],
        f"gestion/{app}/{name}/<path:object_id>/": lambda: [f"/gestion/{app}/{name}/1/"],
    }


def _app_lists():
    apps = sorted({model.split("_")[0] for model in _IN_ADMIN})
    return [reverse("admin:app_list", args=[app]) for app in apps]


def _on_site():
    return [
        reverse("admin:view_on_site", args=[ContentType.objects.get_for_model(model).pk, key])
        for model, key in ((Diploma, COOK), (School, LYCEE), (Delivery, Delivery.objects.first().pk))
    ]


READER = {
    "admin:index": lambda: [reverse("admin:index")],
    "admin:logout": lambda: [reverse("admin:logout")],
    "admin:password_change": lambda: [reverse("admin:password_change")],
    "admin:password_change_done": lambda: [reverse("admin:password_change_done")],
    "admin:autocomplete": lambda: [
        f"{reverse('admin:autocomplete')}?app_label=stats&model_name=outcome&field_name={field}"
        for field in ("delivery", "diploma", "school", "territory")
    ],
    "admin:jsi18n": lambda: [reverse("admin:jsi18n")],
    "admin:view_on_site": _on_site,
    "admin:app_list": _app_lists,
    "gestion/(?P<url>.*)$": lambda: ["/gestion/stats/deliveredfile/", "/gestion/zzz"],
    "admin:second_factor": lambda: [reverse("admin:second_factor")],
    "admin:second_factor_enrol": lambda: [reverse("admin:second_factor_enrol")],
    "admin:second_factor_change": lambda: [reverse("admin:second_factor_change")],
    "admin:own_sessions": lambda: [reverse("admin:own_sessions")],
    "admin:invitation": lambda: [reverse("admin:invitation", args=["x"])],
    "admin:password_reset": lambda: [reverse("admin:password_reset")],
    "admin:password_reset_done": lambda: [reverse("admin:password_reset_done")],
    "admin:password_reset_confirm": lambda: [reverse("admin:password_reset_confirm", args=["MQ", "x"])],
    "admin:auth_user_reset_factor": _of_first("auth_user", "reset_factor"),
    "admin:auth_user_end_sessions": _of_first("auth_user", "end_sessions"),
    "admin:stats_delivery_coverage": lambda: [reverse("admin:stats_delivery_coverage")],
    "admin:stats_delivery_coverage_csv": lambda: [reverse("admin:stats_delivery_coverage_csv")],
    "admin:stats_delivery_journal": lambda: [reverse("admin:stats_delivery_journal")],
    "admin:stats_delivery_journal_export": lambda: [
        reverse("admin:stats_delivery_journal_export", args=[name, kind])
        for name in ("livraisons", "personnes", "avis")
        for kind in ("csv", "jsonl")
    ],
    "admin:deliveries_expecteddelivery_propose": lambda: [
        reverse("admin:deliveries_expecteddelivery_propose")
    ],
    "admin:deliveries_upload_begin": lambda: [reverse("admin:deliveries_upload_begin")],
    "admin:deliveries_upload": lambda: [reverse("admin:deliveries_upload", args=["a" * 22])],
    "admin:deliveries_submission_fetch": lambda: [reverse("admin:deliveries_submission_fetch")],
    "admin:pages_text": lambda: [reverse("admin:pages_text", args=["glossary.cfa.plain"])],
    "admin:pages_text_restore": lambda: [reverse("admin:pages_text_restore", args=["glossary.cfa.plain"])],
    "admin:reports_report_export": lambda: [reverse("admin:reports_report_export")],
    "admin:reports_report_handle": lambda: [
        reverse("admin:reports_report_handle", args=[key, "noter"]) for key in _keys(Report)
    ],
    "admin:stats_delivery_take_back": _of_each("stats_delivery", "take_back"),
    "admin:stats_delivery_findings": _of_each("stats_delivery", "findings"),
    "admin:stats_figurenotice_end": _of_each("stats_figurenotice", "end"),
}
for _page in (
    "add_files",
    "check",
    "publish",
    "ask_agreement",
    "agree",
    "send_back",
    "schedule",
    "unschedule",
    "give_up",
):
    READER[f"admin:deliveries_submission_{_page}"] = _of_each("deliveries_submission", _page)
for _page in ("file", "file_accept", "file_remove", "file_findings", "file_columns"):
    READER[f"admin:deliveries_submission_{_page}"] = _of_submitted_files(_page)
for _page in ("preview", "preview_lines", "preview_lines_csv", "preview_ask"):
    READER[f"admin:deliveries_submission_{_page}"] = _of_each("deliveries_submission", _page)
READER["admin:deliveries_submission_links"] = _of_each("deliveries_submission", "links")
READER["admin:deliveries_submission_link_revoke"] = _of_previews("link_revoke", (1,))
for _page in ("preview_counts", "preview_counts_csv"):
    READER[f"admin:deliveries_submission_{_page}"] = _of_previews(_page, *((by,) for by in TITLES))
for _page in ("preview_page", "preview_before", "preview_after"):
    READER[f"admin:deliveries_submission_{_page}"] = _of_previews(
        _page, ("formation", COOK), ("etablissement", LYCEE)
    )
for _page in ("operation_page", "operation_progress", "operation_cancel"):
    READER[f"admin:deliveries_{_page}"] = _of_operations(_page)
for _model in _IN_ADMIN:
    READER |= _model_pages(_model)
