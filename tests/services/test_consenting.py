"""Consents: each purpose has its row and its words; taking one back is told upward and is no leaving."""

from datetime import date
from pathlib import Path

import pytest
from PIL import Image

from organizer.domain.access import Role
from organizer.domain.consent import Form, Purpose
from organizer.domain.signup import Typed
from organizer.errors import Conflict, InvalidInput, NotAllowed, NotFound
from organizer.forms.proof import page_texts
from organizer.services import undoing
from organizer.services.batches import reporting
from organizer.services.members import consenting, person_card, signup
from organizer.services.members.consenting import Agreed
from organizer.services.members.printing import Printer
from organizer.services.members.signup import SignedUp, SignupOrder
from organizer.services.office import staffing
from organizer.services.workspace import Workspace
from organizer.store import consents
from organizer.store.accounts import Account
from organizer.store.transaction import Write
from tests.support.joiners import WITH_ID, approve, join
from tests.support.offices import findings

PASS_ON, ID_NUMBER = Purpose.PASS_ON, Purpose.ID_NUMBER


def told(office: Workspace, person: bytes) -> dict[Purpose, str]:
    return {line.purpose: line.told for line in consenting.lines(office, person)}


def person_of(office: Workspace, membership: bytes) -> bytes:
    sql = "SELECT person FROM membership WHERE id = ?"
    found = office.database.read(lambda c: c.execute(sql, (membership,)).fetchone())
    return bytes(found[0])


def preview(office: Workspace) -> reporting.Preview:
    (union,) = reporting.unions_waiting(office)
    return reporting.preview(office, union.id)


def test_an_application_carries_every_consent_on_its_own_line(
    office: Workspace, tmp_path: Path
) -> None:
    made = signup.sign_up(office, SignupOrder(Typed(*WITH_ID[0])))
    rows = office.database.read(lambda c: consents.newest(c, made.person))
    assert set(rows) == {"join", "id_number", "pass_on"}
    assert {row.form for row in rows.values()} == {Form.PAPER}
    assert {row.given_on for row in rows.values()} == {office.today.isoformat()}
    assert rows["join"].text_version == "consent_join/1"
    # The receivers are the unions above by name, as far up as the province.
    assert rows["pass_on"].receivers.split("、")[-2:] == ["沈阳市总工会", "辽宁省总工会"]
    assert rows["join"].receivers == ""
    printed = Printer(office).print_signup(made.membership, tmp_path / "papers.pdf")
    notice = "".join(page_texts(printed.path.read_bytes())[2].split())
    assert "沈阳市总工会、辽宁省总工会" in notice and notice.count("签名：") == 3
    assert "纸面签字" in told(office, made.person)[Purpose.JOIN]


def test_taking_back_keeps_somebody_off_batches_and_is_no_leaving(office: Workspace) -> None:
    joined = join(office)
    person = person_of(office, joined[0])
    assert preview(office).going_count == 3
    consenting.withdraw(office, person, [PASS_ON])
    shown = preview(office)
    assert shown.going_count == 2
    (held,) = shown.held
    assert held.name == WITH_ID[0][0] and "撤回" in held.sentences[0]
    assert "提供给上级工会" in held.sentences[0]
    # The membership stands as it was.
    current = person_card.card(office, person).current
    assert current is not None and current.active
    assert "待报上级" in told(office, person)[PASS_ON]
    (waiting,) = consenting.unreported(office)
    assert waiting.name == WITH_ID[0][0] and waiting.consent.purpose == PASS_ON
    with pytest.raises(Conflict):
        consenting.withdraw(office, person, [PASS_ON])
    consenting.report(office, waiting.consent.id)
    assert consenting.unreported(office) == []
    with pytest.raises(NotFound):
        consenting.report(office, waiting.consent.id)
    assert preview(office).going_count == 2, "told upward is still taken back"
    # Agreeing anew brings the person back into the file.
    consenting.give(office, person, [PASS_ON])
    assert preview(office).going_count == 3
    with pytest.raises(Conflict):
        consenting.give(office, person)
    assert findings(office) == []


def test_a_withdrawal_can_be_undone_and_has_its_day(office: Workspace) -> None:
    (joined, *_rest) = join(office)
    person = person_of(office, joined)
    with pytest.raises(InvalidInput) as refused:
        consenting.withdraw(office, person, [])
    assert refused.value.field == "purpose"
    with pytest.raises(InvalidInput) as refused:
        consenting.withdraw(office, person, [PASS_ON], on=date(2000, 1, 1))
    assert refused.value.field == "on"
    write = consenting.withdraw(office, person, [PASS_ON, ID_NUMBER])
    assert preview(office).going_count == 2
    undoing.take_back(office, write)
    assert preview(office).going_count == 3
    assert any("不是退会" in said for said in consenting.what_follows([PASS_ON]))


def test_who_declines_is_not_passed_on_and_a_member_from_before_may_take_back(
    office: Workspace,
) -> None:
    coded = {"ethnic": "01", "education": "21", "political": "13", "household_kind": "1"}
    order = SignupOrder(
        Typed(*WITH_ID[0], coded, migrant=False),
        workplace="沈阳样例五金商行",
        agreed=Agreed(declined=frozenset({PASS_ON})),
    )
    made: SignedUp = signup.sign_up(office, order)
    approve(office, [made.membership])
    (held,) = preview(office).held
    assert "没有同意" in held.sentences[0]
    assert told(office, made.person)[PASS_ON].startswith("本人没有同意")
    consenting.give(office, made.person, [PASS_ON])
    assert preview(office).going_count == 1

    # Nothing on record: the registry had this member before the file.
    def before(write: Write) -> bytes:
        return write.insert("person", {"name": "陈样"})

    person = office.database.write(office.intent("stock.members"), before)
    assert set(told(office, person).values()) == {"没有记录，待补签"}
    consenting.withdraw(office, person, [PASS_ON])
    assert "撤回" in told(office, person)[PASS_ON]


def test_the_paper_says_what_is_taken_back(office: Workspace, tmp_path: Path) -> None:
    (joined, *_rest) = join(office)
    person = person_of(office, joined)
    consenting.withdraw(office, person, [PASS_ON])
    printer = Printer(office)
    printer.print_withdrawal(joined, tmp_path / "back.pdf")
    (text,) = page_texts((tmp_path / "back.pdf").read_bytes())
    text = "".join(text.split())
    assert "撤回同意书" in text and WITH_ID[0][0] in text and "撤回同意不是退会" in text
    with pytest.raises(Conflict):
        printer.print_withdrawal(joined, tmp_path / "back.pdf")


def test_signing_on_the_screen_is_off_until_the_office_turns_it_on(
    office: Workspace, tmp_path: Path
) -> None:
    assert not office.office.screen_signature
    collector = Workspace(
        office.database, Account(office.account.id, "采集样", Role.COLLECTOR, ""), office.office
    )
    with pytest.raises(NotAllowed):
        staffing.allow_screen_signature(collector, True)
    staffing.allow_screen_signature(office, True)
    assert office.office.screen_signature
    Image.new("RGBA", (200, 60), (0, 0, 0, 255)).save(tmp_path / "hand.png")
    signature = (tmp_path / "hand.png").read_bytes()
    order = SignupOrder(Typed(*WITH_ID[0]), agreed=Agreed(Form.SCREEN), signature=signature)
    made = signup.sign_up(office, order)
    assert "屏幕签名图样，以纸质为准" in told(office, made.person)[Purpose.JOIN]
    printer = Printer(office)
    signed = printer.print_signup(made.membership, tmp_path / "signed.pdf")
    assert "签名图样，以纸质为准" in page_texts(signed.path.read_bytes())[2]
    consenting.withdraw(office, made.person, consenting.ALL)
    bare = printer.print_signup(made.membership, tmp_path / "bare.pdf")
    assert "签名图样" not in page_texts(bare.path.read_bytes())[2]
