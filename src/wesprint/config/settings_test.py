"""The installation's settings with cheap hashing and letters kept in memory."""

from __future__ import annotations

import os
import tempfile

os.environ.setdefault("WESPRINT_VAR", tempfile.mkdtemp(prefix="wesprint-test-"))
os.environ.setdefault("WESPRINT_SECRET_KEY", "only-for-tests")
os.environ.setdefault("WESPRINT_DEVELOPMENT", "1")

from wesprint.config.settings import *  # noqa: F403 - all of them, and a few anew
from wesprint.config.settings import DATABASES, VAR

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ALLOWED_HOSTS = ["*"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
AXES_ENABLED = False

if str(DATABASES["default"]["ENGINE"]).endswith("sqlite3"):
    # A file, not memory: threads, processes and triggers behave as in an installation.
    DATABASES["default"]["TEST"] = {"NAME": str(VAR / f"test-{os.getpid()}.sqlite3")}
