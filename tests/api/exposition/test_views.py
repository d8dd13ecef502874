"""What the recorded cases of the Exposition API do not show: caching, keys, users, counting, sums, pictures."""

import json
import re
from xml.etree import ElementTree

import pytest

from api.models import ApiKey
from stats.models import Certification
from tests import factories

API = "/api/inserjeunes"
CODE = "50022139"


@pytest.fixture
def key(db):
    return ApiKey.objects.make("essai")[1]


@pytest.fixture
def cook(db):
    return factories.diploma(CODE)


def _certification(diploma, **fields):
    return Certification.objects.create(
        code=diploma.pk,
        kind="cfd",
        diploma=diploma.pk,
        label=diploma.official_label,
        long_label=diploma.official_label,
        level_code="3",
        level_label="CAP",
        **fields,
    )


def _national(diploma, size=100, route="apprentissage", **figures):
    counts = {"nb_annee_term": size, "nb_poursuite_etudes": size // 2, "nb_sortant": size - size // 2}
    counts |= {"nb_en_emploi_6_mois": size // 4}
    shares = {"taux_en_emploi_6_mois": 25, "taux_en_formation": 50, "taux_autres_6_mois": 25}
    return factories.outcome(factories.country(), diploma, "2023", route, **counts | shares | figures)


def test_answer_not_modified_until_the_data_move(client, cook):
    _national(cook)
    first = client.get(f"{API}/certifications/{CODE}")
    again = client.get(f"{API}/certifications/{CODE}", headers={"If-None-Match": first["ETag"]})
    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")
    factories.delivery()
    moved = client.get(f"{API}/certifications/{CODE}", headers={"If-None-Match": first["ETag"]})
    assert moved.status_code == 200


def test_list_with_a_key_is_kept_by_no_shared_cache(client, key):
    response = client.get(f"{API}/certifications", headers={"x-api-key": key})
    assert response["Cache-Control"] == "private, no-cache"
    assert client.get(f"{API}/certifications")["Cache-Control"] == "no-store"


def test_head_gives_the_headers_alone(client, cook):
    _national(cook)
    response = client.head(f"{API}/certifications/{CODE}")
    assert (response.status_code, response.content) == (200, b"")
    assert response["Content-Type"].startswith("application/json")


def test_options_and_other_methods(client, db):
    assert client.options(f"{API}/certifications").headers["Allow"] == "GET, HEAD, OPTIONS"
    assert client.delete(f"{API}/certifications").json()["statusCode"] == 405


def test_browser_may_send_a_key_from_any_site(client, db):
    headers = {
        "Origin": "https://ailleurs.example",
        "Access-Control-Request-Method": "GET",
        "Access-Control-Request-Headers": "x-api-key, authorization",
    }
    response = client.options(f"{API}/certifications", headers=headers)
    assert response["Access-Control-Allow-Origin"] == "*"
    allowed = response["Access-Control-Allow-Headers"]
    assert {"x-api-key", "authorization"} <= set(allowed.split(", "))


@pytest.mark.parametrize("path", ["certifications", "certifications.csv"])
def test_list_asks_the_same_queries_whatever_its_length(
    client, key, cook, path, django_assert_max_num_queries
):
    for number in range(12):
        _national(factories.diploma(f"500221{number:02d}", f"CAP {number}"))
    client.get(f"{API}/{path}", headers={"x-api-key": key}).getvalue()
    with django_assert_max_num_queries(5) as few:
        client.get(f"{API}/{path}?items_par_page=1", headers={"x-api-key": key}).getvalue()
    with django_assert_max_num_queries(len(few)):
        client.get(f"{API}/{path}?items_par_page=12", headers={"x-api-key": key}).getvalue()


def test_single_answer_asks_two_queries(client, cook, django_assert_num_queries):
    _national(cook)
    client.get(f"{API}/certifications/{CODE}")
    with django_assert_num_queries(2):
        client.get(f"{API}/certifications/{CODE}")


def test_list_longer_than_a_block_is_whole(client, key, cook, monkeypatch):
    monkeypatch.setattr("api.exposition.lists.BLOCK", 2)
    for number in range(5):
        _national(factories.diploma(f"500221{number:02d}", f"CAP {number}"))
    response = client.get(f"{API}/certifications?items_par_page=100", headers={"x-api-key": key})
    assert len(json.loads(response.getvalue())["certifications"]) == 5
    text = client.get(f"{API}/certifications.csv?items_par_page=4", headers={"x-api-key": key}).getvalue()
    assert len(text.decode().splitlines()) == 5


def test_key_is_not_kept_and_stops_with_its_consumer(client, key):
    assert key not in str(ApiKey.objects.values().get())
    ApiKey.objects.update(is_active=False)
    assert client.get(f"{API}/bcn", headers={"x-api-key": key}).status_code == 401


def test_sum_with_a_small_group_inside_shows_its_head_count_alone(client, cook):
    waiter = factories.diploma("50033401", "CAP Service")
    for diploma in (cook, waiter):
        _certification(diploma)
    _national(cook, size=100)
    _national(waiter, size=12)
    found = client.get(f"{API}/certifications/{CODE},{waiter.pk}").json()["apprentissage"]
    assert found["nb_annee_term"] == 112
    assert found["_meta"]["messages"]
    shown = {name for name, value in found.items() if value is not None and re.match("nb_|taux_", name)}
    assert shown == {"nb_annee_term"}


def test_sum_of_former_and_new_diploma_counts_each_group_once(client, cook):
    new = factories.diploma("50022146", "CAP Cuisine rénové")
    for diploma in (cook, new):
        _certification(diploma)
    factories.attribution(_national(cook, size=100), diploma=new, kind="ancienne")
    found = client.get(f"{API}/certifications/{CODE},{new.pk}").json()["apprentissage"]
    assert (found["nb_annee_term"], len(found["codes_certifications"])) == (100, 2)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("regionales/00", 200),
        ("regionales?regions=00,98800", 200),
        ("formations?regions=00&academies=40,77", 200),
        (f"regionales/00/certifications/{CODE}", 404),
        (f"regionales/97500/certifications/{CODE}", 404),
        (f"regionales/98000/certifications/{CODE}", 400),
    ],
)
def test_overseas_collectivities_are_a_region_without_figures(client, key, cook, path, status):
    _certification(cook)
    response = client.get(f"{API}/{path}", headers={"x-api-key": key})
    assert response.status_code == status
    assert json.loads(response.getvalue()).get("pagination", {"total": 0})["total"] == 0


def test_school_of_an_overseas_collectivity_is_found_there(client, key, cook):
    place = factories.territory("departement", "988", "Nouvelle-Calédonie")
    school = factories.school(territory=place, region=None)
    factories.outcome(school, cook, "2023", nb_annee_term=100)
    response = client.get(f"{API}/formations?regions=98800", headers={"x-api-key": key})
    listed = json.loads(response.getvalue())
    assert listed["formations"][0]["region"] == {"code": "00", "nom": "Collectivités d’outre-mer"}


def test_sum_over_a_common_year_does_not_say_that_pupils_are_too_few(client, cook):
    first = factories.diploma("50022100", "CAP Cuisine 1ère année commune")
    _certification(first)
    factories.attribution(_national(cook), diploma=first, terminal=factories.course_year(cook))
    found = client.get(f"{API}/certifications/{first.pk}?vue=filieres").json()["apprentissage"]
    assert found["nb_annee_term"] is None
    assert "années terminales" in found["_meta"]["messages"][0]


def test_sum_lacks_the_counts_that_one_of_its_groups_does_not_publish(client, cook):
    waiter = factories.diploma("50033401", "CAP Service")
    for diploma in (cook, waiter):
        _certification(diploma)
    _national(cook, size=100)
    _national(waiter, size=30, nb_en_emploi_6_mois=None, nb_sortant=None)
    found = client.get(f"{API}/certifications/{CODE},{waiter.pk}").json()["apprentissage"]
    assert (found["nb_annee_term"], found["nb_poursuite_etudes"], found["taux_en_formation"]) == (130, 65, 50)
    assert found.keys().isdisjoint({"nb_en_emploi_6_mois", "taux_en_emploi_6_mois", "nb_sortant"})
    assert "taux_autres_6_mois" not in found, "what follows from a missing figure is missing"


@pytest.mark.parametrize("missing", ["nb_en_emploi_6_mois", "nb_poursuite_etudes"])
def test_sum_has_no_other_situations_where_one_of_the_two_others_is_not_measured(client, cook, missing):
    _certification(cook)
    _national(cook, **{missing: None}, nb_en_emploi_12_mois=30)
    found = client.get(f"{API}/certifications/{CODE}?vue=filieres").json()["apprentissage"]
    assert "taux_autres_6_mois" not in found
    assert ("taux_autres_12_mois" in found) is (missing == "nb_en_emploi_6_mois")


@pytest.mark.parametrize(("other", "closing"), [("2025-08-30", "2025-08-30T22:00:00.000Z"), (None, None)])
def test_sum_keeps_the_closing_date_that_its_parts_share(client, cook, other, closing):
    waiter = factories.diploma("50033401", "CAP Service")
    for diploma, day in ((cook, "2025-08-30"), (waiter, other)):
        _certification(diploma, closed_at=day and f"{day}T22:00:00Z")
        _national(diploma)
    found = client.get(f"{API}/certifications/{CODE},{waiter.pk}").json()["apprentissage"]
    assert found.get("date_fermeture") == closing


def test_higher_education_is_answered_for_the_last_ordinary_cohort(client, cook):
    """As callers have always been; the error names the cohorts that they can ask for."""
    master = factories.diploma("2500123", "Master", kind="sise")
    _national(cook)
    factories.outcome(factories.country(), master, "2021", "superieur", nb_annee_term=50, **factories.SHARES)
    response = client.get(f"{API}/certifications/SISE:2500123")
    assert response.status_code == 404
    assert response.json()["data"] == {"millesime": "2023", "millesimesDisponible": ["2021"]}
    assert client.get(f"{API}/certifications/SISE:2500123?millesime=2021").status_code == 200


@pytest.mark.parametrize("address", ["CERTIFICATIONS/{}", "Certifications/{}", "certifications/{}"])
@pytest.mark.parametrize("prefix", ["/api/inserjeunes", "/API/InserJeunes"])
def test_addresses_match_whatever_their_case(client, cook, prefix, address):
    _national(cook)
    assert client.get(f"{prefix}/{address.format(CODE)}").status_code == 200
    assert client.get(f"{prefix}/").status_code == 404


@pytest.mark.parametrize("theme", ["dsfr", "lba"])
@pytest.mark.parametrize("direction", ["vertical", "horizontal"])
def test_picture_says_its_figures_to_who_cannot_see_it(client, cook, theme, direction):
    _national(cook)
    response = client.get(f"{API}/certifications/{CODE}.svg?theme={theme}&direction={direction}")
    drawing = ElementTree.fromstring(response.content)
    said = {child.get("id"): child.text for child in drawing if child.get("id")}
    assert drawing.get("role") == "img"
    assert drawing.get("aria-labelledby").split() == list(said)
    description = list(said.values())[1]
    assert "25\u00a0% sont en emploi" in description
    assert "50\u00a0% sont en formation" in description
    assert "http" not in response.content.decode().replace("http://www.w3.org/2000/svg", "")
    assert "X-Frame-Options" not in response.headers


def _luminance(colour):
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("theme", ["dsfr", "lba"])
@pytest.mark.parametrize("path", ["50022139.svg", "99999999.svg"])
def test_words_of_pictures_stand_out(client, cook, theme, path):
    _national(cook)
    response = client.get(f"{API}/certifications/{path}?theme={theme}&imageOnError=true")
    colours = set(re.findall(r'<text [^>]*fill="(#[0-9a-f]{6})"', response.content.decode()))
    assert colours
    assert all(1.05 / (_luminance(colour) + 0.05) >= 7 for colour in colours)


def test_withheld_figure_is_no_number_anywhere(client, key, cook):
    _national(cook, size=12, taux_en_emploi_6_mois=67, nb_en_emploi_6_mois=8)
    answers = [
        client.get(f"{API}/certifications/{CODE}"),
        client.get(f"{API}/certifications", headers={"x-api-key": key}),
        client.get(f"{API}/certifications.csv", headers={"x-api-key": key}),
        client.get(f"{API}/certifications/{CODE}.svg?imageOnError=true"),
    ]
    for response in answers:
        assert b"67" not in response.getvalue()
