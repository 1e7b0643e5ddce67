"""A real site behind a TLS proxy. Missing decisions stop the start; nothing is guessed."""

import os

from tongxing.settings.base import *  # noqa: F403

DEBUG = False
SECRET_KEY = os.environ["TONGXING_SECRET_KEY"]
ALLOWED_HOSTS = os.environ["TONGXING_HOSTS"].split(",")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 31_536_000
