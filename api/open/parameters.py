"""The query parameters of the open API: which ones each address knows, how they are read, and every reason to refuse them."""

from collections.abc import Callable
from dataclasses import dataclass
from difflib import get_close_matches

from django.core.validators import RegexValidator
from django.utils.translation import gettext as _
from django_filters import BooleanFilter, NumberFilter
from rest_framework.filters import BaseFilterBackend

from api.open.pagination import CURSOR, LARGEST_PAGE, PAGE_SIZE
from api.open.problems import InvalidParameters, ParameterError
from stats.indicators import FIGURES


@dataclass(frozen=True)
class Parameter:
    """A query parameter, as the OpenAPI document describes it.

    Parameter("par_page", "Lignes par page", {"type": "integer"}, read=int): `read` parses a text, and raises
    ValueError with a sentence; None for a filter, which its form reads.
    """

    name: str
    description: str
    schema: dict
    read: Callable | None = None

    @property
    def content(self):
        content = {"name": self.name, "in": "query", "description": self.description, "schema": self.schema}
        return {**content, "explode": False, "style": "form"} if self.schema["type"] == "array" else content


def _page_size(text):
    if text.isascii() and text.isdigit() and len(text) <= 6 and 1 <= int(text) <= LARGEST_PAGE:
        return int(text)
    raise ValueError(_("Écrire un nombre entier de 1 à %(largest)s.") % {"largest": LARGEST_PAGE})


def _figures(text):
    names = list(dict.fromkeys(text.split(",")))
    for name in names:
        if name not in FIGURES:
            message = _("«\u00a0%(name)s\u00a0» n’est pas un indicateur.") % {"name": name}
            raise ValueError(message, nearest(name, FIGURES))
    return tuple(names)


PAGING = (
    Parameter(
        PAGE_SIZE,
        "Nombre d’éléments par page (JSON seulement).",
        {"type": "integer", "minimum": 1, "maximum": LARGEST_PAGE, "default": 100},
        _page_size,
    ),
    Parameter(
        CURSOR,
        "Page voulue\u00a0: la valeur se trouve dans «\u00a0suivant\u00a0» et «\u00a0precedent\u00a0» (JSON seulement).",
        {"type": "string", "minLength": 1},
        str,
    ),
)
REQUESTED_FIGURES = Parameter(
    "indicateurs",
    "Indicateurs voulus, séparés par des virgules\u00a0; tous par défaut.",
    {"type": "array", "items": {"type": "string", "enum": list(FIGURES)}, "minItems": 1},
    _figures,
)


def nearest(name, known):
    """The known name that is spelled most like `name`, "" when none is close."""
    return next(iter(get_close_matches(name, list(known), n=1, cutoff=0.6)), "")


class ParameterFilterBackend(BaseFilterBackend):
    """Filters a list by the filter set of its view, or refuses the request with every error of its query.

    The values of the other parameters are left in `view.requested`, {name: value}.
    """

    def filter_queryset(self, request, queryset, view):
        query = request.query_params
        filters = view.filterset_class(query, queryset, request=request)
        others = {parameter.name: parameter for parameter in view.parameters()}
        errors = [
            *_unknown(query, [*filters.filters, *others]),
            *_misshapen(query),
            *_refused_by_filters(query, filters),
        ]
        for name, parameter in others.items():
            if query.get(name):
                try:
                    view.requested[name] = parameter.read(query[name])
                except ValueError as error:
                    errors.append(ParameterError(name, *error.args))
        if errors:
            raise InvalidParameters(_first_of_each(errors))
        return filters.qs

    def get_schema_operation_parameters(self, view):
        return [parameter.content for parameter in (*parameters_of(view.filterset_class), *view.parameters())]


def _unknown(query, known):
    paging = {parameter.name for parameter in PAGING}
    for name in query:
        if name in known:
            continue
        if name in paging:
            yield ParameterError(
                name, _("Les fichiers donnent toutes les lignes\u00a0: seul le JSON a des pages.")
            )
        else:
            yield ParameterError(name, _("Paramètre inconnu."), nearest(name, known))


def _misshapen(query):
    for name, values in query.lists():
        if len(values) > 1:
            yield ParameterError(name, _("Paramètre donné %(times)s fois.") % {"times": len(values)})
        elif not values[0]:
            yield ParameterError(name, _("Paramètre sans valeur\u00a0: l’enlever, ou lui en donner une."))


def _refused_by_filters(query, filters):
    for name, filter_ in filters.filters.items():
        text = query.get(name, "")
        if isinstance(filter_, BooleanFilter) and text not in {"", "true", "false"}:
            yield ParameterError(name, _("Écrire true ou false."))
        elif isinstance(filter_, NumberFilter) and not _is_whole(text):
            yield ParameterError(name, _("Écrire un nombre entier."))
    for name, messages in filters.errors.items():
        yield ParameterError(name, " ".join(messages))


def _is_whole(text):
    return not text or (text.isascii() and text.isdigit())


def _first_of_each(errors):
    """The first error of each parameter."""
    return tuple({error.parameter: error for error in reversed(errors)}.values())[::-1]


def parameters_of(filterset_class):
    """A `Parameter` for each filter. Its choices are read from the published data; a filter without choices is left out."""
    filters = filterset_class(queryset=filterset_class._meta.model._default_manager.none())
    for name, field in filters.form.fields.items():
        filter_ = filters.filters[name]
        schema = _schema(filter_, field)
        if schema.get("enum") != []:
            yield Parameter(name, str(filter_.label), schema)


def _schema(filter_, field):
    if isinstance(filter_, BooleanFilter):
        return {"type": "boolean"}
    if isinstance(filter_, NumberFilter):
        return {"type": "integer", "minimum": int(field.min_value), "maximum": int(field.max_value)}
    text = {"type": "string"}
    if hasattr(field, "queryset"):
        keys = field.queryset.values_list(field.to_field_name or "pk", flat=True)
        return text | {"enum": list(dict.fromkeys(keys))}
    if choices := getattr(field, "choices", None):
        return text | {"enum": [value for value, _label in choices if value]}
    patterns = [
        validator.regex.pattern for validator in field.validators if isinstance(validator, RegexValidator)
    ]
    if patterns:
        return text | {"pattern": patterns[0]}
    return text | {"minLength": 1, "maxLength": field.max_length}
