"""Which units tree and street show: all, those of a filter, or the doors of a drive."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QPushButton, QVBoxLayout, QWidget

from organizer.domain.unit_filter import NAMED, UnitFilter
from organizer.i18n import _
from organizer.services.employers import listing
from organizer.services.survey import walking
from organizer.services.survey.drives import Drive
from organizer.ui.widgets.plain import button, restyle


class _Box(QComboBox):
    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scrolling past must not change what is shown."""
        event.ignore()


class WhichUnits(QWidget):
    """A short list to choose from; below it the way to keep a filter as a drive."""

    changed = Signal()
    """Other units are wanted in tree and street."""
    driven = Signal(bytes)
    """The doors of a drive are wanted as a walk of their own."""
    save_wanted = Signal()
    """The filter is to be kept as a drive."""

    def __init__(self) -> None:
        super().__init__()
        self.saving = False
        """Whether whoever sits here may keep a filter as a drive."""
        self.box = _Box()
        self.box.setObjectName("which-units")
        self.box.setProperty("kind", "answer")
        self.box.setAccessibleName(_("看哪些单位"))
        self.box.setToolTip(_("树和街路里只看这些单位"))
        self.box.addItem(_("全部单位"), "")
        for key, words in listing.named_filters().items():
            self.box.addItem(words, key)
        self._filters = self.box.count()
        self._keep: QPushButton = button(
            _("存成攻坚清单"), self.save_wanted.emit, kind="inline", name="keep-filter"
        )
        self._keep.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.box)
        layout.addWidget(self._keep, 0, Qt.AlignmentFlag.AlignLeft)
        self.setFocusProxy(self.box)
        self.box.activated.connect(self._on_chosen)

    @property
    def wanted(self) -> UnitFilter:
        """The units that tree and street are to show."""
        return NAMED.get(self.box.currentData(), walking.EVERY_UNIT)

    @property
    def words(self) -> str:
        """What the filter is called; "" for all units and for a drive."""
        return self.box.currentText() if self.box.currentData() in NAMED else ""

    def show_drives(self, found: Sequence[Drive]) -> None:
        """Offer the drives below the filters, with how far they are."""
        chosen = self.box.currentData()
        while self.box.count() > self._filters:
            self.box.removeItem(self._filters)
        if found:
            self.box.insertSeparator(self._filters)
        for drive in found:
            words = _("攻坚：{name} {done}/{target}").format(
                name=drive.name, done=drive.done, target=drive.target
            )
            self.box.addItem(words, drive.id.hex())
            told = _("{due} 到期，责任人 {who}").format(due=drive.due_on, who=drive.responsible)
            self.box.setItemData(self.box.count() - 1, told, Qt.ItemDataRole.ToolTipRole)
        self.box.setCurrentIndex(max(self.box.findData(chosen), 0))

    def _on_chosen(self) -> None:
        restyle(self.box, "state", "on" if self.box.currentIndex() > 0 else "")
        chosen = self.box.currentData()
        self._keep.setVisible(self.saving and self.wanted.can_be_driven)
        if chosen and chosen not in NAMED:
            self.driven.emit(bytes.fromhex(chosen))
        self.changed.emit()
