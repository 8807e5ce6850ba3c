"""Founding a union (建会): begun at a unit or several, step by step, given up with a reason.

工会法 art. 10-12. Every step may be told in any order: what usually comes first is a hint.
"""

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from organizer import resources
from organizer.domain import founding as rules
from organizer.domain import union_org
from organizer.domain.access import Permission
from organizer.domain.founding import Hint, Kind, Rules, StepTold
from organizer.errors import Conflict, InvalidInput, NotFound
from organizer.services.unions import covering, founding_words
from organizer.services.workspace import Workspace
from organizer.store import employers, facts, foundings, unions
from organizer.store.driver import Connection
from organizer.store.employers import EmployerRow
from organizer.store.members import Record
from organizer.store.transaction import Write

_MOST_LETTERS = 60
_SOURCE = "paper"


@functools.cache
def rules_of_founding() -> Rules:
    """The steps and figures of the resource."""
    return Rules.read(resources.toml("rules", "founding.toml"))


@dataclass(frozen=True)
class FoundingOrder:
    """A founding to begin: at which units, as what, under which name ("" for the usual one)."""

    units: Sequence[bytes]
    kind: Kind = Kind.SINGLE
    union_name: str = ""
    on: date | None = None
    responsible: str = ""


@dataclass(frozen=True)
class Done:
    """What was written, the step that can be taken back, and what should be known of it."""

    founding: bytes
    write: bytes
    sentences: Sequence[str] = ()


def begin(workspace: Workspace, order: FoundingOrder) -> Done:
    """Begin a founding; that the unit was visited is its first step, where it is known.

    Raises `InvalidInput` at the field, `Conflict` for a unit that has a union or is founding one.
    """
    workspace.require(Permission.SURVEY)
    rules.check_kind(order.kind, len(order.units))
    day = past_day(workspace, order.on, "on")

    def body(write: Write) -> Done:
        units = [unit(write.connection, workspace, row) for row in order.units]
        if not units:
            raise InvalidInput("founding.no_unit", field="units")
        name = _name(write.connection, order, units[0])
        for one in units:
            _refuse_settled(write.connection, one)
        values = {
            "employer": units[0].id,
            "kind": order.kind.value,
            "union_name": name,
            "begun_on": day,
        }
        row = write.insert("founding", values)
        for one in units[1:]:
            foundings.take_in(write, row, one.id, day)
        if visited := _visited_on(write.connection, units[0]):
            step = {"done_on": visited, "responsible": order.responsible.strip() or None}
            foundings.put_step(write, row, rules.VISITED, step)
        for one in units:
            observe(write, workspace, one.id, {"union_state": "3", "founding_stage": "1"})
        return Done(row, write.id, _begin_hints(write.connection, workspace, order.kind, units))

    return workspace.database.write(workspace.intent("founding.begin"), body)


def foresee(workspace: Workspace, order: FoundingOrder) -> str:
    """What a founding begun so would be, in words; nothing is written. Raises as `begin` does."""
    workspace.require(Permission.SURVEY)
    rules.check_kind(order.kind, len(order.units))

    def query(connection: Connection) -> list[str]:
        units = [unit(connection, workspace, row) for row in order.units]
        for one in units:
            _refuse_settled(connection, one)
        return _begin_hints(connection, workspace, order.kind, units)

    return "\n".join(workspace.database.read(query))


@dataclass(frozen=True)
class StepOrder:
    """What is told of a step: done on a day, or only due; empty texts empty what stood there."""

    step: str
    done_on: date | None = None
    due_on: date | None = None
    responsible: str = ""
    paper_no: str = ""
    remark: str = ""


def tell(workspace: Workspace, founding: bytes, order: StepOrder) -> Done:
    """Tell a step as done, or when it is due. Order is a hint; raises `InvalidInput` at the field."""
    known = rules_of_founding()
    known.step(order.step)
    done = past_day(workspace, order.done_on, "done_on") if order.done_on else None

    def body(write: Write) -> Done:
        row = standing(write.connection, workspace, founding)
        told = told_steps(write.connection, founding)
        values = {
            "done_on": done,
            "due_on": order.due_on.isoformat() if order.due_on else None,
            "responsible": order.responsible.strip() or None,
            "paper_no": order.paper_no.strip() or None,
            "remark": order.remark.strip() or None,
        }
        foundings.put_step(write, founding, order.step, values)
        if done:
            for one in foundings.units_of(write.connection, row):
                observe(write, workspace, one, {"founding_stage": _furthest(told, order.step)})
        hints = rules.order_hints(known, told, order.step, order.done_on)
        return Done(founding, write.id, founding_words.sentences(workspace, hints))

    return workspace.database.write(workspace.intent("founding.step"), body)


def foresee_step(workspace: Workspace, founding: bytes, order: StepOrder) -> str:
    """What should be known of a step told so, in words; nothing is written."""
    workspace.require(Permission.LOOK)
    told = workspace.database.read(lambda c: told_steps(c, founding))
    hints = rules.order_hints(rules_of_founding(), told, order.step, order.done_on)
    return "\n".join(founding_words.sentences(workspace, hints))


def give_up(
    workspace: Workspace,
    founding: bytes,
    reason: str,
    on: date | None = None,
    *,
    willing: bool = False,
) -> Done:
    """A founding ends without a union; whether the unit is still willing is noted with the unit."""
    if not reason.strip():
        raise InvalidInput("founding.no_reason", field="reason")
    day = past_day(workspace, on, "on")

    def body(write: Write) -> Done:
        row = standing(write.connection, workspace, founding)
        if row.text("founded_on"):
            raise Conflict("founding.founded", name=row.text("union_name"))
        write.set("founding", founding, {"given_up_on": day, "reason": reason.strip()})
        state = "4" if willing else "5"
        for one in foundings.units_of(write.connection, row):
            observe(write, workspace, one, {"union_state": state})
        return Done(founding, write.id)

    return workspace.database.write(workspace.intent("founding.give_up"), body)


def standing(
    connection: Connection,
    workspace: Workspace,
    founding: bytes,
    permission: Permission = Permission.SURVEY,
) -> Record:
    """A founding this account may change; raises `NotFound`, `NotAllowed`, `Conflict` once given up."""
    row = looked_at(connection, workspace, founding, permission)
    if row.text("given_up_on"):
        raise Conflict("founding.ended", name=row.text("union_name"), day=row.text("given_up_on"))
    return row


def looked_at(
    connection: Connection,
    workspace: Workspace,
    founding: bytes,
    permission: Permission = Permission.LOOK,
) -> Record:
    """A founding this account sees, also one that was given up; raises `NotFound`, `NotAllowed`."""
    row = foundings.founding_by_id(connection, founding)
    if row is None:
        raise NotFound("record.unknown", value=founding.hex())
    for one in foundings.units_of(connection, row)[:1]:
        unit(connection, workspace, one, permission)
    return row


def told_steps(connection: Connection, founding: bytes) -> dict[str, StepTold]:
    """What was told of the steps, by step."""
    return {
        code: StepTold(
            _day(one, "done_on"),
            _day(one, "due_on"),
            one.text("responsible"),
            one.text("paper_no"),
            one.text("remark"),
        )
        for code, one in foundings.steps_of(connection, founding).items()
    }


def unit(
    connection: Connection,
    workspace: Workspace,
    row: bytes,
    permission: Permission = Permission.SURVEY,
) -> EmployerRow:
    """A unit this account may act at; raises `NotFound`, `NotAllowed`."""
    found = employers.employer_by_id(connection, row)
    if found is None:
        raise NotFound("record.unknown", value=row.hex())
    workspace.require(permission, found.division_code)
    return found


def observe(write: Write, workspace: Workspace, employer: bytes, told: Mapping[str, str]) -> None:
    """What a founding changes is known of the unit from today on, unless it was known before."""
    known = facts.current(write.connection, employer, departments=True)
    for name, value in told.items():
        if value and (name not in known or known[name].value != value):
            # Ids that follow in time: of two told on one day the later counts.
            fact = {
                "employer": employer,
                "field": name,
                "value": value,
                "source": _SOURCE,
                "observed_on": workspace.today.isoformat(),
            }
            write.insert("fact", fact)


def past_day(workspace: Workspace, day: date | None, field: str) -> str:
    """A day until today, today by default; raises `InvalidInput` at the field for a later one."""
    found = day or workspace.today
    if found > workspace.today:
        raise InvalidInput("founding.future_day", field=field, day=found)
    return found.isoformat()


def checked_name(connection: Connection, name: str) -> str:
    """A name the union may have; raises `InvalidInput` (field `union_name`), `Conflict`."""
    if not name or len(name) > _MOST_LETTERS:
        raise InvalidInput("union.bad_name", field="union_name", most=_MOST_LETTERS)
    if unions.named(connection, name):
        raise Conflict("union.name_taken", name=name)
    return name


def _name(connection: Connection, order: FoundingOrder, first: EmployerRow) -> str:
    typed = order.union_name.strip()
    if not typed and order.kind is Kind.JOINT:
        raise InvalidInput("founding.no_name", field="union_name")
    return checked_name(connection, typed or rules.usual_name(first.name, order.kind))


def _refuse_settled(connection: Connection, one: EmployerRow) -> None:
    for row in foundings.of_employer(connection, one.id):
        known = foundings.founding_by_id(connection, row)
        if known and not known.text("given_up_on") and not known.text("founded_on"):
            raise Conflict("founding.under_way", name=one.name, union=known.text("union_name"))
    for held in unions.coverage_of(connection, one.id):
        if held.kind == covering.OWN and not held.until_on:
            raise Conflict("founding.has_union", name=one.name, union=held.union_name)


def _visited_on(connection: Connection, one: EmployerRow) -> str:
    """The day the unit was told about unions, or said that it is willing; "" where nobody noted it."""
    known = facts.current(connection, one.id, departments=False)
    if told := known.get("publicity_on"):
        return told.value
    willing = known.get("employer_willing")
    if willing is not None and willing.value == "yes":
        return willing.observed_on
    state = known.get("union_state")
    return state.observed_on if state is not None and state.value in union_org.UNFOUNDED else ""


def _begin_hints(
    connection: Connection, workspace: Workspace, kind: Kind, units: Sequence[EmployerRow]
) -> list[str]:
    people = foundings.people_of(connection, [one.id for one in units])
    hints: list[Hint] = list(rules.kind_hints(kind, people.members, len(units)))
    return founding_words.sentences(workspace, hints)


def _furthest(told: Mapping[str, StepTold], step: str) -> str:
    done = [code for code, one in told.items() if one.done_on is not None]
    return str(max(map(int, (*done, step))))


def _day(record: Record, name: str) -> date | None:
    text = record.text(name)
    return date.fromisoformat(text) if text else None
