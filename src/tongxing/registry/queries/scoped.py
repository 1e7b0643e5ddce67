"""Where every read of children begins: the living records inside an actor's area.

The database enforces the same interval again; this filter is the application's own word.
"""

from django.db.models import Q, QuerySet

from tongxing.kernel.actors import Actor
from tongxing.kernel.divisions import Area
from tongxing.registry.models import Child, Clue, RosterBatch

SEE = "children.see"


def children_of(actor: Actor) -> QuerySet[Child]:
    """The children `actor` may see; none without an area or the capability."""
    if actor.area is None or not actor.may(SEE):
        return Child.objects.none()
    return Child.objects.filter(within(actor.area), withdrawn_at__isnull=True)


def clues_of(actor: Actor) -> QuerySet[Clue]:
    """Clues of the area for those who take them up; one's own for those who only report."""
    if actor.area is None:
        return Clue.objects.none()
    inside = Clue.objects.filter(within(actor.area))
    if actor.may("clues.handle"):
        return inside
    if actor.may("clues.report"):
        return inside.filter(reported_by=actor.account_id)
    return Clue.objects.none()


def rosters_of(actor: Actor) -> QuerySet[RosterBatch]:
    """Lists of the area for those who let them in; one's own for those who only send."""
    if actor.area is None or not actor.may("rosters.import"):
        return RosterBatch.objects.none()
    inside = RosterBatch.objects.filter(within(actor.area))
    if actor.may("rosters.commit"):
        return inside
    return inside.filter(created_by=actor.account_id)


def within(area: Area) -> Q:
    return Q(division__gte=area.lo, division__lt=area.hi)
