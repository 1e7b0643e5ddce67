"""Words for people: what roles, capabilities, bodies, departments and states are called."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tongxing.access.values.accounts import AccountState, EntryCheck, GrantState, SessionEnd
from tongxing.access.values.divisions import DivisionKind
from tongxing.access.values.organisations import Department, OrganisationKind, Sector
from tongxing.access.values.roles import Capability, Role
from tongxing.kernel.actors import Actor
from tongxing.kernel.divisions import Level, province_of

Words = str | Promise

ROLES: Mapping[Role, Words] = {
    Role.CHILD_DIRECTOR: _("Child director"),
    Role.CHILD_SUPERVISOR: _("Child supervisor"),
    Role.COUNTY_OFFICER: _("County civil-affairs officer"),
    Role.CITY_OFFICER: _("City civil-affairs officer"),
    Role.PROVINCE_OFFICER: _("Province civil-affairs officer"),
    Role.DEPARTMENT_CLERK: _("Department data clerk"),
    Role.SCHOOL: _("School or kindergarten"),
    Role.HOSPITAL: _("Hospital or clinic"),
    Role.SOCIAL_WORKER: _("Social worker under contract"),
    Role.GRID_WORKER: _("Grid worker"),
    Role.CHUNLEI_OFFICER: _("Spring Bud safety officer"),
    Role.AUDITOR: _("Auditor"),
    Role.SYSTEM_ADMIN: _("System administrator"),
    Role.SECURITY_ADMIN: _("Security administrator"),
    Role.AUDIT_ADMIN: _("Audit administrator"),
}

ROLE_DESCRIPTIONS: Mapping[Role, Words] = {
    Role.CHILD_DIRECTOR: _(
        "Village or community. Knows the children of the village, visits them, keeps their files "
        "up to date and takes up clues. Sees no other village and no full identity numbers."
    ),
    Role.CHILD_SUPERVISOR: _(
        "Township or street. Guides the directors, brings in rosters, decides what differs. "
        "Unmasks a number only with a reason, which is recorded."
    ),
    Role.COUNTY_OFFICER: _(
        "County or district. Answers for the register: imports and takes back rosters, decides "
        "doubtful cases, exports with a purpose, asks for posts to be filled."
    ),
    Role.CITY_OFFICER: _(
        "City. Looks across its counties; opens a child's file only for cause, and does not "
        "change it."
    ),
    Role.PROVINCE_OFFICER: _(
        "Province or autonomous region. Follows what the counties do; changes nothing."
    ),
    Role.DEPARTMENT_CLERK: _(
        "Education, police, health, insurance, disabled persons' federation and others. Sends the "
        "department's roster and sees what became of it; opens no child's file. For a department "
        "that receives only totals the post opens nothing at all."
    ),
    Role.SCHOOL: _("Sends the list of its own pupils and reports worries about a child."),
    Role.HOSPITAL: _("Sends what was agreed and reports worries about a child."),
    Role.SOCIAL_WORKER: _(
        "Works in the area and the time of a contract; the post ends with the contract."
    ),
    Role.GRID_WORKER: _("Reports families that moved in, moved out or need help."),
    Role.CHUNLEI_OFFICER: _("Guards girls and other minors in a village; reports dangers."),
    Role.AUDITOR: _("Reads who did what and who looked at whom in an area; sees no file."),
    Role.SYSTEM_ADMIN: _(
        "Opens accounts, keeps organisations and settings; gives no rights and sees no child."
    ),
    Role.SECURITY_ADMIN: _(
        "Confirms or refuses who holds which post; reads the users' trail; sees no child."
    ),
    Role.AUDIT_ADMIN: _(
        "Reads the trail of the other two administrators; gives no rights and sees no child."
    ),
}

CAPABILITIES: Mapping[Capability, Words] = {
    Capability.CHILDREN_SEE: _("open children's files"),
    Capability.CHILDREN_REVEAL: _("unmask numbers, with a reason"),
    Capability.CHILDREN_EDIT: _("correct and complete files"),
    Capability.CHILDREN_EXPORT: _("export lists, with a purpose"),
    Capability.CHILDREN_LOOKS: _("see who looked at a child"),
    Capability.ROSTERS_IMPORT: _("send rosters"),
    Capability.ROSTERS_COMMIT: _("decide rows and take a roster into the register"),
    Capability.ROSTERS_UNDO: _("take a whole roster back"),
    Capability.CLUES_REPORT: _("report clues"),
    Capability.CLUES_HANDLE: _("take up clues"),
    Capability.VERDICTS_SEE: _("read verdicts and their reasons"),
    Capability.LISTS_EDIT: _("write, publish and file the service list"),
    Capability.LISTS_APPROVE: _("approve a service list that somebody else wrote"),
    Capability.LISTS_RECEIVE: _("confirm service lists filed from below"),
    Capability.DIVISIONS_MANAGE: _("keep divisions"),
    Capability.ORGANISATIONS_SEE: _("see organisations, posts and people"),
    Capability.ORGANISATIONS_MANAGE: _("keep organisations and posts"),
    Capability.ACCOUNTS_MANAGE: _("open and close accounts"),
    Capability.POSTS_REQUEST: _("ask for a post to be filled"),
    Capability.POSTS_GRANT: _("confirm who holds a post"),
    Capability.AUDIT_READ: _("read the users' trail"),
    Capability.AUDIT_READ_ADMINS: _("read the administrators' trail"),
    Capability.SITE_SETTINGS: _("change settings of the site"),
}

SECTORS: Mapping[Sector, Words] = {
    Sector.GOVERNMENT: _("Government"),
    Sector.SCHOOL: _("School"),
    Sector.FAMILY: _("Family"),
    Sector.COMMUNITY: _("Community"),
    Sector.SOCIETY: _("Society"),
}

ORGANISATION_KINDS: Mapping[OrganisationKind, Words] = {
    OrganisationKind.DEPARTMENT: _("Department"),
    OrganisationKind.TOWNSHIP_GOVERNMENT: _("Township government or street office"),
    OrganisationKind.DEVELOPMENT_ZONE: _("Development zone"),
    OrganisationKind.PROTECTION_CENTRE: _("Minors' relief and protection centre"),
    OrganisationKind.PROTECTION_STATION: _("Minors' protection station"),
    OrganisationKind.WELFARE_INSTITUTION: _("Child welfare institution"),
    OrganisationKind.KINDERGARTEN: _("Kindergarten"),
    OrganisationKind.SCHOOL: _("School"),
    OrganisationKind.HOSPITAL: _("Hospital or health centre"),
    OrganisationKind.VACCINATION_UNIT: _("Vaccination unit"),
    OrganisationKind.FAMILY_EDUCATION_STATION: _("Family education station"),
    OrganisationKind.PARENTS_COMMITTEE: _("Parents' committee"),
    OrganisationKind.VILLAGE_COMMITTEE: _("Village or residents' committee"),
    OrganisationKind.CHILDRENS_HOME: _("Children's home (activity place)"),
    OrganisationKind.SELF_DECLARATION_POINT: _("Self-declaration point"),
    OrganisationKind.SOCIAL_WORK_AGENCY: _("Social-work agency"),
    OrganisationKind.CHARITY: _("Charity"),
    OrganisationKind.MASS_BODY: _("Mass organisation"),
    OrganisationKind.SITE_OPERATOR: _("Operator of this site"),
}

DEPARTMENTS: Mapping[Department, Words] = {
    Department.CIVIL_AFFAIRS: _("Civil affairs"),
    Department.EDUCATION: _("Education"),
    Department.POLICE: _("Public security"),
    Department.HEALTH: _("Health"),
    Department.CDC: _("Disease control"),
    Department.MEDICAL_INSURANCE: _("Medical insurance"),
    Department.DPF: _("Disabled persons' federation"),
    Department.WOMENS_FEDERATION: _("Women's federation"),
    Department.NWCCW: _("Working committee on women and children"),
    Department.YOUTH_LEAGUE: _("Youth league"),
    Department.POLITICAL_LEGAL: _("Political-legal committee"),
    Department.CAC: _("Cyberspace administration"),
    Department.HOUSING: _("Housing"),
    Department.HR_SOCIAL_SECURITY: _("Human resources and social security"),
    Department.TRANSPORT: _("Transport"),
    Department.JUSTICE: _("Justice"),
    Department.NDRC: _("Development and reform"),
    Department.FINANCE: _("Finance"),
    Department.CULTURE_BROADCAST: _("Culture, tourism and broadcasting"),
    Department.STATISTICS: _("Statistics"),
    Department.PROCURATORATE: _("Procuratorate"),
    Department.COURT: _("Court"),
    Department.CARE_NEXT_GENERATION: _("Committee for the next generation"),
    Department.TRADE_UNION: _("Trade unions"),
}

ACCOUNT_STATES: Mapping[AccountState, Words] = {
    AccountState.ACTIVE: _("active"),
    AccountState.WAITING_FOR_CHECK: _("waits for the entry check"),
    AccountState.NO_POST: _("holds no post"),
    AccountState.DORMANT: _("closed: not used for a long time"),
    AccountState.DISABLED: _("closed"),
}
ACCOUNT_TONES: Mapping[AccountState, str] = {
    AccountState.ACTIVE: "good",
    AccountState.WAITING_FOR_CHECK: "warn",
    AccountState.NO_POST: "neutral",
    AccountState.DORMANT: "warn",
    AccountState.DISABLED: "bad",
}

GRANT_STATES: Mapping[GrantState, Words] = {
    GrantState.REQUESTED: _("waits for the security administrator"),
    GrantState.CONFIRMED: _("confirmed"),
    GrantState.REFUSED: _("refused"),
    GrantState.WITHDRAWN: _("withdrawn"),
}
GRANT_TONES: Mapping[GrantState, str] = {
    GrantState.REQUESTED: "warn",
    GrantState.CONFIRMED: "good",
    GrantState.REFUSED: "bad",
    GrantState.WITHDRAWN: "neutral",
}

ENTRY_CHECKS: Mapping[EntryCheck, Words] = {
    EntryCheck.CLEAR: _("nothing on record"),
    EntryCheck.NOT_CLEAR: _("on record: may not be employed"),
}

SESSION_ENDS: Mapping[SessionEnd, Words] = {
    SessionEnd.IDLE: _("You were signed out because nothing happened for a while."),
    SessionEnd.TOO_LONG: _("You were signed out at the end of the working session."),
    SessionEnd.ELSEWHERE: _("You were signed out because this account signed in elsewhere."),
    SessionEnd.NO_POST: _("This account holds no current post. Ask your county office."),
}

DIVISION_KINDS: Mapping[DivisionKind, Words] = {
    DivisionKind.ADMINISTRATIVE: _("Administrative division"),
    DivisionKind.GROUPING: _("Heading in the statistics, no place"),
    DivisionKind.ZONE: _("Zone of the statistics, no administrative division"),
}

_LEVELS: Mapping[Level, Words] = {
    Level.NATION: _("Country"),
    Level.PROVINCE: _("Province"),
    Level.CITY: _("City or prefecture"),
    Level.COUNTY: _("County or district"),
    Level.TOWNSHIP: _("Township or street"),
    Level.VILLAGE: _("Village or community"),
}
# What Inner Mongolia calls its levels: leagues, banners, sumu, gacha.
_LEVELS_OF_PROVINCE: Mapping[int, Mapping[Level, Words]] = {
    150000000000: {
        Level.PROVINCE: _("Autonomous region"),
        Level.CITY: _("League or city"),
        Level.COUNTY: _("Banner, county or district"),
        Level.TOWNSHIP: _("Sumu, township or street"),
        Level.VILLAGE: _("Gacha, village or community"),
    }
}


def level_label(level: Level, code: int) -> Words:
    """What the level of the division `code` is called there."""
    local = _LEVELS_OF_PROVINCE.get(province_of(code), {})
    return local.get(level, _LEVELS[level])


def describe_post(actor: Actor) -> str:
    """The actor's role in words; the system at work has none."""
    return str(ROLES[Role(actor.role)]) if actor.role in Role.__members__ else ""
