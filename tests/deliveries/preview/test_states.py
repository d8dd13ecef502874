"""The pages of a preview in all their states, from invented changes: no publication is done for them."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from deliveries.models import Preview, Submission
from deliveries.preview.compare import compare
from deliveries.preview.kept import encode, lines_of
from deliveries.preview.labels import Labels, Place
from deliveries.preview.summary import summarise
from tests.deliveries.preview.moments import LABELS, RATE, STUDY, moment, row
from tests.signing_in import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
SCHOOLS = [f"{number:07d}A" for number in range(10_000)]
LONG = "Lycée polyvalent régional des métiers de l’hôtellerie, du tourisme et des services " * 3
MANY = Labels(
    {**LABELS.places, **{uai: Place(f"{LONG}{uai}", "Bretagne", "etablissement") for uai in SCHOOLS}},
    {"50022139": LONG},
)


@pytest.fixture
def pages():
    """pages(before, after, labels): what asks for a page of the preview of such a change."""
    client = signed_in(Client(), User.objects.create_superuser("gestion"))

    def of(before, after, labels=LABELS):
        submission = Submission.objects.create(state=Submission.State.CHECKED)
        changes = compare(moment(*before), moment(*after))
        lines = lines_of(changes, labels)
        Preview.objects.create(
            submission=submission, version=0, summary=summarise(changes, lines, labels), lines=encode(lines)
        )
        return lambda page="": client.get(f"/gestion/deliveries/submission/{submission.pk}/apercu/{page}")

    return of


ROWS = [
    row(**{RATE: 50, STUDY: 30}),
    row("region-53", **{RATE: 60}),
    row("pays-FR", diploma="", **{STUDY: 20}),
]


def sections(page):
    return {section.title: section.total for section in page.context["preview"].sections}


def test_everything_vanishes(pages):
    page = pages(ROWS, [])()
    assert sections(page) == {"Chiffres qui disparaissent": 4}
    assert "Pas de chiffre ici\u00a0: 4." in page.text
    assert "était montré" in page.text
    assert "60" not in page.context["preview"].sections[0].lines[0].before


def test_first_delivery_ever(pages):
    page = pages([], ROWS)()
    assert sections(page) == {"Chiffres qui apparaissent": 4}
    assert [(view.before, view.after) for view in page.context["preview"].tables] == [(0, 1)] * 3
    assert "Toutes formations, au lycée" in page.text


def test_ten_thousand_moves_of_long_names_are_read_by_pages(pages):
    sizes = {"nb_annee_term": 400, "nb_sortant": 200}
    before, after = ([row(uai, **{RATE: value}, **sizes) for uai in SCHOOLS] for value in (40, 42))
    for one in after[:20]:
        one["figures"][RATE] = 75
    get = pages(before, after, MANY)
    page = get()
    assert sections(page) == {
        "Chiffres qui changent plus que le hasard ne l’explique": 20,
        "Chiffres qui changent": 10_000,
    }
    assert [len(section.lines) for section in page.context["preview"].sections] == [10, 10]
    assert "fourchette 33 à 47" in page.text
    assert len(page.content) < 200_000
    last = get("lignes/?changement=changent&page=200")
    assert (last.context["total"], len(last.context["pages"].object_list)) == (10_000, 50)
    assert "changement=changent&amp;page=199" in last.text
    assert len(get("par/etablissement/?page=2").context["pages"].object_list) == 50


def test_names_are_no_formulas_and_no_markup(pages):
    labels = Labels({"0350001A": Place("=1+1<b>", "Bretagne", "etablissement")}, {"50022139": "@x"})
    get = pages([row(**{RATE: 50})], [row(**{RATE: 51})], labels)
    assert "=1+1&lt;b&gt;" in get().text
    text = b"".join(get("lignes.csv").streaming_content).decode()
    assert ";'=1+1<b>;" in text
    assert ";'@x;" in text


def test_figures_that_are_not_compared_say_why(pages):
    before = [
        row(cohort="2020_2021", **{RATE: 40}),
        row("0350002B", kind="ancienne", of=("46X32301", "0350002B"), **{RATE: 40}),
    ]
    after = [row(cohort="2022_2023", **{RATE: 80}), row("0350002B", **{RATE: 80})]
    text = pages(before, after)().text
    assert "les emplois du secteur public n’y comptent pas autant" in text
    assert "ce ne sont plus les chiffres du même diplôme" in text


def test_common_year_says_which_course_follows(pages):
    rows = [
        [row(diploma="40025214", kind="annee_commune", of=("50022139", "0350001A"), **{RATE: value})]
        for value in (4, 5)
    ]
    assert "40025214, au lycée, pour qui continue en CAP Cuisine" in pages(*rows)().text


def test_page_needs_no_script(pages):
    text = pages(ROWS, [])().text
    assert "desk.js" not in text
    assert "onclick" not in text
