"""重复记录 by keyboard, over a real office."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from organizer.domain import access
from organizer.domain.access import Role
from organizer.domain.signup import Typed
from organizer.services import duplicating, finding, merging, side_by_side
from organizer.services.members import person_card, signup
from organizer.services.members.signup import SignupOrder
from organizer.services.workspace import Workspace
from organizer.store.transaction import Write
from organizer.ui.duplicates.screen import DuplicatesScreen
from organizer.ui.session import Session
from tests.support.eyes import read
from tests.support.sitting import acting_as, show

UNIT = "沈阳样禾供应链管理有限公司"
NUMBER, PHONE, OTHER_PHONE = "219900199508173226", "19900070119", "19900070127"
LONG = "新疆样例伊犁哈萨克自治州农产品供应链管理与冷链物流配送服务股份有限公司驻沈阳办事处"
Key = Qt.Key


@pytest.fixture
def doubled(session: Session) -> dict[str, bytes]:
    """A person signed up twice, a unit listed twice."""
    office = session.workspace
    unit = finding.employer_by_name(office, UNIT)
    assert unit is not None
    one = signup.sign_up(office, SignupOrder(Typed("王样", NUMBER, PHONE), employer=unit))
    twin = signup.sign_up(
        office, SignupOrder(Typed("王样", "", OTHER_PHONE, born_on="1995-08-17"), employer=unit)
    )
    again = add(office, "employer", name="样禾供应链管理（沈阳）有限责任公司", remark="二楼")
    return {"unit": unit, "again": again, "one": one.person, "twin": twin.person}


def add(office: Workspace, table: str, **values: object) -> bytes:
    return office.database.write(
        office.intent(f"{table}.add"), lambda write: write.insert(table, values)
    )


def opened(
    qtbot: QtBot, session: Session, record: object = None, width: int = 1294
) -> DuplicatesScreen:
    screen = show(qtbot, DuplicatesScreen(session), record, width)
    qtbot.waitUntil(lambda: screen.model.rowCount() > 0)
    return screen


def pair(qtbot: QtBot, screen: DuplicatesScreen, *rows: bytes) -> None:
    def here() -> bool:
        shown = screen.page.comparison
        return shown is not None and {shown.one.id, shown.other.id} == set(rows)

    qtbot.waitUntil(here)


def press(qtbot: QtBot, key: Qt.Key) -> None:
    qtbot.keyClick(QApplication.focusWidget(), key)


def test_a_pair_is_compared_chosen_from_and_merged_and_the_next_comes(
    qtbot: QtBot, session: Session, doubled: dict[str, bytes]
) -> None:
    screen = opened(qtbot, session)
    pair(qtbot, screen, doubled["one"], doubled["twin"])
    qtbot.waitUntil(lambda: "会籍只留" in read(screen))
    text = read(screen)
    assert "很可能 90 分" in text and "名称相同（+40）" in text and "2 对" in text
    assert NUMBER not in text and PHONE not in text
    assert QApplication.focusWidget() is screen.table
    press(qtbot, Key.Key_Return)
    assert QApplication.focusWidget() is screen.page.fields
    # The first row differs; a digit turns it, an arrow turns it back.
    before = screen.page.fields.taken
    press(qtbot, Key.Key_1)
    turned = screen.page.fields.taken
    assert len(set(before) ^ set(turned)) == 1 and "● " in read(screen)
    (name,) = set(before) ^ set(turned)
    press(qtbot, Key.Key_Right if name in before else Key.Key_Left)
    assert screen.page.fields.taken == before
    screen.page.swap()
    qtbot.waitUntil(lambda: "取另一条的" in read(screen))
    screen.page.swap()
    _gone, kept = screen.page._ends(screen.page.comparison)
    assert kept.id == doubled["one"]
    with qtbot.waitSignal(screen.offer) as told:
        screen.page.merge()
    assert "已并入" in told.args[0]
    pair(qtbot, screen, doubled["unit"], doubled["again"])
    qtbot.waitUntil(lambda: "1 对" in read(screen))
    assert person_card.card(session.workspace, doubled["twin"]).id == doubled["one"]
    # The way back is to this step.
    with qtbot.waitSignal(screen.say) as said:
        told.args[1]()
    assert said.args == ["已撤销。"]
    qtbot.waitUntil(lambda: screen.model.rowCount() == 2)
    assert person_card.card(session.workspace, doubled["twin"]).id == doubled["twin"]


def test_what_is_not_one_is_not_offered_again(
    qtbot: QtBot, session: Session, doubled: dict[str, bytes]
) -> None:
    screen = opened(qtbot, session)
    screen.next_kind()
    pair(qtbot, screen, doubled["unit"], doubled["again"])
    with qtbot.waitSignal(screen.offer):
        screen.page.part()
    qtbot.waitUntil(lambda: "0 对" in read(screen))
    qtbot.waitUntil(lambda: "没有可能重复的记录" in read(screen))
    screen.next_kind()
    pair(qtbot, screen, doubled["one"], doubled["twin"])
    assert len(duplicating.candidates(session.workspace)) == 1


def test_the_other_one_of_a_record_is_named_by_pinyin(
    qtbot: QtBot, session: Session, doubled: dict[str, bytes]
) -> None:
    far = add(session.workspace, "employer", name=LONG)
    screen = opened(qtbot, session, ("employer", far))
    assert QApplication.focusWidget() is screen.other.line
    qtbot.waitUntil(lambda: LONG in read(screen))
    qtbot.keyClicks(screen.other.line, "syyhgyl")
    qtbot.waitUntil(lambda: screen.other.popup.isVisible())
    press(qtbot, Key.Key_Return)
    pair(qtbot, screen, far, doubled["unit"])
    assert "不像 " in read(screen)
    with qtbot.waitSignal(screen.page.opened) as gone:
        screen.page.open_kept()
    assert gone.args[1] in (far, doubled["unit"])
    # Without typing those that look alike are offered.
    screen.arrive(("employer", doubled["unit"]))
    qtbot.waitUntil(lambda: QApplication.focusWidget() is screen.other.line)
    press(qtbot, Key.Key_Down)
    qtbot.waitUntil(lambda: screen.other.popup.isVisible())
    press(qtbot, Key.Key_Return)
    pair(qtbot, screen, doubled["unit"], doubled["again"])


def test_a_merge_that_is_refused_says_what_to_do(
    qtbot: QtBot, session: Session, doubled: dict[str, bytes]
) -> None:
    office = session.workspace
    above = add(office, "union_org", name="样禾供应链工会联合会")
    below = add(office, "union_org", name="样禾供应链工会", parent=above)
    screen = opened(qtbot, session, ("union_org", above, below))
    pair(qtbot, screen, above, below)
    if side_by_side.compare(office, "union_org", above, below).kept == "one":
        screen.page.swap()
    qtbot.waitUntil(lambda: "上级工会" in read(screen))
    screen.page.merge()
    assert below in {one.id for one in finding.find(office, "样禾供应链工会") if one.id == below}
    screen.page.swap()
    qtbot.waitUntil(lambda: "可以撤销" in read(screen))


def test_a_late_change_is_told_and_taken_with_one_key(
    qtbot: QtBot, session: Session, doubled: dict[str, bytes]
) -> None:
    office = session.workspace
    merging.merge(office, "person", doubled["twin"], doubled["one"])

    def body(write: Write) -> bool:
        return write.set("person", doubled["twin"], {"phone": "19900070135"})

    office.database.write(office.intent("person.edit"), body)
    screen = opened(qtbot, session)
    qtbot.waitUntil(lambda: "合并后又有改动 1 处" in read(screen))
    assert "199****0135（现在是 199****0119）" in read(screen)
    with qtbot.waitSignal(screen.offer):
        screen.late.take()
    qtbot.waitUntil(lambda: "合并后又有改动" not in read(screen))


def test_who_may_not_review_is_offered_no_acts(qtbot: QtBot, session: Session) -> None:
    with acting_as(session, Role.COLLECTOR):
        screen = DuplicatesScreen(session)
        qtbot.addWidget(screen)
        assert not any(
            access.grants(Role.COLLECTOR, one.permission)
            for one in screen.actions_table()
            if one.permission is not None
        )


@pytest.mark.parametrize(("scale", "width"), [(1.0, 1294), (1.75, 1240), (1.75, 700)])
def test_nothing_scrolls_sideways(
    qtbot: QtBot, session: Session, doubled: dict[str, bytes], scale: float, width: int
) -> None:
    session.theme.choose(scale=scale)
    far = add(session.workspace, "employer", name=LONG, address="样" * 60, remark="注" * 80)
    screen = opened(qtbot, session, ("employer", far, doubled["unit"]), width)
    pair(qtbot, screen, far, doubled["unit"])
    qtbot.waitUntil(lambda: "可以撤销" in screen.page.plan.text())
    assert screen.minimumSizeHint().width() <= width and screen.width() == width
    bar = screen.page.fields.horizontalScrollBar()
    assert bar.maximum() == 0


def test_what_was_settled_is_taken_back_next_week_from_a_list(
    qtbot: QtBot, session: Session, doubled: dict[str, bytes]
) -> None:
    office = session.workspace
    merging.merge(office, "person", doubled["twin"], doubled["one"])
    duplicating.distinct(office, "employer", doubled["unit"], doubled["again"])
    screen = show(qtbot, DuplicatesScreen(session))
    qtbot.waitUntil(lambda: "没有可能重复的记录" in read(screen))
    screen.show_done()
    qtbot.waitUntil(lambda: screen.done.table.rows.rowCount() == 2)
    text = read(screen)
    assert "不是同一个" in text and "人：“王样”并入“王样”" in text
    with qtbot.waitSignal(screen.say) as said:
        screen.do()
    assert said.args == ["已撤销。"]
    qtbot.waitUntil(lambda: screen.done.table.rows.rowCount() == 1)
    screen.do()
    qtbot.waitUntil(lambda: screen.done.table.rows.rowCount() == 0)
    press(qtbot, Key.Key_Escape)
    qtbot.waitUntil(lambda: screen.model.rowCount() == 2)
    assert person_card.card(office, doubled["twin"]).id == doubled["twin"]
    qtbot.waitUntil(lambda: "很可能 90 分" in read(screen))
