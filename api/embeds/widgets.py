"""Answers as JSON, or as the SVG picture that other sites embed."""

import textwrap

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from api.embeds import pictures
from api.exposition import errors
from api.exposition.cohorts import years
from api.exposition.responses import json_answer
from stats.indicators import SITUATIONS, Route

NBSP = "\u00a0"
# Nothing is fetched by a picture, and any page may show it.
_POLICY = "default-src 'none'; style-src 'none'; frame-ancestors *"


def answer(requested, compute, scope):
    """The response to a request for one or several documents.

    requested: values of the request; compute: function that gives the document, or {route: document}, and raises an
    ApiError where there is none; then a picture says so if the request wants one, or nothing at all.
    """
    if requested.get("ext") != "svg":
        return json_answer(compute())
    theme, direction = requested.get("theme", "dsfr"), requested.get("direction", "vertical")
    try:
        return _drawn(_situations(compute(), theme, direction))
    except errors.ApiError as error:
        image_on_error = requested.get("imageOnError", "false")
        if image_on_error == "false":
            raise
        if image_on_error == "empty":
            return _svg_response(render_to_string("api/embeds/empty.svg"))
        return _drawn(_error(error, theme, direction))


def _drawn(picture):
    return _svg_response(render_to_string("api/embeds/picture.svg", {"picture": picture}))


def _svg_response(text):
    response = HttpResponse(text, content_type="image/svg+xml; charset=utf-8")
    response["Content-Security-Policy"] = _POLICY
    response.xframe_options_exempt = True
    return response


def _labels():
    return {
        "taux_en_emploi_6_mois": _("sont en emploi"),
        "taux_en_formation": _("sont en formation"),
        "taux_autres_6_mois": _("sont dans d’autres situations"),
    }


def _situations(content, theme, direction):
    documents = {"": content} if "filiere" in content else content
    notes = _notes(documents.values())
    documents = {
        route: document
        for route, document in documents.items()
        if any(document.get(name) for name in SITUATIONS)
    }
    if not documents and notes:
        return pictures.error(
            theme, direction, _("Que deviennent les élèves\u00a0?"), _lines(notes, direction)
        )
    if not documents:
        raise errors.nothing_to_draw()
    blocks = tuple(_block(route, document) for route, document in documents.items())
    title = _("Que deviennent les élèves 6 mois après\u00a0?")
    first = next(iter(documents.values()))
    cohort = _(" et ").join(years(first["millesime"]))
    course = first.get("libelle", "")
    sentences = [_sentence(block) for block in blocks]
    description = " ".join([f"{course}." if course else "", *sentences, *notes]).strip()
    source = _("Source\u00a0: InserJeunes, sortants %(cohort)s") % {"cohort": cohort}
    return pictures.situations(blocks, theme, direction, title, description, source, _lines(notes, direction))


def _notes(documents):
    """The sentences about figures that are withdrawn or contested, once each."""
    return list(dict.fromkeys(note for each in documents for note in each.get("_meta", {}).get("avis", ())))


def _lines(notes, direction):
    """Sentences cut for the width of a picture: SVG does not wrap text."""
    return [line for note in notes for line in textwrap.wrap(note, pictures.CHARACTERS[direction])]


def _block(route, document):
    labels = _labels()
    parts = tuple(
        pictures.Part(name, labels[name], _percent(document.get(name)), document.get(name))
        for name in SITUATIONS
    )
    names = {
        "": "",
        Route.SCHOOL.value: _("Voie scolaire"),
        Route.APPRENTICESHIP.value: _("Apprentissage"),
    }
    return pictures.Block(names[route], parts)


def _percent(value):
    return "--" if value is None else f"{value}{NBSP}%"


def _sentence(block):
    phrases = [
        f"{part.text} {part.label}"
        if part.share is not None
        else _("chiffre non communiqué\u00a0: %(label)s") % {"label": part.label}
        for part in block.parts
    ]
    head = f"{block.title}{NBSP}: " if block.title else ""
    return f"{head}{', '.join(phrases)}."


def _error(error, theme, direction):
    sentences = [
        _("Les chiffres ne sont pas disponibles."),
        _("Cela ne dit rien de la qualité"),
        _("de la formation."),
    ]
    title = _("Que deviennent les élèves\u00a0?")
    return pictures.error(theme, direction, title, sentences)
