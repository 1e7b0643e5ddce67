"""The three places of the demo town: real divisions, invented communities and schools."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tongxing.demo.origins import ORIGINS
from tongxing.demo.values import HukouKind, Origin, Township
from tongxing.kernel.divisions import city_of, county_of, province_of

KUNDULUN = 150203000000
HULI = 350206000000
YAODU = 141002000000

COUNTS: Mapping[int, int] = {KUNDULUN: 1100, HULI: 1100, YAODU: 800}


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One county of the demo.

    `central` are the districts whose hukou does not make a migrant child here (a site decides
    this; the demo follows its policy packs). `kinds` weighs where the hukou of families lies.
    """

    division: int
    letter: str
    name: str
    name_en: str
    city: str
    short: str
    central: frozenset[int]
    kinds: Mapping[HukouKind, int]
    primaries: tuple[str, ...]
    juniors: tuple[str, ...]
    seniors: tuple[str, ...]
    vocational: tuple[str, ...]
    kindergartens: tuple[str, ...]
    clinics: tuple[str, ...]

    @property
    def home(self) -> Origin:
        """The place itself as a hukou place."""
        return next(origin for origin in ORIGINS[self.division] if origin.division == self.division)


PLACES: Mapping[int, Place] = {
    KUNDULUN: Place(
        division=KUNDULUN,
        letter="K",
        name="昆都仑区",
        name_en="Kundulun District",
        city="包头市",
        short="包头",
        central=frozenset({150202000000, 150203000000, 150204000000, 150207000000}),
        kinds={
            HukouKind.OTHER_PROVINCE: 32,
            HukouKind.OTHER_CITY: 33,
            HukouKind.OTHER_COUNTY: 15,
            HukouKind.OTHER_DISTRICT: 3,
            HukouKind.CENTRAL_DISTRICT: 8,
            HukouKind.OTHER_TOWNSHIP: 5,
            HukouKind.LOCAL: 3,
            HukouKind.NONE: 1,
        },
        primaries=("鹿鸣小学", "钢花小学", "青松岭小学", "河东沿小学", "新苗小学", "星火路小学"),
        juniors=("鹿鸣中学", "钢花中学", "白桦路中学"),
        seniors=("白桦高级中学",),
        vocational=("匠心职业高中",),
        kindergartens=("小鹿幼儿园", "格桑花幼儿园", "童声幼儿园", "七彩石幼儿园"),
        clinics=("沼潭新苑社区卫生服务中心", "昆北新苑社区卫生服务中心", "鹿鸣社区卫生服务中心"),
    ),
    HULI: Place(
        division=HULI,
        letter="H",
        name="湖里区",
        name_en="Huli District",
        city="厦门市",
        short="厦门",
        central=frozenset({350203000000, 350206000000}),
        kinds={
            HukouKind.OTHER_PROVINCE: 50,
            HukouKind.OTHER_CITY: 32,
            HukouKind.OTHER_DISTRICT: 5,
            HukouKind.CENTRAL_DISTRICT: 5,
            HukouKind.OTHER_TOWNSHIP: 4,
            HukouKind.LOCAL: 3,
            HukouKind.NONE: 1,
        },
        primaries=("听涛小学", "三角梅小学", "白鹭洲头小学", "海韵小学", "凤凰木小学", "晨帆小学"),
        juniors=("听涛中学", "海韵中学", "晨帆中学"),
        seniors=("鹭岛高级中学",),
        vocational=("海岸职业学校",),
        kindergartens=("小浪花幼儿园", "木棉幼儿园", "小白鹭幼儿园", "贝壳幼儿园", "晨帆幼儿园"),
        clinics=("听涛社区卫生服务中心", "海韵社区卫生服务中心", "凤凰木社区卫生服务中心"),
    ),
    YAODU: Place(
        division=YAODU,
        letter="Y",
        name="尧都区",
        name_en="Yaodu District",
        city="临汾市",
        short="临汾",
        central=frozenset({YAODU}),
        kinds={
            HukouKind.OTHER_PROVINCE: 24,
            HukouKind.OTHER_CITY: 16,
            HukouKind.OTHER_COUNTY: 45,
            HukouKind.OTHER_TOWNSHIP: 10,
            HukouKind.LOCAL: 4,
            HukouKind.NONE: 1,
        },
        primaries=("鼓声小学", "槐荫小学", "平水小学", "柳下小学", "汾岸小学", "麦田小学"),
        juniors=("槐荫中学", "平水中学", "汾岸中学"),
        seniors=("汾岸高级中学",),
        vocational=("平水职业中学",),
        kindergartens=("小槐树幼儿园", "麦芽幼儿园", "尧风幼儿园"),
        clinics=("槐荫社区卫生服务中心", "平水镇中心卫生院", "汾岸社区卫生服务中心"),
    ),
}

COMMUNITIES = ("青禾", "望春", "星河", "云栖", "听松", "知夏", "北辰", "揽月", "春晓", "秋实")
VILLAGES = ("东坡头", "柳树湾", "下河滩", "石碾", "上庄头", "杏花沟", "南塬", "井沿")
ESTATES = ("惠民苑", "和顺家园", "团结里", "锦程公寓", "工友之家", "幸福里", "东风楼", "安居园")


def kind_of_hukou(place: Place, origin: Origin) -> HukouKind:
    """Where `origin` lies, seen from `place`; the place itself counts as another township."""
    if origin.division == place.division:
        return HukouKind.OTHER_TOWNSHIP
    if province_of(origin.division) != province_of(place.division):
        return HukouKind.OTHER_PROVINCE
    if city_of(origin.division) != city_of(place.division):
        return HukouKind.OTHER_CITY
    if origin.division in place.central:
        return HukouKind.CENTRAL_DISTRICT
    district = origin.county.endswith("区")
    return HukouKind.OTHER_DISTRICT if district else HukouKind.OTHER_COUNTY


def origins_of(place: Place, kind: HukouKind) -> tuple[Origin, ...]:
    return tuple(
        origin for origin in ORIGINS[place.division] if kind_of_hukou(place, origin) is kind
    )


def read_townships(streets_csv: Path) -> dict[int, tuple[Township, ...]]:
    """The townships of the three places, from china-division's `streets.csv` (nine-digit codes)."""
    found: dict[int, list[Township]] = {division: [] for division in PLACES}
    with streets_csv.open(encoding="utf-8-sig", newline="") as lines:
        for row in csv.DictReader(lines):
            township = Township(division=int(row["code"]) * 1000, name=row["name"])
            if (county := county_of(township.division)) in found:
                found[county].append(township)
    return {county: tuple(townships) for county, townships in found.items()}
