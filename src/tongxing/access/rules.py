"""Pure decisions of access: who may hold what, from where, and how long a session lives."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from tongxing.access.values.accounts import SessionEnd, SessionFacts
from tongxing.access.values.organisations import AGGREGATES_ONLY
from tongxing.access.values.roles import ADMINISTRATORS, ROLES, Capability, Power, Role
from tongxing.kernel.divisions import Area, Level, area_of, level_of, truncate

WHOLE_SITE = Area(0, 10**12)
_LOOKS_AT_THE_TRAIL = frozenset(
    {Capability.AUDIT_READ, Capability.AUDIT_READ_ADMINS, Capability.CHILDREN_LOOKS}
)


def reach(role: Role, department: str, area: Area) -> Area | None:
    """Where a post sees rows about children; None is nowhere."""
    if not ROLES[role].may_see_children or department in AGGREGATES_ONLY:
        return None
    return area


def audit_reach(role: Role, area: Area) -> Area | None:
    """Where a post reads the trail; administrators serve the whole site."""
    if not ROLES[role].capabilities & _LOOKS_AT_THE_TRAIL:
        return None
    return WHOLE_SITE if role in ADMINISTRATORS else area


def capabilities(role: Role, department: str) -> frozenset[str]:
    """What a post may do; a department that receives only aggregates sends no names either."""
    if department in AGGREGATES_ONLY:
        return frozenset()
    return frozenset(capability.value for capability in ROLES[role].capabilities)


def level_of_area(area: Area) -> Level:
    """The level of the smallest division that holds the whole area."""
    return level_of(home_of(area))


def home_of(area: Area) -> int:
    """The smallest division that holds the whole area: for a zone of many streets, the city."""
    return next(
        code
        for level in sorted(Level, reverse=True)
        if area_of(code := truncate(area.lo, level)).covers(area)
    )


def fits(role: Role, area: Area) -> bool:
    """A director's post is a village's, a supervisor's a township's (IM-1.2); zones are free.

    An area wider than one division of the level below (a zone) is judged by its parts.
    """
    levels = ROLES[role].levels
    return level_of_area(area) in levels or level_of(area.lo) in levels


def may_hold_together(roles: Iterable[Role]) -> bool:
    """The three administrators, the auditor and business are powers of different people."""
    return len({ROLES[role].power for role in roles}) <= 1


def power_of(role: Role) -> Power:
    return ROLES[role].power


def managed_area(role: Role, area: Area | None) -> Area | None:
    """Where a post keeps organisations and posts: administrators everywhere, others at home."""
    return WHOLE_SITE if role in ADMINISTRATORS else area


def may_request(requester: Role, wanted: Role) -> bool:
    """Posts of administrators and auditors are asked for by the system administrator only."""
    return requester is Role.SYSTEM_ADMIN or power_of(wanted) is Power.BUSINESS


def needs_entry_check(role: Role, area: Area, *, demanded_in: Sequence[int]) -> bool:
    """Whether the holder works only after an entry check (XM-4.5)."""
    if not ROLES[role].meets_children:
        return False
    return any(area_of(code).covers(area) for code in demanded_in)


def is_dormant(last_seen: date | None, created: date, *, on: date, days: int) -> bool:
    """An account nobody used for `days` days is closed until somebody asks for it (NFR-ID-07)."""
    return days > 0 and on - (last_seen or created) > timedelta(days=days)


def password_is_old(changed: datetime | None, *, at: datetime, days: int) -> bool:
    return changed is not None and days > 0 and at - changed > timedelta(days=days)


def end_of_session(
    facts: SessionFacts, *, at: datetime, idle: timedelta, longest: timedelta, single: bool
) -> SessionEnd | None:
    """Why the session is over, or None while it lives."""
    if facts.began is None or facts.seen is None or at - facts.began > longest:
        return SessionEnd.TOO_LONG
    if at - facts.seen > idle:
        return SessionEnd.IDLE
    if single and facts.token != facts.account_token:
        return SessionEnd.ELSEWHERE
    return None
