"""The card of an employer, its advice, its edits and the reveal of its telephone."""

from datetime import date

import pytest

from organizer.domain.signup import Typed
from organizer.domain.visit import Outcome
from organizer.errors import InvalidInput, NotAllowed, NotFound
from organizer.services import finding, merging, undoing
from organizer.services.employers import advising, card, employer_editing
from organizer.services.lists import importing
from organizer.services.members import signup as signing_up
from organizer.services.members.signup import SignupOrder
from organizer.services.survey import recording
from organizer.services.survey.recording import VisitOrder
from organizer.services.workspace import Workspace
from organizer.store.accounts import Account
from tests.support.joiners import approve

NAME, OTHER = "沈阳样禾五金有限公司", "北方例食品店"


@pytest.fixture
def listed(office: Workspace, tmp_path) -> Workspace:
    path = tmp_path / "units.csv"
    path.write_text(
        "单位名称,统一社会信用代码,联系电话,住所（经营场所）,职工人数\n"
        f"{NAME},,13800005678,沈阳市铁西区工人村街道兴工街1号,36\n"
        f"{OTHER},,,,9\n",
        encoding="utf-8",
    )
    result = importing.import_list(office, path, as_of=date(2026, 1, 5))
    assert result.added == 2
    recording.open_round(office, "测试批次", office.today, None)
    return office


def employer(office: Workspace, name: str = NAME) -> bytes:
    found = finding.employer_by_name(office, name)
    assert found is not None
    return found


def valid_code(body: str) -> str:
    """A code of right form that belongs to nobody."""
    from stdnum.cn import uscc

    return body + uscc.calc_check_digit(body)


def own(shown: card.Card, name: str) -> str:
    return next(field.text for field in shown.fields if field.name == name)


def test_a_card_tells_everything_with_source_and_day(listed: Workspace) -> None:
    row = employer(listed)
    recording.record_visit(listed, VisitOrder(row, Outcome.NOBODY, remark="门锁着"))
    met = {"union_state": "4", "staff_total": "40", "employer_willing": "yes"}
    recording.record_visit(listed, VisitOrder(row, Outcome.MET, met, person_met="王样"))
    shown = card.card(listed, row)
    assert (shown.name, shown.place) == (NAME, "工人村街道 兴工街 1号")
    assert own(shown, "phone") == "138****5678"
    told = {fact.title: (fact.text, fact.source, fact.on) for fact in shown.facts}
    today = listed.today.isoformat()
    assert told["职工总数"] == ("40 人", "口头", today)
    assert told["建会状态"] == ("未建会(有意愿)", "口头", today)
    assert told["单位意愿"] == ("愿意", "口头", today)
    assert [visit.outcome for visit in shown.visits] == ["已访", "无人"]
    assert (shown.visits[0].met, shown.visits[1].remark) == ("王样", "门锁着")
    assert "职工总数 40 人" in shown.visits[0].learnt
    lamps = {line.lamp.rule.letter: line.missing for line in shown.lamps}
    assert "女职工" in lamps["数"] and "网格" in lamps["位"]
    assert shown.changes[-1].what == "取自 units.csv"


@pytest.mark.parametrize(
    ("state", "members", "told", "kind", "says"),
    [
        ("", 0, "", "info", "现在就可以单独或联合建会，或选举组织员"),
        ("4", 23, "", "info", "现有会员 23 人，职工 36 人"),
        ("4", 24, "25", "warn", "会员已满25人，应当建立基层工会委员会（工会法第十一条）"),
        ("2", 24, "", "good", "已被覆盖"),
        ("2", 25, "", "warn", "应当建立基层工会委员会"),
        ("1", 300, "", "good", "已单独建会"),
        ("6", 3, "", "info", "无需或不具备建会条件"),
    ],
)
def test_advice_follows_members_and_state(
    state: str, members: int, told: str, kind: str, says: str
) -> None:
    known = {"union_state": state, "staff_total": "36", "member_count": told}
    first, *_more = advising.advise(known, members)
    assert first.kind == kind and says in first.text


@pytest.mark.parametrize(
    ("known", "members", "women", "nearby", "said"),
    [
        ({"staff_total": "200"}, 0, 0, "", {"may", "potential", "hundred", "chairman"}),
        ({"staff_total": "199"}, 0, 0, "", {"may", "potential", "hundred"}),
        ({"staff_total": "99"}, 0, 0, "", {"may", "potential"}),
        ({"staff_total": "24"}, 0, 0, "", {"may"}),
        ({"staff_total": "10", "three_new": "yes"}, 0, 0, "", {"may", "three_new"}),
        ({"staff_total": "10", "three_new": "no"}, 0, 0, "", {"may"}),
        ({"staff_total": "9", "three_new": "yes"}, 0, 0, "", {"may"}),
        ({"staff_new_form": "10"}, 0, 0, "", {"may", "new_forms"}),
        ({"staff_new_form": "9"}, 24, 10, "", {"may", "women_committee"}),
        ({"union_state": "1", "staff_total": "120"}, 30, 9, "", {"own", "women_member"}),
        ({"union_state": "4"}, 1, 1, "劳模社区联合工会", {"may", "nearby"}),
        ({"union_state": "1"}, 1, 0, "劳模社区联合工会", {"own"}),
        ({}, 25, 0, "", {"should"}),
    ],
)
def test_thresholds_are_told_from_their_number_on(
    known: dict[str, str], members: int, women: int, nearby: str, said: set[str]
) -> None:
    assert {one.key for one in advising.advise(known, members, women, nearby)} == said


@pytest.mark.parametrize("state", ["", "1", "2", "3", "4", "5", "6", "7"])
@pytest.mark.parametrize("members", [0, 24, 25, 300])
def test_every_unit_is_told_something_with_members_and_staff(state: str, members: int) -> None:
    first, *_more = advising.advise({"union_state": state, "staff_total": "36"}, members)
    assert "36 人" in first.text and f"{members} 人" in first.text


def test_people_are_counted_and_named_by_surname_only(listed: Workspace) -> None:
    row = employer(listed)
    done = signing_up.sign_up(
        listed, SignupOrder(Typed("欧阳样例", "", "13900001111", {}), employer=row)
    )
    waiting = card.card(listed, row)
    assert (waiting.members, waiting.pending, list(waiting.member_names)) == (0, 1, [])
    approve(listed, [done.membership])
    shown = card.card(listed, row)
    assert (shown.members, shown.pending, list(shown.member_names)) == (1, 0, ["欧阳*"])


def test_revealing_a_phone_is_in_the_audit(listed: Workspace) -> None:
    row = employer(listed)
    assert card.reveal_phone(listed, row) == "13800005678"
    entries = listed.database.read(
        lambda c: c.execute(
            "SELECT actor, action, subject, detail FROM audit ORDER BY n"
        ).fetchall()
    )
    assert entries[-1] == (listed.account.id, "employer.reveal", row, "phone")


def test_edits_are_one_write_normalised_aloud_and_taken_back(listed: Workspace) -> None:
    row = employer(listed)
    typed = {"signboard": "样禾五金", "phone": "１３９ 0000 2222", "grid": "003", "name": NAME}
    saved = employer_editing.save(listed, row, typed)
    assert set(saved.changed) == {"signboard", "phone", "grid"}
    assert any(note.code == "phone.rewritten" for note in saved.notes)
    shown = card.card(listed, row)
    assert own(shown, "signboard") == "样禾五金"
    assert card.reveal_phone(listed, row) == "13900002222"
    assert saved.write is not None
    undoing.take_back(listed, saved.write)
    assert own(card.card(listed, row), "signboard") == ""
    assert card.reveal_phone(listed, row) == "13800005678"


def test_what_did_not_change_is_no_write(listed: Workspace) -> None:
    before = listed.database.read(lambda c: c.execute("SELECT count(*) FROM writes").fetchone())
    saved = employer_editing.save(listed, employer(listed), {"name": NAME, "signboard": " "})
    assert (saved.write, saved.changed) == (None, ())
    after = listed.database.read(lambda c: c.execute("SELECT count(*) FROM writes").fetchone())
    assert before == after


@pytest.mark.parametrize(
    ("field", "text", "code"),
    [
        ("name", " ", "employer.unnamed"),
        ("name", "样?店", "employer.damaged_name"),
        ("uscc", "91210106MA000000", "uscc.length"),
        ("phone", "一二三", "phone.unknown"),
    ],
)
def test_a_wrong_field_is_told_at_the_field_and_saves_nothing(
    listed: Workspace, field: str, text: str, code: str
) -> None:
    row = employer(listed)
    for act in (
        lambda: employer_editing.check(listed, row, field, text),
        lambda: employer_editing.save(listed, row, {field: text, "grid": "009"}),
    ):
        with pytest.raises(InvalidInput) as refused:
            act()
        assert (refused.value.code, refused.value.field) == (code, field)
    assert own(card.card(listed, row), "grid") == ""


def test_a_code_belongs_to_one_unit(listed: Workspace) -> None:
    code = valid_code("91219900MA0000001")
    employer_editing.save(listed, employer(listed), {"uscc": code})
    with pytest.raises(InvalidInput) as refused:
        employer_editing.save(listed, employer(listed, OTHER), {"uscc": code.lower()})
    assert refused.value.code == "employer.code_taken"
    assert NAME in refused.value.sentence()


def test_an_address_gives_a_place_to_a_unit_without_one(listed: Workspace) -> None:
    row = employer(listed, OTHER)
    saved = employer_editing.save(listed, row, {"address": "沈阳市铁西区工人村街道兴工街8号"})
    assert card.card(listed, row).place == "工人村街道 兴工街 8号"
    assert saved.write is not None
    undoing.take_back(listed, saved.write)
    assert "兴工街" not in card.card(listed, row).place


def test_a_merged_unit_shows_the_one_that_is_kept(listed: Workspace) -> None:
    kept, duplicate = employer(listed), employer(listed, OTHER)
    recording.record_visit(listed, VisitOrder(duplicate, Outcome.NOBODY))
    merging.merge(listed, "employer", duplicate, kept)
    shown = card.card(listed, duplicate)
    assert shown.id == kept
    assert [visit.outcome for visit in shown.visits] == ["无人"]


def test_a_card_outside_the_scope_or_out_of_use_is_not_shown(listed: Workspace) -> None:
    row = employer(listed)
    account = listed.account
    elsewhere = Account(account.id, account.name, "collector", "210105")
    other = Workspace(listed.database, elsewhere, listed.office)
    for act in (card.card, card.reveal_phone):
        with pytest.raises(NotAllowed):
            act(other, row)
    with pytest.raises(NotAllowed):
        employer_editing.save(other, row, {"grid": "1"})
    with pytest.raises(NotFound):
        card.card(listed, b"0" * 16)
