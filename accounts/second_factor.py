"""The second factor: a code that a telephone makes, and codes on paper for the day when it is lost.

Who has powers (`roles.needs_second_factor`) cannot come in without it, and sets it up at the first sign-in; whoever has
set it up is asked for it. The secret stays in the session until a first code proves that the telephone has it.
"""

import time
from base64 import b32encode
from binascii import unhexlify

import django_otp
import segno
from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import get_random_string, salted_hmac
from django.utils.safestring import mark_safe
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice, default_key

from accounts.events import record
from accounts.models import Event
from accounts.roles import needs_second_factor
from accounts.sign_in import complete
from accounts.throttling import wait_sentence

_KEY = "secret_du_second_facteur"
_RECOVERY_CODES = 10
# Letters and digits that are not taken for one another.
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
_DIGITS = 6


class CodeForm(forms.Form):
    code = forms.CharField(
        label="Code",
        max_length=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autofocus": True, "spellcheck": "false"}
        ),
    )

    def clean_code(self):
        return "".join(self.cleaned_data["code"].split()).replace("-", "").lower()


def is_missing(user):
    """Whether somebody who gave a password must still give a second factor."""
    # Who has just given a password in this request was not seen by the middleware of django_otp.
    if getattr(user, "otp_device", None) is not None:
        return False
    return needs_second_factor(user) or TOTPDevice.objects.devices_for_user(user, confirmed=True).exists()


def _is_half_signed_in(request):
    return request.user.is_active and request.user.is_staff and is_missing(request.user)


def ask_code(site, request):
    """The code of the telephone, or a recovery code, after the password."""
    if not request.user.is_authenticated or not _is_half_signed_in(request):
        return HttpResponseRedirect(site.next_of(request))
    if not TOTPDevice.objects.devices_for_user(request.user, confirmed=True).exists():
        return site.to_page(request, "admin:second_factor_enrol")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        device, fault = _matching_device(request.user, form.cleaned_data["code"])
        if device:
            _verify(request, device)
            return HttpResponseRedirect(site.next_of(request))
        form.add_error("code", fault)
    context = {"title": "Second facteur", "form": form, "next": site.next_of(request)}
    return _page(site, request, "admin/accounts/second_factor.html", context)


def _matching_device(user, code):
    """(the device that accepts a code, None) or (None, why not). A code serves once, even to two requests at once."""
    model = TOTPDevice if code.isdecimal() and len(code) == _DIGITS else StaticDevice
    fault = "Ce code n’est pas le bon, ou il a déjà servi."
    with transaction.atomic():
        for device in model.objects.select_for_update().filter(user=user, confirmed=True):
            allowed, why = device.verify_is_allowed()
            if not allowed:
                seconds = int((why["locked_until"] - timezone.now()).total_seconds()) + 1
                fault = wait_sentence(seconds)
            elif device.verify_token(code if model is TOTPDevice else _kept_form(code)):
                return device, None
    return None, fault


def _verify(request, device):
    """Mark the session as that of somebody who gave a second factor, under a new key."""
    request.session.cycle_key()
    django_otp.login(request, device)
    if isinstance(device, StaticDevice):
        left = device.token_set.count()
        record(Event.Kind.RECOVERY_CODE_USED, request.user, request.user, restants=left)
        messages.warning(request, f"Codes de secours restants\u00a0: {left}.")
    complete(request)


def enrol(site, request):
    """Show a new secret, as a drawing and as text; once a code of it comes back, show the recovery codes.

    Open to who must have a second factor, after the password, and to who would like one.
    """
    if not (request.user.is_active and request.user.is_staff):
        return HttpResponseRedirect(site.next_of(request))
    if TOTPDevice.objects.devices_for_user(request.user, confirmed=True).exists():
        return HttpResponseRedirect(reverse("admin:second_factor"))
    form = CodeForm(request.POST or None)
    key = request.session.setdefault(_KEY, default_key())
    if request.method == "POST" and form.is_valid():
        if device := _enrolled(request.user, key, form.cleaned_data["code"]):
            del request.session[_KEY]
            record(Event.Kind.FACTOR_ENROLLED, request.user, request.user)
            _verify(request, device)
            context = {"title": "Codes de secours", "codes": _recovery_codes(request.user)}
            context["next"] = site.next_of(request)
            return _page(site, request, "admin/accounts/recovery_codes.html", context)
        form.add_error("code", "Ce code n’est pas le bon. Vérifiez l’heure du téléphone.")
    device = TOTPDevice(user=request.user, key=key)
    context = {
        "title": "Mettre en place le second facteur",
        "form": form,
        "next": site.next_of(request),
        "drawing": _drawing(device.config_url),
        "secret": _secret(key),
    }
    return _page(site, request, "admin/accounts/enrol.html", context)


def _enrolled(user, key, code):
    """The device of a secret whose present code was given, None when it is another code."""
    totp = TOTP(unhexlify(key))
    totp.time = time.time()
    if not (code.isdecimal() and totp.verify(int(code), tolerance=1)):
        return None
    return TOTPDevice.objects.create(
        user=user, name="téléphone", key=key, last_t=totp.t(), drift=totp.drift, last_used_at=timezone.now()
    )


def _recovery_codes(user):
    """New recovery codes, in clear this once: what is kept of them does not give them back."""
    StaticDevice.objects.filter(user=user).delete()
    device = StaticDevice.objects.create(user=user, name="codes de secours")
    codes = [get_random_string(10, _ALPHABET) for _ in range(_RECOVERY_CODES)]
    for code in codes:
        device.token_set.create(token=_kept_form(code))
    return [f"{code[:5]}-{code[5:]}" for code in codes]


def _kept_form(code):
    return salted_hmac("accounts.second_factor", code, algorithm="sha256").hexdigest()[:16]


def _drawing(address):
    """A QR code as SVG without any style, which the content security policy would refuse."""
    drawing = segno.make_qr(address, error="m").svg_inline(
        omitsize=True, light="#fff", title="Code à photographier", svgclass=None, lineclass=None
    )
    return mark_safe(drawing)


def _secret(key):
    """The secret as applications want it typed, by groups of four letters."""
    text = b32encode(unhexlify(key)).decode().rstrip("=")
    return " ".join(text[place : place + 4] for place in range(0, len(text), 4))


def reset(user):
    """Take the second factor of somebody away, with the recovery codes."""
    TOTPDevice.objects.filter(user=user).delete()
    StaticDevice.objects.filter(user=user).delete()


def change(site, request):
    """Start again with another telephone: the former one and its recovery codes are worth nothing any more."""
    if request.method == "POST":
        reset(request.user)
        record(Event.Kind.FACTOR_RESET, request.user, request.user)
        request.session.pop(django_otp.DEVICE_ID_SESSION_KEY, None)
        # The next request finds no device: it is sent to the page that sets one up.
        return HttpResponseRedirect(reverse("admin:second_factor_enrol"))
    return _page(site, request, "admin/accounts/change_factor.html", {"title": "Changer de second facteur"})


def _page(site, request, template, context):
    """A page for somebody who may not be wholly in: no menu, no list of applications."""
    shared = {**site.each_context(request), "is_nav_sidebar_enabled": False}
    return TemplateResponse(request, template, shared | context)
