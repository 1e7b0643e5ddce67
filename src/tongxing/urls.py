"""Every address of the site; packages come and go by their own `web.urls`."""

from importlib.util import find_spec

from django.urls import include, path

_PACKAGES = ["access", "audit", "registry", "eligibility"]


def _present(package: str) -> bool:
    web = f"tongxing.{package}.web"
    return bool(find_spec(web) and find_spec(f"{web}.urls"))


handler400 = "tongxing.web.errors.bad_request"
handler403 = "tongxing.web.errors.forbidden"
handler404 = "tongxing.web.errors.not_found"
handler500 = "tongxing.web.errors.server_error"

urlpatterns = [
    path("", include("tongxing.web.urls")),
    *[path("", include(f"tongxing.{name}.web.urls")) for name in _PACKAGES if _present(name)],
    path("", include("tongxing.registry.web.imports.urls")),
]
