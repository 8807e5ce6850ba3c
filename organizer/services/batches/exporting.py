"""Batches for the registry: checked, written, read back, sealed."""

import contextlib
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from organizer.domain import ids
from organizer.domain.access import Permission
from organizer.errors import Conflict, NotFound, OrganizerError
from organizer.jobs import Progress, Silent
from organizer.registry.export import export
from organizer.registry.layout import Row, file_name
from organizer.registry.precheck import Finding
from organizer.registry.profile import Profile
from organizer.registry.row import render
from organizer.registry.verify import Verified
from organizer.registry.workbook import part_of, refuse_missing
from organizer.services.batches.vetting import KeptOff, Passed, Vetted, profile, vet
from organizer.services.workspace import Workspace
from organizer.store import audit, batches, members
from organizer.store.transaction import Write

__all__ = ["KeptOff", "SealedFile", "export_batch", "profile", "unions_to_report"]


@dataclass(frozen=True)
class SealedFile:
    """One verified file of a batch; warnings are findings that did not keep a member off."""

    batch: bytes
    path: Path
    sha256: str
    rows: int
    union_name: str
    kept_off: tuple[KeptOff, ...]
    warnings: tuple[tuple[str, Finding], ...]


@dataclass(frozen=True)
class _Draft:
    """A batch before its file is there: what will stand in it, and where."""

    batch: bytes
    union_org: bytes
    profile: Profile
    part: Sequence[Passed]
    rows: Sequence[Row]
    path: Path
    reason: str


def unions_to_report(workspace: Workspace) -> list[bytes]:
    """The unions with approved members who are in no sealed batch."""
    workspace.require(Permission.EXPORT)
    counts = workspace.database.read(members.unreported)
    unions = workspace.database.read(members.unions)
    return [union.id for union in unions if counts.get(union.id)]


def export_batch(
    workspace: Workspace,
    union_org: bytes,
    chosen: Profile,
    folder: Path,
    progress: Progress | None = None,
    reason: str = "",
) -> tuple[SealedFile, ...]:
    """Export a union's members who are in no batch yet, as sealed batches of verified files.

    `reason` goes into the audit. Raises `NotFound`: `batch.nobody` when nobody waits,
    `batch.all_kept_off` with the reasons when nobody who waits can be entered.
    Who cannot be entered (no id number, a foreign passport) is kept off and named, never held
    against the others.
    """
    workspace.require(Permission.EXPORT)
    progress = progress or Silent()
    vetted = vet(workspace, union_org, chosen, progress)
    if not vetted.passed:
        raise _nobody(vetted)
    _drop(workspace, workspace.database.read(lambda c: batches.left_drafts(c, union_org)))
    warnings = tuple((one.row.name, found) for one in vetted.passed for found in one.remarks)
    sealed: list[SealedFile] = []
    for start in range(0, len(vetted.passed), chosen.max_rows):
        part = vetted.passed[start : start + chosen.max_rows]
        batch = ids.new_id(workspace.database.now_ms)
        name = file_name(
            chosen, union=vetted.union_name, batch=ids.short_id(batch), part=len(sealed) + 1
        )
        rows = [render(chosen, one.row) for one in part]
        draft = _Draft(batch, union_org, chosen, part, rows, folder.absolute() / name, reason)
        verified = _seal(workspace, draft, progress)
        first = not sealed
        sealed.append(
            SealedFile(batch, verified.path, verified.sha256, verified.rows, vetted.union_name,
                       vetted.kept_off if first else (), warnings if first else ())
        )  # fmt: skip
    return tuple(sealed)


_MOST_NAMED = 5


def _nobody(vetted: Vetted) -> NotFound:
    if not vetted.kept_off:
        return NotFound("batch.nobody", kept_off=0)
    reasons = [
        f"{one.name} {''.join(found.sentence() for found in one.reasons)}"
        for one in vetted.kept_off[:_MOST_NAMED]
    ]
    return NotFound("batch.all_kept_off", kept_off=len(vetted.kept_off), reasons=" ".join(reasons))


def _seal(workspace: Workspace, draft: _Draft, progress: Progress) -> Verified:
    """Draft, file, seal, in this order: a kill in between leaves a draft that holds nobody back,
    and a file that is known because it was remembered with the draft."""
    refuse_missing(draft.path.parent)
    tracked = workspace.database.write(
        workspace.intent("batch.draft"), lambda write: _draft(write, workspace, draft)
    )
    try:
        verified = export(draft.profile, draft.rows, draft.path.parent, draft.path.name, progress)
    except BaseException as error:
        # A file that bears the name already is somebody else's.
        _abandon(workspace, draft, tracked, others=isinstance(error, Conflict))
        raise
    values = {
        "state": "sealed",
        "sealed_at": workspace.now,
        "sha256": bytes.fromhex(verified.sha256),
    }
    try:
        workspace.database.write(
            workspace.intent("batch.seal"), lambda write: write.set("batch", draft.batch, values)
        )
    except BaseException:
        with contextlib.suppress(OSError):
            draft.path.unlink()
        _abandon(workspace, draft, tracked)
        raise
    return verified


def _abandon(workspace: Workspace, draft: _Draft, tracked: bytes, *, others: bool = False) -> None:
    """After an error no draft stays, and no file; one on a pulled stick does, and is remembered."""
    # Not of `Path`: those raise for a name too long or a folder that may not be entered.
    left = os.path.exists(part_of(draft.path)) or (os.path.exists(draft.path) and not others)
    with contextlib.suppress(OrganizerError):
        _drop(workspace, [draft.batch])
        if os.path.isdir(draft.path.parent) and not left:
            workspace.database.local(lambda c: batches.clear(c, tracked, workspace.now))


def _drop(workspace: Workspace, drafts: Sequence[bytes]) -> None:
    """Take drafts that came to nothing out of use."""

    def body(write: Write) -> None:
        for batch in drafts:
            write.retire("batch", batch, workspace.today.isoformat())

    if drafts:
        workspace.database.write(workspace.intent("batch.drop"), body)


def _draft(write: Write, workspace: Workspace, draft: _Draft) -> bytes:
    values = {
        "union_org": draft.union_org,
        "profile": draft.profile.id,
        "profile_sha256": draft.profile.sha256,
        "state": "draft",
        "file_name": draft.path.name,
        "row_count": len(draft.rows),
    }
    write.insert("batch", values, draft.batch)
    for position, (one, row) in enumerate(zip(draft.part, draft.rows, strict=True), start=1):
        write.insert(
            "batch_item",
            {
                "batch": draft.batch,
                "membership": one.membership.record.id,
                "person": one.membership.person.id,
                "position": position,
                "cells": json.dumps(row, ensure_ascii=False),
                "state": "open",
            },
        )
    told = {"reason": draft.reason, "file": str(draft.path), "rows": len(draft.rows)}
    entry = audit.Entry(
        "batch.export", workspace.account.id, draft.batch, json.dumps(told, ensure_ascii=False)
    )
    audit.append(write.connection, entry, workspace.now)
    return batches.track(
        write.connection, write.new_id(), draft.batch, str(draft.path), workspace.now
    )
