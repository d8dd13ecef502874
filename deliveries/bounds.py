"""What the fields of the models can hold, the same on both databases: SQLite checks neither lengths nor ranges."""

from functools import cache

from django.apps import apps
from django.db.backends.base.operations import BaseDatabaseOperations
from django.db.models import CharField, Field, IntegerField

from deliveries.source import Bounds


@cache
def bounds_of_models() -> dict[str, Bounds]:
    """{"app.Model.field": Bounds} of the fields that have some."""
    return {
        f"{model._meta.label}.{field.attname}": bounds
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if (bounds := bounds_of(field))
    }


def bounds_of(field: Field) -> Bounds | None:
    """What a field can hold, None when it has no bounds; a link holds what the key that it points to holds."""
    field = field.target_field if field.is_relation else field
    if isinstance(field, IntegerField):
        low, high = BaseDatabaseOperations.integer_field_ranges[field.get_internal_type()]
        return Bounds(low, high, is_whole=True)
    if isinstance(field, CharField):
        return Bounds(length=field.max_length)
    return None
