"""Texts that editors change: what pages show, what may be written, versions, and what it costs."""

import pytest
from django.contrib.auth.models import User

from accounts.models import Event
from pages.content import content
from pages.models import EditedText
from pages.texts.catalogue import editables
from pages.texts.desk_page import Piece, pieces_of
from pages.texts.forms import TextForm, typographic
from pages.texts.preview import component_of
from pages.texts.publish import Changed, NothingPublished, publish
from stats.models import DataVersion
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
DESK = "/gestion/pages/editedtext/textes/"
CFA = "glossary.cfa.definition"
WORK = "plain_language.indicators.taux_en_emploi"


@pytest.fixture
def published():
    DataVersion.objects.move()


@pytest.fixture
def editor():
    return User.objects.create_user("plume@example.org")


def write(editor, key, text, language="fr", after=0):
    return publish(key, language, text, "Plus clair", editor, after)


def test_every_text_has_its_component_in_each_language():
    missing = [
        key for key, one in editables().items() for code in ("fr", "en") if not component_of(one, code)
    ]
    assert missing == []
    assert len(editables()) > 100


@pytest.mark.parametrize(
    ("key", "page", "text"),
    [
        (CFA, "/glossaire/", "Une école où tout change."),
        ("glossary.cfa.plain", "/glossaire/", "Première phrase.\nSeconde phrase."),
        ("indicators.taux_emploi_6_mois.explanation", "/methodologie/", "Une explication neuve."),
        ("indicators.taux_emploi_6_mois.caution", "/methodologie/", "Une autre prudence."),
        (WORK, "/methodologie/", "On compte %(months)s mois."),
        ("plain_language.reasons.too_few_people", "/methodologie/", "Il y a trop peu d’élèves ici."),
        ("plain_language.quality", "/glossaire/", "Cela ne juge personne."),
    ],
)
def test_text_is_shown_in_its_language_alone(client, published, editor, key, page, text):
    before = client.get(f"/en{page}").content
    write(editor, key, text)
    shown = client.get(page).text

    for line in (text % {"months": 6} if key == WORK else text).splitlines():
        assert line in shown
    assert client.get(f"/en{page}").content == before
    write(editor, key, text.replace("e", "é"), language="en")
    assert client.get(f"/en{page}").content != before


def test_question_of_the_open_days_is_the_one_that_was_written(client, published, editor):
    course = factories.diploma()
    factories.outcome(factories.territory(), course)
    write(editor, "open_day_questions.internships", "Où vont les stagiaires\u00a0?")
    assert "Où vont les stagiaires" in client.get(f"/formations/cap-cuisine-{course.pk}/").text


def test_pages_and_their_tags_follow_and_data_do_not_move(client, published, editor):
    tag = client.get("/glossaire/")["ETag"]
    assert client.get("/glossaire/", HTTP_IF_NONE_MATCH=tag).status_code == 304
    number = DataVersion.objects.number()
    write(editor, CFA, "Autre chose.")

    response = client.get("/glossaire/", HTTP_IF_NONE_MATCH=tag)
    assert response.status_code == 200
    assert "Autre chose." in response.text
    assert DataVersion.objects.number() == number
    # The next version of the data keeps them.
    DataVersion.objects.move()
    assert "Autre chose." in client.get("/glossaire/").text


def test_texts_cost_one_query_a_version_and_none_a_page(client, published, editor, django_assert_num_queries):
    with django_assert_num_queries(2):
        client.get("/glossaire/")
    write(editor, CFA, "Autre chose.")
    client.get("/glossaire/")
    # The version, and whether the data are invented: as before.
    with django_assert_num_queries(1):
        client.get("/glossaire/")


def test_text_of_the_file_comes_back_whatever_it_becomes(client, published, editor):
    base = content("glossary")["cfa"]["definition"]
    write(editor, CFA, "Autre chose.")
    write(editor, CFA, "", after=1)

    assert base in client.get("/glossaire/").text
    assert [one.content for one in EditedText.objects.all()] == ["", "Autre chose."]


def test_two_editors_do_not_undo_one_another(published, editor):
    write(editor, CFA, "Le premier.")
    with pytest.raises(Changed):
        write(editor, CFA, "Le second.")
    assert EditedText.objects.get().content == "Le premier."
    assert DataVersion.objects.get().texts == 1


def test_nothing_is_published_before_the_data(editor):
    with pytest.raises(NothingPublished):
        write(editor, CFA, "Autre chose.")


def test_each_publication_is_a_line_of_the_journal(published, editor):
    write(editor, CFA, "Autre chose.")
    event = Event.objects.get(kind="texte")
    assert (event.who, event.about) == ("plume@example.org", CFA)
    assert event.details == {"langue": "fr", "version": 1, "motif": "Plus clair"}


def said_of(key, text, language="fr"):
    data = {f"{language}-content": text, f"{language}-note": "x", f"{language}-after": 0}
    form = TextForm(editables()[key], language, data)
    return form.cleaned_data["content"] if form.is_valid() else form.errors["content"][0]


@pytest.mark.parametrize(
    ("key", "text", "said"),
    [
        (CFA, "<b>Gras</b>", "Écrivez du texte simple, sans balise"),
        (CFA, "Deux\nlignes", "Écrivez une seule ligne."),
        (CFA, "x" * 2000, "Le texte dépasse"),
        (CFA, "Un %(months)s de trop", "Ôtez %(months)s"),
        (CFA, "Un {n} de trop", "Ôtez {n}"),
        (WORK, "On compte sans dire quand.", "Gardez %(months)s, que la page remplace."),
        (WORK, "50 % après %(months)s mois", "Pour un signe «\u00a0%\u00a0»"),
        (WORK, "\n".join(["a %(months)s"] * 11), "Écrivez 10 lignes au plus."),
        (CFA, " \n ", "Ce champ est obligatoire."),
    ],
)
def test_what_may_not_be_written_is_said(key, text, said):
    assert said in said_of(key, text)


def test_what_may_be_written_is_tidied():
    assert (
        said_of(WORK, " On compte\r\n\r\n 50 %% après %(months)s mois ")
        == "On compte\n50\u00a0%% après %(months)s mois"
    )
    assert typographic("L'an « deux » : oui ?", "fr") == "L’an «\u00a0deux\u00a0»\u00a0: oui\u00a0?"
    assert typographic("A pupil's year: yes?", "en") == "A pupil’s year: yes?"


def test_difference_is_told_word_by_word():
    assert pieces_of("Un mot ancien.", "Un mot neuf.") == (
        Piece("Un mot ", ""),
        Piece("ancien.", "del"),
        Piece("neuf.", "ins"),
    )


def send(client, key, text, after=0, language="fr", **more):
    fields = {"content": text, "note": "Plus clair", "after": after}
    data = {f"{language}-{name}": value for name, value in fields.items()}
    return client.post(f"{DESK}{key}/", {"langue": language, **data, **more}, follow=True)


def test_editor_sees_both_languages_before_publishing(admin_client, published):
    preview = send(admin_client, CFA, "Une école & plus.").text
    assert "Une école &amp; plus." in preview
    assert "Centre where" in preview or 'lang="en"' in preview
    assert not EditedText.objects.exists()
    assert "Une école" not in admin_client.get("/glossaire/").text

    page = send(admin_client, CFA, "Une école & plus.", publier="1").text
    assert "Le texte est publié" in page
    assert "<ins>" in page
    assert "Une école &amp; plus." in admin_client.get("/glossaire/").text


def test_wrong_text_is_not_previewed_and_stays_in_its_form(admin_client, published):
    page = send(admin_client, CFA, "<b>Gras</b>").text
    assert "sans balise" in page
    assert "&lt;b&gt;Gras&lt;/b&gt;" in page


def test_version_is_brought_back(admin_client, published):
    send(admin_client, CFA, "La première.", publier="1")
    send(admin_client, CFA, "La seconde.", after=1, publier="1")
    fields = {"langue": "fr", "version": "1", "after": "2"}
    admin_client.post(f"{DESK}{CFA}/retablir/", fields)
    assert "La première." in admin_client.get("/glossaire/").text
    admin_client.post(f"{DESK}{CFA}/retablir/", fields | {"version": "0", "after": "3"})
    assert content("glossary")["cfa"]["definition"] in admin_client.get("/glossaire/").text
    assert "n’est publié" in admin_client.post(f"{DESK}{CFA}/retablir/", fields, follow=True).text


@pytest.mark.parametrize(
    "fields", [{"version": "9"}, {"version": "x"}, {"after": "-1"}, {"langue": "zz", "version": "0"}]
)
def test_version_that_does_not_exist_is_not_found(admin_client, published, fields):
    sent = {"langue": "fr", "version": "0", "after": "0"} | fields
    assert admin_client.post(f"{DESK}{CFA}/retablir/", sent).status_code == 404


def test_list_is_searched_and_narrowed_to_what_was_changed(admin_client, published, editor):
    write(editor, CFA, "Mot introuvable.")
    address = "/gestion/pages/editedtext/"
    assert CFA in admin_client.get(address).text
    assert CFA in admin_client.get(f"{address}?q=introuvable").text
    changed = admin_client.get(f"{address}?changes=on").text
    assert CFA in changed
    assert WORK not in changed
    assert admin_client.get(f"{DESK}zzz/").status_code == 404
