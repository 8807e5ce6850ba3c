"""Walking a survey: where there is something to visit, the doors of a street, the next one."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial

from organizer.domain.access import Permission
from organizer.domain.board import Spot
from organizer.domain.clears import Lamp
from organizer.domain.place import natural_key
from organizer.domain.round import Round
from organizer.domain.unit_filter import UnitFilter
from organizer.domain.visit import Outcome
from organizer.i18n import _
from organizer.services.survey import recording
from organizer.services.workspace import Workspace
from organizer.store import employers, places, unit_filters, visits, walks
from organizer.store import lamps as kept_lamps
from organizer.store.driver import Connection
from organizer.store.tally import Tally
from organizer.store.unit_filters import Condition
from organizer.store.walks import PlaceName, Step

ELSEWHERE = b"elsewhere"
"""The node above divisions that lie outside the office but have units."""

NOWHERE = walks.NOWHERE
"""The walk of units whose place is not known."""

EVERY_UNIT = UnitFilter()
_PIECE = 200
"""Units whose lamps are looked at in one go."""

_SIDES: tuple[str | None, ...] = ("odd", "even", None)


@dataclass(frozen=True)
class Node:
    """A place in the tree of a survey: units in it and below, and how many were reached.

    `closed` are those closed after honest tries, apart from the reached. `own` are the units met when
    walking it alone; a street includes its lanes, a division has only what lies in it without a
    street. `groups`: a village that can be walked with all its groups. `letters` are its pinyin
    initials and readings, for finding it by typing.
    """

    id: bytes
    parent: bytes | None
    kind: str
    name: str
    units: int = 0
    reached: int = 0
    own: int = 0
    closed: int = 0
    groups: bool = False
    letters: tuple[str, ...] = ()


@dataclass(frozen=True)
class Tree:
    """What there is to visit; `current` is None before the first round."""

    nodes: tuple[Node, ...]
    current: Round | None
    last: bytes | None
    """The unit this account visited last in the round."""
    last_walk: bytes | None


@dataclass(frozen=True)
class Stop:
    """A house, tower or lane of a walk; `side` is odd, even or None."""

    id: bytes
    name: str
    side: str | None
    units: int
    reached: int


@dataclass(frozen=True)
class Door:
    """A unit behind a door of a walk, in walking order."""

    employer: bytes
    name: str
    place: bytes | None
    stop: bytes
    door: str
    known: bool
    outcome: str = ""
    visited_on: str = ""
    spot: bytes = b""
    """The place it is at, redirects followed; the walk itself for none."""
    closed: bool = False
    """Closed after honest tries."""

    @property
    def reached(self) -> bool:
        """Whether somebody or something final was found there in this round."""
        return self.outcome not in ("", Outcome.NOBODY)

    @property
    def done(self) -> bool:
        """Whether nothing is left to do at it in this round."""
        return self.reached or self.closed

    def waits(self, today: date) -> bool:
        """Whether there is still something to do at it today."""
        return not self.done and self.visited_on != today.isoformat()


@dataclass(frozen=True)
class Way:
    """A walk: its stops and its doors, one side after the other, and every place on it.

    `lamps` are those known at once, without what is missing to each; `lamps()` has the rest.
    """

    id: bytes
    name: str
    above: str
    stops: tuple[Stop, ...]
    doors: tuple[Door, ...]
    spots: tuple[Spot, ...] = ()
    lamps: Mapping[bytes, tuple[Lamp, ...]] = field(default_factory=dict)


def tree(workspace: Workspace, wanted: UnitFilter = EVERY_UNIT) -> Tree:
    """The divisions and walks of the account's scope with their counts in the current round.

    Under a filter only what it leaves is counted.
    """
    workspace.require(Permission.LOOK)
    sight = workspace.sight
    home = sight.scope or workspace.office.division_code
    _settle(workspace, wanted)

    def query(connection: Connection) -> Tree:
        current = visits.current_round(connection, sight.scope)
        here = current.id if current else None
        last = walks.last_by(connection, workspace.account.id, here) if here else None
        which = unit_filters.condition(connection, wanted, sight)
        counted = walks.counts(connection, sight.scope, here, which)
        names = walks.names(connection, home)
        known = {name.id for name in names}
        away = walks.named(connection, (c.where for c in counted if c.where not in known))
        nodes = _rolled_up([*names, *_outside(connection, away)], counted)
        walk = _walk_of_employer(connection, last) if last else None
        return Tree(tuple(nodes), current, last, walk)

    found = workspace.database.read(query)
    pinyin = workspace.database.pinyin
    spelt = (
        replace(node, letters=(*pinyin.initials(node.name), *pinyin.full(node.name)))
        for node in found.nodes
    )
    return replace(found, nodes=tuple(spelt))


def way(
    workspace: Workspace, walk: bytes, wanted: UnitFilter = EVERY_UNIT, *, groups: bool = False
) -> Way:
    """The doors of a walk in walking order: one side of the street, the other, then the rest.

    `groups`: a village with all its village groups. Under a filter only the doors it leaves.
    """
    workspace.require(Permission.LOOK)
    _settle(workspace, wanted)

    def query(connection: Connection) -> Way:
        place = walks.named(connection, [walk]).get(walk)
        workspace.require(Permission.LOOK, place.division_code if place else None)
        current = visits.current_round(connection, place.division_code if place else "")
        which = unit_filters.condition(connection, wanted, workspace.sight)
        row = current.id if current else None
        steps = walks.steps(connection, walk, row, which, groups=groups)
        spots = walks.spots(connection, walk, groups=groups)
        stops = _stops(steps, {spot.id: spot for spot in spots}, walk)
        doors = _doors(steps, stops, walk)
        name = place.name if place else _("没有地址的单位")
        above = _above(connection, place)
        lit = kept_lamps.kept(connection, (door.employer for door in doors))
        return Way(walk, name, above, tuple(stops), tuple(doors), tuple(spots), lit)

    return workspace.database.read(query)


def in_order(
    connection: Connection, walk: bytes, current: bytes | None, which: Condition
) -> list[bytes]:
    """The units of a walk that fulfil a condition, as one meets them, for services that build lists."""
    steps = walks.steps(connection, walk, current, which)
    spots = {spot.id: spot for spot in walks.spots(connection, walk)}
    return [door.employer for door in _doors(steps, _stops(steps, spots, walk), walk)]


def chosen(workspace: Workspace, name: str, wanted: Sequence[bytes]) -> Way:
    """Doors picked out for a reason (visits that are due), as a walk of its own."""
    workspace.require(Permission.LOOK)

    def query(connection: Connection) -> Way:
        current = visits.current_round(connection, workspace.account.division_code)
        steps = walks.chosen(connection, wanted, current.id if current else None)
        doors = tuple(
            replace(_door(step, NOWHERE), door=places.full_name(connection, step.place))
            for step in steps
        )
        reached = sum(door.reached for door in doors)
        stops = (Stop(NOWHERE, name, None, len(doors), reached),)
        lit = kept_lamps.kept(connection, (door.employer for door in doors))
        return Way(NOWHERE, name, "", stops, doors, lamps=lit)

    return workspace.database.read(query)


def locate(workspace: Workspace, row: bytes) -> tuple[bytes, bytes | None]:
    """The walk on which a unit or a place is met, and the unit to stand at; None for a whole walk."""
    workspace.require(Permission.LOOK)

    def query(connection: Connection) -> tuple[bytes, bytes | None]:
        if places.place_by_id(connection, row) is not None:
            walk = walks.walk_of(connection, row)
            return walk, walks.first_at(connection, row) if walk != row else None
        return _walk_of_employer(connection, row), row

    return workspace.database.read(query)


def lamps(workspace: Workspace, wanted: Iterable[bytes]) -> dict[bytes, tuple[Lamp, ...]]:
    """The lamps of any number of units as they are kept, without what is missing to each.

    Those not looked at since something changed are looked at first, a piece at a time.
    """
    workspace.require(Permission.LOOK)
    rows = list(wanted)
    found = workspace.database.read(partial(kept_lamps.kept, units=rows))
    late = [row for row in rows if row not in found]
    for start in range(0, len(late), _PIECE):
        piece = late[start : start + _PIECE]
        workspace.database.local(partial(kept_lamps.keep, units=piece))
        found |= workspace.database.read(partial(kept_lamps.kept, units=piece))
    return found


def next_door(doors: Sequence[Door], after: int, today: date) -> int | None:
    """The next door after this one that still waits, from the beginning again at the end."""
    order = [*range(after + 1, len(doors)), *range(min(after + 1, len(doors)))]
    return next((place for place in order if doors[place].waits(today)), None)


def _walk_of_employer(connection: Connection, employer: bytes) -> bytes:
    found = employers.employer_by_id(connection, employer)
    return walks.walk_of(connection, found.place if found else None)


def _outside(connection: Connection, away: Mapping[bytes, PlaceName]) -> list[PlaceName]:
    """Walks with units outside the office, under one node, their divisions above them."""
    if not away:
        return []
    root = PlaceName(ELSEWHERE, None, "division", _("其他区划"), None, "", False)
    parents = {p.parent for p in away.values() if p.kind != "division" and p.parent} - set(away)
    divisions = [
        *(place for place in away.values() if place.kind == "division"),
        *walks.named(connection, sorted(parents)).values(),
    ]
    streets = sorted(
        (place for place in away.values() if place.kind != "division"),
        key=lambda place: natural_key(place.name),
    )
    return [root, *(replace(one, parent=ELSEWHERE) for one in divisions), *streets]


def _rolled_up(names: Sequence[PlaceName], counted: Sequence[Tally]) -> list[Node]:
    """Nodes with the counts of all that lies below; retired places only while units are there."""
    own = {count.where: count for count in counted}
    parents = {name.id: name.parent for name in names}
    units: dict[bytes | None, int] = {}
    reached: dict[bytes | None, int] = {}
    closed: dict[bytes | None, int] = {}
    for count in counted:
        place: bytes | None = count.where
        while place is not None:
            units[place] = units.get(place, 0) + count.units
            reached[place] = reached.get(place, 0) + count.reached
            closed[place] = closed.get(place, 0) + count.closed
            place = parents.get(place)
    grouped = {name.parent for name in names if name.kind == "village_group"}
    nodes = [
        Node(
            place.id,
            place.parent if place.parent in parents else None,
            place.kind,
            place.name,
            units.get(place.id, 0),
            reached.get(place.id, 0),
            own[place.id].units if place.id in own else 0,
            closed.get(place.id, 0),
            place.id in grouped,
        )
        for place in names
        if units.get(place.id) or not place.retired
    ]
    if NOWHERE in own:
        nowhere = own[NOWHERE]
        counts = nowhere.units, nowhere.reached, nowhere.units, nowhere.closed
        nodes.append(Node(NOWHERE, None, "", _("没有地址的单位"), *counts))
    return nodes


def _settle(workspace: Workspace, wanted: UnitFilter) -> None:
    if wanted.unlit:
        recording.settle_lamps(workspace)


def _stops(steps: Sequence[Step], spots: Mapping[bytes, Spot], walk: bytes) -> list[Stop]:
    met: dict[bytes, list[Step]] = {}
    for step in steps:
        met.setdefault(step.stop or walk, []).append(step)
    sided = walk in spots and spots[walk].kind == "street"
    stops = []
    for place, here in met.items():
        found = spots.get(place)
        own = place == walk or found is None
        side = found.side if sided and found and not own and found.kind == "building" else None
        reached = sum(_door(step, walk).reached for step in here)
        name = found.name if found and not own else _("未写门牌")
        stops.append(Stop(place, name, side, len(here), reached))
    return sorted(stops, key=lambda stop: _SIDES.index(stop.side))


def _doors(steps: Sequence[Step], stops: Sequence[Stop], walk: bytes) -> list[Door]:
    order = {stop.id: number for number, stop in enumerate(stops)}
    return sorted((_door(step, walk) for step in steps), key=lambda door: order[door.stop])


def _door(step: Step, walk: bytes) -> Door:
    return Door(
        step.employer,
        step.name,
        step.place,
        step.stop or walk,
        step.door,
        step.known,
        step.outcome,
        step.visited_on,
        step.spot or walk,
        step.closed,
    )


def _above(connection: Connection, place: PlaceName | None) -> str:
    if place is None or place.parent is None:
        return ""
    found = places.place_by_id(connection, place.parent)
    return found.name if found else ""
