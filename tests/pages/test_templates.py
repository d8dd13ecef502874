"""No template asks anything of the database: what a page shows is read before it is rendered."""

import os
from contextlib import ExitStack, contextmanager

import pytest
from django.db import connection
from django.test.signals import template_rendered

from establishments.models import School
from formations.models import Diploma, Job
from stats.links import course_address, job_address, school_address

pytestmark = [pytest.mark.usefixtures("demonstration", "db"), pytest.mark.any_database]

KITCHEN, REGION, SCHOOL = "50022146", "11", "0990003R"


def sampled(rows):
    """One row in three, all of them under `make test-long`: what a template reads depends on few kinds of rows."""
    return rows if os.environ.get("TESTS_LONG") == "1" else list(rows)[::3]


class QueryFromTemplate(AssertionError):
    pass


def refuse(execute, sql, params, many, context):
    raise QueryFromTemplate(sql)


@contextmanager
def templates_without_database():
    """Refuse every query from the moment when a page begins to be rendered."""
    with ExitStack() as stack:

        def begin(**signal):
            template_rendered.disconnect(begin)
            stack.enter_context(connection.execute_wrapper(refuse))

        template_rendered.connect(begin)
        stack.callback(template_rendered.disconnect, begin)
        yield


def render(client, address):
    with templates_without_database():
        response = client.get(address)
    assert response.status_code == 200, address
    assert response.templates, address


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/plan-du-site/",
        "/methodologie/",
        "/glossaire/",
        "/metiers/",
        "/formations/",
        "/formations/?region=11&niveau=3&avec_chiffres=true&page=2",
        "/formations/?region=zz",
        "/etablissements/",
        "/etablissements/?region=11&departement=099",
        "/recherche/",
        "/recherche/?q=cuisine",
        "/recherche/?lieu=99001&rayon=10",
        "/comparer/",
        f"/comparer/?e={KITCHEN}.pro.r{REGION}&e={SCHOOL}&e={KITCHEN}.pro.{SCHOOL}&e=zzz",
        f"/comparer/?e={KITCHEN}&e={SCHOOL}.pro&vue=tableau&sens=elements",
        "/en/formations/",
    ],
)
def test_template_asks_nothing_of_the_database(client, address):
    render(client, address)


def test_template_of_a_course_asks_nothing_of_the_database(client):
    for diploma in sampled(Diploma.objects.all()):
        render(client, course_address(diploma))
        render(client, course_address(diploma, voie="apprentissage", region=REGION))


def test_template_of_a_school_asks_nothing_of_the_database(client):
    for school in sampled(School.objects.all()):
        render(client, school_address(school))


def test_template_of_a_job_asks_nothing_of_the_database(client):
    for job in Job.objects.filter(diplomas__isnull=False).distinct()[:5]:
        render(client, job_address(job))
        render(client, job_address(job, lieu="99001", rayon=20))
