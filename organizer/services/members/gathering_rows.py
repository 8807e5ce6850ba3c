"""The list of a gathering, row by row: who joins, who is transferred, what stands in the way."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path

from organizer.domain.access import Permission
from organizer.domain.codelist import CodeList
from organizer.domain.gathering import FIELDS, Row, same_person, shared_phones, twins, with_new
from organizer.domain.member import ACTIVE, State
from organizer.domain.signup import Applicant, Typed
from organizer.errors import InvalidInput, NotAllowed, UserError
from organizer.i18n import _
from organizer.services.drafting import Draft
from organizer.services.members import doubts, gathering, signup, steps
from organizer.services.members.gathering import GatheringCard
from organizer.services.members.proofing import Proofreader
from organizer.services.members.signup import SignupOrder
from organizer.services.notes import note_sentence
from organizer.services.workspace import Workspace
from organizer.sheets import people
from organizer.sheets.people import People
from organizer.store import gatherings, members
from organizer.store.driver import Connection
from organizer.store.members import Membership

_LISTS = {"group_code": "group", "household_kind": "household_kind"}
_LOST_DIGITS = re.compile(r"[0-9.]+E\+[0-9]+", re.IGNORECASE)


class Verdict(StrEnum):
    """What becomes of a row."""

    JOINS = "joins"
    TRANSFERS = "transfers"
    RESUMES = "resumes"
    STOPPED = "stopped"
    ASIDE = "aside"


GOOD = frozenset({Verdict.JOINS, Verdict.TRANSFERS, Verdict.RESUMES})


@dataclass(frozen=True)
class Plan:
    """What is to be done with one row; `sentence` says what stands in the way, at `field`.

    `at_once`: a member on the spot, within what the committee allows.
    """

    row: Row
    verdict: Verdict
    field: str = ""
    sentence: str = ""
    suggestions: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    order: SignupOrder | None = None
    applicant: Applicant | None = None
    standing: Membership | None = None
    seen_first: bool = False
    """Whether the committee has to look before it approves."""
    at_once: bool = False
    error: InvalidInput | None = None

    @property
    def good(self) -> bool:
        """Whether it goes on."""
        return self.verdict in GOOD


@dataclass(frozen=True)
class Read:
    """What came of a list that was pasted or opened."""

    rows: tuple[Row, ...]
    """All rows of the draft, the new ones last."""
    new: int
    known: int
    passed_over: int
    columns: tuple[tuple[str, str], ...] = field(default=())


class RowReader:
    """Reads rows for one gathering; what is the same for all of them is looked up once."""

    def __init__(
        self, workspace: Workspace, card: GatheringCard, proofreader: Proofreader | None = None
    ) -> None:
        self._workspace = workspace
        self._card = card
        self._proofreader = proofreader
        self._lists = coded_lists(workspace)

    def plans(self, connection: Connection, rows: Sequence[Row]) -> list[Plan]:
        """One plan for each row that is not empty, in order."""
        again, phones = twins(rows), shared_phones(rows)
        places = self._card.places
        found: list[Plan] = []
        for row in rows:
            if row.empty:
                continue
            plan = self._plan(connection, row, again.get(row.key))
            if row.key in phones:
                remark = _("手机号与第 {row} 行相同").format(row=phones[row.key])
                plan = replace(plan, remarks=(*plan.remarks, remark))
            if plan.verdict is Verdict.JOINS and not plan.seen_first and places:
                places -= 1
                plan = replace(plan, at_once=True)
            found.append(plan)
        return found

    def _plan(self, connection: Connection, row: Row, twin: int | None) -> Plan:
        if row.aside:
            return Plan(row, Verdict.ASIDE, sentence=_("先不办"))
        try:
            if twin is not None:
                raise InvalidInput("gathering.twice", field="id_number", row=twin)
            order = self._order(row)
            applicant = signup.read(self._workspace, order.typed)
            self._refuse_unreachable(applicant, order)
            plan = self._among_known(connection, Plan(row, Verdict.JOINS), order, applicant)
        except InvalidInput as error:
            guesses = error.facts.get("suggestions", ())
            return Plan(
                row, Verdict.STOPPED, error.field, error.sentence(),
                tuple(guesses) if isinstance(guesses, tuple | list) else (), error=error,
            )  # fmt: skip
        except UserError as error:
            return Plan(row, Verdict.STOPPED, "id_number", error.sentence())
        return replace(plan, remarks=(*plan.remarks, *self._remarks(applicant)))

    def _order(self, row: Row) -> SignupOrder:
        number, gathered = row.text("id_number"), self._card.row
        if _LOST_DIGITS.fullmatch(number.strip()):
            raise InvalidInput("id.damaged_number", field="id_number", value=number)
        coded = {
            name: codes.code_of(text, field=name).code
            for name, codes in self._lists.items()
            if (text := row.text(name).strip())
        }
        platform = row.text("platform").strip()
        typed = Typed(
            row.text("name"), number, row.text("phone"), coded,
            {"platform": platform} if platform else {},
        )  # fmt: skip
        return SignupOrder(
            typed, gathered.employer, gathered.union_org,
            workplace=gathered.employer_name or platform, channel="gathering",
        )  # fmt: skip

    @staticmethod
    def _refuse_unreachable(applicant: Applicant, order: SignupOrder) -> None:
        if applicant.id_number is None and not order.workplace:
            raise InvalidInput("signup.no_station", field="platform")

    def _among_known(
        self, connection: Connection, plan: Plan, order: SignupOrder, applicant: Applicant
    ) -> Plan:
        """What becomes of somebody who is a member already; raises `UserError` where nothing can."""
        standing = self._standing(connection, applicant)
        if standing is None:
            self._refuse_older(connection, applicant)
            asked = doubts.Asked(applicant.values, order.employer)
            marks = doubts.of_person(connection, self._workspace, asked)
            remarks = tuple(doubts.sentence(self._workspace, mark, asked) for mark in marks)
            return replace(
                plan, order=order, applicant=applicant, remarks=remarks, seen_first=bool(marks)
            )
        verdict, remark = self._moved(connection, standing)
        return replace(
            plan, verdict=verdict, order=order, applicant=applicant, standing=standing,
            remarks=(remark,),
        )  # fmt: skip

    @staticmethod
    def _standing(connection: Connection, applicant: Applicant) -> Membership | None:
        if applicant.id_number is None:
            return None
        for person in members.people_with_id_number(connection, applicant.id_number):
            for membership in members.memberships_of(connection, person.id):
                if membership.record.text("state") in ACTIVE:
                    return membership
        return None

    def _refuse_older(self, connection: Connection, applicant: Applicant) -> None:
        for person in members.people_with_id_number(connection, applicant.id_number or ""):
            held_on = self._card.row.held_on
            signup.refuse_older(connection, self._workspace, person.id, held_on)

    def _moved(self, connection: Connection, standing: Membership) -> tuple[Verdict, str]:
        state, union = State(standing.record.text("state")), standing.union_name
        name = standing.person.text("name")
        facts = {"name": name, "union": union}
        if state is State.PENDING:
            raise InvalidInput("gathering.waits", field="id_number", **facts)
        if state is State.MOVING:
            raise InvalidInput("gathering.on_the_way", field="id_number", **facts)
        here = standing.record.link("union_org") == self._card.row.union_org
        if here and state is not State.KEPT:
            raise InvalidInput("gathering.member_here", field="id_number", **facts)
        if standing.record.text("change_on") > self._card.row.held_on:
            raise InvalidInput("gathering.moved_later", field="id_number", **facts)
        try:
            steps.found(connection, self._workspace, standing.record.id)
        except NotAllowed as error:
            raise InvalidInput("gathering.not_ours", field="id_number", **facts) from error
        if here:
            return Verdict.RESUMES, _("会籍保留在本工会，将恢复会籍")
        return Verdict.TRANSFERS, _("已是“{union}”会员，将转入").format(union=union)

    def _remarks(self, applicant: Applicant) -> list[str]:
        # Age and the missing number are told as what the committee has to see.
        told = [
            note_sentence(note) for note in applicant.notes if not note.code.startswith("signup.")
        ]
        name = str(applicant.values["name"])
        if self._proofreader is not None and not _everyday(name):
            proof = self._proofreader.name(name)
            told.append(proof.doubt or _("生僻字，可打印、可上报"))
        return told


def coded_lists(workspace: Workspace) -> Mapping[str, CodeList]:
    """The code lists of the fields that are answered from one."""
    workspace.require(Permission.SIGN_UP)
    return {name: workspace.codes(codes) for name, codes in _LISTS.items()}


def check_rows(
    workspace: Workspace,
    gathered: bytes,
    rows: Sequence[Row],
    proofreader: Proofreader | None = None,
) -> list[Plan]:
    """What would become of each row, in the order of the list; nothing is written."""
    workspace.require(Permission.SIGN_UP)

    def query(connection: Connection) -> list[Plan]:
        card = gathering.carded(connection, workspace, gathered)
        return RowReader(workspace, card, proofreader).plans(connection, rows)

    return workspace.database.read(query)


def paste(workspace: Workspace, gathered: bytes, rows: Sequence[Row], text: str) -> Read:
    """The rows with those of a pasted list behind them; raises `UnreadableFile`, `InvalidInput`."""
    workspace.require(Permission.SIGN_UP)
    return _added(workspace, gathered, rows, people.people_of_text(text, coded_lists(workspace)))


def open_file(workspace: Workspace, gathered: bytes, rows: Sequence[Row], path: Path) -> Read:
    """The rows with those of a file behind them; raises `UnreadableFile`, `InvalidInput`."""
    workspace.require(Permission.SIGN_UP)
    return _added(workspace, gathered, rows, people.people_of_file(path, coded_lists(workspace)))


def _added(workspace: Workspace, gathered: bytes, rows: Sequence[Row], found: People) -> Read:
    if not found.entries:
        raise InvalidInput("gathering.nobody_pasted", field="list")
    for entry in found.entries:
        if entry.doubled:
            raise InvalidInput("gathering.two_in_a_row", field="list", row=entry.number)
    taken = max((int(row.key) for row in rows), default=0)
    fresh = [Row(str(taken + place), entry.cells) for place, entry in enumerate(found.entries, 1)]
    here = workspace.database.read(lambda c: gatherings.there_already(c, gathered))
    registered = [
        Row("", {"id_number": number, "name": name, "phone": phone}) for number, name, phone in here
    ]
    absent = [row for row in fresh if not any(same_person(row, old) for old in registered)]
    together, known = with_new(rows, absent)
    known += len(fresh) - len(absent)
    return Read(tuple(together), len(fresh) - known, known, found.passed_over, found.columns)


def as_draft(rows: Iterable[Row]) -> Draft:
    """The rows as they are kept between two sittings."""
    values = {f"{row.key}.{name}": text for row in rows for name, text in row.cells.items() if text}
    return Draft(values | {f"{row.key}.aside": "1" for row in rows if row.aside and not row.empty})


def of_draft(draft: Draft | None) -> list[Row]:
    """The rows a draft holds, in their order."""
    cells: dict[str, dict[str, str]] = {}
    for place, text in (draft.values if draft else {}).items():
        key, _dot, name = place.partition(".")
        cells.setdefault(key, {})[name] = text
    return [
        Row(key, {name: said[name] for name in FIELDS if name in said}, "aside" in said)
        for key, said in sorted(cells.items(), key=lambda item: int(item[0]))
    ]


def draft_name(gathered: bytes) -> str:
    """Under which name the rows of a gathering are kept."""
    return f"gathering/{gathered.hex()}"


def _everyday(name: str) -> bool:
    """Whether a name needs no second look: every character is in the set all old systems know."""
    try:
        name.encode("gbk")
    except UnicodeEncodeError:
        return False
    return True
