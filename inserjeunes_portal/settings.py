"""Every setting of the portal, read once from the environment (see docs/exploitation.md)."""

from datetime import timedelta
from pathlib import Path

import dj_database_url
from corsheaders.defaults import default_headers
from django.utils.translation import gettext_noop

from deliveries.fetching.names import SERVICE_SETTINGS
from inserjeunes_portal import environment

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(environment.text("VAR_DIR", str(BASE_DIR / "var"))).absolute()

DEBUG = environment.flag("DEBUG")
SECRET_KEY = environment.secret_key(VAR_DIR)
ALLOWED_HOSTS = environment.items("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]")
CSRF_TRUSTED_ORIGINS = environment.items("CSRF_TRUSTED_ORIGINS")

# In the order of the import rules (docs/architecture.md).
PROJECT_APPS = [
    "accounts",
    "formations",
    "establishments",
    "stats",
    "deliveries",
    "search",
    "pages",
    "api",
    "reports",
    "counselling",
    "inserjeunes_portal",
]
INSTALLED_APPS = [
    "accounts.admin_config.DeskAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "corsheaders",
    "csp",
    "dsfr",
    "django_tasks",
    "django_tasks_db",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    *PROJECT_APPS,
]

# Public pages carry no session, no token and no user: those middlewares do nothing until a view of the admin asks for them.
MIDDLEWARE = [
    "inserjeunes_portal.head_requests.without_body",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "corsheaders.middleware.CorsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "inserjeunes_portal.languages.address_language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "inserjeunes_portal.urls"
WSGI_APPLICATION = "inserjeunes_portal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "inserjeunes_portal.context_processors.site",
            ],
        },
    }
]

DATABASES = {
    "default": dj_database_url.parse(
        environment.text("DATABASE_URL", f"sqlite:///{VAR_DIR / 'portal.sqlite3'}"), conn_max_age=60
    )
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        # Two writers wait for one another instead of failing; in WAL mode readers never wait.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-65536;",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

_VALIDATION = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{_VALIDATION}.UserAttributeSimilarityValidator"},
    {"NAME": f"{_VALIDATION}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": f"{_VALIDATION}.CommonPasswordValidator"},
    {"NAME": f"{_VALIDATION}.NumericPasswordValidator"},
]

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "Français"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/Paris"
USE_TZ = True

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = VAR_DIR / "static"
# The manifest exists once `collectstatic` has run; development and tests read the plain files.
HASHED_STATIC = environment.flag("HASHED_STATIC")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if HASHED_STATIC
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not HASHED_STATIC
WHITENOISE_KEEP_ONLY_HASHED_FILES = False
# With hashed file names the integrity attributes of django-dsfr no longer match and browsers drop the styles.
DSFR_USE_INTEGRITY_CHECKSUMS = False

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'self'"],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"
if environment.flag("HTTPS"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_HSTS_SECONDS = 31_536_000

REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": [],
    "UNAUTHENTICATED_USER": None,
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    # The suffix of the address or the Accept header gives the format; no query parameter does.
    "URL_FORMAT_OVERRIDE": None,
    "FORMAT_SUFFIX_KWARG": "suffixe",
    # Requests of the open API then of the Exposition API, "120/min", by address and by key; empty for no limit.
    "DEFAULT_THROTTLE_RATES": {
        "anonyme": environment.rate("API_RATE", "120/min"),
        "cle": environment.rate("API_RATE_WITH_KEY", "1200/min"),
        # The busiest platforms ask about a hundred times a second, often without a key and from one address.
        "exposition": environment.rate("EXPOSITION_RATE", "6000/min"),
        "exposition_cle": environment.rate("EXPOSITION_RATE_WITH_KEY", "12000/min"),
        # A check of a file takes seconds of a processor.
        "verification": environment.rate("FILE_CHECK_RATE", "10/min"),
        "signalement": environment.rate("REPORT_RATE", "20/hour"),
        # Trying one password takes half a second of a processor.
        "connexion": environment.rate("EXPOSITION_SIGN_IN_RATE", "60/min"),
    },
    # Number of reverse proxies in front of the portal: that many last entries of X-Forwarded-For are trusted.
    "NUM_PROXIES": environment.number("NUM_PROXIES", 0),
}
# Limit of an XLSX answer, which is written while the client waits: about 3,000 rows a second.
API_XLSX_ROWS = environment.number("API_XLSX_ROWS", 100_000)
SPECTACULAR_SETTINGS = {
    "TITLE": "Données ouvertes du portail InserJeunes",
    "VERSION": "1.0.0",
    "OAS_VERSION": "3.1.1",
    "SERVERS": [{"url": "/"}],
    "PREPROCESSING_HOOKS": ["api.open.openapi.only_open"],
    "POSTPROCESSING_HOOKS": ["api.open.openapi.complete"],
    "SECURITY": [{}, {"cle": []}],
    "APPEND_COMPONENTS": {
        "securitySchemes": {"cle": {"type": "apiKey", "in": "header", "name": "X-Api-Key"}}
    },
    # The check would query the database; tests/api/open/test_openapi.py validates the description instead.
    "ENABLE_DJANGO_DEPLOY_CHECK": False,
}
# Rate limits are counted here: the processes of the server must share the counts.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": VAR_DIR / "cache",
        "OPTIONS": {"MAX_ENTRIES": 5_000},
    }
}

# Pages of other sites call both APIs, with a key or token in a header and no cookie: any origin is allowed.
CORS_ALLOW_ALL_ORIGINS = True
CORS_URLS_REGEX = r"^/api(/|$)"
CORS_ALLOW_HEADERS = (*default_headers, "x-api-key", "if-none-match", "range")
CORS_EXPOSE_HEADERS = [
    "ETag",
    "Link",
    "Retry-After",
    *("RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset"),
    *("X-RateLimit-Limit", "X-RateLimit-Remaining"),
]

# The published cohorts by default; a deployment may list others, the last is the default of the API (.env.example).
EXPOSITION_COHORTS = environment.lists_by_name(
    "EXPOSITION_COHORTS", ("default", "defaultSup", "regionales", "formations", "formationsSup")
)
# Calls are counted in memory and added to the table this often, and when a server stops.
USAGE_EVERY_SECONDS = 60
EXPOSITION_ENV = environment.text("EXPOSITION_ENV", "local")

# Secondary suppression: what to do when published totals and parts disclose a small group (docs/donnees.md).
DISCLOSURE_MODE = environment.choice("DISCLOSURE_MODE", "report", ("off", "report", "enforce"))

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "loggers": {
        "django": {"handlers": ["console"], "level": environment.text("LOG_LEVEL", "warning").upper()}
    },
}
SILENCED_SYSTEM_CHECKS = [
    "security.W005",  # subdomains are not ours to force to HTTPS
    "security.W019",  # SAMEORIGIN is what the content security policy says too
    "security.W021",  # preload is for whoever owns the domain to ask
]

# `manage.py worker` does them. The queue of the managers' desk is in its own table: docs/adr/0023.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# People of the managers' desk (docs/exploitation.md). The cookie is never sent to a public page.
TWO_PERSON_APPROVAL = environment.flag("TWO_PERSON_APPROVAL")
LOGIN_URL = "admin:login"
SESSION_ENGINE = "accounts.session_store"
SESSION_COOKIE_NAME = "gestion"
SESSION_COOKIE_PATH = "/gestion/"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_AGE = 60 * max(5, environment.number("SESSION_IDLE_MINUTES", 60))
SESSION_LONGEST = timedelta(hours=max(1, environment.number("SESSION_HOURS", 12)))
INVITATION_DAYS = max(1, environment.number("INVITATION_DAYS", 3))
PASSWORD_RESET_TIMEOUT = 4 * 3_600

# Without a server of e-mail, messages are written where the portal writes its log.
EMAIL_HOST = environment.text("EMAIL_HOST")
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'console'}.EmailBackend"
EMAIL_PORT = environment.number("EMAIL_PORT", 587)
EMAIL_HOST_USER = environment.text("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = environment.text("EMAIL_HOST_PASSWORD")
EMAIL_SECURITY = environment.choice("EMAIL_SECURITY", "starttls", ("starttls", "tls", "none"))
EMAIL_USE_TLS, EMAIL_USE_SSL, EMAIL_TIMEOUT = EMAIL_SECURITY == "starttls", EMAIL_SECURITY == "tls", 10
DEFAULT_FROM_EMAIL = environment.text("EMAIL_FROM", "webmaster@localhost")
FILE_UPLOAD_MAX_MEMORY_SIZE = DATA_UPLOAD_MAX_MEMORY_SIZE = 20 * 1024 * 1024

# Of all the files that a data manager sends at once; what is over it is never written.
UPLOAD_MAX_BYTES = environment.number("UPLOAD_MAX_MB", 500) * 1024 * 1024
PREVIEW_PAGES = environment.number("PREVIEW_PAGES", 5)  # of courses, and of schools, that a check renders
# Services that files are fetched from: their addresses, and who asks them (docs/exploitation.md).
FETCHED_SERVICES = {name: environment.text(name) for name in SERVICE_SETTINGS}

# Whole-data files, written to OPEN_FILES_DIR after each publication; the last OPEN_FILES_KEPT versions are kept.
OPEN_FILES = environment.flag("OPEN_FILES", default=True)
OPEN_FILES_DIR = Path(environment.text("OPEN_FILES_DIR", str(VAR_DIR / "opendata")))
OPEN_FILES_KEPT = max(1, environment.number("OPEN_FILES_KEPT", 3))

# Identity of the deployment. Only sites of the State may bear its marks: absent unless given.
SITE_NAME = environment.text("SITE_NAME", gettext_noop("Que deviennent les élèves\u00a0?"))
_TAGLINE = gettext_noop("L’insertion des jeunes après une formation professionnelle")
SITE_TAGLINE = environment.text("SITE_TAGLINE", _TAGLINE)
SITE_OFFICIAL = environment.flag("SITE_OFFICIAL")
SITE_BRAND = environment.text("SITE_BRAND")
SITE_PUBLISHER = environment.text("SITE_PUBLISHER")
SITE_HOST = environment.text("SITE_HOST")
SITE_CONTACT = environment.email("SITE_CONTACT")
OTP_TOTP_ISSUER = SITE_NAME
