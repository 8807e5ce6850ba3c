"""Many doors with one key: a whole floor where nobody opens, a place in which there is no unit."""

from dataclasses import dataclass

from organizer.domain.access import Permission
from organizer.domain.round import Round
from organizer.domain.visit import Channel, Outcome, Target
from organizer.errors import Conflict, NotFound
from organizer.services.survey import visiting
from organizer.services.workspace import Workspace
from organizer.store import place_cards, places, rounds, walks
from organizer.store.driver import Connection
from organizer.store.facts import survivor
from organizer.store.places import PlaceRow
from organizer.store.transaction import Write

_AT_UNIT = {"target": Target.UNIT, "channel": Channel.DOOR}
_AT_PLACE = {"target": Target.PLACE, "channel": Channel.DOOR}


@dataclass(frozen=True)
class Swept:
    """What was noted at a place in one step: its name, for how many doors, and the step itself."""

    name: str
    doors: int
    visits: tuple[bytes, ...]
    write: bytes


def record_nobody(workspace: Workspace, place: bytes) -> Swept:
    """Nobody opened at any door of a floor, house or street (整层无人); one step, taken back as one.

    Doors already reached in the round, closed, or tried today are left alone. Raises `Conflict` when
    none is left.
    """
    workspace.require(Permission.SURVEY)
    found, current = _standing(workspace, place)
    workspace.require(Permission.SURVEY, found.division_code)
    today = workspace.today.isoformat()

    def body(write: Write) -> Swept:
        waiting = [
            step
            for step in walks.steps(write.connection, found.id, current.id)
            if step.outcome in ("", Outcome.NOBODY) and step.visited_on != today and not step.closed
        ]
        if not waiting:
            raise Conflict("visit.nobody_left", name=found.name)
        tried = visiting.row_of(workspace, current, Outcome.NOBODY)
        made = tuple(
            write.insert("visit", tried | _AT_UNIT | {"employer": one.employer, "place": one.place})
            for one in waiting
        )
        return Swept(found.name, len(made), made, write.id)

    return workspace.database.write(workspace.intent("visit.nobody"), body)


def record_no_unit(workspace: Workspace, place: bytes) -> Swept:
    """Somebody looked and there is no unit (已走访无单位), as one step.

    Raises `Conflict` while units are known there, or where the place is out of use.
    """
    workspace.require(Permission.SURVEY)
    found, current = _standing(workspace, place)
    workspace.require(Permission.SURVEY, found.division_code)

    def body(write: Write) -> Swept:
        known = _units(write.connection, found, current)
        if known:
            raise Conflict("visit.units_there", name=found.name, count=known)
        looked = visiting.row_of(workspace, current, Outcome.NO_UNIT)
        row = write.insert("visit", looked | _AT_PLACE | {"place": found.id})
        return Swept(found.name, 0, (row,), write.id)

    return workspace.database.write(workspace.intent("visit.none"), body)


def _standing(workspace: Workspace, place: bytes) -> tuple[PlaceRow, Round]:
    def query(connection: Connection) -> tuple[PlaceRow, Round]:
        # A sheet or a screen may still name what has become another's duplicate.
        row = survivor(connection, "place", place)
        found = places.place_by_id(connection, row)
        if found is None:
            raise NotFound("record.unknown", value=place.hex())
        state = place_cards.state(connection, row)
        if state is not None and state.retired_on is not None:
            raise Conflict("place.retired", name=found.name)
        return found, rounds.at(connection, found.division_code)

    found, current = workspace.database.read(query)
    visiting.day_within(workspace, current)
    return found, current


def _units(connection: Connection, place: PlaceRow, current: Round) -> int:
    if place.kind != "division":
        return len(walks.steps(connection, place.id, current.id))
    return sum(one.units for one in walks.counts(connection, place.division_code or "", current.id))
