"""Pages of the management space that show rows which come from elsewhere."""

import pytest
from django.contrib import admin

from api.models import UsageDay
from establishments.models import School
from formations.models import Diploma


@pytest.mark.parametrize("model", [Diploma, School, UsageDay])
def test_even_who_may_everything_only_views(rf, django_user_model, model):
    request = rf.get("/")
    request.user = django_user_model(is_staff=True, is_active=True, is_superuser=True)
    allowed = admin.site.get_model_admin(model).get_model_perms(request)

    assert allowed == {"add": False, "change": False, "delete": False, "view": True}
