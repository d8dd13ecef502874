"""The cohorts that the API serves and its default one: the published ones, unless the settings give others."""

from django.conf import settings

from stats.caching import OncePerDataVersion
from stats.indicators import Route
from stats.models import Attribution

# Keys of EXPOSITION_COHORTS in the settings of deployments for years.
NATIONAL, NATIONAL_HIGHER = "default", "defaultSup"
REGIONAL, SCHOOLS, SCHOOLS_HIGHER = "regionales", "formations", "formationsSup"


def years(cohort):
    """The years of a cohort: "2022_2023" → ["2022", "2023"]."""
    return cohort.split("_")


def both_forms(cohort):
    """A year and the pair that ends in it: ["2023", "2022_2023"], the year first."""
    last = years(cohort)[-1]
    pair = cohort if "_" in cohort else f"{int(last) - 1:04d}_{last}"
    return [last, pair]


def newest_first(cohorts):
    """By last year, a year alone before the pair that ends in it."""
    return sorted(set(cohorts), key=lambda cohort: (years(cohort)[-1], years(cohort)[0]), reverse=True)


def _published():
    """{name: cohorts, oldest first} of what is published; a cohort of two years where it was pooled."""
    by_course = Attribution.objects.filter(diploma__isnull=False).order_by()
    higher = {"route": Route.HIGHER.value}
    country = by_course.filter(territory__level="pays")
    schools = by_course.filter(school__isnull=False)
    attributions = {
        NATIONAL: country.exclude(**higher),
        NATIONAL_HIGHER: country.filter(**higher),
        REGIONAL: by_course.filter(territory__level="region"),
        SCHOOLS: schools.exclude(**higher),
        SCHOOLS_HIGHER: schools.filter(**higher),
    }
    return {name: _distinct(rows) for name, rows in attributions.items()}


def _distinct(rows):
    return newest_first(rows.values_list("cohort", flat=True).distinct())[::-1]


published = OncePerDataVersion(_published)


def served(version):
    """{name: cohorts, oldest first}; the last is the default."""
    return published(version) | settings.EXPOSITION_COHORTS


def default(version, name):
    """The cohort served when the request names none, "" when nothing is published."""
    return (served(version)[name] or [""])[-1]
