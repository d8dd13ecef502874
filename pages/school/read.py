"""What the page of a school reads from the database: a fixed number of queries, whatever the number of rows."""

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from formations.models import Diploma, Renewal
from stats.models import Attribution, Teaching
from stats.substitution.kinds import OriginKind


def diplomas_taught(school):
    """Diplomas that a source says the school teaches, or for which it has attributions.

    Left out: a former diploma beside the one that replaced it, which shows its figures; a diploma that shows nothing
    but the figures of others that the school teaches.
    """
    teachings = Teaching.objects.filter(school=school)
    shown = Attribution.objects.filter(school=school, kind__in=(OriginKind.OWN, OriginKind.FORMER))
    replaced = Renewal.objects.filter(
        Exists(teachings.filter(diploma=OuterRef("new"))) | Exists(shown.filter(diploma=OuterRef("new"))),
        former=OuterRef("pk"),
    )
    return (
        Diploma.objects.with_type()
        .exclude(Exists(replaced), closed_on__lte=timezone.localdate())
        .filter(Q(pk__in=teachings.diploma_codes()) | Q(pk__in=shown.diploma_codes()))
        .order_by("type__level", "label", "code")
    )


def types_prepared(school):
    """Pairs (route, code of a diploma type) of what the school teaches, as a source says or attributions show."""
    taught, shown = (
        model.objects.filter(school=school).routes_and_types() for model in (Teaching, Attribution)
    )
    return set(taught.union(shown))
