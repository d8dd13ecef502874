"""Looks at what a dry run publishes before it is rolled back: what changes for families, and the pages as they would be.

A fault of a preview never stops a check: it is logged, and the preview says that it could not be told.
"""

import logging
from dataclasses import dataclass, field

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from deliveries import progress
from deliveries.models import Submission
from deliveries.preview import rendering
from deliveries.preview.compare import Changes, compare
from deliveries.preview.kept import encode, lines_of
from deliveries.preview.labels import Labels
from deliveries.preview.models import Preview, PreviewPage
from deliveries.preview.of_school import only_of_schools
from deliveries.preview.read import read_labels, read_shown
from deliveries.preview.shown import Shown
from deliveries.preview.summary import most_changed, summarise
from deliveries.writing import Writing
from stats.models import DataVersion

logger = logging.getLogger("django.deliveries")


@dataclass
class Watcher:
    """What a dry run of a submission leaves behind; `publication.publish` calls `before` and `after`, in its transaction.

    is_whole: whether it tells everything that changes, or only renders the pages that are asked for.
    """

    submission: Submission
    is_whole: bool = True
    _before: tuple[Shown, Labels] | None = None
    _preview: Preview | None = None
    _pages: list[PreviewPage] = field(default_factory=list)
    _has_looked: bool = False
    _has_failed: bool = False

    def before(self) -> None:
        """Called before the first row changes."""
        if self.is_whole:
            progress.stage("Ce que voient les familles")
            self._try(self._read_before)

    def after(self, writing: Writing) -> None:
        """Called once everything is published, before it is rolled back."""
        progress.stage("Aperçu pour les familles")
        self._has_looked = True
        self._try(lambda: self._look(writing.found, writing.entries))

    def _try(self, do):
        try:
            with transaction.atomic():
                do()
        except Exception:
            logger.exception("preview of %s", self.submission)
            self._has_failed = True

    def _read_before(self):
        self._before = read_shown(), read_labels()

    def _look(self, version, entries):
        if self._before:
            (before, former), self._before = self._before, None
            self._tell(compare(before, read_shown()), read_labels().after(former), version)
        self._render_pages(entries)

    def _look_at_today(self, version):
        """The preview of a submission that changes nothing: no row was written, and none is."""
        with transaction.atomic():
            if self.is_whole:
                shown = read_shown()
                self._tell(compare(shown, shown), read_labels(), version)
            self._render_pages(())
            transaction.set_rollback(True)

    def _render_pages(self, entries):
        # What caches keep under this number is forgotten with it: no other moment has its date.
        DataVersion.objects.move()
        for page in self._wanted():
            self._render(page)
        if schools := self._schools():
            with only_of_schools(schools, entries):
                for uai in schools:
                    page = PreviewPage(kind=PreviewPage.Kind.SCHOOL, code=uai, is_of_school_only=True)
                    self._render(page)

    def _tell(self, changes: Changes, labels, version):
        lines = lines_of(changes, labels)
        self._preview = Preview(
            version=version, summary=summarise(changes, lines, labels), lines=encode(lines)
        )

    def _wanted(self):
        """The pages to render: of what changes most, and those that somebody asked for."""
        asked = self.submission.preview_pages.filter(is_of_school_only=False)
        if not self.is_whole:
            asked = asked.filter(content=None)
        found = dict.fromkeys(asked.values_list("kind", "code"))
        if self._preview:
            found |= dict.fromkeys(most_changed(self._preview.summary, settings.PREVIEW_PAGES))
        return [PreviewPage(kind=kind, code=code) for kind, code in found]

    def _schools(self):
        if self.is_whole:
            links = self.submission.school_links.filter(revoked_at=None, expires_at__gt=timezone.now())
            return sorted(set(links.values_list("school", flat=True)))
        asked = self.submission.preview_pages.filter(is_of_school_only=True, content=None)
        return list(asked.values_list("code", flat=True))

    def _render(self, page):
        """A page that cannot be rendered waits still: somebody may ask for it again."""
        progress.advance(0)
        try:
            with transaction.atomic():
                rendering.keep(page, rendering.render(page.kind, page.code))
        except Exception:
            logger.exception("preview of %s, %s", self.submission, page)
        else:
            self._pages.append(page)

    def keep(self, version: int) -> None:
        """Keep what was seen, in the place of what a former check left. Call it in the transaction that keeps the reports.

        version: number of the version of the data, for a submission that changes nothing, which was not looked at: its pages are
        those of today.
        """
        if not self._has_looked:
            self._try(lambda: self._look_at_today(version))
        if self.is_whole:
            Preview.objects.filter(submission=self.submission).delete()
            self.submission.preview_pages.all().delete()
            preview = self._preview or Preview(version=version, lines=b"")
            preview.submission = self.submission
            preview.save()
        for page in self._pages:
            page.submission = self.submission
        PreviewPage.objects.bulk_create(
            self._pages,
            update_conflicts=True,
            unique_fields=["submission", "kind", "code", "is_of_school_only"],
            update_fields=["content", "exists", "rendered_at"],
        )
