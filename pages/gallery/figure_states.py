"""The states of the components and drawings that show the figures of one group."""

from pages.course.places import PlaceRow, PlaceTable
from pages.drawings.charts import Bar, Look, Series, people_row, stacked_bar, trend_chart
from pages.drawings.tile_map import PLACES, Standing, Tile, tile_map
from pages.figures.benchmarks import Benchmark, BenchmarkLine
from pages.figures.outcome import LOOKS, holes_of
from pages.figures.trend import Trend, TrendRow
from pages.gallery.examples import (
    ABSENT,
    ARABIC,
    BOTH,
    FORMER,
    LONG,
    REPORT,
    TRAINER,
    WITHHELD,
    group,
    hole,
    next_best,
    outlook,
    shown,
    situations,
    situations_hole,
    situations_in_part,
)
from pages.gallery.state import drawings_of, states_of
from stats.indicators import SITUATIONS, Level
from stats.reasons import Reason


def figure_states():
    return [
        *_one_figure(),
        *_holes(),
        *_situations(),
        *_outlook(),
        *_benchmarks(),
        *_trend(),
        *_tables(),
        *_drawings(),
    ]


def _holes_by_reason(name="taux_emploi_6_mois"):
    """{what a hole is: the `Figure`}, for each reason that withholds a figure and for each absence."""
    return {f"retenu : {reason.title}": hole(reason, name) for reason in WITHHELD} | {
        f"absent : {reason.title}": hole(reason, name) for reason in ABSENT
    }


def _one_figure():
    figures = {
        "montré": shown(),
        "zéro": shown(value=0),
        "cent": shown(value=100),
        "points au-dessus": shown("valeur_ajoutee_6_mois", 4),
        "points au-dessous": shown("valeur_ajoutee_6_mois", -12),
        "zéro point": shown("valeur_ajoutee_6_mois", 0),
        "euros": shown("salaire_12_mois_q2"),
        "absent, avec un chiffre proche": hole(Reason.TOO_FEW_LEAVERS, next_best=next_best()),
        **_holes_by_reason(),
    }
    cases = {
        name: {"figure": figure, "label": figure.short_label, "letter": ""}
        for name, figure in figures.items()
    }
    cases["d’un élément comparé"] = {"figure": shown(), "label": "A, CAP Cuisine, Bretagne", "letter": "A"}
    cases["libellé très long"] = {"figure": shown(), "label": LONG, "letter": ""}
    cases["nom écrit de droite à gauche"] = {"figure": shown(), "label": ARABIC, "letter": "B"}
    alone = {"groupe confidentiel, effectif non publié": group(size=None, leavers=None)}
    explained = {
        "sans le groupe": {"figure": shown(), "has_group": False},
        "avec le groupe": {"figure": shown(), "has_group": True},
        **{name: {"figure": shown(group=found), "has_group": True} for name, found in alone.items()},
        "sans aucune ligne": {"figure": hole(Reason.NO_FIGURES, group=None), "has_group": True},
    }
    every = {
        "tous montrés": {"figures": outlook().every, "report": REPORT},
        "un seul": {"figures": [shown()], "report": REPORT},
        "aucun montré": {"figures": [*_holes_by_reason().values()], "report": ""},
    }
    return [
        *states_of("figure", cases),
        *states_of("figure_explanation", explained),
        *states_of("outcome_figures", every),
    ]


def _holes():
    single = {
        name: {"figure": figure, "is_brief": False, "is_listed": False}
        for name, figure in _holes_by_reason().items()
    }
    brief = hole(Reason.TOO_FEW_PEOPLE, next_best=next_best())
    single["avec un chiffre proche"] = {"figure": brief, "is_brief": False, "is_listed": False}
    single["bref"] = {"figure": brief, "is_brief": True, "is_listed": False}
    single["dans une liste"] = {"figure": brief, "is_brief": False, "is_listed": True}
    single["aucune ligne, formation dans un établissement"] = {
        "figure": hole(Reason.NO_FIGURES, group=None, level=Level.SCHOOL_COURSE),
        "is_brief": False,
        "is_listed": False,
    }
    together = {
        "une raison, un chiffre proche": ("après 6 mois", [brief]),
        "une raison, rien de proche": ("après 6 mois", [hole(Reason.NOT_MEASURED_YET)]),
        "libellé très long": (LONG, [hole(Reason.PROTECTS_OTHERS)]),
    }
    many = holes_of([(name, figure) for name, figure in _holes_by_reason().items()])
    return [
        *states_of("figure_hole", single),
        *states_of(
            "figure_holes",
            {
                name: {"holes": holes_of([(label, figure) for figure in figures])[0]}
                for name, (label, figures) in together.items()
            },
        ),
        *states_of("table_holes", {"une raison": {"holes": many[:1]}, "toutes les raisons": {"holes": many}}),
    ]


def _situations():
    found = {
        "montrées": situations(),
        "un zéro": situations((0, 78, 22)),
        "toutes dans une seule": situations((100, 0, 0)),
        "arrondis à 99": situations((33, 33, 33)),
        "d’un ancien diplôme": situations(group=group(origin=FORMER)),
        "effectif non publié": situations(group=group(size=None)),
        "une part seule": situations_in_part(),
        "le taux des sortants seul": situations_in_part(has_share=False),
        "un chiffre proche": situations_hole(Reason.TOO_FEW_PEOPLE, next_best=next_best("31 % travaillent")),
        **{name: situations_hole(figure.reason) for name, figure in _holes_by_reason(SITUATIONS[0]).items()},
    }
    lines = {
        name: {"situations": each, "is_brief": False, "is_listed": False} for name, each in found.items()
    }
    lines["brèves"] = {"situations": situations(), "is_brief": True, "is_listed": False}
    lines["absentes, brèves"] = {
        "situations": found["un chiffre proche"],
        "is_brief": True,
        "is_listed": False,
    }
    return [
        *states_of("situation", {name: {"situations": each} for name, each in found.items()}),
        *states_of("situation_line", lines),
    ]


def _outlook():
    school = {"taux_rupture_contrats": Reason.NOT_APPLICABLE, "taux_emploi_24_mois": Reason.NOT_MEASURED_YET}
    nothing = dict.fromkeys((figure.name for figure in outlook().every), Reason.TOO_FEW_PEOPLE)
    cases = {
        "tout est montré": outlook(),
        "certains chiffres manquent": outlook(school),
        "rien n’est montré": outlook(nothing),
        "sans valeur ajoutée ni contrats": outlook(value_added=None, contracts=None),
        "sans suite": outlook(later=()),
    }
    sources = {
        "le sien": group(),
        "d’un ancien diplôme": group(origin=FORMER),
        "du formateur": group(origin=TRAINER),
        "d’un ancien diplôme, chez le formateur": group(origin=BOTH),
        "effectif non publié": group(size=None),
        "remarque": group(note="Calculé par le portail : 15 régions sur 17 publient ce chiffre."),
    }
    return [
        *states_of(
            "outcome",
            {
                name: {"outlook": each, "title": LONG, "id": f"cas-{number}", "report": REPORT}
                for number, (name, each) in enumerate(cases.items())
            },
        ),
        *states_of("outcome_source", {name: {"group": each} for name, each in sources.items()}),
    ]


def _benchmarks():
    line = BenchmarkLine("France (15 régions sur 17)", "61\u00a0%", Bar(61, Look.SOLID), "", "")
    told = BenchmarkLine("Bretagne", "48\u00a0%", Bar(48, Look.SOLID), "Nettement plus qu’ailleurs.", "")
    long = BenchmarkLine(
        LONG, "0\u00a0%", Bar(0, Look.SOLID), "", "Calculé par le portail : 15 régions sur 17."
    )
    cases = {
        "une référence": Benchmark(shown(), "Lycée de la démonstration", (line,), "", ()),
        "départagée": Benchmark(shown(), "Lycée de la démonstration", (told, line), "", ()),
        "avec sa place parmi les régions": Benchmark(
            shown(), "Bretagne", (line,), "Parmi les régions, 3 font nettement mieux.", ("Une remarque.",)
        ),
        "libellés très longs": Benchmark(shown(value=0), LONG, (long, long), "", ()),
        "nom écrit de droite à gauche": Benchmark(shown(), ARABIC, (line,), "", ()),
    }
    closed = {name: {"benchmark": each, "name": "CAP Cuisine"} for name, each in list(cases.items())[:1]}
    return [
        *states_of("benchmark", {name: {"benchmark": each} for name, each in cases.items()}),
        *states_of("benchmark_closed", closed),
    ]


def _trend():
    def row(cohort, values, is_after_break=False, origin=None):
        figures = [
            hole(Reason.TOO_FEW_PEOPLE, name) if value is None else shown(name, value)
            for name, value in zip(SITUATIONS, values, strict=True)
        ]
        missing = None if any(value is not None for value in values) else figures[0]
        return TrendRow(cohort, tuple(figures), is_after_break, origin, missing)

    def trend(rows, is_pooled=False):
        columns = tuple(
            (figure.short_label, look) for figure, look in zip(rows[0].figures, LOOKS, strict=True)
        )
        series = [
            Series(look, tuple(row.figures[number].value for row in rows))
            for number, look in enumerate(LOOKS)
        ]
        breaks = {number for number, row in enumerate(rows) if row.is_after_break}
        chart = trend_chart(series, [row.cohort for row in rows], breaks, "Évolution de cohorte en cohorte")
        return Trend(columns, tuple(rows), chart, bool(breaks), is_pooled)

    cases = {
        "deux cohortes": trend([row("2022", (31, 47, 22)), row("2023", (33, 44, 23))]),
        "coupée, avec des trous": trend(
            [
                row("2020", (31, 47, 22)),
                row("2021", (None,) * 3),
                row("2022", (0, 78, 22), True),
                row("2023", (33, None, 23)),
            ],
            is_pooled=True,
        ),
        "de plusieurs diplômes": trend([row("2022", (31, 47, 22), origin=FORMER), row("2023", (33, 44, 23))]),
        "très nombreuses cohortes": trend([row(str(year), (31, 47, 22)) for year in range(2015, 2026)]),
    }
    contexts = {
        name: {"trend": each, "title": "De cohorte en cohorte, 6 mois après", "id": f"evolution-{number}"}
        for number, (name, each) in enumerate(cases.items())
    }
    charts = {name: {"chart": each.drawing} for name, each in cases.items()}
    return [
        *states_of("outcome_trend", contexts),
        *drawings_of("trend", charts),
    ]


def _tables():
    rows = {
        "une ligne": [PlaceRow("Bretagne", "?region=53", situations())],
        "des trous": [
            PlaceRow("Bretagne", "?region=53", situations()),
            *(
                PlaceRow(f"Région {number}", "?region=99", situations_hole(reason, next_best=next_best()))
                for number, reason in enumerate(WITHHELD)
            ),
        ],
        "des diplômes différents": [
            PlaceRow("Bretagne", "?region=53", situations(group=group(origin=FORMER))),
            PlaceRow("Normandie", "?region=28", situations()),
        ],
        "très nombreuses lignes": [PlaceRow(f"Région {number}", "?", situations()) for number in range(18)],
        "noms très longs": [PlaceRow(LONG, "?", situations()), PlaceRow(ARABIC, "?", situations())],
    }
    return states_of(
        "place_table",
        {
            name: {"table": PlaceTable(tuple(each)), "caption": "Par région", "head": "Région"}
            for name, each in rows.items()
        },
    )


def _drawings():
    tiles = [
        Tile(code, f"Région {code}", f"{30 + number}\u00a0%", list(Standing)[number % 3], "?region=53")
        for number, code in enumerate(PLACES)
    ]
    maps = {
        "toutes les régions": tile_map(tiles, "Travaillent, région par région"),
        "une région, sans chiffre ni adresse": tile_map(
            [Tile("53", "Bretagne", "", Standing.HIDDEN)], "Bretagne"
        ),
        "une région que la carte ne place pas": tile_map([Tile("99", LONG, "0\u00a0%", Standing.LESS)], LONG),
    }
    people = {"dix": (3, 5, 2), "d’une seule sorte": (0, 10, 0), "une seule personne": (1, 0, 0)}
    shares = {"trois": (31, 47, 22), "un zéro": (0, 78, 22), "arrondis à 99": (33, 33, 33)}
    return [
        *drawings_of("people", {n: {"row": people_row(each, LOOKS, n)} for n, each in people.items()}),
        *drawings_of(
            "bar", {f"{n} %": {"bar": Bar(n, look)} for n, look in zip((0, 31, 100), LOOKS, strict=True)}
        ),
        *drawings_of("stacked_bar", {n: {"bar": stacked_bar(each, LOOKS)} for n, each in shares.items()}),
        *drawings_of("swatch", {look.value: {"look": look} for look in Look}),
        *drawings_of("tile_map", {n: {"map": each} for n, each in maps.items()}),
        *drawings_of("standing_swatch", {each.value: {"standing": each} for each in Standing}),
    ]
