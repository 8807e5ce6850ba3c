"""A founding comes to its end: the union becomes a record, with officers, units and members, in one act."""

from dataclasses import dataclass, replace
from datetime import date

from organizer.domain import founding as rules
from organizer.domain import union_org
from organizer.domain.access import Permission
from organizer.domain.founding import Body, Hint, Kind
from organizer.errors import Conflict, InvalidInput
from organizer.i18n import _
from organizer.services.members import transferring
from organizer.services.unions import covering, founding, founding_words, keeping
from organizer.services.workspace import Workspace
from organizer.store import foundings, members
from organizer.store.driver import Connection
from organizer.store.members import Record
from organizer.store.transaction import Write


@dataclass(frozen=True)
class FinishOrder:
    """What the approval says; what is left out is taken from the steps already told."""

    founded_on: date | None = None
    approval_no: str = ""
    term_from: date | None = None
    term_years: int = 0
    union_name: str = ""
    parent: bytes | None = None


@dataclass(frozen=True)
class Founded:
    """The union that came of it: how many temporary members moved, what should still be known."""

    union: bytes
    union_name: str
    write: bytes
    moved: int
    officers: int
    sentences: tuple[str, ...] = ()


def proposed(workspace: Workspace, founding_: bytes) -> FinishOrder:
    """What the steps told so far make of the order, to be looked at before it is done."""

    def query(connection: Connection) -> FinishOrder:
        row = founding.looked_at(connection, workspace, founding_)
        return _filled(connection, row, FinishOrder())

    return workspace.database.read(query)


def foresee(workspace: Workspace, founding_: bytes) -> str:
    """What will come of it, in words: officers, units, members who move, and what is still missing."""

    def query(connection: Connection) -> tuple[int, int, int, list[Hint]]:
        row = founding.looked_at(connection, workspace, founding_)
        units = foundings.units_of(connection, row)
        moving = sum(len(members.temporary_of(connection, one)) for one in units)
        hints = _lacking(connection, row, _filled(connection, row, FinishOrder()))
        return len(_elected(connection, founding_)), len(units), moving, hints

    officers, units, moving, hints = workspace.database.read(query)
    told = _(
        "记下工会干部 {officers} 人，覆盖单位 {units} 户，临时会员 {moving} 人转为本工会会员。"
    )
    said = told.format(officers=officers, units=units, moving=moving)
    return "\n".join([said, *founding_words.sentences(workspace, hints)])


def finish(workspace: Workspace, founding_: bytes, order: FinishOrder) -> Founded:
    """The union is founded (建会): its record, officers, coverage, and the facts of its units; the
    temporary members who work there are its members from today (会员会籍管理办法 art. 6, 15).

    Raises `InvalidInput` at the field, `Conflict` for a name another union has or what ended before.
    """
    workspace.require(Permission.REVIEW)
    # Before the write: they are read through the same few readers when not yet known.
    divisions = workspace.divisions

    def body(write: Write) -> Founded:
        row = founding.standing(write.connection, workspace, founding_, Permission.REVIEW)
        if row.text("founded_on"):
            raise Conflict("founding.founded", name=row.text("union_name"))
        whole = _filled(write.connection, row, order)
        day = founding.past_day(workspace, whole.founded_on, "founded_on")
        elected = _elected(write.connection, founding_)
        seat = _seat(write, workspace, row)
        values = _values(workspace, row, whole, day, elected)
        name = founding.checked_name(write.connection, whole.union_name)
        union = keeping.insert(
            write, {"name": name, **values}, whole.parent, seat, divisions.get(seat).name
        )
        begins = (whole.term_from or date.fromisoformat(day)).isoformat()
        for one in elected:
            _officer(write, union, one, begins)
        moved = _take_over(write, workspace, row, union, day)
        ended = {"union_org": union, "founded_on": day, "union_name": name}
        write.set("founding", founding_, ended)
        _note_facts(write, workspace, row, whole, (name, day), elected)
        hints = _lacking(write.connection, row, whole)
        told = tuple(founding_words.sentences(workspace, hints))
        return Founded(union, name, write.id, moved, len(elected), told)

    return workspace.database.write(workspace.intent("founding.finish"), body)


def _filled(connection: Connection, row: Record, order: FinishOrder) -> FinishOrder:
    told = founding.told_steps(connection, row.id)
    days = {code: one.done_on for code, one in told.items() if one.done_on is not None}
    approved = told.get(rules.APPROVED)
    founded = order.founded_on or days.get(rules.APPROVED) or days.get(rules.ELECTED)
    years = order.term_years or int(row.text("term_years") or 0)
    return replace(
        order,
        founded_on=founded,
        approval_no=order.approval_no.strip() or (approved.paper_no if approved else ""),
        term_from=order.term_from or days.get(rules.ELECTED) or founded,
        term_years=years,
        union_name=order.union_name.strip() or row.text("union_name"),
    )


def _elected(connection: Connection, founding_: bytes) -> list[Record]:
    """Who was elected; where no votes were counted at all, everybody who stood."""
    people = [
        one
        for one in foundings.candidates_of(connection, founding_)
        if one.text("body") != Body.GROUP
    ]
    counted = any(one.text("votes") for one in people)
    return [one for one in people if one.text("elected") or not counted]


def _seat(write: Write, workspace: Workspace, row: Record) -> str:
    """The division the union lies in: that of the unit it began with."""
    first = foundings.units_of(write.connection, row)[0]
    unit = founding.unit(write.connection, workspace, first, Permission.REVIEW)
    return unit.division_code or workspace.office.division_code


def _values(
    workspace: Workspace, row: Record, order: FinishOrder, day: str, elected: list[Record]
) -> dict[str, str | None]:
    if not order.term_years:
        raise InvalidInput("founding.no_term", field="term_years")
    begins = order.term_from or date.fromisoformat(day)
    if begins > workspace.today:
        raise InvalidInput("founding.future_day", field="term_from", day=begins)
    term = rules.check_term(order.term_years, begins)
    posts = {one.text("post") for one in elected}
    bodies = {one.text("body") for one in elected}
    return {
        "org_type": rules.COVERS_AS[Kind(row.text("kind"))],
        "founded_on": day,
        "approval_no": order.approval_no or None,
        "term_from": begins.isoformat(),
        "term_until": term.ends_on.isoformat(),
        "chairman": _chair(elected) or None,
        "audit_committee": "yes" if Body.AUDIT in bodies else None,
        "women_committee": _women(posts, bodies),
    }


def _chair(elected: list[Record]) -> str:
    """Who chairs, where nobody on record is meant: people are named as officers, and there erased."""
    heads = (one for one in elected if one.text("post") == rules.CHAIR)
    return next((one.text("name") for one in heads if one.link("person") is None), "")


def _women(posts: set[str], bodies: set[str]) -> str | None:
    """A committee of women has a head; with fewer than ten members there is one woman on its own."""
    if Body.WOMEN not in bodies:
        return None
    return "yes" if rules.WOMEN_HEAD in posts else "no"


def _officer(write: Write, union: bytes, one: Record, since: str) -> None:
    values = {
        "union_org": union,
        "person": one.link("person"),
        "name": one.text("name"),
        "post": one.text("post"),
        "since_on": since,
    }
    write.insert("officer", values)


def _take_over(write: Write, workspace: Workspace, row: Record, union: bytes, day: str) -> int:
    kind, moved = rules.COVERS_AS[Kind(row.text("kind"))], 0
    for one in foundings.units_of(write.connection, row):
        unit = founding.unit(write.connection, workspace, one, Permission.REVIEW)
        try:
            covering.put(write, unit, union, kind, day)
        except InvalidInput as error:
            raise InvalidInput(error.code, field="founded_on", **error.facts) from error
        moved += transferring.settle_in(write, workspace, one, union)
    return moved


def _note_facts(
    write: Write,
    workspace: Workspace,
    row: Record,
    order: FinishOrder,
    named: tuple[str, str],
    elected: list[Record],
) -> None:
    name, day = named
    joint = Kind(row.text("kind")) is Kind.JOINT
    told = {
        "union_state": union_org.COVERED if joint else union_org.OWN,
        "covering_union" if joint else "union_name": name,
        "union_founded_on": day,
        "approval_no": order.approval_no,
        "chair": _chair(elected),
    }
    for one in foundings.units_of(write.connection, row):
        founding.observe(write, workspace, one, told)


def _lacking(connection: Connection, row: Record, order: FinishOrder) -> list[Hint]:
    told = founding.told_steps(connection, row.id)
    found = [
        Hint("not_told", {"need": rule.code})
        for rule in founding.rules_of_founding().steps
        if int(rule.code) <= int(rules.APPROVED)
        and (rule.code not in told or told[rule.code].done_on is None)
    ]
    people = foundings.candidates_of(connection, row.id)
    if not any(one.text("votes") for one in people):
        found.append(Hint("no_votes"))
    due, present = int(row.text("due_count") or 0), int(row.text("present_count") or 0)
    if present * 3 < due * 2:
        found.append(Hint("too_few"))
    if not order.approval_no:
        found.append(Hint("no_approval"))
    return found
