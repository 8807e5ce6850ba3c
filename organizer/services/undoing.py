"""Taking back what was done: a save, an import, a merge, by inverse changes."""

from collections.abc import Sequence
from dataclasses import dataclass

from organizer.domain import ids
from organizer.domain.access import Permission
from organizer.errors import Conflict, InvalidInput, NotAllowed
from organizer.i18n import _, listed
from organizer.services import merging
from organizer.services.workspace import Workspace
from organizer.store import runs, undo
from organizer.store.driver import Connection
from organizer.store.transaction import Intent, Write
from organizer.store.undo import Undone


def take_back(workspace: Workspace, target: bytes | None = None) -> Undone:
    """Undo a write or a whole import; without `target` the newest thing this account did.

    Raises `NotFound`, `Conflict` (final, undone before, or about people who are in a sealed batch
    since) and `NotAllowed` for another's work.
    """
    workspace.require(Permission.LOOK)
    database, actor = workspace.database, workspace.account.id
    wanted = target or database.read(lambda c: undo.latest(c, actor))
    writes = database.read(lambda c: undo.writes_of(c, wanted))
    authors = database.read(lambda c: undo.authors(c, writes))
    if authors - {actor}:
        workspace.require(Permission.ADMINISTER)
    if not authors:
        raise NotAllowed("access.not_allowed", account=workspace.account.name)

    def body(write: Write) -> Undone:
        _refuse_sealed(write.connection, writes)
        today = workspace.today.isoformat()
        undone = undo.take_back(write, writes, today)
        if undo.step_name(write.connection, wanted) == "person.merge":
            undone = merging.still_one(write, undone, today)
        runs.settle(write.connection, wanted, "undone")
        return undone

    done = database.write(Intent("undo", actor, undoes=wanted), body)
    # A division may be among what came back or went.
    workspace.forget_divisions()
    return done


_NAMED = 3
"""How many names the refusal tells."""


def _refuse_sealed(connection: Connection, writes: Sequence[bytes]) -> None:
    """What was reported stays as it was reported: a sealed batch is not emptied behind its back."""
    for batch, names in undo.sealed_since(connection, writes).items():
        told = listed(names[:_NAMED])
        if len(names) > _NAMED:
            told = _("{names}等 {count} 人").format(names=told, count=len(names))
        raise Conflict("undo.sealed", batch=ids.short_id(batch), names=told)


@dataclass(frozen=True)
class TakenBack:
    """What an undo, or the undo of one, did to which kind of step (`visit.record`, …)."""

    step: str
    undone: Undone


def take_back_latest(workspace: Workspace) -> TakenBack:
    """Undo the newest thing this account did; raises `NotFound` when there is nothing."""
    workspace.require(Permission.LOOK)
    database, actor = workspace.database, workspace.account.id
    wanted = database.read(lambda c: undo.latest(c, actor))
    step = database.read(lambda c: undo.step_name(c, wanted))
    return TakenBack(step, take_back(workspace, wanted))


def newest(workspace: Workspace) -> bytes:
    """The newest step of this account that can be taken back; raises `NotFound` when there is none."""
    workspace.require(Permission.LOOK)
    return workspace.database.read(lambda c: undo.latest(c, workspace.account.id))


def bring_back(workspace: Workspace) -> TakenBack:
    """Undo this account's newest undo, unless it did something else since; raises `NotFound`."""
    workspace.require(Permission.LOOK)
    database, actor = workspace.database, workspace.account.id
    wanted, original = database.read(lambda c: undo.latest_undo(c, actor))
    step = database.read(lambda c: undo.step_name(c, original))
    return TakenBack(step, take_back(workspace, wanted))


def target(text: str) -> bytes:
    """The id of a write or run typed as hex; raises `InvalidInput`."""
    try:
        row = bytes.fromhex(text)
    except ValueError as error:
        raise InvalidInput("record.bad_id", field="id", value=text) from error
    if not row:
        # An empty word is a slip, not the wish to undo whatever came last.
        raise InvalidInput("record.bad_id", field="id", value=text)
    return row
