from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from tongxing.web.navigation import NavItem, register
from tongxing.web.translations import compile_stale


class WebConfig(AppConfig):
    name = "tongxing.web"

    def ready(self) -> None:
        compile_stale()
        register(NavItem(label=_("Today's work"), url_name="web:home", icon="home", order=0))
        register(NavItem(label=_("Help"), url_name="web:help", icon="lifebuoy", order=90))
