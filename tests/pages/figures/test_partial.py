"""A group of which a part is published shows that part, and says of the rest what follows from the source."""

import pytest

from pages.course.region_map import FIGURES as MAPPED
from pages.drawings.charts import Look
from pages.figures.outcome import situations
from pages.figures.partial import tells_something
from pages.gallery.examples import group
from stats.indicators import BY_NAME, FIGURES
from stats.models import Attribution, Outcome
from stats.reasons import SHOWN, Reason
from tests import factories

REST = "Le reste, moins de 20 jeunes, n’est pas détaillé par la source."


def attribution(missing=Reason.TOO_FEW_LEAVERS, **values):
    """What is shown of a group of which these head-counts and figures are published; never saved."""
    reasons = "".join(SHOWN if name in values else missing.value for name in FIGURES)
    outcome = Outcome(route="pro", reasons=reasons, **values)
    return Attribution(outcome=outcome, kind="self")


def found(route="pro", size=None, **values):
    return situations(
        attribution(**({"nb_annee_term": size} if size else {}), **values),
        group(size=size, leavers=None, route=route),
        [("France", Outcome(reasons=SHOWN * len(FIGURES), **factories.SHARES))],
    )


def test_published_share_is_shown_and_no_other_group_takes_its_place():
    shown = found(size=78, taux_en_formation=92, taux_poursuite_etudes=92)

    assert shown.sentence == "92\u00a0% étudient encore (78\u00a0élèves)."
    assert (shown.hole, shown.rest) == (None, REST)
    assert [share.figure.text for share in shown.shares] == ["92\u00a0%"]
    assert [person.look for person in shown.people.people] == [Look.HATCHED] * 9 + [Look.UNKNOWN]
    assert [segment.look for segment in shown.stack.segments] == [Look.HATCHED, Look.UNKNOWN]
    assert shown.people.text == f"{shown.sentence} {REST}"
    assert shown.short == ("92\u00a0% étudient encore", "le reste, moins de 20 jeunes, non détaillé")


@pytest.mark.parametrize(
    ("values", "rest"),
    [
        ({"size": 78, "taux_en_formation": 92}, REST),
        ({"size": 240, "taux_en_formation": 92}, REST.replace(", moins de 20 jeunes,", "")),
        ({"taux_en_formation": 92}, REST.replace(", moins de 20 jeunes,", "")),
        ({"size": 240, "nb_sortant": 19, "taux_en_formation": 92}, REST),
        ({"size": 40, "taux_en_formation": 100}, ""),
        ({"size": 400, "taux_en_formation": 100}, REST),
        (
            {"size": 78, "taux_en_formation": 92, "missing": Reason.PROTECTS_OTHERS},
            "Rapproché d’autres chiffres, celui-ci révélerait la situation d’un groupe de moins de 20 élèves.",
        ),
        (
            {"taux_poursuite_etudes": 67, "taux_emploi_6_mois": 54},
            "Parmi ceux qui ont arrêté leurs études, 54\u00a0% travaillent.",
        ),
    ],
)
def test_the_rest_is_told_as_far_as_the_source_tells_it(values, rest):
    assert found(**values).rest == rest


def test_further_study_under_its_other_name_is_known_too():
    shown = found(route="apprentissage", taux_poursuite_etudes=67)

    assert shown.sentence == "67\u00a0% étudient encore."
    assert shown.shares[0].look is Look.HATCHED
    assert not shown.has_situation


def test_rate_of_those_who_left_is_told_where_no_share_is():
    shown = found(taux_emploi_6_mois=54)

    assert shown.sentence == "Parmi ceux qui ont arrêté leurs études, 54\u00a0% travaillent."
    assert shown.rest == "La source ne dit pas combien étudient encore."
    assert (shown.people, shown.stack, shown.shares) == (None, None, ())


def test_nothing_known_is_a_hole_with_the_nearest_figures():
    shown = found(size=78)

    assert (
        shown.hole.next_best.text
        == "31\u00a0% travaillent · 47\u00a0% étudient encore · 22\u00a0% autre situation"
    )
    assert not tells_something(attribution().outcome)


@pytest.fixture
def hairdressing(db):
    """A course of which Brittany publishes further study alone, and two regions everything."""
    diploma = factories.diploma()
    year = factories.course_year(diploma, "23220022139")
    school = factories.school(region=factories.territory("region", "53", "Bretagne"))
    factories.teaching(school, diploma)
    counts = {"nb_annee_term": 500, "nb_sortant": 265, "nb_poursuite_etudes": 235, "nb_en_emploi_6_mois": 155}
    for code, name in (("11", "Île-de-France"), ("28", "Normandie")):
        place = factories.territory("region", code, name)
        factories.outcome(place, diploma, course_year=year, **counts, **factories.SHARES)
    for place in (school.region, school):
        factories.outcome(
            place,
            diploma,
            course_year=year,
            nb_annee_term=78,
            taux_en_formation=92,
            taux_poursuite_etudes=92,
            reasons=dict.fromkeys(FIGURES, "L"),
        )
    return diploma, school


@pytest.mark.parametrize(
    "address",
    [
        "/formations/50022139/?voie=pro",
        "/formations/50022139/?voie=pro&region=53",
        "/etablissements/{uai}/",
        "/comparer/?e=50022139.pro.r53",
        "/comparer/?e=50022139.pro.r53&affichage=tableau",
    ],
)
def test_every_page_shows_the_share_and_not_france_in_its_place(client, hairdressing, address):
    diploma, school = hairdressing

    page = client.get(address.format(uai=school.pk), follow=True).text

    assert "92\u00a0% étudient encore" in page
    assert "moins de 20 jeunes" in page
    assert "<strong>31\u00a0% travaillent ·" not in page


def test_map_tells_what_is_published_where_its_own_figure_is_not(client, hairdressing):
    page = client.get("/formations/50022139/?voie=pro", follow=True).text

    assert (
        'aria-label="Bretagne, 92\u00a0% étudient encore, le reste, moins de 20 jeunes, non détaillé"' in page
    )
    assert "ce chiffre n’est pas détaillé, un autre est publié" in page
    assert BY_NAME[MAPPED[""]].label in page


def test_picture_for_other_sites_is_drawn_from_the_share_alone(client, hairdressing):
    _diploma, school = hairdressing

    picture = client.get(f"/api/inserjeunes/formations/{school.pk}-23220022139.svg").text

    assert "92\u00a0%" in picture
    assert "chiffre non communiqué" in picture


def test_group_known_in_part_is_set_beside_others_by_what_is_known(client, hairdressing):
    page = client.get("/formations/50022139/?voie=pro&region=53", follow=True).text
    beside = page[page.index("Est-ce mieux qu’ailleurs") :]

    assert "Étudient encore 6 mois après" in beside[:600].replace("\u00a0", " ")
    assert "<strong>Nettement plus qu’ailleurs.</strong>" in beside
    assert "nettement plus que Île-de-France et Normandie" in beside
