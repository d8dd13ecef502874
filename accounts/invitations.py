"""Invitations: a link by e-mail, signed, for one account and one time. Nobody else ever knows the password."""

from django import forms
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.contrib.auth.forms import SetPasswordForm
from django.core import signing
from django.core.mail import send_mail
from django.db import transaction
from django.http import HttpResponseRedirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from accounts.events import record
from accounts.models import Event, Invitation

_SALT = "accounts.invitations"


class AcceptForm(SetPasswordForm):
    """Name and chosen password of who accepts an invitation."""

    first_name = forms.CharField(label="Prénom", max_length=150)
    last_name = forms.CharField(label="Nom", max_length=150)
    field_order = ["first_name", "last_name", "new_password1", "new_password2"]

    def save(self, commit=True):
        self.user.first_name = self.cleaned_data["first_name"]
        self.user.last_name = self.cleaned_data["last_name"]
        return super().save(commit)


def token_of(invitation):
    return signing.dumps([invitation.pk, invitation.nonce], salt=_SALT)


def send(invitation, request):
    """Send the link; raises OSError when no server takes the message."""
    address = request.build_absolute_uri(reverse("admin:invitation", args=[token_of(invitation)]))
    context = {"address": address, "invitation": invitation}
    body = render_to_string("admin/accounts/invitation_email.txt", context, request)
    send_mail("Votre accès à la gestion des données", body, None, [invitation.email])


def _open_invitation(token):
    """The invitation of a link, None when it was accepted, cancelled, is too old or is not ours."""
    try:
        key, nonce = signing.loads(token, salt=_SALT)
    except (signing.BadSignature, ValueError):
        return None
    # Two clicks at once: the second waits, then finds it accepted.
    invitation = Invitation.objects.select_for_update().filter(pk=key, nonce=nonce).first()
    if invitation is None or not invitation.is_open:
        return None
    is_known = get_user_model().objects.filter(username=invitation.email).exists()
    return None if is_known else invitation


@transaction.atomic
def accept(site, request, token):
    """Make the account of an invitation, with the password that its owner chooses."""
    invitation = _open_invitation(token)
    context = {**site.each_context(request), "is_nav_sidebar_enabled": False, "title": "Votre compte"}
    if invitation is None:
        page = TemplateResponse(request, "admin/accounts/invitation_over.html", context, status=410)
        return page
    user = get_user_model()(username=invitation.email, email=invitation.email, is_staff=True)
    form = AcceptForm(user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        person = form.save()
        person.groups.set(invitation.roles.all())
        invitation.accepted_at = timezone.now()
        invitation.save(update_fields=["accepted_at"])
        record(Event.Kind.JOINED, person, person, roles=sorted(person.groups.values_list("name", flat=True)))
        messages.success(
            request, "Votre compte est créé. Connectez-vous avec votre adresse et votre mot de passe."
        )
        return HttpResponseRedirect(reverse("admin:login"))
    context |= {"form": form, "email": invitation.email}
    return TemplateResponse(request, "admin/accounts/accept.html", context)
