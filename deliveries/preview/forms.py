"""What is asked of a preview: which lines, which page, which schools see theirs and until when."""

import re
from datetime import timedelta

from django import forms
from django.utils import timezone

from deliveries.preview.compare import Status
from deliveries.preview.kept import Filter, Lines
from deliveries.preview.models import PreviewPage
from deliveries.preview.page import CODES, LABELS
from establishments.models import School
from establishments.uai import fault
from stats.indicators import INDICATORS

_EVERY = [("", "Tous")]
_STATUSES = {code: status for status, code in CODES.items()}
# The longest that a link may be open, and how many schools are named at once.
_LONGEST = timedelta(days=31)
_MOST_SCHOOLS = 200


class FilterForm(forms.Form):
    changement = forms.ChoiceField(
        label="Changement",
        required=False,
        choices=[*_EVERY, *((CODES[status], LABELS[status].capitalize()) for status in Status)],
    )
    indicateur = forms.ChoiceField(
        label="Indicateur", required=False, choices=[*_EVERY, *((i.name, i.label) for i in INDICATORS)]
    )
    region = forms.ChoiceField(label="Région", required=False, choices=[("", "Toutes")])
    etablissement = forms.CharField(
        label="Établissement (UAI)", required=False, max_length=20, widget=forms.TextInput(attrs={"size": 12})
    )
    formation = forms.CharField(
        label="Formation (code)", required=False, max_length=20, widget=forms.TextInput(attrs={"size": 12})
    )
    inhabituels = forms.BooleanField(label="Inhabituels seulement", required=False)
    anciennes = forms.BooleanField(label="Avec les cohortes anciennes", required=False)
    reprises = forms.BooleanField(label="À chaque endroit où le chiffre est montré", required=False)

    def offer_regions(self, lines: Lines) -> None:
        """Offer the regions that have a line."""
        names = sorted({str(name) for name in lines.regions if name})
        self.fields["region"].choices = [("", "Toutes"), *((name, name) for name in names)]

    def filter(self) -> Filter:
        """What is asked for; a value that means nothing is as none."""
        self.is_valid()
        values = self.cleaned_data
        return Filter(
            status=_STATUSES.get(values.get("changement", "")),
            indicator=values.get("indicateur", ""),
            region=values.get("region", ""),
            school=values.get("etablissement", "").strip().upper(),
            course=values.get("formation", "").strip().upper(),
            is_unusual=values.get("inhabituels", False),
            with_former=values.get("anciennes", False),
            with_repeats=values.get("reprises", False),
        )


class PageForm(forms.Form):
    kind = forms.ChoiceField(label="Page", choices=PreviewPage.Kind)
    code = forms.RegexField(
        r"^\s*[0-9A-Za-z]{7,8}\s*$",
        label="UAI de l’établissement, ou code de la formation",
        error_messages={
            "invalid": "Écrivez un UAI, «\u00a00350001A\u00a0», ou un code de formation, «\u00a050022139\u00a0»."
        },
    )

    def clean_code(self):
        return self.cleaned_data["code"].strip().upper()


class LinksForm(forms.Form):
    schools = forms.CharField(
        label="Établissements (UAI)",
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Un ou plusieurs, séparés par une espace, une virgule ou un retour à la ligne.",
    )
    until = forms.DateTimeField(
        label="Ouverts jusqu’au",
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text="Heure de Paris. La publication les ferme, si elle vient avant.",
    )

    def __init__(self, *args, names, **kwargs):
        """names: {UAI: name} of the schools that the delivery names and the portal does not know yet."""
        super().__init__(*args, **kwargs)
        self._names = names

    def clean_schools(self):
        """{UAI: name}"""
        codes = list(dict.fromkeys(filter(None, re.split(r"[\s,;]+", self.cleaned_data["schools"].upper()))))
        if len(codes) > _MOST_SCHOOLS:
            raise forms.ValidationError(f"Au plus {_MOST_SCHOOLS}\u00a0établissements à la fois.")
        if wrong := [code for code in codes if fault(code)]:
            raise forms.ValidationError(f"Ce ne sont pas des UAI\u00a0: {', '.join(wrong[:10])}.")
        names = self._names | dict(School.objects.filter(pk__in=codes).values_list("pk", "name"))
        if unknown := [code for code in codes if code not in names]:
            raise forms.ValidationError(
                f"Établissements inconnus du portail\u00a0: {', '.join(unknown[:10])}."
            )
        return {code: names[code] for code in codes}

    def clean_until(self):
        until = self.cleaned_data["until"]
        if until <= timezone.now():
            raise forms.ValidationError("Choisissez un moment à venir.")
        if until > timezone.now() + _LONGEST:
            raise forms.ValidationError(f"Au plus {_LONGEST.days}\u00a0jours.")
        return until
