"""The rows of a comparison's CSV."""

from django.utils.translation import gettext as _

from stats.exports import reason_cells
from stats.indicators import BY_NAME
from stats.wording import route_label

COMPARISON_COLUMNS = (
    "repere",
    "intitule",
    "lieu",
    "voie",
    "cohorte",
    "chiffres_de",
    "indicateur",
    "libelle",
    "valeur",
    "unite",
    "raison",
    "effectif",
    "source",
    "date_livraison",
    "avis",
)


def comparison_rows(page):
    """Yield {column: value} of each item and indicator of a `ComparisonPage`, with COMPARISON_COLUMNS."""
    for line in page.lines:
        for item, figure in line.cells:
            yield {
                "repere": item.letter,
                "intitule": item.title,
                "lieu": item.place,
                "voie": route_label(item.route) if item.route else None,
                "cohorte": item.group.cohort_code if item.group else None,
                "chiffres_de": item.origin.code if item.origin else None,
                "indicateur": figure.name,
                "libelle": figure.label,
                "valeur": figure.value,
                "unite": BY_NAME[figure.name].unit.value,
                "raison": None if figure.is_shown else reason_cells(figure.reason),
                "effectif": figure.people,
                "source": item.group.source_label if item.group else None,
                "date_livraison": item.group.delivered_on if item.group else None,
                "avis": _(figure.note) if figure.note else None,
            }
