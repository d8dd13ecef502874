"""Everything that a comparison reads, in a fixed number of queries."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from establishments.models import School, Territory
from formations.models import CourseYear, Diploma
from formations.renewals import chains
from pages.figures.fallback import FallbackFinder
from pages.figures.national import COUNTRY
from pages.figures.too_new import too_new
from stats.models import Attribution, attach_related_rows


@dataclass(frozen=True)
class Catalogue:
    """What the tokens of a comparison name.

    Catalogue(diplomas={"50022139": Diploma}, course_years={"23220022139": CourseYear}, schools={"0350030H": School},
    regions={"53": Territory}, attributions=[Attribution], too_new={"40033007"}, replaced={"40033007": [Diploma]},
    fallbacks=FallbackFinder(…))
    attributions: those of the schools as a whole, of the diplomas there and in every territory, former diplomas included.
    too_new: diplomas that nobody can have left yet. replaced: the former diplomas that one does not renew one-to-one.
    """

    diplomas: dict
    course_years: dict
    schools: dict
    regions: dict
    attributions: list
    too_new: set
    replaced: dict
    fallbacks: FallbackFinder


def read_catalogue(tokens):
    """The `Catalogue` of these `Token`s; what they do not name is absent from it."""
    course_years = CourseYear.objects.select_related("diploma__type").in_bulk([t.course_year for t in tokens])
    # Some diplomas have codes that look like a school’s: both nomenclatures are asked.
    diplomas = Diploma.objects.with_type().in_bulk([t.diploma or t.uai for t in tokens])
    diplomas |= {year.diploma_id: year.diploma for year in course_years.values()}
    schools = School.objects.select_related("region").in_bulk([t.uai for t in tokens])
    regions = {region.code: region for region in Territory.objects.regions()}
    chain_of = chains(list(diplomas))
    codes = {code for chain in chain_of.values() for code in chain.codes}
    labels = dict(Diploma.objects.filter(pk__in=codes).values_list("pk", "label"))
    rows = Attribution.objects.for_pages().without_joins()
    attributions = [
        *rows.at_schools(list(schools), codes),
        *rows.of_courses(codes).in_territories().order_by("pk"),
    ]
    attach_related_rows(attributions)
    fallbacks = FallbackFinder(
        attributions,
        regions={school.pk: school.region_id or "" for school in schools.values()},
        names={COUNTRY: _("France")}
        | {region.pk: region.name for region in regions.values()}
        | {school.pk: school.name for school in schools.values()},
        formers={code: chain.formers for code, chain in chain_of.items()},
        labels=labels,
    )
    too_new_codes = too_new(list(diplomas.values()))
    replaced = _replaced(chain_of)
    return Catalogue(
        diplomas, course_years, schools, regions, attributions, too_new_codes, replaced, fallbacks
    )


def _replaced(chain_of):
    """{code: former diplomas that it replaced together with others, or beside others, by name}; most have none."""
    codes_of = {code: {*chain.merged, *chain.split} for code, chain in chain_of.items()}
    codes = {former for codes in codes_of.values() for former in codes}
    formers = list(Diploma.objects.filter(pk__in=codes).order_by("label", "code")) if codes else []
    return {code: [former for former in formers if former.pk in codes_of[code]] for code in codes_of}
