"""Parts that take the room they need: an area that scrolls only when it must, buttons in even rows."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QPushButton, QScrollArea, QSizePolicy, QWidget

from organizer.ui.theme import Theme

_GAP = 8
_ON_PURPOSE = Qt.WidgetAttribute.WA_WState_ExplicitShowHide


class FittingArea(QScrollArea):
    """As high as what is in it, where there is room; else it scrolls up and down."""

    def __init__(self, inside: QWidget) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._inside = inside
        self.setWidget(inside)
        inside.installEventFilter(self)

    def sizeHint(self) -> QSize:
        """The height of what is in it at this width."""
        inside = self._inside
        layout = inside.layout()
        if layout is not None and layout.hasHeightForWidth():
            width = min(self.viewport().width(), inside.maximumWidth())
            # Some parts keep the height that they would have in narrower lines.
            least = inside.minimumSizeHint().height()
            return QSize(inside.sizeHint().width(), max(layout.totalHeightForWidth(width), least))
        return inside.sizeHint()

    def minimumSizeHint(self) -> QSize:
        """It may be made small: then it scrolls."""
        return QSize(self._inside.minimumSizeHint().width(), 80)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """At another width lines break elsewhere."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.updateGeometry()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What is in it asks for more or less room; the line in which one types is seen."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)


class EvenButtons(QWidget):
    """Buttons in as few rows as the width allows, each row with as many as the others."""

    def __init__(self, theme: Theme, buttons: Sequence[QPushButton], least: int) -> None:
        """`least` is what a button needs, in pixels at 100 %."""
        super().__init__()
        self._theme, self._buttons, self._least = theme, buttons, least
        for one in buttons:
            # Shown without a parent it would be a window of its own.
            hidden = one.isHidden() and _hidden(one)
            one.setParent(self)
            one.setHidden(hidden)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(_GAP)
        self._laid: tuple[int, list[QPushButton]] = (0, [])
        theme.changed.connect(self.lay_out)

    def lay_out(self) -> None:
        """Set those that are not hidden."""
        shown = [one for one in self._buttons if not (one.isHidden() and _hidden(one))]
        fitting = max((self.width() + _GAP) // (self._theme.px(self._least) + _GAP), 1)
        rows = -(-len(shown) // fitting) or 1
        across = -(-len(shown) // rows) or 1
        if (across, shown) == self._laid:
            return
        self._laid = across, shown
        while self._grid.count():
            self._grid.takeAt(0)
        for place in range(max(self._grid.columnCount(), across)):
            self._grid.setColumnStretch(place, 1 if place < across else 0)
        for place, one in enumerate(shown):
            self._grid.addWidget(one, place // across, place % across)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As the width allows."""
        super().resizeEvent(event)
        self.lay_out()


def _hidden(one: QPushButton) -> bool:
    return one.testAttribute(_ON_PURPOSE)
