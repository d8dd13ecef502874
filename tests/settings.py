"""Settings of the tests: those of the portal, in a directory of their own and stricter on templates."""

import atexit
import os
import shutil
import tempfile

if "TESTS_VAR_DIR" not in os.environ:
    # Workers inherit it; whoever made it removes it.
    os.environ["TESTS_VAR_DIR"] = tempfile.mkdtemp(prefix="portail-tests-")
    atexit.register(shutil.rmtree, os.environ["TESTS_VAR_DIR"], ignore_errors=True)
os.environ["VAR_DIR"] = os.environ["TESTS_VAR_DIR"]
os.environ["SECRET_KEY"] = "only-for-tests"
# Tests ask far more than anybody; those of the limits set their own.
for name in (
    "API_RATE",
    "API_RATE_WITH_KEY",
    "EXPOSITION_RATE",
    "EXPOSITION_RATE_WITH_KEY",
    "EXPOSITION_SIGN_IN_RATE",
    "FILE_CHECK_RATE",
):
    os.environ[name] = ""
os.environ["DATABASE_URL"] = (
    os.environ.get("DATABASE_URL_TEST") or f"sqlite:///{os.environ['VAR_DIR']}/portal.sqlite3"
)
for name in (
    "DEBUG",
    "DISCLOSURE_MODE",
    "HASHED_STATIC",
    "HTTPS",
    "SITE_OFFICIAL",
    "SITE_BRAND",
    "SITE_PUBLISHER",
    "SITE_CONTACT",
    "TWO_PERSON_APPROVAL",
):
    os.environ.pop(name, None)
# The synchronous playwright runs an event loop in the thread of the tests.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

from inserjeunes_portal.settings import *  # noqa: E402, F403
from inserjeunes_portal.settings import DATABASES, STATIC_ROOT, TEMPLATES, VAR_DIR  # noqa: E402
from tests.undefined import Undefined  # noqa: E402

# The live server's threads must not keep a connection that would forbid removing the database.
DATABASES["default"]["CONN_MAX_AGE"] = 0
# A file, because the live server's threads must not share one connection.
IS_SQLITE = DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3"
DATABASES["default"]["TEST"] = {"NAME": str(VAR_DIR / "tests.sqlite3") if IS_SQLITE else "test_portail"}
TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = Undefined()
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Each client of a test would list and read the headers of 1,800 static files before its first request.
WHITENOISE_AUTOREFRESH = True
# WhiteNoise warns when it is absent, and a warning fails a test.
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
# Counted calls are written where a test says so: no query comes by surprise.
USAGE_EVERY_SECONDS = float("inf")
# Pages take most of the time of a check: the tests of previews ask for theirs.
PREVIEW_PAGES = 0
# Tests make the whole-data files when they need them.
OPEN_FILES = False
# In the process of the test, when it is asked for.
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
