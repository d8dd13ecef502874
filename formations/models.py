"""What can be studied: diplomas, years of courses, specialities, families of trades, jobs."""

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from formations.querysets import DiplomaTypeQuerySet, RenewalQuerySet


class DiplomaType(models.Model):
    """First three characters of a CFD: level and kind of diploma (500 CAP, 400 bac pro, 320 BTS…)."""

    code = models.CharField("code", max_length=3, primary_key=True)
    short_label = models.CharField("sigle", max_length=30)
    label = models.CharField("libellé", max_length=150)
    official_label = models.CharField("libellé officiel", max_length=150)
    level = models.PositiveSmallIntegerField(
        "niveau", null=True, help_text="Niveau de qualification, de 3 (CAP) à 8 (doctorat)."
    )

    objects = DiplomaTypeQuerySet.as_manager()

    class Meta:
        verbose_name = "type de diplôme"
        verbose_name_plural = "types de diplôme"
        # Two databases place nulls apart unless told, and several types have one sigle.
        ordering = [F("level").asc(nulls_last=True), "short_label", "code"]

    def __str__(self):
        return self.short_label


class Speciality(models.Model):
    """A node of the NSF nomenclature: category (1 digit), domain (2) or group (3), each inside the former."""

    code = models.CharField("code", max_length=3, primary_key=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    label = models.CharField("libellé", max_length=150)
    official_label = models.CharField("libellé officiel", max_length=150)

    class Meta:
        verbose_name = "spécialité"
        verbose_name_plural = "spécialités"
        ordering = ["code"]

    def __str__(self):
        return self.label


class Domain(models.Model):
    """A domain as Onisep names it for families, "santé" then "santé › travail social"."""

    slug = models.SlugField(max_length=120, primary_key=True)
    label = models.CharField("libellé", max_length=120)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")

    class Meta:
        verbose_name = "domaine"
        ordering = ["label", "slug"]

    def __str__(self):
        return self.label


class DiplomaQuerySet(models.QuerySet):
    def with_type(self):
        return self.select_related("type", "speciality")

    def with_page(self):
        """Without the codes that stand for no diploma: "non spécifié" of a domain or of a whole type end in 999."""
        return self.exclude(kind=Diploma.Kind.CFD, code__endswith="999")

    def open(self):
        """Diplomas that one can still enter."""
        return self.filter(Q(closed_on=None) | Q(closed_on__gt=timezone.localdate()))

    def related_to(self, diploma, codes):
        """Open diplomas, of a level next to this one, that share a job, a family of trades, a domain or a speciality.

        codes: those of this diploma and of its chain of renewals. Annotated with shares_job, shares_family and
        shares_domain. Empty where the level of this diploma is unknown.
        """
        level = diploma.type.level if diploma.type else None
        if not level:
            return self.none()
        return (
            self.with_type()
            .with_page()
            .open()
            .filter(kind=diploma.kind, type__level__gte=level - 1, type__level__lte=level + 1)
            .exclude(pk__in=codes)
            .annotate(
                shares_job=_shares(DiplomaJob, "job", codes),
                shares_family=_shares(TradeFamilyMember, "family", codes),
                shares_domain=_shares(DiplomaDomain, "domain", codes),
            )
            .filter(
                Q(shares_job=True)
                | Q(shares_family=True)
                | Q(shares_domain=True)
                | Q(speciality=diploma.speciality_id, speciality__isnull=False)
            )
            .order_by("label", "code")
        )


def _shares(link, name, codes):
    """Whether a diploma is linked by the table `link` to what one of `codes` is linked to."""
    shared = link.objects.filter(diploma__in=codes).values(name)
    return Exists(link.objects.filter(**{f"{name}__in": shared}, diploma=OuterRef("pk")))


class Diploma(models.Model):
    """A diploma with its speciality: the course that a family looks for, whatever the route of training."""

    class Kind(models.TextChoices):
        CFD = "cfd", "code formation diplôme"
        SISE = "sise", "diplôme de l’enseignement supérieur (SISE)"

    code = models.CharField("code", max_length=8, primary_key=True, help_text="CFD ou code SISE.")
    kind = models.CharField(max_length=4, choices=Kind, default=Kind.CFD)
    type = models.ForeignKey(DiplomaType, models.PROTECT, null=True, related_name="diplomas")
    speciality = models.ForeignKey(Speciality, models.PROTECT, null=True, related_name="diplomas")
    label = models.CharField(
        "libellé", max_length=255, help_text="Pour les familles\u00a0: «\u00a0CAP Cuisine\u00a0»."
    )
    official_label = models.CharField("libellé officiel", max_length=255)
    former_label = models.CharField(
        "ancien libellé",
        max_length=255,
        blank=True,
        help_text="Nom sous lequel la formation était connue avant sa rénovation.",
    )
    folded_names = models.TextField(
        blank=True,
        editable=False,
        help_text="Mots de tous ses noms, pour la recherche\u00a0: voir text_folding.",
    )
    slug = models.SlugField(max_length=120)
    opened_on = models.DateField("ouverture", null=True)
    closed_on = models.DateField("fermeture", null=True)
    last_session = models.PositiveSmallIntegerField("dernière session", null=True)
    rncp = models.CharField("RNCP", max_length=10, blank=True)
    former_rncp = models.CharField(
        "anciens numéros RNCP", max_length=255, blank=True, default="", help_text="Séparés par des espaces."
    )
    ideo = models.CharField("identifiant Onisep", max_length=20, blank=True)
    domains = models.ManyToManyField(Domain, through="DiplomaDomain", related_name="diplomas")

    objects = DiplomaQuerySet.as_manager()

    class Meta:
        verbose_name = "formation"
        verbose_name_plural = "formations"
        ordering = ["label", "code"]
        indexes = [models.Index(fields=["slug"]), models.Index(fields=["label"])]

    def __str__(self):
        return self.label

    @property
    def is_closed(self):
        """Whether one can no longer enter it."""
        return bool(self.closed_on and self.closed_on <= timezone.localdate())


class DiplomaDomain(models.Model):
    diploma = models.ForeignKey(Diploma, models.CASCADE)
    domain = models.ForeignKey(Domain, models.CASCADE)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["diploma", "domain"], name="one_domain_link")]

    def __str__(self):
        return f"{self.diploma_id} – {self.domain_id}"


class Renewal(models.Model):
    """A former diploma and a new one, as the official tables link them; a fork has several rows.

    `forks_outside`: an end of the link has another one, to a code that the nomenclature does not hold.
    """

    former = models.ForeignKey(Diploma, models.CASCADE, related_name="renewed_by")
    new = models.ForeignKey(Diploma, models.CASCADE, related_name="renews")
    forks_outside = models.BooleanField(default=False)

    objects = RenewalQuerySet.as_manager()

    class Meta:
        verbose_name = "rénovation de diplôme"
        verbose_name_plural = "rénovations de diplôme"
        constraints = [models.UniqueConstraint(fields=["former", "new"], name="one_renewal")]

    def __str__(self):
        return f"{self.former_id} → {self.new_id}"


class TradeFamily(models.Model):
    """A family of trades (TG01, with a common second year) or a diploma with options (TG02, TG03)."""

    code = models.CharField("code", max_length=8, primary_key=True)
    kind = models.CharField("type", max_length=4)
    label = models.CharField("libellé", max_length=150)
    diplomas = models.ManyToManyField(Diploma, through="TradeFamilyMember", related_name="trade_families")

    class Meta:
        verbose_name = "famille de métiers"
        verbose_name_plural = "familles de métiers"
        ordering = ["label", "code"]

    def __str__(self):
        return self.label


class TradeFamilyMember(models.Model):
    """A diploma in its family; `is_common_year` marks the common second year, which has no terminal year."""

    family = models.ForeignKey(TradeFamily, models.CASCADE)
    diploma = models.ForeignKey(Diploma, models.CASCADE)
    is_common_year = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["family", "diploma"], name="one_family_member")]

    def __str__(self):
        return f"{self.family_id} – {self.diploma_id}"


class CourseYear(models.Model):
    """One year of a course in the school route (MEFSTAT11)."""

    code = models.CharField("MEFSTAT11", max_length=11, primary_key=True)
    mef = models.CharField("code national (MEF)", max_length=10, blank=True, default="")
    diploma = models.ForeignKey(Diploma, models.PROTECT, related_name="course_years")
    other_diplomas = models.CharField(
        "autres diplômes du même code", max_length=80, blank=True, default="", editable=False
    )
    course_type = models.CharField("dispositif de formation", max_length=3, blank=True)
    duration = models.PositiveSmallIntegerField("durée en années", null=True)
    year = models.PositiveSmallIntegerField("année dans la formation", null=True)
    official_label = models.CharField("libellé officiel", max_length=150)
    opened_on = models.DateField("ouverture", null=True)
    closed_on = models.DateField("fermeture", null=True)

    class Meta:
        verbose_name = "année de formation"
        verbose_name_plural = "années de formation"
        ordering = ["code"]

    def __str__(self):
        return self.code


class Job(models.Model):
    """A job of the ROME nomenclature and the plain names by which people know it."""

    code = models.CharField("ROME", max_length=5, primary_key=True)
    label = models.CharField("libellé", max_length=200)
    diplomas = models.ManyToManyField(Diploma, through="DiplomaJob", related_name="jobs")

    class Meta:
        verbose_name = "métier"
        ordering = ["label", "code"]

    def __str__(self):
        return self.label


class JobName(models.Model):
    """A plain name of a job, "coiffeur / coiffeuse"; `is_everyday` marks those written for pupils."""

    job = models.ForeignKey(Job, models.CASCADE, related_name="names")
    name = models.CharField("nom", max_length=200)
    is_everyday = models.BooleanField(default=False)

    class Meta:
        verbose_name = "nom de métier"
        verbose_name_plural = "noms de métier"
        constraints = [models.UniqueConstraint(fields=["job", "name"], name="one_job_name")]

    def __str__(self):
        return self.name


class DiplomaJob(models.Model):
    diploma = models.ForeignKey(Diploma, models.CASCADE)
    job = models.ForeignKey(Job, models.CASCADE)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["diploma", "job"], name="one_job_link")]

    def __str__(self):
        return f"{self.diploma_id} – {self.job_id}"
