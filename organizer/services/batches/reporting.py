"""What there is to report to the registry: unions, people, batches, and plain files that still lie
about on this machine."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from organizer.domain import access, ids, masking
from organizer.domain.access import Permission
from organizer.errors import Conflict, DeviceMissing, NotFound
from organizer.i18n import _
from organizer.jobs import Progress, Silent
from organizer.registry.precheck import Finding
from organizer.registry.workbook import part_of
from organizer.services.batches.vetting import KeptOff, Passed, look_at, profile, union_name
from organizer.services.workspace import Workspace
from organizer.store import audit, batches, members
from organizer.store.batches import Batch, ExportFile
from organizer.store.driver import Connection

DEFAULT_PROFILE = "ref-20col"
MOST_NAMED = 2000
"""Of more people than this a preview counts the rest."""
_DRAFT, _SEALED = "draft", "sealed"
_OWN_NAMES = {"mobile": "phone"}
"""Where a row of the registry calls a field of the record otherwise."""


class Whereabouts(StrEnum):
    """What can be seen of a plain file now."""

    THERE = "there"
    GONE = "gone"
    AWAY = "away"
    """Its folder is not to be seen: a pulled stick, or a folder that was removed."""


@dataclass(frozen=True)
class UnionLine:
    """A union with approved members who are in no sealed batch."""

    id: bytes
    name: str
    waiting: int


@dataclass(frozen=True)
class BatchLine:
    """A batch in words; `sha256` is cut to the eight letters people compare."""

    id: bytes
    short_id: str
    union_name: str
    sealed: bool
    state: str
    rows: int
    file_name: str
    sha256: str
    made_at: datetime
    sealed_at: datetime | None
    by: str


@dataclass(frozen=True)
class Leftover:
    """A plain file with members' data that nobody has marked as cleared."""

    id: bytes
    batch: bytes
    short_id: str
    union_name: str
    path: Path
    sealed: bool
    """False: an export was killed; the file was never verified and must not be handed in."""
    made_at: datetime
    whereabouts: Whereabouts


@dataclass(frozen=True)
class Overview:
    """Everything the reporting screen lists."""

    unions: tuple[UnionLine, ...]
    batches: tuple[BatchLine, ...]
    leftovers: tuple[Leftover, ...]

    @property
    def waiting(self) -> int:
        """People who are in no sealed batch."""
        return sum(union.waiting for union in self.unions)


@dataclass(frozen=True)
class Going:
    """Somebody who goes into the batch, with id and phone masked."""

    membership: bytes
    name: str
    id_number: str
    phone: str
    employer_name: str


@dataclass(frozen=True)
class Held:
    """Somebody who is kept off, and the sentences that say why and what to do."""

    membership: bytes
    name: str
    employer_name: str
    sentences: tuple[str, ...]
    papers_missing: bool
    """Whether it is the id number that is to be brought later."""
    fields: tuple[str, ...]
    """The fields of the person's record that are to be put right, in the order of the sentences."""


@dataclass(frozen=True)
class Remark:
    """Something to know before the file is made, and whom it is about."""

    sentence: str
    names: tuple[str, ...]
    count: int


@dataclass(frozen=True)
class Preview:
    """What an export of this union would do now; of very many only the first are named."""

    union: bytes
    union_name: str
    profile_name: str
    going: tuple[Going, ...]
    going_count: int
    held: tuple[Held, ...]
    held_count: int
    remarks: tuple[Remark, ...]


def overview(workspace: Workspace) -> Overview:
    """The unions with somebody to report, all batches and the plain files of this machine."""
    return Overview(unions_waiting(workspace), batch_lines(workspace), leftovers(workspace))


def unions_waiting(workspace: Workspace) -> tuple[UnionLine, ...]:
    """The unions of the account's division with members in no sealed batch, most people first."""
    workspace.require(Permission.EXPORT)
    counts = workspace.database.read(members.unreported)
    lines = [
        UnionLine(union.id, union.text("name"), counts[union.id])
        for union in workspace.database.read(members.unions)
        if union.id in counts and _in_scope(workspace, union.text("division_code"))
    ]
    return tuple(sorted(lines, key=lambda line: -line.waiting))


def preview(
    workspace: Workspace,
    union_org: bytes,
    profile_id: str = DEFAULT_PROFILE,
    progress: Progress | None = None,
) -> Preview:
    """Who would go into a batch of this union, who not and why; nothing is written.

    Raises `NotFound` for an unknown union or profile.
    """
    workspace.require(Permission.EXPORT)
    chosen = profile(profile_id)
    going: list[Going] = []
    held: list[Held] = []
    counts: Counter[str | type] = Counter()
    remarks: dict[str, list[str]] = {}
    for one in look_at(workspace, union_org, chosen, progress or Silent()):
        counts[type(one)] += 1
        if isinstance(one, KeptOff):
            held += [_held(one)] if len(held) < MOST_NAMED else []
            continue
        going += [_going(one)] if len(going) < MOST_NAMED else []
        for sentence in dict.fromkeys(finding.sentence() for finding in one.remarks):
            counts[sentence] += 1
            names = remarks.setdefault(sentence, [])
            names += [one.row.name] if len(names) < MOST_NAMED else []
    return Preview(
        union_org,
        union_name(workspace, union_org),
        chosen.name,
        tuple(going),
        counts[Passed],
        tuple(held),
        counts[KeptOff],
        tuple(Remark(said, tuple(names), counts[said]) for said, names in remarks.items()),
    )


def _held(one: KeptOff) -> Held:
    empty = [finding for finding in one.reasons if finding.code == "batch.missing"]
    rest = sorted(
        (finding for finding in one.reasons if finding.code != "batch.missing"),
        key=lambda finding: finding.code != "batch.id_missing",
    )
    missing = any(finding.code == "batch.id_missing" for finding in rest)
    fields = dict.fromkeys(_OWN_NAMES.get(each.field, each.field) for each in (*rest, *empty))
    sentences = _sentences(rest, empty)
    return Held(one.membership, one.name, one.employer_name, sentences, missing, tuple(fields))


def _sentences(rest: Sequence[Finding], empty: Sequence[Finding]) -> tuple[str, ...]:
    """Each on its own, what is only empty together in one sentence at the end."""
    told = [finding.sentence() for finding in rest]
    if empty:
        headers = _("”、“").join(finding.facts["header"] for finding in empty)
        told.append(replace(empty[0], facts={"header": headers}).sentence())
    return tuple(told)


def batch_lines(workspace: Workspace) -> tuple[BatchLine, ...]:
    """Every batch of the account's division, newest first."""
    workspace.require(Permission.EXPORT)
    found = workspace.database.read(batches.batches)
    return tuple(_line(one) for one in found if _in_scope(workspace, one.division_code))


def leftovers(workspace: Workspace) -> tuple[Leftover, ...]:
    """Plain files that are not marked as cleared, oldest first, and whether they are still there."""
    workspace.require(Permission.LOOK)
    found = workspace.database.read(batches.standing_files)
    return tuple(
        Leftover(
            one.id,
            one.batch,
            ids.short_id(one.batch),
            one.union_name,
            Path(one.path),
            one.sealed,
            datetime.fromisoformat(one.made_at),
            _whereabouts(Path(one.path)),
        )
        for one in found
    )


def clear_export(
    workspace: Workspace, export_file: bytes, *, delete: bool = False, declared: bool = False
) -> None:
    """Mark a plain file as 已清除, once it is gone; `delete` removes it first.

    `declared` is the officer's word for a file that cannot be looked for: its stick or folder is
    away. Each way is noted in the audit. Raises `NotFound`, `Conflict("batch.file_there")` while
    the file is there, and `DeviceMissing` when it cannot be seen or removed.
    """
    workspace.require(Permission.EXPORT)
    known = workspace.database.read(lambda c: batches.export_file(c, export_file))
    if known is None or known.cleared_at:
        raise NotFound("record.unknown", value=export_file.hex())
    path = Path(known.path)
    seen = _whereabouts(path)
    if seen is Whereabouts.AWAY and not declared:
        raise DeviceMissing("batch.file_away", folder=path.parent)
    if seen is Whereabouts.THERE:
        if not delete:
            raise Conflict("batch.file_there", file=path)
        _remove(path)
    action = {Whereabouts.AWAY: "declared", Whereabouts.THERE: "deleted"}.get(seen, "gone")
    _mark(workspace, known, action)


def _mark(workspace: Workspace, known: ExportFile, how: str) -> None:
    detail = f"{how} {known.path}"
    entry = audit.Entry("batch.clear", workspace.account.id, known.batch, detail)
    at = workspace.now

    def change(connection: Connection) -> None:
        batches.clear(connection, known.id, at)
        audit.append(connection, entry, at)

    workspace.database.local(change)


def _remove(path: Path) -> None:
    try:
        for found in (path, part_of(path)):
            found.unlink(missing_ok=True)
    except OSError as error:
        raise DeviceMissing("batch.file_not_removed", file=path) from error


def _whereabouts(path: Path) -> Whereabouts:
    try:
        if path.exists() or part_of(path).exists():
            return Whereabouts.THERE
        return Whereabouts.GONE if path.parent.is_dir() else Whereabouts.AWAY
    except OSError:
        return Whereabouts.AWAY


def _in_scope(workspace: Workspace, division_code: str | None) -> bool:
    return access.covers(workspace.account.division_code, division_code or None)


def _going(one: Passed) -> Going:
    row = one.row
    return Going(
        one.membership.record.id,
        row.name,
        masking.mask_resident_id(row.id_number),
        masking.mask_phone(row.mobile),
        row.employer,
    )


def _line(one: Batch) -> BatchLine:
    sealed = one.state != _DRAFT
    states = {_DRAFT: _("草稿"), _SEALED: _("已封存")}
    return BatchLine(
        one.id,
        ids.short_id(one.id),
        one.union_name,
        sealed,
        states.get(one.state, one.state),
        one.rows,
        one.file_name,
        one.sha256.hex()[:8] if one.sha256 else "",
        datetime.fromisoformat(one.made_at),
        datetime.fromisoformat(one.sealed_at) if one.sealed_at else None,
        one.by,
    )
