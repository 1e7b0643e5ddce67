"""Tests: the same PostgreSQL and roles, fixed keys, no cost in password hashing."""

import os
from pathlib import Path
from tempfile import gettempdir

from tongxing.settings.base import *  # noqa: F403
from tongxing.settings.base import DATABASES

SECRET_KEY = "tests only"
DEBUG = False
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
TONGXING_ALLOW_FICTIONAL_IDENTITY = True
TONGXING_FORCE_FIRST_CHANGE = False
TONGXING_ONE_SESSION = False
TONGXING_DEMO_PASSWORD = "Tong-Xing.8848"
TONGXING_COMPONENTS_PAGE = True
TONGXING_DEMO = True
TONGXING_CENTRAL_URBAN_DISTRICTS = {
    150200000000: [150202000000, 150203000000, 150204000000, 150207000000],
}
_scratch = Path(gettempdir()) / f"tongxing-tests-{os.getuid()}"
MEDIA_ROOT = _scratch / "files"
TONGXING_ANCHORS = _scratch / "anchors"
TONGXING_KEYS = _scratch / "keys.json"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Straight from the source folders; nothing is collected before a test.
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
for _name in DATABASES:
    DATABASES[_name]["OPTIONS"].pop("pool", None)
if "DATABASE_URL" in os.environ:
    # `make test` makes it on an outside server, with the locale that Chinese search needs.
    DATABASES["owner"]["TEST"] = {"TEMPLATE": "tongxing_template"}
