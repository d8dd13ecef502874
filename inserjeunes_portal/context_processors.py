"""The `site` variable of every template."""

from django.conf import settings
from django.utils.functional import cached_property
from django.utils.translation import gettext

from inserjeunes_portal.languages import languages_of
from stats.caching import data_version, published
from stats.links import links_of


class Site:
    """Name and publisher of the deployment, whether its figures are invented, the addresses of the page."""

    def __init__(self, request):
        self._request = request
        # Only the default name is translated: one that the deployment sets has no translation.
        self.name = gettext(settings.SITE_NAME)
        self.tagline = gettext(settings.SITE_TAGLINE)
        self.is_official = settings.SITE_OFFICIAL
        self.brand = settings.SITE_BRAND
        self.publisher = settings.SITE_PUBLISHER
        self.host = settings.SITE_HOST
        self.contact = settings.SITE_CONTACT
        # Read here, not when a template asks: no template fires a query.
        found = published(data_version(request))
        self.is_demo, self.has_higher = found.is_demo, found.has_higher

    @property
    def origin(self):
        """Scheme and host, "https://portail.example"."""
        return f"{self._request.scheme}://{self._request.get_host()}"

    @cached_property
    def languages(self):
        return languages_of(self._request)

    @cached_property
    def links(self):
        """The `Links` of the header and footer, which keep the comparison in progress."""
        return links_of(self._request)

    @property
    def alternates(self):
        """(code, path) of the page in each language, for search engines."""
        return [(language.code, language.address.partition("?")[0]) for language in self.languages]


def site(request):
    return {"site": Site(request)}
