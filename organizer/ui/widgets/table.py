"""The view of long lists: rows of one height, keys, sorting, columns of choice, copying as text."""

from collections.abc import Callable, Collection, Sequence

from PySide6.QtCore import QPoint, QRect, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import (
    QGuiApplication,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPalette,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
    QWidget,
)

from organizer.i18n import _
from organizer.ui.widgets.paging import PAGE, Column, Fetch, Index, PagedModel, Row

__all__ = ["PAGE", "CellPainter", "Column", "Fetch", "Index", "PagedModel", "PagedTable", "Row"]

MOST_COPIED = 5000
"""Rows that are copied at once; for more there is the export."""

_MARK = 3
_SIDES = 16
_NARROWEST = 48
_SETTLE_MS = 400
"""A column is drawn wider step by step; when it rests, what does not fit is left out."""


class CellPainter(QStyledItemDelegate):
    """Cells as texts; the chosen row bears a bar, a cut text shows whole in a tooltip."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a cell."""
        option.state &= ~QStyle.StateFlag.State_HasFocus
        super().paint(painter, option, index)
        header = self._header()
        first = header is not None and header.visualIndex(index.column()) == 0
        if first and option.state & QStyle.StateFlag.State_Selected:
            bar = QRect(option.rect.topLeft(), option.rect.bottomLeft())
            bar.setWidth(_MARK)
            painter.fillRect(bar, option.palette.color(QPalette.ColorRole.Accent))

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        """Show the text of a cell whole when it is cut."""
        text = str(index.data() or "")
        cut = option.fontMetrics.horizontalAdvance(text) > option.rect.width() - _SIDES
        QToolTip.showText(event.globalPos(), text if cut else "", view)
        return True

    def _header(self) -> QHeaderView | None:
        table = self.parent()
        return table.horizontalHeader() if isinstance(table, QTableView) else None


class PagedTable(QTableView):
    """A list over a `PagedModel`: Enter opens, Ctrl+C copies as text, typing goes to a filter.

    `typed` carries what is typed into the list, which is never searched row by row.
    """

    opened = Signal(bytes)
    sorted = Signal(str, bool)
    arranged = Signal()
    """Somebody chose other columns, another order or another width."""
    copied = Signal(int, bool)
    """How many rows were copied, and whether more had been chosen than are copied at once."""
    typed = Signal(str)

    def __init__(
        self, model: PagedModel, title: str, row_height: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setAccessibleName(title)
        self._model = model
        self._scale = 1.0
        self._sorting = ("", False)
        self._shown: list[str] = []
        self._widths: dict[str, int] = {}
        self._placing = False
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.setInterval(_SETTLE_MS)
        self._settling.timeout.connect(self._on_settled)
        self.setItemDelegate(CellPainter(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        self.set_row_height(row_height)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        header.setStretchLastSection(True)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        for place, column in enumerate(model.columns):
            header.resizeSection(place, column.width)
        header.customContextMenuRequested.connect(self._on_header_menu)
        header.sortIndicatorChanged.connect(self._on_sorted)
        header.sectionResized.connect(self._on_resized)
        header.sectionMoved.connect(self._on_moved)
        self.doubleClicked.connect(lambda index: self._open(index.row()))

    def set_row_height(self, height: int) -> None:
        """Rows of this height in pixels; never measured by their content."""
        rows = self.verticalHeader()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(height)
        rows.setDefaultSectionSize(height)

    def show_numbers(self, numbers: Sequence[int]) -> None:
        """Show these rows; the cursor stays on its record, or begins at the top."""
        kept = self._model.number_at(self.currentIndex().row())
        self._model.set_numbers(numbers)
        if not self.choose(kept) and numbers:
            self.selectRow(0)
            self.scrollToTop()

    def choose(self, number: int | None) -> bool:
        """Put the cursor on a record and bring it into view; False when it is not in the list."""
        row = self._model.row_of(number)
        if row is None:
            return False
        self.selectRow(row)
        index = self._model.index(row, 0)
        if not self.viewport().rect().contains(self.visualRect(index)):
            self.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)
        return True

    def show_sorting(self, key: str, *, descending: bool = False) -> None:
        """Show by which column the list is sorted, and let headings be clicked to sort."""
        self._sorting = (key, descending)
        header = self.horizontalHeader()
        header.setSectionsClickable(True)
        header.setSortIndicatorShown(True)
        order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        with QSignalBlocker(header):
            header.setSortIndicator(self._section(key), order)

    def choose_columns(self, keys: Sequence[str], scale: float = 1.0) -> None:
        """Show these columns at a type size, as many as fit; the first takes what the others leave."""
        self.arrange([(key, self._widths.get(key, 0)) for key in keys], scale, moving=False)

    def arrange(
        self, columns: Sequence[tuple[str, int]], scale: float = 1.0, *, moving: bool = True
    ) -> None:
        """Show these columns in this order, each with its width at 100 %; 0 is the usual width."""
        known = {column.key: place for place, column in enumerate(self._model.columns)}
        wanted = [(key, width) for key, width in columns if key in known]
        header = self.horizontalHeader()
        self._placing = True
        header.setStretchLastSection(False)
        header.setMinimumSectionSize(round(_NARROWEST * scale))
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionsMovable(True)
        header.setFirstSectionMovable(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        others = [key for key, _width in wanted if known[key] != 0] if moving else []
        for place, key in enumerate(others, start=1):
            header.moveSection(header.visualIndex(known[key]), place)
        self._scale = scale
        self._widths |= {key: width for key, width in wanted if width}
        self._shown = self._in_order({key for key, _width in wanted})
        for place, column in enumerate(self._model.columns[1:], start=1):
            header.resizeSection(place, self._width(column))
        self._placing = False
        self._fit()

    @property
    def arrangement(self) -> tuple[tuple[str, int], ...]:
        """The columns that are chosen, whether or not they fit, and their widths at 100 %; 0 usual."""
        return tuple((key, self._widths.get(key, 0)) for key in self._shown)

    def settle(self) -> None:
        """Take over now what was just moved or drawn wider."""
        if self._settling.isActive():
            self._settling.stop()
            self._on_settled()

    def columns_menu(self) -> QMenu:
        """What can be shown and by what the list can be sorted, for a right click or a button."""
        menu = QMenu(self)
        for column in self._model.columns[1:]:
            shown = menu.addAction(column.title)
            shown.setCheckable(True)
            shown.setChecked(column.key in self._shown)
            shown.toggled.connect(self._toggling(column.key))
        sorting = menu.addMenu(_("排序"))
        for column in self._model.columns:
            if column.sortable:
                by = sorting.addAction(column.title)
                by.setCheckable(True)
                by.setChecked(column.key == self._sorting[0])
                by.triggered.connect(self._sorting_by(column.key))
        return menu

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many of the chosen columns as fit."""
        super().resizeEvent(event)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Ctrl+C copies, Home and End go to the first and the last row."""
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex().row())
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif plain and event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End):
            last = self._model.rowCount() - 1
            self.selectRow(0 if event.key() == Qt.Key.Key_Home else last)
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Hand on what is typed; Qt would look through every row of the list."""
        self.typed.emit(search)

    @property
    def chosen_rows(self) -> list[int]:
        """The rows that are chosen, from the top."""
        chosen = self.selectionModel().selection()
        ranges = [chosen.at(place) for place in range(chosen.count())]
        return sorted({row for one in ranges for row in range(one.top(), one.bottom() + 1)})

    def copy(self) -> None:
        """Put the chosen rows into the clipboard: a line each, cells parted by tabs."""
        rows = self.chosen_rows
        cut = len(rows) > MOST_COPIED
        header = self.horizontalHeader()
        columns = [
            header.logicalIndex(place)
            for place in range(header.count())
            if not header.isSectionHidden(header.logicalIndex(place))
        ]

        def put(found: Sequence[Row]) -> None:
            lines = ("\t".join(cells[column] for column in columns) for _id, cells in found)
            QGuiApplication.clipboard().setText("\n".join(lines))
            self.copied.emit(len(found), cut)

        if rows:
            self._model.gather(rows[:MOST_COPIED], put)

    def _open(self, row: int) -> None:
        identity = self._model.id_at(row)
        if identity is not None:
            self.opened.emit(identity)

    def _section(self, key: str) -> int:
        keys = [column.key for column in self._model.columns]
        return keys.index(key) if key in keys else -1

    def _on_sorted(self, section: int, order: Qt.SortOrder) -> None:
        if not 0 <= section < len(self._model.columns):
            return
        column = self._model.columns[section]
        if not column.sortable:
            key, descending = self._sorting
            self.show_sorting(key, descending=descending)
            return
        self._sorting = (column.key, order == Qt.SortOrder.DescendingOrder)
        self.sorted.emit(*self._sorting)

    def _sorting_by(self, key: str) -> Callable[[], None]:
        def sort() -> None:
            again = key == self._sorting[0] and not self._sorting[1]
            self.show_sorting(key, descending=again)
            self.sorted.emit(key, again)

        return sort

    def _toggling(self, key: str) -> Callable[[bool], None]:
        def toggle(on: bool) -> None:
            keys = [*self._shown, key] if on else [one for one in self._shown if one != key]
            self.choose_columns(keys, self._scale)
            self.arranged.emit()

        return toggle

    def _width(self, column: Column) -> int:
        return round((self._widths.get(column.key) or column.width) * self._scale)

    def _in_order(self, keys: Collection[str]) -> list[str]:
        """These columns as they stand from left to right."""
        header, columns = self.horizontalHeader(), self._model.columns
        standing = (columns[header.logicalIndex(place)].key for place in range(len(columns)))
        return [key for key in standing if key in keys]

    def _on_resized(self, section: int, _before: int, width: int) -> None:
        # The first takes what is left; what does not fit is hidden, with no width.
        if self._shown and not self._placing and section > 0 and width > 0:
            self._widths[self._model.columns[section].key] = round(width / self._scale)
            self._settling.start()

    def _on_moved(self, _section: int, _before: int, _now: int) -> None:
        if self._shown and not self._placing:
            self._shown = self._in_order(self._shown)
            self._settling.start()

    def _on_settled(self) -> None:
        self._fit()
        self.arranged.emit()

    def _on_header_menu(self, at: QPoint) -> None:
        if not self._shown:
            return
        menu = self.columns_menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.horizontalHeader().mapToGlobal(at))

    def _fit(self) -> None:
        if not self._shown:
            return
        header, columns = self.horizontalHeader(), self._model.columns
        room = self.viewport().width() - round(columns[0].width * self._scale)
        self._placing = True
        for place in map(header.logicalIndex, range(1, len(columns))):
            width = self._width(columns[place])
            fits = columns[place].key in self._shown and width <= room
            room -= width if fits else 0
            self.setColumnHidden(place, not fits)
        self._placing = False
