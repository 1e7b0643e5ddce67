"""A demonstration on one machine: fictional people, local addresses, ready-made accounts."""

import os
import secrets

from tongxing.settings.base import *  # noqa: F403
from tongxing.settings.base import VAR

DEBUG = False
TONGXING_DEMO = True
TONGXING_ALLOW_FICTIONAL_IDENTITY = True
TONGXING_FORCE_FIRST_CHANGE = False
TONGXING_ONE_SESSION = False
TONGXING_PASSWORD_DAYS = 0
TONGXING_DORMANT_DAYS = 0
# Shown on the sign-in page; demonstrations only.
TONGXING_DEMO_PASSWORD = "Tong-Xing.8848"
TONGXING_COMPONENTS_PAGE = True
ALLOWED_HOSTS = ["127.0.0.1", "localhost"]
# The districts of the contract's own examples; a real city decides and files its set.
TONGXING_CENTRAL_URBAN_DISTRICTS = {
    150200000000: [150202000000, 150203000000, 150204000000, 150207000000],
}


def _secret_key() -> str:
    file = VAR / "secrets" / "django.key"
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as handle:
            handle.write(secrets.token_urlsafe(50))
    return file.read_text()


SECRET_KEY = _secret_key()
