"""The street board: a walk drawn as what it is, two sides of a street, a stack of floors, or a cluster.

Pure: which tile stands in which row, which doors lie behind it, and how it is marked. Where a tile
is painted is decided by whoever draws it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Protocol

from organizer.domain.clears import Lamp, Light
from organizer.domain.visit import GONE

CROWDED = 12
"""A house with more doors than this is drawn as a board of its own, though it has no floors."""

_DIGITS = re.compile("[0-9]+")
_NUMBERED = re.compile("^([0-9A-Z-]+)[号室]$")
_LANE, _FLOOR = "street", "floor"
_TILES = frozenset({"building", "door", "station"})
_GROUPS = frozenset({"floor", "village_group"})


class Shape(StrEnum):
    """How a place is drawn."""

    STREET = "street"
    FLOORS = "floors"
    CLUSTER = "cluster"


class Mark(StrEnum):
    """What a tile shows: 清, 差, 未, or 已尽责 where all that is not clear was closed after tries."""

    CLEAR = "clear"
    EFFORT = "effort"
    LACKING = "lacking"
    UNSEEN = "unseen"


_ENDED = frozenset({Mark.CLEAR, Mark.EFFORT})
_CLEAR, _UNSEEN = frozenset({Light.CLEAR}), frozenset({Light.UNSEEN})


class Side(StrEnum):
    """Rows of a street; `OTHER` has what bears no house number, `LANES` what branches off."""

    ODD = "odd"
    EVEN = "even"
    OTHER = "other"
    LANES = "lanes"


@dataclass(frozen=True)
class Spot:
    """A place on a walk. `parent` is the place it stands in, redirects followed; None for the walk."""

    id: bytes
    parent: bytes | None
    kind: str
    name: str
    side: str | None = None


class Behind(Protocol):
    """A unit as the board asks for it: where it is, how it is called, what was found this round."""

    @property
    def employer(self) -> bytes:
        """Its id."""

    @property
    def name(self) -> str:
        """How it is called."""

    @property
    def spot(self) -> bytes:
        """The place it is at."""

    @property
    def outcome(self) -> str:
        """What its last visit in the round came to; "" for none."""

    @property
    def closed(self) -> bool:
        """Whether its door was closed after honest tries."""

    @property
    def done(self) -> bool:
        """Whether nothing is left to do at its door in this round."""


@dataclass(frozen=True)
class Tile:
    """A house, door, lane or unit; `doors` are numbers of units in walking order.

    `name` is "" for units that hang on the place itself. `inner` tiles open as boards of their own.
    """

    key: bytes
    name: str
    kind: str
    doors: tuple[int, ...]
    inner: bool = False

    @cached_property
    def short(self) -> str:
        """What is painted: of 9号 and 101室 the number."""
        return _NUMBERED.sub(r"\1", self.name)


@dataclass(frozen=True)
class Row:
    """Tiles that stand together: a side of the street, a floor, a village group.

    `place` is the floor or group itself, None for a side or for what stands in none; `key` is one of
    `Side` for a street.
    """

    key: str
    name: str
    place: bytes | None
    tiles: tuple[Tile, ...]


@dataclass(frozen=True)
class Board:
    """One place as it is drawn. `trail` leads from the walk down to it."""

    shape: Shape
    at: bytes
    trail: tuple[Spot, ...]
    rows: tuple[Row, ...]

    @cached_property
    def tiles(self) -> tuple[Tile, ...]:
        """All tiles, row by row."""
        return tuple(tile for row in self.rows for tile in row.tiles)

    @cached_property
    def row_of_tile(self) -> tuple[Row, ...]:
        """The row each tile stands in."""
        return tuple(row for row in self.rows for _tile in row.tiles)

    @cached_property
    def _tile_of_door(self) -> Mapping[int, int]:
        return {door: at for at, tile in enumerate(self.tiles) for door in tile.doors}

    def tile_of(self, door: int) -> int:
        """The tile a unit lies behind; -1 when it is on another board."""
        return self._tile_of_door.get(door, -1)

    def find(self, number: str) -> int:
        """The tile of a house or door number as it is typed; -1 for none.

        Of 90号, 9号甲 and 9号 the last is meant by 9; without it 9号甲, else what begins so.
        """
        best = (2, -1)
        for at, tile in enumerate(self.tiles):
            digits = house_digits(tile.name)
            if digits == number:
                best = min(best, (0 if tile.name.removesuffix("号") == number else 1, at))
                if best[0] == 0:
                    break
            elif best[1] < 0 and digits.startswith(number):
                best = (2, at)
        return best[1]


class Ground:
    """The places of a walk and the units behind them, from which any board of it is drawn."""

    def __init__(self, spots: Sequence[Spot], units: Sequence[Behind]) -> None:
        self._spots = {spot.id: spot for spot in spots}
        self._units = units
        self._own: dict[bytes, list[int]] = {}
        for number, unit in enumerate(units):
            self._own.setdefault(unit.spot, []).append(number)
        self._children: dict[bytes, list[bytes]] = {}
        occupied = self._occupied()
        for spot in spots:
            if spot.parent is not None and spot.id in occupied:
                self._children.setdefault(spot.parent, []).append(spot.id)
        self.root = spots[0].id if spots else b""

    def opening(self) -> bytes:
        """The place whose board is shown first: a street with one tower in it shows the tower."""
        return self.inside(self.root)

    def inside(self, spot: bytes) -> bytes:
        """The place that is drawn when one enters another: single shells are passed through."""
        while True:
            inner = self._children.get(spot, [])
            if spot in self._own or len(inner) != 1:
                return spot
            only = self._spots[inner[0]]
            if only.kind == _FLOOR or only.id not in self._children:
                return spot
            spot = only.id

    def outside(self, at: bytes) -> bytes | None:
        """The place whose board one came from; None for the first."""
        for above in self._upwards(at):
            if self.inside(above) != at:
                return above
        return None

    def holds(self, spot: bytes, door: int) -> bool:
        """Whether a unit lies in a place."""
        return any(one == spot for one in self._upwards(self._units[door].spot))

    def path(self, door: int, below: bytes) -> tuple[str, ...]:
        """The names from below a place (else from below the walk) down to a unit's door."""
        names = []
        for spot in self._upwards(self._units[door].spot):
            if spot in (below, self.root):
                break
            names.append(self._spots[spot].name)
        return tuple(reversed(names))

    def board(self, at: bytes) -> Board:
        """The board of a place; an empty cluster for one that is not on this walk."""
        spot = self._spots.get(at)
        if spot is None:
            tiles = tuple(self._unit_tiles(at))
            return Board(Shape.CLUSTER, at, (), (Row("", "", None, tiles),) if tiles else ())
        trail = tuple(self._spots[one] for one in reversed([*self._upwards(at)]))
        inner = [self._spots[child] for child in self._children.get(at, [])]
        if spot.kind == _LANE:
            return Board(Shape.STREET, at, trail, tuple(self._sides(at, inner)))
        floors = any(child.kind == _FLOOR for child in inner)
        rows = tuple(self._groups(at, inner, floors=floors))
        return Board(Shape.FLOORS if floors else Shape.CLUSTER, at, trail, rows)

    def _sides(self, at: bytes, inner: Sequence[Spot]) -> Iterator[Row]:
        sides: dict[Side, list[Tile]] = {side: [] for side in Side}
        for child in inner:
            side = Side.LANES if child.kind == _LANE else _side(child)
            sides[side].append(self._tile(child))
        if at in self._own:
            sides[Side.OTHER].append(Tile(at, "", "unit", tuple(self._own[at])))
        for side, tiles in sides.items():
            if tiles:
                yield Row(side, "", None, tuple(tiles))

    def _groups(self, at: bytes, inner: Sequence[Spot], *, floors: bool) -> Iterator[Row]:
        groups: list[Spot] = []
        alone: list[Spot] = []
        for child in inner:
            (groups if self._is_group(child) else alone).append(child)
        if floors:
            # As one stands before the house: the top floor above, the cellar below.
            groups.reverse()
        for group in groups:
            children = (self._spots[one] for one in self._children.get(group.id, []))
            tiles = [*map(self._tile, children), *self._unit_tiles(group.id)]
            yield Row(group.id.hex(), group.name, group.id, _walked(tiles))
        rest = [*map(self._tile, alone), *self._unit_tiles(at)]
        if rest:
            yield Row("", "", None, _walked(rest))

    def _is_group(self, spot: Spot) -> bool:
        if spot.kind in _GROUPS:
            return True
        # A hall of a market is a row of its stalls; a house is a tile, and so is what has houses in it.
        return spot.kind not in (*_TILES, _LANE) and self._flat(spot.id)

    def _flat(self, spot: bytes) -> bool:
        inner = self._children.get(spot, [])
        return bool(inner) and not any(child in self._children for child in inner)

    def _tile(self, spot: Spot) -> Tile:
        if spot.id not in self._children:
            return Tile(spot.id, spot.name, spot.kind, tuple(self._own.get(spot.id, ())))
        doors = tuple(self._doors(spot.id))
        inside = self.inside(spot.id)
        houses = any(child in self._children for child in self._children.get(inside, []))
        inner = spot.kind == _LANE or houses or len(doors) > CROWDED
        return Tile(spot.id, spot.name, spot.kind, doors, inner)

    def _unit_tiles(self, spot: bytes) -> Iterator[Tile]:
        for door in self._own.get(spot, []):
            yield Tile(self._units[door].employer, self._units[door].name, "unit", (door,))

    def _doors(self, spot: bytes) -> list[int]:
        found, waiting = [], [spot]
        while waiting:
            one = waiting.pop()
            found += self._own.get(one, [])
            waiting += self._children.get(one, [])
        return sorted(found)

    def _occupied(self) -> set[bytes]:
        found: set[bytes] = set()
        for spot in self._own:
            for above in self._upwards(spot):
                if above in found:
                    break
                found.add(above)
        return found

    def _upwards(self, spot: bytes | None) -> Iterator[bytes]:
        while spot is not None and spot in self._spots:
            yield spot
            spot = self._spots[spot].parent


def _walked(tiles: list[Tile]) -> tuple[Tile, ...]:
    """Tiles in walking order."""
    return tuple(sorted(tiles, key=lambda tile: tile.doors))


def mark(units: Iterable[tuple[Behind, Sequence[Lamp]]]) -> Mark:
    """How a tile is marked: by the worst that is still open behind it.

    未 only while nothing at all is known of this round, 清 when every lamp of every unit is clear.
    Units that are gone (搬离, 注销, 查无) leave nothing open.
    """
    found = {_unit_mark(unit, lamps) for unit, lamps in units if unit.outcome not in GONE}
    if len(found) == 1:
        return found.pop()
    return (Mark.EFFORT if found else Mark.CLEAR) if found <= _ENDED else Mark.LACKING


def _unit_mark(unit: Behind, lamps: Sequence[Lamp]) -> Mark:
    lights = {lamp.light for lamp in lamps}
    if lights == _CLEAR:
        return Mark.CLEAR
    if unit.closed:
        return Mark.EFFORT
    return Mark.UNSEEN if lights <= _UNSEEN and not unit.done else Mark.LACKING


def _side(spot: Spot) -> Side:
    return (
        Side(spot.side) if spot.kind == "building" and spot.side in ("odd", "even") else Side.OTHER
    )


def house_digits(name: str) -> str:
    """The first run of digits of a name without leading noughts: 9 of 9号甲; "" for none."""
    found = _DIGITS.search(name)
    return found[0].lstrip("0") if found else ""
