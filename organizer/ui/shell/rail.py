"""The left rail: icon and word for each screen."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap, QResizeEvent
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QButtonGroup, QFrame, QToolButton, QVBoxLayout

from organizer import resources
from organizer.domain.access import Permission
from organizer.ui.screen import Screen
from organizer.ui.session import Session
from organizer.ui.theme import Theme
from organizer.ui.widgets.plain import restyle

_HIGH = 56
"""Icon, word and padding of a button at 100 %."""


@dataclass(frozen=True)
class Part:
    """A part of a screen that a command opens from anywhere: what `arrive` takes, and its name."""

    record: str
    text: str
    permission: Permission | None = None


@dataclass(frozen=True)
class ScreenEntry:
    """A screen, built when first shown; on the rail unless it lies `under` one that is."""

    id: str
    text: str
    icon: str
    build: Callable[[Session], Screen]
    under: str = ""
    parts: tuple[Part, ...] = ()


def tinted(theme: Theme, name: str, role: str, size: int = 20, checked: str = "") -> QIcon:
    """A bundled icon in a colour of the theme, and in another while its button is checked."""
    icon = QIcon(_drawn(theme, name, role, size))
    if checked:
        icon.addPixmap(_drawn(theme, name, checked, size), QIcon.Mode.Normal, QIcon.State.On)
    return icon


def _drawn(theme: Theme, name: str, role: str, size: int) -> QPixmap:
    source = resources.path("icons", f"{name}.svg").read_text(encoding="utf-8")
    drawing = source.replace("currentColor", theme.color(role).name())
    pixels = theme.px(size)
    pixmap = QPixmap(QSize(pixels * 2, pixels * 2))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(drawing.encode()).render(painter)
    painter.end()
    pixmap.setDevicePixelRatio(2)
    return pixmap


class Rail(QFrame):
    """One checkable button for each entry; settings stand at the foot.

    Where the window is too low for icons and words, the words stay.
    """

    def __init__(
        self, theme: Theme, entries: Sequence[ScreenEntry], chosen: Callable[[str], None]
    ) -> None:
        super().__init__()
        self.setObjectName("rail")
        self._theme = theme
        self._group = QButtonGroup(self)
        self._buttons: dict[str, tuple[QToolButton, ScreenEntry]] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 12, 6, 12)
        layout.setSpacing(2)
        self.entries = tuple(entry for entry in entries if not entry.under)
        for entry in self.entries:
            if entry.id == "settings":
                layout.addStretch(1)
            made = QToolButton()
            made.setText(entry.text)
            made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
            made.setCheckable(True)
            made.setProperty("kind", "rail")
            made.setObjectName(f"rail-{entry.id}")
            made.setAccessibleName(entry.text)
            made.clicked.connect(lambda _checked=False, screen=entry.id: chosen(screen))
            self._group.addButton(made)
            self._buttons[entry.id] = (made, entry)
            layout.addWidget(made)
        theme.changed.connect(self._on_theme)
        self._on_theme()

    def mark(self, screen: str) -> None:
        """Show which screen is in view."""
        self._group.setExclusive(False)
        for name, (made, _entry) in self._buttons.items():
            made.setChecked(name == screen)
        self._group.setExclusive(True)

    def set_tip(self, screen: str, text: str) -> None:
        """The tooltip with the shortcut."""
        self._buttons[screen][0].setToolTip(text)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give up the icons where not everything fits."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        low = len(self._buttons) * (self._theme.px(_HIGH) + 2) + 24 > self.height()
        style = Qt.ToolButtonStyle
        for made, _entry in self._buttons.values():
            if made.property("low") != low:
                made.setToolButtonStyle(
                    style.ToolButtonTextOnly if low else style.ToolButtonTextUnderIcon
                )
                restyle(made, "low", low)

    def _on_theme(self) -> None:
        self._fit()
        self.setFixedWidth(self._theme.px(72))
        for made, entry in self._buttons.values():
            made.setIcon(tinted(self._theme, entry.icon, "mut", checked="acc"))
            made.setIconSize(QSize(self._theme.px(20), self._theme.px(20)))
            made.setMinimumWidth(self._theme.px(60))
