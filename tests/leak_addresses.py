"""Every pattern of the portal with the addresses at which the leak test asks it; a pattern that is not here fails."""

from itertools import product
from urllib.parse import urlencode

from django.contrib.auth.models import Group, User
from django.contrib.contenttypes.models import ContentType
from django.urls import URLResolver, get_resolver, reverse

from establishments.models import School
from formations.models import Diploma
from stats.addresses import compare_address, course_address, school_address
from stats.models import Delivery
from tests.leak_files import (
    CFA,
    COOK,
    COOK_YEAR,
    LYCEE,
    NEIGHBOUR,
    NEW_COOK,
    POLYVALENT,
    WAITER,
    WAITER_YEAR,
)

_ROUTES = ("pro", "apprentissage")
_UAIS = (LYCEE, CFA, POLYVALENT, NEIGHBOUR)
_REGIONAL = tuple(
    f"{code}.{route}.r{region}" for code, route, region in product((COOK, WAITER), _ROUTES, ("11", "28"))
)
_COMPARISONS = (
    (),
    _REGIONAL,
    (f"{COOK}.pro.{LYCEE}", f"{COOK}.pro.{NEIGHBOUR}", f"{COOK}.apprentissage.{CFA}", LYCEE, CFA, POLYVALENT),
    (f"{POLYVALENT}.pro", f"{POLYVALENT}.apprentissage", f"{POLYVALENT}.ensemble", NEIGHBOUR),
    (COOK, f"{COOK}.pro", f"{COOK}.apprentissage", NEW_COOK, f"{NEW_COOK}.pro.r11", WAITER),
    (f"{COOK_YEAR}.pro.r11", f"{COOK_YEAR}.pro.{LYCEE}", f"{WAITER_YEAR}.pro.r11", "zzz"),
)
_SEARCHES = ("cuisine", "service", "essai", "cuisnie", COOK, LYCEE, COOK_YEAR, "ile de france", "zzz")
_LISTS = (
    {},
    {"avec_chiffres": "true"},
    {"voie": "apprentissage"},
    {"region": "11"},
    {"q": "essai"},
    {"page": "2"},
    {"region": "zz"},
)
_FIGURES = (
    {},
    *({"limit": "1", "offset": str(offset)} for offset in range(0, 16, 5)),
    *({"formation": code} for code in (COOK, NEW_COOK, WAITER)),
    *({"etablissement": uai} for uai in _UAIS),
    {"region": "11"},
    {"voie": "apprentissage"},
    {"millesime": "2022_2023"},
    {"ensemble": "true"},
    {"millesime": "zz"},
    {"format": "csv"},
)


def patterns():
    """Name of each pattern of the resolver, "admin:index", or its route when it has none."""
    return set(_walk(get_resolver(), "", ()))


def _walk(resolver, route, namespaces):
    for pattern in resolver.url_patterns:
        whole = route + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = (*namespaces, pattern.namespace) if pattern.namespace else namespaces
            yield from _walk(pattern, whole, inner)
        else:
            yield ":".join((*namespaces, pattern.name)) if pattern.name else whole


def _with_queries(name, queries):
    return [f"{reverse(name)}?{urlencode(query)}" for query in queries]


def _searches():
    words = [{"q": word} for word in _SEARCHES]
    kinds = [{"q": "cuisine", "type": kind, "page": "2"} for kind in ("formations", "etablissements")]
    return _with_queries("search", [{}, *words, *kinds, {"lieu": "75056", "rayon": "30"}])


def _courses():
    wishes = [{"voie": route, "region": region} for route in ("", *_ROUTES) for region in ("", "11")]
    wishes += [
        {"region": "28"},
        {"duree": "2"},
        {"duree": "3", "region": "11"},
        {"region": "zz", "page": "2"},
    ]
    pages = [course_address(diploma, **wish) for diploma in Diploma.objects.all() for wish in wishes]
    return [*pages, f"/formations/{COOK}/"]


def _schools():
    schools = School.objects.all()
    pages = [school_address(school, **page) for school in schools for page in ({}, {"page": "2"})]
    return [*pages, f"/etablissements/{LYCEE.lower()}/"]


PUBLIC = {
    "home": lambda: [reverse("home")],
    "search": _searches,
    "methodology": lambda: [reverse("methodology")],
    "glossary": lambda: [reverse("glossary")],
    "legal": lambda: [reverse("legal")],
    "accessibility": lambda: [reverse("accessibility")],
    "privacy": lambda: [reverse("privacy")],
    "site_map": lambda: [reverse("site_map")],
    "health": lambda: [reverse("health")],
    "course_list": lambda: _with_queries("course_list", [*_LISTS, {"toutes": "true"}]),
    "course_list_csv": lambda: _with_queries("course_list_csv", [*_LISTS, {"toutes": "true"}]),
    "course": _courses,
    "course_csv": lambda: [course_address(diploma, "course_csv") for diploma in Diploma.objects.all()],
    "school_list": lambda: _with_queries("school_list", _LISTS),
    "school_list_csv": lambda: _with_queries("school_list_csv", _LISTS),
    "school": _schools,
    "school_csv": lambda: [school_address(school, "school_csv") for school in School.objects.all()],
    "compare": lambda: [compare_address(texts) for texts in _COMPARISONS],
    "compare_csv": lambda: [compare_address(texts, "compare_csv") for texts in _COMPARISONS],
    "api_courses": lambda: _with_queries("api_courses", [*_LISTS, {"toutes": "true"}]),
    "api_schools": lambda: _with_queries("api_schools", _LISTS),
    "api_outcomes": lambda: _with_queries("api_outcomes", _FIGURES),
    "api_schema": lambda: [reverse("api_schema"), f"{reverse('api_schema')}?format=json"],
    "api_documentation": lambda: [reverse("api_documentation")],
    "admin:login": lambda: [reverse("admin:login")],
}


def _keys(model):
    return [str(key) for key in model.objects.values_list("pk", flat=True)]


# What the admin lists → the keys of its objects.
_IN_ADMIN = {
    "auth_group": lambda: _keys(Group) or ["1"],
    "auth_user": lambda: _keys(User),
    "dsfr_dsfrconfig": lambda: ["1"],
    "formations_diploma": lambda: _keys(Diploma),
    "establishments_school": lambda: _keys(School),
    "stats_delivery": lambda: _keys(Delivery),
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


def _model_pages(model):
    app, name = model.split("_")
    return {
        f"admin:{model}_change": _of_each(model, "change"),
        f"admin:{model}_history": _of_first(model, "history"),
        f"admin:{model}_delete": _of_first(model, "delete"),
        f"admin:{model}_changelist": lambda: _with_queries(f"admin:{model}_changelist", _ADMIN_LISTS),
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
    "admin:auth_user_password_change": _of_first("auth_user", "password_change"),
    "admin:stats_delivery_deliver": lambda: [reverse("admin:stats_delivery_deliver")],
    "admin:stats_delivery_publish": lambda: [reverse("admin:stats_delivery_publish")],
    "admin:stats_delivery_take_back": _of_each("stats_delivery", "take_back"),
}
for _model in _IN_ADMIN:
    READER |= _model_pages(_model)
