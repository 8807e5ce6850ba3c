"""The table of the weekly report: a cursor that walks from number to number, measures above their parts."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QFontMetrics,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from organizer import resources
from organizer.domain.weekly import Column, Line, columns
from organizer.i18n import _
from organizer.ui.theme import Theme
from organizer.ui.widgets.paging import Index

COLUMNS = columns()
NAMES = 2
"""The first columns: community and name."""

TOTALS = 0
"""The line of totals stands first: it is seen without scrolling."""

_ABOVE, _NAME, _MORE = 92, 148, 16
_EDGE, _SIDE = 6, 11
_GROUP, _PARTS = 26, 24
_ROW = 32
_SPARE = ((), ("change", "share"), ("change", "share", "above"), ("change", "share", "week"))
"""What is left out where the window is narrow or the type large: nothing, else more and more."""


def measure_text(key: str, part: str) -> str:
    """The title or the meaning of a measure, as everywhere it is printed."""
    found: str = resources.toml("texts", "weekly.toml")["measure"][key][part]
    return found


def part_text(part: str) -> str:
    """本周, 累计, 现数, 增减, 率."""
    found: str = resources.toml("texts", "weekly.toml")["part"][part]
    return found


class FigureModel(QAbstractTableModel):
    """Lines with their numbers, below the line of totals."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._above, self._name = "", ""
        self._joined = False
        self.lines: Sequence[Line] = ()

    def show(self, lines: Sequence[Line], above: str, name: str) -> None:
        """Show these lines under the titles of their first two columns."""
        self.beginResetModel()
        self.lines, self._above, self._name = lines, above, name
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        """Lines shown."""
        return 0 if parent is not None and parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index | None = None) -> int:
        """Community, name and the numbers."""
        return 0 if parent is not None and parent.isValid() else NAMES + len(COLUMNS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Texts, noughts paler than numbers, and what a number means."""
        if not index.isValid():
            return None
        line, place = self.lines[index.row()], index.column() - NAMES
        text = COLUMNS[place].text(line) if place >= 0 else self._names(line)[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return text
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if place >= 0 else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.ForegroundRole and (text in ("0", "0.0") or place == -2):
            return self._theme.color("mut")
        if role == Qt.ItemDataRole.FontRole and index.row() == TOTALS:
            return self._theme.font(14, bold=True)
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole) and place >= 0:
            return spoken(COLUMNS[place], line)
        return None

    def join_names(self, joined: bool) -> None:
        """Whether the community stands before the name, where its own column has no room."""
        self._joined = joined

    def _names(self, line: Line) -> tuple[str, str]:
        return line.above, f"{line.above} {line.name}".strip() if self._joined else line.name

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """The titles, for screen readers and copies."""
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        if section < NAMES:
            return (self._above, self._name)[section]
        column = COLUMNS[section - NAMES]
        return measure_text(column.measure.key, "title") + part_text(column.part)


def spoken(column: Column, line: Line) -> str:
    """A number with what it counts: 建设中路　已查　本周 26, and the meaning below."""
    title, part = measure_text(column.measure.key, "title"), part_text(column.part)
    head = _("{name}　{title}　{part} {number}").format(
        name=line.name, title=title, part=part, number=column.text(line)
    )
    return f"{head}\n{measure_text(column.measure.key, 'meaning')}"


class _GroupHeader(QHeaderView):
    """Titles in two lines: the measure across its parts, the part above each column."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._theme = theme
        self.setSectionsClickable(False)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(8)

    def sizeHint(self) -> QSize:
        """Two lines high."""
        return QSize(super().sizeHint().width(), self._theme.px(_GROUP + _PARTS))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint all titles at once: a measure stands over several columns."""
        painter = QPainter(self.viewport())
        painter.setFont(self._theme.font(12))
        painter.fillRect(self.viewport().rect(), self._theme.color("card"))
        high, upper = self.viewport().height(), self._theme.px(_GROUP)
        for section in range(NAMES):
            text = str(self.model().headerData(section, Qt.Orientation.Horizontal) or "")
            if not self.isSectionHidden(section):
                box = self._across([section], 0, high)
                self._write(painter, box, text, Qt.AlignmentFlag.AlignLeft)
        for measure in dict.fromkeys(column.measure for column in COLUMNS):
            own = [
                place
                for place, column in enumerate(COLUMNS, start=NAMES)
                if column.measure == measure and not self.isSectionHidden(place)
            ]
            if not own:
                continue
            box = self._across(own, 0, upper)
            painter.setPen(self._theme.color("line"))
            painter.drawLine(box.left(), self._theme.px(6), box.left(), high)
            # With one part left, it is the measure itself.
            alone = len(own) == 1
            box = self._across(own, 0, high) if alone else box
            side = Qt.AlignmentFlag.AlignRight if alone else Qt.AlignmentFlag.AlignHCenter
            self._write(painter, box, measure_text(measure.key, "title"), side, strong=True)
            for place in [] if alone else own:
                below = self._across([place], upper, high - upper)
                text = part_text(COLUMNS[place - NAMES].part)
                self._write(painter, below, text, Qt.AlignmentFlag.AlignRight)
        painter.setPen(self._theme.color("line"))
        painter.drawLine(0, high - 1, self.viewport().width(), high - 1)
        painter.end()

    def _across(self, sections: Sequence[int], top: int, height: int) -> QRect:
        left = self.sectionViewportPosition(sections[0])
        right = self.sectionViewportPosition(sections[-1]) + self.sectionSize(sections[-1])
        return QRect(left, top, right - left, height)

    def _write(
        self,
        painter: QPainter,
        box: QRect,
        text: str,
        side: Qt.AlignmentFlag,
        *,
        strong: bool = False,
    ) -> None:
        painter.setPen(self._theme.color("ink" if strong else "mut"))
        if side == Qt.AlignmentFlag.AlignLeft:
            box = box.adjusted(self._theme.px(_SIDE), 0, 0, 0)
        elif side == Qt.AlignmentFlag.AlignRight:
            box = box.adjusted(0, 0, -self._theme.px(_EDGE), 0)
        painter.drawText(box, side | Qt.AlignmentFlag.AlignVCenter, text)


class _Painter(QStyledItemDelegate):
    """Cells without the dotted frame; a hairline parts the measures, another stands above totals."""

    def __init__(self, theme: Theme, view: QTableView) -> None:
        super().__init__(view)
        self._theme = theme

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a cell."""
        focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
        option.state &= ~QStyle.StateFlag.State_HasFocus
        place = index.column() - NAMES
        if place < 0:
            super().paint(painter, option, index)
        else:
            self._number(painter, option, index)
        painter.setPen(self._theme.color("line"))
        if place >= 0 and (place == 0 or COLUMNS[place].measure != COLUMNS[place - 1].measure):
            painter.drawLine(option.rect.topLeft(), option.rect.bottomLeft())
        if index.row() == TOTALS:
            painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        if focused:
            painter.setPen(self._theme.color("acc"))
            painter.drawRect(option.rect.adjusted(0, 0, -1, -1))

    def _number(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """A number is never cut: it stands closer to the edge than texts do."""
        self.initStyleOption(option, index)
        text, option.text = option.text, ""
        style = option.widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        painter.setFont(option.font)
        painter.setPen(option.palette.color(QPalette.ColorRole.Text))
        box = option.rect.adjusted(0, 0, -self._theme.px(_EDGE), 0)
        painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)


class FigureTable(QTableView):
    """Arrows walk from number to number, Enter opens the rows behind one, Ctrl+C copies the table."""

    opened = Signal(Line, Column)

    def __init__(self, theme: Theme, title: str) -> None:
        super().__init__()
        self._theme = theme
        self.figures = FigureModel(theme)
        self.setModel(self.figures)
        self.setAccessibleName(title)
        self.setHorizontalHeader(_GroupHeader(theme))
        self.setItemDelegate(_Painter(theme, self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        self.doubleClicked.connect(self._open)
        self._needs = [0] * len(COLUMNS)
        theme.changed.connect(self._measure)

    def show_lines(self, lines: Sequence[Line], above: str, name: str) -> None:
        """Show these lines; the cursor stays on its line and column, or begins at the totals."""
        kept = self.currentIndex()
        row, column = kept.row(), kept.column()
        key = self.figures.lines[row].key if row > TOTALS else None
        self.figures.show(lines, above, name)
        self._measure()
        here = [place for place, line in enumerate(lines) if place > TOTALS and line.key == key]
        column = column if column >= NAMES and not self.isColumnHidden(column) else NAMES
        self.setCurrentIndex(self.figures.index(here[0] if here else TOTALS, column))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Ctrl+C copies, Home and End go to the first and the last line."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
        elif event.matches(QKeySequence.StandardKey.Copy):
            self._copy()
        elif event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End) and self.figures.lines:
            row = 0 if event.key() == Qt.Key.Key_Home else len(self.figures.lines) - 1
            self.setCurrentIndex(self.figures.index(row, self.currentIndex().column()))
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out what does not fit."""
        super().resizeEvent(event)
        self._fit()

    def _open(self, index: Index | QModelIndex) -> None:
        place = index.column() - NAMES
        if index.isValid() and place >= 0:
            self.opened.emit(self.figures.lines[index.row()], COLUMNS[place])

    def _copy(self) -> None:
        shown = [place for place in range(NAMES + len(COLUMNS)) if not self.isColumnHidden(place)]
        titles = [str(self.figures.headerData(p, Qt.Orientation.Horizontal) or "") for p in shown]
        rows = [
            [str(self.figures.index(row, place).data() or "") for place in shown]
            for row in range(self.figures.rowCount())
        ]
        lines = ("\t".join(cells) for cells in (titles, *rows))
        QGuiApplication.clipboard().setText("\n".join(lines))

    def _fit(self) -> None:
        """As many parts of each measure as there is room for; names take what is left."""
        px, header = self._theme.px, self.horizontalHeader()
        self.verticalHeader().setMinimumSectionSize(px(_ROW))
        self.verticalHeader().setDefaultSectionSize(px(_ROW))
        # Before it is laid out it has no width to go by.
        width = max(self.viewport().width(), 1)
        for spare in _SPARE:
            above = 0 if "above" in spare else px(_ABOVE)
            shown = [place for place, one in enumerate(COLUMNS) if one.part not in spare]
            rest = width - above - px(_NAME) - sum(self._needs[place] for place in shown)
            if rest >= 0:
                break
        more = min(px(_MORE), max(rest, 0) // len(shown))
        taken = above
        for place, need in enumerate(self._needs):
            self.setColumnHidden(NAMES + place, place not in shown)
            header.resizeSection(NAMES + place, need + more)
            taken += need + more if place in shown else 0
        self.setColumnHidden(0, not above)
        self.figures.join_names(not above)
        header.resizeSection(0, above)
        header.resizeSection(1, max(px(_NAME), width - taken))

    def _measure(self) -> None:
        """What each column of numbers needs so that none of them is cut."""
        metrics = QFontMetrics(self._theme.font(14, bold=True))
        small = QFontMetrics(self._theme.font(12))
        edge = self._theme.px(2 * _EDGE - 2)
        self._needs = [
            edge
            + max(
                small.horizontalAdvance(part_text(one.part)),
                *(metrics.horizontalAdvance(one.text(line)) for line in self.figures.lines),
                0,
            )
            for one in COLUMNS
        ]
        self._fit()
