"""The states of the components of a comparison: none, one and ten items."""

from dataclasses import replace
from datetime import date

from pages.comparison.snapshot_changes import ItemChanges, SnapshotChanges
from pages.gallery.examples import ARABIC, COMPARING, FORMER, LONG, comparison, group, item, line, ten_items
from pages.gallery.state import states_of
from stats.links import TEN_PEOPLE, ComparisonState, Links
from stats.reasons import Reason


def comparison_states():
    return [*_whole(), *_options(), *_items(), *_lines(), *_snapshots()]


def _pages():
    """{state: `ComparisonPage`} that has items."""
    alike = [item("A"), item("B", "CAP Cuisine", "Normandie")]
    return {
        "un élément": comparison([item()]),
        "deux qui ne se départagent pas": comparison(alike),
        "deux qui se départagent": comparison([item(rate=30), item("B", rate=80)]),
        "un élément sans chiffre": comparison([item(), item("B", reason=Reason.TOO_FEW_PEOPLE, group=None)]),
        "dix éléments": comparison(ten_items()),
    }


def _whole():
    tables = _pages()
    tables["les chiffres d’un autre diplôme"] = comparison([item(group=group(origin=FORMER)), item("B")])
    numbers = {
        name: replace(page, state=replace(page.state, is_table=True)) for name, page in _pages().items()
    }
    return [
        *states_of("comparison_table", {name: {"page": page} for name, page in tables.items()}),
        *states_of("comparison_by_figure", {name: {"page": page} for name, page in _pages().items()}),
        *states_of(
            "comparison_by_item",
            {name: {"page": page} for name, page in _pages().items()}
            | {f"{name}, en tableau": {"page": page} for name, page in list(numbers.items())[:1]},
        ),
    ]


def _options():
    hidden = ("taux_en_formation", TEN_PEOPLE)
    pages = _pages()
    options = {
        "un élément": pages["un élément"],
        "deux éléments": pages["deux qui se départagent"],
        "seulement les différences": comparison([item(rate=30), item("B", rate=80)], is_differences=True),
        "aucune différence": comparison([item("A"), item("B")], is_differences=True),
        "des lignes masquées": comparison([item("A"), item("B")], hidden=hidden),
    }
    actions = {
        "aucun élément": comparison([]),
        "un élément": pages["un élément"],
        "dix éléments": pages["dix éléments"],
    }
    compared = {
        "aucune": Links(),
        "un élément": Links(ComparisonState(("50022146.pro.r53",))),
        "deux éléments": COMPARING,
    }
    return [
        *states_of("comparison_options", {name: {"page": page} for name, page in options.items()}),
        *states_of("comparison_actions", {name: {"page": page} for name, page in actions.items()}),
        *states_of("comparison_in_progress", {name: {"links": links} for name, links in compared.items()}),
    ]


def _items():
    cases = {
        "le premier": item(),
        "au milieu": item("B"),
        "le dernier": item("C", later=""),
        "sans aucune ligne": item(reason=Reason.NO_FIGURES, group=None),
        "les chiffres d’un autre diplôme": item(group=group(origin=FORMER)),
        "libellé très long": item(title=LONG, place=LONG),
        "nom écrit de droite à gauche": item(place=ARABIC),
    }
    people = {
        "montrées": item(),
        "retenues": item(reason=Reason.TOO_FEW_PEOPLE),
        "pas encore mesurées": item(reason=Reason.NOT_MEASURED_YET),
    }
    return [
        *states_of("comparison_item", {name: {"item": each} for name, each in cases.items()}),
        *states_of("comparison_people", {name: {"item": each} for name, each in people.items()}),
    ]


def _lines():
    cases = {
        "un élément": line([item()]),
        "deux qui se départagent": line([item(rate=30), item("B", rate=80)]),
        "un élément retenu": line([item(), item("B", reason=Reason.TOO_FEW_LEAVERS)]),
        "aucun chiffre": line([item(reason=Reason.NOT_MEASURED_YET), item("B", reason=Reason.TOO_NEW)]),
        "dix éléments": line(ten_items()),
    }
    told = {
        f"{name}{', sans le lien qui masque' if not has_hide else ''}": {"line": each, "has_hide": has_hide}
        for (name, each), has_hide in zip(cases.items(), (True, True, False, True, True), strict=True)
    }
    hide = {"un libellé": "Travaillent 6 mois après", "un libellé très long": LONG}
    return [
        *states_of("comparison_line", {name: {"line": each} for name, each in cases.items()}),
        *states_of("comparison_verdicts", told),
        *states_of(
            "comparison_hide",
            {name: {"address": "/comparer/", "label": label} for name, label in hide.items()},
        ),
    ]


def _snapshots():
    change = ItemChanges("A", "CAP Cuisine, Bretagne", ("étudient encore 6 mois après, 54 % → 49 %",), "")
    revised = ItemChanges(
        "B",
        LONG,
        ("étudient encore 6 mois après : n’est plus publié",) * 2,
        "Données révisées le 3 mars 2027.",
    )
    cases = {
        "rien n’a changé": SnapshotChanges(date(2026, 11, 23)),
        "un élément a changé": SnapshotChanges(date(2026, 11, 23), (change,)),
        "plusieurs ont changé, d’autres sont ajoutés": SnapshotChanges(
            date(2026, 11, 23), (change, revised), "C et D"
        ),
        "adresse illisible": SnapshotChanges(None),
    }
    return states_of(
        "comparison_snapshot_changes",
        {
            name: {
                "snapshot": each,
                "address": "/comparer/?e=50022146.pro.r53&vu=abc",
                "origin": "https://exemple.fr",
            }
            for name, each in cases.items()
        },
    )
