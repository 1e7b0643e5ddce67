"""The ways to a service list that is not public: a draft elsewhere is as if it were not."""

from uuid import UUID

from tongxing.eligibility.models import ServiceListVersion
from tongxing.eligibility.queries import service_lists
from tongxing.eligibility.values.service_lists import IN_FORCE
from tongxing.kernel.actors import Actor
from tongxing.kernel.errors import Unknown


def readable_list(list_id: UUID, *, actor: Actor) -> ServiceListVersion:
    """A list of the actor's area, or one in force anywhere. Raises Unknown."""
    found = service_lists.version(list_id)
    inside = actor.area is not None and found.division in actor.area
    if found.state not in IN_FORCE and not inside:
        raise Unknown()
    return found


def kept_list(list_id: UUID, *, actor: Actor) -> ServiceListVersion:
    """A list of the actor's own place; only there it is written and decided. Raises Unknown."""
    found = service_lists.version(list_id)
    if found.division != actor.division:
        raise Unknown()
    return found
