"""In the real window: a merge undone after later edits with nothing lost; a person erased for good."""

from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.exceptions import TimeoutError as WaitedTooLong

from organizer.domain.signup import Typed
from organizer.paths import DataFolder
from organizer.services import finding
from organizer.services.employers import card
from organizer.services.members import signup
from organizer.services.members.printing import Printer
from organizer.services.members.signup import SignedUp, SignupOrder
from organizer.services.survey import recording
from organizer.services.survey.recording import VisitOrder
from organizer.services.workspace import Workspace
from organizer.store import drafts
from organizer.store.drafts import Draft
from tests.support import made_up_office, plain_pages
from tests.support.eyes import read
from tests.support.joiners import approve
from tests.support.offices import findings, open_office
from tests.ui.shell.conftest import Driver

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
BOTH = CONTROL | Qt.KeyboardModifier.ShiftModifier

UNIT, TWIN = "沈阳样禾供应链管理有限公司", "样禾供应链管理（沈阳）有限责任公司"
NAME = "麴夔翀"
"""No character of it is in the divisions or in any code list."""
NUMBER, PHONE = next(iter(made_up_office.people(1, seed=5)))["resident_id"], "19987650001"
POSITION, HOME = "样例钣金工", "样例无名路七号"
WORDS = (NAME[:2], NAME[1:], NUMBER, PHONE, POSITION, HOME)


class Hand:
    """Somebody who types, presses keys and reads."""

    def __init__(self, driver: Driver) -> None:
        self.driver = driver
        self.press, self.enter = driver.press, driver.enter

    @property
    def screen(self) -> QWidget:
        window = self.driver.app.activeWindow()
        assert window is not None
        return window

    def reads(self, *words: str) -> None:
        try:
            self.driver.until(lambda: all(word in read(self.screen) for word in words))
        except WaitedTooLong:
            pytest.fail(f"{words} cannot be read here:\n{read(self.screen)}")

    def stands_at(self, *names: str) -> None:
        try:
            self.driver.until(lambda: self.driver.focus_name() in names)
        except WaitedTooLong:
            pytest.fail(f"at {self.driver.focus_name()!r}, not {names}:\n{read(self.screen)}")

    def finds(self, text: str) -> None:
        """Ctrl+K, some letters, Enter."""
        self.press(Key.Key_K, CONTROL)
        self.stands_at("search")
        self.enter(text)


@pytest.fixture
def hand(office_driver: Driver) -> Hand:
    return Hand(office_driver)


def office(folder: Path) -> "closing[Workspace]":
    return closing(open_office(folder / "data"))


def own(office: Workspace, unit: bytes, field: str) -> str:
    return next(one.text for one in card.card(office, unit).fields if one.name == field)


def test_a_merge_is_undone_after_later_edits_with_nothing_lost(hand: Hand, tmp_path: Path) -> None:
    with office(tmp_path) as before:
        kept = finding.employer_by_name(before, UNIT)
        assert kept is not None
        twin = before.database.write(
            before.intent("employer.add"),
            lambda write: write.insert(
                "employer", {"name": TWIN, "remark": "二楼东", "contact": "钱样"}
            ),
        )
        recording.record_visit(before, VisitOrder(twin, "1", {"staff_total": "9"}))
    hand.driver.start()
    hand.driver.unlock()
    merges(hand)
    edits_later(hand)
    undoes(hand)
    hand.driver.close()
    with office(tmp_path) as after:
        # What was edited since stays, what the merge alone had brought is gone with it.
        assert own(after, kept, "remark") == "搬到三楼" and own(after, kept, "contact") == ""
        assert (own(after, twin, "remark"), own(after, twin, "contact")) == ("二楼东", "钱样")
        assert recording.visit_count(after, kept) == 0
        assert recording.visit_count(after, twin) == 1
        assert findings(after) == []


def merges(hand: Hand) -> None:
    hand.finds("cfjl")
    hand.stands_at("pairs")
    hand.reads("看一看", "像：名称相同（+50）", "取另一条的：联系人、备注", "走访 1 次")
    hand.press(Key.Key_Return)
    hand.stands_at("fields")
    hand.press(Key.Key_Return, CONTROL)
    hand.reads(f"“{TWIN}”已并入“{UNIT}”。", "没有可能重复的记录")


def edits_later(hand: Hand) -> None:
    hand.finds("syyhgyl")
    hand.stands_at("to-survey")
    hand.reads("钱样")
    hand.press(Key.Key_F2)
    for name in (
        "name",
        "signboard",
        "uscc",
        "legal_person",
        "contact",
        "phone",
        "address",
        "grid",
    ):
        hand.stands_at(name)
        hand.press(Key.Key_Return)
    hand.stands_at("remark")
    hand.press(Key.Key_A, CONTROL)
    hand.enter("搬到三楼")
    hand.reads("已保存。")
    # The card is shown anew before one goes on.
    hand.stands_at("to-survey")
    hand.driver.until(lambda: hand.driver.program.runner.running == 0)


def undoes(hand: Hand) -> None:
    hand.finds("cfjl")
    hand.reads("没有可能重复的记录")
    hand.press(Key.Key_U, BOTH)
    hand.stands_at("settled")
    hand.reads(f"单位：“{TWIN}”并入“{UNIT}”")
    hand.press(Key.Key_Return, CONTROL)
    hand.reads("已撤销。后来改过的没有动：备注。")
    hand.press(Key.Key_Escape)
    hand.reads("看一看", TWIN)


def join(office: Workspace, outside: Path) -> SignedUp:
    """Somebody with everything in which a name comes to stand: papers, a draft, an approval."""
    typed = Typed(
        NAME, NUMBER, PHONE, {"ethnic": "01", "education": "60"}, {"address": HOME}, migrant=False
    )
    unit = finding.employer_by_name(office, UNIT)
    done = signup.sign_up(office, SignupOrder(typed, employer=unit, position=POSITION))
    outside.mkdir()
    Printer(office).print_signup(done.membership, outside / "入会材料.pdf")
    approve(office, [done.membership])
    draft = Draft({"name": NAME, "phone": PHONE})
    office.database.local(lambda c: drafts.keep(c, b"d" * 16, "signup", draft, office.now))
    return done


def traces(folder: Path) -> dict[str, list[str]]:
    texts = plain_pages.everything(DataFolder(folder / "data"), folder / "state")
    found = {word: plain_pages.where(texts, word) for word in WORDS}
    return {word: places for word, places in found.items() if places}


def test_a_person_who_asks_is_erased_in_the_window_and_found_nowhere(
    hand: Hand, tmp_path: Path
) -> None:
    with office(tmp_path) as before:
        join(before, tmp_path / "outside")
    assert set(traces(tmp_path)) == set(WORDS)
    hand.driver.start()
    hand.driver.unlock()
    hand.finds(NUMBER[-6:])
    hand.reads(NAME, "经过", POSITION)
    hand.press(Key.Key_Delete, BOTH)
    hand.stands_at("reason")
    hand.reads("不能恢复，也不能撤销")
    hand.driver.type("本人申请")
    hand.press(Key.Key_Return, CONTROL)
    hand.reads("已清除，不能恢复。")
    assert NAME not in read(hand.screen)
    for text in (NAME, NUMBER[-6:], PHONE[-4:]):
        hand.press(Key.Key_K, CONTROL)
        hand.stands_at("search")
        hand.driver.type(text)
        hand.reads("没有找到")
        # It stands where it was typed, and nowhere else.
        assert read(hand.screen).count(NAME) == (text == NAME)
        hand.press(Key.Key_Escape)
    # The card of the unit, with its members.
    hand.finds("syyhgyl")
    hand.stands_at("to-survey")
    hand.reads(UNIT)
    assert NAME[:1] not in read(hand.screen)
    # Nobody brings it back.
    hand.press(Key.Key_Z, CONTROL)
    hand.driver.until(lambda: hand.driver.program.runner.running == 0)
    hand.driver.close()
    assert traces(tmp_path) == {}
    with office(tmp_path) as after:
        assert finding.find(after, NAME) == [] and findings(after) == []
