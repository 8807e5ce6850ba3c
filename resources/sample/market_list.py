"""The list of market entities of one made-up street office: doors, a tower, a market, a village."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

from made_up_codes import mobile, unit_code
from made_up_words import Names

HEADER = (
    "序号", "单位名称", "统一社会信用代码", "主体类型", "法定代表人（负责人）", "联系电话",
    "住所（经营场所）", "所属区县", "所属街道（乡镇）", "所属社区（村）", "登记机关", "成立日期",
    "登记状态", "行业", "职工人数", "备注",
)  # fmt: skip

_INDUSTRIES = Path(__file__).parent.parent / "codelists" / "industry.csv"


@dataclass(frozen=True)
class Spot:
    """Where a unit stands, and what kinds of units are found there."""

    address: str
    community: str
    kinds: tuple[str, ...]
    county: str = "铁西区"
    town: str = "工人村街道"


def street(name: str, doors: int, communities: tuple[str, str], random: Random) -> Iterator[Spot]:
    """Two rows of doors, odd and even, some with 甲 or an extra number, some with several shops."""
    for door in range(1, doors + 1):
        number = {9: "9号甲", 16: "16-1号", 23: "23甲1号", 38: "38号甲"}.get(door, f"{door}号")
        community = communities[door > doors // 2]
        line = f"沈阳市铁西区{name}{number}"
        yield Spot(line, community, ("shop", "company"))
        for extra in range(random.choice((0, 1, 1, 2, 3))):
            yield Spot(f"{line}{extra + 2}门", community, ("shop",))


def tower(line: str, floors: int, community: str, random: Random) -> Iterator[Spot]:
    """Floors of rooms: 3层 301室 … ; the ground floor holds shops."""
    for floor in range(1, floors + 1):
        for room in sorted(random.sample(range(1, 11), random.choice((4, 5, 6, 7)))):
            kinds = ("shop",) if floor == 1 else ("company",)
            yield Spot(f"沈阳市铁西区{line}{floor}层{floor}{room:02d}室", community, kinds)


def market(line: str, community: str) -> Iterator[Spot]:
    """Sixty stalls in two rows."""
    for row in "AB":
        for stall in range(1, 31):
            yield Spot(f"沈阳市铁西区{line}{row}区{stall:02d}号摊位", community, ("stall",))


def corners() -> Iterator[Spot]:
    """Addresses without a door: yards, crossings, opposite something."""
    for line in (
        "兴工街与建设中路交汇处", "兴工街原纺织厂院内", "云峰北街小区东门旁", "建设中路地下通道B12",
        "云峰北街（菜市场对面）", "兴工街50号院内3号库", "云峰北街44号楼下", "建设中路18号院",
    ):  # fmt: skip
        yield Spot(f"沈阳市铁西区{line}", "园西社区", ("company", "shop"))


def village() -> Iterator[Spot]:
    """A village without streets: groups, 屯, and plain descriptions."""
    for group in range(1, 9):
        for tail in ("", "村部东侧", "（路北）", "老学校院内")[: 3 + group % 2]:
            place = f"沈阳市新民市大民屯镇方巾牛村{group}组{tail}"
            yield Spot(place, "方巾牛村委会", ("village",), "新民市", "大民屯镇")
    for place in ("前屯", "后屯", "西屯", "东岗屯"):
        line = f"新民市大民屯镇方巾牛村{place}"
        yield Spot(line, "方巾牛村委会", ("village",), "新民市", "大民屯镇")


def town_spots(random: Random) -> list[Spot]:
    """All places of the street office's list, in walking order."""
    return [
        *street("兴工街", 52, ("劳模社区", "新喜社区"), random),
        *street("云峰北街", 46, ("园西社区", "西站社区"), random),
        *tower("建设中路20号样禾大厦A座", 12, "功勋社区", random),
        *market("建设中路36号例川综合市场", "中海社区"),
        *corners(),
    ]


class UnitList:
    """Turns places into rows of the list."""

    def __init__(self, random: Random, first_number: int) -> None:
        self._random = random
        self._names = Names(random)
        self._number = first_number
        with _INDUSTRIES.open(encoding="utf-8", newline="") as lines:
            self._industries = {row["code"]: row["label"] for row in csv.DictReader(lines)}

    def rows(self, spots: list[Spot]) -> list[list[str | int]]:
        """One row per place, in the order of `HEADER`."""
        return [[place, *self._row(spot)] for place, spot in enumerate(spots, 1)]

    def _row(self, spot: Spot) -> list[str | int]:
        kind = self._random.choice(spot.kinds)
        city = "沈阳" if kind == "company" else f"{spot.county}" if kind == "shop" else ""
        name, industry = self._names.unit(kind, city)
        form, prefix, most = _shape(kind, name)
        self._number += self._random.randint(3, 40)
        code = unit_code(self._number, prefix)
        if kind == "stall" and self._random.random() < 0.6:
            code, form = "", "未登记摊位"
        organ = (
            ""
            if not code
            else f"沈阳市{spot.county}市场监督管理局".replace("沈阳市新民市", "新民市")
        )
        return [
            name, code, form, self._names.person(), self._phone(), spot.address, spot.county,
            spot.town, spot.community, organ, *(self._register() if code else ("", "")),
            self._industries[industry], self._staff(most), "" if code else "未办照，暂无代码",
        ]  # fmt: skip

    def _phone(self) -> str:
        landline = f"024-9999{self._random.randint(0, 9999):04d}"
        return self._random.choices((mobile(self._random), landline, ""), (85, 10, 5))[0]

    def _register(self) -> tuple[str, str]:
        # Date of registration and state of the licence.
        year, month = self._random.randint(1998, 2025), self._random.randint(1, 12)
        day = f"{year}-{month:02d}-{self._random.randint(1, 28):02d}"
        return day, self._random.choices(("存续", "注销", "迁出"), (92, 5, 3))[0]

    def _staff(self, most: int) -> int | str:
        if self._random.random() < 0.1:
            return ""
        return max(1, int(most * self._random.random() ** 4))


def _shape(kind: str, name: str) -> tuple[str, str, int]:
    # Type of entity, first two characters of its code, the largest head count.
    if kind == "company":
        return "有限责任公司", "91", 260
    if name.endswith("合作社"):
        return "农民专业合作社", "93", 40
    if name.endswith("厂"):
        return "个人独资企业", "91", 60
    return "个体工商户", "92", 3 if kind == "stall" else 14
