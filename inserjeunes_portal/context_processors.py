"""What every template knows of the site."""

from django.conf import settings


def site(request):
    return {"site": settings}
