"""The page of one person: what is shown to whom, and everything that was done since."""

from dataclasses import replace
from pathlib import Path

import pytest

from organizer.domain import ids
from organizer.domain.access import Role
from organizer.errors import NotAllowed
from organizer.services import merging
from organizer.services.batches import exporting, reporting
from organizer.services.members import amending, person_card, printing
from organizer.services.members import signup as signing_up
from organizer.services.members.signup import SignupOrder, Typed
from organizer.services.workspace import Workspace
from organizer.store.accounts import Account
from tests.support.joiners import WITHOUT_ID, approve, join

NUMBER = "219900199508173226"


def acting(office: Workspace, role: Role, division: str = "") -> Workspace:
    account = Account(office.account.id, office.account.name, role, division)
    return Workspace(office.database, account, office.office)


def test_everything_done_about_a_person_is_told_newest_first(
    office: Workspace, tmp_path: Path
) -> None:
    (membership,) = join(office, (WITHOUT_ID,))
    entry = amending.entry(office, membership)
    amending.amend(office, membership, replace(entry.typed, id_number=NUMBER))
    printing.Printer(office).print_signup(membership, tmp_path / "表.pdf")
    (union,) = reporting.unions_waiting(office)
    (sealed,) = exporting.export_batch(
        office, union.id, exporting.profile(reporting.DEFAULT_PROFILE), tmp_path
    )
    shown = person_card.card(office, entry.person)
    said = [event.what for event in shown.events]
    assert [text.split("、")[0][:4] for text in said] == [
        "列入已封",
        "打印入会",
        "更正资料",
        "会籍由待",
        "申请入会",
    ]
    assert (
        ids.short_id(sealed.batch) in said[0] and "入会申请书" in said[1] and "身份证号" in said[2]
    )
    assert {event.who for event in shown.events} == {office.account.name}
    assert {event.on for event in shown.events} == {office.today.isoformat()}
    assert (
        shown.passport
        == f"已录入 → 已批准 → 已封存（批次 {ids.short_id(sealed.batch)}）　纸面：已打印"
    )
    assert shown.current is not None and shown.current.state == "临时会员"
    assert shown.current.workplace == "沈阳样例五金商行"


def test_numbers_are_masked_until_they_are_asked_for(office: Workspace) -> None:
    made = signing_up.sign_up(office, SignupOrder(Typed("王样", NUMBER, "13900000001")))
    shown = person_card.card(office, made.person)
    assert (shown.id_number, shown.phone) == ("2199**********3226", "139****0001")
    assert NUMBER not in repr(shown)
    assert "1995年8月17日" in shown.born and shown.born.startswith("女")
    revealed = person_card.reveal(office, made.person)
    assert (revealed.id_number, revealed.phone) == (NUMBER, "13900000001")
    (action,) = office.database.read(
        lambda c: c.execute("SELECT action FROM audit ORDER BY n DESC LIMIT 1").fetchone()
    )
    assert action == "person.reveal"
    with pytest.raises(NotAllowed):
        person_card.reveal(acting(office, Role.AUDITOR), made.person)


def test_a_role_is_offered_what_it_may_do(office: Workspace) -> None:
    made = signing_up.sign_up(office, SignupOrder(Typed("王样", NUMBER, "13900000001")))
    offered = {
        role: (card.may_amend, card.may_approve, card.may_print)
        for role in Role
        if (card := person_card.card(acting(office, role), made.person))
    }
    assert offered == {
        Role.COLLECTOR: (True, False, True),
        Role.REVIEWER: (True, True, True),
        Role.EXPORTER: (False, False, True),
        Role.ADMINISTRATOR: (True, True, True),
        Role.AUDITOR: (False, False, False),
    }
    approve(office, [made.membership])
    assert not person_card.card(office, made.person).may_approve
    with pytest.raises(NotAllowed):
        person_card.card(acting(office, Role.REVIEWER, "210181"), made.person)


def test_a_merged_record_leads_to_the_one_that_was_kept(office: Workspace) -> None:
    kept = signing_up.sign_up(office, SignupOrder(Typed("王样", NUMBER, "13900000001")))
    twin = signing_up.sign_up(office, SignupOrder(Typed("王样", phone="13900000002")))
    merging.merge(office, "person", twin.person, kept.person)
    assert person_card.card(office, twin.person).id == kept.person
