"""The pages of a course and of a school are chosen and presented from what was read: nothing more is asked."""

import pytest
from django.db import connection

from establishments.models import School
from formations.models import Diploma
from pages.course import page as course_pages
from pages.course.options import CourseOptions
from pages.course.read import read_course, read_surroundings
from pages.course.select import select as select_course
from pages.school import page as school_pages
from pages.school.read import read_fallbacks, read_school
from pages.school.select import select as select_school
from stats.links import NO_COMPARISON
from tests.pages.test_templates import refuse, sampled

pytestmark = [pytest.mark.usefixtures("demonstration", "db"), pytest.mark.any_database]


@pytest.mark.parametrize(
    "options", [CourseOptions(), CourseOptions(route="apprentissage"), CourseOptions(region="11", page=2)]
)
def test_presenter_of_a_course_asks_nothing_of_the_database(options):
    for diploma in sampled(Diploma.objects.with_type()):
        course = read_course(diploma, options.route)
        with connection.execute_wrapper(refuse):
            selection = select_course(course, options)
        surroundings = read_surroundings(course, selection)
        with connection.execute_wrapper(refuse):
            page = course_pages.present(course, selection, surroundings)
        assert page.headline.outlook or page.headline.hole or page.family_table.rows, diploma


def test_presenter_of_a_school_asks_nothing_of_the_database():
    for school in sampled(School.objects.select_related("region", "territory")):
        data = read_school(school, 1)
        with connection.execute_wrapper(refuse):
            selection = select_school(data)
        fallbacks = read_fallbacks(data, selection)
        with connection.execute_wrapper(refuse):
            page = school_pages.present(data, selection, fallbacks, NO_COMPARISON)
        assert page.blocks or page.hole, school
