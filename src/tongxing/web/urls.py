from django.urls import path

from tongxing.web import views

app_name = "web"
urlpatterns = [
    path("", views.home_page, name="home"),
    path("help/", views.help_page, name="help"),
    path("settings/display/", views.display_page, name="display"),
    path("settings/language/", views.set_language, name="language"),
    path("settings/large-type/", views.set_large_type, name="large_type"),
    path("components/", views.components_page, name="components"),
]
