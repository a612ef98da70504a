"""Settings of an installation, read from the environment. SQLite needs none of them."""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path
from urllib.parse import unquote, urlsplit

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

SOURCE = Path(__file__).resolve().parents[1]
VAR = Path(os.environ.get("WESPRINT_VAR", "var")).resolve()
DEVELOPMENT = os.environ.get("WESPRINT_DEVELOPMENT", "") == "1"
DEMO = os.environ.get("WESPRINT_DEMO", "") == "1"
DEBUG = False


# Database, photos, letters and key hold personal data: what this process writes is its own alone.
os.umask(os.umask(0o077) | 0o077)


def _secret_key() -> str:
    """From the environment, else made once and kept readable for the owner alone."""
    if given := os.environ.get("WESPRINT_SECRET_KEY"):
        return given
    VAR.mkdir(parents=True, exist_ok=True)
    path = VAR / "secret-key"
    if not path.exists():
        # Written beside and linked into place: whoever starts at the same time reads a whole key.
        fresh = path.with_name(f"secret-key.{os.getpid()}")
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(48))
        with contextlib.suppress(FileExistsError):
            os.link(fresh, path)
        fresh.unlink()
    return path.read_text()


SECRET_KEY = _secret_key()


# Where the installation is reached; passkeys need a name, not a number.
def _base_url() -> str:
    """Without the setting: where `wesprint serve` opened last, for the commands beside it."""
    if given := os.environ.get("WESPRINT_URL"):
        return given.rstrip("/")
    try:
        return (VAR / SERVED_AT).read_text().strip()
    except OSError:
        return "http://localhost:8000"


SERVED_AT = "served-at"  # written by wesprint.config.cli.serve, which loads no settings
BASE_URL = _base_url()
_base = urlsplit(BASE_URL)
ALLOWED_HOSTS = [
    _base.hostname or "localhost",
    *filter(None, os.environ.get("WESPRINT_HOSTS", "").split(",")),
]
CSRF_TRUSTED_ORIGINS = [BASE_URL]
HTTPS = _base.scheme == "https"

ROOMS = [
    "wesprint.apps.account",
    "wesprint.apps.house",
    "wesprint.apps.flows",
    "wesprint.apps.goods",
    "wesprint.apps.workshop",
    "wesprint.apps.market",
    "wesprint.apps.team",
    "wesprint.apps.delivery",
]

PLATFORM = [
    "wesprint.platform.base",
    "wesprint.platform.fetch",
    "wesprint.platform.compute",
    "wesprint.platform.jobs",
    "wesprint.platform.audit",
    "wesprint.platform.commands",
    "wesprint.platform.outbox",
    "wesprint.platform.agents",
    "wesprint.platform.organisations",
    "wesprint.platform.people",
    "wesprint.platform.tokens",
    "wesprint.platform.reference",
    "wesprint.platform.files",
    "wesprint.platform.geo",
    "wesprint.platform.numbers",
    "wesprint.platform.search",
    "wesprint.platform.notices",
    "wesprint.platform.ledger",
    "wesprint.platform.imports",
]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "template_partials",
    "rules",
    "axes",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "django_tasks",
    "django_tasks_db",
    *PLATFORM,
    "wesprint.web",
    *ROOMS,
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "wesprint.web.middleware.RequestLogMiddleware",
    "wesprint.web.middleware.StateMiddleware",  # before the first that reads
    "django.contrib.sessions.middleware.SessionMiddleware",
    "wesprint.web.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "wesprint.apps.account.middleware.DeskMiddleware",
    "wesprint.web.throttle.ThrottleMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "wesprint.web.middleware.ErrorMiddleware",
    "allauth.account.middleware.AccountMiddleware",  # sees its own exceptions first
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "wesprint.config.urls"
WSGI_APPLICATION = "wesprint.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "people.User"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [SOURCE / "apps/account/templates"],  # before allauth's own pages
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "wesprint.web.context.page",
                "wesprint.apps.account.context.here",
            ],
            "builtins": ["wesprint.web.templatetags.ws"],
        },
    }
]


def _sqlite(path: Path) -> dict[str, object]:
    VAR.mkdir(parents=True, exist_ok=True)
    pragmas = (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA mmap_size=268435456; "
        "PRAGMA cache_size=-32000; PRAGMA temp_store=MEMORY; PRAGMA journal_size_limit=67108864;"
    )
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 10, "init_command": pragmas},
        "CONN_MAX_AGE": 600,
    }


def _database(url: str) -> dict[str, object]:
    """`postgresql://user:password@host:port/name` or nothing for SQLite in VAR."""
    if not url:
        return _sqlite(VAR / "wesprint.sqlite3")
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return _sqlite(Path(unquote(parts.path)))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
    }


DATABASES = {"default": _database(os.environ.get("DATABASE_URL", ""))}

# Warm processes for solvers: how many, how many jobs may wait, and bytes of memory of each. One of
# two may plan a day while the other answers whoever waits. No `serve` starts them for 0.
COMPUTE = {
    "processes": max(1, int(os.environ.get("WESPRINT_COMPUTE_PROCESSES", "2"))),
    "waiting": 16,
    "memory": int(float(os.environ.get("WESPRINT_COMPUTE_GIB", "4")) * (1 << 30)),
    "warm": ("wesprint.platform.compute.tours",),
}

TASKS = {
    "default": {
        "BACKEND": "django_tasks_db.DatabaseBackend",
        "QUEUES": [],
        "OPTIONS": {},
    }
}

# -- people who sign in ------------------------------------------------------------------
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "rules.permissions.ObjectPermissionBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
# NIST SP 800-63B: length and a list of known passwords, no composition rules, no expiry.
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["email"]},
    },
    {"NAME": "wesprint.apps.account.validators.ContextValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
# Guessing is paused for one address and one account together (axes), so that nobody can lock
# somebody else out; many machines at one account meet the second limit here.
ACCOUNT_RATE_LIMITS = {"login_failed": "30/m/ip,100/h/key"}
ACCOUNT_ADAPTER = "wesprint.apps.account.adapter.AccountAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "WeSprint"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_CALLABLE = "wesprint.apps.account.lockout.account_of"
AXES_CLIENT_IP_CALLABLE = "wesprint.web.addresses.client_ip"
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_DISABLE_ACCESS_LOG = True  # who signed in when, from where, is nobody's business
AXES_LOCKOUT_CALLABLE = "wesprint.apps.account.lockout.locked_out"
AXES_VERBOSE = False  # its own log lines would name addresses
AXES_SENSITIVE_PARAMETERS = ["login", "email", "username", "code"]
# What strangers may send per hour from one connection: everybody behind a library's Wi-Fi or a
# telephone company's shared address needs some; a script needs hundreds. Only what was accepted
# counts here; what was sent in vain has the limit ATTEMPTS times as high. Each serving process
# counts for itself, so up to as many times more pass as there are processes.
PER_HOUR = {"offer": 24, "reserve": 40, "answer": 60, "search": 24, "supply": 300}
ATTEMPTS = 5
# What one program may ask of the API within a minute: with a token, and without one by address.
API_PER_MINUTE = {"token": 600, "address": 120}
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},  # about 10 MB; nobody pushes counts out by quantity
    }
}
# People whom nothing ties to a house any more are forgotten after so many days.
FORGET_AFTER_DAYS = int(os.environ.get("WESPRINT_FORGET_AFTER_DAYS", "730"))
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
CSRF_FAILURE_VIEW = "wesprint.web.errors.csrf_failure"

# -- what browsers are told ----------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],  # maps are drawn beside the page
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = False  # the reverse proxy does that
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
DATA_UPLOAD_MAX_NUMBER_FILES = 12

# Addresses that strangers give (product feeds) are fetched on ports 80 and 443 of public hosts.
# Ports named here are also asked on this machine itself: for a test's own server, never else.
FETCH_LOOPBACK_PORTS: frozenset[int] = frozenset()

# -- languages -----------------------------------------------------------------------------
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Berlin"
LANGUAGE_CODE = os.environ.get("WESPRINT_LANGUAGE", "de")
LANGUAGES = [
    ("de", _("German")),
    ("de-informal", _("German, informal")),
    ("en", _("English")),
    ("ar", _("Arabic")),
]
# These speak on the pages of visitors only; pages of work answer in LANGUAGE_CODE and say so.
VISITOR_LANGUAGES = ("ar",)
VISITOR_LETTERS = ("goods/", "workshop/")  # whose letters speak them as well
LANGUAGE_COOKIE_NAME = "ws_language"
LANGUAGE_COOKIE_SAMESITE = "Lax"

# -- files ---------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEVELOPMENT
        else "wesprint.web.static_files.Storage",
    },
}
MEDIA_ROOT = VAR / "files"
TOWNS_ROOT = VAR / "towns"  # maps, streets, addresses: public data, made anew from extracts
IMPORT_ROOT = VAR / "imports"  # tables on their way in
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = DEVELOPMENT
WHITENOISE_MAX_AGE = 0 if DEVELOPMENT else 31_536_000

# -- mail ----------------------------------------------------------------------------------
_mail = urlsplit(os.environ.get("WESPRINT_SMTP", ""))
if _mail.hostname:
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST = _mail.hostname
    EMAIL_PORT = _mail.port or 25
    EMAIL_HOST_USER = unquote(_mail.username or "")
    EMAIL_HOST_PASSWORD = unquote(_mail.password or "")
    EMAIL_USE_TLS = _mail.scheme == "smtp+tls"
    EMAIL_USE_SSL = _mail.scheme == "smtps"
else:
    # Without a mail server letters are laid into a folder, so that nothing is lost unseen.
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = VAR / "mail"
EMAIL_TIMEOUT = 15
DEFAULT_FROM_EMAIL = os.environ.get("WESPRINT_MAIL_FROM", "WeSprint <wesprint@localhost>")

from wesprint.config.logs import LOGGING  # noqa: E402, F401 - kept apart for its length
