"""Signing in to the desk by a password, slowed down for whoever tries many."""

import logging

from django import forms
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth import get_user_model
from django.views.decorators.debug import sensitive_variables

from accounts.events import forget_old, record
from accounts.models import Event
from accounts.throttling import FREE_TRIES, SignInTries, sign_in_try, wait_sentence

_log = logging.getLogger("django.security.gestion")


class SignInForm(AdminAuthenticationForm):
    """Identifier and password. Every answer costs one hash of a password, or none when whoever asks must wait."""

    error_messages = {
        "invalid_login": "Identifiant ou mot de passe incorrect. Majuscules et minuscules comptent.",
        "inactive": "Identifiant ou mot de passe incorrect. Majuscules et minuscules comptent.",
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["username"].label = "Identifiant ou adresse électronique"

    def clean_username(self):
        """Identifiers that are e-mail addresses are kept in small letters."""
        username = self.cleaned_data["username"]
        return username.lower() if "@" in username else username

    @sensitive_variables()
    def clean(self):
        username = self.cleaned_data.get("username")
        if username is None or not self.cleaned_data.get("password"):
            return self.cleaned_data
        attempt = sign_in_try(self.request, username)
        if seconds := attempt.begin():
            _log.warning("Connexion à la gestion refusée sans essai : attente de %d s", seconds)
            raise forms.ValidationError(wait_sentence(seconds), code="throttled")
        try:
            cleaned = super().clean()
        except forms.ValidationError:
            _tell_failure(username, attempt)
            raise
        attempt.succeed()
        return cleaned


def _tell_failure(username, attempt):
    """Log a wrong password; the journal gets the moment when somebody's tries begin to be slowed down.

    What was typed for an unknown account is not written: it may be a password. Nor is the address, which the proxy in
    front of the portal may keep.
    """
    account = get_user_model().objects.filter(username=username).first()
    _log.warning("Connexion à la gestion refusée : %s", account or "compte inconnu")
    failures = (
        SignInTries.objects.filter(key__in=attempt.clear[:1]).values_list("failures", flat=True).first()
    )
    if account and failures == FREE_TRIES["compte et réseau"]:
        record(Event.Kind.SLOWED_DOWN, about=account)


def complete(request):
    """Note in the journal that somebody came in, whatever it took."""
    forget_old()
    record(
        Event.Kind.SIGNED_IN,
        request.user,
        second_facteur=getattr(request.user, "otp_device", None) is not None,
    )
