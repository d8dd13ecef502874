"""Addresses of the public pages, and of the comparisons to which they lead."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.text import slugify

from stats import comparisons


def course_address(diploma, name="course", **parameters):
    address = reverse(name, kwargs={"slug": diploma.slug or "formation", "code": diploma.pk})
    return _with_query(address, parameters)


def school_address(school, name="school", **parameters):
    address = reverse(name, kwargs={"slug": school.slug or "etablissement", "uai": school.pk})
    return _with_query(address, parameters)


def job_address(job, **parameters):
    address = reverse("job", kwargs={"slug": slugify(job.label) or "metier", "rome": job.code})
    return _with_query(address, parameters)


def compare_address(texts, name="compare"):
    """Address of the comparison of these tokens."""
    return f"{reverse(name)}?{comparisons.query(texts)}" if texts else reverse(name)


def _with_query(address, parameters):
    kept = {name: value for name, value in parameters.items() if value not in (None, "")}
    return f"{address}?{urlencode(kept, doseq=True)}" if kept else address


@dataclass(frozen=True)
class Links:
    """Links of a page that carry the comparison being made: Links(compared=("50022139.pro.r11",))."""

    compared: tuple[str, ...] = ()

    @property
    def parameters(self):
        """ "e=50022139.pro.r11", "" when nothing is being compared."""
        return comparisons.query(self.compared) if self.compared else ""

    @property
    def query(self):
        return f"?{self.parameters}" if self.compared else ""

    @property
    def tail(self):
        """What an address that has a query already goes on with."""
        return f"&{self.parameters}" if self.compared else ""

    def course(self, diploma, **parameters):
        return course_address(diploma, **parameters, e=self.compared or None)

    def school(self, school):
        return school_address(school, e=self.compared or None)

    def job(self, job, **parameters):
        return job_address(job, **parameters, e=self.compared or None)

    def compare(self, token):
        """Address of the comparison with one more item."""
        return compare_address(list(dict.fromkeys((*self.compared, token.text))))


NO_COMPARISON = Links()


def links_of(request):
    """The `Links` of a page, from the comparison that its address carries."""
    texts = (text.strip() for text in request.GET.getlist("e"))
    return Links(tuple(dict.fromkeys(text for text in texts if text))[: comparisons.LIMIT])
