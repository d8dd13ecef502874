"""Addresses of the Exposition API."""

import json

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.db import DatabaseError, connection
from django.http.multipartparser import MultiPartParserError
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from api.embeds import widgets
from api.exposition import auth, cohorts, errors, lists, lookups, parameters, sums
from api.exposition.endpoints import check, count, counting, endpoint, options, set_limit_headers
from api.exposition.responses import json_answer
from api.exposition.rows import FigureQuery
from api.rate_limits import SIGN_IN, ConsumerThrottle
from stats.caching import data_version
from stats.indicators import Route

# What callers read at /api: the version of the API that this one answers for, and the name of its store.
VERSION = "1.35.1"
HIGHER = Route.HIGHER.value


@csrf_exempt
def health(request):
    if request.method == "OPTIONS":
        return options()
    if request.method not in errors.READING:
        return errors.wrong_method().answer()
    try:
        connection.ensure_connection()
        is_well = True
    except DatabaseError:
        is_well = False
    body = {"version": VERSION, "env": settings.EXPOSITION_ENV, "healthcheck": {"mongodb": is_well}}
    return json_answer(body)


@csrf_exempt
def login(request):
    """A token of one day for a user and a password, as JSON or as a form."""
    if request.method == "OPTIONS":
        return options(errors.SENDING)
    user, limit = None, ConsumerThrottle(rates=SIGN_IN)
    try:
        check(limit, request)
        if request.method != "POST":
            raise errors.wrong_method(
                _("Cette adresse attend un identifiant et un mot de passe\u00a0: utilisez POST."),
                allowed=errors.SENDING,
            )
        username, password = _credentials(request)
        user = auth.user_with(username, password)
        if user is None:
            raise errors.unauthorized(_("Identifiant ou mot de passe incorrect."))
        response = json_answer({"token": auth.token_for(user)})
    except errors.ApiError as error:
        response = error.answer()
    response["Cache-Control"] = "no-store"
    set_limit_headers(limit, response)
    count(request, user, "login", {}, response.status_code)
    return response


def _credentials(request):
    """(username, password) of the body; raises what is wrong with it."""
    if request.content_type == "application/json":
        try:
            content = json.loads(request.body or b"{}")
        except (ValueError, RecursionError):
            content = None
        if not isinstance(content, dict):
            raise errors.bad_body(_("Le corps n’est pas un objet JSON."))
    else:
        try:
            content = request.POST.dict()
        except (SuspiciousOperation, MultiPartParserError):
            raise errors.bad_body(_("Le corps n’est pas un formulaire.")) from None
    names = ("username", "password")
    details = [
        errors.detail(name, _("Un texte est attendu."), "any.required")
        for name in names
        if not _is_text(content.get(name))
    ]
    details += [
        errors.detail(name, _("Paramètre inconnu."), "object.unknown")
        for name in content
        if name not in names
    ]
    if details:
        raise errors.bad_request(details)
    return content["username"], content["password"]


def _is_text(value):
    """Whether a value is a text that a database can hold: PostgreSQL takes neither NUL nor half characters."""
    is_given = isinstance(value, str) and value and "\0" not in value
    return bool(is_given) and not any("\ud800" <= character <= "\udfff" for character in value)


def _list(request, name, documents, requested):
    render = lists.as_csv if requested.get("ext") == "csv" else lists.as_json
    return render(name, documents, requested["page"], requested["items_par_page"])


_PAGING = {"page": 1, "items_par_page": parameters.ITEMS}


def _of_list():
    return {
        "millesimes": parameters.several(parameters.cohort),
        "code_certifications": parameters.several(parameters.code),
        "ext": parameters.one_of("json", "csv"),
        **parameters.universe(),
        **parameters.paging(),
    }


def _figures(known, requested, limit):
    """Documents of the requested codes; `limit(query)` adds the other conditions."""

    def make_query():
        query = limit(FigureQuery())
        codes = requested.get("code_certifications")
        return query.codes([code.text for code in codes]) if codes else query

    return lists.Figures(make_query, known)


def _of_last_cohorts(query, others, higher):
    """The last cohorts: `higher` for higher education, `others` for the rest."""
    marks = {len(texts): ", ".join(["%s"] * len(texts)) for texts in (others, higher)}
    return query.where(
        f"(s.route <> %s AND s.cohort_id IN ({marks[len(others)]}) "
        f"OR s.route = %s AND s.cohort_id IN ({marks[len(higher)]}))",
        HIGHER,
        *others,
        HIGHER,
        *higher,
    )


@endpoint("certifications", is_private=True)
def certifications(request, known, ext=None):
    requested = parameters.read(request, _of_list(), {"ext": ext}, _PAGING)
    served = cohorts.served(data_version(request))

    def limit(query):
        query.where("s.territory_id = %s", lookups.COUNTRY)
        if "millesimes" in requested:
            return query.within("s.cohort_id", requested["millesimes"])
        last = [(served[name] or [""])[-1:] for name in (cohorts.NATIONAL, cohorts.NATIONAL_HIGHER)]
        return _of_last_cohorts(query, *last)

    return _list(request, "certifications", _figures(known, requested, limit), requested)


@endpoint("regionales", is_private=True)
def regionales(request, known, region=None, ext=None):
    read_region = parameters.region(known)
    readers = _of_list() | (
        {"region": read_region} if region else {"regions": parameters.several(read_region)}
    )
    requested = parameters.read(request, readers, {"ext": ext, "region": region}, _PAGING)
    last = cohorts.default(data_version(request), cohorts.REGIONAL)
    codes = [requested["region"]] if region else requested.get("regions", known.regions)
    request.usage_labels = {"region": requested.get("region", "")}

    def limit(query):
        query.within("s.territory_id", [f"region-{code}" for code in codes])
        return query.within("s.cohort_id", requested.get("millesimes", [last]))

    return _list(request, "regionales", _figures(known, requested, limit), requested)


@endpoint("formations", is_private=True)
def formations(request, known, ext=None):
    readers = _of_list() | {
        "uais": parameters.several(parameters.uai),
        "regions": parameters.several(parameters.region(known)),
        "academies": parameters.several(parameters.academie(known)),
    }
    requested = parameters.read(request, readers, {"ext": ext}, _PAGING)
    version = data_version(request)

    def limit(query):
        query.where("s.school_id IS NOT NULL")
        if "uais" in requested:
            query.within("s.school_id", requested["uais"])
        _within_schools(query, known, "region", requested.get("regions"))
        _within_schools(query, known, "academie", requested.get("academies"))
        if "millesimes" in requested:
            forms = [form for cohort in requested["millesimes"] for form in cohorts.both_forms(cohort)]
            return query.within("s.cohort_id", forms)
        last = [cohorts.default(version, name) for name in (cohorts.SCHOOLS, cohorts.SCHOOLS_HIGHER)]
        return _of_last_cohorts(query, *(cohorts.both_forms(cohort) if cohort else [""] for cohort in last))

    return _list(request, "formations", _figures(known, requested, limit), requested)


def _within_schools(query, known, level, codes):
    """Limit the query to the schools of these regions or académies; None leaves it unlimited."""
    if codes is not None:
        schools = known.schools_of(level)
        query.within("s.school_id", [uai for code in codes for uai in schools.get(code, ())])


@endpoint("bcn", is_private=True)
def bcn(request, known, ext=None):
    readers = parameters.paging() | {"ext": parameters.one_of("json", "csv")}
    requested = parameters.read(request, readers, {"ext": ext}, _PAGING)
    return _list(request, "bcn", lists.Courses(), requested)


def _of_single():
    return {"millesime": parameters.cohort, **parameters.drawing()}


@endpoint("certification")
def certification(request, known, codes, ext=None):
    readers = _of_single() | {
        "code_certifications": parameters.several(parameters.code),
        "vue": parameters.one_of("filieres"),
        **parameters.universe(),
    }
    requested = parameters.read(request, readers, {"code_certifications": codes, "ext": ext})
    # Higher education too is answered for the last ordinary cohort: callers ask for another one, which a 404 names.
    codes = requested["code_certifications"]
    return _of_codes(request, lookups.country(known), codes, cohorts.NATIONAL, requested)


@endpoint("regionale")
def regionale(request, known, region, codes, ext=None):
    readers = _of_single() | {
        "region": parameters.region(known),
        "code_certifications": parameters.several(parameters.code),
        "vue": parameters.one_of("filieres"),
    }
    path = {"region": region, "code_certifications": codes, "ext": ext}
    requested = parameters.read(request, readers, path)
    scope = lookups.region(known, requested["region"])
    return _of_codes(request, scope, requested["code_certifications"], cohorts.REGIONAL, requested)


def _of_codes(request, scope, codes, name, requested):
    """The answer for one code, or sums by route of training for several."""
    cohort = requested.get("millesime") or cohorts.default(data_version(request), name)

    def compute():
        if len(codes) > 1 or requested.get("vue"):
            return sums.of(scope, codes, cohort)
        return lookups.single(scope, codes[0].text, cohort)

    counted = counting(request, scope.known, codes, compute, region=requested.get("region", ""))
    return widgets.answer(requested, counted, scope)


@endpoint("formation")
def formation(request, known, uai, code, ext=None):
    readers = _of_single() | {"uai": parameters.uai, "code": parameters.code, **parameters.universe()}
    requested = parameters.read(request, readers, {"uai": uai, "code": code, "ext": ext})
    name = cohorts.SCHOOLS_HIGHER if requested["code"].is_higher else cohorts.SCHOOLS
    cohort = requested.get("millesime") or cohorts.default(data_version(request), name).split("_")[-1]
    scope = lookups.school(known, requested["uai"])

    def compute():
        return lookups.single(scope, requested["code"].text, cohort)

    counted = counting(request, known, [requested["code"]], compute, school=requested["uai"])
    return widgets.answer(requested, counted, scope)


@endpoint("inconnue")
def unknown(request, known, rest):
    raise errors.unknown_address()
