"""`Showing` is now called `Attribution`; its table keeps its name and rows, and permissions follow."""

import django.db.models.deletion
from django.db import migrations, models

LINKED = {
    "course_year": "formations.courseyear",
    "diploma": "formations.diploma",
    "school": "establishments.school",
    "territory": "establishments.territory",
}


def rename_permissions(apps, schema_editor, old="showing", new="attribution"):
    permissions = apps.get_model("auth", "Permission").objects.using(schema_editor.connection.alias)
    for action in ("add", "change", "delete", "view"):
        permissions.filter(content_type__app_label="stats", codename=f"{action}_{old}").update(
            codename=f"{action}_{new}"
        )


def rename_permissions_back(apps, schema_editor):
    rename_permissions(apps, schema_editor, old="attribution", new="showing")


class Migration(migrations.Migration):

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("stats", "0004_consumers_move_to_api"),
    ]

    operations = [
        migrations.AlterModelTable("showing", "stats_showing"),
        migrations.RenameModel("Showing", "Attribution"),
        *(
            migrations.AlterField(
                "attribution",
                name,
                models.ForeignKey(
                    db_constraint=False,
                    db_index=False,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="attributions",
                    to=model,
                ),
            )
            for name, model in LINKED.items()
        ),
        migrations.AlterField(
            "attribution",
            "outcome",
            models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="attributions",
                to="stats.outcome",
            ),
        ),
        migrations.RunPython(rename_permissions, rename_permissions_back),
    ]
