"""Small rows for tests: each function creates one thing with sensible values, changed by keywords."""

import functools
import hashlib
from itertools import count

import pandas as pd
from django.utils.text import slugify

from establishments.models import School, Territory
from establishments.uai import check_letter
from formations.models import CourseYear, Diploma, DiplomaType, Renewal
from formations.text_folding import folded_names, folded_towns
from stats.disclosure_control.primary import level_of, suppress
from stats.indicators import COUNTS, FIGURES, GROUP_SIZE
from stats.models import Attribution, Cohort, DataVersion, DeliveredFile, Delivery, Outcome, Teaching
from stats.substitution.kinds import OriginKind

_numbers = count(1)


def territory(level="region", code="11", name="Île-de-France", parent=None):
    return Territory.objects.get_or_create(
        key=f"{level}-{code}", defaults={"level": level, "code": code, "name": name, "parent": parent}
    )[0]


def country():
    return territory("pays", "FR", "France")


def cohort(code="2022_2023"):
    years = [int(year) for year in code.split("_")]
    return Cohort.objects.get_or_create(code=code, defaults={"first_year": years[0], "last_year": years[-1]})[
        0
    ]


def diploma_type(code="500", short_label="CAP", label="Certificat d’aptitude professionnelle", level=3):
    return DiplomaType.objects.get_or_create(
        code=code,
        defaults={
            "short_label": short_label,
            "label": label,
            "official_label": label.upper(),
            "level": level,
        },
    )[0]


def diploma(code="50022139", label="CAP Cuisine", **fields):
    fields.setdefault("type", diploma_type())
    fields.setdefault("slug", slugify(label))
    fields.setdefault("folded_names", folded_names((label, fields.get("former_label", ""))))
    return Diploma.objects.create(code=code, label=label, official_label=label.upper(), **fields)


def course_year(diploma, code=None, duration=2):
    code = code or f"23{duration}{duration}{next(_numbers):07d}"
    return CourseYear.objects.create(
        code=code, diploma=diploma, duration=duration, year=duration, official_label=diploma.official_label
    )


def school(number=None, name="Lycée Démonstration Nord", **fields):
    """`number`: the seven digits of its UAI; the check letter follows."""
    digits = f"{number or 990000 + next(_numbers):07d}"
    fields.setdefault("region", territory())
    fields.setdefault("city", "Créteil")
    fields.setdefault("sector", "public")
    fields.setdefault("slug", "lycee-demonstration-nord")
    fields.setdefault("folded_names", folded_names((name, fields.get("official_name", ""))))
    fields.setdefault("folded_towns", folded_towns((fields["city"],)))
    return School.objects.create(uai=digits + check_letter(digits), name=name, **fields)


def teaching(school, diploma, route="pro", **fields):
    values = {"source": "constat", "year": 2023} | fields
    return Teaching.objects.create(school=school, diploma=diploma, route=route, **values)


def delivery(source="demonstration", name="demonstration.csv"):
    content = f"{source} {next(_numbers)}".encode()
    file = DeliveredFile.objects.create(
        sha256=hashlib.sha256(content).hexdigest(), size=len(content), content=content
    )
    return Delivery.objects.create(
        source=source, file_name=name, file=file, version=DataVersion.objects.move()
    )


SHARES = {"taux_en_emploi_6_mois": 31, "taux_en_formation": 47, "taux_autres_6_mois": 22}


def outcome(place, diploma=None, cohort_code="2022_2023", route="pro", **fields):
    """What became of a group at a school or a territory; head-counts and figures by keyword, withheld as rules say.

    Without any figure it shows those of SHARES. `reasons`: {figure: Reason} for holes that head-counts do not
    explain. It is shown under its own code and place; see `attribution` for others.
    """
    reasons = fields.pop("reasons", None)
    links = {
        name: fields.pop(name)
        for name in ("course_year", "delivery", "is_preferred", "source")
        if name in fields
    }
    figures = fields if any(name in fields for name in FIGURES) else SHARES | fields
    is_school = isinstance(place, School)
    is_country = not is_school and place.level == "pays"
    level = level_of(is_school, diploma is not None, is_country)
    values = _suppressed(
        level, route, tuple(figures.items()), None if reasons is None else tuple(reasons.items())
    )
    links.setdefault("delivery", Delivery.objects.first() or delivery())
    created = Outcome.objects.create(
        source=links.pop("source", "demonstration"),
        cohort=cohort(cohort_code),
        route=route,
        diploma=diploma,
        school=place if is_school else None,
        territory=None if is_school else place,
        **values,
        **links,
    )
    if created.is_preferred:
        attribution(created)
    return created


@functools.cache
def _suppressed(level, route, figures, reasons):
    """{column: value} of a row as it is stored; kept, since hundreds of tests ask for the same few."""
    absent = None
    if reasons is not None:
        given = dict(reasons)
        absent = {name: pd.Series([given.get(name, "N")]) for name in FIGURES}
    row = suppress(pd.DataFrame([{"route": route} | dict(figures)]), level, absent).iloc[0]
    numbers = {
        name: None if pd.isna(row[name]) else int(row[name]) for name in (GROUP_SIZE, *COUNTS, *FIGURES)
    }
    return numbers | {"reasons": row["reasons"]}


def attribution(outcome, **fields):
    """Where an outcome is shown: under its own code and place, changed by keywords (kind, diploma, school…)."""
    names = ("cohort", "route", "diploma", "course_year", "school", "territory")
    values = {"kind": OriginKind.OWN.value} | {name: getattr(outcome, name) for name in names} | fields
    return Attribution.objects.create(outcome=outcome, **values)


def renewed(*codes):
    """A chain of diplomas, each renewed by the next: [Diploma]."""
    diplomas = [diploma(code, f"CAP {code}") for code in codes]
    for former, new in zip(diplomas, diplomas[1:], strict=False):
        Renewal.objects.create(former=former, new=new)
    return diplomas
