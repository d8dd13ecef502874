"""Which courses nobody can have left yet, so that no figure of theirs can exist."""

from collections import defaultdict

from formations.lengths import is_too_new
from formations.models import CourseYear
from stats.models import Cohort


def too_new(diplomas):
    """Codes of those of these diplomas that nobody can have left with the newest cohort; two queries, none for no diploma."""
    newest = Cohort.objects.first() if diplomas else None
    if not newest:
        return set()
    durations = defaultdict(list)
    years = CourseYear.objects.filter(diploma__in=diplomas).order_by()
    for code, duration in years.values_list("diploma_id", "duration").distinct():
        durations[code].append(duration)
    return {
        diploma.pk
        for diploma in diplomas
        if is_too_new(diploma.opened_on, durations[diploma.pk], newest.last_year)
    }
