"""Twenty people join at one gathering from a pasted list, in the real window and by keyboard alone."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from organizer.domain.signup import Typed
from organizer.services.members import approving, gathering, signup
from organizer.services.members.signup import SignupOrder
from organizer.store import members
from tests.journeys.test_window_journey import Person
from tests.support.crowds import made_id, made_phone, ordinary, pasted
from tests.support.offices import findings, open_office
from tests.ui.shell.conftest import Driver

Key = Qt.Key
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier

MOVER = ("郑样转", made_id(32), made_phone(32))
UNION = "样例老工会"


@pytest.fixture
def driven(office_driver: Driver, tmp_path: Path) -> Person:
    """An office in which somebody on the list is a member of another union."""
    office = open_office(tmp_path / "data")
    union = office.database.write(
        office.intent("union.add"),
        lambda write: write.insert(
            "union_org", {"name": UNION, "org_type": "1", "division_code": "210106003"}
        ),
    )
    order = SignupOrder(Typed(*MOVER), union_org=union, workplace="样例站")
    approving.approve(office, [signup.sign_up(office, order).membership])
    office.close()
    office_driver.start()
    office_driver.unlock()
    return Person(office_driver)


def test_twenty_people_join_in_one_go(driven: Person, tmp_path: Path) -> None:
    person = driven
    people = [
        *ordinary(17),
        ("李𠮷", made_id(21), made_phone(21)),
        ordinary(1)[0],
        MOVER,
        ("孙样补", "", made_phone(22)),
    ]
    person.finds("集中入会")
    person.stands_at("new-gathering")
    person.press(Key.Key_Return)
    person.stands_at("name")
    person.enter("工人村快递员集中入会")
    for _field in range(5):
        person.press(Key.Key_Return)
    person.reads("把表格或聊天里的名单复制下来")
    person.stands_at("name")
    QGuiApplication.clipboard().setText(pasted(people))
    person.press(Key.Key_V, CONTROL | SHIFT)
    person.reads("待审批 19", "转入 1", "有问题 1", "登记 20 人")
    person.press(Key.Key_Return, CONTROL)
    person.reads("已登记 20 人", "待审批 19 人", "还有 1 行要处理")
    person.driver.close()
    office = open_office(tmp_path / "data")
    try:
        (event,) = gathering.held(office)
        assert (event.members, event.pending) == (1, 19)
        kept = [
            office.database.read(lambda c, row=row: members.membership_by_id(c, row))
            for row in gathering.taken_in(office, event.id)
        ]
        assert {"李𠮷", "郑样转", "孙样补"} <= {one.person.text("name") for one in kept if one}
        assert findings(office) == []
    finally:
        office.close()
