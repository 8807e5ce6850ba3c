"""Visits that go to no unit: to a place, a rest station, a person at home, an online group."""

from dataclasses import dataclass, replace
from datetime import date

from organizer.domain import masking, visit
from organizer.domain.access import Permission
from organizer.domain.visit import ELSEWHERE, Target
from organizer.errors import InvalidInput, NotFound
from organizer.i18n import _
from organizer.services.employers import fact_checking, listing
from organizer.services.survey import visiting
from organizer.services.survey.visiting import LONGEST_REMARK
from organizer.services.workspace import Workspace
from organizer.store import facts, members, outreach, places, rounds
from organizer.store.driver import Connection
from organizer.store.outreach import OtherRow
from organizer.store.transaction import Write

LONGEST_NAME = 60
_SHOWN = 20


@dataclass(frozen=True)
class OtherVisit:
    """Where one went: exactly one of `place`, `person` and `group_name`; what came of it."""

    outcome: str
    place: bytes | None = None
    person: bytes | None = None
    group_name: str = ""
    channel: str = ""
    companions: str = ""
    person_met: str = ""
    remark: str = ""
    on: date | None = None
    next_on: str = ""


@dataclass(frozen=True)
class Recorded:
    """The visit, and the write that can be taken back."""

    visit: bytes
    write: bytes


@dataclass(frozen=True)
class OtherLine:
    """A visit elsewhere in words; names of people masked, `outcome` with the day of the next visit."""

    id: bytes
    on: str
    whom: str
    outcome: str
    who: str
    remark: str


def record(workspace: Workspace, order: OtherVisit) -> Recorded:
    """Record a visit to something else than a unit; it counts in no lamp.

    Raises `InvalidInput` for no or two targets, an unknown outcome or way, a day ahead or outside the
    round; `NotFound` for an unknown place or person.
    """
    workspace.require(Permission.SURVEY)
    order = workspace.database.read(lambda c: _leading(c, order))
    target, division = workspace.database.read(lambda c: _target(c, workspace, order))
    workspace.require(Permission.SURVEY, division)
    outcome = visit.parse_outcome(order.outcome, ELSEWHERE)
    channel = visit.parse_channel(order.channel, target)
    current = workspace.database.read(lambda c: rounds.at(c, division))
    day = visiting.day_within(workspace, current, order.on)
    if len(order.remark) > LONGEST_REMARK:
        raise InvalidInput("visit.long_text", field="remark", most=LONGEST_REMARK)
    asked = {"next_visit_on": order.next_on} if order.next_on.strip() else {}
    values = {
        **visiting.row_of(workspace, current, outcome, day),
        "target": target,
        "channel": channel,
        "place": order.place,
        "person": order.person,
        "group_name": order.group_name.strip() or None,
        "companions": order.companions.strip() or None,
        "person_met": order.person_met.strip() or None,
        "remark": order.remark.strip() or None,
        "next_on": fact_checking.checked_facts(workspace, asked).get("next_visit_on"),
    }

    def body(write: Write) -> Recorded:
        return Recorded(write.insert("visit", values), write.id)

    return workspace.database.write(workspace.intent("visit.elsewhere"), body)


def latest(workspace: Workspace) -> list[OtherLine]:
    """The newest visits to something else than a unit within the account's division."""
    workspace.require(Permission.LOOK)
    found = workspace.database.read(lambda c: outreach.latest(c, workspace.sight, _SHOWN))
    return [_line(workspace, row) for row in found]


def due(workspace: Workspace) -> list[OtherLine]:
    """Whom and where one promised to visit again by today and has not since, the longest due first."""
    workspace.require(Permission.LOOK)
    today = workspace.today.isoformat()
    found = workspace.database.read(lambda c: outreach.due(c, workspace.sight, today))
    return [_line(workspace, row) for row in found]


def _leading(connection: Connection, order: OtherVisit) -> OtherVisit:
    """The order for the place or person that redirects lead to."""
    place, person = order.place, order.person
    return replace(
        order,
        place=facts.survivor(connection, "place", place) if place else None,
        person=facts.survivor(connection, "person", person) if person else None,
    )


def _target(
    connection: Connection, workspace: Workspace, order: OtherVisit
) -> tuple[Target, str | None]:
    """Whom the visit goes to and in which division that is; the account's where it is nowhere."""
    home = workspace.account.division_code or workspace.office.division_code
    name = order.group_name.strip()
    if sum((order.place is not None, order.person is not None, bool(name))) != 1:
        raise InvalidInput("visit.no_target", field="target")
    if order.place is not None:
        place = places.place_by_id(connection, order.place)
        if place is None:
            raise NotFound("record.unknown", value=order.place.hex())
        kind = Target.STATION if place.kind == "station" else Target.PLACE
        return kind, place.division_code
    if order.person is not None:
        if members.person_by_id(connection, order.person) is None:
            raise NotFound("record.unknown", value=order.person.hex())
        return Target.PERSON, home
    if len(name) > LONGEST_NAME:
        raise InvalidInput("visit.long_text", field="group_name", most=LONGEST_NAME)
    return Target.GROUP, home


def _line(workspace: Workspace, row: OtherRow) -> OtherLine:
    whom = {
        Target.PERSON: _("{name}（家里）").format(name=masking.mask_name(row.person)),
        Target.GROUP: _("{name}（网上群）").format(name=row.group_name),
    }.get(Target(row.target), row.place)
    outcome = listing.label(workspace, "visit_outcome", row.outcome)
    if row.next_on:
        outcome = _("{outcome}，约好 {day} 再去").format(outcome=outcome, day=row.next_on)
    return OtherLine(row.id, row.visited_on, whom, outcome, row.visitor, row.remark)
