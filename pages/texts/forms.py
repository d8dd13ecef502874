"""What an editor writes in the place of a text: plain text, its placeholders kept."""

import re

from django import forms

from pages.texts.catalogue import Editable

MOST_LINES = 10
_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w*\}")
_TAG = re.compile(r"[<>]")
_BEFORE = re.compile(r"(?<=\S)[ \u00a0](?=(?:%%?|[:;?!»])(?:\s|$))")


def typographic(text: str, language: str) -> str:
    """The text with curled apostrophes and, in French, the no-break spaces that its punctuation asks for."""
    text = text.replace("'", "’")
    if language != "fr":
        return text
    return _BEFORE.sub("\u00a0", text).replace("« ", "«\u00a0")


class TextForm(forms.Form):
    """The text in one language. The fields of each language have the prefix of its code."""

    content = forms.CharField(label="Texte", widget=forms.Textarea(attrs={"rows": 5}))
    note = forms.CharField(label="Motif du changement", max_length=300)
    after = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, editable: Editable, language: str, data=None, **options):
        super().__init__(data, prefix=language, **options)
        self._editable, self._language = editable, language
        if editable.has_lines:
            self.fields["content"].help_text = "Une phrase par ligne."

    @property
    def most_characters(self) -> int:
        return max(300, 3 * len(self._editable.text(self._language)))

    def clean_content(self):
        lines = [" ".join(line.split(" ")).strip() for line in self.cleaned_data["content"].splitlines()]
        lines = [typographic(line, self._language) for line in lines if line]
        if len(lines) > (MOST_LINES if self._editable.has_lines else 1):
            most = f"{MOST_LINES} lignes au plus" if self._editable.has_lines else "une seule ligne"
            raise forms.ValidationError(f"Écrivez {most}.")
        text = "\n".join(lines)
        if _TAG.search(text):
            raise forms.ValidationError(
                "Écrivez du texte simple, sans balise\u00a0: ni «\u00a0<\u00a0» ni «\u00a0>\u00a0»."
            )
        if len(text) > self.most_characters:
            raise forms.ValidationError(f"Le texte dépasse {self.most_characters} caractères.")
        self._check_placeholders(text)
        return text

    def _check_placeholders(self, text):
        wanted = set(_PLACEHOLDER.findall(self._editable.text(self._language)))
        found = set(_PLACEHOLDER.findall(text))
        if lost := sorted(wanted - found):
            raise forms.ValidationError(f"Gardez {', '.join(lost)}, que la page remplace.")
        if unknown := sorted(found - wanted):
            raise forms.ValidationError(f"Ôtez {', '.join(unknown)}\u00a0: rien ne le remplace ici.")
        # Of a text that is filled, any other percent sign would be taken for a placeholder.
        if self._editable.is_filled and "%" in _PLACEHOLDER.sub("", text).replace("%%", ""):
            raise forms.ValidationError("Pour un signe «\u00a0%\u00a0», écrivez «\u00a0%%\u00a0».")
