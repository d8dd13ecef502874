"""The addresses of a work station, where DEBUG adds the gallery of components."""

from django.conf.urls.i18n import i18n_patterns

from inserjeunes_portal import urls
from pages.urls import GALLERY

urlpatterns = [*i18n_patterns(*GALLERY, prefix_default_language=False), *urls.urlpatterns]
