"""A blank head-count is under the threshold where others are given: rows that showed more are suppressed again, then
the constraints refuse them. The journal gets an entry where rows changed, so that no file or page of before is served.
"""

from functools import reduce
from operator import or_

import django.db.models.lookups
from django.db import migrations, models
from django.db.models import Q

SIZE, STUDYING, LEAVERS = "nb_annee_term", "nb_poursuite_etudes", "nb_sortant"
EMPLOYED = tuple(f"nb_en_emploi_{months}_mois" for months in (6, 12, 18, 24))
COUNTS = (STUDYING, LEAVERS, *EMPLOYED)
# The figures of today, in the order of their letters in `reasons`.
FIGURES = (
    "taux_en_emploi_6_mois",
    "taux_en_formation",
    "taux_autres_6_mois",
    "taux_poursuite_etudes",
    "taux_emploi_6_mois",
    "taux_emploi_12_mois",
    "taux_emploi_18_mois",
    "taux_emploi_24_mois",
    "taux_emploi_6_mois_attendu",
    "valeur_ajoutee_6_mois",
    "taux_rupture_contrats",
    "taux_en_emploi_12_mois",
    "taux_autres_12_mois",
    "taux_en_emploi_18_mois",
    "taux_autres_18_mois",
    "taux_en_emploi_24_mois",
    "taux_autres_24_mois",
    "salaire_12_mois_q1",
    "salaire_12_mois_q2",
    "salaire_12_mois_q3",
)
OF_LEAVERS = FIGURES[4:10]
THRESHOLD, BATCH = 20, 500


def known_or_made(row, whole):
    """A head-count, or what the two others make it; None where they do not."""
    known = getattr(row, whole)
    if known is not None:
        return known
    size, studying, leavers = (getattr(row, name) for name in (SIZE, STUDYING, LEAVERS))
    if whole == SIZE:
        return None if None in (studying, leavers) else studying + leavers
    return None if None in (size, studying) else size - studying


def is_small(row, whole, parts):
    number = known_or_made(row, whole)
    if number is not None:
        return number < THRESHOLD
    return all((getattr(row, name) or 0) < THRESHOLD for name in parts)


def hide(row, counts, figures, letter):
    """Empty these columns, with this reason for each figure that was shown, or hidden as that of few leavers."""
    letters = list(row.reasons)
    for name in figures:
        place = FIGURES.index(name)
        if place < len(letters) and letters[place] in ".L":
            letters[place] = letter
    row.reasons = "".join(letters)
    for name in (*counts, *figures):
        setattr(row, name, None)


def suppress_row(row):
    """Hide what the row may not show; whether anything changed."""
    columns = ("reasons", *COUNTS, *FIGURES)
    before = [getattr(row, name) for name in columns]
    if is_small(row, SIZE, COUNTS):
        hide(row, COUNTS, FIGURES, "P")
    elif is_small(row, LEAVERS, EMPLOYED):
        hide(row, (), OF_LEAVERS, "L")
    return before != [getattr(row, name) for name in columns]


def suppress_again(apps, schema_editor):
    outcomes = apps.get_model("stats", "Outcome").objects.using(schema_editor.connection.alias)
    # Only where a head-count is blank: the constraints of before hold for the other rows.
    some_count = reduce(or_, (Q(**{f"{name}__isnull": False}) for name in (SIZE, *COUNTS)))
    a_blank = reduce(or_, (Q(**{f"{name}__isnull": True}) for name in (SIZE, LEAVERS)))
    rows = outcomes.filter(some_count, a_blank).iterator(chunk_size=BATCH)
    changed = [row for row in rows if suppress_row(row)]
    for start in range(0, len(changed), BATCH):
        outcomes.bulk_update(changed[start : start + BATCH], ("reasons", *COUNTS, *FIGURES))
    if changed:
        add_to_journal(apps, schema_editor)


def add_to_journal(apps, schema_editor):
    """An entry of the last delivery again: its number is the version of the data, which have changed."""
    deliveries = apps.get_model("stats", "Delivery").objects.using(schema_editor.connection.alias)
    last = deliveries.filter(slices__state="en_ligne").exclude(slices__cohort="").order_by("-id").first()
    if last:
        deliveries.create(source=last.source, file_name=last.file_name, file_id=last.file_id)


class Migration(migrations.Migration):

    dependencies = [
        ('establishments', '0002_school_boarding'),
        ('formations', '0002_derived_figures'),
        ('stats', '0006_head_counts_without_labels'),
    ]

    operations = [
        migrations.RunPython(suppress_again, migrations.RunPython.noop),
        migrations.RemoveConstraint(
            model_name='outcome',
            name='confidential_group_shows_nothing',
        ),
        migrations.RemoveConstraint(
            model_name='outcome',
            name='too_few_leavers_show_no_rate',
        ),
        migrations.AddConstraint(
            model_name='outcome',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('nb_annee_term__isnull', False), django.db.models.lookups.GreaterThanOrEqual(models.F('nb_annee_term'), 20)), models.Q(('nb_annee_term__isnull', True), models.Q(models.Q(('nb_poursuite_etudes__isnull', False), ('nb_sortant__isnull', False), django.db.models.lookups.GreaterThanOrEqual(django.db.models.expressions.CombinedExpression(models.F('nb_poursuite_etudes'), '+', models.F('nb_sortant')), 20)), models.Q(('nb_poursuite_etudes__isnull', False), django.db.models.lookups.GreaterThanOrEqual(models.F('nb_poursuite_etudes'), 20)), models.Q(('nb_sortant__isnull', False), django.db.models.lookups.GreaterThanOrEqual(models.F('nb_sortant'), 20)), models.Q(('nb_en_emploi_6_mois__isnull', False), django.db.models.lookups.GreaterThanOrEqual(models.F('nb_en_emploi_6_mois'), 20)), models.Q(('nb_en_emploi_12_mois__isnull', False), django.db.models.lookups.GreaterThanOrEqual(models.F('nb_en_emploi_12_mois'), 20)), models.Q(('nb_en_emploi_18_mois__isnull', False), django.db.models.lookups.GreaterThanOrEqual(models.F('nb_en_emploi_18_mois'), 20)), models.Q(('nb_en_emploi_24_mois__isnull', False), django.db.models.lookups.GreaterThanOrEqual(models.F('nb_en_emploi_24_mois'), 20)), _connector='OR')), models.Q(('nb_annee_term__isnull', True), ('nb_poursuite_etudes__isnull', True), ('nb_sortant__isnull', True), ('nb_en_emploi_6_mois__isnull', True), ('nb_en_emploi_12_mois__isnull', True), ('nb_en_emploi_18_mois__isnull', True), ('nb_en_emploi_24_mois__isnull', True)), models.Q(('nb_poursuite_etudes__isnull', True), ('nb_sortant__isnull', True), ('nb_en_emploi_6_mois__isnull', True), ('nb_en_emploi_12_mois__isnull', True), ('nb_en_emploi_18_mois__isnull', True), ('nb_en_emploi_24_mois__isnull', True), ('taux_en_emploi_6_mois__isnull', True), ('taux_en_formation__isnull', True), ('taux_autres_6_mois__isnull', True), ('taux_poursuite_etudes__isnull', True), ('taux_emploi_6_mois__isnull', True), ('taux_emploi_12_mois__isnull', True), ('taux_emploi_18_mois__isnull', True), ('taux_emploi_24_mois__isnull', True), ('taux_emploi_6_mois_attendu__isnull', True), ('valeur_ajoutee_6_mois__isnull', True), ('taux_rupture_contrats__isnull', True), ('taux_en_emploi_12_mois__isnull', True), ('taux_autres_12_mois__isnull', True), ('taux_en_emploi_18_mois__isnull', True), ('taux_autres_18_mois__isnull', True), ('taux_en_emploi_24_mois__isnull', True), ('taux_autres_24_mois__isnull', True), ('salaire_12_mois_q1__isnull', True), ('salaire_12_mois_q2__isnull', True), ('salaire_12_mois_q3__isnull', True)), _connector='OR'), name='confidential_group_shows_nothing'),
        ),
        migrations.AddConstraint(
            model_name='outcome',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('nb_sortant__isnull', False), django.db.models.lookups.GreaterThanOrEqual(models.F('nb_sortant'), 20)), models.Q(('nb_sortant__isnull', True), models.Q(models.Q(('nb_annee_term__isnull', False), ('nb_poursuite_etudes__isnull', False), django.db.models.lookups.GreaterThanOrEqual(django.db.models.expressions.CombinedExpression(models.F('nb_annee_term'), '-', models.F('nb_poursuite_etudes')), 20)), models.Q(('nb_en_emploi_6_mois__isnull', False), django.db.models.lookups.GreaterThanOrEqual(models.F('nb_en_emploi_6_mois'), 20)), models.Q(('nb_en_emploi_12_mois__isnull', False), django.db.models.lookups.GreaterThanOrEqual(models.F('nb_en_emploi_12_mois'), 20)), models.Q(('nb_en_emploi_18_mois__isnull', False), django.db.models.lookups.GreaterThanOrEqual(models.F('nb_en_emploi_18_mois'), 20)), models.Q(('nb_en_emploi_24_mois__isnull', False), django.db.models.lookups.GreaterThanOrEqual(models.F('nb_en_emploi_24_mois'), 20)), _connector='OR')), models.Q(('nb_annee_term__isnull', True), ('nb_poursuite_etudes__isnull', True), ('nb_sortant__isnull', True), ('nb_en_emploi_6_mois__isnull', True), ('nb_en_emploi_12_mois__isnull', True), ('nb_en_emploi_18_mois__isnull', True), ('nb_en_emploi_24_mois__isnull', True)), models.Q(('taux_emploi_6_mois__isnull', True), ('taux_emploi_12_mois__isnull', True), ('taux_emploi_18_mois__isnull', True), ('taux_emploi_24_mois__isnull', True), ('taux_emploi_6_mois_attendu__isnull', True), ('valeur_ajoutee_6_mois__isnull', True)), _connector='OR'), name='too_few_leavers_show_no_rate'),
        ),
    ]
