"""What a request may ask: the parameters known at its address, their values, and all that is wrong with them at once."""

from collections.abc import Callable
from dataclasses import dataclass
from difflib import get_close_matches

from django.core.validators import RegexValidator
from django.utils.translation import gettext as _
from django_filters import BooleanFilter, NumberFilter
from rest_framework.filters import BaseFilterBackend

from api.open.pagination import CURSOR, LARGEST_PAGE, PAGE_SIZE
from api.open.problems import Fault, WrongQuestion
from stats.indicators import FIGURES


@dataclass(frozen=True)
class Parameter:
    """A parameter of the query, as the description gives it.

    Parameter("par_page", "Lignes par page", {"type": "integer"}, read=int): `read` gives the value of a text, and
    raises ValueError with a sentence; filters are read by their form.
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
WANTED_FIGURES = Parameter(
    "indicateurs",
    "Indicateurs voulus, séparés par des virgules\u00a0; tous par défaut.",
    {"type": "array", "items": {"type": "string", "enum": list(FIGURES)}, "minItems": 1},
    _figures,
)


def nearest(name, known):
    """The known name that looks most like `name`, "" when none does."""
    return next(iter(get_close_matches(name, list(known), n=1, cutoff=0.6)), "")


class Questions(BaseFilterBackend):
    """Narrows a list by the filter set of its view, once nothing is wrong with the whole query.

    What the other parameters ask is left in `view.asked`, {name: value}.
    """

    def filter_queryset(self, request, queryset, view):
        query = request.query_params
        filters = view.filterset_class(query, queryset, request=request)
        others = {parameter.name: parameter for parameter in view.parameters()}
        faults = [
            *_unknown(query, [*filters.filters, *others]),
            *_misshapen(query),
            *_refused_by_filters(query, filters),
        ]
        for name, parameter in others.items():
            if query.get(name):
                try:
                    view.asked[name] = parameter.read(query[name])
                except ValueError as error:
                    faults.append(Fault(name, *error.args))
        if faults:
            raise WrongQuestion(_first_of_each(faults))
        return filters.qs

    def get_schema_operation_parameters(self, view):
        return [parameter.content for parameter in (*parameters_of(view.filterset_class), *view.parameters())]


def _unknown(query, known):
    paging = {parameter.name for parameter in PAGING}
    for name in query:
        if name in known:
            continue
        if name in paging:
            yield Fault(name, _("Les fichiers donnent toutes les lignes\u00a0: seul le JSON a des pages."))
        else:
            yield Fault(name, _("Paramètre inconnu."), nearest(name, known))


def _misshapen(query):
    for name, values in query.lists():
        if len(values) > 1:
            yield Fault(name, _("Paramètre donné %(times)s fois.") % {"times": len(values)})
        elif not values[0]:
            yield Fault(name, _("Paramètre sans valeur\u00a0: l’enlever, ou lui en donner une."))


def _refused_by_filters(query, filters):
    for name, filter_ in filters.filters.items():
        text = query.get(name, "")
        if isinstance(filter_, BooleanFilter) and text not in {"", "true", "false"}:
            yield Fault(name, _("Écrire true ou false."))
        elif isinstance(filter_, NumberFilter) and not _is_whole(text):
            yield Fault(name, _("Écrire un nombre entier."))
    for name, messages in filters.errors.items():
        yield Fault(name, " ".join(messages))


def _is_whole(text):
    return not text or (text.isascii() and text.isdigit())


def _first_of_each(faults):
    """One fault a parameter, the first found."""
    return tuple({fault.parameter: fault for fault in reversed(faults)}.values())[::-1]


def parameters_of(filterset_class):
    """A `Parameter` a filter; what may be chosen is read from the published data, and must be there."""
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
    patterns = [each.regex.pattern for each in field.validators if isinstance(each, RegexValidator)]
    if patterns:
        return text | {"pattern": patterns[0]}
    return text | {"minLength": 1, "maxLength": field.max_length}
