"""The card of a unit: who covers it, the advice in both directions, and the way to change it."""

import os

from PySide6.QtCore import QItemSelectionModel
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from organizer.domain.access import Role
from organizer.services.survey import recording
from organizer.services.survey.recording import VisitOrder
from organizer.services.unions import covering, keeping
from organizer.services.unions.keeping import UnionOrder
from organizer.ui.employers.screen import EmployersScreen
from organizer.ui.session import Session
from tests.support.sitting import acting_as
from tests.ui.employers.conftest import UNIT, employer, shown, wait_for_card

JOINT = "工人村街道样例商圈联合工会"


def texts(screen: EmployersScreen) -> str:
    body = screen.card_panel._scroll.widget()
    return "\n".join(label.text() for label in body.findChildren(QLabel))


def button(screen: EmployersScreen, name: str) -> QPushButton:
    found = screen.card_panel.findChild(QPushButton, name)
    assert found is not None, name
    return found


def test_the_card_tells_who_covers_the_unit_and_leads_to_changing_it(
    qtbot: QtBot, session: Session
) -> None:
    workspace, unit = session.workspace, employer(session)
    told = {"union_state": "4", "staff_total": "40", "three_new": "yes"}
    recording.record_visit(workspace, VisitOrder(unit, "1", told))
    screen = shown(qtbot, session)
    screen.open(unit)
    wait_for_card(qtbot, screen)
    # Nobody named a union for it: the community's is there for it all the same.
    said = texts(screen)
    assert "联合工会 · 兜底覆盖" in said or "总工会 · 兜底覆盖" in said
    for words in ("现有会员 0 人，职工 40 人", "满25人时应当建立", "法律按会员算", "三新领域"):
        assert words in said, words
    assert button(screen, "end-coverage").isHidden()
    with qtbot.waitSignal(screen.go) as gone:
        button(screen, "change-coverage").click()
    assert gone.args == ["unions", ("cover", {unit: UNIT})]
    joint = keeping.add(workspace, UnionOrder({"name": JOINT, "org_type": "2"}))
    covering.cover(workspace, [unit], joint, "2")
    session.touched.emit()
    qtbot.waitUntil(
        lambda: f"{JOINT} · 联合建会，自 {workspace.today.isoformat()}" in texts(screen)
    )
    # What is on record says more than what was heard at the door.
    assert f"已被覆盖：{JOINT}" in texts(screen)
    with qtbot.waitSignal(screen.go) as gone:
        button(screen, "open-union").click()
    assert gone.args == ["unions", joint]
    with qtbot.waitSignal(screen.go) as gone:
        button(screen, "end-coverage").click()
    assert gone.args == ["unions", ("uncover", {unit: UNIT})]
    if folder := os.environ.get("ORGANIZER_SHOTS"):
        screen.grab().save(f"{folder}/unit_coverage.png")
    covering.uncover(workspace, unit)
    session.touched.emit()
    day = workspace.today.isoformat()
    qtbot.waitUntil(lambda: f"{day} 至 {day}　{JOINT}" in texts(screen))


def test_many_units_are_covered_from_the_list_by_who_may(qtbot: QtBot, session: Session) -> None:
    screen = shown(qtbot, session)
    qtbot.waitUntil(lambda: screen.model.id_at(2) is not None)
    flags = QItemSelectionModel.SelectionFlag
    for row in (0, 1, 2):
        index = screen.model.index(row, 0)
        screen.table.selectionModel().select(index, flags.Select | flags.Rows)
    with qtbot.waitSignal(screen.go) as gone:
        screen.cover()
    target, (act, units) = gone.args
    assert (target, act, len(units)) == ("unions", "cover", 3)
    assert {screen.model.index(row, 0).data() for row in range(3)} == set(units.values())
    with acting_as(session, Role.COLLECTOR):
        screen.open(employer(session))
        wait_for_card(qtbot, screen)
        assert screen.card_panel.findChild(QPushButton, "change-coverage") is None
