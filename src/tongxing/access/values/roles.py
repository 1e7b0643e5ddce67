"""Capabilities, and roles as named sets of them. A role is described, never a flag on a person."""

from dataclasses import dataclass
from enum import IntEnum, StrEnum

from tongxing.kernel.divisions import Level


class Capability(StrEnum):
    """One thing a post may do inside its area."""

    CHILDREN_SEE = "children.see"
    CHILDREN_REVEAL = "children.reveal"
    CHILDREN_EDIT = "children.edit"
    CHILDREN_EXPORT = "children.export"
    CHILDREN_LOOKS = "children.looks"
    ROSTERS_IMPORT = "rosters.import"
    ROSTERS_COMMIT = "rosters.commit"
    ROSTERS_UNDO = "rosters.undo"
    CLUES_REPORT = "clues.report"
    CLUES_HANDLE = "clues.handle"
    VERDICTS_SEE = "verdicts.see"
    LISTS_EDIT = "lists.edit"
    LISTS_APPROVE = "lists.approve"
    LISTS_RECEIVE = "lists.receive"
    DIVISIONS_MANAGE = "divisions.manage"
    ORGANISATIONS_SEE = "organisations.see"
    ORGANISATIONS_MANAGE = "organisations.manage"
    ACCOUNTS_MANAGE = "accounts.manage"
    POSTS_REQUEST = "posts.request"
    POSTS_GRANT = "posts.grant"
    AUDIT_READ = "audit.read"
    AUDIT_READ_ADMINS = "audit.read_admins"
    SITE_SETTINGS = "site.settings"


class Role(StrEnum):
    """What a post is for."""

    CHILD_DIRECTOR = "CHILD_DIRECTOR"
    CHILD_SUPERVISOR = "CHILD_SUPERVISOR"
    COUNTY_OFFICER = "COUNTY_OFFICER"
    CITY_OFFICER = "CITY_OFFICER"
    PROVINCE_OFFICER = "PROVINCE_OFFICER"
    DEPARTMENT_CLERK = "DEPARTMENT_CLERK"
    SCHOOL = "SCHOOL"
    HOSPITAL = "HOSPITAL"
    SOCIAL_WORKER = "SOCIAL_WORKER"
    GRID_WORKER = "GRID_WORKER"
    CHUNLEI_OFFICER = "CHUNLEI_OFFICER"
    AUDITOR = "AUDITOR"
    SYSTEM_ADMIN = "SYSTEM_ADMIN"
    SECURITY_ADMIN = "SECURITY_ADMIN"
    AUDIT_ADMIN = "AUDIT_ADMIN"


class Power(IntEnum):
    """Kinds of power that no one person may hold together at one time (三员分立)."""

    BUSINESS = 0
    SYSTEM = 1
    SECURITY = 2
    AUDIT = 3
    AUDITING = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleDescription:
    """What a role may do, on which levels it exists, and what has to be known of its holder.

    `may_see_children`: the post's area opens the rows of children there; without it the database
    shows none. `meets_children`: the holder stands face to face with children, so that an entry
    check (入职查询) is asked for where the policy demands it.
    """

    capabilities: frozenset[Capability]
    levels: frozenset[Level]
    power: Power = Power.BUSINESS
    may_see_children: bool = True
    meets_children: bool = False
    under_contract: bool = False


_ANY_PLACE = frozenset(Level)
_FROM_COUNTY_UP = frozenset({Level.COUNTY, Level.CITY, Level.PROVINCE, Level.NATION})
_GRASSROOTS = frozenset({Level.VILLAGE, Level.TOWNSHIP})

_LISTS = frozenset({Capability.LISTS_EDIT, Capability.LISTS_APPROVE})
_DIRECTOR = frozenset(
    {
        Capability.CHILDREN_SEE,
        Capability.CHILDREN_EDIT,
        Capability.CLUES_REPORT,
        Capability.CLUES_HANDLE,
        Capability.VERDICTS_SEE,
    }
)
_SUPERVISOR = _DIRECTOR | {
    Capability.CHILDREN_REVEAL,
    Capability.ROSTERS_IMPORT,
    Capability.ROSTERS_COMMIT,
}
_COUNTY = _SUPERVISOR | {
    Capability.ROSTERS_UNDO,
    Capability.CHILDREN_EXPORT,
    Capability.CHILDREN_LOOKS,
    Capability.DIVISIONS_MANAGE,
    Capability.ORGANISATIONS_SEE,
    Capability.ORGANISATIONS_MANAGE,
    Capability.POSTS_REQUEST,
    *_LISTS,
}
_CITY = frozenset(
    {
        Capability.CHILDREN_SEE,
        Capability.CHILDREN_EXPORT,
        Capability.CHILDREN_LOOKS,
        Capability.VERDICTS_SEE,
        Capability.ORGANISATIONS_SEE,
        Capability.POSTS_REQUEST,
        Capability.LISTS_RECEIVE,
        *_LISTS,
    }
)
_SENDER = frozenset({Capability.ROSTERS_IMPORT, Capability.CLUES_REPORT})
_REPORTER = frozenset({Capability.CLUES_REPORT})

ROLES: dict[Role, RoleDescription] = {
    Role.CHILD_DIRECTOR: RoleDescription(
        capabilities=_DIRECTOR, levels=frozenset({Level.VILLAGE}), meets_children=True
    ),
    Role.CHILD_SUPERVISOR: RoleDescription(
        capabilities=_SUPERVISOR, levels=frozenset({Level.TOWNSHIP}), meets_children=True
    ),
    Role.COUNTY_OFFICER: RoleDescription(
        capabilities=_COUNTY, levels=frozenset({Level.COUNTY, Level.CITY})
    ),
    Role.CITY_OFFICER: RoleDescription(capabilities=_CITY, levels=frozenset({Level.CITY})),
    Role.PROVINCE_OFFICER: RoleDescription(
        capabilities=frozenset(
            {
                Capability.CHILDREN_SEE,
                Capability.VERDICTS_SEE,
                Capability.LISTS_RECEIVE,
                *_LISTS,
            }
        ),
        levels=frozenset({Level.PROVINCE}),
    ),
    Role.DEPARTMENT_CLERK: RoleDescription(capabilities=_SENDER, levels=_FROM_COUNTY_UP),
    Role.SCHOOL: RoleDescription(
        capabilities=_SENDER, levels=_GRASSROOTS | {Level.COUNTY}, meets_children=True
    ),
    Role.HOSPITAL: RoleDescription(
        capabilities=_SENDER, levels=_GRASSROOTS | {Level.COUNTY}, meets_children=True
    ),
    Role.SOCIAL_WORKER: RoleDescription(
        capabilities=_REPORTER,
        levels=_GRASSROOTS | {Level.COUNTY},
        meets_children=True,
        under_contract=True,
    ),
    Role.GRID_WORKER: RoleDescription(
        capabilities=_REPORTER, levels=_GRASSROOTS, meets_children=True
    ),
    Role.CHUNLEI_OFFICER: RoleDescription(
        capabilities=_REPORTER, levels=_GRASSROOTS, meets_children=True
    ),
    Role.AUDITOR: RoleDescription(
        capabilities=frozenset({Capability.AUDIT_READ}),
        levels=_FROM_COUNTY_UP,
        power=Power.AUDITING,
        may_see_children=False,
    ),
    Role.SYSTEM_ADMIN: RoleDescription(
        capabilities=frozenset(
            {
                Capability.ACCOUNTS_MANAGE,
                Capability.DIVISIONS_MANAGE,
                Capability.ORGANISATIONS_SEE,
                Capability.ORGANISATIONS_MANAGE,
                Capability.POSTS_REQUEST,
                Capability.SITE_SETTINGS,
            }
        ),
        levels=_ANY_PLACE,
        power=Power.SYSTEM,
        may_see_children=False,
    ),
    Role.SECURITY_ADMIN: RoleDescription(
        capabilities=frozenset(
            {Capability.POSTS_GRANT, Capability.ORGANISATIONS_SEE, Capability.AUDIT_READ}
        ),
        levels=_ANY_PLACE,
        power=Power.SECURITY,
        may_see_children=False,
    ),
    Role.AUDIT_ADMIN: RoleDescription(
        capabilities=frozenset({Capability.AUDIT_READ_ADMINS}),
        levels=_ANY_PLACE,
        power=Power.AUDIT,
        may_see_children=False,
    ),
}

ADMINISTRATORS = frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN})
