"""Where the register shows up: navigation, the search box, the home page, words of the trail."""

from django.utils.translation import gettext_lazy as _

from tongxing.registry.labels import trail
from tongxing.registry.web import home
from tongxing.web.navigation import NavItem, register, use_search


def wire() -> None:
    """Called once, when the package is ready."""
    register(
        NavItem(
            label=_("Register"),
            url_name="registry:children",
            icon="users",
            capability="children.see",
            order=20,
        )
    )
    register(
        NavItem(
            label=_("Clues"),
            url_name="registry:clues",
            icon="zoom-question",
            capability="clues.report",
            order=25,
        )
    )
    use_search("registry:search", "children.see", method="post")
    home.wire()
    trail.describe()
