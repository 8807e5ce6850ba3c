"""单位: found, opened, edited and left by keyboard, over a real office."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from organizer.services import undoing
from organizer.services.employers import listing
from organizer.services.employers.listing import Order, UnitFilter
from organizer.services.workspace import Workspace
from organizer.ui.actions import check_table
from organizer.ui.employers.screen import EmployersScreen
from organizer.ui.notices import Notices
from organizer.ui.runner import Runner
from organizer.ui.session import Session
from organizer.ui.theme import Theme
from tests.ui.employers.conftest import (
    UNIT,
    compose,
    employer,
    opened,
    part,
    shown,
    texts,
    wait_for_card,
)


def test_the_work_starts_in_the_search_line(screen: EmployersScreen, session: Session) -> None:
    assert screen.filter_bar.line.hasFocus()
    everybody = listing.employer_numbers(session.workspace, UnitFilter(), Order())
    assert screen.model.rowCount() == len(everybody.rows)
    count = f"共 {len(everybody.rows)} 家，本批次未访 {len(everybody.rows)} 家"
    assert count in texts(screen)
    check_table(screen.actions_table())


def test_a_unit_is_found_by_initials_and_its_card_tells_what_to_do(
    qtbot: QtBot, screen: EmployersScreen, session: Session
) -> None:
    opened(qtbot, screen)
    said = texts(screen.card_panel)
    assert "现在就可以单独或联合建会，或选举组织员" in said
    assert "还没有走访过" in said
    asked: list[tuple[str, object]] = []
    screen.go.connect(lambda name, record: asked.append((name, record)))
    qtbot.mouseClick(part(screen, QPushButton, "to-survey"), Qt.MouseButton.LeftButton)
    qtbot.mouseClick(part(screen, QPushButton, "to-signup"), Qt.MouseButton.LeftButton)
    row = employer(session)
    assert asked == [("survey", row), ("signup", row)]
    screen.card_panel.focus_first()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert screen.card_panel.isHidden()
    assert screen.table.hasFocus()


def test_the_card_follows_the_cursor(qtbot: QtBot, screen: EmployersScreen) -> None:
    everybody = screen.model.rowCount()
    compose(screen.filter_bar.line, "样禾")
    qtbot.waitUntil(lambda: 1 < screen.model.rowCount() < everybody)
    qtbot.keyClick(screen.filter_bar.line, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: screen.model.id_at(0) is not None)
    qtbot.keyClick(screen.table, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: screen.card_panel.card is not None)
    second = screen.model.index(1, 0).data()
    screen.table.setFocus()
    qtbot.keyClick(screen.table, Qt.Key.Key_Down)
    wait_for_card(qtbot, screen, second)


def test_a_phone_is_masked_until_asked_for_and_again_on_leaving(
    qtbot: QtBot, screen: EmployersScreen, session: Session
) -> None:
    opened(qtbot, screen)
    phone = part(screen, QLabel, "employer-phone")
    masked = phone.text()
    assert masked[3:7] == "****"
    qtbot.mouseClick(part(screen, QPushButton, "reveal-phone"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: phone.text().isdigit())
    noted = session.workspace.database.read(
        lambda c: c.execute(
            "SELECT count(*) FROM audit WHERE action = 'employer.reveal'"
        ).fetchone()[0]
    )
    assert noted == 1
    assert screen.card_panel._hiding.remainingTime() > 29_000
    screen.leave()
    assert phone.text() == masked
    qtbot.mouseClick(part(screen, QPushButton, "reveal-phone"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: phone.text().isdigit())
    screen.card_panel._hiding.timeout.emit()
    assert phone.text() == masked


def test_fields_are_edited_checked_saved_and_taken_back(
    qtbot: QtBot, screen: EmployersScreen, session: Session
) -> None:
    opened(qtbot, screen)
    screen.card_panel.edit()
    assert part(screen, QLineEdit, "name").hasFocus()
    qtbot.keyClick(part(screen, QLineEdit, "name"), Qt.Key.Key_Return)
    sign = part(screen, QLineEdit, "signboard")
    assert sign.hasFocus()
    compose(sign, "样禾商店")
    qtbot.keyClick(sign, Qt.Key.Key_Return)
    code = part(screen, QLineEdit, "uscc")
    assert code.hasFocus()
    good = code.text()
    code.selectAll()
    qtbot.keyClicks(code, good[:-1])
    qtbot.keyClick(code, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "应为18位" in texts(screen.card_panel))
    assert code.property("state") == "wrong"
    code.setFocus()
    code.selectAll()
    qtbot.keyClicks(code, good.lower())
    offered: list[tuple[str, object]] = []
    screen.offer.connect(lambda said, undo: offered.append((said, undo)))
    qtbot.mouseClick(part(screen, QPushButton, "save-employer"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(offered))
    assert offered[0][0].startswith("已保存。")
    qtbot.waitUntil(lambda: "样禾商店" in texts(screen.card_panel))
    undo = offered[0][1]
    assert callable(undo)
    with qtbot.waitSignal(screen.say):
        undo()
    qtbot.waitUntil(lambda: "样禾商店" not in texts(screen.card_panel))


def test_escape_leaves_the_form_without_losing_what_was_typed(
    qtbot: QtBot, screen: EmployersScreen, session: Session
) -> None:
    opened(qtbot, screen)
    screen.card_panel.edit()
    sign = part(screen, QLineEdit, "signboard")
    sign.setFocus()
    compose(sign, "写了一半")
    qtbot.keyClick(sign, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: screen.card_panel._form is None)
    assert screen.card_panel.isVisible()
    qtbot.waitUntil(lambda: drafts(session) == 1)
    screen.card_panel.edit()
    # findChild would also see the old form until it is gone.
    form = screen.card_panel._form
    assert form is not None
    qtbot.waitUntil(lambda: form.fields["signboard"].text == "写了一半")
    form.save()
    qtbot.waitUntil(lambda: "写了一半" in texts(screen.card_panel))
    qtbot.waitUntil(lambda: drafts(session) == 0)


def drafts(session: Session) -> int:
    count = session.workspace.database.read(
        lambda c: c.execute("SELECT count(*) FROM draft").fetchone()[0]
    )
    return int(count)


def test_an_arrival_with_a_record_opens_it_even_under_a_filter(
    qtbot: QtBot, screen: EmployersScreen, session: Session
) -> None:
    compose(screen.filter_bar.line, "没有这样的单位")
    qtbot.waitUntil(lambda: screen._nothing.isVisible())
    screen.arrive(employer(session))
    wait_for_card(qtbot, screen)
    screen.filter_bar.clear()
    qtbot.waitUntil(lambda: screen.table.currentIndex().data() == UNIT)
    assert (
        screen.table.viewport()
        .rect()
        .contains(screen.table.visualRect(screen.table.currentIndex()).center())
    )


def test_a_unit_taken_out_of_use_meanwhile_closes_its_card(
    qtbot: QtBot, screen: EmployersScreen, bar: object
) -> None:
    screen.arrive(b"0" * 16)
    qtbot.waitUntil(lambda: screen.card_panel.isHidden())
    assert "没有编号为" in bar.said[-1]  # type: ignore[attr-defined]


@pytest.mark.parametrize("scale", [1.0, 1.75])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_scrolls_sideways_at_any_type_size(
    qtbot: QtBot, screen: EmployersScreen, session: Session, scale: float, scheme: str
) -> None:
    session.theme.choose(scale=scale, scheme=scheme)
    screen.arrive(employer(session))
    wait_for_card(qtbot, screen)
    for act in (screen.card_panel.edit, screen.card_panel.leave, screen.close_card):
        screen.grab()
        assert screen.minimumSizeHint().width() <= 1294
        assert screen.table.horizontalScrollBar().maximum() == 0
        assert screen.card_panel._scroll.horizontalScrollBar().maximum() == 0
        act()
    session.theme.choose(scale=1.0, scheme="light")


def test_where_it_is_narrow_the_card_covers_the_list(
    qtbot: QtBot, screen: EmployersScreen, session: Session
) -> None:
    screen.arrive(employer(session))
    wait_for_card(qtbot, screen)
    assert screen.table.isVisible()
    screen.resize(800, 600)
    qtbot.waitUntil(lambda: not screen.table.isVisible())
    assert screen.card_panel.isVisible()
    bar = screen.card_panel._scroll.verticalScrollBar()
    screen.card_panel.focus_first()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_PageDown)
    assert bar.value() > 0
    screen.close_card()
    assert screen.table.isVisible()
    assert screen.filter_bar.isVisible()


def test_a_list_can_be_dropped_and_taken_back(
    qtbot: QtBot, screen: EmployersScreen, session: Session, tmp_path: Path
) -> None:
    before = screen.model.rowCount()
    path = tmp_path / "新名单.csv"
    path.write_text("单位名称\n新来的样店\n", encoding="utf-8")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    drop = QDropEvent(
        QPointF(10, 10),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    screen.dropEvent(drop)
    assert screen.import_panel.isVisible()
    qtbot.mouseClick(part(screen, QPushButton, "begin-import"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: screen.model.rowCount() == before + 1)
    undoing.take_back(session.workspace)
    session.touched.emit()
    qtbot.waitUntil(lambda: screen.model.rowCount() == before)


def test_an_empty_office_is_told_how_to_begin(
    qtbot: QtBot, qapp: QApplication, office: Workspace, bar: object
) -> None:
    parent = QWidget()
    theme = Theme(qapp, 1.0, "light")
    notices = Notices(bar, parent, lambda error: pytest.fail(str(error)))  # type: ignore[arg-type]
    runner = Runner(notices.present)
    empty = shown(qtbot, Session(office, runner, theme, notices))
    assert empty._empty.isVisible()
    assert not empty.table.isVisible()
    assert part(empty, QPushButton, "first-import").isVisible()
    runner.shut_down()
