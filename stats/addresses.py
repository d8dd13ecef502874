"""Addresses of the public pages, and of the comparisons to which they lead."""

from dataclasses import dataclass, replace
from urllib.parse import parse_qsl, urlencode

from django.urls import reverse
from django.utils.text import slugify

from stats import comparisons
from stats.indicators import BY_NAME


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


# A line of the comparison that is no single figure: ten people of each item, in its three situations.
TEN_PEOPLE = "sur_10"


@dataclass(frozen=True)
class Asked:
    """What the address of a comparison asks for: its items, and how they are shown.

    Asked(texts=("50022139.pro.r11",), is_table=False, is_by_item=False, is_differences=False,
    hidden=("taux_autres_6_mois",), seen="…"). is_table: numbers without drawings. is_by_item: one item after another,
    else one figure after another. hidden: figures, or TEN_PEOPLE. seen: what the link remembers (`stats.remembered`).
    """

    texts: tuple[str, ...] = ()
    is_table: bool = False
    is_by_item: bool = False
    is_differences: bool = False
    hidden: tuple[str, ...] = ()
    seen: str = ""

    def address(self, name="compare", **changes):
        """The address that asks for the same, but for `changes`."""
        asked = replace(self, **changes)
        pairs = [
            *(("e", text) for text in asked.texts),
            *([("vue", "tableau")] if asked.is_table else []),
            *([("sens", "elements")] if asked.is_by_item else []),
            *([("differences", "1")] if asked.is_differences else []),
            *(("sans", name) for name in asked.hidden),
            *([("vu", asked.seen)] if asked.seen else []),
        ]
        return f"{reverse(name)}?{urlencode(pairs)}" if pairs else reverse(name)

    @property
    def fields(self):
        """(name, value) of the choices, without the items: what a form that adds one carries along."""
        query = self.address(texts=()).partition("?")[2]
        return parse_qsl(query)


def asked_of(request):
    """The `Asked` of a request; what is not understood is left out."""
    texts = (text.strip() for text in request.GET.getlist("e"))
    hidden = dict.fromkeys(request.GET.getlist("sans"))
    return Asked(
        texts=tuple(dict.fromkeys(text for text in texts if text)),
        is_table=request.GET.get("vue") == "tableau",
        is_by_item=request.GET.get("sens") == "elements",
        is_differences=request.GET.get("differences") == "1",
        hidden=tuple(name for name in hidden if name == TEN_PEOPLE or name in BY_NAME),
        seen=request.GET.get("vu", ""),
    )


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
