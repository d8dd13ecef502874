"""Django's sessions in the database, in a table that can be listed by person."""

from datetime import datetime

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db

from accounts.sessions import BROWSER, SEEN, SINCE


class SessionStore(db.SessionStore):
    @classmethod
    def get_model_class(cls):
        from accounts.models import OpenSession

        return OpenSession

    def create_model_instance(self, data):
        row = super().create_model_instance(data)
        row.user_id = data.get(SESSION_KEY)
        row.signed_in_at, row.seen_at = _moment(data.get(SINCE)), _moment(data.get(SEEN))
        row.browser = data.get(BROWSER, "")
        return row


def _moment(text):
    return datetime.fromisoformat(text) if text else None
