"""What schools teach, and who teaches, trains and manages apprentices."""

from django.db import models

from establishments.models import School
from formations.models import CourseYear, Diploma
from stats.indicators import Route
from stats.models.querysets import TeachingQuerySet


class Teaching(models.Model):
    """A school teaches a diploma by a route, as one source says it, with places and first wishes if known."""

    school = models.ForeignKey(School, models.PROTECT, related_name="teachings")
    diploma = models.ForeignKey(Diploma, models.PROTECT, related_name="teachings")
    course_year = models.ForeignKey(CourseYear, models.PROTECT, null=True, related_name="teachings")
    route = models.CharField("voie", max_length=13, choices=[(r.value, r.label) for r in Route])
    source = models.CharField("source", max_length=60)
    year = models.PositiveSmallIntegerField("rentrée")
    places = models.PositiveIntegerField("places", null=True)
    first_wishes = models.PositiveIntegerField("premiers vœux", null=True)

    objects = TeachingQuerySet.as_manager()

    class Meta:
        verbose_name = "enseignement"
        constraints = [
            models.UniqueConstraint(
                fields=["school", "diploma", "course_year", "route", "source"],
                name="one_teaching",
                nulls_distinct=None,
            ),
        ]
        indexes = [models.Index(fields=["diploma", "route"])]

    def __str__(self):
        return f"{self.school_id} – {self.diploma_id}"


class ApprenticeshipEntry(models.Model):
    """Who teaches, trains and manages a diploma by apprenticeship, as the catalogue says it; "" where it does not.

    The codes are those of the catalogue: it names schools and diplomas that no list has.
    """

    diploma = models.CharField("code formation diplôme", max_length=8)
    site = models.CharField("lieu de formation", max_length=8, blank=True)
    trainer = models.CharField("formateur", max_length=8, blank=True)
    manager = models.CharField("gestionnaire", max_length=8, blank=True)

    class Meta:
        verbose_name = "formation en apprentissage"
        verbose_name_plural = "formations en apprentissage"
        constraints = [
            models.UniqueConstraint(
                fields=["diploma", "site", "trainer", "manager"], name="one_apprenticeship_entry"
            ),
        ]

    def __str__(self):
        return f"{self.diploma} – {self.site or self.trainer or self.manager}"
