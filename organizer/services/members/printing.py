"""Printing the papers of a sign-up; what was printed is kept, encrypted, beside the record."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypedDict

from organizer.domain import ids
from organizer.domain.access import Permission
from organizer.domain.consent import Purpose
from organizer.domain.resident_id import parse_resident_id
from organizer.domain.signup import read_birth_date
from organizer.errors import InvalidInput, NotFound
from organizer.forms.fonts import FontSet
from organizer.forms.proof import page_texts
from organizer.forms.signup_paper import SignupPaper
from organizer.forms.signup_papers import signup_papers
from organizer.forms.texts import VersionedText, text_in_force
from organizer.forms.withdrawal import VERSION as WITHDRAWAL_VERSION
from organizer.forms.withdrawal import WithdrawalPaper, withdrawal_paper
from organizer.services.members import consenting, interim
from organizer.services.members.signup import SignupOrder
from organizer.services.workspace import Workspace, refuse_taken, write_new
from organizer.store import attachments, consents, employers, members
from organizer.store.driver import Connection
from organizer.store.members import Membership, Record
from organizer.store.transaction import Write

SIGNUP_PAPERS = ("application", "registration", "notice")
WITHDRAWAL = "withdrawal"


@dataclass(frozen=True)
class Papers:
    """The finished papers of a record, not in any plain file."""

    pdf: bytes
    person: bytes
    name: str
    short_id: str
    text: VersionedText


@dataclass(frozen=True)
class Printed:
    """A PDF made from a record; `text` is the version of the sentence on it."""

    path: Path
    name: str
    pages: int
    short_id: str
    text: VersionedText


class Printer:
    """Prints for a workspace; holds the fonts, which are loaded with the first paper."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._fonts = FontSet()

    def print_signup(
        self, membership: bytes, out: Path, papers: tuple[str, ...] = SIGNUP_PAPERS
    ) -> Printed:
        """Print 入会申请书, 工会会员登记表 and 告知同意书 of a membership into the file `out`, and keep them.

        The file is there before the record, so that no record speaks of a paper nobody has. Raises
        `InvalidInput` naming a character that no font has, `Conflict` when `out` exists,
        `DeviceMissing` for a folder that is not there.
        """
        refuse_taken(out)
        done = _drawn(self._workspace, self._fonts, membership, papers)
        write_new(out, done.pdf)
        try:
            _keep(self._workspace, membership, done, out.name, papers)
        except BaseException:
            # A paper that is on no record would be found by nobody who scans it.
            out.unlink(missing_ok=True)
            raise
        return Printed(out, done.name, len(papers), done.short_id, done.text)

    def make_signup(self, membership: bytes, papers: tuple[str, ...] = SIGNUP_PAPERS) -> Papers:
        """The same papers for a printer, kept like those; no plain file is written."""
        done = _drawn(self._workspace, self._fonts, membership, papers)
        _keep(self._workspace, membership, done, f"RH-{done.short_id}.pdf", papers)
        return done

    def print_withdrawal(self, membership: bytes, out: Path) -> Papers:
        """撤回同意书 into a file that must not be there yet; raises `Conflict`, `DeviceMissing`."""
        refuse_taken(out)
        done = self.make_withdrawal(membership)
        write_new(out, done.pdf)
        return done

    def make_withdrawal(self, membership: bytes) -> Papers:
        """撤回同意书 for what somebody took back, or may tick by hand; kept like the others."""
        done = _withdrawal(self._workspace, self._fonts, membership)
        _keep(self._workspace, membership, done, f"CH-{done.short_id}.pdf", (WITHDRAWAL,))
        return done

    def preview(self, order: SignupOrder, union_name: str) -> bytes:
        """The papers of a sign-up as far as it is typed, as PDF; nothing is stored.

        Raises `InvalidInput` for a character that no font has.
        """
        self._workspace.require(Permission.SIGN_UP)
        text = text_in_force(self._workspace.today)
        paper = _typed_paper(self._workspace, order, union_name)
        return signup_papers(
            paper, self._fonts, text, SIGNUP_PAPERS, **_worded(self._workspace),
            signature=order.signature,
        )  # fmt: skip


def _drawn(
    workspace: Workspace, fonts: FontSet, membership: bytes, papers: tuple[str, ...]
) -> Papers:
    found = _printable(workspace, membership)
    text = text_in_force(workspace.today)
    short_id = ids.short_id(membership)
    paper = _paper(workspace, found, short_id)
    signature = _signature(workspace, found.person.id)
    pdf = signup_papers(paper, fonts, text, papers, **_worded(workspace), signature=signature)
    return Papers(pdf, found.person.id, found.person.text("name"), short_id, text)


class _Worded(TypedDict):
    """The wordings in force on the notice."""

    notice: VersionedText
    consents: Sequence[VersionedText]


def _worded(workspace: Workspace) -> _Worded:
    day = workspace.today
    agreed = [text_in_force(day, purpose.text_id) for purpose in Purpose]
    return {"notice": text_in_force(day, "notice"), "consents": agreed}


def _signature(workspace: Workspace, person: bytes) -> bytes:
    """The picture of a hand that signed on the screen, while that consent stands."""
    digest = workspace.database.read(lambda c: consents.signature(c, person))
    return (attachments.get(workspace.database, digest) or b"") if digest else b""


def _withdrawal(workspace: Workspace, fonts: FontSet, membership: bytes) -> Papers:
    found = _printable(workspace, membership)
    lines = consenting.lines(workspace, found.person.id)
    gone = [line.purpose for line in lines if line.withdrawn_on]
    days = {line.withdrawn_on for line in lines if line.withdrawn_on}
    short_id = ids.short_id(membership)
    paper = WithdrawalPaper(
        found.person.text("name"),
        found.union_name,
        found.record.text("workplace") or found.employer_name,
        [(line.title, line.purpose in gone) for line in lines],
        consenting.what_follows(gone or list(Purpose)),
        short_id,
        date.fromisoformat(max(days)) if days else None,
    )
    pdf = withdrawal_paper(paper, fonts)
    text = VersionedText(WITHDRAWAL, WITHDRAWAL_VERSION, workspace.today, "", "", "")
    return Papers(pdf, found.person.id, paper.name, short_id, text)


def _printable(workspace: Workspace, membership: bytes) -> Membership:
    """A membership whose papers this account may print; raises `NotFound`, `NotAllowed`."""
    workspace.require(Permission.PRINT)
    found = workspace.database.read(lambda c: members.membership_by_id(c, membership))
    if found is None or found.person.text("erased_on"):
        raise NotFound("record.unknown", value=membership.hex())
    for code in workspace.database.read(lambda c: members.divisions_of(c, found.person.id)):
        workspace.require(Permission.PRINT, code)
    return found


def _keep(
    workspace: Workspace, membership: bytes, drawn: Papers, file_name: str, papers: tuple[str, ...]
) -> None:
    """Put the papers on record."""
    digest = attachments.put(workspace.database, drawn.pdf)
    version = f"{drawn.text.text_id}/{drawn.text.version}"
    size = len(drawn.pdf)

    def body(write: Write) -> None:
        kept = attachments.name(write, digest, "application/pdf", size, file_name, drawn.person)
        for paper in papers:
            write.insert(
                "paper",
                {
                    "person": drawn.person,
                    "attachment": kept,
                    "form": paper,
                    "form_version": "1",
                    "text_version": version,
                    "short_id": drawn.short_id,
                    "printed_on": workspace.today.isoformat(),
                },
            )
        if papers != (WITHDRAWAL,):
            write.set("membership", membership, {"application_text": version})

    workspace.database.write(workspace.intent("paper.print"), body)


def reads_back(printed: Printed) -> bool:
    """Whether a printed file, read by another library, has all its pages and the name on each."""
    texts = page_texts(printed.path.read_bytes())
    return len(texts) == printed.pages and all(printed.name in text for text in texts)


def _paper(workspace: Workspace, membership: Membership, short_id: str) -> SignupPaper:
    person, record = membership.person, membership.record

    def label(name: str, field: str, of: Record = person) -> str:
        code = of.text(field)
        return workspace.codes(name).entry(code).brief if code else ""

    return SignupPaper(
        name=person.text("name"),
        sex=label("sex", "sex"),
        ethnic=label("ethnic", "ethnic"),
        born_on=_day(person, "born_on"),
        political=label("political", "political"),
        education=label("education", "education"),
        id_number=person.text("id_number"),
        household_kind=label("household_kind", "household_kind"),
        household_place=person.text("household_place"),
        native_place=person.text("native_place"),
        address=person.text("address"),
        phone=person.text("phone"),
        employer=record.text("workplace") or membership.employer_name,
        position=record.text("position"),
        skill_level=label("skill_level", "skill_level"),
        group=label("group", "group_code"),
        union_name=membership.union_name,
        member_card_no=interim.card_number(workspace, record),
        applied_on=_day(record, "applied_on"),
        record_short_id=short_id,
        receivers=workspace.database.read(
            lambda c: consenting.receivers(c, workspace, record.link("union_org"))
        ),
    )


def _typed_paper(workspace: Workspace, order: SignupOrder, union_name: str) -> SignupPaper:
    typed = order.typed

    def label(name: str, field: str) -> str:
        code = typed.coded.get(field, "")
        return workspace.codes(name).entry(code).brief if code else ""

    sex, born_on = label("sex", "sex"), None
    with suppress(InvalidInput):
        if typed.id_number:
            found = parse_resident_id(typed.id_number, today=workspace.today)
            sex, born_on = found.sex, found.born_on
        else:
            born_on = read_birth_date(typed.born_on, today=workspace.today)
    return SignupPaper(
        name=typed.name,
        sex=sex,
        ethnic=label("ethnic", "ethnic"),
        born_on=born_on,
        political=label("political", "political"),
        education=label("education", "education"),
        id_number=typed.id_number,
        household_kind=label("household_kind", "household_kind"),
        native_place=typed.texts.get("native_place", ""),
        phone=typed.phone,
        employer=order.workplace,
        position=order.position,
        group=label("group", "group_code"),
        union_name=union_name,
        applied_on=order.applied_on or workspace.today,
        receivers=workspace.database.read(
            lambda c: consenting.receivers(c, workspace, order.union_org, _code_of(c, order))
        ),
    )


def _code_of(connection: Connection, order: SignupOrder) -> str:
    """The division of the unit, whose union is still to be made."""
    unit = employers.employer_by_id(connection, order.employer) if order.employer else None
    return (unit.division_code if unit else "") or ""


def _day(record: Record, name: str) -> date | None:
    text = record.text(name)
    return date.fromisoformat(text) if text else None
