"""Erasing a person on request (个人信息保护法 第四十七条): everywhere in the file, for good."""

from dataclasses import dataclass

from organizer.domain.access import Permission
from organizer.errors import NotFound
from organizer.i18n import _
from organizer.services.workspace import Workspace
from organizer.store import attachments, erasure, members, search
from organizer.store.driver import Connection
from organizer.store.members import Record
from organizer.store.transaction import Write


@dataclass(frozen=True)
class Erased:
    """What was erased, and what may be somebody else's: files handed out, names of units and visits."""

    records: int
    attachments: int
    handed_out: tuple[str, ...]
    same_contacts: int


def plan(workspace: Workspace, person: bytes) -> str:
    """What erasing a person does, told beforehand; raises what `erase_person` raises."""
    known = _standing(workspace, person)
    whose = workspace.database.read(lambda c: erasure.subject(c, person))
    told = _("“{name}”的姓名、证件、电话、会籍材料和历史都会清除，不能恢复，也不能撤销。")
    said = told.format(name=known.text("name"))
    if len(whose.rows) > 1:
        said += _("连同并在一起的 {count} 条记录。").format(count=len(whose.rows))
    return said


def erase_person(workspace: Workspace, person: bytes, reason: str) -> Erased:
    """Erase a person; cannot be undone. Raises `NotFound` for nobody or someone erased before."""
    _standing(workspace, person)
    whose = workspace.database.read(lambda c: erasure.subject(c, person))
    outside = workspace.database.read(lambda c: _outside(c, whose))
    salt = workspace.database.read(_salt)

    def body(write: Write) -> list[bytes]:
        today = workspace.today.isoformat()
        return erasure.erase(write, whose, on=today, salt=salt, reason=reason)

    digests = workspace.database.write(workspace.intent("person.erase"), body)
    attachments.remove(workspace.database, digests)
    workspace.database.local(search.optimize)
    workspace.database.shrink()
    return Erased(len(whose.rows), len(digests), *outside)


def _standing(workspace: Workspace, person: bytes) -> Record:
    workspace.require(Permission.REVIEW)
    known = workspace.database.read(lambda c: members.person_by_id(c, person))
    if known is None or known.text("erased_on"):
        raise NotFound("record.unknown", value=person.hex())
    for code in workspace.database.read(lambda c: members.divisions_of(c, person)):
        workspace.require(Permission.REVIEW, code)
    return known


def _outside(connection: Connection, whose: erasure.Subject) -> tuple[tuple[str, ...], int]:
    files: set[str] = set()
    for row in whose.rows:
        files |= {
            name
            for (name,) in connection.execute(
                "SELECT DISTINCT b.file_name FROM batch_item i JOIN batch b ON b.id = i.batch"
                " WHERE i.person = ? AND b.state != 'draft'"
                " AND b.id NOT IN (SELECT batch FROM export_file WHERE cleared_at IS NULL)"
                " UNION SELECT f.path FROM batch_item i JOIN export_file f ON f.batch = i.batch"
                " WHERE i.person = ? AND f.cleared_at IS NULL"
                " UNION SELECT file_name FROM attachment WHERE person = ?",
                (row, row, row),
            )
            if name
        }
    contacts = _named_at_doors(connection, whose)
    contacts += sum(
        connection.execute(
            "SELECT count(*) FROM employer WHERE retired_on IS NULL AND"
            " (contact = :word OR legal_person = :word OR instr(phone, :word) > 0)",
            {"word": word},
        ).fetchone()[0]
        for word in whose.words
    )
    return tuple(sorted(files)), contacts


def _named_at_doors(connection: Connection, whose: erasure.Subject) -> int:
    """Visits to other units in which the name stands: perhaps somebody else of that name."""
    marks = ", ".join("?" * len(whose.rows))
    return sum(
        connection.execute(
            "SELECT count(*) FROM visit WHERE retired_on IS NULL AND employer NOT IN"
            f" (SELECT employer FROM membership WHERE person IN ({marks}) AND employer IS NOT NULL)"
            " AND instr(coalesce(remark, '') || coalesce(person_met, ''), ?) > 0",
            (*whose.rows, word),
        ).fetchone()[0]
        for word in whose.names
    )


def _salt(connection: Connection) -> bytes:
    (salt,) = connection.execute("SELECT value FROM this_file WHERE key = 'salt'").fetchone()
    return bytes(salt)
