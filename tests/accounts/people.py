"""People of the desk for tests: who they are, and the codes of their telephones."""

import time

from django.contrib.auth.models import Group, User
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

PASSWORD = "une phrase de passe"
LOGIN, INDEX = "/gestion/login/", "/gestion/"
FACTOR, ENROL = "/gestion/second-facteur/", "/gestion/second-facteur/installer/"


def person(role, name="camille@example.org", **fields):
    user = User.objects.create_user(name, email=name, password=PASSWORD, is_staff=True, **fields)
    user.groups.add(Group.objects.get(name=role))
    return user


def with_telephone(user):
    return TOTPDevice.objects.create(user=user, name="téléphone")


def code_of(key, steps=0):
    """The six digits of a telephone now, or so many half minutes later."""
    totp = TOTP(bytes.fromhex(key))
    totp.time = time.time() + 30 * steps
    return f"{totp.token():06}"


def give_password(client, user, password=PASSWORD, **headers):
    return client.post(LOGIN, {"username": user.username, "password": password, "next": INDEX}, **headers)
