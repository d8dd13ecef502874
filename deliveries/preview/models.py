"""What is kept of a preview: its lines, the pages rendered from the prepared delivery, the links given to schools."""

from django.conf import settings
from django.db import models


class Preview(models.Model):
    """What a submission changes for families, as its last check found it.

    version: number of the version of the data that it compares with. summary: what `summary.summarise` returns, {} where the check could
    not tell. lines: what `kept.encode` returns.
    """

    submission = models.OneToOneField("deliveries.Submission", models.CASCADE, related_name="preview")
    version = models.PositiveBigIntegerField("version des données")
    made_at = models.DateTimeField("calculé le", auto_now_add=True)
    summary = models.JSONField("résumé", default=dict)
    lines = models.BinaryField()

    class Meta:
        verbose_name = "aperçu"
        verbose_name_plural = "aperçus"
        default_permissions = ()

    def __str__(self):
        return f"Aperçu du dépôt n°\u00a0{self.submission_id}"


class PreviewPage(models.Model):
    """A public page as it would be, rendered from the prepared delivery; nobody asks for it twice.

    code: of a diploma or UAI. is_of_school_only: whether the only figures of the delivery in it are those of that school, for a link given
    to it. content: the page, sealed (`sealing.seal`) and compressed; None while it waits to be rendered. exists: whether there would be
    such a page.
    """

    class Kind(models.TextChoices):
        COURSE = "formation", "formation"
        SCHOOL = "etablissement", "établissement"

    submission = models.ForeignKey("deliveries.Submission", models.CASCADE, related_name="preview_pages")
    kind = models.CharField("sorte", max_length=13, choices=Kind)
    code = models.CharField("code", max_length=8)
    is_of_school_only = models.BooleanField(default=False)
    content = models.BinaryField(null=True)
    exists = models.BooleanField(default=True)
    rendered_at = models.DateTimeField("préparée le", null=True)

    class Meta:
        verbose_name = "page d’un aperçu"
        verbose_name_plural = "pages d’un aperçu"
        default_permissions = ()
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "kind", "code", "is_of_school_only"], name="one_preview_of_a_page"
            )
        ]

    def __str__(self):
        return f"{self.kind} {self.code}"


class SchoolLink(models.Model):
    """A link by which a school sees its own page before it is published.

    digest: SHA-256 of the token of its address, which is kept nowhere. made_by, made_by_name: who made it, with the name of that moment.
    """

    submission = models.ForeignKey("deliveries.Submission", models.CASCADE, related_name="school_links")
    school = models.CharField("UAI", max_length=8)
    school_name = models.CharField("établissement", max_length=255)
    digest = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    made_by_name = models.CharField("fait par", max_length=200)
    made_at = models.DateTimeField("fait le", auto_now_add=True)
    expires_at = models.DateTimeField("jusqu’au")
    revoked_at = models.DateTimeField("retiré le", null=True)
    views = models.PositiveIntegerField("vues", default=0)
    viewed_at = models.DateTimeField("vu le", null=True)

    class Meta:
        verbose_name = "lien d’un établissement"
        verbose_name_plural = "liens des établissements"
        default_permissions = ()
        ordering = ["-pk"]

    def __str__(self):
        return f"{self.school} {self.school_name}"
