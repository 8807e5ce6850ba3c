"""What the applicant agrees to, purpose by purpose; on paper, or signed on the screen where allowed."""

from collections.abc import Iterable

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QImageWriter, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QVBoxLayout, QWidget

from organizer.domain.consent import Form, Purpose
from organizer.i18n import _
from organizer.services.members import consenting
from organizer.services.members.consenting import Agreed
from organizer.ui.theme import Theme
from organizer.ui.widgets.plain import button, column, holder, label, row
from organizer.ui.widgets.reflow import Cell, Reflow

_PEN = 5.0


class ConsentPart(QWidget):
    """The line of consents. `changed` tells that something was ticked, or signed."""

    changed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.boxes = {purpose: _box(purpose) for purpose in Purpose}
        # Whoever does not agree to this does not join.
        self.boxes[Purpose.JOIN].setEnabled(False)
        for box in self.boxes.values():
            box.toggled.connect(lambda _on: self.changed.emit())
        self.pad = SignaturePad(theme)
        self.pad.signed.connect(self.changed)
        self._sign = button(_("屏幕签名"), self.show_pad, kind="inline", name="sign")
        again = button(_("重签"), self.pad.wipe, kind="inline", name="sign-again")
        told = label(_("签名图样，以纸质为准：纸面同意书照样要签。"), "hint")
        told.setWordWrap(False)
        self._signing = holder(column(self.pad, row(told, again, None), gap=4))
        self._head = label("", "label")
        rows = [[Cell(box, 1, 150) for box in self.boxes.values()] + [Cell(self._sign, 0, 90)]]
        self.rows = Reflow(theme, rows)
        column(self._head, self.rows, self._signing, into=QVBoxLayout(self), gap=4)
        self._signing.hide()
        self.allow_signing(False)

    @property
    def declined(self) -> frozenset[Purpose]:
        """The purposes that are not agreed to."""
        return frozenset(purpose for purpose, box in self.boxes.items() if not box.isChecked())

    @property
    def agreed(self) -> Agreed:
        """How it is said."""
        form = Form.SCREEN if self.pad.is_signed else Form.PAPER
        return Agreed(form, self.declined)

    @property
    def signature(self) -> bytes:
        """The picture of the signature (PNG), b"" for none."""
        return self.pad.png() if self.pad.is_signed else b""

    def allow_signing(self, allowed: bool) -> None:
        """Signing on the screen as the office has it."""
        self._sign.setVisible(allowed)
        self._head.setText(_("同意（各项单独签字）") if allowed else _("同意（纸面各项单独签字）"))
        self.rows.lay_out()

    def show_pad(self) -> None:
        """A place to sign on; the line itself is signed by mouse, pen or finger."""
        self._signing.setVisible(not self._signing.isVisible())

    def decline(self, purposes: Iterable[str]) -> None:
        """Bring a draft back; the picture of a hand is never kept in one."""
        wanted = set(purposes)
        for purpose, box in self.boxes.items():
            box.blockSignals(True)
            box.setChecked(purpose.value not in wanted)
            box.blockSignals(False)
        self.pad.wipe()
        self._signing.hide()


class SignaturePad(QWidget):
    """A white field to sign on; `signed` after every stroke."""

    signed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._image = QImage()
        self._last: QPointF | None = None
        self.is_signed = False
        self.setObjectName("signature")
        self.setAccessibleName(_("签名处"))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.wipe()

    def sizeHint(self) -> QSize:
        """As large as a hand needs."""
        return QSize(self._theme.px(420), self._theme.px(130))

    def wipe(self) -> None:
        """Begin anew."""
        self._image = QImage(self.sizeHint(), QImage.Format.Format_ARGB32)
        self._image.fill(Qt.GlobalColor.transparent)
        self.is_signed = False
        self.update()

    def png(self) -> bytes:
        """The signature, black on nothing, so that it lies on the line of the paper."""
        kept = QBuffer()
        kept.open(QIODevice.OpenModeFlag.WriteOnly)
        writer = QImageWriter(kept, QByteArray(b"png"))
        writer.write(self._image)
        return bytes(kept.data().data())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The pen goes down."""
        self._last = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The pen moves."""
        if self._last is None:
            return
        painter = QPainter(self._image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(Qt.GlobalColor.black, _PEN, c=Qt.PenCapStyle.RoundCap))
        painter.drawLine(self._last, event.position())
        painter.end()
        self._last = event.position()
        self.is_signed = True
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The pen is lifted."""
        self._last = None
        if self.is_signed:
            self.signed.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paper white in light and dark, with the line to sign on."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), Qt.GlobalColor.white)
        painter.setPen(QPen(self._theme.color("line"), 1))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        low = int(self.height() * 0.8)
        painter.drawLine(self._theme.px(16), low, self.width() - self._theme.px(16), low)
        painter.drawImage(0, 0, self._image)


def _box(purpose: Purpose) -> QCheckBox:
    box = QCheckBox(consenting.title(purpose))
    box.setObjectName(f"agree-{purpose.value}")
    box.setChecked(True)
    return box
