"""What a data manager says of the files that she sends."""

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from deliveries.cells import cohort_code
from deliveries.fetching import catalogue
from deliveries.sources import ALL
from deliveries.unpacking import FILE_NAMES

SOURCE_LABELS = {source.name: source.label for source in ALL}


class _FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True

    def __init__(self):
        super().__init__({"accept": FILE_NAMES})


class _FilesField(forms.FileField):
    widget = _FilesInput

    def clean(self, data, initial=None):
        if not isinstance(data, list | tuple):
            data = [data]
        return [super(_FilesField, self).clean(upload, initial) for upload in data or [None]]


class _ReceivingForm(forms.Form):
    """A form that holds files, or names those that were sent before it, in pieces."""

    def __init__(self, *args, sent=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.sent = list(sent)
        self.fields["files"].required = not self.sent

    def clean_files(self):
        return [*filter(None, self.cleaned_data["files"]), *self.sent]


class FileForm(forms.Form):
    """What the header of a file does not say."""

    source = forms.ChoiceField(
        label=_("Source"),
        required=False,
        choices=[("", _("La reconnaître à l’en-tête")), *SOURCE_LABELS.items()],
    )
    cohort = forms.RegexField(
        r"^20\d\d(_20\d\d)?$",
        label=_("Cohorte ou rentrée"),
        required=False,
        help_text=_("Seulement si elle n’est ni dans le fichier ni dans son nom\u00a0: 2022_2023, ou 2025."),
        error_messages={
            "invalid": _("Écrivez une année, «\u00a02023\u00a0», ou deux, «\u00a02022_2023\u00a0».")
        },
    )

    def clean_cohort(self):
        cohort = self.cleaned_data["cohort"]
        if cohort and not cohort_code(cohort):
            raise forms.ValidationError(gettext("Les deux années d’une cohorte se suivent."))
        return cohort


class SubmissionForm(_ReceivingForm, FileForm):
    field_order = ["files", "source", "cohort", "note"]

    files = _FilesField(
        label=_("Fichiers"),
        help_text=_(
            "Un ou plusieurs, choisis ou glissés ici, tels que leur producteur les publie\u00a0: CSV, JSON, "
            "JSON par lignes, classeur XLSX, ODS ou XLS, ou une archive ZIP ou GZ de ces fichiers."
        ),
        # An empty file is for the checks to refuse, with the others.
        allow_empty_file=True,
        max_length=255,
    )
    note = forms.CharField(
        label=_("Note"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Pour vos collègues\u00a0: d’où viennent ces fichiers, ce qu’il faut savoir."),
    )


class FetchForm(forms.Form):
    """Which files to fetch, of which cohort where the service asks for one."""

    service = forms.CharField(max_length=60)
    cohort = forms.CharField(required=False, max_length=9)

    def clean(self):
        data = super().clean()
        what = catalogue.by_name(settings.FETCHED_SERVICES).get(data.get("service", ""))
        if what is None:
            raise forms.ValidationError(gettext("Ce service n’est pas configuré."))
        if what.asks_cohort:
            data["cohort"] = cohort_code(data.get("cohort", ""))
            if not data["cohort"]:
                raise forms.ValidationError(gettext("Écrivez la cohorte\u00a0: «\u00a02022_2023\u00a0»."))
        else:
            data["cohort"] = ""
        if what.missing(settings.FETCHED_SERVICES):
            raise forms.ValidationError(gettext("Ce service n’est pas configuré."))
        return data


class TakeBackForm(forms.Form):
    reason = forms.CharField(
        label=_("Motif"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "Pourquoi ces chiffres ne doivent plus être montrés\u00a0: le journal le garde tel quel."
        ),
    )
    # Those that the page listed: others, which came since, must be read about first.
    along = forms.RegexField(r"^\d{1,18}( \d{1,18})*$", required=False, widget=forms.HiddenInput)

    def clean_along(self):
        return [int(number) for number in self.cleaned_data["along"].split()]


class ScheduleForm(forms.Form):
    at = forms.DateTimeField(
        label=_("Publier le"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}),
        help_text=_(
            "Heure de Paris. Le dépôt est publié à ce moment si les contrôles disent encore la même chose."
        ),
    )

    def clean_at(self):
        at = self.cleaned_data["at"]
        if at <= timezone.now():
            raise forms.ValidationError(gettext("Choisissez un moment à venir."))
        return at


class MoreFilesForm(_ReceivingForm):
    files = SubmissionForm.base_fields["files"]
