"""A plan in an address or in a file, signed so that nobody else's words pass for the portal's; nothing is kept here."""

import json

from django.core.signing import BadSignature, Signer
from django.utils.translation import gettext as _

from counselling.plan import Plan, Unreadable, read

_SIGNER = Signer(salt="counselling.plan")
# Of a whole address: servers and messaging cut longer ones.
LONGEST_PAYLOAD = 3_500
LARGEST_FILE_BYTES = 200_000
_FILE_KIND = "seance-inserjeunes"


class NotAPlan(ValueError):
    """What was given is no plan; holds the sentence that says why, and what to do."""


def encoded(plan: Plan) -> str:
    """The plan as a text for an address: compressed, signed, always the same for the same plan."""
    return _SIGNER.sign_object(plan.as_compact(), compress=True)


def decoded(payload: str) -> Plan:
    """The plan of `encoded`. Raises NotAPlan."""
    try:
        return read(_SIGNER.unsign_object(payload))
    except (BadSignature, Unreadable, ValueError) as error:
        raise NotAPlan(
            _(
                "Ce lien est coupé ou a été changé\u00a0: aucune séance ne s’ouvre. "
                "Recopiez-le en entier, ou ouvrez le fichier de la séance."
            )
        ) from error


def fits_in_an_address(payload: str) -> bool:
    return len(payload) <= LONGEST_PAYLOAD


def to_file(plan: Plan) -> bytes:
    """The file of a plan, JSON: readable, and signed as the address is."""
    content = {"fichier": _FILE_KIND, "seance": plan.as_compact(), "signature": encoded(plan)}
    return json.dumps(content, ensure_ascii=False, indent=1).encode()


def from_file(content: bytes) -> Plan:
    """The plan of a file. Raises NotAPlan."""
    try:
        found = json.loads(content)
        if not isinstance(found, dict) or found.get("fichier") != _FILE_KIND:
            raise Unreadable
        return read(_SIGNER.unsign_object(str(found.get("signature"))))
    except (BadSignature, ValueError, RecursionError) as error:
        raise NotAPlan(
            _(
                "Ce fichier n’est pas une séance, ou il a été changé à la main. "
                "Choisissez le fichier .json que «\u00a0Garder dans un fichier\u00a0» vous a donné."
            )
        ) from error
