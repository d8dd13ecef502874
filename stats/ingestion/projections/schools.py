"""Placeholder."""

from types import SimpleNamespace

import pandas as pd


def project(frames, reference):
    if not frames:
        return [SimpleNamespace(model="establishments.School", key=("uai",), rows=pd.DataFrame({"uai": []}))]
    rows = pd.concat([t["school"] for t in frames.values()]).drop_duplicates("uai")
    rows = pd.DataFrame(
        {
            "uai": rows["uai"],
            "name": rows["name"],
            "official_name": rows["name"],
            "slug": "x",
            "kind": "",
            "sector": "",
            "address": "",
            "postal_code": "",
            "city": "",
            "commune_id": None,
            "territory_id": rows["region_key"],
            "region_id": rows["region_key"],
            "latitude": None,
            "longitude": None,
            "phone": "",
            "website": "",
            "closed_on": None,
        }
    )
    return [SimpleNamespace(model="establishments.School", key=("uai",), rows=rows)]
