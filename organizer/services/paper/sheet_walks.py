"""What goes onto sheets of a place: its walks with their doors, and the record with the codes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from organizer.domain import row_code
from organizer.domain.access import Permission
from organizer.domain.round import Round
from organizer.errors import NotFound
from organizer.forms.field_paper import Heading, Mark
from organizer.services.paper import sheet_words
from organizer.services.paper.sheet_words import Told
from organizer.services.survey import walking
from organizer.services.survey.walking import Door, Way
from organizer.services.workspace import Workspace
from organizer.store import facts, places, rounds, sheets
from organizer.store.driver import Connection
from organizer.store.places import PlaceRow
from organizer.store.sheets import CodeDrawer, Line, Made
from organizer.store.transaction import Write


@dataclass(frozen=True)
class Walk:
    """A walk with everything that may be printed of it."""

    place: PlaceRow
    way: Way
    heading: Heading
    told: Mapping[bytes, Told]
    current: Round

    @cached_property
    def doors(self) -> tuple[Door, ...]:
        """Its units in walking order."""
        return tuple(door for door in self.way.doors if door.employer in self.told)

    def line(self, door: Door) -> Line:
        """The row of a unit."""
        return Line(door.employer, door.place or self.place.id)

    @property
    def blank(self) -> Line:
        """A row for a unit that stands on no list."""
        return Line(None, self.place.id)

    def door_name(self, door: Door) -> str:
        """The house and the door in it, as they are looked for from the street."""
        stop = self._stops.get(door.stop)
        house = "" if stop is None or stop.id == self.way.id else stop.name
        return " ".join(filter(None, (house, door.door)))

    def side(self, door: Door) -> str | None:
        """The side of the street: odd, even or None."""
        stop = self._stops.get(door.stop)
        return stop.side if stop else None

    @cached_property
    def _stops(self) -> Mapping[bytes, walking.Stop]:
        return {stop.id: stop for stop in self.way.stops}


def place_of(workspace: Workspace, row: bytes) -> PlaceRow:
    """A place, redirects followed; raises `NotFound`, `NotAllowed`."""

    def query(connection: Connection) -> PlaceRow | None:
        return places.place_by_id(connection, facts.survivor(connection, "place", row))

    workspace.require(Permission.PRINT)
    found = workspace.database.read(query)
    if found is None:
        raise NotFound("record.unknown", value=row.hex())
    workspace.require(Permission.PRINT, found.division_code)
    return found


def walks_of(workspace: Workspace, place: PlaceRow) -> list[Walk]:
    """The walks of a place: itself, or for a division all in it that have units.

    Raises `NotFound` where no round is open.
    """
    workspace.require(Permission.PRINT, place.division_code)
    wanted = [place.id]
    if place.kind == "division":
        wanted = list(_below(workspace, place.id)) or wanted
    return [_walk(workspace, row) for row in wanted]


def record(
    workspace: Workspace, kind: str, wanted: Sequence[tuple[Walk, Sequence[Line]]]
) -> list[Made]:
    """Put sheets on record, each with the lines of a walk; their codes are drawn with them."""
    workspace.require(Permission.PRINT)

    def body(write: Write) -> list[Made]:
        drawers: dict[bytes, CodeDrawer] = {}
        made = []
        for walk, lines in wanted:
            current = walk.current.id
            if current not in drawers:
                drawers[current] = CodeDrawer(write, current)
            sheet = {
                "round": current,
                "place": walk.place.id,
                "kind": kind,
                "printed_on": workspace.today.isoformat(),
            }
            made.append(sheets.add_sheet(write, drawers[current], sheet, lines))
        return made

    return workspace.database.write(workspace.intent("sheet.print"), body)


def marks(made: Made) -> Iterator[Mark]:
    """What is printed at each row of a sheet, from the top."""
    return (Mark(code, row_code.scan_text(row)) for row, code in made.rows)


def sheet_mark(made: Made) -> Mark:
    """What is printed at the head of a sheet."""
    return Mark(made.code, row_code.scan_text(made.sheet, of_sheet=True))


def _below(workspace: Workspace, division: bytes) -> Iterator[bytes]:
    nodes = {node.id: node for node in walking.tree(workspace).nodes}
    for node in nodes.values():
        above: bytes | None = node.id
        while above is not None and above != division:
            above = nodes[above].parent
        if above is not None and node.own:
            yield node.id


def _walk(workspace: Workspace, row: bytes) -> Walk:
    way = walking.way(workspace, row)
    # Before the query: they are read through the same few readers when not yet known.
    divisions = workspace.divisions

    def query(connection: Connection) -> Walk:
        place = places.place_by_id(connection, row)
        if place is None:
            raise NotFound("record.unknown", value=row.hex())
        current = rounds.at(connection, place.division_code)
        heading = sheet_words.heading(workspace, connection, place, divisions, current.name)
        told = sheet_words.told_of(connection, [door.employer for door in way.doors])
        return Walk(place, way, heading, told, current)

    return workspace.database.read(query)
