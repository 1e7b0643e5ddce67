from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EligibilityConfig(AppConfig):
    name = "tongxing.eligibility"

    def ready(self) -> None:
        from tongxing.eligibility.jobs import when_children_change
        from tongxing.eligibility.web.hotlines import of_place
        from tongxing.registry import hooks
        from tongxing.web.help import hotlines
        from tongxing.web.navigation import NavItem, register

        hooks.when_children_change(when_children_change)
        hotlines(of_place)
        register(
            NavItem(
                label=_("Policies"),
                url_name="eligibility:packs",
                icon="gavel",
                capability=None,
                order=40,
            )
        )
