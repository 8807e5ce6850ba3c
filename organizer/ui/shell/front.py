"""What the pages before the window share: the emblem, one card in the middle, scrolled when tall."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QLayout,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from organizer.i18n import _
from organizer.ui.shell.rail import tinted
from organizer.ui.theme import Theme
from organizer.ui.widgets.plain import card, label, row

USUAL_SIZE = QSize(1366, 768)
_EDGE = 8


def fill_small_screen(window: QWidget) -> None:
    """Where the usual size and a title bar do not fit, take the whole screen."""
    room = window.screen().availableSize()
    if room.width() <= USUAL_SIZE.width() or room.height() <= USUAL_SIZE.height():
        window.setWindowState(Qt.WindowState.WindowMaximized)


class _AsHighAsItsTexts(QWidget):
    """Asks for the height its texts take at this width, not at the narrowest they could be."""

    def minimumSizeHint(self) -> QSize:
        least = super().minimumSizeHint()
        return QSize(least.width(), 0 if self.hasHeightForWidth() else least.height())


class FrontPage(QWidget):
    """A page with one card; its width is in pixels at 100 %, less where the window is narrow."""

    def __init__(self, theme: Theme, width: int = 380, margin: int = 32, gap: int = 12) -> None:
        super().__init__()
        self.setObjectName("page")
        self._theme = theme
        self._width = width
        self._spacing = {"margin": margin, "gap": gap}
        self._emblem = QLabel()
        self._card = QFrame()

    def fill(self, *parts: "QWidget | QLayout") -> None:
        """Set the parts under each other below the program's name; called once."""
        name = label(_("基层工会工作台"), "title")
        self._card = card(row(self._emblem, name, None, gap=12), *parts, **self._spacing)
        inside = _AsHighAsItsTexts()
        middle = QVBoxLayout(inside)
        middle.setContentsMargins(_EDGE, _EDGE, _EDGE, _EDGE)
        middle.addStretch(1)
        middle.addLayout(row(None, self._card, None))
        middle.addStretch(2)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inside)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)
        self._theme.changed.connect(self._on_theme)
        self._on_theme()

    def _on_theme(self) -> None:
        size = self._theme.px(28)
        pixmap = tinted(self._theme, "emblem", "acc", 28).pixmap(QSize(size, size))
        self._emblem.setPixmap(pixmap)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Nothing is to be scrolled sideways."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self._card.setFixedWidth(min(self._theme.px(self._width), self.width() - 2 * _EDGE))


class Front(QStackedWidget):
    """The window in which nothing is unlocked: one page at a time."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setWindowTitle(_("基层工会工作台"))
        self.setMinimumSize(480, 400)
        self.resize(USUAL_SIZE)

    def show_page(self, page: QWidget) -> None:
        """Show a page in place of the one before."""
        while (old := self.currentWidget()) is not None:
            self.removeWidget(old)
            old.deleteLater()
        self.addWidget(page)
        self.show()
        self.activateWindow()
