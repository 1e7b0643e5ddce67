"""Who works in the demo town: organisations, posts and invented people, as plain values."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from tongxing.access.values.organisations import Department, OrganisationKind
from tongxing.access.values.roles import Role
from tongxing.demo.places import COMMUNITIES, HULI, KUNDULUN, PLACES, VILLAGES, YAODU, Place

BAOTOU = 150200000000
XIAMEN = 350200000000
INNER_MONGOLIA = 150000000000
NATION = 0
# Villages of the town are invented; the statistics bureau gives no codes from 900 up.
FIRST_VILLAGE = 901


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """An organisation of the town."""

    name: str
    kind: OrganisationKind
    division: int
    department: Department | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A post and the account of who holds it; without a user name nobody does."""

    body: Body
    role: Role
    title: str
    username: str = ""
    person: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Corner:
    """The part of a place where director, supervisor and agency work."""

    key: str
    township: int
    township_name: str
    office: str
    villages: tuple[str, ...]
    vacant: int
    vacant_name: str
    leader: str
    names: tuple[str, ...] = field(repr=False)

    def village(self, number: int) -> int:
        """The code of the village with this place in `villages`."""
        return self.township + FIRST_VILLAGE + number


CORNERS: dict[int, Corner] = {
    KUNDULUN: Corner(
        key="kundulun",
        township=150203003000,
        township_name="沼潭街道",
        office="沼潭街道办事处",
        villages=tuple(f"{name}社区" for name in COMMUNITIES),
        vacant=150203014000,
        vacant_name="昆北街道",
        leader="萨如拉",
        names=(
            "乌日娜", "高云峰", "苏雅", "郝文静", "贺建军", "樊丽霞", "斯琴",
            "弓志远", "靳小梅", "白音", "康敏", "郭子涵",
        ),
    ),
    HULI: Corner(
        key="huli",
        township=350206001000,
        township_name="湖里街道",
        office="湖里街道办事处",
        villages=tuple(f"{name}社区" for name in COMMUNITIES),
        vacant=350206003000,
        vacant_name="禾山街道",
        leader="方雅婷",
        names=(
            "林若溪", "陈志鹏", "黄雅琴", "蔡明哲", "庄伟强", "洪美玲", "许文彬",
            "郑晓岚", "吴佳怡", "叶青松", "曾淑芬", "苏俊杰",
        ),
    ),
    YAODU: Corner(
        key="yaodu",
        township=141002100000,
        township_name="屯里镇",
        office="屯里镇人民政府",
        villages=tuple(f"{name}村" for name in VILLAGES),
        vacant=141002101000,
        vacant_name="乔李镇",
        leader="武晓峰",
        names=(
            "卫红霞", "乔建国", "席玉兰", "柴文博", "刘卫东", "史慧芳", "郭丽娟",
            "段志刚", "张雪梅", "贾春生", "靳秀英", "范立新",
        ),
    ),
}  # fmt: skip

_CLERKS = (
    ("education", Department.EDUCATION, "教育局", "学籍管理员"),
    ("police", Department.POLICE, "公安分局", "户籍数据员"),
    ("health", Department.HEALTH, "卫生健康局", "妇幼数据员"),
    ("insurance", Department.MEDICAL_INSURANCE, "医疗保障局", "参保数据员"),
    ("dpf", Department.DPF, "残疾人联合会", "康复数据员"),
)


def jobs() -> Iterator[Job]:
    """Every post of the town, higher ones first."""
    yield from _above()
    for division, corner in CORNERS.items():
        yield from _county(PLACES[division], corner)
        yield from _grassroots(PLACES[division], corner)


def _above() -> Iterator[Job]:
    for username, person, division, name, role in (
        (
            "neimenggu.officer",
            "那日苏",
            INNER_MONGOLIA,
            "内蒙古自治区民政厅",
            Role.PROVINCE_OFFICER,
        ),
        ("baotou.officer", "云海燕", BAOTOU, "包头市民政局", Role.CITY_OFFICER),
        ("xiamen.officer", "颜思敏", XIAMEN, "厦门市民政局", Role.CITY_OFFICER),
    ):
        body = _department(name, division, Department.CIVIL_AFFAIRS)
        yield Job(body=body, role=role, title="儿童福利处经办人", username=username, person=person)
    watch = Body(name="数据安全审计室", kind=OrganisationKind.SITE_OPERATOR, division=NATION)
    yield Job(
        body=watch, role=Role.AUDITOR, title="审计员", username="site.auditor", person="纪明理"
    )


def _county(place: Place, corner: Corner) -> Iterator[Job]:
    names = iter(corner.names)
    office = _department(f"{place.name}民政局", place.division, Department.CIVIL_AFFAIRS)
    yield Job(
        body=office,
        role=Role.COUNTY_OFFICER,
        title="儿童福利股经办人",
        username=f"{corner.key}.officer",
        person=next(names),
    )
    # Whoever writes a list does not approve it.
    yield Job(
        body=office,
        role=Role.COUNTY_OFFICER,
        title="分管副局长",
        username=f"{corner.key}.leader",
        person=corner.leader,
    )
    for key, department, suffix, title in _CLERKS:
        yield Job(
            body=_department(f"{place.name}{suffix}", place.division, department),
            role=Role.DEPARTMENT_CLERK,
            title=title,
            username=f"{corner.key}.{key}",
            person=next(names),
        )
    for key, kind, name, role, title in (
        ("school", OrganisationKind.SCHOOL, place.primaries[0], Role.SCHOOL, "学籍专员"),
        ("hospital", OrganisationKind.HOSPITAL, place.clinics[0], Role.HOSPITAL, "儿保医生"),
    ):
        yield Job(
            body=Body(name=f"{place.name}{name}", kind=kind, division=corner.township),
            role=role,
            title=title,
            username=f"{corner.key}.{key}",
            person=next(names),
        )


def _grassroots(place: Place, corner: Corner) -> Iterator[Job]:
    names = iter(corner.names[8:])
    street = _government(corner.office, corner.township)
    agency = Body(
        name=f"{place.short}启明社会工作服务中心",
        kind=OrganisationKind.SOCIAL_WORK_AGENCY,
        division=corner.township,
    )
    first = corner.village(0)
    suffix = "居民委员会" if corner.villages[0].endswith("社区") else "民委员会"
    committee = Body(
        name=corner.villages[0] + suffix,
        kind=OrganisationKind.VILLAGE_COMMITTEE,
        division=first,
    )
    for key, body, role, title in (
        ("supervisor", street, Role.CHILD_SUPERVISOR, "儿童督导员"),
        ("director", committee, Role.CHILD_DIRECTOR, "儿童主任"),
        ("agency", agency, Role.SOCIAL_WORKER, "驻点社工"),
        _last(place, committee),
    ):
        username = f"{corner.key}.{key}"
        yield Job(body=body, role=role, title=title, username=username, person=next(names))
    empty = _government(f"{corner.vacant_name}{_office_of(corner.vacant_name)}", corner.vacant)
    yield Job(body=empty, role=Role.CHILD_SUPERVISOR, title="儿童督导员")


def _last(place: Place, committee: Body) -> tuple[str, Body, Role, str]:
    """Fujian has Spring Bud safety officers; elsewhere the grid worker knows the houses."""
    if place.division == HULI:
        return "chunlei", committee, Role.CHUNLEI_OFFICER, "春蕾安全员"
    return "grid", committee, Role.GRID_WORKER, "网格员"


def _office_of(township: str) -> str:
    return "办事处" if township.endswith("街道") else "人民政府"


def _department(name: str, division: int, department: Department) -> Body:
    return Body(
        name=name, kind=OrganisationKind.DEPARTMENT, division=division, department=department
    )


def _government(name: str, township: int) -> Body:
    return Body(name=name, kind=OrganisationKind.TOWNSHIP_GOVERNMENT, division=township)
