"""A town, and two courses taught in it and far from it."""

import pytest

from establishments.models import Commune, PostalCode
from formations.models import DiplomaJob, Job, JobName
from tests import factories


@pytest.fixture
def rennes(db):
    region = factories.territory("region", "53", "Bretagne")
    departement = factories.territory("departement", "035", "Ille-et-Vilaine", region)
    commune = Commune.objects.create(
        code="35238", name="Rennes", slug="rennes", departement=departement, latitude=48.11, longitude=-1.68
    )
    PostalCode.objects.create(code="35000", commune=commune)
    return commune


@pytest.fixture
def cuisine(rennes):
    """CAP Cuisine taught in Rennes, and CAP Coiffure taught far from there."""
    cuisine = factories.diploma("50022139", "CAP Cuisine")
    coiffure = factories.diploma("50033616", "CAP Métiers de la coiffure", slug="cap-coiffure")
    near = factories.school(
        name="Lycée Louis Guilloux",
        kind="Lycée professionnel",
        city="Rennes",
        commune=rennes,
        region=rennes.departement.parent,
        latitude=48.12,
        longitude=-1.66,
    )
    far = factories.school(
        name="Lycée Gaston Lesnard", city="Laval", sector="prive", latitude=48.07, longitude=-0.77
    )
    factories.teaching(near, cuisine)
    factories.teaching(far, coiffure)
    job = Job.objects.create(code="G1602", label="Personnel de cuisine")
    JobName.objects.create(job=job, name="cuisinier / cuisinière", is_everyday=True)
    DiplomaJob.objects.create(diploma=cuisine, job=job)
    factories.delivery()
    return cuisine
