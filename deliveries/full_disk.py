"""A disk that is full, however it is said: by the system, by SQLite or by PostgreSQL."""

import errno

SENTENCE = "Le disque du serveur est plein\u00a0: rien n’a été publié ni perdu. Faites de la place, puis recommencez."
_SYSTEM = {errno.ENOSPC, errno.EDQUOT}
# Class 53100 of PostgreSQL's error codes, and the result code of SQLite.
_POSTGRESQL, _SQLITE = "53100", "SQLITE_FULL"


def is_full_disk(error: BaseException) -> bool:
    """Whether an error, or what it comes from, is that of a full disk."""
    cause: BaseException | None = error
    while cause:
        if (
            (isinstance(cause, OSError) and cause.errno in _SYSTEM)
            or getattr(cause, "sqlstate", None) == _POSTGRESQL
            or getattr(cause, "sqlite_errorname", None) == _SQLITE
        ):
            return True
        cause = cause.__cause__
    return False
