"""Addresses of the Exposition API."""

import json

from django.conf import settings
from django.db import DatabaseError, connection
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from api.embeds import widgets
from api.exposition import auth, cohorts, errors, lists, lookups, parameters, sums
from api.exposition.endpoints import check, count, endpoint, options, tell
from api.exposition.responses import json_answer
from api.exposition.rows import Question
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
    tell(limit, response)
    count(request, user, "login", {}, response.status_code)
    return response


def _credentials(request):
    """(username, password) of the body; raises what is wrong with it."""
    if request.content_type == "application/json":
        try:
            given = json.loads(request.body or b"{}")
        except ValueError:
            given = None
        if not isinstance(given, dict):
            raise errors.bad_request([errors.detail("body", _("Le corps n’est pas un objet JSON."))])
    else:
        given = request.POST.dict()
    names = ("username", "password")
    details = [
        errors.detail(name, _("Un texte est attendu."), "any.required")
        for name in names
        if not _is_text(given.get(name))
    ]
    details += [
        errors.detail(name, _("Paramètre inconnu."), "object.unknown") for name in given if name not in names
    ]
    if details:
        raise errors.bad_request(details)
    return given["username"], given["password"]


def _is_text(value):
    """Whether a value is a text that a database can hold: PostgreSQL takes neither NUL nor half characters."""
    is_given = isinstance(value, str) and value and "\0" not in value
    return bool(is_given) and not any("\ud800" <= character <= "\udfff" for character in value)


def _list(request, name, documents, asked):
    render = lists.as_csv if asked.get("ext") == "csv" else lists.as_json
    return render(name, documents, asked["page"], asked["items_par_page"])


_PAGING = {"page": 1, "items_par_page": parameters.ITEMS}


def _of_list():
    return {
        "millesimes": parameters.several(parameters.cohort),
        "code_certifications": parameters.several(parameters.code),
        "ext": parameters.one_of("json", "csv"),
        **parameters.universe(),
        **parameters.paging(),
    }


def _figures(known, asked, limit):
    """Documents of the codes asked; `limit(question)` adds the other conditions."""

    def question():
        made = limit(Question())
        codes = asked.get("code_certifications")
        return made.codes([each.text for each in codes]) if codes else made

    return lists.Figures(question, known)


def _of_last_cohorts(question, others, higher):
    """The last cohorts: `higher` for higher education, `others` for the rest."""
    marks = {len(texts): ", ".join(["%s"] * len(texts)) for texts in (others, higher)}
    return question.where(
        f"(s.route <> %s AND s.cohort_id IN ({marks[len(others)]}) "
        f"OR s.route = %s AND s.cohort_id IN ({marks[len(higher)]}))",
        HIGHER,
        *others,
        HIGHER,
        *higher,
    )


@endpoint("certifications", is_private=True)
def certifications(request, known, ext=None):
    asked = parameters.read(request, _of_list(), {"ext": ext}, _PAGING)
    served = cohorts.served(data_version(request))

    def limit(question):
        question.where("s.territory_id = %s", lookups.COUNTRY)
        if "millesimes" in asked:
            return question.within("s.cohort_id", asked["millesimes"])
        last = [(served[name] or [""])[-1:] for name in (cohorts.NATIONAL, cohorts.NATIONAL_HIGHER)]
        return _of_last_cohorts(question, *last)

    return _list(request, "certifications", _figures(known, asked, limit), asked)


@endpoint("regionales", is_private=True)
def regionales(request, known, region=None, ext=None):
    one = parameters.region(known)
    readers = _of_list() | ({"region": one} if region else {"regions": parameters.several(one)})
    asked = parameters.read(request, readers, {"ext": ext, "region": region}, _PAGING)
    last = cohorts.default(data_version(request), cohorts.REGIONAL)
    codes = [asked["region"]] if region else asked.get("regions", known.regions)
    request.asked = {"region": asked.get("region", "")}

    def limit(question):
        question.within("s.territory_id", [f"region-{code}" for code in codes])
        return question.within("s.cohort_id", asked.get("millesimes", [last]))

    return _list(request, "regionales", _figures(known, asked, limit), asked)


@endpoint("formations", is_private=True)
def formations(request, known, ext=None):
    readers = _of_list() | {
        "uais": parameters.several(parameters.uai),
        "regions": parameters.several(parameters.region(known)),
        "academies": parameters.several(parameters.academie(known)),
    }
    asked = parameters.read(request, readers, {"ext": ext}, _PAGING)
    version = data_version(request)

    def limit(question):
        question.where("s.school_id IS NOT NULL")
        if "uais" in asked:
            question.within("s.school_id", asked["uais"])
        _within_schools(question, known, "region", asked.get("regions"))
        _within_schools(question, known, "academie", asked.get("academies"))
        if "millesimes" in asked:
            forms = [form for each in asked["millesimes"] for form in cohorts.both_forms(each)]
            return question.within("s.cohort_id", forms)
        last = [cohorts.default(version, name) for name in (cohorts.SCHOOLS, cohorts.SCHOOLS_HIGHER)]
        return _of_last_cohorts(question, *(cohorts.both_forms(each) if each else [""] for each in last))

    return _list(request, "formations", _figures(known, asked, limit), asked)


def _within_schools(question, known, level, codes):
    """Schools of these regions or académies, none of which may be asked."""
    if codes is not None:
        schools = known.schools_of(level)
        question.within("s.school_id", [uai for code in codes for uai in schools.get(code, ())])


@endpoint("bcn", is_private=True)
def bcn(request, known, ext=None):
    readers = parameters.paging() | {"ext": parameters.one_of("json", "csv")}
    asked = parameters.read(request, readers, {"ext": ext}, _PAGING)
    return _list(request, "bcn", lists.Courses(), asked)


def _of_single():
    return {"millesime": parameters.cohort, **parameters.drawing()}


@endpoint("certification")
def certification(request, known, codes, ext=None):
    readers = _of_single() | {
        "code_certifications": parameters.several(parameters.code),
        "vue": parameters.one_of("filieres"),
        **parameters.universe(),
    }
    asked = parameters.read(request, readers, {"code_certifications": codes, "ext": ext})
    found = asked["code_certifications"]
    name = cohorts.NATIONAL_HIGHER if all(each.is_higher for each in found) else cohorts.NATIONAL
    return _of_codes(request, lookups.country(known), found, name, asked)


@endpoint("regionale")
def regionale(request, known, region, codes, ext=None):
    readers = _of_single() | {
        "region": parameters.region(known),
        "code_certifications": parameters.several(parameters.code),
        "vue": parameters.one_of("filieres"),
    }
    path = {"region": region, "code_certifications": codes, "ext": ext}
    asked = parameters.read(request, readers, path)
    scope = lookups.region(known, asked["region"])
    return _of_codes(request, scope, asked["code_certifications"], cohorts.REGIONAL, asked)


def _of_codes(request, scope, codes, name, asked):
    """The answer for one code, or sums by route of training for several."""
    request.asked = {"code": "|".join(each.text for each in codes)[:20], "region": asked.get("region", "")}
    cohort = asked.get("millesime") or cohorts.default(data_version(request), name)
    if len(codes) > 1 or asked.get("vue"):
        return widgets.answer(asked, lambda: sums.of(scope, codes, cohort), scope)
    return widgets.answer(asked, lambda: lookups.single(scope, codes[0].text, cohort), scope)


@endpoint("formation")
def formation(request, known, uai, code, ext=None):
    readers = _of_single() | {"uai": parameters.uai, "code": parameters.code, **parameters.universe()}
    asked = parameters.read(request, readers, {"uai": uai, "code": code, "ext": ext})
    request.asked = {"code": asked["code"].text, "school": asked["uai"]}
    name = cohorts.SCHOOLS_HIGHER if asked["code"].is_higher else cohorts.SCHOOLS
    cohort = asked.get("millesime") or cohorts.default(data_version(request), name).split("_")[-1]
    scope = lookups.school(known, asked["uai"])
    return widgets.answer(asked, lambda: lookups.single(scope, asked["code"].text, cohort), scope)


@endpoint("inconnue")
def unknown(request, known, rest):
    raise errors.unknown_address()
