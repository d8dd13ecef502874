"""Where one studies: territories, communes and postal codes, schools."""

from django.db import models
from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_lazy as _


class Territory(models.Model):
    """A country, region, académie or département, each inside the level before it.

    `key` is "<level>-<code>" ("region-11", "departement-035"), stable enough for addresses.
    """

    class Level(models.TextChoices):
        COUNTRY = "pays", _("pays")
        REGION = "region", _("région")
        ACADEMIE = "academie", _("académie")
        DEPARTEMENT = "departement", _("département")

    key = models.CharField(max_length=20, primary_key=True)
    level = models.CharField(_("niveau"), max_length=11, choices=Level)
    code = models.CharField(
        _("code"),
        max_length=3,
        help_text=_("INSEE (3 caractères pour un département)\u00a0; code de l’académie."),
    )
    name = models.CharField(_("nom"), max_length=60)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")

    class Meta:
        verbose_name = _("territoire")
        ordering = ["level", "name"]
        constraints = [models.UniqueConstraint(fields=["level", "code"], name="one_territory")]

    def __str__(self):
        return self.name


class Commune(models.Model):
    """A commune with the point by which distances are measured."""

    code = models.CharField(_("code INSEE"), max_length=5, primary_key=True)
    name = models.CharField(_("nom"), max_length=80)
    slug = models.SlugField(max_length=80)
    departement = models.ForeignKey(Territory, models.PROTECT, null=True, related_name="communes")
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)

    class Meta:
        verbose_name = _("commune")
        ordering = ["name"]
        indexes = [models.Index(fields=["slug"])]

    def __str__(self):
        return self.name


class PostalCode(models.Model):
    code = models.CharField(_("code postal"), max_length=5, db_index=True)
    commune = models.ForeignKey(Commune, models.CASCADE, related_name="postal_codes")

    class Meta:
        verbose_name = _("code postal")
        verbose_name_plural = _("codes postaux")
        constraints = [models.UniqueConstraint(fields=["code", "commune"], name="one_postal_code")]

    def __str__(self):
        return self.code


class School(models.Model):
    """A school, training centre or teaching site, known by its UAI."""

    class Sector(models.TextChoices):
        PUBLIC = "public", gettext_lazy("public")
        PRIVATE = "prive", gettext_lazy("privé")

    uai = models.CharField("UAI", max_length=8, primary_key=True)
    name = models.CharField(_("nom"), max_length=255)
    official_name = models.CharField(_("nom officiel"), max_length=255, blank=True)
    slug = models.SlugField(max_length=120)
    kind = models.CharField(_("nature"), max_length=80, blank=True, help_text=_("Lycée professionnel, CFA…"))
    sector = models.CharField(_("secteur"), max_length=6, choices=Sector, blank=True)
    address = models.CharField(_("adresse"), max_length=200, blank=True)
    postal_code = models.CharField(_("code postal"), max_length=5, blank=True)
    city = models.CharField(_("ville"), max_length=80, blank=True)
    commune = models.ForeignKey(Commune, models.PROTECT, null=True, related_name="schools")
    territory = models.ForeignKey(
        Territory,
        models.PROTECT,
        null=True,
        related_name="schools",
        help_text=_("Le plus petit territoire connu\u00a0: département, sinon région."),
    )
    region = models.ForeignKey(Territory, models.PROTECT, null=True, related_name="region_schools")
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    phone = models.CharField(_("téléphone"), max_length=30, blank=True)
    website = models.URLField(_("site"), blank=True)
    has_boarding = models.BooleanField(_("internat"), null=True, help_text=_("Vide quand on ne le sait pas."))
    closed_on = models.DateField(_("fermeture"), null=True)

    class Meta:
        verbose_name = _("établissement")
        ordering = ["name", "uai"]
        indexes = [models.Index(fields=["name"]), models.Index(fields=["latitude", "longitude"])]

    def __str__(self):
        return self.name
