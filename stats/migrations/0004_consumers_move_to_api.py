"""The models of the consumers now belong to the app `api`, which keeps their tables."""

from django.db import migrations

MOVED = ["apikey", "apiuser", "usageday"]


def move_content_types(apps, schema_editor, source="stats", target="api"):
    """Permissions and the history of the management space follow their content type."""
    content_types = apps.get_model("contenttypes", "ContentType").objects.using(schema_editor.connection.alias)
    content_types.filter(app_label=target, model__in=MOVED).delete()
    content_types.filter(app_label=source, model__in=MOVED).update(app_label=target)


def move_content_types_back(apps, schema_editor):
    move_content_types(apps, schema_editor, source="api", target="stats")


class Migration(migrations.Migration):

    dependencies = [
        ("api", "0001_consumers"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("stats", "0003_exposition"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.DeleteModel("ApiKey"),
                migrations.DeleteModel("ApiUser"),
                migrations.DeleteModel("UsageDay"),
            ],
        ),
        migrations.RunPython(move_content_types, move_content_types_back),
    ]
