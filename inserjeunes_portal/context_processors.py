"""What every template knows of the site."""

from django.conf import settings
from django.utils.functional import cached_property

from inserjeunes_portal.caching import data_version, is_demo


class Site:
    """What the deployment says of itself, and whether the figures published are invented."""

    def __init__(self, request):
        self._request = request
        self.name = settings.SITE_NAME
        self.tagline = settings.SITE_TAGLINE
        self.is_official = settings.SITE_OFFICIAL
        self.brand = settings.SITE_BRAND
        self.publisher = settings.SITE_PUBLISHER
        self.host = settings.SITE_HOST
        self.contact = settings.SITE_CONTACT

    @cached_property
    def is_demo(self):
        return is_demo(data_version(self._request))


def site(request):
    return {"site": Site(request)}
