from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EligibilityConfig(AppConfig):
    name = "tongxing.eligibility"

    def ready(self) -> None:
        from tongxing.audit import labels
        from tongxing.eligibility.jobs import when_children_change
        from tongxing.eligibility.labels import entitlements, service_lists
        from tongxing.eligibility.web.hotlines import of_place
        from tongxing.eligibility.web.panels import entitled, verdicts
        from tongxing.registry import hooks
        from tongxing.registry.web.slots import child_panel
        from tongxing.web.help import hotlines
        from tongxing.web.navigation import NavItem, register

        labels.describe(
            "eligibility.verdicts.stored", _("%(verdicts)s verdicts were worked out anew")
        )
        for action, sentence in (service_lists.EVENTS | entitlements.EVENTS).items():
            labels.describe(action, sentence)
        hooks.when_children_change(when_children_change)
        hotlines(of_place)
        child_panel(order=10)(verdicts)
        child_panel(order=11)(entitled)
        register(
            NavItem(
                label=_("Policies"),
                url_name="eligibility:packs",
                icon="gavel",
                capability=None,
                order=40,
            )
        )
        register(
            NavItem(
                label=_("Service lists"),
                url_name="eligibility:desk",
                icon="list-check",
                capability="lists.edit",
                order=41,
            )
        )
