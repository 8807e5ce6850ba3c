"""The plain file of a sealed batch once more, from the cells it was sealed with."""

import contextlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from organizer.domain import ids
from organizer.domain.access import Permission
from organizer.errors import Conflict, NotFound, OrganizerError
from organizer.jobs import Progress, Silent
from organizer.registry.export import export
from organizer.registry.layout import Row
from organizer.registry.verify import Verified
from organizer.registry.workbook import part_of, refuse_missing
from organizer.services.batches.vetting import profile
from organizer.services.workspace import Workspace
from organizer.store import audit, batches
from organizer.store.batches import Batch
from organizer.store.driver import Connection


@dataclass(frozen=True)
class MadeAgain:
    """The file, compared cell by cell with what was sealed.

    `sha256` is its own: a workbook says inside when it was made, so that no two are the same bytes.
    """

    batch: bytes
    path: Path
    sha256: str
    rows: int
    union_name: str


def make_again(
    workspace: Workspace,
    batch: bytes,
    folder: Path,
    progress: Progress | None = None,
    reason: str = "",
) -> MadeAgain:
    """Write the file of a sealed batch again into `folder`, tracked until it is marked as cleared.

    Reason and new checksum go into the audit. Raises `NotFound`, and `Conflict` for a batch that
    is not sealed, whose profile has changed, or of which somebody was erased since; otherwise what
    `export` raises.
    """
    workspace.require(Permission.EXPORT)
    known = workspace.database.read(lambda c: batches.batch_by_id(c, batch))
    if known is None:
        raise NotFound("record.unknown", value=batch.hex())
    workspace.require(Permission.EXPORT, known.division_code)
    short = ids.short_id(batch)
    if known.sha256 is None:
        raise Conflict("batch.not_sealed", batch=short)
    chosen = profile(known.profile)
    if chosen.sha256 != known.profile_sha256:
        raise Conflict("batch.profile_changed", batch=short, profile=chosen.name)
    rows = _sealed_rows(workspace, known)
    path = folder.absolute() / known.file_name
    refuse_missing(path.parent)
    tracked = _track(workspace, known, path, reason)
    try:
        made = export(chosen, rows, path.parent, path.name, progress or Silent())
    except BaseException:
        _forget(workspace, tracked, path)
        raise
    _audit(workspace, known, made)
    return MadeAgain(batch, made.path, made.sha256, made.rows, known.union_name)


def _sealed_rows(workspace: Workspace, known: Batch) -> list[Row]:
    kept = workspace.database.read(lambda c: batches.rows(c, known.id))
    erased = sum(cells is None for cells in kept)
    if erased:
        raise Conflict("batch.erased_since", batch=ids.short_id(known.id), count=erased)
    return [tuple(json.loads(cells)) for cells in kept if cells is not None]


def _track(workspace: Workspace, known: Batch, path: Path, reason: str) -> bytes:
    row, at = ids.new_id(workspace.database.now_ms), workspace.now
    told = {"reason": reason, "file": str(path), "rows": known.rows}
    entry = _entry(workspace, "batch.make_again", known, told)

    def change(connection: Connection) -> bytes:
        audit.append(connection, entry, at)
        return batches.track(connection, row, known.id, str(path), at)

    return workspace.database.local(change)


def _forget(workspace: Workspace, tracked: bytes, path: Path) -> None:
    """Nothing was written: nothing is left to clear. A half file on a pulled stick is remembered."""
    # Not of `Path`: those raise for a name too long or a folder that may not be entered.
    if os.path.exists(part_of(path)) or not os.path.isdir(path.parent):
        return
    with contextlib.suppress(OrganizerError):
        workspace.database.local(lambda c: batches.clear(c, tracked, workspace.now))


def _audit(workspace: Workspace, known: Batch, made: Verified) -> None:
    sealed = known.sha256.hex() if known.sha256 else ""
    told = {"file": str(made.path), "sha256": made.sha256, "sealed": sealed}
    workspace.database.record(_entry(workspace, "batch.made_again", known, told))


def _entry(
    workspace: Workspace, action: str, known: Batch, told: Mapping[str, object]
) -> audit.Entry:
    detail = json.dumps(told, ensure_ascii=False)
    return audit.Entry(action, workspace.account.id, known.id, detail)
