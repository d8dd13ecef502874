"""What a data manager says of a notice: which figures, withdrawn or contested, in which words, and why."""

from typing import Any

from django import forms

from stats.indicators import BY_NAME
from stats.models import FigureNotice
from stats.models.notices import DEFAULT_SENTENCES, LONGEST_SENTENCE

EVERYTHING, WHOLE = FigureNotice.Scope.SCHOOL.value, FigureNotice.Scope.WHOLE.value


class NoticeForm(forms.Form):
    """The figures of one school. choices: {field: its pairs (value, label)}, from what the school publishes."""

    kind = forms.ChoiceField(
        label="Que faire de ces chiffres\u00a0?",
        widget=forms.RadioSelect,
        choices=[
            (FigureNotice.Kind.WITHDRAWN.value, "Les retirer\u00a0: ils ne sont plus montrés nulle part"),
            (
                FigureNotice.Kind.CONTESTED.value,
                "Les dire contestés\u00a0: ils restent, avec une phrase à côté",
            ),
        ],
    )
    target = forms.ChoiceField(label="De quelle formation\u00a0?")
    route = forms.ChoiceField(label="De quelle voie\u00a0?", required=False)
    cohort = forms.ChoiceField(label="De quelle cohorte\u00a0?", required=False)
    figures = forms.MultipleChoiceField(
        label="Lesquels\u00a0? Aucune case cochée\u00a0: tous",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    sentence = forms.CharField(
        label="Phrase montrée au public",
        required=False,
        max_length=LONGEST_SENTENCE,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=(
            "Elle est sur les pages, dans les fichiers et les API. Laissez vide pour la phrase proposée\u00a0: "
            f"«\u00a0{DEFAULT_SENTENCES[FigureNotice.Kind.WITHDRAWN]}\u00a0» ou "
            f"«\u00a0{DEFAULT_SENTENCES[FigureNotice.Kind.CONTESTED]}\u00a0»"
        ),
    )
    reason = forms.CharField(
        label="Motif",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Pourquoi, et à la demande de qui\u00a0: le journal le garde, le public ne le lit pas.",
    )

    def __init__(self, *args: Any, choices: dict[str, list[tuple[str, str]]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, pairs in choices.items():
            self.fields[name].choices = pairs

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        # On one line, so that no file has a cell of two.
        said["sentence"] = " ".join(said.get("sentence", "").split())
        if not said["sentence"] and said.get("kind"):
            said["sentence"] = DEFAULT_SENTENCES[FigureNotice.Kind(said["kind"])]
        return said

    def notice(self, uai: str) -> FigureNotice:
        """The notice that a valid form asks for, not saved."""
        said = self.cleaned_data
        target = said["target"]
        is_course = target not in {EVERYTHING, WHOLE}
        return FigureNotice(
            kind=said["kind"],
            uai=uai,
            scope=FigureNotice.Scope.COURSE if is_course else target,
            course=target if is_course else "",
            route=said["route"],
            cohort=said["cohort"],
            figures=[name for name in BY_NAME if name in said["figures"]],
            sentence=said["sentence"],
            reason=said["reason"],
        )


class EndForm(forms.Form):
    reason = forms.CharField(
        label="Motif",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Pourquoi ces chiffres reviennent\u00a0: le journal le garde.",
    )


class SchoolForm(forms.Form):
    q = forms.CharField(label="UAI, ou mots du nom de l’établissement", max_length=100, required=False)
