"""Schools: each field comes from the best source that has it."""

import re

import pandas as pd

from deliveries.reference_tables import (
    ReferenceTable,
    first_of,
    gathered,
    looked_up,
    reference_table,
    school_names,
)
from deliveries.source import Reference, Tables
from deliveries.sources.placing import UAI_DEPARTEMENTS
from formations.labels import slugify
from formations.text_folding import folded_names, folded_towns

_KEPT = ("latitude", "longitude", "phone", "website", "has_boarding", "closed_on")
_REWRITTEN = ("kind", "sector", "address", "postal_code", "city")
_FIELDS = (*_REWRITTEN, "commune", *_KEPT, "region_key")
_COLUMNS = (
    *("uai", "name", "official_name", "folded_names", "slug"),
    *_REWRITTEN,
    "folded_towns",
    *("commune_id", "territory_id", "region_id"),
    *_KEPT,
)
_KIND_OF_NAME = (
    (r"LYCEE POLYVALENT|LYCEE GENERAL,? TECHNOLOGIQUE ET PROF", "Lycée polyvalent"),
    (r"LYCEE.* AGRICOLE|LEGTA\b|LPA\b|LEAP\b|EPLEFPA\b", "Lycée agricole"),
    (r"LYCEE PROFESSIONNEL|LP\b", "Lycée professionnel"),
    (r"LYCEE (?:D.ENSEIGNEMENT )?(?:GENERAL ET TECHNO|TECHNO)", "Lycée général et technologique"),
    (r"LYCEE GENERAL", "Lycée général"),
    (r"SECTION (?:D.ENSEIGNEMENT )?PROFESSIONNEL", "Section d’enseignement professionnel"),
    (
        r"ETABLISSEMENT REGIONAL D.ENSEIGNEMENT ADAPTE|EREA\b",
        "Établissement régional d’enseignement adapté (EREA)",
    ),
    (r"MAISON FAMILIALE|MFR\b", "Maison familiale rurale (MFR)"),
    (r"(?:UNITE|ANTENNE) DE FORMATION.*APPREN|UFA\b", "Unité de formation par apprentissage (UFA)"),
    (
        r".*\bCFA\b|.*CENTRE DE FORMATION D.APPR?EN|.*FORMATION D.APPRENTI",
        "Centre de formation d’apprentis (CFA)",
    ),
    (r"GRETA\b", "Greta"),
    (r"UNIVERSITE\b|IUT\b", "Université"),
)
_WEBSITE = re.compile(r"(?:https?://)?[\w-]+(?:\.[\w-]+)+(?:[:/?#]\S*)?", re.ASCII)


def tables(frames: dict[str, Tables], reference: Reference) -> list[ReferenceTable]:
    """`School`, then its links and features. Uses "commune.place" and "departement.region" of the mappings of `reference`."""
    rows = gathered(frames, "school", ("uai", "name", *_FIELDS))
    if rows.empty:
        schools = rows.reindex(columns=_COLUMNS)
        return [
            reference_table("establishments.School", ("uai",), schools, _COLUMNS),
            *_details(frames, rows),
        ]
    rows = rows.replace("", None)
    known = reference.mappings.get("commune.place", {})
    rows["commune"] = rows["commune"].where(rows["commune"].isin(list(known)), None)
    merged = rows.groupby("uai", sort=False)[list(_FIELDS)].first().astype("object")
    merged["uai"] = merged.index
    places = pd.DataFrame.from_dict(
        known,
        orient="index",
        columns=["name", "departement", "latitude", "longitude"],
    )
    merged = _named(merged, rows, places["name"])
    merged = _placed(merged, places, reference)
    return [reference_table("establishments.School", ("uai",), merged, _COLUMNS), *_details(frames, merged)]


def _details(frames, schools):
    """Links between schools, and features of schools, of those that are published."""
    links = gathered(frames, "school_link", ("daughter", "mother", "kind"))
    is_known = links["daughter"].isin(schools["uai"]) & links["mother"].isin(schools["uai"])
    links = links[is_known & (links["daughter"] != links["mother"])]
    links = links.rename(columns={"daughter": "daughter_id", "mother": "mother_id"})
    features = gathered(frames, "school_feature", ("school", "code", "label"))
    features = features[features["school"].isin(schools["uai"]) & (features["label"] != "")]
    features = features.assign(label=features["label"].str[:150]).rename(columns={"school": "school_id"})
    pair = ("daughter_id", "mother_id")
    feature = ("school_id", "code", "label")
    return [
        reference_table("establishments.SchoolLink", pair, links, (*pair, "kind")),
        reference_table("establishments.SchoolFeature", feature, features, feature),
    ]


def _named(merged, rows, communes):
    """Names, slug, kind and address of each school.

    The official name is that of the best source; the name shown is the best one in lower case, where there is one.
    """
    named = rows[rows["name"].notna()]
    official = named.drop_duplicates("uai").set_index("uai")["name"]
    is_mixed = named["name"].map(school_names.is_mixed).astype(bool)
    mixed = named[is_mixed].drop_duplicates("uai").set_index("uai")["name"]
    vocabulary = school_names.vocabulary_of(named["name"], communes)
    chosen = first_of(
        looked_up(merged["uai"], mixed, None), looked_up(merged["uai"], official, None), merged["uai"]
    )
    names = [school_names.readable(name, vocabulary) for name in chosen]
    plain = chosen.map(school_names.plain)
    guessed = pd.Series("", index=merged.index)
    for pattern, kind in reversed(_KIND_OF_NAME):
        guessed = guessed.mask(plain.str.match(pattern), kind)
    addresses = [school_names.readable_address(text, vocabulary) for text in merged["address"].fillna("")]
    official_names = looked_up(merged["uai"], official).str[:255]
    cities = merged["city"].fillna("").str.replace(r"\s+CEDEX.*$", "", regex=True, case=False)
    return merged.assign(
        name=names,
        official_name=official_names,
        folded_names=[folded_names(pair) for pair in zip(names, official_names, strict=True)],
        slug=[slugify(name) for name in names],
        kind=merged["kind"].fillna(guessed).str[:80],
        sector=merged["sector"].fillna(""),
        address=addresses,
        postal_code=merged["postal_code"].fillna("").astype(str).str[:5],
        phone=_phones(merged["phone"].fillna("")),
        website=merged["website"].fillna("").map(_website),
        city=[school_names.readable_address(text, vocabulary) for text in cities],
    )


def _phones(texts):
    digits = texts.astype(str).str.replace(r"[\s.]", "", regex=True)
    spaced = digits.str.replace(r"^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$", r"\1 \2 \3 \4 \5", regex=True)
    return spaced.where(digits.str.fullmatch(r"\d{10}"), texts).str[:30]


def _website(text):
    text = text.strip()
    if not _WEBSITE.fullmatch(text) or len(text) > 190:
        return ""
    return text if text.startswith("http") else f"http://{text}"


def _placed(merged, places, reference):
    """Commune, département, region and point: the school's own, else its commune's, else those of its UAI's digits."""
    communes = merged["commune"].where(merged["commune"].isin(places.index), None)
    prefixes = merged["uai"].str[:3].replace(UAI_DEPARTEMENTS)
    regions = pd.Series(reference.mappings.get("departement.region", {}), dtype="object")
    from_uai = ("departement-" + prefixes).astype("object")
    from_uai = from_uai.where(from_uai.isin(regions.index), None)
    departements = first_of(looked_up(communes, places["departement"], None), from_uai)
    region = first_of(looked_up(departements, regions, None), merged["region_key"])
    latitude = pd.to_numeric(merged["latitude"], errors="coerce")
    longitude = pd.to_numeric(merged["longitude"], errors="coerce")
    has_own = latitude.notna() & longitude.notna() & ((latitude != 0) | (longitude != 0))
    own, around = pd.DataFrame({"latitude": latitude, "longitude": longitude}), {}
    for name in own:
        around[name] = pd.to_numeric(looked_up(communes, places[name], None), errors="coerce")
    city = first_of(looked_up(communes, places["name"], None), merged["city"])
    city = city.str.removesuffix(" Arrondissement").str[:80]
    other_names = reference.mappings.get("commune.other_names", {})
    return merged.assign(
        commune_id=communes,
        territory_id=first_of(departements, region),
        region_id=region,
        city=city,
        folded_towns=[
            folded_towns([name or "", *other_names.get(commune, ())])
            for name, commune in zip(city, communes, strict=True)
        ],
        **{name: own[name].where(has_own, around[name]).round(6) for name in own},
    )
