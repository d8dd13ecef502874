"""Links by which named schools see their own page before it is published, and nobody else does.

The token of a link is in its address alone: whoever reads the database cannot make it again. A link is open while its submission
is checked and not published yet, until its date, unless somebody takes it back.
"""

import hashlib
import secrets
from collections.abc import Mapping
from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from accounts import events
from accounts.models import Event
from accounts.names import name_of
from deliveries.models import Submission
from deliveries.preview.asking import ask_school_pages
from deliveries.preview.keeping import PREPARED, current
from deliveries.preview.models import Preview, PreviewPage, SchoolLink

_BYTES = 32


def open_links() -> QuerySet[SchoolLink]:
    """The links that lead somewhere now."""
    return SchoolLink.objects.filter(
        submission__state__in=PREPARED, revoked_at=None, expires_at__gt=timezone.now()
    )


def make(
    submission: Submission, user: AbstractBaseUser, schools: Mapping[str, str], until: datetime
) -> list[tuple[SchoolLink, str]]:
    """[(link, its token)] for each school, {UAI: name}; a former link of the school is taken back. Their pages are asked for."""
    made = []
    with transaction.atomic():
        for uai, name in schools.items():
            for former in open_links().filter(submission=submission, school=uai):
                revoke(former, user)
            token = secrets.token_urlsafe(_BYTES)
            link = SchoolLink.objects.create(
                submission=submission,
                school=uai,
                school_name=name[:255],
                digest=_digest(token),
                made_by=user,
                made_by_name=name_of(user),
                expires_at=until,
            )
            _record(Event.Kind.LINK_MADE, link, user, jusqu_au=until.isoformat(timespec="minutes"))
            made.append((link, token))
        ask_school_pages(submission, user, schools)
    return made


def revoke(link: SchoolLink, user: AbstractBaseUser) -> bool:
    """Take a link back; returns whether it was not already."""
    with transaction.atomic():
        rows = SchoolLink.objects.filter(pk=link.pk, revoked_at=None)
        is_ours = bool(rows.update(revoked_at=timezone.now()))
        if is_ours:
            _record(Event.Kind.LINK_REVOKED, link, user, vues=link.views)
    return is_ours


def find(token: str) -> SchoolLink | None:
    """The open link of a token; None for one that is unknown, over or taken back, and where the data changed since."""
    link = open_links().filter(digest=_digest(token)).first()
    if link and Preview.objects.filter(current(), submission=link.submission_id).exists():
        return link
    return None


def page_of(link: SchoolLink) -> PreviewPage | None:
    """The page of the school, None until it is rendered."""
    return PreviewPage.objects.filter(
        submission=link.submission_id, code=link.school, is_of_school_only=True, rendered_at__isnull=False
    ).first()


def count_view(link: SchoolLink) -> None:
    """Count that the page was seen, in the journal too."""
    with transaction.atomic():
        SchoolLink.objects.filter(pk=link.pk).update(views=F("views") + 1, viewed_at=timezone.now())
        link.refresh_from_db()
        _record(Event.Kind.LINK_VIEWED, link, None, vue=link.views)


def _record(kind, link, user, **details):
    about = f"{link.school} {link.school_name}"[:200]
    events.record(kind, by=user, about=about, depot=link.submission_id, lien=link.pk, **details)


def _digest(token):
    return hashlib.sha256(token.encode()).hexdigest()
