"""How long a session lasts, and what its owner may know of it.

A session ends after `SESSION_COOKIE_AGE` without a request, or `SESSION_LONGEST` after the sign-in. Only the pages of the
admin read it: nothing here runs for a public page.
"""

import re
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth import logout
from django.utils import timezone

SINCE, SEEN, BROWSER = "depuis", "vue", "navigateur"
# A request this soon after the last one is not written down: most of them come in bunches.
_SEEN_EVERY = timedelta(minutes=1)
_BROWSERS = (
    ("Edge", r"Edg(e|A|iOS)?/"),
    ("Opera", r"OPR/|Opera"),
    ("Firefox", r"Firefox/|FxiOS/"),
    ("Chrome", r"Chrome/|CriOS/|Chromium/"),
    ("Safari", r"Safari/"),
)
_SYSTEMS = (
    ("Android", r"Android"),
    ("iOS", r"iPhone|iPad"),
    ("Windows", r"Windows"),
    ("macOS", r"Macintosh"),
    ("Linux", r"Linux"),
)


def browser_family(user_agent: str) -> str:
    """ "Firefox, Linux" of what a browser says of itself: enough to recognise one's own, no more."""
    names = (_first(table, user_agent) for table in (_BROWSERS, _SYSTEMS))
    return ", ".join(name for name in names if name) or "autre"


def _first(table, text):
    return next((name for name, pattern in table if re.search(pattern, text)), "")


def begin(sender, request, user, **kwargs):
    """Note what is kept of a new session; a signal of Django calls this after each sign-in."""
    from accounts.models import OpenSession

    now = timezone.now()
    OpenSession.objects.filter(expire_date__lt=now).delete()
    request.session[SINCE] = request.session[SEEN] = now.isoformat()
    request.session[BROWSER] = browser_family(request.META.get("HTTP_USER_AGENT", ""))


def keep(request):
    """End a session that lasts too long, and note that it was seen."""
    if not request.user.is_authenticated:
        return
    now = timezone.now()
    since, seen = (
        datetime.fromisoformat(request.session.get(name, now.isoformat())) for name in (SINCE, SEEN)
    )
    if now - since > settings.SESSION_LONGEST:
        logout(request)
    elif now - seen > _SEEN_EVERY:
        request.session[SEEN] = now.isoformat()


def end(user, *, names=None, but=None):
    """End the open sessions of somebody: those with these names, or all; never the one with the key `but`.

    Returns how many.
    """
    ended = [
        session
        for session in user.sessions.all()
        if session.session_key != but and (names is None or session.name in names)
    ]
    for session in ended:
        session.delete()
    return len(ended)
