"""What every kind of site shares. Values a site decides come from the environment."""

import json
import os
from datetime import timedelta
from pathlib import Path
from typing import Any

from csp.constants import NONCE, NONE, SELF
from django.utils.translation import gettext_lazy as _
from psycopg.conninfo import conninfo_to_dict

ROOT = Path(__file__).resolve().parents[3]
VAR = Path(os.environ.get("TONGXING_VAR", ROOT / "var")).resolve()
POLICIES = Path(os.environ.get("TONGXING_POLICIES", ROOT / "policies")).resolve()


def environment_flag(name: str, *, default: bool) -> bool:
    """Read a yes-or-no variable; anything but 0 and 1 is a mistake worth stopping for."""
    text = os.environ.get(name, "1" if default else "0")
    if text not in {"0", "1"}:
        raise ValueError(f"{name} must be 0 or 1, not {text!r}")
    return text == "1"


def _logins() -> dict[str, dict[str, Any]]:
    """How the two database roles sign in: from the environment, else from the embedded server."""
    if url := os.environ.get("DATABASE_URL"):
        owner: dict[str, Any] = dict(conninfo_to_dict(url))
        app: dict[str, Any] = dict(conninfo_to_dict(os.environ.get("DATABASE_APP_URL", "")))
        secret = VAR / "secrets" / "app-role.json"
        if not app and secret.exists():
            app = owner | json.loads(secret.read_text())
        return {"owner": owner, "default": app or owner}
    file = VAR / "postgres" / "connection.json"
    if not file.exists():
        return {"owner": {}, "default": {}}
    known = json.loads(file.read_text())
    shared = {key: known[key] for key in ("host", "port", "dbname")}
    return {"owner": shared | known["owner"], "default": shared | known["app"]}


def _database(login: dict[str, Any], **options: Any) -> dict[str, Any]:
    extra = {key: login[key] for key in login if key.startswith(("ssl", "target"))}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": login.get("dbname", "tongxing"),
        "USER": login.get("user", ""),
        "PASSWORD": login.get("password", ""),
        "HOST": login.get("host", ""),
        "PORT": str(login.get("port", "")),
        "OPTIONS": extra | options,
    }


_known = _logins()
DATABASES = {
    # Owns nothing and cannot bypass row-level security; every request and job uses it.
    "default": _database(_known["default"], pool={"min_size": 1, "max_size": 6, "timeout": 20}),
    # Owns the tables; used by migrations and by nobody else.
    "owner": _database(_known["owner"]),
}
DATABASE_ROUTERS: list[str] = []
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "template_partials",
    "django_htmx",
    "csp",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "procrastinate.contrib.django",
    "tongxing.web",
    "tongxing.audit",
    "tongxing.access",
    "tongxing.exchange",
    "tongxing.registry",
    "tongxing.eligibility",
    "tongxing.demo",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "tongxing.web.middleware.HealthMiddleware",
    "tongxing.web.middleware.HeadersMiddleware",
    "csp.middleware.CSPMiddleware",
    "tongxing.web.middleware.LanguageMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "tongxing.access.middleware.SessionLimitsMiddleware",
    "tongxing.access.middleware.ActorMiddleware",
    "tongxing.web.middleware.RefusalsMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "tongxing.urls"
WSGI_APPLICATION = "tongxing.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "tongxing.web.context.shell",
            ],
            "builtins": [
                "template_partials.templatetags.partials",
                "tongxing.web.templatetags.tx",
                "tongxing.web.templatetags.wording",
            ],
        },
    }
]

AUTH_USER_MODEL = "access.Account"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
LOGIN_URL = "access:sign_in"
LOGIN_REDIRECT_URL = "web:home"

SESSION_COOKIE_NAME = "tongxing_session"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_HTTPONLY = False
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
CSRF_FAILURE_VIEW = "tongxing.web.errors.csrf_failed"
# Kept in the session, not in a cookie: a message may name a child.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
# Scripts run by nonce only; styles come from files only (no style attributes).
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LOCALE_PATHS = [ROOT / "src" / "tongxing" / "locale"]
LANGUAGE_COOKIE_NAME = "tongxing_language"
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

STATIC_URL = "static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [folder for folder in [ROOT / "static"] if folder.exists()]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "tongxing.web.static.Files"},
}
MEDIA_ROOT = VAR / "files"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_TEMP_DIR = None

# The key file of the site; see docs/how-to/go-to-production.md. Created on first start of a demo.
TONGXING_KEYS = Path(os.environ.get("TONGXING_KEYS", VAR / "secrets" / "keys.json"))
# Where the audit trail leaves its anchors; in production another machine's disk.
TONGXING_ANCHORS = Path(os.environ.get("TONGXING_ANCHORS", VAR / "anchors"))
# Identity numbers under the province prefix 99 belong to nobody; only demos and tests take them.
TONGXING_ALLOW_FICTIONAL_IDENTITY = False
TONGXING_DEMO = False
TONGXING_DEMO_PASSWORD = ""
TONGXING_ROSTER_MAX_BYTES = 100 * 1024 * 1024
TONGXING_ROSTER_MAX_ROWS = 100_000
# Rows that are staged, or enter the register, in one transaction.
TONGXING_CHUNK_ROWS = 1000
TONGXING_SHRINK_ALARM_PERCENT = 10
# Districts that count as one central urban area, by city: a decision of each city (CN-4.2).
TONGXING_CENTRAL_URBAN_DISTRICTS: dict[int, list[int]] = {}
TONGXING_IDLE_MINUTES = int(os.environ.get("TONGXING_IDLE_MINUTES", "30"))
TONGXING_SESSION_HOURS = int(os.environ.get("TONGXING_SESSION_HOURS", "10"))
TONGXING_SECOND_FACTOR = environment_flag("TONGXING_SECOND_FACTOR", default=False)
TONGXING_FORCE_FIRST_CHANGE = environment_flag("TONGXING_FORCE_FIRST_CHANGE", default=True)
# A second sign-in of the same account ends the first; off where many people try one account.
TONGXING_ONE_SESSION = environment_flag("TONGXING_ONE_SESSION", default=True)
TONGXING_PASSWORD_DAYS = int(os.environ.get("TONGXING_PASSWORD_DAYS", "90"))
TONGXING_DORMANT_DAYS = int(os.environ.get("TONGXING_DORMANT_DAYS", "90"))
# Divisions whose plan wants an entry check (入职查询) before anybody who meets children begins:
# Xiamen (plan of 2025, article 4). A site may add its own.
TONGXING_ENTRY_CHECK_DIVISIONS = [350200000000]
TONGXING_COMPONENTS_PAGE = False

# Five wrong tries lock a user name for half an hour, on this device only: access/devices.py writes
# the device into the column that axes calls the user agent. Addresses are shared by whole offices.
AXES_LOCKOUT_PARAMETERS = [["username", "user_agent"]]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=30)
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_LOCKOUT_CALLABLE = "tongxing.access.devices.answer_as_rendered"
AXES_DISABLE_ACCESS_LOG = True
AXES_VERBOSE = False
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "csrfmiddlewaretoken", "next"]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "tongxing.web.logs.QuietFormatter",
            "format": "{asctime} {levelname} {name} {message}",
            "style": "{",
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
# axes would have the address in the lock; see AXES_LOCKOUT_PARAMETERS above for why not.
SILENCED_SYSTEM_CHECKS = ["axes.W006"]
PRODUCT_NAME = _("Tongxing")
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"
