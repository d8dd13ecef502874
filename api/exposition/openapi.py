"""The OpenAPI description of the Exposition API: the document openapi.yaml, filled with what is published."""

import re
from pathlib import Path

import yaml

from establishments.models import Territory
from stats.disclosure_control.primary import THRESHOLD
from stats.indicators import BY_NAME, COUNTS, FIGURES, GROUP_SIZE, Route
from stats.models import Attribution, Cohort
from stats.substitution.kinds import OriginKind, Role

_PLACEHOLDER = re.compile(r"<[a-z ]+>")
_TEXT = Path(__file__).with_name("openapi.yaml").read_text(encoding="utf-8")
_CODE = "(?:(?:CFD:)?[0-9A-Z]{8}|(?:MEFSTAT11:)?[0-9A-Z]{11}|SISE:[0-9A-Z]{7})"


def describe():
    """The description, whose regions, académies, cohorts and examples are those that are published."""
    document = yaml.safe_load(_TEXT)
    del document["shared"]
    return _filled(document, _published_values())


def _filled(node, values):
    """`node` with the value of each placeholder in its texts; an example of which nothing is published is left out."""
    if isinstance(node, list):
        return [_filled(item, values) for item in node]
    if isinstance(node, str):
        return values[node] if node in values else _PLACEHOLDER.sub(lambda found: values[found[0]], node)
    if not isinstance(node, dict):
        return node
    content = {}
    for key, value in node.items():
        if key == "<figures>":
            content |= values[key]
        elif (filled := _filled(value, values)) is not None:
            content[key] = filled
    return content


def _published_values():
    """{placeholder: a text, a list, a mapping, or None when nothing is published}."""
    country = _last_shown(territory__level=Territory.Level.COUNTRY)
    region = _last_shown(territory__level=Territory.Level.REGION)
    school = _last_shown(school__isnull=False)
    return {
        "<code>": _CODE,
        "<regions>": _one_of(_codes_of(Territory.Level.REGION)),
        "<academies>": _one_of(_codes_of(Territory.Level.ACADEMIE)),
        "<cohorts>": _one_of(["[0-9]{4}", *_pairs_of_years()]),
        "<threshold>": str(THRESHOLD),
        "<figures>": _figures(),
        "<origin kinds>": [kind.value for kind in OriginKind],
        "<roles>": [role.value for role in Role],
        "<example of a code of the country>": _examples(country["diploma_id"]),
        "<example of a code of the region>": _examples(region["diploma_id"]),
        "<example of a code of the school>": _examples(school["diploma_id"]),
        "<example of a region>": _examples(region["territory__code"]),
        "<example of a school>": _examples(school["school_id"]),
    }


def _one_of(patterns):
    return f"(?:{'|'.join(patterns)})"


def _codes_of(level):
    return Territory.objects.filter(level=level).order_by("code").values_list("code", flat=True)


def _pairs_of_years():
    codes = Cohort.objects.order_by("code").values_list("code", flat=True)
    return [code for code in codes if "_" in code]


def _last_shown(**place):
    """A code, region and school of the last cohort shown in such places, each None when nothing is shown."""
    shown = Attribution.objects.filter(diploma__isnull=False, **place).exclude(route=Route.ALL)
    newest = shown.order_by("-cohort__last_year", "-cohort__first_year", "pk")
    keys = ("diploma_id", "territory__code", "school_id")
    return newest.values(*keys).first() or dict.fromkeys(keys)


def _examples(example):
    return [example] if example else None


def _figures():
    """The schema of each number of a document: rates of leavers and value added have never been in it."""
    excluded = ("taux_emploi", "taux_poursuite", "valeur_ajoutee")
    return {
        name: {"type": ["integer", "null"]}
        | ({"description": BY_NAME[name].label} if name in BY_NAME else {})
        for name in (GROUP_SIZE, *COUNTS, *FIGURES)
        if not name.startswith(excluded)
    }
