"""Papers about members: letter, leaving, kept, expulsion, roster, dossier, and what an employer gets."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from organizer.domain.access import Role
from organizer.domain.member import Act
from organizer.domain.signup import Typed
from organizer.errors import Conflict, InvalidInput, NotAllowed
from organizer.forms.proof import page_texts
from organizer.services.members import (
    changing,
    dossier_printing,
    dues_keeping,
    member_listing,
    member_tables,
    membership_printing,
    roster_lines,
    signup,
    transferring,
)
from organizer.services.members.changing import ChangeOrder
from organizer.services.members.signup import SignupOrder
from organizer.services.members.transferring import Letter
from organizer.services.office import staffing
from organizer.services.paper import paper_trail
from organizer.services.unions import keeping
from organizer.services.workspace import Workspace
from organizer.store import members
from tests.support.joiners import WITH_ID, approve, join

NAME, NUMBER, PHONE = WITH_ID[0]
GOAL = "大连样例联合工会委员会"


@pytest.fixture
def joined(office: Workspace) -> list[bytes]:
    return join(office)


def text_of(pdf: bytes) -> str:
    return "".join("".join(page_texts(pdf)).split())


def person(office: Workspace, membership: bytes) -> bytes:
    found = member_listing.person_of(office, membership)
    assert found is not None
    return found


def union_of(office: Workspace, membership: bytes) -> bytes:
    known = office.database.read(lambda c: members.membership_by_id(c, membership))
    assert known is not None
    union = known.record.link("union_org")
    assert union is not None
    return union


def test_a_letter_has_stub_letter_and_receipt_and_is_on_record(
    office: Workspace, joined: list[bytes], tmp_path: Path
) -> None:
    sent = transferring.send(office, joined[0], GOAL, Letter(paid_until=f"{office.today:%Y-%m}"))
    out = tmp_path / "letter.pdf"
    membership_printing.write(office, joined[0], out)
    (page,) = page_texts(out.read_bytes())
    told = "".join(page.split())
    for part in ("介绍信存根", "工会会员组织关系转移介绍信", "介绍信回执"):
        assert part in told
    # Stub, letter and receipt name the person; the letter's number stands on each part.
    assert told.count(NAME) == 3 and told.count(sent.number) >= 3
    assert NUMBER in told and GOAL in told and f"{office.today.month}月" in told
    (paper,) = [one for one in paper_trail.of_person(office, person(office, joined[0]))]
    assert paper.paper == "会员组织关系介绍信" and "待盖章" in paper.following
    with pytest.raises(Conflict):
        membership_printing.write(office, joined[0], out)


@pytest.mark.parametrize(
    ("order", "title", "says"),
    [
        (ChangeOrder(Act.LEAVE, "5", words="搬到外地"), "退会申请书和决定", "搬到外地"),
        (ChangeOrder(Act.KEEP, "retired"), "保留会籍登记表", "退休或离休"),
        (ChangeOrder(Act.EXPEL, paper_no="样工〔2026〕3号"), "除名备案表", "样工〔2026〕3号"),
    ],
)
def test_each_end_of_a_membership_has_its_paper(
    office: Workspace, joined: list[bytes], order: ChangeOrder, title: str, says: str
) -> None:
    changing.change(office, joined[:1], order)
    told = text_of(membership_printing.make(office, joined[0]).pdf)
    assert title in told and says in told and NAME in told and NUMBER in told


def test_a_member_may_ask_to_leave_but_the_dead_get_no_paper(
    office: Workspace, joined: list[bytes]
) -> None:
    asked = text_of(membership_printing.make(office, joined[1]).pdf)
    assert "退会申请" in asked and WITH_ID[1][0] in asked
    changing.change(office, joined[:1], ChangeOrder(Act.DIE))
    with pytest.raises(Conflict) as refused:
        membership_printing.make(office, joined[0])
    assert "死亡注销" in refused.value.sentence()
    with pytest.raises(Conflict):
        membership_printing.make(office, joined[1], membership_printing.LETTER)


def test_a_roster_is_whole_or_masked(office: Workspace, joined: list[bytes]) -> None:
    union = union_of(office, joined[0])
    whole = text_of(member_tables.roster_file(office, union, masked=False))
    assert NUMBER in whole and PHONE in whole and all(name in whole for name, *_rest in WITH_ID)
    masked = text_of(member_tables.roster_file(office, union, masked=True))
    assert NUMBER not in masked and PHONE not in masked and NAME in masked
    assert "合计3人" in whole and "合计3人" in masked
    changing.change(office, joined[:1], ChangeOrder(Act.KEEP, "retired"))
    assert "合计2人" in text_of(member_tables.roster_file(office, union, masked=True))
    (who,) = office.database.read(
        lambda c: c.execute("SELECT count(*) FROM audit WHERE action = 'union.roster'").fetchone()
    )
    assert who == 1
    away = replace(office.account, role=Role.REVIEWER, division_code="210283")
    with pytest.raises(NotAllowed):
        member_tables.roster_file(
            Workspace(office.database, away, office.office), union, masked=True
        )


def test_an_employer_gets_numbers_and_no_names(
    office: Workspace, street: dict[str, bytes], joined: list[bytes]
) -> None:
    unit = next(iter(row for name, row in street.items() if "公司" in name or "店" in name))
    people = [Typed(f"样{letter}", phone=f"1990083{at:04d}", coded={"group_code": "H2"})
              for at, letter in enumerate("甲乙丙丁")]  # fmt: skip
    people[3] = Typed("样丁", phone="19900830003", coded={"group_code": "H8"})
    rows = [signup.sign_up(office, SignupOrder(one, employer=unit)).membership for one in people]
    approve(office, rows)
    told = text_of(member_tables.unit_file(office, unit))
    assert "单位会员人数表" in told and "会员4" in told
    assert not any(f"样{letter}" in told for letter in "甲乙丙丁")
    assert "1990083" not in told
    # Three couriers may be told; one guard would be a name.
    book = load_workbook(BytesIO(member_tables.unit_file(office, unit, ".xlsx"))).active
    cells = {str(row[0]).strip(): row[1] for row in book.iter_rows(values_only=True) if row[0]}
    assert cells["快递员"] == "3" and cells["保安员"] == "<3" and cells["会员"] == "4"
    assert not any("样甲" in str(cell) for row in book.iter_rows(values_only=True) for cell in row)


def test_arrears_and_counts_are_papers_and_workbooks(
    office: Workspace, joined: list[bytes], tmp_path: Path
) -> None:
    dues_keeping.pay(office, joined[:1], f"{office.today.year - 1}-01")
    told = text_of(member_tables.behind_file(office))
    assert NAME in told and WITH_ID[1][0] not in told and "不等于退会" in told
    book = load_workbook(BytesIO(member_tables.behind_file(office, None, ".xlsx"))).active
    assert NAME in [row[1] for row in book.iter_rows(values_only=True)]
    assert "快递员" in text_of(member_tables.counts_file(office))
    sheet = load_workbook(BytesIO(member_tables.counts_file(office, "place", ".xlsx"))).active
    last = [row for row in sheet.iter_rows(values_only=True) if row[0] == "合计"]
    assert last[0][1] == 3 and NAME not in str(list(sheet.iter_rows(values_only=True)))
    with pytest.raises(InvalidInput):
        member_tables.kind_of(tmp_path / "list.docx")


def test_a_dossier_tells_everything_about_a_person(
    office: Workspace, joined: list[bytes], tmp_path: Path
) -> None:
    transferring.send(office, joined[0], GOAL, Letter())
    membership_printing.make(office, joined[0])
    out = tmp_path / "dossier.pdf"
    dossier_printing.write(office, person(office, joined[0]), out)
    told = text_of(out.read_bytes())
    for part in (NAME, NUMBER, PHONE, "会籍变动", GOAL, "个人信息同意", "介绍信", "转出待接"):
        assert part in told, part
    (who,) = office.database.read(
        lambda c: c.execute("SELECT count(*) FROM audit WHERE action = 'person.dossier'").fetchone()
    )
    assert who == 1
    looking = replace(office.account, role=Role.AUDITOR)
    with pytest.raises(NotAllowed):
        dossier_printing.make(
            Workspace(office.database, looking, office.office), person(office, joined[0])
        )


def test_until_the_registry_gives_a_number_an_office_may_use_its_own(office: Workspace) -> None:
    join(office)
    (union,) = (one.id for one in keeping.lines(office) if one.members)
    assert {one.card_no for one in roster_lines.read(office, union, masked=False).lines} == {""}
    staffing.use_interim_numbers(office, True)
    given = [one.card_no for one in roster_lines.read(office, union, masked=False).lines]
    assert len(set(given)) == 3 and all(one.startswith("临时号") for one in given)
