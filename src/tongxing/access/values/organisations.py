"""Organisations: five sectors of society, kinds of body, departments of government."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from tongxing.kernel.divisions import Area, area_of


class Sector(StrEnum):
    """The five that the national plan wants to act together (CN-2.2)."""

    GOVERNMENT = "government"
    SCHOOL = "school"
    FAMILY = "family"
    COMMUNITY = "community"
    SOCIETY = "society"


class OrganisationKind(StrEnum):
    """What kind of body an organisation is."""

    DEPARTMENT = "department"
    TOWNSHIP_GOVERNMENT = "township_government"
    DEVELOPMENT_ZONE = "development_zone"
    PROTECTION_CENTRE = "protection_centre"
    PROTECTION_STATION = "protection_station"
    WELFARE_INSTITUTION = "welfare_institution"
    KINDERGARTEN = "kindergarten"
    SCHOOL = "school"
    HOSPITAL = "hospital"
    VACCINATION_UNIT = "vaccination_unit"
    FAMILY_EDUCATION_STATION = "family_education_station"
    PARENTS_COMMITTEE = "parents_committee"
    VILLAGE_COMMITTEE = "village_committee"
    CHILDRENS_HOME = "childrens_home"
    SELF_DECLARATION_POINT = "self_declaration_point"
    SOCIAL_WORK_AGENCY = "social_work_agency"
    CHARITY = "charity"
    MASS_BODY = "mass_body"
    SITE_OPERATOR = "site_operator"


SECTOR_OF: dict[OrganisationKind, Sector] = {
    OrganisationKind.DEPARTMENT: Sector.GOVERNMENT,
    OrganisationKind.TOWNSHIP_GOVERNMENT: Sector.GOVERNMENT,
    OrganisationKind.DEVELOPMENT_ZONE: Sector.GOVERNMENT,
    OrganisationKind.PROTECTION_CENTRE: Sector.GOVERNMENT,
    OrganisationKind.PROTECTION_STATION: Sector.GOVERNMENT,
    OrganisationKind.WELFARE_INSTITUTION: Sector.GOVERNMENT,
    OrganisationKind.HOSPITAL: Sector.GOVERNMENT,
    OrganisationKind.VACCINATION_UNIT: Sector.GOVERNMENT,
    OrganisationKind.SITE_OPERATOR: Sector.GOVERNMENT,
    OrganisationKind.KINDERGARTEN: Sector.SCHOOL,
    OrganisationKind.SCHOOL: Sector.SCHOOL,
    OrganisationKind.FAMILY_EDUCATION_STATION: Sector.FAMILY,
    OrganisationKind.PARENTS_COMMITTEE: Sector.FAMILY,
    OrganisationKind.VILLAGE_COMMITTEE: Sector.COMMUNITY,
    OrganisationKind.CHILDRENS_HOME: Sector.COMMUNITY,
    OrganisationKind.SELF_DECLARATION_POINT: Sector.COMMUNITY,
    OrganisationKind.SOCIAL_WORK_AGENCY: Sector.SOCIETY,
    OrganisationKind.CHARITY: Sector.SOCIETY,
    OrganisationKind.MASS_BODY: Sector.SOCIETY,
}


class Department(StrEnum):
    """Government departments, party bodies and mass bodies (GLOSSARY.md, organisations)."""

    CIVIL_AFFAIRS = "CIVIL_AFFAIRS"
    EDUCATION = "EDUCATION"
    POLICE = "POLICE"
    HEALTH = "HEALTH"
    CDC = "CDC"
    MEDICAL_INSURANCE = "MEDICAL_INSURANCE"
    DPF = "DPF"
    WOMENS_FEDERATION = "WOMENS_FEDERATION"
    NWCCW = "NWCCW"
    YOUTH_LEAGUE = "YOUTH_LEAGUE"
    POLITICAL_LEGAL = "POLITICAL_LEGAL"
    CAC = "CAC"
    HOUSING = "HOUSING"
    HR_SOCIAL_SECURITY = "HR_SOCIAL_SECURITY"
    TRANSPORT = "TRANSPORT"
    JUSTICE = "JUSTICE"
    NDRC = "NDRC"
    FINANCE = "FINANCE"
    CULTURE_BROADCAST = "CULTURE_BROADCAST"
    STATISTICS = "STATISTICS"
    PROCURATORATE = "PROCURATORATE"
    COURT = "COURT"
    CARE_NEXT_GENERATION = "CARE_NEXT_GENERATION"
    TRADE_UNION = "TRADE_UNION"


# The duty lists name them, but no document names data on persons that goes there (T-38).
AGGREGATES_ONLY = frozenset({Department.STATISTICS})


@dataclass(frozen=True, slots=True, kw_only=True)
class NewOrganisation:
    """A body of `division`; `area` None stands for all of that division.

    A development zone names its own area: it is no county, and its streets lie side by side.
    """

    name: str
    kind: OrganisationKind
    division: int
    valid_from: date
    department: Department | None = None
    area: Area | None = None
    parent_id: UUID | None = None

    @property
    def own_area(self) -> Area:
        return self.area or area_of(self.division)
