"""A temporary PostgreSQL with the portal's tables, as durable as in production, for the measures that need one."""

import os
from contextlib import contextmanager

import django
from django.core.management import call_command

from tests import postgres

# The cluster lives as long as the measure, and production keeps its defaults on what a crash may lose.
DURABLE = "-c shared_buffers=256MB"


@contextmanager
def portal():
    """Django ready on an empty database with every table; nothing else of Django may be imported before."""
    with postgres.temporary_cluster(DURABLE) as address:
        os.environ |= {"DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "inserjeunes_portal.settings"}
        os.environ.setdefault("ALLOW_LOCAL_SECRET_KEY", "1")
        django.setup()
        call_command("migrate", verbosity=0)
        yield
