"""Addresses of the public pages, which carry along the comparison that the reader is making."""

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.text import slugify

from stats import comparison_tokens
from stats.indicators import BY_NAME


def course_address(diploma, name="course", **parameters):
    address = reverse(name, kwargs={"slug": diploma.slug or "formation", "code": diploma.pk})
    return _with_query(address, parameters)


def school_address(school, name="school", **parameters):
    address = reverse(name, kwargs={"slug": school.slug or "etablissement", "uai": school.pk})
    return _with_query(address, parameters)


def job_address(job, **parameters):
    # Published addresses stay as they are: Django's slug drops apostrophes, "agent-dentretien".
    address = reverse("job", kwargs={"slug": slugify(job.label) or "metier", "rome": job.code})
    return _with_query(address, parameters)


def report_address(page, **parameters):
    """The address of the form by which an error of a page is reported. page: its own address; see `reports.forms`."""
    return _with_query(reverse("report_error"), {"page": page} | parameters)


# The line of a comparison that is no single figure: ten people of each item, in their three situations.
TEN_PEOPLE = "sur_10"


@dataclass(frozen=True)
class ComparisonState:
    """What the address of a comparison holds: its items, and how they are shown.

    ComparisonState(texts=("50022139.pro.r11",), is_table=False, is_by_item=False, is_differences=False,
    hidden=("taux_autres_6_mois",), seen="…")
    texts: tokens, as `stats.comparison_tokens` reads them. is_table: numbers without drawings. is_by_item: one item
    after another, else one figure after another. is_differences: only figures that tell items apart. hidden: names of
    indicators, or TEN_PEOPLE. seen: the signed snapshot of a shared link (`pages.comparison.snapshot`).
    """

    texts: tuple[str, ...] = ()
    is_table: bool = False
    is_by_item: bool = False
    is_differences: bool = False
    hidden: tuple[str, ...] = ()
    seen: str = ""

    def address(self, name="compare", **changes):
        """The address of this state with `changes` to its fields."""
        fields = replace(self, **changes).fields
        return f"{reverse(name)}?{urlencode(fields)}" if fields else reverse(name)

    @property
    def fields(self):
        """[(name, value)] of the parameters that an address or the hidden fields of a form need; defaults are left out."""
        return [
            *(("e", text) for text in self.texts),
            *([("vue", "tableau")] if self.is_table else []),
            *([("sens", "elements")] if self.is_by_item else []),
            *([("differences", "1")] if self.is_differences else []),
            *(("sans", name) for name in self.hidden),
            *([("vu", self.seen)] if self.seen else []),
        ]


def comparison_state(request):
    """The `ComparisonState` of the parameters of a request; values that mean nothing are ignored."""
    texts = (text.strip() for text in request.GET.getlist("e"))
    hidden = dict.fromkeys(request.GET.getlist("sans"))
    return ComparisonState(
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
    """Links of a page that carry along the comparison being made and how it is shown.

    Links(ComparisonState(texts=("50022139.pro.r11",), is_table=True))
    They leave out the snapshot of a shared link: a comparison with one more item is another one, and its long
    text would stand in every link of the page.
    """

    state: ComparisonState = ComparisonState()

    @property
    def compared(self):
        return self.state.texts

    @property
    def fields(self):
        """[(name, value)] that a form carries along, [] when nothing is being compared."""
        return replace(self.state, seen="").fields

    @property
    def parameters(self):
        """ "e=50022139.pro.r11&vue=tableau", "" when nothing is being compared."""
        return urlencode(self.fields)

    @property
    def query(self):
        return f"?{self.parameters}" if self.compared else ""

    @property
    def tail(self):
        """What follows an address that has a query already."""
        return f"&{self.parameters}" if self.compared else ""

    def course(self, diploma, **parameters):
        return self._carried(course_address(diploma, **parameters))

    def school(self, school):
        return self._carried(school_address(school))

    def job(self, job, **parameters):
        return self._carried(job_address(job, **parameters))

    def compare(self, token):
        """Address of the comparison with one more item."""
        return self.state.address(texts=tuple(dict.fromkeys((*self.compared, token.text))), seen="")

    def _carried(self, address):
        return address + (self.tail if "?" in address else self.query)


NO_COMPARISON = Links()


def links_of(request):
    """The `Links` of the page that answers a request."""
    state = comparison_state(request)
    return (
        Links(replace(state, texts=state.texts[: comparison_tokens.LIMIT])) if state.texts else NO_COMPARISON
    )
