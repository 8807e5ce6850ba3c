import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from organizer.domain.signup import Typed
from organizer.forms.proof import page_texts
from organizer.services import finding
from organizer.services.members import signup as signing_up
from organizer.services.members.signup import SignupOrder
from organizer.services.workspace import Workspace
from organizer.store import members
from organizer.ui.session import Session
from organizer.ui.signup.page import SignupPage
from organizer.ui.signup.screen import SignupScreen
from organizer.ui.widgets.fields import Field
from tests.support.joiners import approve
from tests.support.model_watch import watch
from tests.ui.signup.conftest import EMPLOYER, ID_NUMBER, LETTERS, PHONE, Hands


def below(field: Field) -> str:
    return field.line.accessibleDescription()


def waiting(workspace: Workspace) -> list[members.Membership]:
    return workspace.database.read(members.pending)


def sign_up(workspace: Workspace, name: str = "王龚", **typed: str) -> bytes:
    employer = finding.employer_by_name(workspace, EMPLOYER)
    made = signing_up.sign_up(workspace, SignupOrder(Typed(name, **typed), employer=employer))
    return made.membership


def test_a_person_is_signed_up_in_twelve_keys_beyond_the_data(
    page: SignupPage, hands: Hands, qtbot: QtBot, session: Session
) -> None:
    form = page.form
    hands.data(ID_NUMBER)
    hands.enter()
    hands.hanzi("王龚")
    hands.enter()
    hands.data(PHONE)
    hands.enter()
    hands.data(LETTERS)
    hands.enter()
    # Enter came before the list: it waits for it and takes the first.
    qtbot.waitUntil(form.coded["ethnic"].line.hasFocus)
    assert form.employer.text == EMPLOYER
    for digit in (1, 4, 1, 2, 2, 1):
        hands.digit(digit)
    assert form.position.line.hasFocus()
    hands.hanzi("站点分拣")
    qtbot.waitUntil(lambda: "社区" in form.union.text)
    hands.save()
    qtbot.waitUntil(lambda: page.sitting.people == 1)
    assert hands.keys <= 12

    (made,) = waiting(session.workspace)
    person = made.person
    assert person.text("name") == "王龚" and person.text("id_number") == ID_NUMBER
    assert person.text("sex") == "2" and person.text("born_on") == "1995-08-17"
    assert person.text("phone") == PHONE and made.employer_name == EMPLOYER
    assert [person.text(name) for name in ("ethnic", "education", "political")] == [
        "01",
        "31",
        "13",
    ]
    assert person.text("household_kind") == "2" and person.text("group_code") == "H2"
    assert person.fields["migrant"] == 1 and made.record.text("position") == "站点分拣"
    assert "社区" in made.union_name
    # Ready for the next of the same unit.
    assert form.id_number.line.hasFocus() and form.id_number.text == form.name.text == ""
    assert form.employer.text == EMPLOYER


def test_what_the_id_number_says_stands_below_it(
    page: SignupPage, hands: Hands, qtbot: QtBot
) -> None:
    hands.data(ID_NUMBER)
    qtbot.waitUntil(lambda: "女 · 1995年8月17日" in below(page.form.id_number))
    hands.enter()
    qtbot.waitUntil(lambda: page.form.id_number.text == "219900 19950817 3226")
    hands.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert page.form.id_number.line.hasFocus()


def test_a_wrong_number_and_a_child_are_refused_at_the_field(
    page: SignupPage, hands: Hands, qtbot: QtBot, session: Session
) -> None:
    hands.data("219900199508173227")
    qtbot.waitUntil(lambda: "校验不通过" in below(page.form.id_number))
    page.form.id_number.line.selectAll()
    hands.data("219900201508173226")
    qtbot.waitUntil(lambda: "不满16周岁" in below(page.form.id_number))
    hands.enter()
    hands.hanzi("王小明")
    hands.save()
    qtbot.waitUntil(page.form.id_number.line.hasFocus)
    assert "12351" in below(page.form.id_number)
    assert waiting(session.workspace) == []


def test_somebody_here_already_is_named_while_typing_and_refused(
    page: SignupPage, hands: Hands, qtbot: QtBot, session: Session
) -> None:
    approve(session.workspace, [sign_up(session.workspace, id_number=ID_NUMBER)])
    hands.data(ID_NUMBER)
    qtbot.waitUntil(lambda: page.form.banner.isVisible())
    assert "已是" in page.form.banner.text() and "转入" in page.form.banner.text()
    hands.enter()
    hands.hanzi("王龚")
    hands.save()
    qtbot.waitUntil(page.form.id_number.line.hasFocus)
    assert "转入" in page.form.banner.text()
    assert waiting(session.workspace) == [] and page.form.name.text == "王龚"


def test_a_namesake_of_the_same_day_at_the_unit_is_pointed_out_not_refused(
    page: SignupPage, hands: Hands, qtbot: QtBot, session: Session
) -> None:
    sign_up(session.workspace, phone="13800245600", born_on="1995-08-17")
    hands.press(Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    assert page.form.born_on.line.hasFocus()
    hands.data("19950817")
    hands.enter()
    hands.digit(2)
    hands.hanzi("王龚")
    hands.enter()
    hands.data(PHONE)
    hands.enter()
    hands.data(LETTERS)
    hands.enter()
    qtbot.waitUntil(lambda: "可能是同一人" in page.form.banner.text())
    assert "出生日期相同" in page.form.banner.text()
    hands.save()
    qtbot.waitUntil(lambda: page.sitting.people == 1)
    assert len(waiting(session.workspace)) == 2


def test_the_same_phone_alone_is_nobody_known(
    page: SignupPage, hands: Hands, qtbot: QtBot, session: Session
) -> None:
    sign_up(session.workspace, "李四", phone=PHONE)
    hands.data(ID_NUMBER)
    hands.enter()
    hands.hanzi("王龚")
    hands.enter()
    hands.data(PHONE)
    hands.enter()
    hands.data(LETTERS)
    hands.enter()
    qtbot.waitUntil(page.form.coded["ethnic"].line.hasFocus)
    hands.save()
    qtbot.waitUntil(lambda: page.sitting.people == 1)
    assert not page.form.banner.isVisible()


def test_without_an_id_number_a_phone_is_needed(
    page: SignupPage, hands: Hands, qtbot: QtBot, session: Session
) -> None:
    hands.save()
    qtbot.waitUntil(lambda: "证件后补" in below(page.form.id_number))
    hands.press(Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    assert "不能录入省平台" in page.form.banner.text()
    hands.data("1995-8-17")
    hands.enter()
    hands.digit(1)
    hands.hanzi("王龚")
    hands.save()
    qtbot.waitUntil(lambda: "手机号码" in below(page.form.phone))
    assert page.form.phone.line.hasFocus()
    hands.data(PHONE)
    hands.save()
    # And a place to find somebody again.
    qtbot.waitUntil(page.form.station.line.hasFocus)
    hands.hanzi("铁西二站")
    hands.save()
    qtbot.waitUntil(lambda: page.sitting.people == 1)
    (made,) = waiting(session.workspace)
    assert made.person.text("id_number") == "" and made.person.text("born_on") == "1995-08-17"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("王䶮", "可打印、可上报"),
        ("王𬺈", "可打印、可上报"),
        ("王\U00030729", "U+30729"),
        ("王?", "问号"),
    ],
)
def test_a_name_is_said_to_print_or_its_character_is_named(
    page: SignupPage, hands: Hands, qtbot: QtBot, name: str, said: str
) -> None:
    page.form.name.line.setFocus()
    hands.hanzi(name)
    qtbot.waitUntil(lambda: said in below(page.form.name))


def test_the_preview_fills_while_one_types(page: SignupPage, hands: Hands, qtbot: QtBot) -> None:
    hands.data(ID_NUMBER)
    hands.enter()
    hands.hanzi("王䶮")
    preview = page.preview
    qtbot.waitUntil(lambda: bool(preview.pdf) and "王䶮" in page_texts(preview.pdf)[0])
    image = page.preview.sheet.image
    colors = {image.pixel(x, y) for x in range(image.width()) for y in range(0, image.height(), 5)}
    assert len(colors) > 10
    hands.press(Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: page.preview.page == 1)
    assert ID_NUMBER in "".join(page_texts(page.preview.pdf)[1].split())


def test_a_unit_that_is_not_listed_is_kept_as_words(
    page: SignupPage, hands: Hands, qtbot: QtBot, session: Session
) -> None:
    hands.data(ID_NUMBER)
    hands.enter()
    hands.hanzi("王龚")
    page.form.employer.line.setFocus()
    hands.hanzi("无名小铺")
    hands.enter()
    qtbot.waitUntil(lambda: "文字" in below(page.form.employer))
    hands.save()
    qtbot.waitUntil(lambda: page.sitting.people == 1)
    (made,) = waiting(session.workspace)
    assert made.record.text("workplace") == "无名小铺" and made.record.link("employer") is None


def test_the_list_of_units_is_walked_by_arrows_and_put_away_by_escape(
    page: SignupPage, hands: Hands, qtbot: QtBot
) -> None:
    field = page.form.employer
    model = field.popup.model
    watch(model)
    field.line.setFocus()
    hands.data("sy")
    qtbot.waitUntil(field.popup.isVisible)
    names = [model.index(number).data() for number in range(model.rowCount())]
    assert len(names) > 2
    hands.press(Qt.Key.Key_Escape)
    assert not field.popup.isVisible() and field.text == "sy"
    hands.press(Qt.Key.Key_Down)
    qtbot.waitUntil(field.popup.isVisible)
    hands.press(Qt.Key.Key_Down)
    hands.enter()
    assert field.text == names[1]
    qtbot.waitUntil(lambda: page.form.union.text != "")


def test_another_union_is_picked_and_a_name_that_is_none_goes_back(
    page: SignupPage, hands: Hands, qtbot: QtBot, session: Session
) -> None:
    sign_up(session.workspace, id_number=ID_NUMBER)
    made = waiting(session.workspace)[0].union_name
    union = page.form.union
    qtbot.waitUntil(lambda: union.text == "工人村街道总工会")
    union.line.setFocus(Qt.FocusReason.TabFocusReason)
    hands.hanzi(made[:2])
    hands.enter()
    qtbot.waitUntil(lambda: union.text == made)
    assert page.form.order().union_org is not None
    union.line.setFocus(Qt.FocusReason.TabFocusReason)
    hands.hanzi("乌有")
    hands.press(Qt.Key.Key_Escape)
    page.form.phone.line.setFocus()
    qtbot.waitUntil(lambda: union.text == "工人村街道总工会")


def test_letters_filter_a_code_list_and_an_unknown_word_is_refused(
    page: SignupPage, hands: Hands, qtbot: QtBot
) -> None:
    field = page.form.coded["ethnic"]
    watch(field.popup.model)
    field.line.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(field.popup.isVisible)
    hands.data("xb")
    assert field.popup.model.index(0).data() == "锡伯族"
    hands.enter()
    assert field.value == "38"
    hands.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    hands.hanzi("满")
    hands.enter()
    assert field.value == "11"
    field.line.setFocus(Qt.FocusReason.TabFocusReason)
    hands.hanzi("火星")
    hands.press(Qt.Key.Key_Tab)
    assert "请从列表中选择" in below(field)
    hands.data("")
    page.form.id_number.line.setFocus()
    hands.data(ID_NUMBER)
    hands.save()
    qtbot.waitUntil(field.line.hasFocus)


def test_enter_walks_past_a_chosen_code_without_changing_it(
    page: SignupPage, hands: Hands, qtbot: QtBot
) -> None:
    field = page.form.coded["political"]
    field.line.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(field.popup.isVisible)
    last = field.popup.model.rowCount()
    hands.digit(last)
    chosen = field.value
    assert chosen and not field.line.hasFocus()
    field.line.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(field.popup.isVisible)
    hands.enter()
    assert field.value == chosen and not field.line.hasFocus()


def test_clearing_is_taken_back(page: SignupPage, hands: Hands, qtbot: QtBot) -> None:
    hands.data(ID_NUMBER)
    hands.enter()
    hands.hanzi("王龚")
    page.clear_or_restore()
    assert page.form.name.text == "" and page.form.id_number.line.hasFocus()
    page.clear_or_restore()
    assert page.form.name.text == "王龚" and page.form.order().typed.id_number == ID_NUMBER


def test_waiting_applications_are_masked_and_approved(
    screen: SignupScreen, hands: Hands, qtbot: QtBot, session: Session
) -> None:
    pending = screen.pending
    assert pending is not None
    watch(pending.model)
    for number, name in enumerate(("王一", "王二", "王三")):
        sign_up(session.workspace, name, phone=f"1380024567{number}")
    sign_up(session.workspace, id_number=ID_NUMBER)
    hands.press(Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    pending.refresh()
    qtbot.waitUntil(lambda: pending.model.rowCount() == 4)
    qtbot.waitUntil(lambda: pending.model.index(3, 1).data() == "2199**********3226")
    assert pending.model.index(0, 1).data() == "证件后补"
    pending.table.setFocus()
    hands.press(Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    hands.save()
    # Those without an id number are opened first, one by one.
    for row in (0, 1):
        pending.table.selectRow(row)
        hands.enter()
        qtbot.waitUntil(lambda row=row: "已看" in str(pending.model.index(row, 6).data()))
    # The screen on which it is told why is not in this window.
    screen.go.disconnect()
    with qtbot.waitSignal(screen.go) as asked:
        hands.press(Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    assert asked.args[0] == "members" and asked.args[1][1] == "refuse"
    pending.table.selectRow(0)
    hands.press(Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    hands.save()
    qtbot.waitUntil(lambda: len(waiting(session.workspace)) == 2)
    qtbot.waitUntil(lambda: pending.model.rowCount() == 2)
    assert [one.person.text("name") for one in waiting(session.workspace)] == ["王三", "王龚"]


@pytest.mark.parametrize("scale", [1.0, 1.25, 1.5, 1.75])
def test_nothing_scrolls_sideways_or_is_cut_at_any_type_size(
    screen: SignupScreen, session: Session, qtbot: QtBot, scale: float
) -> None:
    form = screen.page.form
    form.name.set_text("阿卜杜热合曼·麦麦提吐尔逊·艾力买买提·阿不都热西提")
    form.employer.set_choice(
        None, "沈阳市铁西区工人村街道样禾社区试远新兴产业综合保安物业家政服务有限责任公司第一分公司"
    )
    session.theme.choose(scale=scale)
    QApplication.processEvents()
    edge = screen.page.preview.geometry().left()
    for field in form.fields:
        if field.isVisible():
            right = field.mapTo(screen.page, field.rect().bottomRight()).x()
            assert right < edge, field.name
            wanted = field.line.fontMetrics().horizontalAdvance("219900 19950817 3226")
            if field.name == "id_number":
                assert field.line.width() > wanted
    for name in ("save", "save-print", "later", "clear"):
        button = screen.findChild(QPushButton, name)
        assert button.width() >= button.minimumSizeHint().width(), name
