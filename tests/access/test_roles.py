"""Roles are described sets of capabilities; what they may see follows from them."""

from datetime import date

import pytest

from tests.access.factories import HULI, HULI_STREET, HULI_VILLAGE, KUNDULUN
from tongxing.access import labels, rules
from tongxing.access.values.organisations import (
    SECTOR_OF,
    Department,
    OrganisationKind,
    Sector,
)
from tongxing.access.values.roles import ADMINISTRATORS, ROLES, Capability, Role
from tongxing.kernel.divisions import Area, Level, area_of

CHILDREN = {each for each in Capability if each.startswith(("children.", "rosters.", "verdicts."))}


@pytest.mark.parametrize("role", Role)
def test_every_role_is_described(role):
    assert ROLES[role].capabilities
    assert ROLES[role].levels
    assert labels.ROLES[role]
    assert labels.ROLE_DESCRIPTIONS[role]


@pytest.mark.parametrize("capability", Capability)
def test_every_capability_has_words_and_a_holder(capability):
    assert labels.CAPABILITIES[capability]
    assert any(capability in about.capabilities for about in ROLES.values())


@pytest.mark.clause("CN-5.6")
@pytest.mark.parametrize("role", sorted(ADMINISTRATORS))
def test_administrators_have_no_business_with_children(role):
    assert not ROLES[role].capabilities & CHILDREN
    assert rules.reach(role, "", area_of(HULI)) is None


@pytest.mark.parametrize("capability", Capability)
def test_the_three_administrators_share_almost_nothing(capability):
    """Giving rights, opening accounts and reading the administrators' trail lie apart."""
    holders = [role for role in ADMINISTRATORS if capability in ROLES[role].capabilities]
    assert len(holders) <= 1 or capability == Capability.ORGANISATIONS_SEE


@pytest.mark.parametrize(
    ("roles", "together"),
    [
        ([Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN], False),
        ([Role.SECURITY_ADMIN, Role.AUDIT_ADMIN], False),
        ([Role.SYSTEM_ADMIN, Role.AUDIT_ADMIN], False),
        ([Role.SYSTEM_ADMIN, Role.COUNTY_OFFICER], False),
        ([Role.AUDITOR, Role.COUNTY_OFFICER], False),
        ([Role.AUDITOR, Role.AUDIT_ADMIN], False),
        ([Role.CHILD_SUPERVISOR, Role.COUNTY_OFFICER], True),
        ([Role.AUDITOR, Role.AUDITOR], True),
    ],
)
def test_which_powers_one_person_may_hold(roles, together):
    assert rules.may_hold_together(roles) is together


@pytest.mark.clause("IM-1.2")
@pytest.mark.parametrize(
    ("role", "area", "fits"),
    [
        (Role.CHILD_DIRECTOR, HULI_VILLAGE, True),
        (Role.CHILD_DIRECTOR, HULI_STREET, False),
        (Role.CHILD_SUPERVISOR, HULI_STREET, True),
        (Role.CHILD_SUPERVISOR, HULI_VILLAGE, False),
        (Role.CHILD_SUPERVISOR, HULI, False),
        (Role.COUNTY_OFFICER, HULI, True),
        (Role.COUNTY_OFFICER, HULI_STREET, False),
        (Role.PROVINCE_OFFICER, 150000000000, True),
    ],
)
def test_a_director_belongs_to_a_village_and_a_supervisor_to_a_township(role, area, fits):
    assert rules.fits(role, area_of(area)) is fits


def test_a_supervisor_may_serve_several_streets_of_a_zone():
    zone = Area(HULI_STREET, HULI_STREET + 3000)
    assert rules.fits(Role.CHILD_SUPERVISOR, zone)
    assert rules.home_of(zone) == HULI
    assert rules.level_of_area(zone) is Level.COUNTY


def test_the_statistics_bureau_gets_no_names():
    """No document names data on persons that goes to it (T-38)."""
    area = area_of(HULI)
    department = Department.STATISTICS
    assert rules.reach(Role.DEPARTMENT_CLERK, department, area) is None
    assert rules.capabilities(Role.DEPARTMENT_CLERK, department) == frozenset()
    assert rules.reach(Role.DEPARTMENT_CLERK, Department.EDUCATION, area) == area


def test_who_reads_which_trail():
    area = area_of(HULI)
    assert rules.audit_reach(Role.AUDITOR, area) == area
    assert rules.audit_reach(Role.SECURITY_ADMIN, area) == rules.WHOLE_SITE
    assert rules.audit_reach(Role.COUNTY_OFFICER, area) == area
    assert rules.audit_reach(Role.SYSTEM_ADMIN, area) is None
    assert rules.audit_reach(Role.CHILD_DIRECTOR, area) is None


@pytest.mark.clause("CN-2.2")
def test_five_kinds_of_society_are_organisations_of_their_own():
    assert {SECTOR_OF[kind] for kind in OrganisationKind} == set(Sector)
    assert [sector.value for sector in Sector] == [
        "government",
        "school",
        "family",
        "community",
        "society",
    ]


@pytest.mark.clause("XM-4.5")
@pytest.mark.parametrize(
    ("role", "area", "needed"),
    [
        (Role.CHILD_DIRECTOR, HULI_VILLAGE, True),
        (Role.SCHOOL, HULI, True),
        (Role.COUNTY_OFFICER, HULI, False),
        (Role.CHILD_DIRECTOR, KUNDULUN, False),
    ],
)
def test_where_an_entry_check_is_demanded(role, area, needed):
    xiamen = [350200000000]
    assert rules.needs_entry_check(role, area_of(area), demanded_in=xiamen) is needed


def test_an_unused_account_falls_asleep():
    created = date(2025, 1, 1)
    assert not rules.is_dormant(None, created, on=date(2025, 4, 1), days=90)
    assert rules.is_dormant(None, created, on=date(2025, 4, 2), days=90)
    assert not rules.is_dormant(date(2025, 3, 1), created, on=date(2025, 4, 2), days=90)
    assert not rules.is_dormant(None, created, on=date(2030, 1, 1), days=0)
