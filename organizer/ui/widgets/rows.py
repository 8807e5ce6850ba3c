"""Lists short enough to be at hand as a whole, in the look and with the keys of the long ones."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHeaderView

from organizer.ui.theme import Theme
from organizer.ui.widgets.table import Column, PagedModel, PagedTable, Row


class RowsModel(PagedModel):
    """Rows that are all here: nothing is asked for, nothing arrives late."""

    def __init__(self, columns: Sequence[Column]) -> None:
        super().__init__(columns, lambda _numbers, _answer: None)
        self._rows: Sequence[Row] = ()

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show these rows: (id, cell texts)."""
        self._rows = tuple(rows)
        self.set_numbers(range(len(rows)))

    def _row(self, row: int) -> Row | None:
        return self._rows[row]


class RowsTable(PagedTable):
    """A table over a `RowsModel`; the column `stretched` takes what the others leave.

    Where that is too little, the columns named in `spare` go, the first first: no sideways scrolling.
    """

    def __init__(
        self,
        theme: Theme,
        columns: Sequence[Column],
        title: str,
        stretched: int,
        spare: Sequence[str] = (),
    ) -> None:
        self.rows = RowsModel(columns)
        super().__init__(self.rows, title, theme.px(32))
        self._theme = theme
        self._stretched = stretched
        keys = [column.key for column in columns]
        self._spare = [keys.index(key) for key in spare]
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        header = self.horizontalHeader()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(stretched, QHeaderView.ResizeMode.Stretch)
        theme.changed.connect(self._on_theme)
        self._on_theme()

    def show_rows(self, rows: Sequence[Row], chosen: bytes | None = None) -> None:
        """Show these rows with one of them chosen, the first when `chosen` is not among them."""
        self.rows.show_rows(rows)
        place = next((at for at, (row, _texts) in enumerate(rows) if row == chosen), 0)
        if rows:
            self.selectRow(place)

    def current_id(self) -> bytes | None:
        """The id of the row in which the cursor stands."""
        place = self.currentIndex().row()
        return self.rows.id_at(place) if 0 <= place < self.rows.rowCount() else None

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out what does not fit."""
        super().resizeEvent(event)
        self._fit()

    def _on_theme(self) -> None:
        self.set_row_height(self._theme.px(32))
        for place, column in enumerate(self.rows.columns):
            self.horizontalHeader().resizeSection(place, self._theme.px(column.width))
        self._fit()

    def _fit(self) -> None:
        wanted = sum(self._theme.px(column.width) for column in self.rows.columns)
        for place in self._spare:
            hidden = wanted > self.viewport().width()
            self.setColumnHidden(place, hidden)
            if hidden:
                wanted -= self._theme.px(self.rows.columns[place].width)
