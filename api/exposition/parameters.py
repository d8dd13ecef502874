"""Reads and checks the parameters of a request; one error lists everything that is wrong."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from api.exposition import errors

ITEMS = 10
_CODES = (
    ("secondaire", re.compile(r"(?:CFD:)?([0-9A-Z]{8})")),
    ("secondaire", re.compile(r"(?:MEFSTAT11:)?([0-9A-Z]{11})")),
    ("superieur", re.compile(r"SISE:([0-9A-Z]{7})")),
)
_UAI = re.compile(r"[0-9]{7}[A-Z]")
_COHORT = re.compile(r"([0-9]{4})(?:_([0-9]{4}))?")
_SEPARATOR = re.compile(r"[,|]")
_NUMBER = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True)
class Code:
    """A code without its prefix, and the universe that it belongs to ("secondaire" or "superieur")."""

    text: str
    universe: str

    @property
    def is_higher(self):
        return self.universe == "superieur"


class InvalidValue(ValueError):
    """Why a value is not accepted, in French."""


def code(text):
    for universe, pattern in _CODES:
        if match := pattern.fullmatch(text):
            return Code(match[1], universe)
    raise InvalidValue(_("«\u00a0%(text)s\u00a0» n’est pas un code CFD, MEFSTAT11 ou SISE.") % {"text": text})


def uai(text):
    if not _UAI.fullmatch(text):
        raise InvalidValue(
            _("«\u00a0%(text)s\u00a0» n’est pas un UAI\u00a0: 7 chiffres et une lettre.") % {"text": text}
        )
    return text


def cohort(text):
    match = _COHORT.fullmatch(text)
    if not match or (match[2] and match[2] < match[1]):
        raise InvalidValue(
            _("«\u00a0%(text)s\u00a0» n’est pas un millésime\u00a0: 2023 ou 2022_2023.") % {"text": text}
        )
    return text


def number(default):
    """A reader of whole numbers; 0 stands for the default."""

    def read(text):
        if not _NUMBER.fullmatch(text):
            raise InvalidValue(_("«\u00a0%(text)s\u00a0» n’est pas un nombre entier.") % {"text": text})
        return int(text) or default

    return read


def one_of(*values, empty=None):
    """A reader of one of these values; `empty` is what an empty text stands for, if it may be empty."""

    def read(text):
        if not text and empty is not None:
            return empty
        if text not in values:
            raise InvalidValue(_("La valeur doit être %(values)s.") % {"values": _(" ou ").join(values)})
        return text

    return read


def region(known):
    def read(text):
        code = known.region_of(text)
        if code not in known.regions:
            raise InvalidValue(
                _("«\u00a0%(text)s\u00a0» n’est ni une région ni un code postal.") % {"text": text}
            )
        return code

    return read


def academie(known):
    return one_of(*sorted(known.academies))


def several(read):
    """A reader of values between commas or bars."""
    return lambda text: [read(part.strip()) for part in _SEPARATOR.split(text)]


def paging():
    return {"page": number(1), "items_par_page": number(ITEMS)}


def drawing():
    """Options of the pictures."""
    return {
        "theme": one_of("dsfr", "lba"),
        "direction": one_of("horizontal", "vertical"),
        "imageOnError": one_of("true", "false", "empty", empty="false"),
        "ext": one_of("svg"),
    }


def read(request, readers, path, defaults=()):
    """The values of the path and of the query string, by name.

    readers: {name: function of the text, that raises InvalidValue}; path: {name: text or None} of the address; defaults:
    what absent ones are worth. Raises the ApiError that lists everything wrong, unknown and repeated names included.
    """
    given = {name: [text] for name, text in path.items() if text is not None}
    given = {name: texts for name, texts in request.GET.lists() if name not in given} | given
    given.pop("apiKey", None)
    values, details = dict(defaults), []
    for name, texts in given.items():
        if name not in readers:
            details.append(errors.detail(name, _("Paramètre inconnu."), "object.unknown"))
        elif len(texts) > 1:
            details.append(
                errors.detail(name, _("Paramètre donné plusieurs fois\u00a0: séparez par des virgules."))
            )
        else:
            try:
                values[name] = readers[name](texts[0])
            except InvalidValue as error:
                details.append(errors.detail(name, str(error)))
    details += _wrong_universe(values)
    if details:
        raise errors.bad_request(details)
    return values


def universe():
    return {"universe": one_of("secondaire", "superieur")}


def _wrong_universe(values):
    """An error when the requested universe is not that of the codes; without codes it can only be the secondary one."""
    requested = values.pop("universe", None)
    universes = {code.universe for code in values.get("code_certifications", ())} or {"secondaire"}
    if requested is None or len(universes) > 1 or requested in universes:
        return []
    return [errors.detail("universe", _("L’univers doit être celui des codes demandés."))]
