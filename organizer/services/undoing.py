"""Taking back what was done: a save, an import, a merge, by inverse changes."""

from dataclasses import dataclass

from organizer.domain.access import Permission
from organizer.errors import InvalidInput, NotAllowed
from organizer.services.workspace import Workspace
from organizer.store import runs, undo
from organizer.store.transaction import Intent, Write
from organizer.store.undo import Undone


def take_back(workspace: Workspace, target: bytes | None = None) -> Undone:
    """Undo a write or a whole import; without `target` the newest thing this account did.

    Raises `NotFound`, `Conflict` (final, or undone before) and `NotAllowed` for another's work.
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
        undone = undo.take_back(write, writes, workspace.today.isoformat())
        runs.settle(write.connection, wanted, "undone")
        return undone

    return database.write(Intent("undo", actor, undoes=wanted), body)


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
        return bytes.fromhex(text)
    except ValueError as error:
        raise InvalidInput("record.bad_id", field="id", value=text) from error
