"""Pictures of its figures that a school puts on its own site: the addresses by which the API draws them."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from formations.models import Diploma
from stats.substitution.kinds import OriginKind


@dataclass(frozen=True)
class Embed:
    """Embed(label="CAP Cuisine, au lycée, en 2 ans", address="/api/inserjeunes/formations/0350030H-23220022139.svg?…",
    text="Que deviennent les élèves de…"): `text` holds no figure, since the picture follows the newest ones."""

    label: str
    address: str
    text: str


def picture_address(attribution, uai):
    """Address of the picture of an attribution at a school; "" where the API has no code for it."""
    if attribution.kind == OriginKind.COMMON_YEAR or not attribution.diploma_id:
        return ""
    code = attribution.course_year_id or attribution.diploma_id
    if attribution.outcome.diploma.kind == Diploma.Kind.SISE:
        code = f"SISE:{code}"
    address = reverse("exposition_formation", kwargs={"uai": uai, "code": code, "ext": "svg"})
    return f"{address}?imageOnError=true"


def embed(course, school, address):
    """The `Embed` of a course, « CAP Cuisine, au lycée », at a school."""
    text = _("%(course)s, %(school)s\u00a0: ce que deviennent les élèves 6 mois après") % {
        "course": course,
        "school": school.name,
    }
    return Embed(course, address, text)
