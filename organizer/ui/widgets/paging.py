"""The model of long lists: it holds local row numbers only and asks for pages of texts when painted.

Whatever is scrolled past before it was fetched is not fetched at all, so that the page under the
eyes never waits behind pages nobody looks at any more.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
)

PAGE = 100
_KEPT_PAGES = 30
_UNDER_WAY = 2
_STILL_WANTED = 4

Index = QModelIndex | QPersistentModelIndex
Row = tuple[bytes, Sequence[str]]
Fetch = Callable[[Sequence[int], Callable[[Mapping[int, Row]], None]], None]
"""Asked for rows by their numbers; answers later with number → (id, cell texts).

It has to answer also when it failed, with what it has.
"""


@dataclass(frozen=True)
class Column:
    """A column of a list, its width in pixels at 100 %; numbers stand at the right."""

    key: str
    title: str
    width: int
    number: bool = False
    sortable: bool = True


class PagedModel(QAbstractTableModel):
    """Rows by number, texts by page; a page not here yet shows as empty."""

    def __init__(
        self, columns: Sequence[Column], fetch: Fetch, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._fetch = fetch
        self._numbers: Sequence[int] = ()
        self._pages: dict[int, Mapping[int, Row]] = {}
        self._latest = -1
        self._wanted: dict[int, None] = {}
        self._flying: set[int] = set()
        self._generation = 0
        # After the painting: its misses become one or two questions.
        self._asking = QTimer(self)
        self._asking.setSingleShot(True)
        self._asking.timeout.connect(self._ask)

    def set_numbers(self, numbers: Sequence[int]) -> None:
        """Show these rows, in this order."""
        self.beginResetModel()
        self._numbers = numbers
        self._forget()
        self.endResetModel()

    def forget_texts(self) -> None:
        """Ask for the texts anew, keeping the rows."""
        self._forget()
        if self._numbers:
            last = self.index(len(self._numbers) - 1, len(self.columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def id_at(self, row: int) -> bytes | None:
        """The id of the record in a row; None while its page is under way."""
        found = self._row(row) if 0 <= row < len(self._numbers) else None
        return found[0] if found else None

    def number_at(self, row: int) -> int | None:
        """The number of the record in a row."""
        return self._numbers[row] if 0 <= row < len(self._numbers) else None

    def row_of(self, number: int | None) -> int | None:
        """The row in which a number stands."""
        try:
            return None if number is None else self._numbers.index(number)
        except ValueError:
            return None

    def holds(self, row: int) -> bool:
        """Whether the texts of a row are in memory."""
        return row // PAGE in self._pages

    def gather(self, rows: Sequence[int], done: Callable[[Sequence[Row]], None]) -> None:
        """Bring the texts of these rows, also of those never shown; `done` is called with them."""
        here = [found for row in rows if (found := self._row(row))]
        if len(here) == len(rows):
            done(here)
            return
        numbers = [self._numbers[row] for row in rows]
        self._fetch(numbers, lambda found: done([found[n] for n in numbers if n in found]))

    def rowCount(self, parent: Index | None = None) -> int:
        """Rows shown."""
        return 0 if parent is not None and parent.isValid() else len(self._numbers)

    def columnCount(self, parent: Index | None = None) -> int:
        """Columns shown."""
        return 0 if parent is not None and parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Texts and their alignment."""
        if not index.isValid() or index.row() >= len(self._numbers):
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._side(index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            found = self._row(index.row())
            return found[1][index.column()] if found else ""
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """The titles of the columns."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._side(section)
        return self.columns[section].title if role == Qt.ItemDataRole.DisplayRole else None

    def _side(self, column: int) -> Qt.AlignmentFlag:
        right = self.columns[column].number
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignVCenter

    def _forget(self) -> None:
        self._generation += 1
        self._latest = -1
        for pages in (self._pages, self._wanted, self._flying):
            pages.clear()

    def _row(self, row: int) -> Row | None:
        page = row // PAGE
        found = self._pages.get(page)
        if found is not None:
            if page != self._latest:
                # The pages looked at last are the last to be given up.
                self._pages[page] = self._pages.pop(page)
                self._latest = page
            return found.get(self._numbers[row])
        if page not in self._flying:
            self._wanted.pop(page, None)
            self._wanted[page] = None
            if not self._asking.isActive():
                self._asking.start(0)
        return None

    def _ask(self) -> None:
        """Ask for the pages painted last; what was scrolled past asks again when painted again."""
        while self._wanted and len(self._flying) < _UNDER_WAY:
            page, _ = self._wanted.popitem()
            self._flying.add(page)
            self._ask_for(page, self._generation)
        for page in tuple(self._wanted)[:-_STILL_WANTED]:
            del self._wanted[page]

    def _ask_for(self, page: int, generation: int) -> None:
        numbers = self._numbers[page * PAGE : (page + 1) * PAGE]
        self._fetch(numbers, lambda rows: self._arrived(page, rows, generation))

    def _arrived(self, page: int, rows: Mapping[int, Row], generation: int) -> None:
        if generation != self._generation:
            return
        self._flying.discard(page)
        while len(self._pages) >= _KEPT_PAGES:
            del self._pages[next(iter(self._pages))]
        self._pages[page] = rows
        first = page * PAGE
        last = min(first + PAGE, len(self._numbers)) - 1
        if last >= first:
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(self.columns) - 1))
        if self._wanted:
            self._asking.start(0)
