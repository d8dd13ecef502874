"""Diplomas, their types, specialities, families and years from the live files."""

import pandas as pd

from deliveries.reference_tables import ReferenceTable, gathered, jobs, looked_up, reference_table
from deliveries.source import Reference, Tables
from formations import labels
from formations.text_folding import folded_names
from stats.substitution import renewed_diplomas, terminal_years


def tables(frames: dict[str, Tables], reference: Reference) -> list[ReferenceTable]:
    diplomas = gathered(
        frames,
        "diploma",
        ("code", "short_label", "official_label", "speciality", "opened_on", "closed_on", "last_session"),
    ).drop_duplicates("code")
    vocabulary = labels.learn(gathered(frames, "vocabulary", ("text",))["text"].unique())
    types = _types(frames, diplomas, vocabulary)
    specialities = _specialities(frames, vocabulary)
    diplomas = _diplomas(frames, diplomas, specialities, vocabulary)
    years = _years(frames, diplomas)
    return [
        reference_table(
            "formations.DiplomaType",
            ("code",),
            types,
            ("code", "short_label", "label", "official_label", "level"),
        ),
        reference_table(
            "formations.Speciality", ("code",), specialities, ("code", "parent_id", "label", "official_label")
        ),
        jobs.domains(frames),
        reference_table(
            "formations.Diploma",
            ("code",),
            pd.concat([diplomas, _higher(frames, types, specialities, vocabulary)]),
            _DIPLOMA,
        ),
        jobs.diploma_domains(frames, diplomas),
        _renewals(frames, diplomas),
        *_families(frames, diplomas, years),
        reference_table("formations.CourseYear", ("code",), years, _YEAR),
        *jobs.jobs(frames, diplomas),
    ]


_DIPLOMA = (
    "code",
    "kind",
    "type_id",
    "speciality_id",
    "label",
    "official_label",
    "former_label",
    "folded_names",
    "slug",
    "opened_on",
    "closed_on",
    "last_session",
    "rncp",
    "former_rncp",
    "ideo",
)
_RNCP = ("diploma", "rncp", "active", "former")
_YEAR = (
    "code",
    "mef",
    "diploma_id",
    "other_diplomas",
    "course_type",
    "duration",
    "year",
    "official_label",
    "opened_on",
    "closed_on",
)


def _types(frames, diplomas, vocabulary):
    """Types of diploma of both nomenclatures: three characters for a CFD, two for higher education.

    A type that the official table lacks takes the label of the first diploma of that type.
    """
    types = gathered(frames, "diploma_type", ("code", "short_label", "official_label", "level"))
    used = diplomas.assign(code=diplomas["code"].str[:3]).drop_duplicates("code")
    used = used.assign(official_label=used["short_label"], level=None)[types.columns]
    higher = gathered(frames, "higher_type", types.columns)
    types = pd.concat([types, used, higher]).drop_duplicates("code")
    sentences = [labels.restore(text, vocabulary) for text in types["official_label"]]
    shorts = [
        labels.type_sigle(code, short) if len(code) == 3 else short
        for code, short in zip(types["code"], types["short_label"], strict=True)
    ]
    level = pd.to_numeric(types["level"], errors="coerce")
    return types.assign(
        short_label=shorts,
        label=[labels.capitalised(labels.typographic(text))[:150] for text in sentences],
        official_label=types["official_label"].str[:150],
        level=level.where(level.between(3, 8)).astype("Int64"),
    )


def _specialities(frames, vocabulary):
    rows = gathered(frames, "speciality", ("code", "parent", "label", "official_label")).drop_duplicates(
        "code"
    )
    rows = rows.sort_values("code", key=lambda code: code.str.len(), kind="stable")
    written = [
        label or labels.restore(official, vocabulary)
        for label, official in zip(rows["label"], rows["official_label"], strict=True)
    ]
    return rows.assign(
        parent_id=rows["parent"].where(rows["parent"].isin(rows["code"]), None),
        label=[labels.capitalised(labels.typographic(text)) for text in written],
    )


def _diplomas(frames, diplomas, specialities, vocabulary):
    known = gathered(frames, "diploma_label", ("diploma", "label", "rncp", "ideo"))
    known = known.drop_duplicates("diploma").set_index("diploma")
    # Some codes stand for a whole speciality, and have its official label.
    of_specialities = specialities.drop_duplicates("official_label").set_index("official_label")["label"]
    catalogue = looked_up(diplomas["code"], known["label"])
    catalogue = catalogue.where(catalogue != "", looked_up(diplomas["official_label"], of_specialities))
    written = [
        labels.label(
            *(
                labels.from_catalogue(code, readable, official, vocabulary)
                if readable
                else labels.from_official(code, official, vocabulary)
            )
        )
        for code, official, readable in zip(
            diplomas["code"], diplomas["official_label"], catalogue, strict=True
        )
    ]
    label_of = dict(zip(diplomas["code"], written, strict=True))
    renewals = gathered(frames, "renewal", ("former", "new"))
    former = renewed_diplomas.former_labels(label_of, renewals.groupby("new")["former"].unique())
    return diplomas.assign(
        kind="cfd",
        type_id=diplomas["code"].str[:3],
        speciality_id=diplomas["speciality"].where(diplomas["speciality"].isin(specialities["code"]), None),
        label=written,
        former_label=[former.get(code, "") for code in diplomas["code"]],
        folded_names=[
            folded_names((label, former.get(code, ""), official))
            for code, label, official in zip(
                diplomas["code"], written, diplomas["official_label"], strict=True
            )
        ],
        slug=[labels.slugify(label) for label in written],
        **_rncp(diplomas["code"], known["rncp"], gathered(frames, "diploma_rncp", _RNCP)),
        ideo=looked_up(diplomas["code"], known["ideo"]).str[:20],
    )


def _higher(frames, types, specialities, vocabulary):
    """Diplomas of higher education, named after what they teach: "Travaux publics (licence professionnelle)"."""
    columns = ("code", "type", "type_label", "official_label", "speciality", "opened_on", "closed_on")
    official = gathered(frames, "higher_diploma", columns)
    # The official table comes first: files of figures name only those that it lacks.
    rows = pd.concat([official, gathered(frames, "named_diploma", columns)], ignore_index=True)
    rows = rows[list(columns)].drop_duplicates("code")
    type_of = types.set_index("code")["label"]
    own_label = rows["type_label"].fillna("")
    kinds = own_label.where(own_label != "", looked_up(rows["type"], type_of))
    names = [
        labels.capitalised(labels.typographic(labels.restore(text, vocabulary | _sigles(kind))))
        for text, kind in zip(rows["official_label"], own_label, strict=True)
    ]
    written = [
        (f"{name} ({kind if kind[:2].isupper() else kind[:1].lower() + kind[1:]})" if kind else name)[:255]
        for name, kind in zip(names, kinds, strict=True)
    ]
    return rows.assign(
        kind="sise",
        type_id=rows["type"].where(rows["type"].isin(type_of.index), None),
        speciality_id=rows["speciality"].where(rows["speciality"].isin(specialities["code"]), None),
        label=written,
        official_label=rows["official_label"].str[:255],
        folded_names=[
            folded_names((label, official))
            for label, official in zip(written, rows["official_label"], strict=True)
        ],
        slug=[labels.slugify(label) for label in written],
        last_session=None,
        **dict.fromkeys(("former_label", "rncp", "former_rncp", "ideo"), ""),
    )


def _sigles(text):
    """The words in capitals of a text as a vocabulary of `labels.restore`: "Master MEEF" → {"MEEF": "MEEF"}."""
    return {word: word for word in text.split() if word.isupper()}


def _rncp(codes, of_certif_info, kit):
    """The present RNCP number of each diploma and its former ones.

    Certif Info gives one number, often a former one: the kit tells which are active. A higher number that the kit does
    not know is newer than the kit.
    """
    kit = kit.drop_duplicates("diploma").set_index("diploma")
    of_kit, active, former = (looked_up(codes, kit[name]) for name in _RNCP[1:])
    certif = looked_up(codes, of_certif_info).astype("str")
    known = [
        {number, *first.split(), *past.split()}
        for number, first, past in zip(of_kit, active, former, strict=True)
    ]
    is_kept = [
        not number
        or own in first.split()
        or (own not in all_known and own.isdigit() and int(own) > int(number))
        for own, number, first, all_known in zip(certif, of_kit, active, known, strict=True)
    ]
    return {
        "rncp": certif.where(is_kept, of_kit).str[:10],
        "former_rncp": former.map(
            lambda numbers: numbers[:255].rpartition(" ")[0] if len(numbers) > 255 else numbers
        ),
    }


def _years(frames, diplomas):
    columns = ("diploma", *(name for name in _YEAR if name != "diploma_id"))
    rows = gathered(frames, "course_year", columns).drop_duplicates("code")
    rows = rows[rows["diploma"].isin(diplomas["code"])]
    return rows.rename(columns={"diploma": "diploma_id"}).assign(
        mef=rows["mef"].astype("object").fillna("").str[:10],
        # A year that figures alone name has none.
        other_diplomas=rows["other_diplomas"].astype("object").fillna(""),
        official_label=rows["official_label"].str[:150],
    )


def _renewals(frames, diplomas):
    """Renewals between diplomas that the nomenclature has.

    `forks_outside`: whether one end also renews, or is renewed by, a code outside the nomenclature. The renewal is
    then a fork, though the table has one link only.
    """
    rows = gathered(frames, "renewal", ("former", "new"))
    rows = rows[rows["former"] != rows["new"]].drop_duplicates()
    is_known = rows["former"].isin(diplomas["code"]) & rows["new"].isin(diplomas["code"])
    outside = rows[~is_known]
    rows = rows[is_known]
    forks = rows["former"].isin(outside["former"]) | rows["new"].isin(outside["new"])
    rows = rows.assign(former_id=rows["former"], new_id=rows["new"], forks_outside=forks)
    return reference_table(
        "formations.Renewal", ("former_id", "new_id"), rows, ("former_id", "new_id", "forks_outside")
    )


def _families(frames, diplomas, years):
    """Families of trades and their diplomas (see `terminal_years.common_years`)."""
    families = gathered(frames, "trade_family", ("code", "kind", "label")).drop_duplicates("code")
    families = families.assign(
        label=[
            labels.capitalised(labels.typographic(label.replace("Etudes", "Études")))
            for label in families["label"]
        ]
    )
    members = gathered(frames, "trade_family_member", ("family", "diploma"))
    members = members[members["family"].isin(families["code"]) & members["diploma"].isin(diplomas["code"])]
    years = years.rename(columns={"diploma_id": "diploma"}).astype({"year": float, "duration": float})
    members = terminal_years.common_years(members, years)
    members = members.rename(
        columns={"family": "family_id", "diploma": "diploma_id", "is_common": "is_common_year"}
    )
    return (
        reference_table("formations.TradeFamily", ("code",), families, ("code", "kind", "label")),
        reference_table(
            "formations.TradeFamilyMember",
            ("family_id", "diploma_id"),
            members,
            ("family_id", "diploma_id", "is_common_year"),
        ),
    )
