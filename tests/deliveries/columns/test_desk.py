"""The page of the columns of a submitted file: suggestions with their reason, choices kept, wrong ones told."""

import pytest

from deliveries.models import ColumnMapping, SubmittedFile
from deliveries.operations.transitions import State, change_files
from stats.models import Delivery, Outcome
from tests.deliveries.conftest import CFA_HEADER, CFA_ROWS, csv, publish_as_read, upload

ODD = CFA_HEADER.replace("Taux emploi 12 mois", "").replace("DEVENIR Part autre situation 6 mois", "Reste")
ROWS = [
    CFA_ROWS[0],
    CFA_ROWS[1],
    CFA_ROWS[0].replace("0990001N", "0990003R").replace(";30;57;13;", ";31;57;12;"),
]
CONTENT = csv(ODD, *ROWS)


@pytest.fixture
def submitted(manager):
    """A refused file, its page of columns, and the form that this page holds."""
    [file] = upload(manager, CONTENT).context["submission"].files
    page = manager.get(file.columns_address)
    return manager, file.columns_address, form_of(page)


def form_of(page):
    shown = page.context["page"]
    chosen = {
        f"colonne {column.name}": next((one.value for one in column.options if one.is_selected), "")
        for column in shown.columns
    }
    return {"source": shown.source, "revision": page.context["submission"]["revision"], **chosen}


def test_the_page_suggests_each_missing_column_and_says_why(submitted):
    client, address, form = submitted
    page = client.get(address)

    assert page.context["page"].source == "inserjeunes_cfa"
    assert (form["colonne taux_emploi_12_mois"], form["colonne taux_autres_6_mois"]) == ("12", "6")
    assert "elle est entre n°\u00a010 «\u00a0Taux emploi 6 mois\u00a0» et n°\u00a014" in page.text
    assert "n°\u00a07 «\u00a0Reste\u00a0»\u00a0: avec" in page.text
    assert "(sans nom)" in page.text


def test_what_is_said_is_checked_again_published_and_in_the_journal(submitted):
    client, address, form = submitted
    page = client.post(address, form | {"nom": "CFA 2022"}, follow=True)

    [file] = page.context["submission"].files
    assert (page.context["submission"].state, file.status) == (State.CHECKED, "a_publier")
    assert "C’est la colonne n°\u00a013 du fichier, comme quelqu’un l’a indiqué." in page.text
    publish_as_read(client, page)
    assert Outcome.objects.get(school="0990001N").taux_emploi_12_mois == 73
    journal = client.get(f"/gestion/stats/delivery/{Delivery.objects.get().pk}/change/").text
    assert "taux_emploi_12_mois\u00a0: n°\u00a013" in journal


def test_the_next_file_of_the_same_header_is_read_in_one_click(submitted):
    client, address, form = submitted
    client.post(address, form | {"nom": "CFA 2022"})
    [file] = upload(client, csv(ODD, *ROWS).replace(b"2021-2022", b"2019-2020")).context["submission"].files
    page = client.get(file.columns_address)

    assert "Reprendre «\u00a0CFA 2022\u00a0»" in page.text
    click = {"source": "", "revision": form_of(page)["revision"], "appliquer": ColumnMapping.objects.get().pk}
    page = client.post(file.columns_address, click, follow=True)
    assert page.context["submission"].files[0].status == "a_publier"


WRONG = (
    (
        {"colonne libelle": "1"},
        "La colonne n°\u00a02 est indiquée pour «\u00a0uai\u00a0» et «\u00a0libelle\u00a0».",
    ),
    ({"colonne uai": ""}, "Dites quelle colonne du fichier est «\u00a0uai\u00a0»"),
    ({"colonne uai": "99"}, "et le fichier n’a que 15 colonnes."),
    ({"colonne uai": "x"}, "et le fichier n’a que 15 colonnes."),
    ({"revision": "1", "nom": "Trop tard"}, "ce dépôt a changé depuis que vous l’avez lu"),
    ({"cohorte": "2022_2024"}, "Les deux années d’une cohorte se suivent."),
    ({"nom": "Déjà pris"}, "Une autre source a déjà des colonnes de ce nom"),
)


def test_a_wrong_choice_is_told_and_nothing_is_kept(submitted):
    client, address, form = submitted
    ColumnMapping.objects.create(name="Déjà pris", source="autre")
    for change, sentence in WRONG:
        page = client.post(address, form | change)

        assert (page.status_code, sentence in page.text) == (400, True), sentence
        # The other choices are still there.
        assert form_of(page)["colonne taux_emploi_12_mois"] == "12"
    assert SubmittedFile.objects.get().columns == {}
    assert ColumnMapping.objects.count() == 1


def test_a_file_that_changed_meanwhile_or_is_erased_is_told(submitted):
    client, address, form = submitted
    change_files(SubmittedFile.objects.get().submission)
    assert "a changé depuis que vous l’avez lu" in client.post(address, form).text

    SubmittedFile.objects.update(file=None)
    assert "est effacé" in client.get(address, follow=True).text


def test_a_file_of_no_known_source_shows_its_lines_and_the_nearest_sources(manager):
    [file] = upload(manager, b"couleur;Part\nbleu;4\n").context["submission"].files
    page = manager.get(file.columns_address)
    assert "bleu" in page.text
    assert not page.context["page"].columns

    page = manager.get(file.columns_address, {"source": "rome"})
    assert [column.name for column in page.context["page"].columns if column.is_required]


def test_columns_of_a_file_of_no_known_source_are_taken_back_in_one_click(manager):
    """Its names say nothing, nor does its name the cohort."""
    content = csv(
        "a;b;c;d;e;f;g;h",
        "0990001N;CFA;ILE-DE-FRANCE;40;64;60;4;x",
        "0990002P;CFA;ILE-DE-FRANCE;41;74;75;-1;x",
    )
    [file] = upload(manager, content, "x.csv").context["submission"].files
    source = "depp_etablissements_apprentissage"
    form = form_of(manager.get(file.columns_address, {"source": source}))
    names = ("uai", "libelle", "region", "taux_poursuite_etudes", "taux_emploi_6_mois")
    names += ("taux_emploi_6_mois_attendu", "valeur_ajoutee_6_mois")
    form |= {f"colonne {name}": str(place) for place, name in enumerate(names)}
    page = manager.post(file.columns_address, form | {"cohorte": "2020_2021", "nom": "DEPP"}, follow=True)
    assert page.context["submission"].files[0].status == "a_publier"

    [file] = upload(manager, content.replace(b";64;", b";65;"), "x-2018_2019.csv").context["submission"].files
    revision = manager.get(file.columns_address).context["submission"]["revision"]
    click = {"revision": revision, "appliquer": str(ColumnMapping.objects.get().pk)}
    page = manager.post(file.columns_address, click, follow=True)
    assert page.context["submission"].files[0].status == "a_publier"


def test_a_file_that_cannot_be_read_says_why(manager):
    [file] = upload(manager, b"").context["submission"].files
    page = manager.get(f"{file.address}colonnes/")
    assert "Le fichier ne contient aucune ligne de données." in page.text


def test_another_source_forgets_what_was_said_of_the_columns(submitted):
    client, address, form = submitted
    client.post(address, form)
    assert SubmittedFile.objects.get().columns
    client.post(address.removesuffix("colonnes/"), {"source": "rome", "cohort": ""})
    assert SubmittedFile.objects.get().columns == {}
