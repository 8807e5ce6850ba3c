"""工会 in a window: the tree, the page of one, everything by keyboard, over a real office."""

import os
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from organizer.domain.access import Role
from organizer.domain.signup import Typed
from organizer.services import finding
from organizer.services.members import signup
from organizer.services.members.signup import SignupOrder
from organizer.services.unions import covering, keeping, officers, union_card
from organizer.services.unions.keeping import UnionOrder
from organizer.ui.session import Session
from organizer.ui.unions.screen import COVER, DUE, UnionsScreen
from tests.support.joiners import WITH_ID, approve
from tests.support.sitting import acting_as, show

UNIT = "沈阳样禾供应链管理有限公司"
NAME = "沈阳样禾供应链管理有限公司工会委员会"
JOINT = "工人村街道样例商圈联合工会"
COMMUNITY = "210106003006"
Key = Qt.Key


@pytest.fixture
def joint(session: Session) -> bytes:
    """A joint union with officers, units, members, and a certificate that soon ends."""
    workspace = session.workspace
    typed = {
        "name": JOINT, "org_type": "2", "org_form": "5", "founded_on": "2023-03-07",
        "approval_no": "样工〔2023〕3号", "term_from": "2023-03-07", "term_years": "3",
        "phone": "13900001111",
    }  # fmt: skip
    union = keeping.add(workspace, UnionOrder(typed, COMMUNITY))
    for name, post in (("甲样", "主席"), ("乙样", "委员"), ("丙样", "经审会主任")):
        typed = {"name": name, "post": post, "since_on": "2023-03-07"}
        officers.appoint(workspace, union, typed)
    units = [hit.id for hit in finding.find(workspace, "沈阳", 4, "employer")]
    covering.cover(workspace, units, union, "2")
    for one in WITH_ID:
        order = SignupOrder(Typed(*one), employer=units[0], union_org=union)
        approve(workspace, [signup.sign_up(workspace, order).membership])
    return union


def shown(qtbot: QtBot, session: Session, record: object = None, width: int = 1294) -> UnionsScreen:
    screen = show(qtbot, UnionsScreen(session), record, width)
    qtbot.waitUntil(lambda: screen.model.rowCount() > 0 or not screen._empty.isHidden())
    return screen


def opened(qtbot: QtBot, session: Session, union: bytes, width: int = 1294) -> UnionsScreen:
    screen = shown(qtbot, session, union, width)
    wait_for(qtbot, screen, union)
    return screen


def wait_for(qtbot: QtBot, screen: UnionsScreen, union: bytes) -> None:
    qtbot.waitUntil(lambda: screen.page.card is not None and screen.page.card.id == union)


def texts(widget: QWidget) -> str:
    parts = [*widget.findChildren(QLabel), *widget.findChildren(QPushButton)]
    return "\n".join(part.text() or part.accessibleName() for part in parts if part.isVisible())


def typed(qtbot: QtBot, field: QWidget, text: str) -> None:
    """Write into a field and go on with Enter."""
    line = field if isinstance(field, QLineEdit) else field.findChild(QLineEdit)
    assert line is not None
    line.setFocus()
    line.selectAll()
    # As an input method does.
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(line, event)
    qtbot.keyClick(line, Key.Key_Return)


def offered(screen: UnionsScreen) -> list[tuple[str, Callable[[], None]]]:
    told: list[tuple[str, Callable[[], None]]] = []
    screen.offer.connect(lambda said, undo: told.append((said, undo)))
    return told


def test_the_tree_is_walked_filtered_and_copied_by_keyboard(
    qtbot: QtBot, session: Session, joint: bytes
) -> None:
    screen = shown(qtbot, session)
    qtbot.waitUntil(lambda: screen.model.id_at(0) is not None)
    names = [screen.model.index(row, 0).data() for row in range(screen.model.rowCount())]
    assert [name.count("\N{EM SPACE}") for name in names] == [0, 1, 2, 3, 4, 5]
    assert names[0] == "辽宁省总工会" and names[-1].strip() == JOINT
    qtbot.waitUntil(lambda: screen.page.card is not None)
    qtbot.keyClick(screen.table, Key.Key_End)
    # The page follows the cursor.
    wait_for(qtbot, screen, joint)
    screen.table.copy()
    assert QApplication.clipboard().text().split("\t")[:3] == [names[-1], "3", "4"]
    screen.filter_bar.begin()
    qtbot.keyClicks(screen.filter_bar.line, "grcjdylsq")
    qtbot.waitUntil(lambda: screen.model.rowCount() == 1)
    qtbot.keyClick(screen.filter_bar.line, Key.Key_Return)
    assert screen.table.hasFocus()
    screen.filter_bar.clear()
    screen.table.show_sorting("members", descending=True)
    screen.table.sorted.emit("members", True)
    qtbot.waitUntil(lambda: screen.model.id_at(0) == joint)
    screen.filter_bar.line.setText("没有这样的")
    qtbot.waitUntil(lambda: "没有符合条件的工会" in texts(screen))


def test_the_page_tells_what_is_due_and_who_counts(
    qtbot: QtBot, session: Session, joint: bytes
) -> None:
    screen = opened(qtbot, session, joint)
    said = texts(screen)
    assert all(
        word in said
        for word in (
            JOINT,
            "请准备换届",
            "还缺：",
            "会员 3 人（正式 3",
            "不计入会员",
            "劳模社区联合工会",
        )
    )
    assert "139****1111" in said and "13900001111" not in said
    assert screen.page.body is not None
    rows = screen.page.body.officers.rows
    assert [rows.index(row, 1).data() for row in range(rows.rowCount())] == ["甲样", "乙样", "丙样"]
    screen.page.reveal()
    qtbot.waitUntil(lambda: "13900001111" in texts(screen))
    screen.leave()
    assert "13900001111" not in texts(screen)
    with qtbot.waitSignal(screen.go) as gone:
        qtbot.keyClick(screen.page.body.units, Key.Key_Return)
    assert gone.args[0] == "employers"
    # Up the tree with one key, and back to the list.
    above = union_card.card(session.workspace, joint).above[-1]
    link = screen.findChild(QPushButton, f"union-{above.id.hex()}")
    assert link is not None
    link.setFocus()
    qtbot.keyClick(link, Key.Key_Space)
    wait_for(qtbot, screen, above.id)
    qtbot.keyClick(screen, Key.Key_Escape)
    assert screen.table.hasFocus()


def test_a_union_is_made_edited_and_taken_back_with_errors_at_the_field(
    qtbot: QtBot, session: Session
) -> None:
    screen = shown(qtbot, session)
    told = offered(screen)
    screen.new()
    form = screen.page.new_form
    typed(qtbot, form.by_name["name"], NAME)
    form.by_name["term_from"].line.setText("2026-01-05")
    form.by_name["term_years"].line.setText("4")
    form.confirm()
    qtbot.waitUntil(lambda: "三年或五年" in texts(form))
    assert form.by_name["term_years"].hasFocus() or form.by_name["term_years"].line.hasFocus()
    assert form.by_name["name"].text == NAME
    form.by_name["term_years"].line.setText("3")
    form.confirm()
    qtbot.waitUntil(lambda: bool(told) and "已建立" in told[0][0])
    union = finding.union_by_name(session.workspace, NAME)
    assert union is not None
    screen.open(union)
    wait_for(qtbot, screen, union)
    screen.begin("edit")
    edit = screen.page.edit_form
    assert edit.by_name["term_until"].text == "2029-01-05"
    for name, wrong, says in (
        ("term_until", "2025-01-05", "不能在 2025-01-05 届满"),
        ("uscc", "91210106MA0000000X", "证照"),
    ):
        right = edit.by_name[name].text
        edit.by_name[name].line.setText(wrong)
        edit.confirm()
        qtbot.waitUntil(lambda says=says: says in texts(edit))
        edit.by_name[name].line.setText(right)
    edit.by_name["approval_no"].line.setText("样工〔2026〕8号")
    edit.confirm()
    qtbot.waitUntil(lambda: len(told) == 2 and screen.page.form is None)
    qtbot.waitUntil(lambda: "样工〔2026〕8号" in texts(screen))
    told[1][1]()
    qtbot.waitUntil(lambda: "样工〔2026〕8号" not in texts(screen.page.body or screen))
    other = finding.find(session.workspace, "工人村街道总工会", 1, "union_org")[0]
    screen.begin("under")
    under = screen.page.under_form
    under.goal.set_choice(other.id, other.name)
    under.confirm()
    qtbot.waitUntil(lambda: len(told) == 3)
    assert union_card.card(session.workspace, union).above[-1].id == other.id
    screen.open(other.id)
    wait_for(qtbot, screen, other.id)
    screen.begin("under")
    under.goal.set_choice(union, NAME)
    under.confirm()
    qtbot.waitUntil(lambda: "不能再做它的上级" in texts(under))
    screen.page.leave_form()
    screen.open(union)
    wait_for(qtbot, screen, union)
    screen.begin("close")
    screen.page.close_form.confirm()
    qtbot.waitUntil(lambda: len(told) == 4 and "已撤销" in told[3][0])
    qtbot.waitUntil(lambda: screen.page.card is None)


def test_officers_come_go_and_are_elected_by_keyboard(
    qtbot: QtBot, session: Session, joint: bytes
) -> None:
    screen = opened(qtbot, session, joint)
    told = offered(screen)
    screen.begin("officer")
    form = screen.page.officer_form
    qtbot.waitUntil(form.post.line.hasFocus)
    # The digit takes the post, the name is written, the rest goes by Enter.
    qtbot.keyClick(form.post.line, Key.Key_1)
    typed(qtbot, form.name, "丁样")
    form.confirm()
    qtbot.waitUntil(lambda: "一个工会只有一位" in texts(form))
    form.post.set_code("3")
    form.since.line.setText("2099-01-01")
    form.confirm()
    qtbot.waitUntil(lambda: "还没有到" in texts(form))
    form.since.line.setText("2024-01-01")
    form.confirm()
    qtbot.waitUntil(lambda: len(told) == 1 and screen.page.form is None)
    qtbot.waitUntil(lambda: _officers(screen) == ["甲样", "乙样", "丁样", "丙样"])
    screen.begin("officer-end")
    screen.page.end_form.confirm()
    qtbot.waitUntil(lambda: _officers(screen) == ["乙样", "丁样", "丙样"])
    screen.begin("officer-edit")
    assert form.name.text == "乙样"
    form.engaged.set_code("part")
    form.confirm()
    qtbot.waitUntil(lambda: len(told) == 3 and screen.page.form is None)
    screen.begin("elect")
    elect = screen.page.elect_form
    assert elect.names.text == "委员 乙样、丁样 经审会主任 丙样"
    elect.names.line.setText("乙样 主席")
    elect.years.set_code("5")
    elect.confirm()
    qtbot.waitUntil(lambda: "前面没有职务" in texts(elect))
    elect.names.line.setText("主席 乙样 委员 丁样、戊样")
    elect.confirm()
    qtbot.waitUntil(lambda: _officers(screen) == ["乙样", "丁样", "戊样"])
    told[-1][1]()
    qtbot.waitUntil(lambda: _officers(screen) == ["乙样", "丁样", "丙样"])


def _officers(screen: UnionsScreen) -> list[str]:
    body = screen.page.body
    return (
        [body.officers.rows.index(n, 1).data() for n in range(body.officers.rows.rowCount())]
        if body
        else []
    )


def test_units_are_covered_and_let_go_from_the_page_and_from_their_cards(
    qtbot: QtBot, session: Session, joint: bytes
) -> None:
    screen = opened(qtbot, session, joint)
    told = offered(screen)
    workspace = session.workspace
    unit = finding.employer_by_name(workspace, UNIT)
    assert unit is not None
    screen.begin("cover")
    form = screen.page.cover_form
    assert form.kind.value == "2"
    form.confirm()
    qtbot.waitUntil(lambda: "请至少选一家" in texts(form))
    qtbot.keyClicks(form.unit.line, "syyhgylglyxgs")
    qtbot.keyClick(form.unit.line, Key.Key_Return)
    qtbot.waitUntil(lambda: unit in form.chosen)
    # Half done it is kept: the form is left and opened again.
    screen.page.leave_form()
    screen.begin("cover")
    qtbot.waitUntil(lambda: unit in form.chosen)
    form.day.line.setText("2026-01-05")
    form.confirm()
    qtbot.waitUntil(lambda: len(told) == 1 and screen.page.form is None)
    assert covering.covered(workspace, unit).since_on == "2026-01-05"
    # From the card of the unit: another union, then none; each time back to where one came from.
    other = keeping.add(workspace, UnionOrder({"name": NAME, "org_type": "1"}, COMMUNITY))
    screen.arrive((COVER, {unit: UNIT}))
    form.goal.set_choice(other, NAME)
    form.kind.set_code("1")
    form.day.line.setText("2025-01-05")
    form.confirm()
    qtbot.waitUntil(lambda: "不能写成 2025-01-05" in texts(form))
    form.day.line.setText("2026-02-05")
    with qtbot.waitSignal(screen.back):
        form.confirm()
    now = covering.covered(workspace, unit)
    assert (now.union, now.kind, [one.until_on for one in now.history]) == (
        other, "1", ["", "2026-02-05"],
    )  # fmt: skip
    screen.arrive(("uncover", {unit: UNIT}))
    with qtbot.waitSignal(screen.back):
        screen.page.uncover_form.confirm()
    assert covering.covered(workspace, unit).kind == covering.FALLBACK


def test_what_is_due_is_listed_and_who_only_looks_changes_nothing(
    qtbot: QtBot, session: Session, joint: bytes
) -> None:
    screen = shown(qtbot, session, DUE)
    qtbot.waitUntil(lambda: screen.model.rowCount() == 1 and screen.model.id_at(0) == joint)
    screen.close()
    with acting_as(session, Role.COLLECTOR):
        screen = opened(qtbot, session, joint)
        visible = {one.objectName() for one in screen.findChildren(QPushButton) if one.isVisible()}
        assert not {name for name in visible if name.startswith(("union-edit", "new-union"))}
        screen.begin("edit")
        assert screen.page.form is None


@pytest.mark.parametrize(("scale", "width"), [(1.0, 1294), (1.75, 1240), (1.75, 700)])
def test_nothing_scrolls_sideways(
    qtbot: QtBot, session: Session, joint: bytes, scale: float, width: int
) -> None:
    keeping.edit(session.workspace, joint, {"name": "样" * 60})
    session.theme.choose(scale=scale)
    screen = opened(qtbot, session, joint, width)
    for area in screen.page.findChildren(QScrollArea):
        if area.isVisible() and area.widget() is not None:
            qtbot.waitUntil(lambda area=area: area.widget().width() <= area.viewport().width())
    assert screen.minimumSizeHint().width() <= width
    if folder := os.environ.get("ORGANIZER_SHOTS"):
        screen.grab().save(f"{folder}/unions{scale}-{width}.png")
