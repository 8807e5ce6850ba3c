"""A page with one table of everything it has to tell, its acts, and words where there is nothing."""

from collections.abc import Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from organizer.services.workspace import Workspace
from organizer.ui.session import Session
from organizer.ui.widgets.fitting import EvenButtons
from organizer.ui.widgets.keybutton import KeyButton
from organizer.ui.widgets.plain import card, column, label
from organizer.ui.widgets.rows import RowsTable
from organizer.ui.widgets.table import Column, Row

T = TypeVar("T")
_BUTTON = 184


class TablePage(QWidget, Generic[T]):
    """`opened` carries the id of the row that Enter opens.

    Subclasses say what to ask and how a row is told; `extras` stand above the table.
    """

    opened = Signal(bytes)

    def __init__(
        self,
        session: Session,
        columns: Sequence[Column],
        title: str,
        spare: Sequence[str],
        acts: Sequence[KeyButton],
        empty: tuple[str, str],
    ) -> None:
        super().__init__()
        self.session = session
        self._acts = acts
        self.summary = label("", "info")
        self.table = RowsTable(session.theme, columns, title, 0, spare)
        self.table.opened.connect(self.opened)
        self._buttons = EvenButtons(session.theme, acts, 150)
        session.theme.changed.connect(self._on_theme)
        self._on_theme()
        told = label(empty[1])
        told.setWordWrap(True)
        self._empty = card(label(empty[0], "title"), told, margin=32, gap=12)
        self._empty.hide()
        whole = column(
            *self.extras(), self.summary, self.table, self._empty, self._buttons, None,
            into=QVBoxLayout(self), gap=12,
        )  # fmt: skip
        # With nothing to show the words stand at the top.
        whole.setStretch(whole.count() - 1, 0)
        whole.setStretchFactor(self.table, 1)

    def extras(self) -> Sequence[QWidget]:
        """Parts above the table, for subclasses."""
        return ()

    def ask(self, workspace: Workspace) -> T:
        """What the page tells."""
        raise NotImplementedError

    def told(self, found: T) -> tuple[str, Sequence[Row]]:
        """The sentence above the table, and its rows."""
        raise NotImplementedError

    def reload(self) -> None:
        """Read it anew."""
        self.session.ask(self, self.ask, self._on_found, key=f"members.{type(self).__name__}")

    def arrive(self) -> None:
        """The page comes into view."""
        self.reload()
        self.table.setFocus()

    def _on_found(self, found: T) -> None:
        said, rows = self.told(found)
        self.table.show_rows(rows, self.table.current_id())
        self.summary.setText(said)
        self.summary.setVisible(bool(said) and bool(rows))
        self.table.setVisible(bool(rows))
        self._empty.setVisible(not rows)
        for act in self._acts:
            act.setEnabled(bool(rows))

    def _on_theme(self) -> None:
        self._buttons.setMaximumWidth(self.session.theme.px(_BUTTON * len(self._acts)))
