"""Seconds to withhold, load and derive a national delivery on PostgreSQL: 200,000 rows of schools in one cohort.

    python -m bench.derivation [rows]

Everything is generated, from a fixed seed, in a temporary database.
"""

import sys
import time

import numpy as np
import pandas as pd

from bench import generated, postgresql

LIMIT = 60


def main(count=generated.ROWS):
    random = np.random.default_rng(generated.SEED)
    known, rows = generated.nomenclature(), generated.delivery(count, random)
    entries = generated.catalogue(rows, random)
    with postgresql.portal():
        return _measured(known, rows, entries)


def _measured(known, rows, entries):
    from deliveries import attributions, facts
    from stats.disclosure_control.primary import suppress
    from stats.indicators import Level

    delivery = references(known, rows, entries)
    start = time.perf_counter()
    shown = suppress(rows, Level.SCHOOL_COURSE)
    withheld = time.perf_counter()
    facts.add(outcomes(rows, shown, delivery.source), delivery)
    facts.prefer({"2022_2023"})
    loaded = time.perf_counter()
    counts = attributions.rebuild({"2022_2023"})
    end = time.perf_counter()
    print(f"{len(rows)} lignes, {len(entries)} entrées au catalogue de l’apprentissage, PostgreSQL")
    groups = int(shown["reasons"].str.contains("P").sum())
    print(f"secret statistique\u00a0: {withheld - start:.1f} s ({groups} groupes)")
    print(f"chargement\u00a0: {loaded - withheld:.1f} s")
    print(f"dérivation, écrite en base\u00a0: {end - loaded:.1f} s")
    factor = counts.total() / counts["self"]
    print(f"lignes interrogeables\u00a0: {counts.total()} ({factor:.1f} fois plus) {dict(counts)}")
    return end - start


def references(known, rows, entries):
    """What figures and derivation refer to, in the database; returns the delivery that the figures come from."""
    from deliveries.loading import insert
    from establishments.models import School
    from formations.models import CourseYear, Diploma, Renewal, TradeFamily, TradeFamilyMember
    from stats.models import ApprenticeshipEntry, DeliveredFile, Delivery

    years = known.years.rename(columns={"diploma": "diploma_id"})
    common = known.common.assign(diploma_id="9" + known.common["code"].str[4:])
    diplomas = pd.concat([years["diploma_id"], common["diploma_id"]]).drop_duplicates()
    texts = {
        "official_label": "",
        "label": "",
        "former_label": "",
        "slug": "",
        "rncp": "",
        "former_rncp": "",
        "ideo": "",
    }
    insert(Diploma, pd.DataFrame({"code": diplomas, "kind": "cfd"} | texts))
    years = pd.concat([years, common[["code", "diploma_id"]].assign(year=1)])
    insert(CourseYear, years.assign(duration=3, course_type="247", official_label=""))
    links = known.links[known.links["former"].isin(diplomas)]
    links = links.rename(columns={"former": "former_id", "new": "new_id"})
    insert(Renewal, links.assign(forks_outside=False))
    families = pd.DataFrame({"code": known.common["family"], "kind": "TG01", "label": ""})
    insert(TradeFamily, families)
    diploma_of = years.set_index("code")["diploma_id"]
    for table, is_common in ((known.members, False), (known.common, True)):
        members = pd.DataFrame({"family_id": table["family"], "diploma_id": table["code"].map(diploma_of)})
        insert(TradeFamilyMember, members.assign(is_common_year=is_common))
    uais = pd.concat([rows["place"], entries["site"]]).drop_duplicates()
    names = ("name", "official_name", "slug", "kind", "sector", "address", "postal_code", "city")
    insert(School, pd.DataFrame({"uai": uais} | dict.fromkeys((*names, "phone", "website"), "")))
    insert(ApprenticeshipEntry, entries[["diploma", "site", "trainer", "manager"]].drop_duplicates())
    file = DeliveredFile.objects.create(sha256="0" * 64, size=0, content=b"")
    return Delivery.objects.create(source="inserjeunes_cfa_formation_fine", file_name="generated", file=file)


def outcomes(rows, shown, source):
    """Withheld rows as the facts table wants them."""
    is_year = rows["code"] != rows["diploma"]
    keys = {
        "source": source,
        "cohort_id": rows["cohort"],
        "route": rows["route"],
        "diploma_id": rows["diploma"],
        "course_year_id": rows["code"].where(is_year, None),
        "school_id": rows["place"],
        "territory_id": None,
    }
    return shown.assign(**keys)


if __name__ == "__main__":
    seconds = main(*map(int, sys.argv[1:]))
    print(f"en tout\u00a0: {seconds:.1f} s (au plus {LIMIT})")
    sys.exit(seconds > LIMIT)
