"""What schools teach is now kept by school year: the files delivered before tell theirs by their name."""

import re

from django.db import migrations

SOURCES = ("constat", "attractivite_capacite", "bts_attractivite_capacite")


def write_years(apps, schema_editor):
    slices = apps.get_model("stats", "Slice").objects.filter(source__in=SOURCES, cohort="")
    for piece in slices.select_related("delivery"):
        years = re.findall(r"(?<!\d)20\d\d(?!\d)", piece.delivery.file_name)
        if len(years) == 1:
            piece.cohort = years[0]
            piece.save(update_fields=["cohort"])


class Migration(migrations.Migration):
    dependencies = [("stats", "0008_data_version")]
    operations = [migrations.RunPython(write_years, migrations.RunPython.noop)]
