"""The card of a unit: blocks, desk facts, photos, calls for many rows, and what a collector sees."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from organizer.domain.access import Role
from organizer.services.employers import card as cards
from organizer.services.survey import photos, recording, rounds
from organizer.services.survey.recording import VisitOrder
from organizer.services.survey.rounds import RoundOrder
from organizer.services.workspace import Workspace
from organizer.store import employers
from organizer.ui.employers.fact_form import FactForm
from organizer.ui.employers.screen import EmployersScreen
from organizer.ui.session import Session
from organizer.ui.widgets.photo_strip import PhotoStrip, PhotoView
from tests.ui.conftest import RecordingBar
from tests.ui.employers.conftest import employer, shown, wait_for_card

Key = Qt.Key


@pytest.fixture
def screen(qtbot: QtBot, session: Session) -> EmployersScreen:
    return shown(qtbot, session)


@pytest.fixture
def offered(screen: EmployersScreen) -> Iterator[list[tuple[str, object]]]:
    """What the toasts said, with their way back."""
    told: list[tuple[str, object]] = []
    screen.offer.connect(lambda said, undo: told.append((said, undo)))
    yield told


def texts(screen: EmployersScreen) -> str:
    body = screen.card_panel._scroll.widget()
    return "\n".join(label.text() for label in body.findChildren(QLabel))


def opened(qtbot: QtBot, screen: EmployersScreen, unit: bytes) -> None:
    screen.open(unit)
    wait_for_card(qtbot, screen)


def tell_insurance(workspace: Workspace, unit: bytes) -> None:
    workspace.database.write(
        workspace.intent("list.import"),
        lambda write: employers.observe(
            write, unit, {"staff_total": "62"}, source="insurance", on="2026-01-30"
        ),
    )


def test_facts_stand_in_their_blocks_and_who_reviews_sees_the_difference(
    qtbot: QtBot, session: Session, screen: EmployersScreen
) -> None:
    unit, workspace = employer(session), session.workspace
    told = {"staff_total": "40", "workers_congress": "yes", "employer_needs": "招工难"}
    recording.record_visit(workspace, VisitOrder(unit, "1", told))
    tell_insurance(workspace, unit)
    opened(qtbot, screen, unit)
    said = texts(screen)
    assert (
        said.index("基本情况")
        < said.index("\n40 人\n")
        < said.index("职代会")
        < said.index("招工难")
    )
    assert "口头 40 / 社保 62（2026-01-30）" in said and "25–99人" in said
    assert "按人数估计" in said


def test_who_collects_reads_nothing_of_other_departments(qtbot: QtBot, session: Session) -> None:
    unit, workspace = employer(session), session.workspace
    recording.record_visit(workspace, VisitOrder(unit, "1", {"staff_total": "40"}))
    tell_insurance(workspace, unit)
    workspace.account = replace(workspace.account, role=Role.COLLECTOR)
    screen = shown(qtbot, session)
    opened(qtbot, screen, unit)
    said = texts(screen)
    assert "40 人" in said and "62 人" not in said and "社保" not in said


def test_answers_of_the_round_before_are_marked(
    qtbot: QtBot, session: Session, screen: EmployersScreen
) -> None:
    unit, workspace = employer(session), session.workspace
    recording.record_visit(workspace, VisitOrder(unit, "1", {"staff_total": "40"}))
    rounds.close_round(workspace)
    rounds.open_round(workspace, RoundOrder("下一批次"))
    workspace.database.write(
        workspace.intent("list.import"),
        lambda write: employers.observe(
            write, unit, {"member_count": "3"}, source="market", on="2026-01-01"
        ),
    )
    opened(qtbot, screen, unit)
    assert "待确认 · 名单 · 2026-01-01" in texts(screen)


def test_a_fact_is_told_at_the_desk_by_keyboard_and_taken_back(
    qtbot: QtBot, session: Session, screen: EmployersScreen, offered: list[tuple[str, object]]
) -> None:
    unit = employer(session)
    opened(qtbot, screen, unit)
    screen.card_panel.tell()
    form = screen.card_panel._form
    assert isinstance(form, FactForm)
    form.save()
    assert "先选一项" in form.fact.line.accessibleDescription()
    form.fact.set_code("staff_total")
    form._on_fact()
    form.value.set_text("几十")
    form.save()
    qtbot.waitUntil(lambda: "不是人数" in form.value.line.accessibleDescription())
    form.value.set_text("20000")
    form.save()
    assert "很少见" in form.value.line.accessibleDescription()
    form.value.set_text("320")
    form.save()
    qtbot.waitUntil(lambda: bool(offered))
    qtbot.waitUntil(lambda: "320 人" in texts(screen))
    assert "书面" in texts(screen)
    undo = offered[-1][1]
    assert callable(undo)
    undo()
    qtbot.waitUntil(lambda: "320 人" not in texts(screen))


def test_a_photo_is_added_looked_at_and_taken_away(
    qtbot: QtBot,
    session: Session,
    screen: EmployersScreen,
    offered: list[tuple[str, object]],
    bar: RecordingBar,
    tmp_path: Path,
) -> None:
    unit, workspace = employer(session), session.workspace
    visit = recording.record_visit(workspace, VisitOrder(unit, "1")).visit
    opened(qtbot, screen, unit)
    photo, text = tmp_path / "door.png", tmp_path / "none.png"
    Image.new("RGB", (300, 200), "red").save(photo)
    text.write_text("nothing", encoding="utf-8")
    screen.card_panel.add_photos(visit, [str(photo), str(text)])
    qtbot.waitUntil(lambda: len(photos.of_employer(workspace, unit)) == 1 and bool(bar.said))
    assert "不是照片" in bar.said[-1]

    def strip() -> PhotoStrip | None:
        body = screen.card_panel._scroll.widget()
        return next((one for one in body.findChildren(PhotoStrip) if one.photos), None)

    qtbot.waitUntil(lambda: strip() is not None)
    there = strip()
    assert there is not None
    thumbnail = there.findChild(QPushButton)
    assert isinstance(thumbnail, QPushButton)
    thumbnail.setFocus()
    qtbot.keyClick(thumbnail, Key.Key_Return)
    view = screen.window().findChild(PhotoView)
    assert isinstance(view, PhotoView) and view.isVisible() and view.hasFocus()
    qtbot.keyClick(view, Key.Key_Escape)
    assert not view.isVisible() and thumbnail.hasFocus()
    qtbot.keyClick(thumbnail, Key.Key_Delete)
    qtbot.waitUntil(lambda: photos.of_employer(workspace, unit) == [])
    qtbot.waitUntil(lambda: "照片已去掉" in offered[-1][0])


def test_a_visit_of_the_time_line_is_sent_to_be_put_right(
    qtbot: QtBot, session: Session, screen: EmployersScreen
) -> None:
    unit = employer(session)
    visit = recording.record_visit(session.workspace, VisitOrder(unit, "1")).visit
    opened(qtbot, screen, unit)
    sent: list[tuple[str, object]] = []
    screen.go.connect(lambda name, record: sent.append((name, record)))
    body = screen.card_panel._scroll.widget()
    (put_right,) = (b for b in body.findChildren(QPushButton) if b.text() == "更正")
    put_right.click()
    assert sent == [("survey", ("correct", unit, visit))]


def test_many_are_confirmed_by_telephone_in_one_step(
    qtbot: QtBot, session: Session, screen: EmployersScreen, offered: list[tuple[str, object]]
) -> None:
    workspace = session.workspace
    qtbot.waitUntil(lambda: screen.model.id_at(2) is not None)
    units = [screen.model.id_at(row) for row in range(3)]
    for unit in units:
        assert unit is not None
        recording.record_visit(workspace, VisitOrder(unit, "1", {"staff_total": "7"}))
    assert screen.calls.button.isHidden()
    flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    for row in range(3):
        screen.table.selectionModel().select(screen.model.index(row, 0), flags)
    assert screen.calls.button.isVisible() and "3 家" in screen.calls.button.accessibleName()
    screen.calls.run()
    qtbot.waitUntil(lambda: bool(offered))
    assert "3 家" in offered[-1][0]
    for unit in units:
        assert unit is not None
        assert cards.card(workspace, unit).visits[0].outcome == "电话确认无变化"
    undo = offered[-1][1]
    assert callable(undo)
    undo()
    first = units[0]
    assert first is not None
    qtbot.waitUntil(lambda: len(cards.card(workspace, first).visits) == 1)


@pytest.mark.parametrize("scale", [1.0, 1.75])
def test_a_full_card_fits_into_a_small_window(
    qtbot: QtBot, session: Session, screen: EmployersScreen, scale: float
) -> None:
    unit = employer(session)
    told = {"employer_needs": "长" * 300, "chair": "王样", "chair_phone": "13912345678"}
    recording.record_visit(session.workspace, VisitOrder(unit, "1", told, remark="话" * 200))
    session.theme.choose(scale=scale)
    room = 1366 - session.theme.px(72)
    screen.resize(room, 768 - session.theme.px(52))
    opened(qtbot, screen, unit)
    body: QWidget = screen.card_panel._scroll.widget()
    assert screen.width() == room
    assert body.width() <= screen.card_panel._scroll.viewport().width()
