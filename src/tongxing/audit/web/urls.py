from django.urls import path

from tongxing.audit.web import views

app_name = "audit"
urlpatterns = [
    path("audit/", views.trail, name="trail"),
    path("audit/openers/", views.openers, name="openers"),
    path("audit/administrators/", views.administrators, name="administrators"),
]
