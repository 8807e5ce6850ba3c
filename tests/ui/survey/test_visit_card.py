"""The visit card by keyboard: promises first, sources, the rest of the form, corrections, photos."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from organizer.services import drafting
from organizer.services.employers import card as cards
from organizer.services.survey import photos, recording
from organizer.services.survey.recording import VisitOrder
from organizer.services.workspace import Workspace
from organizer.store import facts
from organizer.ui.session import Session
from organizer.ui.survey.screen import SurveyScreen
from tests.ui.conftest import RecordingBar
from tests.ui.survey.test_survey_screen import Undo, focused, open_street, shown, stands_at, write

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def screen(qtbot: QtBot, session: Session) -> Iterator[SurveyScreen]:
    yield from shown(qtbot, session)


def known(workspace: Workspace, employer: bytes) -> dict[str, tuple[str, str]]:
    found = workspace.database.read(lambda c: facts.current(c, employer, departments=True))
    return {name: (fact.value, fact.source) for name, fact in found.items()}


def stand(qtbot: QtBot, screen: SurveyScreen) -> bytes:
    """Stand at the first door of a street."""
    open_street(qtbot, screen)
    return screen.street.model.doors[0].employer


def looked_at_again(qtbot: QtBot, screen: SurveyScreen, visits: int) -> None:
    screen.session.touched.emit()
    qtbot.waitUntil(lambda: screen.card.card is not None and screen.card.card.visits == visits)


def row(screen: SurveyScreen, field: str) -> QWidget:
    return next(row for row in screen.card._all_rows() if row.question.field == field)


def act(screen: SurveyScreen, name: str) -> None:
    """What the shortcut or the palette runs."""
    next(action for action in screen.actions_table() if action.id == name).run()


def test_the_rest_of_the_form_opens_block_by_block(qtbot: QtBot, screen: SurveyScreen) -> None:
    employer = stand(qtbot, screen)
    assert not any(fold.is_open for fold in screen.card.folds)
    act(screen, "survey.more")
    act(screen, "survey.more")
    assert [fold.is_open for fold in screen.card.folds][:3] == [True, True, False]
    assert focused().objectName() == "group_h1"
    qtbot.keyClick(focused(), Key.Key_Return)
    qtbot.keyClicks(focused(), "0")
    qtbot.keyClick(focused(), Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: known(screen.session.workspace, employer).get("group_h2") is not None)
    assert known(screen.session.workspace, employer)["group_h2"] == ("0", "spoken")


def test_a_day_typed_as_so_many_days_ahead_is_told(qtbot: QtBot, screen: SurveyScreen) -> None:
    stand(qtbot, screen)
    answer = row(screen, "next_visit_on")
    answer.setFocus()
    qtbot.keyClicks(focused(), "+7")
    day = screen.session.workspace.today + timedelta(days=7)
    assert f"✓ {day:%m-%d}" in [one.text() for one in answer.findChildren(QLabel)]


def test_an_answer_gets_its_own_source_by_a_key(qtbot: QtBot, screen: SurveyScreen) -> None:
    employer = stand(qtbot, screen)
    editor = row(screen, "staff_total").editor  # type: ignore[attr-defined]
    editor.setFocus()
    qtbot.keyClicks(editor, "36")
    for _press in range(3):
        qtbot.keyClick(editor, Key.Key_F6)
    assert "花名册" in row(screen, "staff_total")._origin.text()  # type: ignore[attr-defined]
    qtbot.keyClick(editor, Key.Key_Return)
    qtbot.keyClicks(focused(), "12")
    qtbot.keyClick(focused(), Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: "staff_women" in known(screen.session.workspace, employer))
    told = known(screen.session.workspace, employer)
    assert (told["staff_total"], told["staff_women"]) == (("36", "roster"), ("12", "spoken"))


def test_what_this_round_has_confirmed_is_folded_away_and_the_promise_stands_first(
    qtbot: QtBot, screen: SurveyScreen
) -> None:
    employer, workspace = stand(qtbot, screen), screen.session.workspace
    told = {"union_state": "4", "staff_total": "36", "promise": "交名单", "promised_on": "+5"}
    recording.record_visit(workspace, VisitOrder(employer, "1", told))
    looked_at_again(qtbot, screen, 1)
    head = screen.card.head
    assert head.promised.isVisible() and head.promised.y() == 0
    assert "交名单" in head.promised.text() and "前办" in head.promised.text()
    assert not row(screen, "staff_total").isVisible() and row(screen, "staff_women").isVisible()
    assert "2 项" in screen.card._settled.text()
    screen.card._settled.click()
    assert row(screen, "staff_total").isVisible()


def test_nothing_has_changed_is_one_key_and_leaves_other_departments_out(
    qtbot: QtBot, screen: SurveyScreen
) -> None:
    employer, workspace = stand(qtbot, screen), screen.session.workspace
    recording.record_visit(
        workspace, VisitOrder(employer, "2", {"staff_women": "0"}, source="market")
    )
    recording.record_visit(
        workspace, VisitOrder(employer, "2", {"staff_migrant": "3"}, source="tax")
    )
    looked_at_again(qtbot, screen, 2)
    assert "待确认" in row(screen, "staff_women")._origin.text()  # type: ignore[attr-defined]
    act(screen, "survey.same")
    answers = screen.card.answers()
    assert answers["staff_women"] == "0" and "staff_migrant" not in answers
    qtbot.keyClick(screen.street.doors, Key.Key_1)
    qtbot.waitUntil(lambda: known(workspace, employer)["staff_women"] == ("0", "spoken"))
    assert known(workspace, employer)["staff_migrant"] == ("3", "tax")


def test_a_wrong_visit_is_put_right_by_a_new_one(qtbot: QtBot, screen: SurveyScreen) -> None:
    employer, workspace = stand(qtbot, screen), screen.session.workspace
    told = {"staff_total": "400", "staff_women": "12"}
    order = VisitOrder(employer, "1", told, person_met="王样", sources={"staff_total": "roster"})
    wrong = recording.record_visit(workspace, order)
    looked_at_again(qtbot, screen, 1)
    undo = Undo(screen)
    act(screen, "survey.correct")
    qtbot.waitUntil(lambda: screen.card.correcting)
    assert screen.card.answers() == told
    editor = row(screen, "staff_total").editor  # type: ignore[attr-defined]
    editor.setFocus()
    editor.selectAll()
    qtbot.keyClicks(editor, "40")
    qtbot.keyClick(editor, Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: bool(undo.said))
    assert known(workspace, employer)["staff_total"] == ("40", "roster")
    (line,) = cards.card(workspace, employer).visits
    assert line.id != wrong.visit and line.corrects and line.met == "王样"
    assert not screen.card.correcting
    undo.run()
    qtbot.waitUntil(lambda: known(workspace, employer)["staff_total"] == ("400", "roster"))


def test_leaving_a_correction_changes_nothing(qtbot: QtBot, screen: SurveyScreen) -> None:
    employer, workspace = stand(qtbot, screen), screen.session.workspace
    wrong = recording.record_visit(workspace, VisitOrder(employer, "1", {"staff_total": "400"}))
    looked_at_again(qtbot, screen, 1)
    # As the time line of the unit's card asks for it.
    screen.arrive(("correct", employer, wrong.visit))
    qtbot.waitUntil(lambda: screen.card.correcting)
    qtbot.keyClick(focused(), Key.Key_Escape)
    qtbot.waitUntil(lambda: screen.card.card is not None and not screen.card.correcting)
    assert screen.card.answers() == {} and screen.street.doors.hasFocus()
    assert cards.card(workspace, employer).visits[0].id == wrong.visit


def test_a_photo_is_kept_with_the_visit(
    qtbot: QtBot, screen: SurveyScreen, bar: RecordingBar, tmp_path: Path
) -> None:
    employer, workspace = stand(qtbot, screen), screen.session.workspace
    good, bad = tmp_path / "door.jpg", tmp_path / "notes.txt"
    Image.new("RGB", (300, 200), "blue").save(good)
    bad.write_text("no picture", encoding="utf-8")
    screen.card.dropped.emit([str(good), str(bad)])
    qtbot.waitUntil(lambda: len(screen.recording.photos.files) == 1 and bool(bar.said))
    assert "不是照片" in bar.said[-1] and screen.card.photos.isVisible()
    name = f"survey {employer.hex()}"
    qtbot.waitUntil(lambda: drafting.resume(workspace, name) is not None)
    screen.street.doors.setFocus()
    qtbot.keyClick(screen.street.doors, Key.Key_1)
    qtbot.waitUntil(lambda: len(photos.of_employer(workspace, employer)) == 1)
    qtbot.waitUntil(lambda: not screen.card.photos.isVisible())
    assert drafting.resume(workspace, name) is None


def test_companions_go_along_to_the_next_door(qtbot: QtBot, screen: SurveyScreen) -> None:
    employer = stand(qtbot, screen)
    fold = screen.card.folds[-1]
    fold.toggle()
    row(screen, "companions").setFocus()
    write("李样")
    qtbot.keyClick(focused(), Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: stands_at(screen) not in ("", screen.street.model.doors[0].name))
    second = screen.street.door
    assert second is not None and screen.card._about("companions") == "李样"
    screen.street.doors.setFocus()
    qtbot.keyClick(screen.street.doors, Key.Key_1)
    workspace = screen.session.workspace
    qtbot.waitUntil(lambda: len(cards.card(workspace, second.employer).visits) == 1)
    for unit in (employer, second.employer):
        assert cards.card(workspace, unit).visits[0].companions == "李样"


def test_a_door_closed_too_early_says_what_is_missing(
    qtbot: QtBot, screen: SurveyScreen, bar: RecordingBar
) -> None:
    stand(qtbot, screen)
    act(screen, "survey.close")
    qtbot.waitUntil(lambda: bool(bar.said))
    assert "走访" in bar.said[-1]


def test_a_confirmed_refusal_closes_the_door_and_the_toast_opens_it(
    qtbot: QtBot, screen: SurveyScreen
) -> None:
    employer, workspace = stand(qtbot, screen), screen.session.workspace
    recording.record_visit(workspace, VisitOrder(employer, "3"))
    looked_at_again(qtbot, screen, 1)
    undo = Undo(screen)
    act(screen, "survey.refusal")
    qtbot.waitUntil(lambda: bool(undo.said))
    assert "已尽责" in undo.said[-1]
    qtbot.waitUntil(lambda: screen.street.model.doors[0].closed)
    undo.run()
    qtbot.waitUntil(lambda: not screen.street.model.doors[0].closed)


def test_a_code_known_elsewhere_leaves_a_choice(qtbot: QtBot, screen: SurveyScreen) -> None:
    stand(qtbot, screen)
    workspace = screen.session.workspace
    code, other = workspace.database.read(
        lambda c: c.execute(
            "SELECT e.uscc, e.name FROM employer e JOIN occupancy o ON o.employer = e.id"
            " JOIN place p ON p.id = o.place WHERE e.uscc IS NOT NULL AND e.name LIKE '%公司'"
            " AND p.sort_key <> '' ORDER BY e.n DESC LIMIT 1"
        ).fetchone()
    )
    qtbot.keyClick(screen.street.doors, Key.Key_7)
    qtbot.waitUntil(screen.new_unit.name.line.hasFocus)
    write("样例分店")
    qtbot.keyClick(focused(), Key.Key_Return)
    qtbot.keyClicks(focused(), code)
    qtbot.keyClick(focused(), Key.Key_Return)
    qtbot.keyClick(focused(), Key.Key_Return)
    qtbot.waitUntil(screen.new_unit.branch.hasFocus)
    assert other in screen.new_unit.uscc.line.accessibleDescription()
    qtbot.keyClick(screen.new_unit.branch, Key.Key_Return)
    qtbot.waitUntil(lambda: stands_at(screen) == "样例分店")
    door = screen.street.door
    assert door is not None and known(workspace, door.employer)["branch"][0] == "yes"


def test_a_group_is_visited_from_the_street(qtbot: QtBot, screen: SurveyScreen) -> None:
    stand(qtbot, screen)
    undo = Undo(screen)
    act(screen, "survey.other")
    panel = screen.recording.other
    qtbot.waitUntil(panel.isVisible)
    panel.target.set_code("group")
    panel._show_target()
    panel.save()
    qtbot.waitUntil(lambda: "只选一样" in panel.group.line.accessibleDescription())
    panel.group.set_text("样街骑手群")
    panel.save()
    qtbot.waitUntil(lambda: bool(undo.said))
    assert not panel.isVisible()


def test_a_new_unit_takes_four_keys_and_its_name(qtbot: QtBot, screen: SurveyScreen) -> None:
    stand(qtbot, screen)
    qtbot.keyClick(screen.street.doors, Key.Key_7)
    qtbot.waitUntil(screen.new_unit.name.line.hasFocus)
    write("样例早餐铺")
    for _key in range(3):
        qtbot.keyClick(focused(), Key.Key_Return)
    qtbot.waitUntil(lambda: stands_at(screen) == "样例早餐铺")
