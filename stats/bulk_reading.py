"""Attributions read by the hundred, what they share made once."""

from collections import defaultdict

from establishments.models import School
from formations.models import CourseYear, Diploma
from stats.models import Cohort, Delivery


class Rows:
    """Attributions read in bulk, with their outcome; what many of them share is read once for the whole page.

    Making the same delivery, cohort and diploma again for each row would take most of the time of a page.
    """

    _SHARED = {"cohort": Cohort, "course_year": CourseYear}
    _OF_OUTCOME = {"delivery": Delivery, "diploma": Diploma, "school": School}

    def __init__(self):
        self._known = defaultdict(dict)

    def read(self, attributions):
        """[Attribution] in the order of this queryset of attributions; at most 6 queries, the first time."""
        rows = list(attributions.select_related(None).prefetch_related(None).select_related("outcome"))
        for name, model in self._SHARED.items():
            self._share(rows, name, model)
        outcomes = [row.outcome for row in rows]
        for name, model in self._OF_OUTCOME.items():
            self._share(outcomes, name, model)
        return rows

    def _share(self, rows, name, model):
        if not rows:
            return
        field, known = rows[0]._meta.get_field(name), self._known[name]
        codes = {getattr(row, field.attname) for row in rows} - {None}
        if missing := codes - known.keys():
            found = model.objects.defer("report") if model is Delivery else model.objects
            known |= found.in_bulk(missing)
        for row in rows:
            if (code := getattr(row, field.attname)) is not None:
                field.set_cached_value(row, known[code])
