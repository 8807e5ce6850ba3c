"""Duplicates of one unit, place, person or union: one redirect, nothing rewritten, undone any time."""

from collections.abc import Collection

from organizer.domain.access import Permission
from organizer.domain.member import ACTIVE, State
from organizer.domain.place import natural_path
from organizer.errors import Conflict, InvalidInput, NotFound
from organizer.services.places import placing
from organizer.services.places.place_words import kind_word
from organizer.services.workspace import Workspace
from organizer.store import (
    employers,
    members,
    merge_cards,
    one_membership,
    places,
    transfers,
    unions,
)
from organizer.store.driver import Connection
from organizer.store.facts import in_use, survivor
from organizer.store.members import Membership
from organizer.store.place_cards import PlaceState
from organizer.store.places import PlaceRow
from organizer.store.transaction import Write
from organizer.store.undo import Undone

MERGEABLE = ("employer", "place", "person", "union_org")
"""Tables whose duplicates are merged by redirect."""


def merge(
    workspace: Workspace, table: str, duplicate: bytes, kept: bytes, take: Collection[str] = ()
) -> bytes:
    """Redirect a duplicate to the record that is kept; links are never rewritten.

    What is said of the duplicate later is shown on the survivor; undo clears the redirect. `take` are
    fields in which the duplicate is right: their values become the survivor's in the same write. A
    unit that sits nowhere takes over its duplicate's door. Returns the write, which can be undone.
    Raises `Conflict` for a record and itself, for a circle, a duplicate that leads elsewhere already,
    one that is out of use, somebody on the way to another union, a union merged into one below it;
    `NotAllowed` for what lies outside the account's division.
    """
    workspace.require(Permission.REVIEW)
    if table not in MERGEABLE:
        raise InvalidInput("merge.unknown_kind", field="table", value=table)
    if table == "place":
        return merge_places(workspace, duplicate, kept)

    def body(write: Write) -> bytes:
        check(write.connection, workspace, table, duplicate, kept)
        stays = survivor(write.connection, table, kept)
        if table == "person":
            _withdraw_second(write, workspace, duplicate, kept)
        if table == "employer":
            _take_over_door(write, duplicate, stays)
        said = merge_cards.values(write.connection, table, duplicate) or {}
        write.set(table, stays, {name: said[name] for name in take})
        write.set(table, duplicate, {"merged_into": kept})
        return write.id

    return workspace.database.write(workspace.intent(f"{table}.merge"), body)


def check(
    connection: Connection, workspace: Workspace, table: str, duplicate: bytes, kept: bytes
) -> None:
    """Raises what `merge` raises, before anything is written."""
    for row in (duplicate, kept):
        _refuse_gone(connection, table, row)
        for code in divisions_of(connection, table, row):
            workspace.require(Permission.REVIEW, code)
    if survivor(connection, table, kept) == duplicate or duplicate == kept:
        raise Conflict("merge.circle")
    if survivor(connection, table, duplicate) != duplicate:
        raise Conflict("merge.already")
    if table == "person":
        _refuse_moving(connection, duplicate, kept)
    if table == "union_org":
        _refuse_above(connection, duplicate, kept)


def divisions_of(connection: Connection, table: str, row: bytes) -> set[str]:
    """Where a record belongs: who merges it has to answer for all of that."""
    if table == "person":
        return members.divisions_of(connection, row)
    if table == "union_org":
        union = members.union_by_id(connection, row)
        return {union.text("division_code")} - {""} if union else set()
    unit = employers.employer_by_id(connection, row)
    return {unit.division_code} if unit and unit.division_code else set()


def active_of(connection: Connection, duplicate: bytes, kept: bytes) -> list[Membership]:
    """The memberships two records of one person have that are not ended; the first stays."""
    active = [
        one
        for row in (survivor(connection, "person", kept), duplicate)
        for one in members.memberships_of(connection, row)
        if one.record.text("state") in ACTIVE
    ]
    return sorted(active, key=lambda one: one.record.text("state") == State.PENDING)


def _refuse_moving(connection: Connection, duplicate: bytes, kept: bytes) -> None:
    """Whoever has two memberships keeps one; one that is on its way is not withdrawn behind its back."""
    active = active_of(connection, duplicate, kept)
    moving = [one for one in active if one.record.text("state") == State.MOVING]
    if len(active) > 1 and moving:
        letter = transfers.open_transfer(connection, moving[0].record.id)
        name, union = moving[0].person.text("name"), moving[0].union_name
        to = letter.to_name if letter else ""
        raise Conflict("merge.moving", name=name, union=union, to=to)


def _refuse_above(connection: Connection, duplicate: bytes, kept: bytes) -> None:
    """What stands above the survivor, or is made anew wherever it is missing, is no duplicate of it."""
    gone, stays = (members.union_by_id(connection, row) for row in (duplicate, kept))
    if gone is None or stays is None:
        return
    names = {"name": gone.text("name"), "kept": stays.text("name")}
    if members.is_fallback(connection, duplicate):
        raise Conflict("merge.fallback", **names)
    if duplicate in unions.above(connection, kept):
        raise Conflict("merge.union_above", **names)


def _take_over_door(write: Write, duplicate: bytes, stays: bytes) -> None:
    """Where the unit sits is known of its duplicate alone."""
    own = employers.employer_by_id(write.connection, stays)
    gone = employers.employer_by_id(write.connection, duplicate)
    if own and gone and own.place is None and gone.place is not None:
        since = employers.since(write.connection, duplicate, gone.place)
        employers.occupy(write, stays, gone.place, since)


def still_one(write: Write, undone: Undone, today: str) -> Undone:
    """A merge that is taken back brings no second membership back: of one id number one is enough.

    The application that was withdrawn with the merge stays withdrawn, and that is told.
    """
    try:
        one_membership.check(write.connection, write.touches)
    except Conflict:
        kept = list(undone.kept)
        for (table, row), names in write.touches.items():
            if table == "membership" and names == {"retired_on"}:
                write.settle(table, row, "retired_on", today)
                kept.append((table, row, "retired_on"))
        return Undone(undone.rows, tuple(kept))
    return undone


def _refuse_gone(connection: Connection, table: str, row: bytes) -> None:
    """Nothing is found any more that leads to what is out of use."""
    used = in_use(connection, table, row)
    if used is None:
        raise NotFound("record.unknown", value=row.hex())
    if not used:
        raise Conflict("merge.retired")


def _withdraw_second(write: Write, workspace: Workspace, duplicate: bytes, kept: bytes) -> None:
    """Of one person signed up twice one membership stays: the approved one, else that of the kept."""
    for one in active_of(write.connection, duplicate, kept)[1:]:
        write.retire("membership", one.record.id, workspace.today.isoformat())


def merge_places(workspace: Workspace, duplicate: bytes, kept: bytes) -> bytes:
    """Two spellings of one street become one: houses of the same number merge as well, in one step.

    What hangs on either is found at the one kept; a grid known of the duplicate alone goes along.
    Raises `Conflict` for a place and itself, one inside the other, two kinds or two divisions.
    """
    gone, stays = placing.in_use(workspace, duplicate), placing.in_use(workspace, kept)
    for one in (gone, stays):
        workspace.require(Permission.REVIEW, one.division_code)

    def body(write: Write) -> bytes:
        check_merge(write.connection, gone, stays)
        if stays.grid is None and gone.grid is not None:
            write.set("place", stays.id, {"grid": gone.grid})
        if gone.kind != "division":
            placing.settle_division(write, gone.id, stays.division_code)
        for row, into in twins(write.connection, gone.id, stays.id):
            write.set("place", row, {"merged_into": into})
        return write.id

    done = workspace.database.write(workspace.intent("place.merge"), body)
    workspace.forget_divisions()
    return done


def check_merge(connection: Connection, gone: PlaceState, stays: PlaceState) -> None:
    """Raises `Conflict` when two places cannot be one."""
    if gone.id == stays.id:
        raise Conflict("merge.circle")
    if gone.kind != stays.kind:
        kinds = {"kind": kind_word(gone.kind), "other": kind_word(stays.kind)}
        raise Conflict("place.merge_kinds", name=gone.name, kept=stays.name, **kinds)
    above, over = places.above(connection, gone.id), places.above(connection, stays.id)
    if stays.id in {one.id for one in above} or gone.id in {one.id for one in over}:
        raise Conflict("place.merge_inside", name=gone.name, kept=stays.name)
    apart = not _one_division(gone.division_code, stays.division_code)
    if gone.parent != stays.parent if gone.kind == "division" else apart:
        here, there = (_division_name(rows) for rows in (above[1:], over[1:]))
        raise Conflict(
            "place.merge_elsewhere", name=gone.name, kept=stays.name, here=here, there=there
        )


def twins(connection: Connection, gone: bytes, stays: bytes) -> list[tuple[bytes, bytes]]:
    """A duplicate with all below it that stands in the kept one too: who leads to whom."""
    found = [(gone, stays)]
    known = {_spelt(one): one.id for one in places.children(connection, stays)}
    for one in places.children(connection, gone):
        if twin := known.get(_spelt(one)):
            found += twins(connection, one.id, twin)
    return found


def _spelt(place: PlaceRow) -> str:
    return natural_path(None, place.kind, place.name)


def _one_division(one: str, other: str) -> bool:
    """A list that knew no more than the town means the same street as one that knew the community."""
    return one.startswith(other) or other.startswith(one)


def _division_name(above: list[PlaceRow]) -> str:
    return next((place.name for place in above if place.kind == "division"), "")
