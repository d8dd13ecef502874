"""Figures of a school, all its courses together, as the DEPP publishes them: one cohort a file.

The cohort is in the file name only, the header changes at each release and the first ones have blank
cells, left by merged cells of a spreadsheet. Pure: no Django.
"""

from dataclasses import replace

from deliveries.reading import header_key
from deliveries.source import FIGURES_STOP, Column, Source, Stage
from deliveries.sources import figures
from stats.indicators import BY_NAME, EMPLOYMENT_RATES, Level, Route

# "ensemble" stands alone for a school without apprentices: it is then the school route.
PERIMETERS = {
    "ensemble": Route.ALL.value,
    "dont apprentis": Route.APPRENTICESHIP.value,
    "dont élèves en voie pro sco": Route.SCHOOL.value,
}
# Of the first releases, whose header leaves them blank.
_AFTER_SIX_MONTHS = tuple(
    name for name in EMPLOYMENT_RATES if BY_NAME[name].months > 6 and not BY_NAME[name].since
)


def _header(table, has_perimeter):
    """The header with its blank cells named; None for a file with a cohort, or with the perimeters of the other route."""
    keys = [header_key(cell) for cell in table.header]
    if {figures.COHORT.name, *figures.COHORT.aliases} & set(keys):
        return None
    if "taux" not in keys and not any(
        key.startswith("taux_emploi") or key.startswith("taux_d_emploi") for key in keys
    ):
        return None
    perimeter = next((i for i in table.cells if _is_perimeter(table.cells[i])), None)
    if (perimeter is not None) != has_perimeter:
        return None
    names = list(table.header)
    if perimeter is not None:
        names[perimeter] = "perimetre"
    if "taux" not in keys:
        return tuple(names)
    before = [i for i, key in enumerate(keys[: keys.index("taux")]) if not key and i != perimeter]
    after = [i for i, key in enumerate(keys) if not key and i > keys.index("taux")]
    wanted = (
        ["taux_poursuite_etudes"] if has_perimeter else ["taux_rupture_contrats", "taux_poursuite_etudes"]
    )
    for place, name in zip(reversed(before), reversed(wanted), strict=False):
        names[place] = name
    if len(after) == len(_AFTER_SIX_MONTHS):
        for place, name in zip(after, _AFTER_SIX_MONTHS, strict=True):
            names[place] = name
    return tuple(names)


def _is_perimeter(cells):
    return cells.iloc[0].lower() in PERIMETERS and cells.str.lower().isin(PERIMETERS).all()


def _convert(rows, reference):
    rows = rows.assign(cohort_id=rows["annee"], school_id=rows["uai"])
    return {
        "outcome": figures.outcomes(rows, Level.SCHOOL),
        "school": figures.school_rows(rows, reference),
    }


def convert_school_route(rows, reference):
    routes = rows["perimetre"].str.lower().map(PERIMETERS)
    is_alone = ~rows.duplicated("uai", keep=False)
    return _convert(
        rows.assign(route=routes.mask(is_alone & (routes == Route.ALL.value), Route.SCHOOL.value)), reference
    )


def convert_apprenticeship(rows, reference):
    return _convert(rows.assign(route=Route.APPRENTICESHIP.value), reference)


_COLUMNS = figures.with_later(
    Level.SCHOOL,
    replace(figures.COHORT, required=False),
    figures.UAI,
    figures.SCHOOL_NAME,
    figures.REGION_NAME,
    figures.figure_column("taux_poursuite_etudes"),
    figures.figure_column("taux_emploi_6_mois", aliases=("taux", "taux_d_emploi", "taux_emploi")),
    figures.figure_column(
        "taux_emploi_6_mois_attendu", aliases=("taux_d_emploi_attendu", "taux_emploi_attendu")
    ),
    figures.figure_column("valeur_ajoutee_6_mois", aliases=("valeur_ajoutee_du_taux_d_emploi",)),
    *(figures.figure_column(name, required=False) for name in _AFTER_SIX_MONTHS),
    figures.figure_column("taux_en_formation", required=False),
    figures.figure_column("taux_en_emploi_6_mois", required=False),
    figures.figure_column("taux_autres_6_mois", required=False),
)

SOURCES = (
    Source(
        name="depp_etablissements_pro",
        label="DEPP, lycées professionnels, tous diplômes ensemble",
        stage=Stage.FIGURES,
        columns=(*_COLUMNS, Column("perimetre", ("dont_apprentis_en_eple",))),
        key=("annee", "uai", "perimetre"),
        check=figures.check_shares,
        convert=convert_school_route,
        stops=FIGURES_STOP,
        rank=2,
        header_of=lambda table: _header(table, has_perimeter=True),
        has_cohorts=True,
        names_schools=True,
    ),
    Source(
        name="depp_etablissements_apprentissage",
        label="DEPP, centres d’apprentissage, tous diplômes ensemble",
        stage=Stage.FIGURES,
        columns=(*_COLUMNS, figures.figure_column("taux_rupture_contrats", required=False)),
        key=("annee", "uai"),
        check=figures.check_shares,
        convert=convert_apprenticeship,
        stops=FIGURES_STOP,
        rank=2,
        header_of=lambda table: _header(table, has_perimeter=False),
        has_cohorts=True,
        names_schools=True,
    ),
)
