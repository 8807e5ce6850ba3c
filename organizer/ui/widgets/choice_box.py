"""A short list of a filter: its title stands first and means no limit."""

from collections.abc import Iterable

from PySide6.QtWidgets import QComboBox


def choice_box(title: str, entries: Iterable[tuple[str, str]] = ()) -> QComboBox:
    """A box that offers these, key and words."""
    box = QComboBox()
    box.setAccessibleName(title)
    box.setToolTip(title)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(4)
    box.addItem(title, "")
    for key, words in entries:
        box.addItem(words, key)
    return box


def fill_box(box: QComboBox, entries: Iterable[tuple[str, str]]) -> None:
    """Offer these behind the title, without telling anybody."""
    blocked = box.blockSignals(True)
    while box.count() > 1:
        box.removeItem(1)
    for key, words in entries:
        box.addItem(words, key)
    box.blockSignals(blocked)
