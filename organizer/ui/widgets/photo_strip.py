"""Photos side by side, small; Enter or a click shows one large, Delete asks to take it away."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QIcon, QImage, QKeyEvent, QMouseEvent, QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget
from shiboken6 import isValid

from organizer.i18n import _
from organizer.ui.theme import Theme
from organizer.ui.widgets.plain import column, label

_SIDE = 56
_SHARE = 0.9


@dataclass(frozen=True)
class Shown:
    """A photo to show: what it is known by, and its JPEG."""

    key: object
    content: bytes


class PhotoStrip(QWidget):
    """`opened` and `removed` carry the key of a photo."""

    opened = Signal(object)
    removed = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(8)
        self.photos: tuple[Shown, ...] = ()
        self.hide()

    def show_photos(self, photos: Sequence[Shown]) -> None:
        """Show these; nothing is left in view without any."""
        self.photos = tuple(photos)
        while (item := self._layout.takeAt(0)) is not None:
            if old := item.widget():
                old.deleteLater()
        for number, photo in enumerate(self.photos, 1):
            self._layout.addWidget(self._thumbnail(number, photo))
        self._layout.addStretch(1)
        self.setVisible(bool(self.photos))

    def _thumbnail(self, number: int, photo: Shown) -> QPushButton:
        made = _Thumbnail()
        side = self._theme.px(_SIDE)
        made.setIcon(QIcon(QPixmap.fromImage(QImage.fromData(photo.content))))
        made.setIconSize(QSize(side, side))
        made.setFixedSize(side + 8, side + 8)
        made.setAutoDefault(True)
        made.setProperty("kind", "photo")
        made.setAccessibleName(_("照片 {number}").format(number=number))
        made.setToolTip(_("Enter 看大图，Delete 去掉"))
        made.clicked.connect(lambda: self.opened.emit(photo.key))
        made.unwanted.connect(lambda: self.removed.emit(photo.key))
        return made


class _Thumbnail(QPushButton):
    unwanted = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.unwanted.emit()
        else:
            super().keyPressEvent(event)


class PhotoView(QFrame):
    """One photo large, over the window; any key or click puts it away and goes back."""

    def __init__(self, owner: QWidget, content: bytes) -> None:
        super().__init__(owner.window())
        self._owner = owner
        self._back = owner.window().focusWidget()
        self.setProperty("kind", "card")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("照片"))
        room = owner.window().size() * _SHARE
        seen = QPixmap.fromImage(QImage.fromData(content))
        if seen.width() > room.width() or seen.height() > room.height():
            seen = seen.scaled(
                room,
                Qt.AspectRatioMode.KeepAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
        picture = QLabel()
        picture.setPixmap(seen)
        column(picture, label(_("按任意键或点一下关闭"), "mut"), into=QVBoxLayout(self), margin=8)

    def show_over(self) -> None:
        """Show it in the middle of the window it belongs to."""
        self.adjustSize()
        window = self._owner.window()
        self.move(window.rect().center() - self.rect().center())
        self.show()
        self.raise_()
        self.setFocus()

    def keyPressEvent(self, _event: QKeyEvent) -> None:
        """Any key closes."""
        self._put_away()

    def mousePressEvent(self, _event: QMouseEvent) -> None:
        """So does a click."""
        self._put_away()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Whoever goes on working has seen it."""
        super().focusOutEvent(event)
        self._put_away()

    def _put_away(self) -> None:
        if self.isVisible():
            self.hide()
            if self._back is not None and isValid(self._back):
                self._back.setFocus()
            self.deleteLater()
