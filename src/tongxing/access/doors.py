"""The way to one organisation, post or person: only inside the area that the actor keeps."""

from datetime import date
from uuid import UUID

from tongxing.access import authority
from tongxing.access.queries import accounts, organisations
from tongxing.access.values.pages import AccountRow, HeldPost, OrganisationRow, PostRow
from tongxing.access.values.roles import Capability
from tongxing.kernel.actors import Actor
from tongxing.kernel.divisions import Area
from tongxing.kernel.errors import Unknown


def kept_area(actor: Actor) -> Area:
    """The area whose organisations and people the actor may see. Raises Unknown without any."""
    authority.require(actor, Capability.ORGANISATIONS_SEE)
    area = authority.area_managed_by(actor)
    if area is None:
        raise Unknown()
    return area


def open_organisation(organisation_id: UUID, *, actor: Actor, on: date) -> OrganisationRow:
    found = organisations.organisation(organisation_id, on=on)
    _inside(found.area, actor)
    return found


def open_post(post_id: UUID, *, actor: Actor, on: date) -> PostRow:
    found = organisations.post(post_id, on=on)
    _inside(found.area, actor)
    return found


def open_account(account_id: UUID, *, actor: Actor, on: date) -> tuple[AccountRow, list[HeldPost]]:
    """A person and the posts of their life, if the actor keeps accounts or one of the posts."""
    own = kept_area(actor)
    found = accounts.account(account_id, on=on)
    held = organisations.posts_held_by(account_id, on=on)
    inside = [each for each in held if own.covers(each.post.area)]
    if not inside and not actor.may(Capability.ACCOUNTS_MANAGE):
        raise Unknown()
    return found, inside


def _inside(area: Area, actor: Actor) -> None:
    if not kept_area(actor).covers(area):
        raise Unknown()
