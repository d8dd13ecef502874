"""The UAI code of schools: seven digits and a letter that checks them. Pure: no Django."""

import re

_ALPHABET = "ABCDEFGHJKLMNPRSTUVWXYZ"
FORM = re.compile(r"\d{7}[A-Z]")


def check_letter(digits: str) -> str:
    """The check letter of seven digits."""
    return _ALPHABET[int(digits) % len(_ALPHABET)]


def fault(uai: str) -> str:
    """Why `uai` is not a UAI code, in French; "" when it is one."""
    if not FORM.fullmatch(uai):
        return "sept chiffres et une lettre sont attendus"
    letter = check_letter(uai[:7])
    if uai[7] != letter:
        return f"la lettre de contrôle devrait être {letter}"
    return ""
