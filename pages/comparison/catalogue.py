"""What the tokens of a comparison name, read in bulk, and what is wrong with those that name nothing."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from establishments.models import School
from formations.models import CourseYear, Diploma
from formations.renewals import chains
from pages.figures.fallback import FallbackFinder
from pages.figures.national import COUNTRY
from stats import comparison_tokens, queries


@dataclass(frozen=True)
class Catalogue:
    """What the tokens name, read in bulk; shown: the attributions of their courses and schools."""

    diplomas: dict
    course_years: dict
    schools: dict
    regions: dict
    shown: list
    fallbacks: FallbackFinder


def catalogue_of(tokens):
    course_years = CourseYear.objects.select_related("diploma__type").in_bulk([t.course_year for t in tokens])
    diplomas = queries.diplomas().in_bulk([t.diploma or t.uai for t in tokens])
    diplomas |= {year.diploma_id: year.diploma for year in course_years.values()}
    schools = School.objects.select_related("region").in_bulk([t.uai for t in tokens])
    regions = {region.code: region for region in queries.regions()}
    chain_of = chains(list(diplomas))
    codes = {code for chain in chain_of.values() for code in chain.codes}
    labels = dict(Diploma.objects.filter(pk__in=codes).values_list("pk", "label"))
    shown = [*queries.school_attributions(list(schools), codes), *queries.around(codes)]
    fallbacks = FallbackFinder(
        shown,
        regions={school.pk: school.region_id or "" for school in schools.values()},
        names={COUNTRY: _("France")}
        | {region.pk: region.name for region in regions.values()}
        | {school.pk: school.name for school in schools.values()},
        formers={code: chain.formers for code, chain in chain_of.items()},
        labels=labels,
    )
    return Catalogue(diplomas, course_years, schools, regions, shown, fallbacks)


def settled(token, catalogue):
    """`token`, read as a diploma when its code has the form of a school's and no school has it."""
    if (
        token
        and not token.has_course
        and token.uai not in catalogue.schools
        and token.uai in catalogue.diplomas
    ):
        return comparison_tokens.token(diploma=token.uai, route=token.route)
    return token


def problem_of(text, token, catalogue):
    """Why a token shows nothing, "" when it shows something."""
    if token is None:
        return _(
            "«\u00a0%(text)s\u00a0» n’est ni une formation ni un établissement\u00a0: vérifiez le lien."
        ) % {"text": text}
    if token.course_year and token.course_year not in catalogue.course_years:
        return _("Aucune formation n’a le code %(code)s.") % {"code": token.course_year}
    if token.diploma and token.diploma not in catalogue.diplomas:
        return _("Aucune formation n’a le code %(code)s.") % {"code": token.diploma}
    if token.uai and token.uai not in catalogue.schools:
        return _("Aucun établissement n’a le code %(code)s.") % {"code": token.uai}
    if token.region and token.region not in catalogue.regions:
        return _("Aucune région n’a le code %(code)s.") % {"code": token.region}
    return ""
