"""Every pattern of the portal with the addresses at which the leak test asks it; a pattern that is not here fails."""

from itertools import product
from urllib.parse import urlencode

from django.urls import URLResolver, get_resolver, reverse

from api.files import versions
from counselling.payload import encoded
from counselling.plan import Item, Kind, Plan
from establishments.models import School
from formations.models import Diploma, Job
from inserjeunes_portal.sitemaps import SITEMAPS
from stats.links import ComparisonState, course_address, job_address, report_address, school_address
from stats.models import Attribution
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
_SHOWN = ("&vue=tableau", "&sens=elements", "&vue=tableau&sens=elements&vu=zz", "&differences=1&sans=sur_10")
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
    {"par_page": "5"},
    {"indicateurs": "taux_emploi_6_mois,taux_poursuite_etudes"},
    *({"formation": code} for code in (COOK, NEW_COOK, WAITER)),
    *({"etablissement": uai} for uai in _UAIS),
    {"region": "11"},
    {"voie": "apprentissage"},
    {"millesime": "2022_2023"},
    {"ensemble": "true"},
    {"millesime": "zz"},
    {"curseur": "zz"},
)
_FILES = ("csv", "xlsx", "parquet")


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


def with_queries(name, queries):
    return [f"{reverse(name)}?{urlencode(query)}" for query in queries]


def _files(name, queries):
    return [
        f"{reverse(f'{name}_file', args=[suffix])}?{urlencode(query)}"
        for suffix in (*_FILES, "zz")
        for query in queries
        if "par_page" not in query and "page" not in query
    ]


def _searches():
    words = [{"q": word} for word in _SEARCHES]
    kinds = [{"q": "cuisine", "type": kind, "page": "2"} for kind in ("formations", "etablissements")]
    return with_queries("search", [{}, *words, *kinds, {"lieu": "75056", "rayon": "30"}])


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


def _api_list(name, queries):
    return {
        name: lambda: with_queries(name, queries),
        f"{name}_json": lambda: with_queries(f"{name}_json", queries),
        f"{name}_file": lambda: _files(name, queries),
    }


# The key of the test: lists of the Exposition API need one.
API_KEY = "cle-des-essais-de-fuite"


def _lists(name, queries):
    """A list of the Exposition API as JSON and as CSV, with a key."""
    pages = [{**query, "apiKey": API_KEY, "items_par_page": "1000"} for query in queries]
    return [f"/api/inserjeunes/{name}{ext}?{urlencode(query)}" for ext in ("", ".csv") for query in pages]


def _singles(name):
    """Each group that the Exposition API can show at this level, as JSON, pictures and sums."""
    found = Attribution.objects.filter(diploma__isnull=False)
    found = found.filter(territory=None) if name == "formations" else found.filter(territory__level=name)
    keys = ("school_id", "territory__code", "course_year_id", "diploma_id", "cohort_id")
    for school, region, year, diploma, cohort in found.order_by().values_list(*keys).distinct():
        where = {"pays": "certifications/", "region": f"regionales/{region}/certifications/"}.get(name)
        code = year or diploma
        query = urlencode({"millesime": cohort})
        yield f"/api/inserjeunes/{where or f'formations/{school}-'}{code}?{query}"
        for theme in ("dsfr", "lba"):
            picture = urlencode({"millesime": cohort, "theme": theme, "imageOnError": "true"})
            yield f"/api/inserjeunes/{where or f'formations/{school}-'}{code}.svg?{picture}"
        if where:
            yield f"/api/inserjeunes/{where}{code}?{query}&vue=filieres"


def _open_files():
    """Every file of every version ever made, and of the latest."""
    for version in versions.made():
        names = ["manifest.json", *(file["nom"] for file in versions.manifest(version)["fichiers"])]
        for asked in (version, "derniere"):
            yield from (reverse("open_file", args=[asked, name]) for name in names)


_PLAN_FORMS = ("plan_change", "plan_add", "plan_start", "plan_open", "plan_file")


def _plans(name):
    """A plan for each comparison, and one that cannot be read."""
    plans = [
        Plan(
            town="75056",
            items=(*(Item(Kind.FIGURES, (token,)) for token in tokens), Item(Kind.COMPARISON, tokens)),
        )
        for tokens in _COMPARISONS
        if len(tokens) > 1 and "zzz" not in tokens
    ]
    return with_queries(name, [*({"s": encoded(plan)} for plan in plans), {"s": "zz"}])


_COHORTS = ({}, {"millesimes": "2022_2023,2021_2022,2023"})
_EXPOSITION = {
    "exposition_health": lambda: ["/api"],
    "exposition_login": lambda: ["/api/inserjeunes/auth/login?zz=zz"],
    "exposition_certifications": lambda: _lists("certifications", _COHORTS),
    "exposition_certification": lambda: [*_singles("pays"), "/api/inserjeunes/certifications/zz"],
    "exposition_regionales": lambda: _lists("regionales", _COHORTS),
    "exposition_region": lambda: _lists("regionales/11", _COHORTS),
    "exposition_regionale": lambda: [*_singles("region"), "/api/inserjeunes/regionales/zz/certifications/zz"],
    "exposition_formations": lambda: _lists("formations", [*_COHORTS, {"regions": "11"}]),
    "exposition_formation": lambda: [*_singles("formations"), "/api/inserjeunes/formations/zz-zz"],
    "exposition_bcn": lambda: _lists("bcn", [{}]),
    "exposition_unknown": lambda: ["/api/inserjeunes/zz/zz"],
}
PUBLIC = {
    **_EXPOSITION,
    "home": lambda: [reverse("home")],
    "search": _searches,
    "suggestions": lambda: with_queries("suggestions", [{"q": word} for word in _SEARCHES]),
    "job_list": lambda: [reverse("job_list")],
    "job": lambda: [
        job_address(job, **place) for job in Job.objects.all() for place in ({}, {"ville": "Paris"})
    ],
    "methodology": lambda: [reverse("methodology")],
    "glossary": lambda: [reverse("glossary")],
    "legal": lambda: [reverse("legal")],
    "accessibility": lambda: [reverse("accessibility")],
    "privacy": lambda: [reverse("privacy")],
    "file_check": lambda: [reverse("file_check")],
    "school_link": lambda: [reverse("school_link", args=["zz"])],
    "counselling": lambda: [reverse("counselling")],
    "plan": lambda: [reverse("plan"), *_plans("plan")],
    "plan_handout": lambda: _plans("plan_handout"),
    # They take forms only.
    **{name: lambda name=name: [reverse(name)] for name in _PLAN_FORMS},
    "report_error": lambda: [
        reverse("report_error"),
        *(
            report_address(school_address(school), formation=COOK, voie="pro")
            for school in School.objects.all()
        ),
    ],
    "report_received": lambda: [reverse("report_received", args=["zz"])],
    "site_map": lambda: [reverse("site_map")],
    "health": lambda: [reverse("health")],
    "robots": lambda: [reverse("robots")],
    "sitemaps": lambda: [reverse("sitemaps")],
    "django.contrib.sitemaps.views.sitemap": lambda: [f"/sitemap-{name}.xml" for name in SITEMAPS],
    "course_list": lambda: with_queries("course_list", [*_LISTS, {"toutes": "true"}]),
    "course_list_csv": lambda: with_queries("course_list_csv", [*_LISTS, {"toutes": "true"}]),
    "course": _courses,
    "course_csv": lambda: [course_address(diploma, "course_csv") for diploma in Diploma.objects.all()],
    "school_list": lambda: with_queries("school_list", _LISTS),
    "school_list_csv": lambda: with_queries("school_list_csv", _LISTS),
    "school": _schools,
    "school_csv": lambda: [school_address(school, "school_csv") for school in School.objects.all()],
    "compare": lambda: [
        f"{ComparisonState(texts).address()}{shown}"
        for texts in _COMPARISONS
        for shown in ("", *_SHOWN)
        if texts or not shown
    ],
    "compare_share": lambda: [ComparisonState(texts).address("compare_share") for texts in _COMPARISONS],
    "compare_csv": lambda: [ComparisonState(texts).address("compare_csv") for texts in _COMPARISONS],
    **_api_list("api_courses", [*_LISTS, {"toutes": "true"}]),
    **_api_list("api_schools", _LISTS),
    **_api_list("api_territories", [{}, {"niveau_geographique": "region"}]),
    **_api_list("api_outcomes", _FIGURES),
    "api_course": lambda: [reverse("api_course", args=[code]) for code in (COOK, NEW_COOK, WAITER)],
    "api_school": lambda: [reverse("api_school", args=[uai]) for uai in _UAIS],
    "api_territory": lambda: [reverse("api_territory", args=["region-11"])],
    "api_unknown": lambda: ["/api/v1/zz"],
    "api_schema": lambda: [reverse("api_schema")],
    "api_schema_exposition": lambda: [reverse("api_schema_exposition")],
    "open_files": lambda: [reverse("open_files")],
    "open_files_dictionary": lambda: [reverse("open_files_dictionary")],
    "open_files_atom": lambda: [reverse("open_files_atom")],
    "open_files_feed": lambda: [reverse("open_files_feed")],
    "open_file": _open_files,
    "api_documentation": lambda: [reverse("api_documentation")],
    "admin:login": lambda: [reverse("admin:login")],
}
