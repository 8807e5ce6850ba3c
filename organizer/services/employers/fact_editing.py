"""Facts put right or added at the desk: without a visit, with a source and a day of their own."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from organizer.domain.access import DEPARTMENTS, Permission
from organizer.domain.fact import Fact, newest
from organizer.errors import Conflict, InvalidInput, NotFound
from organizer.services.employers import fact_checking, fact_lines
from organizer.services.workspace import Workspace
from organizer.store import employers, facts
from organizer.store.transaction import Write

USUAL_SOURCE = "paper"
"""What comes to a desk is mostly written."""


@dataclass(frozen=True)
class Told:
    """What was written: the fields, and the step that can be taken back."""

    write: bytes
    fields: tuple[str, ...]


def tell(
    workspace: Workspace,
    employer: bytes,
    typed: Mapping[str, str],
    *,
    source: str = USUAL_SOURCE,
    on: date | None = None,
) -> Told:
    """Add facts of a unit as of a day, today unless said; the earlier ones stay readable.

    Raises `InvalidInput` at a field, for a day ahead and for nothing told, `Conflict` when something
    better or newer is known, so that the new fact would not be seen.
    """
    workspace.require(Permission.SURVEY)
    found = workspace.database.read(lambda c: employers.employer_by_id(c, employer))
    if found is None:
        raise NotFound("record.unknown", value=employer.hex())
    workspace.require(Permission.SURVEY, found.division_code)
    day = on or workspace.today
    if day > workspace.today:
        raise InvalidInput("visit.in_future", field="on", day=day, today=workspace.today)
    observed = fact_checking.checked_facts(workspace, typed)
    if not observed:
        raise InvalidInput("fact.nothing", field=next(iter(typed), ""))
    fact_checking.checked_sources(observed, source, {})

    def body(write: Write) -> Told:
        known = facts.current(write.connection, found.id, departments=True)
        for name, value in observed.items():
            told = Fact(write.new_id(), name, value, source, day.isoformat())
            _refuse_unseen(workspace, known.get(name), told)
            _put(write, found.id, told)
        return Told(write.id, tuple(observed))

    return workspace.database.write(workspace.intent("fact.tell"), body)


def doubts(
    workspace: Workspace, employer: bytes, typed: Mapping[str, str], *, saved: bool = False
) -> dict[str, str]:
    """What looks like a slip in these answers, as sentences by field: before or after they are saved."""
    workspace.require(Permission.LOOK)
    known = workspace.database.read(
        lambda c: facts.current(
            c,
            facts.survivor(c, "employer", employer),
            departments=workspace.sees_departments,
        )
    )
    told = {name: fact.value for name, fact in known.items()}
    return fact_checking.doubts(typed, told, saved=saved)


def _put(write: Write, employer: bytes, fact: Fact) -> None:
    values = {
        "employer": employer,
        "field": fact.field,
        "value": fact.value,
        "source": fact.source,
        "observed_on": fact.observed_on,
    }
    write.insert("fact", values, fact.id)


def _refuse_unseen(workspace: Workspace, shown: Fact | None, new: Fact) -> None:
    if shown is None or newest((shown, new), facts.source_ranks()) is new:
        return
    if shown.source in DEPARTMENTS and not workspace.sees_departments:
        # They see what was told at the door, and this becomes it.
        return
    title = fact_checking.titles()[new.field]
    source = fact_lines.source_word(workspace, shown.source)
    raise Conflict("fact.outranked", title=title, source=source, day=shown.observed_on)
