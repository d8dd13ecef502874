"""Chains of diplomas that renewed each other."""

import pytest

from formations.models import Renewal
from formations.renewals import Chain, chains, replaced_by
from tests import factories

pytestmark = pytest.mark.django_db


def test_chain_follows_renewals_one_to_one_on_both_sides():
    factories.renewed("50000001", "50000002", "50000003")
    assert chains(["50000002", "50000003"]) == {
        "50000002": Chain("50000002", ("50000001",), ("50000003",)),
        "50000003": Chain("50000003", ("50000002", "50000001"), ()),
    }


@pytest.mark.parametrize("is_split", [True, False])
def test_chain_stops_at_a_fork(is_split):
    former, new = factories.renewed("50000001", "50000002")
    other = factories.diploma("50000009", "CAP autre")
    Renewal.objects.create(former=former if is_split else other, new=other if is_split else new)
    merged, split = ((), (former.pk,)) if is_split else ((former.pk, other.pk), ())
    assert chains([new.pk])[new.pk] == Chain(new.pk, merged=merged, split=split)
    assert chains([former.pk])[former.pk] == Chain(former.pk)


def test_chain_queries_do_not_grow_with_diplomas(django_assert_num_queries):
    codes = [f"5000{number:04d}" for number in range(20)]
    for former, new in zip(codes[::2], codes[1::2], strict=True):
        factories.renewed(former, new)
    with django_assert_num_queries(1):
        chains(codes[:2])
    with django_assert_num_queries(1):
        chains(codes)


def test_fork_to_a_code_outside_the_nomenclature_ends_the_chain():
    former, new = factories.renewed("50000001", "50000002")
    Renewal.objects.update(forks_outside=True)

    assert chains([new.pk])[new.pk].formers == ()


def test_options_merged_before_the_last_renewal_are_told_too():
    option, between, new = factories.renewed("50000001", "50000002", "50000003")
    other = factories.diploma("50000009", "CAP autre option")
    Renewal.objects.create(former=other, new=between)

    assert chains([new.pk])[new.pk] == Chain(new.pk, (between.pk,), merged=(option.pk, other.pk))


def test_only_diploma_that_replaced_another_is_its_newest():
    option, between, new = factories.renewed("50000001", "50000002", "50000003")
    Renewal.objects.create(former=factories.diploma("50000009", "CAP autre option"), new=between)
    split = factories.renewed("50000011", "50000012")[0]
    Renewal.objects.create(former=split, new=factories.diploma("50000019", "CAP autre moitié"))
    circle = factories.renewed("50000021", "50000022")
    Renewal.objects.create(former=circle[1], new=circle[0])

    assert replaced_by() == {option.pk: new.pk, "50000009": new.pk, between.pk: new.pk}
