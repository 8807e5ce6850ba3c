"""The board of a street with a lane and a tower, of a village, of a market: rows, tiles, marks."""

from collections.abc import Sequence
from dataclasses import dataclass

import pytest

from organizer.domain.board import Behind, Board, Ground, Mark, Shape, Spot, mark
from organizer.domain.clears import Lamp, LampRule, Light

RULES = tuple(LampRule(key, key, key, ()) for key in "abcd")


@dataclass(frozen=True)
class Unit:
    """A unit behind a door."""

    name: str
    spot: bytes
    outcome: str = ""
    closed: bool = False

    @property
    def employer(self) -> bytes:
        return self.name.encode()

    @property
    def done(self) -> bool:
        return self.closed or self.outcome not in ("", "2")


def spots(*lines: str) -> list[Spot]:
    """From lines like "1 < way building 1号 odd", upper ones first."""
    found = []
    for line in lines:
        head, _, rest = line.partition(" ")
        up, kind, name, *side = rest.split()
        parent = None if up == "-" else up.encode()
        found.append(Spot(head.encode(), parent, kind, name, side[0] if side else None))
    return found


def rows(board: Board) -> dict[str, list[str]]:
    return {row.name or row.key: [tile.name for tile in row.tiles] for row in board.rows}


STREET = spots(
    "way - street 云峰北街",
    "1 way building 1号 odd",
    "1a 1 door 101室",
    "1b 1 door 102室",
    "3 way building 3号 odd",
    "2 way building 2号 even",
    "t 2 tower 样禾大厦",
    "f1 t floor 1层",
    "f2 t floor 2层",
    "101 f1 door 101室",
    "201 f2 door 201室",
    "202 f2 door 202室",
    "lane way street 前进里",
    "l1 lane building 1号 odd",
    "old way tower 原纺织厂院内",
    "none way building 99号 odd",
)
UNITS = [
    Unit("一", b"1a"),
    Unit("二", b"1b"),
    Unit("三", b"3"),
    Unit("四", b"101"),
    Unit("五", b"201"),
    Unit("六", b"202"),
    Unit("七", b"l1"),
    Unit("八", b"old"),
    Unit("九", b"way"),
]


def test_a_street_has_two_sides_and_its_lanes_branch_off() -> None:
    board = Ground(STREET, UNITS).board(b"way")
    assert board.shape is Shape.STREET
    assert rows(board) == {
        "odd": ["1号", "3号"],
        "even": ["2号"],
        "other": ["原纺织厂院内", ""],
        "lanes": ["前进里"],
    }
    inner = {tile.name: tile.inner for tile in board.tiles}
    assert inner == {
        "1号": False, "3号": False, "2号": True, "原纺织厂院内": False, "": False, "前进里": True,
    }  # fmt: skip
    assert [board.tile_of(door) for door in range(len(UNITS))] == [0, 0, 1, 2, 2, 2, 5, 3, 4]


def test_a_tower_is_a_stack_with_the_top_floor_above() -> None:
    ground = Ground(STREET, UNITS)
    # The house is a shell around the tower: one enters it with one step, and leaves with one.
    assert ground.inside(b"2") == b"t"
    assert ground.outside(b"t") == b"way" and ground.outside(b"way") is None
    board = ground.board(b"t")
    assert board.shape is Shape.FLOORS
    assert rows(board) == {"2层": ["201室", "202室"], "1层": ["101室"]}
    assert [spot.name for spot in board.trail] == ["云峰北街", "2号", "样禾大厦"]
    assert ground.path(4, b"t") == ("2层", "201室")
    assert ground.holds(b"t", 4) and not ground.holds(b"t", 0)
    assert board.tile_of(0) == -1


def test_a_street_with_nothing_but_a_tower_opens_at_the_tower() -> None:
    only = [unit for unit in UNITS if unit.spot in (b"101", b"201")]
    assert Ground(STREET, only).opening() == b"t"
    assert Ground(STREET, UNITS).opening() == b"way"


def test_a_village_is_a_cluster_of_its_groups_and_of_units_without_a_house() -> None:
    village = spots(
        "v - division 方巾牛村委会",
        "g1 v village_group 1组",
        "s g1 building 老学校院内",
        "g2 v village_group 2组",
    )
    units = [Unit("甲", b"g1"), Unit("乙", b"s"), Unit("丙", b"g2"), Unit("丁", b"v")]
    board = Ground(village, units).board(b"v")
    assert board.shape is Shape.CLUSTER
    assert [(row.name, [tile.name for tile in row.tiles]) for row in board.rows] == [
        ("1组", ["甲", "老学校院内"]),
        ("2组", ["丙"]),
        ("", ["丁"]),
    ]
    assert board.rows[0].place == b"g1" and board.rows[2].place is None


def test_the_halls_of_a_market_are_rows_of_stalls_and_houses_of_a_park_are_tiles() -> None:
    market = spots(
        "m - tower 例川综合市场",
        "a m tower A区",
        "a1 a door 01号摊位",
        "a2 a door 02号摊位",
        "h m building 3号楼",
        "h1 h floor 1层",
        "h11 h1 door 101室",
        "h2 h floor 2层",
        "h21 h2 door 201室",
    )
    units = [Unit(name, name.encode()) for name in ("a1", "a2", "h11", "h21")]
    board = Ground(market, units).board(b"m")
    assert rows(board) == {"A区": ["01号摊位", "02号摊位"], "": ["3号楼"]}
    assert [tile.inner for tile in board.tiles] == [False, False, True]


def test_a_house_with_many_doors_is_a_board_of_its_own() -> None:
    house = spots("w - street 兴工街", "h w building 1号 odd", "k w building 3号 odd")
    house += spots(*(f"d{n} h door {n}室" for n in range(101, 114)))
    units = [Unit(f"u{n}", f"d{n}".encode()) for n in range(101, 114)] + [Unit("k", b"k")]
    ground = Ground(house, units)
    assert [tile.inner for tile in ground.board(b"w").tiles] == [True, False]
    assert len(ground.board(b"h").tiles) == 13


@pytest.mark.parametrize(
    ("typed", "found"), [("9", "9号"), ("90", "90号"), ("23", "23甲1号"), ("1", "019号"), ("7", "")]
)
def test_a_number_leads_to_its_house(typed: str, found: str) -> None:
    names = ("90号", "9号甲", "9号", "23甲1号", "019号")
    street = spots("w - street 兴工街", *(f"{n} w building {n} odd" for n in names))
    board = Ground(street, [Unit(n, n.encode()) for n in names]).board(b"w")
    at = board.find(typed)
    assert (board.tiles[at].name if at >= 0 else "") == found


def test_units_that_lie_nowhere_are_a_cluster() -> None:
    board = Ground([], [Unit("流动摊", b""), Unit("另一摊", b"")]).board(b"")
    assert [tile.name for tile in board.tiles] == ["流动摊", "另一摊"]
    assert Ground([], []).board(b"").tiles == ()


def lamps(lights: str) -> tuple[Lamp, ...]:
    known = {"c": Light.CLEAR, "l": Light.LACKING, "u": Light.UNSEEN}
    return tuple(Lamp(rule, known[one], ()) for rule, one in zip(RULES, lights, strict=False))


@pytest.mark.parametrize(
    ("units", "shown"),
    [
        ([(Unit("a", b"", "1"), "cccc")], Mark.CLEAR),
        ([(Unit("a", b"", "1"), "cccc"), (Unit("b", b""), "uuuu")], Mark.LACKING),
        ([(Unit("a", b""), "uuuu"), (Unit("b", b""), "")], Mark.UNSEEN),
        ([(Unit("a", b"", "2"), "uuuu")], Mark.UNSEEN),
        ([(Unit("a", b"", "3"), "uuuu")], Mark.LACKING),
        ([(Unit("a", b"", "3", closed=True), "uuuu")], Mark.EFFORT),
        ([(Unit("a", b"", "3", closed=True), "uuuu"), (Unit("b", b"", "1"), "cccc")], Mark.EFFORT),
        ([(Unit("a", b"", "2", closed=True), "uuuu"), (Unit("b", b""), "uuuu")], Mark.LACKING),
        # Whoever moved away leaves nothing to be found out.
        ([(Unit("a", b"", "4"), "uuuu"), (Unit("b", b"", "1"), "cccc")], Mark.CLEAR),
        ([(Unit("a", b"", "5"), "lluu")], Mark.CLEAR),
    ],
)
def test_a_tile_is_marked_by_the_worst_that_is_open(
    units: Sequence[tuple[Behind, str]], shown: Mark
) -> None:
    assert mark((unit, lamps(lights)) for unit, lights in units) is shown
