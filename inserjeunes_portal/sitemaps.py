"""Sitemaps: every page in each of its languages, without the addresses that only filter a list."""

from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from establishments.models import School
from formations.models import Diploma
from stats.links import course_address, school_address
from stats.models import Attribution

PAGES = (
    "home",
    "course_list",
    "school_list",
    "methodology",
    "glossary",
    "site_map",
    "file_check",
    "accessibility",
    "legal",
    "privacy",
)


class _InEveryLanguage(Sitemap):
    i18n = True
    alternates = True
    limit = 10_000


class PageSitemap(_InEveryLanguage):
    def items(self):
        return PAGES

    def location(self, item):
        return reverse(item)


class CourseSitemap(_InEveryLanguage):
    """Diplomas with figures: the page of another one would be empty."""

    def items(self):
        with_figures = Attribution.objects.filter(diploma__isnull=False).values("diploma")
        return Diploma.objects.filter(pk__in=with_figures).only("code", "slug").order_by("code")

    def location(self, item):
        return course_address(item)


class SchoolSitemap(_InEveryLanguage):
    def items(self):
        with_figures = Attribution.objects.filter(school__isnull=False).values("school")
        return School.objects.filter(pk__in=with_figures).only("uai", "slug").order_by("uai")

    def location(self, item):
        return school_address(item)


SITEMAPS = {"pages": PageSitemap, "formations": CourseSitemap, "etablissements": SchoolSitemap}
