"""A list and what is chosen in it: side by side, or one at a time where there is no room for both."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from organizer.ui.theme import Theme

_ROOM = 820
"""From this width on (pixels at 100 %) both are shown."""
_NO_LIMIT = 16_777_215


class TwoPanes(QWidget):
    """`left` is `width` pixels wide at 100 % while both are shown."""

    def __init__(self, theme: Theme, left: QWidget, right: QWidget, width: int) -> None:
        super().__init__()
        self._theme = theme
        self._left, self._right, self._width = left, right, width
        self._on_right = self._empty = False
        panes = QHBoxLayout(self)
        panes.setContentsMargins(0, 0, 0, 0)
        panes.setSpacing(16)
        panes.addWidget(left)
        panes.addWidget(right, 1)
        theme.changed.connect(self._arrange)
        self._arrange()

    @property
    def both(self) -> bool:
        """Whether there is room for both."""
        return self.width() >= self._theme.px(min(_ROOM, 2 * self._width + 40))

    def go_back(self) -> bool:
        """From what is chosen back to the list; False where both are in view or the list already."""
        if self.both or self._empty or not self._on_right:
            return False
        self.show_left()
        self._left.setFocus()
        return True

    def show_left(self) -> None:
        """The list, where only one fits."""
        self._on_right = False
        self._arrange()

    def show_right(self) -> None:
        """What is chosen, where only one fits."""
        self._on_right = True
        self._arrange()

    def set_empty(self, *, empty: bool) -> None:
        """With nothing in the list there is only what stands at the right."""
        self._empty = empty
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As the width allows."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        both = self.both
        self._left.setVisible(not self._empty and (both or not self._on_right))
        self._right.setVisible(both or self._on_right or self._empty)
        self._left.setMaximumWidth(self._theme.px(self._width) if both else _NO_LIMIT)
        self._left.setMinimumWidth(self._theme.px(self._width) if both else 0)
