"""Reads what families are shown now, and the names of places and courses, with a few plain queries."""

from itertools import islice

import pandas as pd
from django.db.models import F

from deliveries.preview.labels import Labels, Place
from deliveries.preview.shown import NUMBERS, Shown, shown
from establishments.models import School, Territory
from formations.models import CourseYear, Diploma
from stats.indicators import FIGURES
from stats.models import Attribution, Cohort, Outcome
from stats.reasons import complete
from stats.substitution.kinds import OriginKind

_CHUNK = 20_000
_TEXTS = ("kind", "cohort", "route", "diploma", "course_year", "school", "territory")


def read_shown() -> Shown:
    """What pages show now. Years before the last of a course are left out, as pages leave them."""
    rows = Attribution.objects.exclude(kind=OriginKind.TERMINAL_YEAR).order_by("pk")
    attributions = _table(rows, (*_TEXTS, "outcome"))
    years = pd.DataFrame(
        Cohort.objects.values_list("code", "first_year", "last_year"), columns=["cohort", "first", "last"]
    ).set_index("cohort")
    durations = {
        code: str(duration or year or "")
        for code, duration, year in CourseYear.objects.values_list("pk", "duration", "year")
    }
    attributions["duration"] = attributions["course_year"].map(durations).fillna("")
    attributions["first_year"] = attributions["cohort"].map(years["first"])
    attributions["last_year"] = attributions["cohort"].map(years["last"])
    outcomes = _table(Outcome.objects.published(), ("pk", "diploma", "school", "reasons", *NUMBERS, *FIGURES))
    outcomes["reasons"] = outcomes["reasons"].map(complete)
    return shown(attributions, outcomes.set_index("pk"))


def _table(rows, columns):
    """Rows as a table, read in pieces: texts, of which few are different, are kept once, and numbers as small as they are."""
    texts = [name for name in columns if name in {*_TEXTS, "reasons"}]
    numbers = [name for name in columns if name in {*NUMBERS, *FIGURES}]
    known, pieces = {}, [pd.DataFrame(columns=list(columns))]
    found = rows.values_list(*columns).iterator(chunk_size=_CHUNK)
    while piece := list(islice(found, _CHUNK)):
        table = pd.DataFrame.from_records(piece, columns=list(columns)).astype(
            dict.fromkeys(numbers, "float32")
        )
        for name in texts:
            values = [known.setdefault(text, text) for text in table[name].astype("object").fillna("")]
            table[name] = pd.Series(values, dtype="object")
        pieces.append(table)
    return pd.concat(pieces[1:] or pieces, ignore_index=True)


def read_labels() -> Labels:
    """The names of all places and courses of now."""
    schools = School.objects.annotate(of_region=F("region__name"))
    places = {
        uai: Place(f"{name}, {city}" if city else name, region or "", "etablissement")
        for uai, name, city, region in schools.values_list("pk", "name", "city", "of_region")
    }
    for key, level, name in Territory.objects.values_list("pk", "level", "name"):
        places[key] = Place(name, name if level == Territory.Level.REGION else "", level)
    return Labels(places, dict(Diploma.objects.values_list("pk", "label")))
