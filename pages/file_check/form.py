"""What the page is asked: a file, and what neither it nor its name says."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from deliveries.candidates import File
from deliveries.cells import cohort_code
from pages.file_check.limits import MOST_BYTES


class FileForm(forms.Form):
    fichier = forms.FileField(
        label=_("Fichier"),
        error_messages={
            "required": _("Choisissez un fichier."),
            "empty": _("Le fichier est vide."),
        },
    )
    cohorte = forms.CharField(
        label=_("Cohorte ou rentrée, si ni le fichier ni son nom ne la disent\u00a0: 2022_2023, ou 2025"),
        required=False,
        max_length=9,
        widget=forms.TextInput(attrs={"class": "fr-input", "autocomplete": "off"}),
    )

    def clean_fichier(self):
        upload = self.cleaned_data["fichier"]
        if upload.size > MOST_BYTES:
            raise forms.ValidationError(gettext("Le fichier dépasse 10 Mo."))
        return upload

    def clean_cohorte(self):
        cohort = self.cleaned_data["cohorte"].strip()
        if cohort and cohort_code(cohort) != cohort:
            raise forms.ValidationError(
                gettext(
                    "Écrivez une année, «\u00a02023\u00a0», ou deux qui se suivent, «\u00a02022_2023\u00a0»."
                )
            )
        return cohort

    def file(self):
        """The file to check."""
        upload = self.cleaned_data["fichier"]
        return File(upload.name, upload.read(), cohort=self.cleaned_data["cohorte"])
