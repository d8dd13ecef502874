"""The consumers of the APIs (keys, users of the former Exposition API) and their usage by day."""

import hashlib
import secrets

from django.contrib.auth.hashers import check_password, make_password
from django.db import models
from django.db.models import Value
from django.db.models.functions import StrIndex
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext_lazy as _

_PREFIX = 8
# A hash of the former API starts with so many hexadecimal digits.
_FORMER_DIGITS = 128


def key_hash(key):
    """SHA-256 of a key. Keys are long and random, so that one round is enough, and every request pays for it."""
    return hashlib.sha256(key.encode()).hexdigest()


class ApiKeyManager(models.Manager):
    def make(self, label, key=None):
        """Create a key: (`ApiKey`, the key in clear, which is not stored)."""
        key = key or secrets.token_urlsafe(32)
        return self.create(label=label, prefix=key[:_PREFIX], hash=key_hash(key)), key

    def valid(self, key):
        """The active `ApiKey` of this key in clear, None when there is none, or when a database could not hold such a text."""
        if "\0" in key:
            return None
        hashed = key_hash(key)
        candidates = self.filter(prefix=key[:_PREFIX], is_active=True)
        matches = [candidate for candidate in candidates if constant_time_compare(candidate.hash, hashed)]
        return matches[0] if matches else None


class ApiKey(models.Model):
    """A key given to a consumer. The database keeps its hash, and its first characters to find it."""

    label = models.CharField(_("consommateur"), max_length=120, unique=True)
    prefix = models.CharField(_("début de la clé"), max_length=_PREFIX, db_index=True, editable=False)
    hash = models.CharField(max_length=64, editable=False)
    is_active = models.BooleanField(_("active"), default=True)
    created_at = models.DateTimeField(_("créée le"), auto_now_add=True)
    last_used_on = models.DateField(_("dernier appel"), null=True, editable=False)

    objects = ApiKeyManager()

    class Meta:
        db_table = "stats_apikey"
        verbose_name = _("clé d’API")
        verbose_name_plural = _("clés d’API")
        ordering = ["label"]

    def __str__(self):
        return self.label


def is_right_former_password(password, encoded):
    """Whether `password` is that of a hash of the former API: PBKDF2-SHA512, hash$iterations$salt, 64 bytes in hex."""
    digest, iterations, salt = encoded.split("$")
    computed = hashlib.pbkdf2_hmac(
        "sha512", password.encode(), salt.encode(), int(iterations), len(digest) // 2
    )
    return constant_time_compare(computed.hex(), digest)


class ApiUserManager(models.Manager):
    def a_former_password(self):
        """The hash of any password that the former API made, None when there is none left."""
        places = self.annotate(place=StrIndex("password", Value("$")))
        return places.filter(place=_FORMER_DIGITS + 1).values_list("password", flat=True).first()


class ApiUser(models.Model):
    """A user of the former Exposition API, who signs in for a token of one day."""

    username = models.CharField(_("identifiant"), max_length=150, unique=True)
    password = models.CharField(_("mot de passe"), max_length=255)
    is_active = models.BooleanField(_("actif"), default=True)
    created_at = models.DateTimeField(_("créé le"), auto_now_add=True)
    last_used_on = models.DateField(_("dernier appel"), null=True, editable=False)

    objects = ApiUserManager()

    class Meta:
        db_table = "stats_apiuser"
        verbose_name = _("utilisateur de l’API")
        verbose_name_plural = _("utilisateurs de l’API")
        ordering = ["username"]

    def __str__(self):
        return self.username

    @property
    def has_former_password(self):
        """Whether the former API hashed the password: such a hash starts with 128 hexadecimal digits."""
        return self.password.find("$") == _FORMER_DIGITS

    def set_password(self, password):
        self.password = make_password(password)

    def check_password(self, password):
        """Whether the password is right. A hash of the former API, or an outdated one, is replaced on the way."""
        if self.has_former_password:
            is_right = is_right_former_password(password, self.password)
            if is_right:
                self._hash_again(password)
            return is_right
        return check_password(password, self.password, setter=self._hash_again)

    def _hash_again(self, password):
        self.set_password(password)
        self.save(update_fields=["password"])


class UsageDay(models.Model):
    """How many times a consumer made the same request in a day. It holds no IP address and no key."""

    consumer = models.CharField(_("consommateur"), max_length=150, blank=True)
    route = models.CharField(_("route"), max_length=40)
    code = models.CharField(_("certification"), max_length=20, blank=True)
    school = models.CharField("UAI", max_length=8, blank=True)
    region = models.CharField(_("région"), max_length=2, blank=True)
    status = models.PositiveSmallIntegerField(_("réponse"))
    day = models.DateField(_("jour"))
    count = models.PositiveIntegerField(_("appels"), default=0)

    class Meta:
        db_table = "stats_usageday"
        verbose_name = _("appels d’une journée")
        verbose_name_plural = _("appels par jour")
        ordering = ["-day", "consumer", "route"]
        constraints = [
            models.UniqueConstraint(
                fields=["day", "consumer", "route", "code", "school", "region", "status"],
                name="one_usage_day",
            ),
        ]

    def __str__(self):
        return f"{self.day} {self.consumer} {self.route}"
