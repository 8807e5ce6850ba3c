"""Where the tiles of a board lie and which one is beside another: arithmetic only, no window."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple

from organizer.domain.board import Board, Row, Shape, Side, Tile, house_digits

_SIDES, _ASIDE = (Side.ODD, Side.EVEN), (Side.OTHER, Side.LANES)
_LARGER = 16 / 14
"""The number on a high tile is written so much larger."""
_UNNAMED = 4
"""Hanzi in place of a number where there is none."""
_PER_UNIT = 5
"""A house is drawn this much wider (at 100 %) for each unit in it, up to the widest tile."""


class Box(NamedTuple):
    """A rectangle in pixels of the whole board."""

    x: int
    y: int
    width: int
    height: int

    @property
    def middle(self) -> float:
        """Its centre along the street."""
        return self.x + self.width / 2


class Measures(NamedTuple):
    """Sizes in pixels at the type size in force. `letter` is the width of a hanzi on a tile.

    `room` is the width of the view: rows of floors and groups wrap there, a street scrolls.
    """

    tile: int
    low: int
    gap: int
    least: int
    most: int
    letter: float
    aside: int
    road: int
    room: int
    unit: float = _PER_UNIT


@dataclass(frozen=True)
class Line:
    """Tiles side by side, from number `first` up to `end`, in one line of pixels.

    A `still` one stays where it is while one goes along the street.
    """

    y: int
    height: int
    first: int
    end: int
    still: bool = False


@dataclass(frozen=True)
class Label:
    """Where the name of a row is written."""

    box: Box
    row: Row


@dataclass
class Plan:
    """A board laid out; a `strip` (a street) scrolls sideways, any other board down."""

    strip: bool = False
    boxes: list[Box] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)
    slabs: list[Box] = field(default_factory=list)
    road: Box | None = None
    width: int = 0
    height: int = 0

    def visible(self, view: Box, along: int = 0) -> Iterator[int]:
        """The tiles that show in a part of the board that is scrolled `along` so far."""
        for line in self._lines_in(view.y, view.y + view.height):
            left = view.x - along if line.still else view.x
            at = bisect_right(self.boxes, left, line.first, line.end, key=_right_edge)
            while at < line.end and self.boxes[at].x < left + view.width:
                yield at
                at += 1

    def tile_at(self, x: int, y: int, along: int = 0) -> int:
        """The tile under a point of the board; -1 for none."""
        return next(self.visible(Box(x, y, 1, 1), along), -1)

    def is_still(self, tile: int) -> bool:
        """Whether a tile stays where it is while one goes along."""
        line = self._line_of(tile)
        return line >= 0 and self.lines[line].still

    def along(self, tile: int, step: int) -> int:
        """The next (1) or previous (-1) tile in its line; at the end of a wrapped line the next one's."""
        line = self._line_of(tile)
        if line < 0:
            return 0 if self.boxes else -1
        to = tile + step
        known = 0 <= to < len(self.boxes)
        wraps = known and (not self.strip or (self.is_still(tile) and self.is_still(to)))
        inside = self.lines[line].first <= to < self.lines[line].end
        return to if inside or wraps else tile

    def across(self, tile: int, step: int, along: int = 0) -> int:
        """The nearest tile of the line above (-1) or below (1); the tile itself at the edge.

        Nearest as one sees it, the board being scrolled `along` so far.
        """
        line = self._line_of(tile)
        if line < 0:
            return 0 if self.boxes else -1
        to = line + step
        if not 0 <= to < len(self.lines):
            return tile
        seen = self.boxes[tile].middle - (0 if self.lines[line].still else along)
        return self._nearest(self.lines[to], seen + (0 if self.lines[to].still else along))

    def turned(self, tile: int, pixels: int) -> int:
        """The tile a page further up or down; in a street, a page further along."""
        line = self._line_of(tile)
        if line < 0:
            return 0 if self.boxes else -1
        here = self.lines[line]
        if self.strip:
            return self._nearest(here, self.boxes[tile].middle + pixels)
        y = here.y + pixels
        to = min(range(len(self.lines)), key=lambda at: abs(self.lines[at].y - y))
        return self._nearest(self.lines[to], self.boxes[tile].middle)

    def edge(self, tile: int, *, last: bool) -> int:
        """The first or last tile of its line."""
        line = self._line_of(tile)
        if line < 0:
            return 0 if self.boxes else -1
        return self.lines[line].end - 1 if last else self.lines[line].first

    def _nearest(self, line: Line, middle: float) -> int:
        at = bisect_left(self.boxes, middle, line.first, line.end, key=lambda box: box.middle)
        near = [one for one in (at - 1, at) if line.first <= one < line.end]
        return min(near, key=lambda one: abs(self.boxes[one].middle - middle))

    def _line_of(self, tile: int) -> int:
        if not 0 <= tile < len(self.boxes):
            return -1
        return bisect_right(self.lines, tile, key=lambda line: line.first) - 1

    def _lines_in(self, top: int, foot: int) -> Iterator[Line]:
        at = bisect_right(self.lines, top, key=lambda line: line.y + line.height)
        while at < len(self.lines) and self.lines[at].y < foot:
            yield self.lines[at]
            at += 1


def laid_out(board: Board, measures: Measures) -> Plan:
    """Lay a board out."""
    if board.shape is Shape.STREET:
        return _street(board, measures)
    return _stacked(board, measures, slabs=board.shape is Shape.FLOORS)


def _right_edge(box: Box) -> int:
    return box.x + box.width


def street_height(board: Board, measures: Measures) -> int:
    """How high a street is drawn, before any of its houses is placed."""
    sides = {row.key for row in board.rows}
    high = [measures.tile for side in _SIDES if side in sides]
    high += [measures.road] if high else []
    for row in board.rows:
        if row.key in _ASIDE:
            high += [measures.low] * len(_behind(row, measures))
    return sum(high) + measures.gap * max(len(high) - 1, 0)


def _width(tile: Tile, measures: Measures, *, low: bool) -> int:
    name = tile.short
    narrow = len(name.encode("ascii", "ignore"))
    letters = (len(name) - narrow + 0.6 * narrow) or _UNNAMED
    written = letters * measures.letter * (1 if low else _LARGER)
    # A low tile has its mark beside the name, one that can be entered also its count.
    beside = measures.letter * (3.4 if tile.inner else 1.3) + measures.gap / 2 if low else 0
    more = 0 if low else measures.unit * len(tile.doors)
    wanted = written + beside + 2.25 * measures.gap
    return round(min(max(measures.least + more, wanted), measures.most))


def _street(board: Board, measures: Measures) -> Plan:
    """Odd numbers above the road, even below, what is on no side and the lanes below that."""
    plan, sides = Plan(strip=True), {row.key: row for row in board.rows}
    houses = _opposite({side: sides[side] for side in _SIDES if side in sides}, measures)
    y = 0
    for side in _SIDES:
        if side is Side.EVEN and houses:
            plan.road = Box(0, y, 0, measures.road)
            y += measures.road + measures.gap
        if side in houses:
            _line(plan, y, measures.tile, houses[side])
            y += measures.tile + measures.gap
    for side in _ASIDE:
        if side in sides:
            plan.labels.append(Label(Box(0, y, measures.aside, measures.low), sides[side]))
            for placed in _behind(sides[side], measures):
                _line(plan, y, measures.low, placed, still=True)
                y += measures.low + measures.gap
    ends = (line.end - 1 for line in plan.lines if not line.still)
    plan.width = max((_right_edge(plan.boxes[end]) for end in ends), default=0)
    plan.height = max(y - measures.gap, 0)
    return plan


def _behind(row: Row, measures: Measures) -> list[list[tuple[int, int]]]:
    """Low tiles behind the name of their row, line by line: where each begins and how wide it is."""
    lines: list[list[tuple[int, int]]] = [[]]
    x = measures.aside
    for tile in row.tiles:
        width = _width(tile, measures, low=True)
        if lines[-1] and x + width > measures.room:
            lines.append([])
            x = measures.aside
        lines[-1].append((x, width))
        x += width + measures.gap
    return lines


def _line(
    plan: Plan, y: int, height: int, placed: Sequence[tuple[int, int]], *, still: bool = False
) -> None:
    first = len(plan.boxes)
    plan.boxes += [Box(x, y, width, height) for x, width in placed]
    plan.lines.append(Line(y, height, first, len(plan.boxes), still))


def _opposite(sides: Mapping[Side, Row], measures: Measures) -> dict[Side, list[tuple[int, int]]]:
    """Where the houses of both sides begin and how wide they are.

    No house begins before one of a lower number across the road, so that both sides run together.
    """
    waiting: list[tuple[int, Side, Tile]] = []
    for side, row in sides.items():
        highest = 0
        for tile in row.tiles:
            # A house out of its order stays in its line.
            highest = max(highest, int(house_digits(tile.name) or 0))
            waiting.append((highest, side, tile))
    waiting.sort(key=lambda one: one[0])
    placed: dict[Side, list[tuple[int, int]]] = {side: [] for side in sides}
    # Where there is little room the houses are as low as lanes, and as much stands in one line.
    low = measures.tile <= measures.low + measures.gap
    ends = dict.fromkeys(sides, 0)
    level = 0
    for _number, here in groupby(waiting, key=lambda one: one[0]):
        begun = level
        for _highest, side, tile in here:
            x, width = max(ends[side], begun), _width(tile, measures, low=low)
            placed[side].append((x, width))
            ends[side] = x + width + measures.gap
            level = max(level, x)
    return placed


def _stacked(board: Board, measures: Measures, *, slabs: bool) -> Plan:
    """Floors or groups under each other, their names at the left, each wrapped at the view's edge."""
    plan = Plan()
    named = any(row.name for row in board.rows)
    left = measures.aside if named else 0
    y = 0
    for row in board.rows:
        top, x, first = y, left, len(plan.boxes)
        pad = measures.gap // 2 if slabs else 0
        y += pad
        for tile in row.tiles:
            width = _width(tile, measures, low=True)
            if x > left and x + width > measures.room - pad:
                plan.lines.append(Line(y, measures.low, first, len(plan.boxes)))
                x, first, y = left, len(plan.boxes), y + measures.low + measures.gap
            plan.boxes.append(Box(x, y, width, measures.low))
            x += width + measures.gap
        plan.lines.append(Line(y, measures.low, first, len(plan.boxes)))
        y += measures.low + pad
        if named:
            plan.labels.append(Label(Box(0, top + pad, left, measures.low), row))
        if slabs:
            plan.slabs.append(Box(0, top, measures.room, y - top))
        y += measures.gap // 2 if slabs else measures.gap
    plan.width = min(measures.room, max((_right_edge(box) for box in plan.boxes), default=0))
    plan.height = max(y - measures.gap // 2, 0)
    return plan
