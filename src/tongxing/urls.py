"""Every address of the site; the packages give their own."""

from django.urls import include, path

handler400 = "tongxing.web.errors.bad_request"
handler403 = "tongxing.web.errors.forbidden"
handler404 = "tongxing.web.errors.not_found"
handler500 = "tongxing.web.errors.server_error"

urlpatterns = [
    path("", include("tongxing.web.urls")),
    path("", include("tongxing.access.web.urls")),
    path("", include("tongxing.audit.web.urls")),
    path("", include("tongxing.registry.web.urls")),
    path("", include("tongxing.registry.web.imports.urls")),
    path("", include("tongxing.eligibility.web.urls")),
]
