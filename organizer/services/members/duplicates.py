"""Whether somebody is here already, in words: by id number, or by name, employer and birth date.

会籍管理办法 art. 3 and 8: one signs up once; who changes the employer is transferred (转入). What speaks
for it is told point by point. A phone number alone never makes two people one: families and teams
share phones.
"""

from dataclasses import dataclass
from datetime import date

from organizer.domain import member
from organizer.domain.access import Permission
from organizer.domain.matching import PersonTraits, Sign, Verdict
from organizer.domain.member import State
from organizer.domain.note import Note
from organizer.i18n import _, listed, show_date
from organizer.services.notes import note_sentence
from organizer.services.workspace import Workspace
from organizer.store import duplicate_candidates, members
from organizer.store.driver import Connection
from organizer.store.members import Membership


@dataclass(frozen=True)
class Asked:
    """Who is being signed up, as far as it is typed; `born_on` as ISO date, `sex` as a code.

    `person` is set when the record is here already and only completed.
    """

    id_number: str = ""
    name: str = ""
    employer: bytes | None = None
    born_on: str = ""
    person: bytes | None = None
    phone: str = ""
    sex: str = ""
    original_writing: str = ""


@dataclass(frozen=True)
class Known:
    """Somebody who is or may be the same person; `blocks` where only a transfer (转入) will do.

    `membership` is the active one that stands in the way, `state` where it stands; `score` and
    `signs` say what speaks for it being one person (empty where the id number decided).
    """

    person: bytes
    sentence: str
    blocks: bool = False
    membership: bytes | None = None
    state: str = ""
    union: bytes | None = None
    union_name: str = ""
    score: int = 0
    signs: tuple[Sign, ...] = ()

    @property
    def transferable(self) -> bool:
        """Whether the membership can come along at once (转入, or 恢复 of a kept one)."""
        return self.membership is not None and self.state not in ("", State.PENDING)


def look(workspace: Workspace, asked: Asked) -> Known | None:
    """The person already here; an id number decides, the rest is only pointed out."""
    workspace.require(Permission.SIGN_UP)

    def query(connection: Connection) -> Known | None:
        known = _by_id_number(connection, workspace, asked) if asked.id_number else None
        return known or _by_likeness(connection, workspace, asked)

    return workspace.database.read(query)


def _by_id_number(connection: Connection, workspace: Workspace, asked: Asked) -> Known | None:
    people = members.others_with_id_number(connection, asked.id_number, asked.person)
    standing = [one for person in people for one in members.memberships_of(connection, person.id)]
    for membership in standing:
        if membership.record.text("state") in member.ACTIVE:
            return _standing_in_the_way(workspace, membership)
    if people and asked.person is not None:
        note = Note("duplicate.taken", {"name": people[0].text("name")})
        return Known(people[0].id, note_sentence(note), blocks=True)
    if standing:
        return Known(standing[0].person.id, _sentence(workspace, "duplicate.ended", standing[0]))
    if people:
        note = Note("duplicate.known", {"name": people[0].text("name")})
        return Known(people[0].id, note_sentence(note))
    return None


def _standing_in_the_way(workspace: Workspace, membership: Membership) -> Known:
    record = membership.record
    state = record.text("state")
    code = {State.PENDING: "duplicate.pending", State.KEPT: "duplicate.kept"}.get(
        State(state), "duplicate.member"
    )
    return Known(
        membership.person.id,
        _sentence(workspace, code, membership),
        True,
        record.id,
        state,
        record.link("union_org"),
        membership.union_name,
    )


def _by_likeness(connection: Connection, workspace: Workspace, asked: Asked) -> Known | None:
    if not asked.name:
        return None
    units = frozenset({asked.employer} if asked.employer else ())
    typed = PersonTraits(
        asked.name,
        asked.original_writing,
        asked.sex,
        asked.born_on,
        asked.id_number,
        phone=asked.phone,
        employers=units,
    )
    for person, verdict in duplicate_candidates.like_somebody(connection, typed, asked.person):
        standing = members.memberships_of(connection, person)
        if standing:
            return _likely(workspace, standing[0], verdict)
    return None


def _likely(workspace: Workspace, membership: Membership, verdict: Verdict) -> Known:
    agree = {sign.key for sign in verdict.signs if sign.agrees}
    code = "duplicate.elsewhere"
    if "employer" in agree:
        code = "duplicate.same_person" if "born_on" in agree else "duplicate.same_name"
    said = (_sentence(workspace, code, membership), points(verdict))
    return Known(membership.person.id, "".join(said), score=verdict.score, signs=verdict.signs)


def points(verdict: Verdict) -> str:
    """What speaks for and against, each with what it counts: 相似 90 分：姓名相同 40、单位相同 20…"""
    words = listed(f"{sign_word(sign)} {sign.counts:+d}" for sign in verdict.signs)
    return _("相似 {score} 分：{points}。").format(score=verdict.score, points=words)


def sign_word(sign: Sign) -> str:
    """A sign in words."""
    alike = {
        "id_number": _("证件号码相同"),
        "name": _("姓名相同"),
        "former_name": _("与原系统写法相同"),
        "name_alike": _("姓名相近"),
        "born_on": _("出生日期相同"),
        "sex": _("性别相同"),
        "employer": _("单位相同"),
        "phone": _("手机号码相同"),
    }
    unlike = {
        "id_number": _("证件号码不同"),
        "name": _("姓名不同"),
        "born_on": _("出生日期不同"),
        "sex": _("性别不同"),
    }
    return (alike if sign.agrees else unlike).get(sign.key, sign.key)


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
