"""What has to be looked at before somebody is approved (审批前须看过), found and put into words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from organizer.domain.approval import Doubt, Mark
from organizer.domain.consent import Purpose
from organizer.domain.note import Note
from organizer.domain.resident_id import age_on
from organizer.domain.retirement import retirement_note
from organizer.domain.signup import FULL_AGE
from organizer.i18n import _
from organizer.services.members import id_telling
from organizer.services.notes import note_sentence
from organizer.services.workspace import Workspace
from organizer.store import consents, members
from organizer.store.driver import Connection
from organizer.store.members import Membership


@dataclass(frozen=True)
class Asked:
    """Who it is about: the fields of a person, where one works, and the record if there is one."""

    values: Mapping[str, object]
    employer: bytes | None = None
    person: bytes | None = None

    def text(self, name: str) -> str:
        """A field as text."""
        value = self.values.get(name)
        return "" if value is None else str(value)


def of_membership(
    connection: Connection, workspace: Workspace, membership: Membership
) -> list[Mark]:
    """Everything that has to be seen about an application, also what was seen already."""
    person = membership.person
    asked = Asked(person.fields, membership.record.link("employer"), person.id)
    known = consents.newest(connection, person.id).get(Purpose.JOIN.value)
    lacking = [] if known and known.stands else [Mark(Doubt.NO_CONSENT)]
    return [*of_person(connection, workspace, asked), *lacking]


def of_person(connection: Connection, workspace: Workspace, asked: Asked) -> list[Mark]:
    """The same for somebody who is only typed yet; consents are given with the application."""
    found = [Mark(Doubt.NO_ID)] if not asked.text("id_number") else []
    if born := asked.text("born_on"):
        born_on, today = date.fromisoformat(born), workspace.today
        if age_on(born_on, today) < FULL_AGE:
            found.append(Mark(Doubt.MINOR))
        elif _retired(asked, born_on, today):
            found.append(Mark(Doubt.RETIRED))
    twins = _twins(connection, asked)
    return [*found, *(Mark(Doubt.TWIN, row.hex()[-8:]) for row in twins)]


def sentence(workspace: Workspace, mark: Mark, asked: Asked) -> str:
    """One mark in words: what it is and what to do about it."""
    if mark.doubt is Doubt.MINOR:
        age = age_on(date.fromisoformat(asked.text("born_on")), workspace.today)
        return _("未成年工（{age} 岁）：核对用工和体检手续。").format(age=age)
    if mark.doubt is Doubt.RETIRED:
        note = _retired(asked, date.fromisoformat(asked.text("born_on")), workspace.today)
        return note_sentence(note) if note else ""
    if mark.doubt is Doubt.TWIN:
        return _("同单位已有一位同名的人，可能重复：核对是不是同一人。")
    if mark.doubt is Doubt.NO_ID:
        return _("没有证件号：补齐以前不能录入省平台。")
    return _("没有个人信息同意的记录：核对签过字的同意书。")


def word(doubt: Doubt) -> str:
    """A mark in a word, for lists."""
    return {
        Doubt.MINOR: _("未成年工"),
        Doubt.RETIRED: _("过退休年龄"),
        Doubt.TWIN: _("可能重复"),
        Doubt.NO_ID: _("证件后补"),
        Doubt.NO_CONSENT: _("缺同意"),
    }[doubt]


def _twins(connection: Connection, asked: Asked) -> list[bytes]:
    """People of the same name at the same employer who are not plainly somebody else."""
    if asked.employer is None:
        return []
    found: dict[bytes, None] = {}
    for other in members.namesakes_at(connection, asked.text("name"), asked.employer):
        person = other.person
        apart = any(
            asked.text(name) and person.text(name) and asked.text(name) != person.text(name)
            for name in ("id_number", "born_on")
        )
        if person.id != asked.person and not apart:
            found[person.id] = None
    return list(found)


def _retired(asked: Asked, born_on: date, today: date) -> Note | None:
    """Past the age of every post; where the post decides, the form has said so already."""
    note = retirement_note(id_telling.retirement_ladders(), asked.text("sex"), born_on, today)
    return note if note and note.code == "signup.retired" else None
