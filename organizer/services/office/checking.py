"""The file's health: pages, digests, audit chain, replay of the log, index, attachments."""

from dataclasses import dataclass

from organizer.domain.access import Permission
from organizer.services.workspace import Workspace
from organizer.store import attachments, integrity, runs
from organizer.store.integrity import Finding


@dataclass(frozen=True)
class Health:
    """What a check found; `findings` empty means clean."""

    findings: tuple[Finding, ...]
    writes: int
    swept: int
    interrupted: int


def check(workspace: Workspace, *, rebuild: bool = False) -> Health:
    """Check the whole file; with `rebuild` every derived table is built anew first."""
    workspace.require(Permission.ADMINISTER)
    database = workspace.database
    if rebuild:
        database.exclusive(integrity.rebuild)
    swept, missing = attachments.sweep(database)
    findings = database.exclusive(
        lambda connection, devices, _p: integrity.check(connection, devices)
    )
    if missing:
        findings.append(Finding("check.attachment", str(missing)))
    writes = database.read(lambda c: c.execute("SELECT count(*) FROM writes").fetchone()[0])
    interrupted = len(database.read(runs.unfinished))
    return Health(tuple(findings), writes, swept, interrupted)
