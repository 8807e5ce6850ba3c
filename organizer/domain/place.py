"""Places: one tree from the division down to the door, as a survey walks it.

division → street · crossing · tower · village group → station → building → floor → door. Two thirds
of the village-level units of Liaoning have no streets, so a unit may hang on a village, a village
group or a named building directly.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, get_args

from organizer.domain.division import pad_code
from organizer.domain.house_number import HouseNumber, Side, number_value
from organizer.domain.identifiers import half_width
from organizer.errors import InvalidInput

Kind = Literal[
    "division", "street", "crossing", "tower", "village_group", "station", "building", "floor",
    "door",
]  # fmt: skip
"""Stored as text: 区划 · 街路巷 · 路口 · 楼宇商圈 · 村民组 · 站点 · 楼号门牌 · 楼层 · 门."""

KINDS: tuple[Kind, ...] = get_args(Kind)

_INSIDE: tuple[Kind, ...] = ("station", "building", "floor", "door")
_MAY_CONTAIN: dict[Kind, frozenset[Kind]] = {
    # Also a bare floor or door: a line may say no more, and a person puts it under its building.
    "division": frozenset(KINDS),
    # Lanes branch off a street; a park or a market stands on it.
    "street": frozenset({"street", "crossing", "tower", *_INSIDE}),
    "crossing": frozenset({"tower", *_INSIDE}),
    # A park has inner roads and towers of its own, a market has floors and stalls.
    "tower": frozenset({"street", "crossing", "tower", *_INSIDE}),
    "village_group": frozenset({"street", "crossing", "tower", "station", "building", "door"}),
    "station": frozenset({"building", "floor", "door"}),
    # 88号 may be a yard with lanes, 40号 a park with 23号楼, 57号 the tower 财富中心.
    "building": frozenset({"street", "tower", *_INSIDE}),
    "floor": frozenset({"station", "door"}),
    "door": frozenset(),
}

_BLANKS = re.compile(r"\s+")
_SPELLINGS = str.maketrans(
    {"【": "(", "】": ")", "〔": "(", "〕": ")", "[": "(", "]": ")", "{": "(", "}": ")",
     "“": "", "”": "", '"': "", "№": "号", "號": "号", "–": "-", "—": "-", "‐": "-", "_": "-"}
)  # fmt: skip
_BLOCK = re.compile(r"(?:号楼|#楼|栋|幢)$")
_USE = re.compile(r"(号)(?:院|公建|门市|门市房|网点|厂房|公馆|馆)$")
_NUMERAL = "[0-9]{1,4}|[零〇一二两三四五六七八九十百]{1,5}"
_FLOOR = re.compile(
    rf"([东西南北])?(地下|负|-|B)?第?({_NUMERAL})(?:[-至~]({_NUMERAL}))?(?:层楼|层|楼|F)?"
)
_CELLARS = frozenset({"地下", "地下室", "地下层", "负层"})
_UNIT = re.compile("号?(?:单元|门洞)")
_DOOR_WORDS = re.compile(r"(?:室|号房间|房间|号房|房|户|号门|门|号)$")
_RUN = re.compile("[0-9]{1,12}|[^0-9]+")
_GROUND = 1000


def may_contain(parent: Kind, kind: Kind) -> bool:
    """Whether a place of `kind` may stand directly under one of kind `parent`."""
    return kind in _MAY_CONTAIN[parent]


def require_place(parent: Kind, kind: Kind, name: str) -> None:
    """Refuse a place that cannot stand there or has no name (`InvalidInput`)."""
    if not name.strip():
        raise InvalidInput("place.empty_name", field="name")
    if not may_contain(parent, kind):
        raise InvalidInput("place.wrong_parent", field="parent", name=name.strip())


def plain_name(name: str) -> str:
    """The name without blanks and quotes, digits, Latin letters and brackets in half width."""
    return _BLANKS.sub("", half_width(name)).translate(_SPELLINGS).upper()


def floor_range(name: str) -> tuple[int, int] | None:
    """First and last floor named by 二楼, 12层, 28F, 地下一层, B1, 24-25楼; below ground negative."""
    found = _FLOOR.fullmatch(plain_name(name))
    if not found:
        return None
    first, last = number_value(found[3]), number_value(found[4] or found[3])
    if not first or not last:
        return None
    return (-first, -last) if found[2] else (first, last)


def house_number(name: str) -> HouseNumber | None:
    """The number of a building, also of 23号楼, 3栋, 35-4号公建; None for a named one."""
    return HouseNumber.parse(_USE.sub(r"\1", _BLOCK.sub("号", plain_name(name))))


def _building_key(name: str) -> str:
    number = house_number(name)
    # Numbered buildings stand before named ones.
    return f"0{number.sort_key}{plain_name(name)}" if number else f"9{natural_key(name)}"


def _floor_key(name: str) -> str:
    floors = (-1, -1) if plain_name(name) in _CELLARS else floor_range(name)
    if floors is None:
        return f"9{natural_key(name)}"
    return f"0{_GROUND + floors[0]:04d}{_GROUND + floors[1]:04d}{plain_name(name)}"


def natural_key(name: str) -> str:
    """Text in whose plain order digits compare as numbers: 101 < 102 < 1001 < A12."""
    runs = _RUN.findall(plain_name(name))
    return "".join(run.zfill(12) if run[0] in "0123456789" else run for run in runs)


_KEYS: dict[Kind, Callable[[str], str]] = {
    "building": _building_key,
    "floor": _floor_key,
    "door": lambda name: natural_key(_plain_door(name)),
}


def sort_key(kind: Kind, name: str) -> str:
    """Text whose plain order is the order among siblings of `kind` (`SORT_KEY_VERSION`).

    Buildings by house number, floors from the lowest up, doors and the rest by name with numbers as
    numbers.
    """
    return _KEYS.get(kind, natural_key)(name)


def _plain_door(name: str) -> str:
    return _DOOR_WORDS.sub("", _UNIT.sub("-", plain_name(name))) or plain_name(name)


def _plain_building(name: str) -> str:
    plain = _BLOCK.sub("号楼", plain_name(name))
    number = HouseNumber.parse(plain)
    return number.text() if number else plain


def _plain_floor(name: str) -> str:
    floors, plain = floor_range(name), plain_name(name)
    if floors is None:
        return plain
    wing = plain[0] if plain[0] in "东西南北" else ""
    return f"{wing}{floors[0]}" if floors[0] == floors[1] else f"{wing}{floors[0]}至{floors[1]}"


_PLAIN: dict[Kind, Callable[[str], str]] = {
    "building": _plain_building,
    "floor": _plain_floor,
    "door": _plain_door,
}


def natural_path(parent: bytes | None, kind: Kind, name: str) -> str:
    """What the id of a place follows from: its parent, kind and name in one spelling.

    Two lists that write 二楼 and 2层, 16# and １６号, 3栋 and 3号楼, 902 and 902室 get one place.
    Never computed again for a place that exists: an id is kept when the place is renamed.
    """
    plain = _PLAIN.get(kind, plain_name)(name)
    return f"{parent.hex() if parent else ''}/{kind}/{plain}"


@dataclass(frozen=True, slots=True)
class Place:
    """A node of the tree. `division_code` is that of the division it lies in, padded to 12 digits.

    `number` is the house number in one spelling or "", `raw` the line the place was cut from.
    """

    id: bytes
    parent: bytes | None
    kind: Kind
    name: str
    number: str
    side: Side | None
    sort_key: str
    division_code: str
    raw: str = ""

    @classmethod
    def named(
        cls,
        place_id: bytes,
        parent: bytes | None,
        kind: Kind,
        name: str,
        division_code: str,
        raw: str = "",
    ) -> "Place":
        """A place with number, side and sort key taken from its name, the code padded.

        A block (23号楼) has a number but no side: blocks are counted within a yard.
        """
        number = house_number(name) if kind == "building" else None
        block = bool(_BLOCK.search(plain_name(name)))
        return cls(
            id=place_id,
            parent=parent,
            kind=kind,
            name=name,
            number=number.text() if number else "",
            side=number.side if number and not block else None,
            sort_key=sort_key(kind, name),
            division_code=pad_code(division_code),
            raw=raw,
        )
