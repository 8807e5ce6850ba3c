"""Walking a survey: where there is something to visit, the doors of a street, the next one."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from organizer.domain import access
from organizer.domain.access import Permission
from organizer.domain.clears import Lamp
from organizer.domain.fact import Fact
from organizer.domain.round import Round
from organizer.domain.visit import Outcome
from organizer.errors import NotFound
from organizer.i18n import _
from organizer.services import survey
from organizer.services.workspace import Workspace
from organizer.store import employers, facts, places, visits, walks
from organizer.store.driver import Connection
from organizer.store.walks import PlaceName, Step

ELSEWHERE = b"elsewhere"
"""The node above divisions that lie outside the office but have units."""

NOWHERE = walks.NOWHERE
"""The walk of units whose place is not known."""

_SIDES: tuple[str | None, ...] = ("odd", "even", None)


@dataclass(frozen=True)
class Node:
    """A place in the tree of a survey: units in it and below, and how many were reached.

    `own` are the units met when walking it alone; a street includes its lanes, a division has only
    what lies in it without a street. `letters` are its pinyin initials and readings, for finding it by typing.
    """

    id: bytes
    parent: bytes | None
    kind: str
    name: str
    units: int = 0
    reached: int = 0
    own: int = 0
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

    @property
    def reached(self) -> bool:
        """Whether somebody or something final was found there in this round."""
        return self.outcome not in ("", Outcome.NOBODY)

    def waits(self, today: date) -> bool:
        """Whether there is still something to do at it today."""
        return not self.reached and self.visited_on != today.isoformat()


@dataclass(frozen=True)
class Way:
    """A walk: its stops and its doors, one side after the other."""

    id: bytes
    name: str
    above: str
    stops: tuple[Stop, ...]
    doors: tuple[Door, ...]


@dataclass(frozen=True)
class Card:
    """What is known of a unit when one stands at its door."""

    employer: bytes
    name: str
    place: bytes | None
    where: str
    lamps: tuple[Lamp, ...]
    facts: Mapping[str, Fact]
    visits: int
    current: Round


def tree(workspace: Workspace) -> Tree:
    """The divisions and walks of the account's scope with their counts in the current round."""
    workspace.require(Permission.LOOK)
    scope = workspace.account.division_code
    home = scope or workspace.office.division_code

    def query(connection: Connection) -> Tree:
        current = visits.current_round(connection)
        here = current.id if current else None
        last = walks.last_by(connection, workspace.account.id, here) if here else None
        counted = walks.counts(connection, scope, here)
        names = walks.names(connection, home)
        known = {name.id for name in names}
        away = walks.named(connection, (c.place for c in counted if c.place not in known))
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


def way(workspace: Workspace, walk: bytes) -> Way:
    """The doors of a walk in walking order: one side of the street, the other, then the rest."""
    workspace.require(Permission.LOOK)

    def query(connection: Connection) -> Way:
        steps = walks.steps(connection, walk, _round_id(connection))
        place = walks.named(connection, [walk]).get(walk)
        if place is not None and not access.covers(
            workspace.account.division_code, place.division_code
        ):
            workspace.require(Permission.LOOK, place.division_code)
        sided = place is not None and place.kind == "street"
        named = walks.named(connection, {step.stop for step in steps if step.stop})
        stops = _stops(steps, named, walk, sided)
        order = {stop.id: number for number, stop in enumerate(stops)}
        doors = sorted((_door(step, walk) for step in steps), key=lambda door: order[door.stop])
        name = place.name if place else _("没有地址的单位")
        return Way(walk, name, _above(connection, place), tuple(stops), tuple(doors))

    return workspace.database.read(query)


def chosen(workspace: Workspace, name: str, wanted: Sequence[bytes]) -> Way:
    """Doors picked out for a reason (visits that are due), as a walk of its own."""
    workspace.require(Permission.LOOK)

    def query(connection: Connection) -> Way:
        steps = walks.chosen(connection, wanted, _round_id(connection))
        doors = tuple(
            replace(_door(step, NOWHERE), door=places.full_name(connection, step.place))
            for step in steps
        )
        reached = sum(door.reached for door in doors)
        return Way(NOWHERE, name, "", (Stop(NOWHERE, name, None, len(doors), reached),), doors)

    return workspace.database.read(query)


def locate(workspace: Workspace, row: bytes) -> tuple[bytes, bytes | None]:
    """The walk on which a unit or a place is met, and the unit to stand at."""
    workspace.require(Permission.LOOK)

    def query(connection: Connection) -> tuple[bytes, bytes | None]:
        if places.place_by_id(connection, row) is not None:
            inside = walks.first_at(connection, row)
            return walks.walk_of(connection, row), inside
        return _walk_of_employer(connection, row), row

    return workspace.database.read(query)


def lamps(workspace: Workspace, wanted: Iterable[bytes]) -> dict[bytes, tuple[Lamp, ...]]:
    """The lamps of these units in the current round; empty without a round."""
    workspace.require(Permission.LOOK)
    return workspace.database.read(lambda c: survey.lamps_of_many(c, wanted))


def card(workspace: Workspace, employer: bytes) -> Card:
    """The visit card of a unit; raises `NotFound` for an unknown unit or without a round."""
    workspace.require(Permission.LOOK)

    def query(connection: Connection) -> Card:
        found = employers.employer_by_id(connection, employer)
        if found is None:
            raise NotFound("record.unknown", value=employer.hex())
        current = visits.current_round(connection)
        if current is None:
            raise NotFound("round.none")
        return Card(
            found.id,
            found.name,
            found.place,
            places.full_name(connection, found.place) or found.fields["address"] or "",
            survey.lamps_of_many(connection, [found.id])[found.id],
            facts.current(connection, found.id),
            len(visits.of_employer(connection, found.id)),
            current,
        )

    return workspace.database.read(query)


def next_door(doors: Sequence[Door], after: int, today: date) -> int | None:
    """The next door after this one that still waits, from the beginning again at the end."""
    order = [*range(after + 1, len(doors)), *range(min(after + 1, len(doors)))]
    return next((place for place in order if doors[place].waits(today)), None)


def proposed_round(today: date) -> str:
    """The name proposed for a new round: 2026年秋季排查."""
    seasons = {0: _("冬季"), 1: _("春季"), 2: _("夏季"), 3: _("秋季")}
    return _("{year}年{season}排查").format(year=today.year, season=seasons[today.month % 12 // 3])


def _round_id(connection: Connection) -> bytes | None:
    current = visits.current_round(connection)
    return current.id if current else None


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
    streets = [place for place in away.values() if place.kind != "division"]
    return [root, *(replace(one, parent=ELSEWHERE) for one in divisions), *streets]


def _rolled_up(names: Sequence[PlaceName], counted: Sequence[walks.PlaceCount]) -> list[Node]:
    """Nodes with the counts of all that lies below; retired places only while units are there."""
    own = {count.place: count for count in counted}
    parents = {name.id: name.parent for name in names}
    units: dict[bytes | None, int] = {}
    reached: dict[bytes | None, int] = {}
    for count in counted:
        place: bytes | None = count.place
        while place is not None:
            units[place] = units.get(place, 0) + count.units
            reached[place] = reached.get(place, 0) + count.reached
            place = parents.get(place)
    nodes = [
        Node(
            place.id,
            place.parent if place.parent in parents else None,
            place.kind,
            place.name,
            units.get(place.id, 0),
            reached.get(place.id, 0),
            own[place.id].units if place.id in own else 0,
        )
        for place in names
        if units.get(place.id) or not place.retired
    ]
    if NOWHERE in own:
        nowhere = own[NOWHERE]
        nodes.append(
            Node(
                NOWHERE,
                None,
                "",
                _("没有地址的单位"),
                nowhere.units,
                nowhere.reached,
                nowhere.units,
            )
        )
    return nodes


def _stops(
    steps: Sequence[Step], named: Mapping[bytes, PlaceName], walk: bytes, sided: bool
) -> list[Stop]:
    met: dict[bytes, list[Step]] = {}
    for step in steps:
        met.setdefault(step.stop or walk, []).append(step)
    stops = []
    for place, here in met.items():
        found = named.get(place)
        own = place == walk or found is None
        side = found.side if sided and found and not own and found.kind == "building" else None
        reached = sum(_door(step, walk).reached for step in here)
        name = found.name if found and not own else _("未写门牌")
        stops.append(Stop(place, name, side, len(here), reached))
    return sorted(stops, key=lambda stop: _SIDES.index(stop.side))


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
    )


def _above(connection: Connection, place: PlaceName | None) -> str:
    if place is None or place.parent is None:
        return ""
    found = places.place_by_id(connection, place.parent)
    return found.name if found else ""
