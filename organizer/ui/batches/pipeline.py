"""The road of a member to the registry in words, as far as it exists; each step is a page."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QPushButton, QWidget

from organizer.i18n import _
from organizer.services.batches.reporting import Overview
from organizer.ui.widgets.plain import button, label, row

READY, DRAFTS, SEALED, FILES = "ready", "drafts", "sealed", "files"


class Pipeline(QWidget):
    """可报送 → 草稿 → 已封存, and the plain files in red; `chosen` carries the page."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._steps: dict[str, QPushButton] = {}
        group = QButtonGroup(self)
        for step in (READY, DRAFTS, SEALED, FILES):
            made = button("", partial(self.chosen.emit, step), name=f"step-{step}")
            made.setProperty("kind", "alarm" if step == FILES else "choice")
            made.setCheckable(True)
            group.addButton(made)
            self._steps[step] = made
        arrows = (label("→", "mut"), label("→", "mut"))
        for arrow in arrows:
            arrow.setWordWrap(False)
        layout = row(
            self._steps[READY], arrows[0], self._steps[DRAFTS], arrows[1], self._steps[SEALED],
            None, self._steps[FILES],
        )  # fmt: skip
        self.setLayout(layout)
        self.show_counts(Overview((), (), ()))
        self.mark(READY)

    def mark(self, step: str) -> None:
        """Show which page is in view."""
        self._steps[step].setChecked(True)

    def show_counts(self, seen: Overview) -> None:
        """Write the counts into the steps."""
        sealed = sum(batch.sealed for batch in seen.batches)
        texts = {
            READY: _("可报送 {count} 人").format(count=seen.waiting),
            DRAFTS: _("草稿 {count} 批").format(count=len(seen.batches) - sealed),
            SEALED: _("已封存 {count} 批").format(count=sealed),
            FILES: _("明文文件还在：{count} 份").format(count=len(seen.leftovers)),
        }
        for step, text in texts.items():
            self._steps[step].setText(text)
            self._steps[step].setAccessibleName(text)
        self._steps[FILES].setVisible(bool(seen.leftovers))
