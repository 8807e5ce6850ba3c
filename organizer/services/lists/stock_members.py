"""Members of the registry's lists (存量会员)."""

from collections.abc import Mapping
from dataclasses import dataclass

from organizer import resources
from organizer.domain import access, stock_member
from organizer.domain.consent import Form, Purpose
from organizer.domain.member import ACTIVE, State
from organizer.domain.note import Note
from organizer.domain.person_name import pua_table
from organizer.domain.stock_member import StockMember
from organizer.errors import InvalidInput
from organizer.i18n import listed as in_words
from organizer.jobs import Progress
from organizer.services.lists.list_run import Step
from organizer.services.lists.stock_run import Read, StockRun
from organizer.services.workspace import Workspace
from organizer.sheets.lines import Row
from organizer.sheets.listing import SheetList
from organizer.store import consents, erasure, facts, members, stock
from organizer.store.driver import Connection
from organizer.store.members import Membership, Record
from organizer.store.runs import Run
from organizer.store.transaction import Write

_TOLD = ("name", "sex", "born_on", "ethnic", "phone", "education", "political")
"""Fields of a person in which a difference is told."""
_OF_MEMBERSHIP = ("state", "joined_on", "card_no")


@dataclass(frozen=True)
class Verdict:
    """A member beside what is here: the person and membership known, the union and unit meant.

    `twin`: a row above in the same list is the same person there.
    """

    union: Record
    employer: bytes | None
    person: Record | None
    membership: Membership | None
    twin: bool = False


class MemberRun(StockRun[StockMember, Verdict]):
    """One run over one list of members."""

    def __init__(
        self,
        workspace: Workspace,
        sheets: SheetList,
        run: Run,
        progress: Progress,
        union: bytes | None,
    ) -> None:
        super().__init__(workspace, sheets, run, "stock.members", progress)
        self._union = union
        self._unions: dict[str, Record] = {}
        self._employers: dict[str, bytes | None] = {}
        self._seen: dict[str, tuple[bytes, str]] = {}
        """Who would have come in by this list while it is looked at: union and its name, by person."""
        self._reference = stock_member.Reference(
            workspace.today,
            workspace.codes,
            pua_table(resources.rows("codelists", "gbk_pua_to_standard.csv")),
        )

    def read(self, row: Row) -> Read[StockMember]:
        """A member of the list."""
        cells = {name: cell.value for name, cell in row.cells.items()}
        found = stock_member.read_stock_member(cells, self._reference)
        return Read(found, found.problems, found.notes)

    def judge(self, connection: Connection, listed: StockMember) -> tuple[Verdict, list[Note]]:
        """Who this is here; raises `InvalidInput` for an unknown union or somebody active elsewhere."""
        union = self._union_of(connection, listed)
        employer = self._employer_of(connection, listed.employer_name)
        person = _person(connection, listed, union)
        standing = members.memberships_of(connection, person.id) if person else []
        self._refuse_elsewhere(listed, union, standing)
        own = [one for one in standing if one.record.link("union_org") == union.id]
        own.sort(key=lambda one: one.record.text("state") not in ACTIVE)
        twin = self._seen.get(_key(listed), (b"",))[0] == union.id
        verdict = Verdict(union, employer, person, own[0] if own else None, twin)
        return verdict, list(_differences(listed, verdict))

    def known(self, verdict: Verdict) -> bool:
        """Whether the membership is here."""
        return verdict.twin or verdict.membership is not None

    def remember(self, listed: StockMember, verdict: Verdict) -> None:
        """Whom a later row of the same list may name again."""
        if listed.state in ACTIVE:
            self._seen[_key(listed)] = verdict.union.id, verdict.union.text("name")

    def write(self, step: Step, listed: StockMember, verdict: Verdict) -> None:
        """Fill what is empty here, add what is not here."""
        write = step.write
        if verdict.person is None:
            person = write.insert("person", listed.person)
        else:
            person = verdict.person.id
            write.set("person", person, _filling(listed.person, verdict.person))
        if verdict.membership is not None:
            kept = verdict.membership.record
            wanted = {name: listed.membership.get(name) for name in ("joined_on", "card_no")}
            write.set("membership", kept.id, _filling(wanted, kept))
        else:
            self._begin(write, person, listed, verdict)
        step.met.add(person)

    def _begin(self, write: Write, person: bytes, listed: StockMember, verdict: Verdict) -> None:
        links = {"person": person, "union_org": verdict.union.id, "employer": verdict.employer}
        membership = write.insert("membership", {**listed.membership, **links})
        for values in _history(listed):
            write.insert("membership_step", {"membership": membership, "person": person, **values})
        if listed.state in ACTIVE:
            known = consents.newest(write.connection, person)
            for purpose in Purpose:
                if purpose not in known:
                    values = {
                        "person": person,
                        "purpose": purpose.value,
                        "form": Form.HISTORY.value,
                    }
                    write.insert("consent", values)

    def _union_of(self, connection: Connection, listed: StockMember) -> Record:
        named = listed.union_code or listed.union_name
        if named not in self._unions:
            self._unions[named] = self._union_meant(connection, listed)
        return self._unions[named]

    def _union_meant(self, connection: Connection, listed: StockMember) -> Record:
        found: list[Record] = []
        if listed.union_code:
            found = stock.unions_with_code(connection, listed.union_code)
        if listed.union_name and len(found) != 1:
            named = stock.unions_named(connection, listed.union_name)
            found = [one for one in named if not found or one in found]
        if not listed.union_code and not listed.union_name:
            chosen = members.union_by_id(connection, self._union) if self._union else None
            if chosen is None:
                raise InvalidInput("stock.no_union", field="union")
            found = [chosen]
        name = listed.union_name or listed.union_code
        if not found:
            raise InvalidInput("stock.unknown_union", field="union", value=name)
        if len(found) > 1:
            raise InvalidInput("stock.union_twice", field="union", value=name, count=len(found))
        code = found[0].text("division_code") or None
        if not access.covers(self.workspace.account.division_code, code):
            raise InvalidInput("stock.union_elsewhere", field="union", value=name)
        return found[0]

    def _employer_of(self, connection: Connection, name: str) -> bytes | None:
        if name and name not in self._employers:
            self._employers[name] = stock.employer_named(connection, name)
        return self._employers.get(name)

    def _refuse_elsewhere(
        self, listed: StockMember, union: Record, standing: list[Membership]
    ) -> None:
        """Who is active elsewhere gets no second membership (会籍管理办法 art. 3): a transfer is due."""
        if listed.state not in ACTIVE:
            return
        name = str(listed.person.get("name"))
        for one in standing:
            if one.record.text("state") in ACTIVE and one.record.link("union_org") != union.id:
                raise InvalidInput(
                    "stock.active_elsewhere", field="id_number", name=name, union=one.union_name
                )
        seen = self._seen.get(_key(listed))
        if listed.person.get("id_number") and seen is not None and seen[0] != union.id:
            raise InvalidInput(
                "stock.active_elsewhere", field="id_number", name=name, union=seen[1]
            )


def _key(listed: StockMember) -> str:
    """By what a person is known again in the same list."""
    told = (str(listed.person.get(name) or "") for name in ("name", "phone", "born_on"))
    return str(listed.person.get("id_number") or " ".join(told))


def _person(connection: Connection, listed: StockMember, union: Record) -> Record | None:
    """Who this is; raises `InvalidInput` for somebody who was erased."""
    number = str(listed.person.get("id_number") or "")
    if not number:
        told = (str(listed.person.get(name) or "") for name in ("name", "phone", "born_on"))
        row = stock.numberless(connection, union.id, *told)
        return members.person_by_id(connection, row) if row else None
    found = members.people_with_id_number(connection, number)
    if found:
        return members.person_by_id(connection, facts.survivor(connection, "person", found[0].id))
    if erasure.forgotten(connection, number):
        raise InvalidInput("stock.erased", field="id_number")
    return None


def _history(listed: StockMember) -> list[dict[str, object]]:
    """What the list tells of the way here: the day of joining, and what came after it."""
    state = listed.state or State.FULL
    joined, changed = listed.on("joined_on"), listed.on("change_on")
    ends: dict[str, object] = {
        "from_state": "",
        "to_state": state.value,
        "on_day": changed or None,
        "reason_code": listed.on("change_reason") or None,
    }
    if state in (State.FULL, State.TEMPORARY):
        return [{**ends, "on_day": joined or changed or None}]
    if not joined:
        return [ends]
    first: dict[str, object] = {"from_state": "", "to_state": State.FULL.value, "on_day": joined}
    return [first, {**ends, "from_state": State.FULL.value}]


def _filling(told: Mapping[str, object], kept: Record) -> dict[str, object]:
    """What is told and still empty here."""
    return {name: value for name, value in told.items() if value and not kept.text(name)}


def _differences(listed: StockMember, verdict: Verdict) -> list[Note]:
    """In which fields list and record differ; the record is left as it is."""
    labels = resources.toml("texts", "fields.toml")["stock"]
    found: list[str] = []
    if verdict.person is not None:
        kept = verdict.person
        for name in _TOLD:
            told = str(listed.person.get(name) or "")
            if told and kept.text(name) and told != kept.text(name):
                found.append(labels[name])
    if verdict.membership is not None:
        kept = verdict.membership.record
        for name in _OF_MEMBERSHIP:
            told = str(listed.membership.get(name) or "")
            if told and kept.text(name) and told != kept.text(name):
                found.append(labels[name])
    if not found:
        return []
    return [Note("stock.differs", {"fields": in_words(dict.fromkeys(found))})]
