"""Every name that the demonstration publishes finds its row, however it is typed, in every list."""

import pytest

from establishments.models import School
from formations.models import Diploma
from formations.text_folding import without_accents
from stats.filters import CourseFilter, SchoolFilter

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]

# {model: (its filters, fields of its names, other parameters)}. The pages, their CSV and the open API share these filters.
LISTS = {
    Diploma: (CourseFilter, ("label", "official_label", "former_label"), {"toutes": "true"}),
    School: (SchoolFilter, ("name", "official_name"), {}),
}


def is_listed(model, key, parameters):
    requested = LISTS[model][0](parameters, model.objects.filter(pk=key))
    return requested.form.is_valid() and requested.qs.exists()


def writings(name):
    return name, without_accents(name).upper().replace("’", "'")


@pytest.mark.parametrize("model", LISTS)
def test_lists_find_each_row_by_each_of_its_names(model):
    _filter_set, fields, others = LISTS[model]
    names = [(row["pk"], row[field]) for row in model.objects.values("pk", *fields) for field in fields]

    missed = {
        typed
        for key, name in names
        for typed in writings(name)
        if name and not is_listed(model, key, {"q": typed, **others})
    }

    assert len(names) > 50
    assert missed == set()


def test_lists_find_each_school_by_its_town():
    towns = list(School.objects.exclude(city="").values_list("pk", "city"))

    missed = {
        typed
        for key, town in towns
        for typed in (*writings(town), f"{town} CEDEX 2")
        if not is_listed(School, key, {"ville": typed})
    }

    assert len(towns) > 10
    assert missed == set()
