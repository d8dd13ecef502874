"""The texts of pages that editors changed: each version of each, in each language."""

from django.conf import settings
from django.db import models


class EditedText(models.Model):
    """A version of a text in a language, of which the newest is shown; the text of the file is version 0.

    key: as `pages.content` and `pages.texts.catalogue` give it. content: "" for the text of the file again, whatever it
    becomes; lines where it stands for several sentences. who: by the name of that moment.
    """

    key = models.CharField("texte", max_length=120)
    language = models.CharField("langue", max_length=8, choices=settings.LANGUAGES)
    number = models.PositiveIntegerField("version")
    content = models.TextField("contenu", blank=True)
    note = models.CharField("motif", max_length=300)
    who = models.CharField("par", max_length=200)
    at = models.DateTimeField("le", auto_now_add=True)

    class Meta:
        verbose_name = "texte changé"
        verbose_name_plural = "textes des pages"
        ordering = ["-id"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["key", "language", "number"], name="one_version_of_a_text")
        ]

    def __str__(self):
        return f"{self.key} ({self.language}), version {self.number}"
