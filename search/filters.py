"""The facets by which results are narrowed: level, diploma, route, domain, sector, boarding, figures."""

from django.utils.translation import gettext as _

from establishments.models import School
from formations.levels import LEVELS
from search.facets import FacetDefinition
from stats.indicators import Route

_SECTORS = dict(School.Sector.choices)
_ROUTE_ORDER = [route.value for route in Route]
_YES = "oui"
NAMES = ("niveau", "diplome", "voie", "domaine", "secteur", "nature", "internat", "chiffres")


def course_facets(attributes):
    """Facets of `NearCourse`s."""

    def about(read):
        return lambda item: read(attributes.courses[item.course.code])

    return (
        FacetDefinition("niveau", _("Niveau"), about(_level), lambda v: LEVELS.get(v, v), str),
        FacetDefinition("diplome", _("Diplôme"), about(lambda c: {c.type} - {""}), str),
        FacetDefinition("voie", _("Voie"), about(lambda c: c.routes), _route, _route_order),
        FacetDefinition("domaine", _("Domaine"), about(lambda c: c.domains), str),
        FacetDefinition("chiffres", _("Chiffres"), about(_figures), lambda v: _("Avec des chiffres")),
    )


def school_facets(attributes):
    """Facets of schools, given by their UAIs."""

    def about(read):
        return lambda uai: read(attributes.schools[uai])

    return (
        FacetDefinition("secteur", _("Public ou privé"), about(lambda s: {s.sector} - {""}), _sector, str),
        FacetDefinition("voie", _("Voie"), about(lambda s: s.routes), _route, _route_order),
        FacetDefinition("nature", _("Type d’établissement"), about(lambda s: {s.kind} - {""}), str),
        FacetDefinition("internat", _("Internat"), about(_boarding), lambda v: _("Avec un internat")),
        FacetDefinition("chiffres", _("Chiffres"), about(_figures), lambda v: _("Avec des chiffres")),
    )


def _level(course):
    return {str(course.level)} if course.level else set()


def _figures(attributes):
    return {_YES} if attributes.has_figures else set()


def _boarding(attributes):
    return {_YES} if attributes.has_boarding else set()


def _sector(value):
    return _SECTORS.get(value, value)


def _route(value):
    return _(Route(value).label) if value in _ROUTE_ORDER else value


def _route_order(value):
    return _ROUTE_ORDER.index(value) if value in _ROUTE_ORDER else len(_ROUTE_ORDER)
