"""Many doors with one key: a whole floor where nobody opens, a place in which there is no unit."""

from organizer.domain.access import Permission
from organizer.domain.round import Round
from organizer.domain.visit import Outcome
from organizer.errors import Conflict, NotFound
from organizer.services import survey
from organizer.services.workspace import Workspace
from organizer.store import places, visits, walks
from organizer.store.driver import Connection
from organizer.store.places import PlaceRow
from organizer.store.transaction import Write


def record_nobody(workspace: Workspace, place: bytes) -> int:
    """Nobody opened at any door of a floor, house or street (整层无人); one step, taken back as one.

    Doors already reached in the round, or tried today, are left alone. Returns how many were noted.
    """
    found, current = _standing(workspace, place)
    today = workspace.today.isoformat()

    def body(write: Write) -> int:
        steps = walks.steps(write.connection, place, current.id)
        waiting = [
            step
            for step in steps
            if step.outcome in ("", Outcome.NOBODY) and step.visited_on != today
        ]
        for step in waiting:
            tried = _visit(workspace, current, Outcome.NOBODY, step.place)
            write.insert("visit", tried | {"employer": step.employer})
        return len(waiting)

    workspace.require(Permission.SURVEY, found.division_code)
    return workspace.database.write(workspace.intent("visit.nobody"), body)


def record_no_unit(workspace: Workspace, place: bytes) -> bytes:
    """Somebody looked and there is no unit (已走访无单位); returns the visit.

    Raises `Conflict` while units are known there.
    """
    found, current = _standing(workspace, place)
    workspace.require(Permission.SURVEY, found.division_code)

    def body(write: Write) -> bytes:
        known = _units(write.connection, found, current)
        if known:
            raise Conflict("visit.units_there", name=found.name, count=known)
        return write.insert("visit", _visit(workspace, current, Outcome.NO_UNIT, place))

    return workspace.database.write(workspace.intent("visit.none"), body)


def _standing(workspace: Workspace, place: bytes) -> tuple[PlaceRow, Round]:
    def query(connection: Connection) -> tuple[PlaceRow, Round]:
        found, current = places.place_by_id(connection, place), visits.current_round(connection)
        if found is None:
            raise NotFound("record.unknown", value=place.hex())
        if current is None:
            raise NotFound("round.none")
        return found, current

    found, current = workspace.database.read(query)
    survey.day_within(workspace, current)
    return found, current


def _units(connection: Connection, place: PlaceRow, current: Round) -> int:
    if place.kind != "division":
        return len(walks.steps(connection, place.id, current.id))
    return sum(one.units for one in walks.counts(connection, place.division_code or "", current.id))


def _visit(
    workspace: Workspace, current: Round, outcome: Outcome, place: bytes | None
) -> dict[str, object]:
    return {
        "round": current.id,
        "place": place,
        "visitor": workspace.account.id,
        "outcome": outcome,
        "visited_on": workspace.today.isoformat(),
        "visited_at": workspace.now,
    }
