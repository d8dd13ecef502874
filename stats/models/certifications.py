"""What the Exposition API says of a code: the nomenclature as its callers have known it for years."""

from django.db import models


class Certification(models.Model):
    """A code (CFD, MEFSTAT11 or SISE) with its official labels, dates, renewals and family.

    Made again with the nomenclature (`deliveries.reference_tables.certifications`), in the order of its tables: callers page
    through them. Moments are those of the source, a day being its midnight in Paris.
    """

    class Kind(models.TextChoices):
        CFD = "cfd", "diplôme"
        MEF = "mef", "année de formation"
        SISE = "sise", "diplôme de l’enseignement supérieur"

    code = models.CharField("code", max_length=11, unique=True)
    kind = models.CharField("sorte", max_length=4, choices=Kind)
    diploma = models.CharField("code formation diplôme", max_length=8, blank=True)
    label = models.CharField("libellé", max_length=255)
    long_label = models.CharField("libellé long", max_length=255)
    former_label = models.CharField("ancien libellé", max_length=255, blank=True)
    level_code = models.CharField("niveau", max_length=2, blank=True)
    level_label = models.CharField("type de diplôme", max_length=150, blank=True)
    opened_at = models.DateTimeField("ouverture", null=True)
    closed_at = models.DateTimeField("fermeture", null=True)
    first_session = models.CharField("première session", max_length=4, blank=True)
    last_session = models.CharField("dernière session", max_length=4, blank=True)
    former = models.JSONField("anciens diplômes", default=list, blank=True)
    new = models.JSONField("nouveaux diplômes", default=list, blank=True)
    family = models.JSONField(
        "famille de métiers", null=True, help_text="Code, libellé, et si c’est l’année commune."
    )
    type_code = models.CharField("niveau de formation", max_length=3, blank=True)
    speciality = models.CharField("groupe de spécialité", max_length=3, blank=True)
    speciality_letter = models.CharField("lettre de spécialité", max_length=1, blank=True)
    is_listed = models.BooleanField(
        default=True, help_text="Faux pour un code que les chiffres seuls font connaître."
    )

    class Meta:
        verbose_name = "certification"
        ordering = ["id"]

    def __str__(self):
        return self.code
