"""The schools that teach a course, with its figures there or the whole school's, named as such."""

from dataclasses import dataclass

from django.core.paginator import Paginator

from establishments.models import School
from stats import comparisons, queries
from stats.presenters import choices
from stats.presenters.figures import group_of
from stats.presenters.outcomes import Situations, no_situations, older, situations

SCHOOLS_A_PAGE = 10


@dataclass(frozen=True)
class SchoolCard:
    """A school that teaches the course: SchoolCard(school=School, address="/etablissements/…/",
    situations=Situations(…), compare="/comparer/?e=…")."""

    school: School
    address: str
    situations: Situations
    compare: str

    @property
    def where(self):
        """ "Rennes · public · Lycée professionnel" """
        return choices.school_words(self.school)


def school_cards(chain, route, duration, region, number, links):
    """Page `number` of the `SchoolCard` of a course by this route, in this region or everywhere."""
    found = queries.schools_teaching(chain.codes, [route] if route else [], region)
    page = Paginator(found, SCHOOLS_A_PAGE).get_page(number)
    schools = list(page.object_list)
    outcomes = list(queries.school_outcomes([school.pk for school in schools], chain.codes))
    of_course = choices.rows_of_course(outcomes, chain)
    of_school = choices.rows_of_all_courses(outcomes)
    page.object_list = [
        _school_card(
            school,
            of_course.get(choices.Key(route, duration, school.pk), []),
            choices.whole_school(of_school, school.pk, route),
            chain.code,
            route,
            links,
        )
        for school in schools
    ]
    return page


def _school_card(school, rows, school_rows, code, route, links):
    others = older(rows[1:]) + choices.whole_school_labels(school_rows[:1])
    return SchoolCard(
        school=school,
        address=links.school(school),
        situations=situations(rows[0], group_of(rows[0], school.name), others)
        if rows
        else no_situations(others=others),
        compare=links.compare(comparisons.token(code, route=route, uai=school.pk)),
    )
