"""Batches for the registry: checked, written, read back, sealed."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from organizer.domain import ids
from organizer.domain.access import Permission
from organizer.errors import NotFound
from organizer.i18n import listed
from organizer.jobs import Progress, Silent
from organizer.registry import profile as profiles
from organizer.registry.export import export
from organizer.registry.layout import file_name
from organizer.registry.precheck import Finding, precheck
from organizer.registry.profile import Profile
from organizer.registry.row import RegistryMember, render
from organizer.services.workspace import Workspace
from organizer.store import members
from organizer.store.driver import Connection
from organizer.store.members import Membership
from organizer.store.transaction import Write


@dataclass(frozen=True)
class KeptOff:
    """A member who is not in the file, and why."""

    membership: bytes
    name: str
    reasons: tuple[Finding, ...]


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


def profile(profile_id: str) -> Profile:
    """A bundled profile; raises `NotFound`."""
    for known in profiles.bundled():
        if known.id == profile_id:
            return known
    names = listed(known.id for known in profiles.bundled())
    raise NotFound("batch.unknown_profile", value=profile_id, known=names)


def unions_to_report(workspace: Workspace) -> list[bytes]:
    """The unions with approved members who are in no sealed batch."""
    workspace.require(Permission.EXPORT)

    def query(connection: Connection) -> list[bytes]:
        unions = [union.id for union in members.unions(connection)]
        return [union for union in unions if members.to_report(connection, union)]

    return workspace.database.read(query)


def export_batch(
    workspace: Workspace,
    union_org: bytes,
    chosen: Profile,
    folder: Path,
    progress: Progress | None = None,
) -> tuple[SealedFile, ...]:
    """Export a union's members who are in no batch yet, as sealed batches of verified files.

    Raises `NotFound("batch.nobody")` when nobody is left to report. Who cannot be entered (no id
    number, a foreign passport) is kept off and named, never held against the others.
    """
    workspace.require(Permission.EXPORT)
    waiting = workspace.database.read(lambda c: members.to_report(c, union_org))
    checked = [(one, _registry_member(workspace, one)) for one in waiting]
    findings = {member.key: precheck(chosen, member) for _one, member in checked}
    blocked = {key for key, found in findings.items() if any(f.severity == "block" for f in found)}
    good = [(one, member) for one, member in checked if member.key not in blocked]
    kept_off = tuple(
        KeptOff(one.record.id, member.name, findings[member.key])
        for one, member in checked
        if member.key in blocked
    )
    if not good:
        raise NotFound("batch.nobody", kept_off=len(kept_off))
    warnings = tuple((m.name, finding) for _one, m in good for finding in findings[m.key])
    sealed = []
    for start in range(0, len(good), chosen.max_rows):
        part = good[start : start + chosen.max_rows]
        sealed.append(
            _seal(workspace, union_org, chosen, part, folder, start // chosen.max_rows + 1,
                  progress or Silent(), kept_off if start == 0 else (), warnings if start == 0 else ())
        )  # fmt: skip
    return tuple(sealed)


def _seal(
    workspace: Workspace,
    union_org: bytes,
    chosen: Profile,
    part: Sequence[tuple[Membership, RegistryMember]],
    folder: Path,
    number: int,
    progress: Progress,
    kept_off: tuple[KeptOff, ...],
    warnings: tuple[tuple[str, Finding], ...],
) -> SealedFile:
    rows = [render(chosen, member) for _one, member in part]
    batch = ids.new_id(workspace.database.now_ms)
    union_name = part[0][1].union_name
    name = file_name(chosen, union=union_name, batch=ids.short_id(batch), part=number)
    workspace.database.write(
        workspace.intent("batch.draft"),
        lambda write: _draft(write, batch, union_org, chosen, part, rows, name),
    )
    verified = export(chosen, rows, folder, name, progress)
    workspace.database.write(
        workspace.intent("batch.seal"),
        lambda write: write.set(
            "batch",
            batch,
            {
                "state": "sealed",
                "sealed_at": workspace.now,
                "sha256": bytes.fromhex(verified.sha256),
            },
        ),
    )
    return SealedFile(
        batch, verified.path, verified.sha256, verified.rows, union_name, kept_off, warnings
    )


def _draft(
    write: Write,
    batch: bytes,
    union_org: bytes,
    chosen: Profile,
    part: Sequence[tuple[Membership, RegistryMember]],
    rows: Sequence[tuple[str, ...]],
    name: str,
) -> None:
    values = {
        "union_org": union_org,
        "profile": chosen.id,
        "profile_sha256": chosen.sha256,
        "state": "draft",
        "file_name": name,
        "row_count": len(rows),
    }
    write.insert("batch", values, batch)
    for position, ((membership, _member), row) in enumerate(zip(part, rows, strict=True), start=1):
        write.insert(
            "batch_item",
            {
                "batch": batch,
                "membership": membership.record.id,
                "person": membership.person.id,
                "position": position,
                "cells": json.dumps(row, ensure_ascii=False),
                "state": "open",
            },
        )


def _registry_member(workspace: Workspace, membership: Membership) -> RegistryMember:
    person, record = membership.person, membership.record

    def label(name: str, code: str) -> str:
        return workspace.codes(name).label(code) if code else ""

    born_on, change_on = person.text("born_on"), record.text("change_on")
    migrant = person.fields["migrant"]
    return RegistryMember(
        key=record.id.hex(),
        union_name=membership.union_name,
        name=person.text("name"),
        sex=label("sex", person.text("sex")),
        born_on=date.fromisoformat(born_on) if born_on else None,
        ethnic=label("ethnic", person.text("ethnic")),
        employment_state=label("employment_state", record.text("employment_state")),
        paper_kind=label("paper_kind", person.text("paper_kind")),
        id_number=person.text("id_number"),
        education=label("education", person.text("education")),
        skill_level=label("skill_level", person.text("skill_level")),
        mobile=person.text("phone"),
        household_kind=label("household_kind", person.text("household_kind")),
        household_place=person.text("household_place"),
        change_kind=label("membership_change", record.text("change_kind")),
        change_on=date.fromisoformat(change_on) if change_on else None,
        change_reason=label("membership_reason", record.text("change_reason")),
        political=label("political", person.text("political")),
        employer=record.text("workplace") or membership.employer_name,
        native_place=person.text("native_place"),
        migrant=None if migrant is None else bool(migrant),
    )
