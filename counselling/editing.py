"""What a form of the page of a plan asks for: the plan that it holds, as changed by the fields and by the button."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.http import QueryDict
from django.utils.translation import gettext as _

from counselling.payload import decoded
from counselling.plan import (
    LONGEST_NOTE,
    LONGEST_TEXT,
    LONGEST_TITLE,
    Audience,
    Item,
    Kind,
    Plan,
    Unreadable,
    day_of,
    radius_of,
    text_of,
)
from search.places import PlaceSearch
from stats.comparison_tokens import read_token

_LONGEST_QUERY = 200
_ACTION = re.compile(r"(monter|descendre|retirer|placer):([0-9]{1,2})")


@dataclass(frozen=True)
class Edited:
    """plan: as it is now. problems: sentences on what was typed and could not be kept. homonyms: other towns of that name.
    query: what is looked for, to be added.
    """

    plan: Plan
    problems: tuple[str, ...] = ()
    homonyms: tuple[tuple[str, str], ...] = ()
    query: str = ""


def edited(form: QueryDict, places: PlaceSearch) -> Edited:
    """The plan of a form: its fields, then its button. Raises `payload.NotAPlan`."""
    plan = decoded(form.get("s", "")) if form.get("s") else Plan()
    problems: list[str] = []
    homonyms: tuple[tuple[str, str], ...] = ()
    if "titre" in form:
        plan = _with_details(plan, form, problems)
        plan, homonyms = with_town(plan, form, places, problems)
        plan = replace(plan, items=tuple(_with_words(plan.items, form)))
    elif not plan.town and (found := places.get(form.get("lieu", ""))):
        # What was found around a town: the plan is about it, until somebody says otherwise.
        plan = replace(plan, town=found.code)
    query = text_of(form.get("cherche"), _LONGEST_QUERY) if form.get("faire") == "chercher" else ""
    return Edited(_acted(plan, form, problems), tuple(problems), homonyms, query)


def _with_details(plan, form, problems):
    audience, radius = form.get("public", ""), form.get("rayon", "")
    try:
        on = day_of(form.get("date"))
    except Unreadable:
        problems.append(_("La date n’est pas gardée\u00a0: écrivez-la comme 2026-12-03."))
        on = plan.on
    return replace(
        plan,
        title=text_of(form.get("titre"), LONGEST_TITLE),
        audience=Audience(audience) if audience in list(Audience) else plan.audience,
        on=on,
        radius=radius_of(int(radius))
        if radius.isascii() and radius.isdigit() and len(radius) < 5
        else plan.radius,
        private=text_of(form.get("pour_moi"), LONGEST_NOTE),
        handout=text_of(form.get("a_remettre"), LONGEST_NOTE),
    )


def with_town(
    plan: Plan, form: Mapping[str, str], places: PlaceSearch, problems: list[str]
) -> tuple[Plan, tuple[tuple[str, str], ...]]:
    """The plan with the town that a form names, and (code, name) of the others of that name; adds to the problems."""
    typed = text_of(form.get("ville"), 80)
    if not typed:
        return replace(plan, town=""), ()
    known = places.get(plan.town) if plan.town else None
    if known and typed in {known.name, known.postal_code}:
        return plan, ()
    chosen = form.get("lieu", "")
    found = ([places.get(chosen)] if chosen and places.get(chosen) else []) or places.search(typed)
    if not found:
        problems.append(
            _("«\u00a0%(town)s\u00a0» n’est pas une ville connue\u00a0: essayez le code postal.")
            % {"town": typed}
        )
        return plan, ()
    homonyms = tuple(
        (place.code, f"{place.name} ({place.departement})")
        for place in places.exact(typed)
        if place != found[0]
    )
    return replace(plan, town=found[0].code), homonyms


def _with_words(items, form: Mapping[str, str]):
    """The items with the words of their fields; an item whose fields are not in the form is as it was."""
    for position, item in enumerate(items):
        words = {
            name: text_of(form[f"{field}-{position}"], longest)
            for name, field, longest in (
                ("text", "texte", LONGEST_TEXT),
                ("private", "pour_moi", LONGEST_NOTE),
                ("handout", "a_remettre", LONGEST_NOTE),
            )
            if f"{field}-{position}" in form
        }
        yield replace(item, **words)


def _acted(plan, form, problems):
    action = form.get("faire", "")
    if match := _ACTION.fullmatch(action):
        position = int(match[2])
        if match[1] == "retirer":
            return plan.without_item(position)
        to = {"monter": position - 1, "descendre": position + 1}.get(match[1])
        if to is None:
            target = form.get("vers", "")
            to = int(target) - 1 if target.isascii() and target.isdigit() and len(target) < 3 else position
        return plan.with_moved(position, to)
    if action == "comparer":
        chosen = [
            int(text)
            for text in form.getlist("choisi")
            if text.isascii() and text.isdigit() and len(text) < 3
        ]
        compared = plan.with_compared(chosen)
        if compared == plan:
            problems.append(_("Pour comparer, cochez au moins deux éléments qui ont des chiffres."))
        return compared
    return _with_added(plan, form, problems)


def _with_added(plan, form, problems):
    """With what the form adds: a question, a text, or elements found elsewhere on the site."""
    items = [
        Item(kind, text=text)
        for kind, name in ((Kind.QUESTION, "question"), (Kind.TEXT, "texte"))
        for value in form.getlist(name)
        if (text := text_of(value, LONGEST_TEXT))
    ]
    for text in form.getlist("element"):
        tokens = [read_token(part) for part in text.split()]
        if tokens and None not in tokens:
            kind = Kind.FIGURES if len(tokens) == 1 else Kind.COMPARISON
            items.append(Item(kind, tuple(token.text for token in tokens)[:10]))
    for item in items:
        if plan.is_full:
            problems.append(
                _("Une séance a vingt éléments au plus\u00a0: retirez-en un pour en ajouter un autre.")
            )
            break
        plan = plan.with_item(item)
    return plan
