"""Places of study: territories, communes and postal codes, schools."""

from django.db import models
from django.utils.translation import gettext_lazy


class TerritoryQuerySet(models.QuerySet):
    def regions(self):
        return self.filter(level=Territory.Level.REGION).order_by("name", "key")


class Territory(models.Model):
    """A country, region, académie or département, each inside the level before it.

    `key` is "<level>-<code>" ("region-11", "departement-035"), stable enough for addresses.
    """

    class Level(models.TextChoices):
        COUNTRY = "pays", "pays"
        REGION = "region", "région"
        ACADEMIE = "academie", "académie"
        DEPARTEMENT = "departement", "département"

    key = models.CharField(max_length=20, primary_key=True)
    level = models.CharField("niveau", max_length=11, choices=Level)
    code = models.CharField(
        "code",
        max_length=3,
        help_text="INSEE (3 caractères pour un département)\u00a0; code de l’académie.",
    )
    name = models.CharField("nom", max_length=60)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")

    objects = TerritoryQuerySet.as_manager()

    class Meta:
        verbose_name = "territoire"
        ordering = ["level", "name", "key"]
        constraints = [models.UniqueConstraint(fields=["level", "code"], name="one_territory")]

    def __str__(self):
        return self.name


class Commune(models.Model):
    """A commune with the point by which distances are measured."""

    code = models.CharField("code INSEE", max_length=5, primary_key=True)
    name = models.CharField("nom", max_length=80)
    slug = models.SlugField(max_length=80)
    departement = models.ForeignKey(Territory, models.PROTECT, null=True, related_name="communes")
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)

    class Meta:
        verbose_name = "commune"
        ordering = ["name", "code"]
        indexes = [models.Index(fields=["slug"])]

    def __str__(self):
        return self.name


class CommuneName(models.Model):
    """Another name by which a commune is found: that of one it absorbed, whose code it may have kept, or of a place in it."""

    name = models.CharField("nom", max_length=80)
    commune = models.ForeignKey(Commune, models.CASCADE, related_name="other_names")

    class Meta:
        verbose_name = "autre nom de commune"
        verbose_name_plural = "autres noms de commune"
        constraints = [models.UniqueConstraint(fields=["name", "commune"], name="one_commune_name")]

    def __str__(self):
        return self.name


class PostalCode(models.Model):
    code = models.CharField("code postal", max_length=5, db_index=True)
    commune = models.ForeignKey(Commune, models.CASCADE, related_name="postal_codes")

    class Meta:
        verbose_name = "code postal"
        verbose_name_plural = "codes postaux"
        constraints = [models.UniqueConstraint(fields=["code", "commune"], name="one_postal_code")]

    def __str__(self):
        return self.code


class School(models.Model):
    """A school, training centre or teaching site, known by its UAI."""

    class Sector(models.TextChoices):
        PUBLIC = "public", gettext_lazy("public")
        PRIVATE = "prive", gettext_lazy("privé")

    uai = models.CharField("UAI", max_length=8, primary_key=True)
    name = models.CharField("nom", max_length=255)
    official_name = models.CharField("nom officiel", max_length=255, blank=True)
    folded_names = models.TextField(
        blank=True,
        editable=False,
        help_text="Mots de tous ses noms, pour la recherche\u00a0: voir text_folding.",
    )
    folded_towns = models.TextField(
        blank=True,
        editable=False,
        help_text="Noms de sa ville, d’hier et d’aujourd’hui\u00a0: voir text_folding.",
    )
    slug = models.SlugField(max_length=120)
    kind = models.CharField("nature", max_length=80, blank=True, help_text="Lycée professionnel, CFA…")
    sector = models.CharField("secteur", max_length=6, choices=Sector, blank=True)
    address = models.CharField("adresse", max_length=200, blank=True)
    postal_code = models.CharField("code postal", max_length=5, blank=True)
    city = models.CharField("ville", max_length=80, blank=True)
    commune = models.ForeignKey(Commune, models.PROTECT, null=True, related_name="schools")
    territory = models.ForeignKey(
        Territory,
        models.PROTECT,
        null=True,
        related_name="schools",
        help_text="Le plus petit territoire connu\u00a0: département, sinon région.",
    )
    region = models.ForeignKey(Territory, models.PROTECT, null=True, related_name="region_schools")
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    phone = models.CharField("téléphone", max_length=30, blank=True)
    website = models.URLField("site", blank=True)
    has_boarding = models.BooleanField("internat", null=True, help_text="Vide quand on ne le sait pas.")
    closed_on = models.DateField("fermeture", null=True)

    class Meta:
        verbose_name = "établissement"
        ordering = ["name", "uai"]
        indexes = [models.Index(fields=["name"]), models.Index(fields=["latitude", "longitude"])]

    def __str__(self):
        return self.name


class SchoolLink(models.Model):
    """A school that depends on another: a vocational section inside a lycée, an annexe. Each has a UAI and figures of its own."""

    class Kind(models.TextChoices):
        SECTION = "section", "section"
        ANNEXE = "annexe", "annexe"

    daughter = models.ForeignKey(School, models.CASCADE, related_name="mother_links")
    mother = models.ForeignKey(School, models.CASCADE, related_name="daughter_links")
    kind = models.CharField("rattachement", max_length=7, choices=Kind)

    class Meta:
        verbose_name = "rattachement d’un établissement"
        verbose_name_plural = "rattachements d’établissements"
        constraints = [models.UniqueConstraint(fields=["daughter", "mother"], name="one_school_link")]

    def __str__(self):
        return f"{self.daughter_id} → {self.mother_id}"


class SchoolFeature(models.Model):
    """What is particular to a school, in the words of the official list: "Label lycée des métiers"."""

    school = models.ForeignKey(School, models.CASCADE, related_name="features")
    code = models.CharField("code", max_length=10)
    label = models.CharField("particularité", max_length=150)

    class Meta:
        verbose_name = "particularité d’un établissement"
        verbose_name_plural = "particularités d’établissements"
        ordering = ["label"]
        constraints = [models.UniqueConstraint(fields=["school", "code", "label"], name="one_school_feature")]

    def __str__(self):
        return self.label
