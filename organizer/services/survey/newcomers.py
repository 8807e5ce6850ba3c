"""Units that a file of visits tells of before any list has: read with their address, put where they sit."""

from dataclasses import dataclass

from organizer.domain import employer as employer_rules
from organizer.domain.employer import Listed
from organizer.errors import InvalidInput, NotFound
from organizer.services.employers import adding
from organizer.services.workspace import Workspace
from organizer.store import employers, places
from organizer.store.employers import EmployerRow
from organizer.store.transaction import Write


@dataclass(frozen=True)
class Newcomer:
    """What is said of a unit on no list: name, code and address."""

    listed: Listed

    @property
    def stand_in(self) -> EmployerRow:
        """The unit as far as a visit to it can be checked before it is written."""
        return EmployerRow(b"", {"name": self.listed.name}, None, self.listed.division_code)


def read(workspace: Workspace, name: str, uscc: str, address: str) -> Newcomer:
    """A unit as a row tells of it; raises `InvalidInput` for a bad code or an address that is none."""
    cells = {"name": name, "uscc": uscc, "address": address}
    listed = employer_rules.read_employer(cells, adding.reference(workspace))
    for problem in listed.problems:
        raise problem.error
    if not listed.address.steps:
        raise InvalidInput("visit.new_unplaced", field="unit", value=name)
    return Newcomer(listed)


def put(write: Write, newcomer: Newcomer, on: str) -> EmployerRow:
    """Write the unit with its seat, or find it where an earlier row has put it."""
    listed = newcomer.listed
    place = places.division_by_code(write.connection, listed.division_code)
    if place is None:
        raise NotFound("place.unknown_division", code=listed.division_code)
    for step in listed.address.steps:
        place = places.ensure(write, place, step.kind, step.name, listed.address.raw)
    code = listed.values.get("uscc")
    row = employers.listed_id(write.connection, code, place.id, listed.name)
    known = employers.standing(write, row)
    if known is None:
        write.insert("employer", listed.values, row)
    elif known.retired:
        write.settle("employer", known.id, "retired_on", None)
    row = known.id if known else row
    if known is None or known.place is None:
        employers.occupy(write, row, place.id, on)
    found = employers.employer_by_id(write.connection, row)
    if found is None:
        raise NotFound("record.unknown", value=row.hex())
    return found
