"""What who handles a report says: a note, whose it is, an answer, the end."""

from django import forms
from django.contrib.auth.models import User
from django.db.models import Q

from accounts.roles import HANDLE_REPORTS
from reports.models import Report

_MOST_CHARACTERS = 5_000


def _people():
    """Those of the desk who may handle reports."""
    codename = HANDLE_REPORTS.partition(".")[2]
    may = (
        Q(is_superuser=True)
        | Q(groups__permissions__codename=codename)
        | Q(user_permissions__codename=codename)
    )
    return User.objects.filter(may, is_active=True, is_staff=True).distinct().order_by("username")


def _text(label, rows=3, **options):
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=_MOST_CHARACTERS, widget=widget, **options)


class NoteForm(forms.Form):
    text = _text("Note interne")


class AssignForm(forms.Form):
    to = forms.ModelChoiceField(None, label="Confié à", required=False, empty_label="personne")

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["to"].queryset = _people()


class AnswerForm(forms.Form):
    text = _text(
        "Réponse",
        rows=8,
        help_text="Elle part telle quelle, après une ligne qui rappelle le jour et le numéro du signalement.",
    )


class EndForm(forms.Form):
    state = forms.ChoiceField(
        label="Suite",
        choices=[
            (Report.State.ANSWERED, "répondu autrement, ou corrigé"),
            (Report.State.DISMISSED, "clos sans suite"),
        ],
    )
    reason = _text("Motif", rows=2)


class ReopenForm(forms.Form):
    reason = _text("Motif", rows=2)


# {what is done: its form}, under the names that addresses give them.
FORMS = {
    "confier": AssignForm,
    "noter": NoteForm,
    "repondre": AnswerForm,
    "clore": EndForm,
    "rouvrir": ReopenForm,
}
