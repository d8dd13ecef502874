"""Numbers beside the choices that narrow a list."""

from search.facets import FacetDefinition, narrow

FRUITS = [("pomme", "rouge"), ("pomme", "verte"), ("poire", "verte")]
DEFINITIONS = (
    FacetDefinition("nom", "Nom", lambda item: {item[0]}, str),
    FacetDefinition("couleur", "Couleur", lambda item: {item[1]}, str),
)


def numbers(facets):
    return {facet.name: {choice.value: choice.number for choice in facet.choices} for facet in facets}


def test_without_a_choice_everything_is_kept_and_counted():
    kept, facets = narrow(FRUITS, DEFINITIONS, {})
    assert kept == FRUITS
    assert numbers(facets) == {"nom": {"pomme": 2, "poire": 1}, "couleur": {"verte": 2, "rouge": 1}}


def test_numbers_of_a_facet_are_those_under_the_choices_of_the_others():
    kept, facets = narrow(FRUITS, DEFINITIONS, {"couleur": {"verte"}})
    assert kept == [("pomme", "verte"), ("poire", "verte")]
    assert numbers(facets) == {"nom": {"poire": 1, "pomme": 1}, "couleur": {"verte": 2, "rouge": 1}}


def test_values_of_one_facet_add_up():
    kept, _ = narrow(FRUITS, DEFINITIONS, {"couleur": {"verte", "rouge"}})
    assert kept == FRUITS


def test_value_that_nobody_has_stays_there_to_be_taken_back():
    kept, facets = narrow(FRUITS, DEFINITIONS, {"nom": {"kiwi"}})
    assert kept == []
    assert numbers(facets)["nom"] == {"pomme": 2, "poire": 1, "kiwi": 0}


def test_facet_whose_every_choice_leaves_everything_is_left_out():
    assert numbers(narrow([FRUITS[0]], DEFINITIONS, {})[1]) == {}
