"""Officers of a union (工会干部): taken down, corrected, out of office; and re-election (换届)."""

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from organizer import resources
from organizer.domain import officer
from organizer.domain.access import Permission
from organizer.domain.member import COUNTED
from organizer.domain.officer import Elected
from organizer.domain.person_name import pua_table
from organizer.errors import Conflict, InvalidInput, NotFound
from organizer.i18n import listed
from organizer.services import finding
from organizer.services.finding import Found
from organizer.services.members import steps
from organizer.services.unions import keeping
from organizer.services.workspace import Workspace
from organizer.store import facts, members
from organizer.store import officers as store
from organizer.store.driver import Connection
from organizer.store.officers import OfficerRow
from organizer.store.transaction import Write

_MOST_OFFERED = 8


def officers(workspace: Workspace, union: bytes) -> list[OfficerRow]:
    """Who holds a post in a union, by post, then who did, newest first."""
    workspace.require(Permission.LOOK)
    return workspace.database.read(lambda c: store.of_union(c, union))


def offered(workspace: Workspace, text: str) -> list[Found]:
    """Members who may be linked to a post, by name or last digits; ids masked."""
    hits = finding.find(workspace, text, _MOST_OFFERED, "person")

    def is_member(connection: Connection, person: bytes) -> bool:
        return any(
            one.record.text("state") in COUNTED
            for one in members.memberships_of(connection, person)
        )

    return workspace.database.read(lambda c: [hit for hit in hits if is_member(c, hit.id)])


def appoint(
    workspace: Workspace, union: bytes, typed: Mapping[str, str], person: bytes | None = None
) -> bytes:
    """Somebody takes a post, today unless another day is typed; returns the write.

    Raises `InvalidInput` at the field, `Conflict` where the post is held already.
    """
    workspace.require(Permission.REVIEW)
    whole = {"name": "", "post": "", "since_on": workspace.today.isoformat(), **_said(typed)}
    values = _read(workspace, whole, {})

    def body(write: Write) -> bytes:
        goal = keeping.standing(write.connection, workspace, union)
        _refuse_held(write.connection, workspace, goal.id, goal.text("name"), values, None)
        _insert(write, goal.id, values, _linked(write.connection, workspace, person))
        return write.id

    return workspace.database.write(workspace.intent("officer.add"), body)


def amend(
    workspace: Workspace, row: bytes, typed: Mapping[str, str], person: bytes | None = None
) -> bytes:
    """Correct what is written of an officer; with `person` also who it is. Returns the write."""
    workspace.require(Permission.REVIEW)

    def body(write: Write) -> bytes:
        found, union = _found(write.connection, workspace, row)
        values = _read(workspace, typed, found.texts)
        if not {**found.texts, **values}["until_on"]:
            whole = {**found.texts, **values}
            _refuse_held(write.connection, workspace, found.union_org, union, whole, row)
        linked = _linked(write.connection, workspace, person)
        # Another name written over a linked one is another person's.
        if linked is not None or values.get("name", found.name) != found.name:
            write.set("officer", row, {"person": linked})
        write.set("officer", row, values)
        return write.id

    return workspace.database.write(workspace.intent("officer.edit"), body)


def end(workspace: Workspace, row: bytes, on: date | None = None) -> bytes:
    """Somebody leaves a post on a day, today by default; returns the write."""
    workspace.require(Permission.REVIEW)
    day = steps.day_of(workspace, on)

    def body(write: Write) -> bytes:
        found, _union = _found(write.connection, workspace, row)
        if found.until_on:
            post = workspace.codes("officer_post").entry(found.post).brief
            raise Conflict("officer.ended", name=found.name, post=post, until=found.until_on)
        _end(write, found, day, "on")
        return write.id

    return workspace.database.write(workspace.intent("officer.end"), body)


@dataclass(frozen=True)
class ReElection:
    """A new term: its first day and years as typed, and who was elected, as `read_elected` reads it."""

    term_from: str
    term_years: str
    officers: str


def re_elect(workspace: Workspace, union: bytes, order: ReElection) -> bytes:
    """A new committee takes over: the term is new, who served before ends, who was elected begins.

    A member who is linked stays linked under the same name. Returns the write; raises `InvalidInput`
    at the field.
    """
    workspace.require(Permission.REVIEW)
    posts = workspace.codes("officer_post")
    if not order.term_from.strip():
        raise InvalidInput("union.no_term_start", field="term_from")
    if not order.term_years.strip():
        raise InvalidInput("union.wrong_term", field="term_years", years="")
    elected = officer.read_elected(order.officers, posts, _pua())

    def body(write: Write) -> bytes:
        goal = keeping.standing(write.connection, workspace, union)
        typed = {"term_from": order.term_from, "term_years": order.term_years}
        term = keeping.read(workspace, typed, keeping.texts(goal))
        day = term["term_from"] or ""
        if day > workspace.today.isoformat():
            raise InvalidInput("officer.future_day", field="term_from", day=day)
        before = [one for one in store.of_union(write.connection, goal.id) if one.serving]
        for one in before:
            _end(write, one, day, "term_from")
        for new in elected:
            values = {"name": new.name, "post": new.post, "since_on": day}
            _insert(write, goal.id, {**values, **_kept(before, new)}, _same(before, new))
        write.set("union_org", goal.id, term)
        return write.id

    return workspace.database.write(workspace.intent("union.elect"), body)


def as_typed(workspace: Workspace, serving: Sequence[OfficerRow]) -> str:
    """Those who serve as `read_elected` reads them: 主席 甲样 委员 乙样、丙样."""
    workspace.require(Permission.LOOK)
    posts = workspace.codes("officer_post")
    by_post: dict[str, list[str]] = {}
    for one in serving:
        if one.serving and one.name and one.post in posts:
            by_post.setdefault(posts.entry(one.post).brief, []).append(one.name)
    return " ".join(f"{post} {listed(names)}" for post, names in by_post.items())


def _said(typed: Mapping[str, str]) -> dict[str, str]:
    return {name: text for name, text in typed.items() if text.strip()}


def _read(
    workspace: Workspace, typed: Mapping[str, str], before: Mapping[str, str]
) -> dict[str, str | None]:
    if unknown := set(typed) - set(officer.FIELDS):
        raise InvalidInput("union.unknown_field", field="typed", value=min(unknown))
    posts = workspace.codes("officer_post")
    return officer.read_officer(typed, before, workspace.today, posts, _pua())


def _refuse_held(
    connection: Connection,
    workspace: Workspace,
    union: bytes,
    union_name: str,
    values: Mapping[str, str | None],
    but: bytes | None,
) -> None:
    """One chairman at a time, and nobody twice in one post."""
    if values.get("until_on"):
        return
    post = workspace.codes("officer_post").entry(values["post"] or "").brief
    for one in store.of_union(connection, union):
        if one.id == but or not one.serving or one.post != values["post"]:
            continue
        told = {"union": union_name, "post": post, "name": one.name}
        if one.name == values["name"]:
            raise Conflict("officer.twice", **told)
        if one.post in officer.LEADING:
            raise Conflict("officer.second_leading", since=one.since_on or "—", **told)


def _insert(
    write: Write, union: bytes, values: Mapping[str, str | None], person: bytes | None
) -> None:
    write.insert("officer", {"union_org": union, "person": person, **values})


def _end(write: Write, found: OfficerRow, day: str, field: str) -> None:
    if day < found.since_on:
        told = {"name": found.name, "since": found.since_on, "day": day}
        raise InvalidInput("officer.too_early", field=field, **told)
    write.set("officer", found.id, {"until_on": day})


def _same(before: Sequence[OfficerRow], new: Elected) -> bytes | None:
    return next((one.person for one in before if one.name == new.name and one.person), None)


def _kept(before: Sequence[OfficerRow], new: Elected) -> dict[str, str | None]:
    """Whoever stays in a post stays 专职 or 兼职."""
    engaged = (one.engaged for one in before if (one.name, one.post) == (new.name, new.post))
    return {"engaged": next(engaged, "") or None}


def _linked(connection: Connection, workspace: Workspace, person: bytes | None) -> bytes | None:
    if person is None:
        return None
    found = members.person_by_id(connection, facts.survivor(connection, "person", person))
    if found is None or found.text("erased_on"):
        raise NotFound("record.unknown", value=person.hex())
    return found.id


def _found(connection: Connection, workspace: Workspace, row: bytes) -> tuple[OfficerRow, str]:
    found = store.officer_by_id(connection, row)
    if found is None:
        raise NotFound("record.unknown", value=row.hex())
    union = facts.survivor(connection, "union_org", found.union_org)
    return found, keeping.standing(connection, workspace, union).text("name")


@functools.cache
def _pua() -> Mapping[str, str]:
    return pua_table(resources.rows("codelists", "gbk_pua_to_standard.csv"))
