"""No empty cell remains on any page of the demonstration: each has a figure, or the reason of its hole told close by."""

import re
from html.parser import HTMLParser

import pytest
from django.db.models import Count

from formations.models import Diploma
from stats.models import Attribution, Outcome, Teaching
from stats.reasons import Reason

pytestmark = [pytest.mark.usefixtures("demonstration", "db"), pytest.mark.any_database]


def _plain(text):
    return re.sub(r"\s+", " ", text.replace("\u00a0", " ").replace("\u202f", " ")).strip()


TITLES = {_plain(reason.title): reason for reason in Reason}
SENTENCES = {reason: [_plain(reason.sentence)] for reason in Reason}
SENTENCES[Reason.NO_FIGURES].append("Aucune source ne publie de chiffre pour")
VOID = {"br", "hr", "img", "input", "link", "meta", "source", "wbr"}


class Cells(HTMLParser):
    """The text of a page, and of each of its cells, definitions and holes."""

    def __init__(self, html):
        super().__init__()
        self.text, self.cells, self.holes, self._open = [], [], [], []
        self.feed(html)
        self.text = _plain(" ".join(self.text))

    def handle_starttag(self, tag, attrs):
        if tag in VOID:
            return
        self._open.append((tag, dict(attrs).get("class") or "", []))

    def handle_startendtag(self, tag, attrs):
        """Drawings: nothing to read."""

    def handle_endtag(self, tag):
        while self._open:
            name, classes, text = self._open.pop()
            found = _plain(" ".join(text))
            if name in {"td", "th", "dd", "dt", "caption"}:
                self.cells.append((name, found))
            if "figure-hole" in classes.split():
                self.holes.append(found)
            if name == tag:
                return

    def handle_data(self, data):
        if self._open and self._open[-1][0] in {"script", "style"}:
            return
        self.text.append(data)
        for _name, _classes, text in self._open:
            text.append(data)


def faults(html):
    """What is wrong with the cells and holes of a page."""
    page = Cells(html)
    found = [f"{name} vide" for name, text in page.cells if not text]
    found += [f"mot {word}" for word in re.findall(r"\b(?:None|nan|NaN|null|undefined)\b", page.text)]
    for title, reason in TITLES.items():
        is_shown = any(title in text for _name, text in page.cells) or any(
            title in text for text in page.holes
        )
        if is_shown and not any(sentence in page.text for sentence in SENTENCES[reason]):
            found.append(f"{title} sans sa phrase")
    for hole in page.holes:
        is_said = " : " in hole or "Aucun chiffre proche" in hole or "Ce chiffre n’existe pas" in hole
        is_brief = hole in TITLES
        if not is_said and not is_brief:
            found.append(f"trou sans chiffre proche : {hole}")
    return found


def course_addresses():
    """Each course in one region by one of its routes, a third of them in France too."""
    regions = {
        code: (route, region)
        for code, route, region in Attribution.objects.filter(
            diploma__isnull=False, territory__level="region"
        )
        .order_by("diploma", "-route", "-territory__code")
        .values_list("diploma", "route", "territory__code")
    }
    for place, code in enumerate(Diploma.objects.order_by("pk").values_list("pk", flat=True)):
        if place % 3 == 0:
            yield f"/formations/{code}/"
        if code in regions:
            yield "/formations/{}/?voie={}&region={}".format(code, *regions[code])


def school_addresses():
    withheld = Outcome.objects.published().filter(school__isnull=False).values_list("school", flat=True)
    taught = Teaching.objects.values_list("school", flat=True)
    shown = Attribution.objects.filter(school__isnull=False).values_list("school", flat=True)
    for uai in sorted({*withheld, *taught, *shown}):
        yield f"/etablissements/{uai}/"


def comparison_addresses():
    """Courses and schools of every kind side by side: own, derived, withheld, absent, whole France, common years."""
    kinds = Attribution.objects.filter(diploma__isnull=False).order_by("kind", "route", "role", "pk")
    tokens = []
    seen = set()
    for one in kinds.values(
        "kind", "route", "role", "diploma", "school", "territory__code", "territory__level"
    ):
        kind = (one["kind"], one["route"], one["role"], bool(one["school"]))
        if kind not in seen:
            seen.add(kind)
            place = one["school"] or f"r{one['territory__code']}"
            tokens.append(f"{one['diploma']}.{one['route']}.{place}")
    most = Attribution.objects.values("diploma").annotate(number=Count("pk")).order_by("-number")
    courses = [one["diploma"] for one in most if one["diploma"]]
    schools = sorted(set(Outcome.objects.filter(diploma=None).values_list("school", flat=True)))
    tokens += courses[:20]
    tokens += [f"{course}.{school}" for course, school in zip(courses, schools, strict=False)][:20]
    tokens += schools[:20]
    for start in range(0, len(tokens), 10):
        yield "/comparer/?" + "&".join(f"e={token}" for token in tokens[start : start + 10])


@pytest.mark.parametrize("addresses", [course_addresses, school_addresses, comparison_addresses])
def test_no_empty_cell_remains_on_any_page_of_the_demonstration(client, addresses):
    wrong, number = {}, 0
    for address in addresses():
        response = client.get(address, follow=True)
        assert response.status_code == 200, address
        number += 1
        if found := faults(response.text):
            wrong[address] = found
    assert number
    assert not wrong, f"{len(wrong)} pages sur {number} : {dict(list(wrong.items())[:10])}"


@pytest.mark.parametrize(
    "html",
    [
        "<table><tr><td> </td></tr></table>",
        "<table><tr><th scope='row'></th></tr></table>",
        "<p>None</p>",
        "<td>Trop peu d’élèves</td>",
        "<div class='hole figure-hole'><p>Trop peu d’élèves. Le groupe compte moins de 20 élèves</p></div>",
    ],
)
def test_faults_are_found(html):
    assert faults(html)
