"""Whether somebody is here already, in words: by id number, or by name, employer and birth date.

会籍管理办法 art. 3 and 8: one signs up once; who changes the employer is transferred (转入). A phone
number alone never makes two people one: families and teams share phones.
"""

from dataclasses import dataclass
from datetime import date

from organizer.domain import member
from organizer.domain.access import Permission
from organizer.domain.note import Note
from organizer.i18n import _, show_date
from organizer.services.members.proofing import note_sentence
from organizer.services.workspace import Workspace
from organizer.store import members
from organizer.store.driver import Connection
from organizer.store.members import Membership


@dataclass(frozen=True)
class Asked:
    """Who is being signed up, as far as it is typed; `born_on` as ISO date.

    `person` is set when the record is here already and only completed.
    """

    id_number: str = ""
    name: str = ""
    employer: bytes | None = None
    born_on: str = ""
    person: bytes | None = None


@dataclass(frozen=True)
class Known:
    """Somebody who is or may be the same person; `blocks` where only a transfer (转入) will do."""

    person: bytes
    sentence: str
    blocks: bool = False


def look(workspace: Workspace, asked: Asked) -> Known | None:
    """The person already here; an id number decides, the rest is only pointed out."""
    workspace.require(Permission.SIGN_UP)

    def query(connection: Connection) -> Known | None:
        known = _by_id_number(connection, workspace, asked) if asked.id_number else None
        return known or _by_name(connection, workspace, asked)

    return workspace.database.read(query)


def _by_id_number(connection: Connection, workspace: Workspace, asked: Asked) -> Known | None:
    people = members.others_with_id_number(connection, asked.id_number, asked.person)
    standing = [one for person in people for one in members.memberships_of(connection, person.id)]
    for membership in standing:
        state = membership.record.text("state")
        if state in member.ACTIVE:
            code = "duplicate.pending" if state == member.State.PENDING else "duplicate.member"
            return Known(membership.person.id, _sentence(workspace, code, membership), blocks=True)
    if people and asked.person is not None:
        note = Note("duplicate.taken", {"name": people[0].text("name")})
        return Known(people[0].id, note_sentence(note), blocks=True)
    if standing:
        return Known(standing[0].person.id, _sentence(workspace, "duplicate.ended", standing[0]))
    if people:
        note = Note("duplicate.known", {"name": people[0].text("name")})
        return Known(people[0].id, note_sentence(note))
    return None


def _by_name(connection: Connection, workspace: Workspace, asked: Asked) -> Known | None:
    if not asked.name or asked.employer is None:
        return None
    doubtful = None
    for membership in members.namesakes_at(connection, asked.name, asked.employer):
        born_on = membership.person.text("born_on")
        if membership.person.id == asked.person:
            continue
        if asked.id_number and membership.person.text("id_number"):
            continue  # two different numbers are two people
        if asked.born_on and asked.born_on == born_on:
            sentence = _sentence(workspace, "duplicate.same_person", membership)
            return Known(membership.person.id, sentence)
        if not (asked.born_on and born_on):
            sentence = _sentence(workspace, "duplicate.same_name", membership)
            doubtful = Known(membership.person.id, sentence)
    return doubtful


def _sentence(workspace: Workspace, code: str, membership: Membership) -> str:
    record = membership.record
    since = record.text("joined_on") or record.text("applied_on")
    born_on = membership.person.text("born_on")
    facts = {
        "name": membership.person.text("name"),
        "union": membership.union_name,
        "employer": record.text("workplace") or membership.employer_name or _("未填"),
        "state": workspace.codes("membership_state").entry(record.text("state")).brief,
        "since": _day(since),
        "born": _day(born_on),
    }
    return note_sentence(Note(code, facts))


def _day(text: str) -> str:
    return show_date(date.fromisoformat(text)) if text else _("日期未记")
