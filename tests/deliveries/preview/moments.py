"""What families are shown at invented moments, and what a preview keeps of them."""

import pandas as pd

from deliveries.models import Preview, PreviewPage, Submission
from deliveries.preview import rendering
from deliveries.preview.compare import compare
from deliveries.preview.kept import encode, lines_of
from deliveries.preview.labels import Labels, Place
from deliveries.preview.shown import NUMBERS, shown
from deliveries.preview.summary import summarise
from stats.indicators import FIGURES
from stats.models import DataVersion

RATE, STUDY, VALUE_ADDED = "taux_emploi_6_mois", "taux_poursuite_etudes", "valeur_ajoutee_6_mois"
LABELS = Labels(
    {
        "0350001A": Place("Lycée Bel-Air, Rennes", "Bretagne", "etablissement"),
        "0350002B": Place("Lycée du Port, Brest", "Bretagne", "etablissement"),
        "region-53": Place("Bretagne", "Bretagne", "region"),
        "pays-FR": Place("France", "", "pays"),
    },
    {"50022139": "CAP Cuisine", "50022140": "CAP Service"},
)


def row(
    place="0350001A",
    cohort="2021_2022",
    diploma="50022139",
    *,
    kind="self",
    route="pro",
    duration="2",
    of=None,
    reason="N",
    **figures,
):
    """A row of a page. of: (diploma, place) whose figures they are, its own by default. figures, head-counts: by name; reason: the letter of holes."""
    return {"place": place, "cohort": cohort, "diploma": diploma, "kind": kind, "route": route} | {
        "duration": duration,
        "of": of or (diploma, place),
        "reason": reason,
        "figures": figures,
    }


def moment(*rows):
    """The `Shown` of some rows."""
    attributions, outcomes = [], {}
    for one in rows:
        key = (one["of"], one["cohort"], one["route"], one["duration"])
        outcomes.setdefault(key, one)
        is_school = not one["place"].startswith(("region", "pays"))
        years = [int(year) for year in one["cohort"].split("_")]
        attributions.append(
            {name: one[name] for name in ("kind", "cohort", "route", "diploma", "duration")}
            | {"first_year": years[0], "last_year": years[-1], "outcome": key}
            | {"school": one["place"] if is_school else "", "territory": "" if is_school else one["place"]}
        )
    names = list(outcomes)
    places = {key: place for place, key in enumerate(names)}
    for attribution in attributions:
        attribution["outcome"] = places[attribution["outcome"]]
    columns = ["kind", "cohort", "first_year", "last_year", "route", "diploma", "duration", "school"]
    table = pd.DataFrame(attributions, columns=[*columns, "territory", "outcome"])
    return shown(
        table, pd.DataFrame(list(map(_outcome, outcomes.values())), columns=_COLUMNS, dtype="object")
    )


_COLUMNS = ["diploma", "school", "reasons", *NUMBERS, *FIGURES]


def _outcome(one):
    values = one["figures"]
    diploma, place = one["of"]
    is_school = not place.startswith(("region", "pays"))
    reasons = "".join("." if name in values else one["reason"] for name in FIGURES)
    numbers = {name: values.get(name, float("nan")) for name in (*NUMBERS, *FIGURES)}
    return {"diploma": diploma, "school": place if is_school else "", "reasons": reasons} | numbers


def kept_preview(submission):
    """A checked submission with an invented preview, and a page that is rendered; (kind, code) of it."""
    changes = compare(moment(row(**{RATE: 50})), moment(row(**{RATE: 62})))
    lines = lines_of(changes, LABELS)
    Preview.objects.create(
        submission=submission,
        version=DataVersion.objects.number(),
        summary=summarise(changes, lines, LABELS),
        lines=encode(lines),
    )
    Submission.objects.filter(pk=submission.pk).update(state=Submission.State.CHECKED)
    page = PreviewPage(submission=submission, kind=PreviewPage.Kind.SCHOOL, code="0350001A")
    rendering.keep(page, "<p>Aperçu</p>")
    page.save()
    return page.kind, page.code
