"""The pages of the desk that list the texts, change one, show how it looks, publish it, and bring a version back."""

from collections.abc import Callable
from functools import wraps

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.safestring import mark_safe

from accounts.roles import EDIT_TEXTS
from pages.models import EditedText
from pages.texts import desk_page, publish
from pages.texts.catalogue import editables, languages
from pages.texts.forms import TextForm
from pages.texts.preview import component_of
from pages.texts.shown import drafted
from stats.caching import texts_shown, texts_version

_BUSY = "Rien n’est publié\u00a0: les données sont en train de changer. Réessayez dans quelques minutes."


def _editing(view: Callable) -> Callable:
    """For whoever may edit texts, and with the texts of today."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not request.user.has_perm(EDIT_TEXTS):
            raise PermissionDenied
        with texts_shown(texts_version(request)):
            return view(request, *args, **kwargs)

    return guarded


@_editing
def list_texts(request: HttpRequest) -> HttpResponse:
    query, only_changed = request.GET.get("q", "").strip()[:100], "changes" in request.GET
    context = {"groups": desk_page.groups(query, only_changed), "query": query, "only_changed": only_changed}
    return _page(request, "list", "Textes des pages", context)


@_editing
def text(request: HttpRequest, key: str) -> HttpResponse:
    """One text in each language: its form, its versions; how it looks, or its publication, once a form is sent."""
    editable = _editable(key)
    if request.method != "POST":
        return _show(request, editable)
    language = _language(request)
    form = TextForm(editable, language, request.POST)
    if not form.is_valid():
        return _show(request, editable, form)
    content = form.cleaned_data["content"]
    if "publier" not in request.POST:
        return _preview(request, editable, language, form, content)
    _publish(request, key, language, content, form.cleaned_data["note"], form.cleaned_data["after"])
    return _to_text(key)


@_editing
def restore(request: HttpRequest, key: str) -> HttpResponse:
    """Publish a former version of a text again; number 0: the text of the file."""
    _editable(key)
    if request.method == "POST":
        language, number, after = (request.POST.get(name, "") for name in ("langue", "version", "after"))
        if not (number.isdecimal() and after.isdecimal()):
            raise Http404
        former = EditedText.objects.filter(key=key, language=language, number=int(number)).first()
        if former is None and int(number):
            raise Http404
        content = former.content if former else ""
        _publish(request, key, _known(language), content, f"Version {number} rétablie", int(after))
    return _to_text(key)


def _publish(request, key, language, content, note, after):
    try:
        publish.publish(key, language, content, note, request.user, after)
    except publish.Changed:
        messages.warning(request, "Rien n’est publié\u00a0: ce texte a changé depuis que vous l’avez lu.")
    except publish.NothingPublished:
        messages.warning(
            request, "Rien n’est publié\u00a0: livrez d’abord des données, qu’une page puisse montrer."
        )
    except OperationalError as error:
        if "locked" not in str(error):
            raise
        messages.warning(request, _BUSY)
    else:
        messages.success(request, "Le texte est publié\u00a0: les pages le montrent.")


def _preview(request, editable, language, form, content):
    components = []
    with drafted(editable.key, language, content):
        for code, name in languages():
            # Our own templates, which escape what the editor wrote.
            components.append((code, name, mark_safe(component_of(editable, code))))
    context = {
        "key": editable.key,
        "components": components,
        "language": language,
        "fields": [(form.add_prefix(name), value) for name, value in form.cleaned_data.items()],
    }
    return _page(request, "preview", "Aperçu", context)


def _show(request, editable, bound=None):
    views = desk_page.language_views(editable, publish.versions_of(editable.key), bound)
    context = {"key": editable.key, "subject": editable.subject, "views": views}
    return _page(request, "text", f"{editable.subject}\u00a0: {editable.key}", context)


def _page(request, name, title, context):
    shared = {**admin.site.each_context(request), "title": title}
    return TemplateResponse(request, f"admin/pages/text/{name}.html", shared | context).render()


def _editable(key):
    if key not in editables():
        raise Http404
    return editables()[key]


def _language(request):
    return _known(request.POST.get("langue", ""))


def _known(language):
    if language not in dict(languages()):
        raise Http404
    return language


def _to_text(key):
    return HttpResponseRedirect(reverse("admin:pages_text", args=[key]))
