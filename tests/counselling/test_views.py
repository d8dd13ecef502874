"""The pages of a plan without an account: a model around a town, changes, a file, a sheet."""

import io
import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from pypdf import PdfReader

from counselling import payload
from counselling.plan import Item, Kind, Plan
from counselling.starting_points import all_points
from tests.counselling.test_plan import COURSE

TOWN = "Exempleville"
pytestmark = pytest.mark.usefixtures("demonstration", "db")


def plan_of(response):
    """The plan to which an answer leads, or that its form holds."""
    if response.status_code == 302:
        [text] = parse_qs(urlsplit(response["Location"]).query)["s"]
    else:
        text = unescape(re.search(r'name="s" value="([^"]*)"', response.content.decode())[1])
    return payload.decoded(text)


@pytest.fixture
def started(client):
    return plan_of(client.post("/seance/commencer/", {"modele": "decouvrir", "ville": TOWN}))


def change(client, plan, **fields):
    return client.post("/seance/modifier/", {"s": payload.encoded(plan), **fields})


def handed_out(client, plan):
    response = client.get("/seance/feuille/", {"s": payload.encoded(plan)})
    assert (response.status_code, response["Content-Type"]) == (200, "application/pdf")
    return PdfReader(io.BytesIO(response.content))


def text_of(document):
    return " ".join(" ".join(page.extract_text() for page in document.pages).split())


@pytest.mark.parametrize("point", [point.name for point in all_points()])
def test_model_is_adapted_to_a_town_in_one_step(client, point):
    plan = plan_of(client.post("/seance/commencer/", {"modele": point, "ville": TOWN}))
    assert plan.town
    assert plan.tokens
    page = client.get("/seance/", {"s": payload.encoded(plan)})
    assert page.status_code == 200
    assert "warning" not in page.content.decode()


def test_unknown_town_is_said_and_the_model_can_be_asked_again(client):
    page = client.post("/seance/commencer/", {"modele": "decouvrir", "ville": "zzzzzz"})
    assert "n’est pas une ville connue" in page.content.decode()
    assert "Ce modèle n’existe pas" in client.post("/seance/commencer/", {"modele": "zz"}).content.decode()


def test_button_loses_nothing_of_what_was_typed(client, started):
    fields = {
        "titre": "Jeudi",
        "ville": TOWN,
        "rayon": "20",
        "date": "2026-12-03",
        "public": "famille",
        "a_remettre": "À lire",
        "pour_moi": "Penser au projecteur",
        "texte-0": "Et vous\u00a0?",
        "pour_moi-1": "Insister",
        "faire": "descendre:0",
    }
    plan = plan_of(change(client, started, **fields))
    assert (plan.title, plan.radius, plan.on.day, plan.audience) == ("Jeudi", 20, 3, "famille")
    assert (plan.handout, plan.private) == ("À lire", "Penser au projecteur")
    assert plan.items[1].text == "Et vous\u00a0?"
    assert plan.items[0].private == "Insister"


def test_items_are_moved_removed_compared_and_added(client, started):
    assert plan_of(change(client, started, faire="retirer:0")).items == started.items[1:]
    moved = plan_of(change(client, started, faire="placer:0", vers="3"))
    assert moved.items[2] == started.items[0]
    added = plan_of(change(client, Plan(), question=["Combien\u00a0?", ""], texte="À lire", faire="ajouter"))
    assert [(item.kind, item.text) for item in added.items] == [
        (Kind.QUESTION, "Combien\u00a0?"),
        (Kind.TEXT, "À lire"),
    ]
    alone = change(client, started, faire="comparer", choisi=["0"])
    assert "cochez au moins deux éléments" in alone.content.decode()


def test_public_page_adds_to_the_plan_of_the_browser(client):
    first = client.post("/seance/ajouter/", {"element": COURSE})
    second = client.post("/seance/ajouter/", {"element": "0990001N"})
    assert [item.tokens for item in plan_of(second).items] == [(COURSE,), ("0990001N",)]
    cookie = second.cookies["seance"]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == ("/seance/", True, "Lax")
    assert client.get("/seance/")["Location"] == second["Location"]
    assert first["Location"] != second["Location"]
    assert "Set-Cookie" not in client.get("/").headers


def test_file_gives_the_plan_back_with_what_was_typed(client, started):
    kept = client.post("/seance/fichier/", {"s": payload.encoded(started), "titre": "Gardée"})
    assert kept["Content-Disposition"] == 'attachment; filename="gardee.json"'
    opened = Client().post("/seance/ouvrir/", {"fichier": io.BytesIO(kept.content)})
    assert plan_of(opened).title == "Gardée"


@pytest.mark.parametrize("content", [b"", b"zz", b"{}"])
def test_file_that_is_no_plan_is_said(client, content):
    page = client.post("/seance/ouvrir/", {"fichier": io.BytesIO(content)})
    assert page.status_code == 400
    assert "n’est pas une séance" in page.content.decode()


def test_link_that_was_cut_is_said(client, started):
    page = client.get("/seance/", {"s": payload.encoded(started)[:-3]})
    assert page.status_code == 400
    assert "coupé ou a été changé" in page.content.decode()


def test_form_of_another_site_does_nothing(client):
    page = client.post("/seance/ajouter/", {"element": COURSE}, headers={"Sec-Fetch-Site": "cross-site"})
    assert "vient d’un autre site" in page.content.decode()
    assert "seance" not in page.cookies


def test_script_typed_in_a_note_stays_text(client):
    typed = "<script>alert(1)</script>"
    plan = Plan(title=typed, handout=typed, items=(Item(Kind.TEXT, text=typed, handout=typed),))
    assert typed not in client.get("/seance/", {"s": payload.encoded(plan)}).content.decode()


def test_page_is_kept_by_nobody_and_told_to_no_other_site(client, started):
    page = client.get("/seance/", {"s": payload.encoded(started)})
    assert "no-store" in page["Cache-Control"]
    assert (page["Referrer-Policy"], page["X-Robots-Tag"]) == ("no-referrer", "noindex")


def test_ten_items_are_read_in_as_many_queries_as_two(client, started, django_assert_max_num_queries):
    few = Plan(town=started.town, items=started.items[1:3])
    many = Plan(town=started.town, items=started.items[1:3] * 5)
    client.get("/seance/", {"s": payload.encoded(few)})
    with django_assert_max_num_queries(20) as asked:
        client.get("/seance/", {"s": payload.encoded(few)})
    with django_assert_max_num_queries(len(asked.captured_queries)):
        client.get("/seance/", {"s": payload.encoded(many)})


def test_sheet_is_tagged_and_says_its_language_and_has_its_fonts(client, started):
    document = handed_out(client, started)
    root = document.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "fr"
    assert "/StructTreeRoot" in root
    assert document.metadata.title == started.title
    fonts = {
        font.get_object()["/BaseFont"]
        for page in document.pages
        for font in page["/Resources"]["/Font"].values()
    }
    # Six letters and a plus sign: a subset, in the file.
    assert all(re.fullmatch(r"/[A-Z]{6}\+DejaVuSans.*", name) for name in fonts)


LONG = "Une phrase qui n’en finit pas de dire ce que tout le monde sait déjà. " * 20


@pytest.mark.parametrize("number", [1, 3, 10, 20])
def test_sheet_has_two_pages_at_most(client, started, number):
    courses = [item for item in started.items if item.kind is Kind.FIGURES]
    items = tuple(courses[place % len(courses)] for place in range(number))
    plan = Plan(title=LONG[:120], handout=LONG[:400], town=started.town, items=items)
    assert len(handed_out(client, plan).pages) <= 2


def test_notes_for_oneself_are_handed_out_to_nobody(client, started):
    noted = Plan(
        private="SECRET-UN", items=(Item(Kind.TEXT, text="Lu", private="SECRET-DEUX", handout="REMIS"),)
    )
    text = text_of(handed_out(client, noted))
    assert "REMIS" in text
    assert "SECRET" not in text


def test_mark_up_typed_in_a_note_stays_text(client):
    typed = '#let x = 1 *gras* _italique_ $x^2$ #image("/etc/passwd") @ref <label> = titre'
    text = text_of(handed_out(client, Plan(items=(Item(Kind.TEXT, text=typed),))))
    assert typed in text


def test_same_plan_gives_the_same_bytes(client, started):
    sheets = {client.get("/seance/feuille/", {"s": payload.encoded(started)}).content for _ in range(2)}
    assert len(sheets) == 1
