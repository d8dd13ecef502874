"""Texts of the pure modules are marked here, and translated by the pages that show them."""


def gettext_noop(text: str) -> str:
    """`text` itself: the mark under which it is collected for translation."""
    return text
