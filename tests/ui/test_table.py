"""Long lists: pages asked for when painted, cursor, keys, sorting, columns, copying."""

from collections.abc import Callable, Mapping, Sequence

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QHeaderView
from pytestqt.qtbot import QtBot

from organizer.ui.widgets.table import MOST_COPIED, PAGE, Column, PagedModel, PagedTable, Row
from tests.support.model_watch import watch

COLUMNS = (
    Column("name", "名称", 200),
    Column("staff", "职工", 80, number=True),
    Column("lamps", "四清", 100, sortable=False),
    Column("place", "地点", 150),
)


class Source:
    """Answers questions for rows when told to; keeps what was asked."""

    def __init__(self) -> None:
        self.waiting: list[tuple[list[int], Callable[[Mapping[int, Row]], None]]] = []
        self.asked: list[int] = []

    def fetch(self, numbers: Sequence[int], answer: Callable[[Mapping[int, Row]], None]) -> None:
        self.asked.append(numbers[0])
        self.waiting.append((list(numbers), answer))

    def answer(self) -> None:
        while self.waiting:
            numbers, answer = self.waiting.pop(0)
            answer({n: (b"%016d" % n, (f"单位{n}", str(n), "清", "街")) for n in numbers})


@pytest.fixture
def source() -> Source:
    return Source()


@pytest.fixture
def table(qtbot: QtBot, qapp: QApplication, source: Source) -> PagedTable:
    model = PagedModel(COLUMNS, source.fetch)
    made = PagedTable(model, "单位", 32)
    model.setParent(made)
    qtbot.addWidget(made)
    made.resize(700, 400)
    with qtbot.waitExposed(made):
        made.show()
    return made


def model_of(table: PagedTable) -> PagedModel:
    model = table.model()
    assert isinstance(model, PagedModel)
    return model


def fill(qtbot: QtBot, table: PagedTable, source: Source, numbers: Sequence[int]) -> None:
    """Show rows and answer until what is in view is here."""
    table.show_numbers(numbers)
    settle(qtbot, table, source)


def settle(qtbot: QtBot, table: PagedTable, source: Source) -> None:
    def here() -> bool:
        source.answer()
        top = table.indexAt(QPoint(5, 5))
        return not top.isValid() or bool(top.data())

    qtbot.waitUntil(here)


def test_only_what_is_painted_is_asked_for(qtbot: QtBot, table: PagedTable, source: Source) -> None:
    fill(qtbot, table, source, range(1000, 301_000))
    assert table.model().rowCount() == 300_000
    assert source.asked == [1000]
    assert table.model().index(0, 0).data() == "单位1000"


def test_the_model_is_sound(qtbot: QtBot, table: PagedTable, source: Source) -> None:
    # The tester looks at every cell after each reset; it stays with short lists.
    model = model_of(table)
    watch(model)
    fill(qtbot, table, source, range(250))
    model.forget_texts()
    settle(qtbot, table, source)
    fill(qtbot, table, source, range(3))
    fill(qtbot, table, source, range(0))


def test_pages_scrolled_past_are_never_asked_for(
    qtbot: QtBot, table: PagedTable, source: Source
) -> None:
    fill(qtbot, table, source, range(300_000))
    bar = table.verticalScrollBar()
    for step in range(1, 200):
        bar.setValue(bar.maximum() * step // 200)
        table.viewport().repaint()
    qtbot.waitUntil(lambda: len(source.asked) > 1)
    settle(qtbot, table, source)
    # Two were under way; of the rest only those looked at last are still wanted.
    assert len(source.asked) < 12
    top = table.indexAt(QPoint(5, 5))
    assert top.data() == f"单位{top.row()}"


def test_answers_to_an_earlier_list_are_dropped(
    qtbot: QtBot, table: PagedTable, source: Source
) -> None:
    table.show_numbers(range(50))
    qtbot.waitUntil(lambda: bool(source.waiting))
    late = source.waiting.pop()
    fill(qtbot, table, source, range(500, 550))
    late[1]({n: (b"x" * 16, ("旧", "0", "", "")) for n in late[0]})
    assert table.model().index(0, 0).data() == "单位500"


def test_memory_is_bounded(qtbot: QtBot, table: PagedTable, source: Source) -> None:
    fill(qtbot, table, source, range(20_000))
    for page in range(0, 20_000, PAGE):
        table.scrollTo(table.model().index(page, 0))
        settle(qtbot, table, source)
    held = sum(model_of(table).holds(row) for row in range(20_000))
    assert PAGE <= held <= 30 * PAGE


def test_the_cursor_stays_on_its_record(qtbot: QtBot, table: PagedTable, source: Source) -> None:
    fill(qtbot, table, source, range(300))
    assert table.currentIndex().row() == 0
    assert table.choose(250)
    settle(qtbot, table, source)
    fill(qtbot, table, source, list(reversed(range(300))))
    assert table.currentIndex().row() == 49
    assert [index.row() for index in table.selectionModel().selectedRows()] == [49]
    assert table.viewport().rect().contains(table.visualRect(table.currentIndex()).center())
    fill(qtbot, table, source, range(10))
    assert table.currentIndex().row() == 0
    assert not table.choose(999)


def test_keys_walk_open_and_never_search_every_row(
    qtbot: QtBot, table: PagedTable, source: Source
) -> None:
    fill(qtbot, table, source, range(300_000))
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_Down)
    with qtbot.waitSignal(table.opened) as opened:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert opened.args == [b"%016d" % 1]
    qtbot.keyClick(table, Qt.Key.Key_End)
    assert table.currentIndex().row() == 299_999
    qtbot.keyClick(table, Qt.Key.Key_Home)
    assert table.currentIndex().row() == 0
    asked = len(source.asked)
    with qtbot.waitSignal(table.typed) as typed:
        qtbot.keyClick(table, "z")
    assert typed.args == ["z"]
    assert len(source.asked) <= asked + 2


def test_headings_sort_and_show_it_from_the_start(
    qtbot: QtBot, table: PagedTable, source: Source
) -> None:
    fill(qtbot, table, source, range(10))
    header = table.horizontalHeader()
    assert not header.isSortIndicatorShown()
    table.show_sorting("name")
    assert header.isSortIndicatorShown()
    assert (header.sortIndicatorSection(), header.sortIndicatorOrder()) == (
        0,
        Qt.SortOrder.AscendingOrder,
    )

    def click(section: int) -> None:
        at = QPoint(header.sectionViewportPosition(section) + 20, header.height() // 2)
        qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=at)

    with qtbot.waitSignal(table.sorted) as asked:
        click(0)
    assert asked.args == ["name", True]
    with qtbot.waitSignal(table.sorted) as asked:
        click(1)
    assert asked.args == ["staff", False]
    with qtbot.assertNotEmitted(table.sorted):
        click(2)
    assert header.sortIndicatorSection() == 1


def test_columns_of_choice_never_make_the_list_wider_than_its_place(
    qtbot: QtBot, table: PagedTable, source: Source
) -> None:
    fill(qtbot, table, source, range(10))
    table.choose_columns(("name", "staff", "place"))
    header = table.horizontalHeader()
    assert header.sectionResizeMode(0) == QHeaderView.ResizeMode.Stretch
    assert [header.isSectionHidden(place) for place in range(4)] == [False, False, True, False]
    assert header.length() == table.viewport().width()
    menu = table.columns_menu()
    lamps = next(action for action in menu.actions() if action.text() == "四清")
    with qtbot.waitSignal(table.arranged):
        lamps.trigger()
    assert [key for key, _width in table.arrangement] == ["name", "staff", "lamps", "place"]
    table.arrange(table.arrangement, 1.75)
    assert header.length() == table.viewport().width()
    assert [header.isSectionHidden(place) for place in range(4)] == [False, False, False, True]
    assert table.horizontalScrollBar().maximum() == 0


def test_columns_keep_the_order_and_width_they_were_given(
    qtbot: QtBot, table: PagedTable, source: Source
) -> None:
    fill(qtbot, table, source, range(10))
    table.choose_columns(("name", "staff", "place"))
    header = table.horizontalHeader()
    usual = header.sectionSize(1)
    with qtbot.waitSignal(table.arranged):
        header.moveSection(header.visualIndex(3), 1)
        header.resizeSection(1, usual + 30)
    assert table.arrangement == (("name", 0), ("place", 0), ("staff", usual + 30))
    assert header.length() == table.viewport().width()

    again = PagedTable(model_of(table), "又一张", 32)
    qtbot.addWidget(again)
    again.resize(table.size())
    again.show()
    with qtbot.assertNotEmitted(again.arranged):
        again.arrange(table.arrangement)
        again.arrange(again.arrangement, 1.25)
    assert again.arrangement == table.arrangement
    assert again.horizontalHeader().sectionSize(1) == round((usual + 30) * 1.25)
    # What cannot be shown is left out from the right, wherever it was put.
    name, *_between, place = model_of(table).columns
    again.resize(round((name.width + place.width) * 1.25) + 24, again.height())
    assert [again.horizontalHeader().isSectionHidden(at) for at in (1, 3)] == [True, False]


def test_copy_takes_the_chosen_rows_as_text_shown_or_not(
    qtbot: QtBot, table: PagedTable, source: Source
) -> None:
    fill(qtbot, table, source, range(40_000))
    table.choose_columns(("name", "staff", "place"))
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "单位0\t0\t街\n单位1\t1\t街"
    table.selectAll()
    copied: list[tuple[int, bool]] = []
    table.copied.connect(lambda count, cut: copied.append((count, cut)))
    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    source.answer()
    assert copied == [(MOST_COPIED, True)]
    lines = QGuiApplication.clipboard().text().split("\n")
    assert (len(lines), lines[-1]) == (MOST_COPIED, f"单位{MOST_COPIED - 1}\t{MOST_COPIED - 1}\t街")


def test_texts_are_asked_anew_without_losing_the_rows(
    qtbot: QtBot, table: PagedTable, source: Source
) -> None:
    fill(qtbot, table, source, range(300))
    table.choose(5)
    model_of(table).forget_texts()
    settle(qtbot, table, source)
    assert source.asked.count(0) == 2
    assert table.currentIndex().row() == 5


def test_a_failed_page_leaves_rows_empty_and_the_list_alive(
    qtbot: QtBot, table: PagedTable, source: Source
) -> None:
    table.show_numbers(range(50))
    qtbot.waitUntil(lambda: bool(source.waiting))
    source.waiting.pop()[1]({})
    assert table.model().index(0, 0).data() == ""
    with qtbot.assertNotEmitted(table.opened):
        qtbot.keyClick(table, Qt.Key.Key_Return)
