"""What every action asks first: may this actor do it, and there?"""

from tongxing.access.errors import WrongArea
from tongxing.access.rules import managed_area
from tongxing.access.values.roles import Capability, Role
from tongxing.kernel.actors import SYSTEM, Actor
from tongxing.kernel.divisions import Area
from tongxing.kernel.errors import Unknown


def require(actor: Actor, *capabilities: Capability) -> None:
    """Raise Unknown unless the actor may do one of these: from outside it is as if it were not."""
    if not any(actor.may(capability) for capability in capabilities):
        raise Unknown()


def require_inside(actor: Actor, area: Area) -> None:
    """Raise WrongArea unless `area` lies inside what the actor answers for."""
    own = area_managed_by(actor)
    if own is None or not own.covers(area):
        raise WrongArea()


def require_sight(actor: Actor, area: Area) -> None:
    """Raise Unknown unless `area` lies inside: what is elsewhere is as if it were not."""
    own = area_managed_by(actor)
    if own is None or not own.covers(area):
        raise Unknown()


def area_managed_by(actor: Actor) -> Area | None:
    """Where the actor keeps divisions, organisations and posts; the system's is its area."""
    if actor.role == SYSTEM.role:
        return actor.area
    return managed_area(Role(actor.role), actor.area)
