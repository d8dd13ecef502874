"""What the page is asked: a file, and what neither it nor its name says."""

from dataclasses import replace

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from deliveries.archives import is_larger_than
from deliveries.candidates import File
from deliveries.cells import cohort_code
from deliveries.unpacking import FILE_NAMES, unpacked
from pages.file_check.limits import MOST_BYTES, MOST_UNPACKED_BYTES


class FileForm(forms.Form):
    fichier = forms.FileField(
        label=_("Fichier"),
        widget=forms.FileInput(attrs={"accept": FILE_NAMES}),
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
        content = upload.read()
        if is_larger_than(content, MOST_UNPACKED_BYTES):
            raise forms.ValidationError(gettext("Décompressé, le fichier dépasse 100 Mo."))
        files = list(unpacked([File(upload.name, content)]))
        if len(files) > 1:
            raise forms.ValidationError(
                gettext("Cette archive contient %(count)s fichiers\u00a0: donnez-les un par un."),
                params={"count": len(files)},
            )
        return files[0]

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
        return replace(self.cleaned_data["fichier"], cohort=self.cleaned_data["cohorte"])
