import pytest

from establishments.models import Territory
from stats.models import Cohort, DeliveredFile, Delivery


@pytest.fixture
def identity(db):
    file = DeliveredFile.objects.create(sha256="0" * 64, size=1, content=b"")
    return {
        "cohort": Cohort.objects.create(code="2023", first_year=2023, last_year=2023),
        "delivery": Delivery.objects.create(source="x", file=file),
        "route": "pro",
        "territory": Territory.objects.create(
            key="region-11", level="region", code="11", name="Île-de-France"
        ),
    }
