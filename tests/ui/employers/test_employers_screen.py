"""单位: found, opened, edited and left by keyboard, over a real office."""

from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication, QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from organizer import paths, settings
from organizer.domain.visit import Outcome
from organizer.services import finding, undoing
from organizer.services.employers import listing
from organizer.services.employers.listing import Order, UnitFilter
from organizer.services.survey import recording
from organizer.services.survey.recording import VisitOrder
from organizer.services.workspace import Workspace
from organizer.ui.actions import check_table
from organizer.ui.employers.columns import read_layout, read_order
from organizer.ui.employers.screen import EmployersScreen
from organizer.ui.notices import Notices
from organizer.ui.runner import Runner
from organizer.ui.session import Session
from organizer.ui.theme import Theme
from tests.support.model_watch import watch

UNIT = "沈阳样禾供应链管理有限公司"
Kind = TypeVar("Kind", bound=QWidget)
INITIALS = "syyhgylglyxgs"


@pytest.fixture
def screen(qtbot: QtBot, session: Session) -> EmployersScreen:
    return shown(qtbot, session)


def shown(qtbot: QtBot, session: Session, width: int = 1294, height: int = 716) -> EmployersScreen:
    made = EmployersScreen(session)
    qtbot.addWidget(made)
    made.resize(width, height)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.arrive()
    qtbot.waitUntil(lambda: made.model.rowCount() > 0 or not made._empty.isHidden())
    return made


def employer(session: Session) -> bytes:
    found = finding.employer_by_name(session.workspace, UNIT)
    assert found is not None
    return found


def wait_for_card(qtbot: QtBot, screen: EmployersScreen, name: str = UNIT) -> None:
    def here() -> bool:
        card = screen.card_panel.card
        return card is not None and card.name == name and screen.card_panel.isVisible()

    qtbot.waitUntil(here)


def opened(qtbot: QtBot, screen: EmployersScreen) -> None:
    """Find the unit by its initials and open it, as a person does."""
    qtbot.keyClicks(screen.filter_bar.line, INITIALS)
    qtbot.waitUntil(lambda: screen.model.rowCount() == 1)
    qtbot.keyClick(screen.filter_bar.line, Qt.Key.Key_Return)
    assert screen.table.hasFocus()
    qtbot.waitUntil(lambda: screen.model.id_at(0) is not None)
    qtbot.keyClick(screen.table, Qt.Key.Key_Return)
    wait_for_card(qtbot, screen)


def part(screen: QWidget, kind: type[Kind], name: str) -> Kind:
    found = screen.findChild(kind, name)
    assert found is not None, name
    return found


def compose(widget: QWidget, text: str) -> None:
    """Type hanzi as an input method does."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(widget, event)


def texts(screen: QWidget) -> str:
    return "\n".join(made.text() for made in screen.findChildren(QLabel))


def test_the_work_starts_in_the_search_line(screen: EmployersScreen, session: Session) -> None:
    assert screen.filter_bar.line.hasFocus()
    everybody = listing.employer_numbers(session.workspace, UnitFilter(), Order())
    assert screen.model.rowCount() == len(everybody.rows)
    count = f"共 {len(everybody.rows)} 家，本批次未访 {len(everybody.rows)} 家"
    assert count in texts(screen)
    check_table(screen.actions_table())


def test_the_list_is_sound(qtbot: QtBot, screen: EmployersScreen) -> None:
    watch(screen.model)
    everybody = screen.model.rowCount()
    compose(screen.filter_bar.line, "样禾")
    qtbot.waitUntil(lambda: 1 < screen.model.rowCount() < everybody)
    screen.filter_bar.clear()
    qtbot.waitUntil(lambda: screen.model.rowCount() == everybody)


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


def test_filters_narrow_the_list_and_are_taken_off_by_one_button(
    qtbot: QtBot, screen: EmployersScreen, session: Session
) -> None:
    everybody = screen.model.rowCount()
    recording.record_visit(session.workspace, VisitOrder(employer(session), Outcome.MET))
    session.touched.emit()
    screen.filter_bar.unvisited.setChecked(True)
    qtbot.waitUntil(lambda: screen.model.rowCount() == everybody - 1)
    assert f"符合条件的 {everybody - 1} 家" in texts(screen)
    screen.filter_bar._band.setCurrentIndex(screen.filter_bar._band.findData("200-"))
    wanted = UnitFilter(band="200-", unvisited=True)
    large = listing.employer_numbers(session.workspace, wanted, Order())
    qtbot.waitUntil(lambda: screen.model.rowCount() == len(large.rows))
    compose(screen.filter_bar.line, "没有这样的单位")
    qtbot.waitUntil(lambda: screen._nothing.isVisible())
    qtbot.mouseClick(part(screen, QPushButton, "clear-filter"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: screen.model.rowCount() == everybody)
    assert screen.table.isVisible()


def test_typing_in_the_list_goes_to_the_filter(qtbot: QtBot, screen: EmployersScreen) -> None:
    screen.table.setFocus()
    qtbot.keyClick(screen.table, "s")
    assert screen.filter_bar.line.hasFocus()
    qtbot.keyClicks(screen.filter_bar.line, INITIALS[1:])
    qtbot.waitUntil(lambda: screen.model.rowCount() == 1)


def test_rows_are_copied_as_text_with_masked_phones(qtbot: QtBot, screen: EmployersScreen) -> None:
    screen.table.choose_columns(("name", "phone"))
    qtbot.keyClicks(screen.filter_bar.line, INITIALS)
    qtbot.waitUntil(lambda: screen.model.rowCount() == 1 and screen.model.id_at(0) is not None)
    said: list[str] = []
    screen.say.connect(said.append)
    screen.table.setFocus()
    qtbot.keyClick(screen.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    name, phone = QGuiApplication.clipboard().text().split("\t")
    assert name == UNIT
    assert phone[3:7] == "****"
    assert said == ["已复制 1 行。"]


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


def test_headings_sort(qtbot: QtBot, screen: EmployersScreen, session: Session) -> None:
    header = screen.table.horizontalHeader()
    at = QPoint(header.sectionViewportPosition(1) + 20, header.height() // 2)
    for _ in range(2):
        qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=at)
    largest = listing.employer_numbers(
        session.workspace, UnitFilter(), Order("staff_total", descending=True)
    )
    qtbot.waitUntil(lambda: screen.model.number_at(0) == largest.rows[0])


def test_columns_and_order_are_remembered_on_this_machine(
    qtbot: QtBot, screen: EmployersScreen, session: Session
) -> None:
    header = screen.table.horizontalHeader()
    menu = screen.table.columns_menu()
    contact = next(action for action in menu.actions() if action.text() == "联系人")
    contact.trigger()
    header.moveSection(header.visualIndex(columns_of(screen).index("contact")), 1)
    header.resizeSection(columns_of(screen).index("staff_total"), 96)
    screen.leave()
    by = next(action for action in menu.actions() if action.menu() is not None).menu()
    next(action for action in by.actions() if action.text() == "职工").trigger()
    next(action for action in by.actions() if action.text() == "职工").trigger()
    kept = "name contact staff_total:96 lamps union_state place last_visit"

    def remembered() -> bool:
        seen = settings.read(paths.settings_file())
        return (seen.employer_columns, seen.employer_order) == (kept, "staff_total down")

    qtbot.waitUntil(remembered)
    again = shown(qtbot, session)
    assert again.table.arrangement == screen.table.arrangement
    assert again.table.horizontalHeader().visualIndex(columns_of(again).index("contact")) == 1
    first = again.model.number_at(0)
    assert first == screen.model.number_at(0)
    (biggest,) = listing.employer_rows(session.workspace, [first or 0], ["staff_total"]).values()
    by_hand = listing.employer_numbers(
        session.workspace, UnitFilter(), Order("staff_total", descending=True)
    )
    assert by_hand.rows[0] == first and biggest[1] != [""]


def columns_of(screen: EmployersScreen) -> list[str]:
    return [column.key for column in screen.model.columns]


@pytest.mark.parametrize(
    "words", ["", "nonsense", "name phone:0 phone:abc", "staff_total:99999999"]
)
def test_whatever_stands_in_the_settings_there_are_columns(words: str) -> None:
    shown_columns = read_layout(words)
    assert shown_columns[0] == ("name", 0) and len(shown_columns) > 1
    assert read_order(words) == Order()


def test_the_lamps_cannot_be_sorted_by(qtbot: QtBot, screen: EmployersScreen) -> None:
    header = screen.table.horizontalHeader()
    place = columns_of(screen).index("lamps")
    middle = header.sectionViewportPosition(place) + header.sectionSize(place) // 2
    with qtbot.assertNotEmitted(screen.table.sorted):
        qtbot.mouseClick(
            header.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(middle, header.height() // 2)
        )
    assert header.sortIndicatorSection() == columns_of(screen).index("name")
