"""What is kept of the people of the desk: invitations, open sessions, tries to sign in, and the journal of it."""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.models import Group
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils import timezone
from django.utils.crypto import get_random_string, salted_hmac

from accounts.hash_chain import START


class JournalHead(models.Model):
    """Where a chained journal stands: what its oldest entry follows, how many entries it has, its last digest.

    Without it, deleting the newest entries would not show.
    """

    name = models.CharField("journal", max_length=20, primary_key=True)
    first = models.CharField("empreinte de départ", max_length=64, default=START)
    last = models.CharField("dernière empreinte", max_length=64, default=START)
    entries = models.PositiveBigIntegerField("entrées", default=0)

    class Meta:
        verbose_name = "tête de journal"
        verbose_name_plural = "têtes de journal"
        default_permissions = ()

    def __str__(self):
        return self.name


class Desk(models.Model):
    """No table: it holds the permissions of the desk that are not about the rows of one model (`accounts.roles`)."""

    class Meta:
        managed = False
        default_permissions = ()
        verbose_name = "espace de gestion"
        permissions = [
            ("approve_delivery", "Publier ce qui a été préparé"),
            ("withdraw_figure", "Retirer le chiffre d’un établissement, ou le dire contesté"),
            ("edit_texts", "Changer les textes des explications"),
            ("handle_reports", "Traiter les erreurs que des visiteurs signalent"),
            ("read_journal", "Lire, vérifier et exporter les journaux"),
            ("manage_people", "Inviter, donner un rôle, ôter un accès"),
        ]

    def __str__(self):
        return self._meta.verbose_name


def _nonce():
    return get_random_string(32)


def _end_of_invitation():
    return timezone.now() + timedelta(days=settings.INVITATION_DAYS)


class Invitation(models.Model):
    """Somebody asked by e-mail to make an account; accepted once, before `expires_at`."""

    email = models.EmailField("adresse électronique")
    roles = models.ManyToManyField(Group, verbose_name="rôles")
    invited_by = models.CharField("invité par", max_length=200, editable=False)
    created_at = models.DateTimeField("le", auto_now_add=True)
    expires_at = models.DateTimeField("jusqu’au", default=_end_of_invitation, editable=False)
    accepted_at = models.DateTimeField("acceptée le", null=True, editable=False)
    nonce = models.CharField(max_length=32, default=_nonce, editable=False)

    class Meta:
        default_permissions = ()
        ordering = ["-created_at"]

    def __str__(self):
        return self.email

    @property
    def is_open(self):
        return self.accepted_at is None and self.expires_at > timezone.now()


class OpenSession(AbstractBaseSession):
    """A session of Django with what its owner needs to recognise it. No address of a network is kept."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="sessions")
    signed_in_at = models.DateTimeField("ouverte le", null=True)
    seen_at = models.DateTimeField("vue le", null=True)
    browser = models.CharField("navigateur", max_length=40, blank=True)

    class Meta:
        default_permissions = ()
        verbose_name = "session ouverte"
        verbose_name_plural = "sessions ouvertes"
        ordering = ["-seen_at"]

    def __str__(self):
        return self.browser

    @classmethod
    def get_session_store_class(cls):
        from accounts.session_store import SessionStore

        return SessionStore

    @property
    def name(self):
        """Names the session in a form: its key opens it, and is shown to nobody."""
        return salted_hmac("accounts.sessions", self.session_key).hexdigest()[:16]


class SignInTries(models.Model):
    """Wrong passwords of late, counted by account, by network, and by both. The key is a keyed hash of them."""

    key = models.CharField(max_length=64, primary_key=True)
    failures = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField(db_index=True, default=timezone.now)

    class Meta:
        default_permissions = ()
        verbose_name = "essais de connexion"
        verbose_name_plural = "essais de connexion"

    def __str__(self):
        return f"{self.failures}"


class Event(models.Model):
    """Something that happened to people and their rights: an entry of a journal chained by hash."""

    class Kind(models.TextChoices):
        SIGNED_IN = "connexion", "connexion"
        SLOWED_DOWN = "essais", "mots de passe faux en série"
        INVITED = "invitation", "invitation"
        INVITATION_CANCELLED = "annulation", "invitation annulée"
        JOINED = "arrivee", "compte créé"
        ROLES_CHANGED = "roles", "rôles changés"
        ACCESS_CHANGED = "acces", "accès changé"
        PASSWORD_CHANGED = "motdepasse", "mot de passe changé"
        FACTOR_ENROLLED = "facteur", "second facteur mis en place"
        FACTOR_RESET = "facteur_ote", "second facteur ôté"
        RECOVERY_CODE_USED = "secours", "code de secours utilisé"
        SESSIONS_ENDED = "sessions", "sessions fermées"
        LINK_MADE = "lien", "lien donné à un établissement"
        LINK_REVOKED = "lien_retire", "lien d’un établissement retiré"
        LINK_VIEWED = "lien_vu", "lien d’un établissement ouvert"
        REPORT = "signalement", "erreur signalée"
        TEXT = "texte", "texte des pages changé"

    at = models.DateTimeField("le", default=timezone.now)
    kind = models.CharField("quoi", max_length=12, choices=Kind)
    who = models.CharField("par", max_length=200, blank=True)
    about = models.CharField("pour", max_length=200, blank=True)
    details = models.JSONField("précisions", default=dict)
    previous = models.CharField("empreinte de l’entrée d’avant", max_length=64)
    digest = models.CharField("empreinte", max_length=64)

    class Meta:
        default_permissions = ()
        verbose_name = "événement"
        ordering = ["-id"]

    def __str__(self):
        return f"{self.get_kind_display()} {self.about or self.who}"
