"""Batches with their state in words; the one in which the cursor stands is told in full below."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from organizer.i18n import _, show_instant
from organizer.services.batches.reporting import BatchLine, Leftover, Whereabouts
from organizer.ui.batches.files_page import copy_path, open_folder
from organizer.ui.theme import Theme
from organizer.ui.widgets.keybutton import KeyButton
from organizer.ui.widgets.plain import button, card, column, holder, label, row
from organizer.ui.widgets.rows import RowsTable
from organizer.ui.widgets.table import Column

AGAIN = "Ctrl+G"


class History(QWidget):
    """A table and the facts of one batch; 打开文件夹 while its plain file is still there.

    `again` asks for the file of a sealed batch once more, when it is gone.
    """

    again = Signal(bytes)

    def __init__(self, theme: Theme, title: str, teaching: str) -> None:
        super().__init__()
        columns = (
            Column("union", _("工会"), 200),
            Column("short_id", _("批次号"), 100),
            Column("rows", _("人数"), 56, number=True),
            Column("state", _("状态"), 152),
            Column("at", _("时间"), 136),
            Column("by", _("经手人"), 80),
        )
        self._table = RowsTable(theme, columns, title, stretched=0, spare=("by",))
        self._table.selectionModel().currentRowChanged.connect(self._on_current)
        self._empty = card(label(teaching, "mut"))
        self._lines: dict[bytes, BatchLine] = {}
        self._files: dict[bytes, Leftover] = {}
        self._file, self._proof = label(""), label("", "mut")
        self._file.setWordWrap(True)
        self._open = button(_("打开文件夹"), self._on_open, name="open-batch")
        self._copy = button(_("复制路径"), self._on_copy, name="copy-batch")
        self._again = KeyButton(
            theme, _("重新生成"), self.make_again, shortcut=AGAIN, name="make-again"
        )
        texts = holder(column(self._file, self._proof))
        facts = row(texts, self._open, self._copy, self._again)
        facts.setStretch(0, 1)
        self._facts = card(facts, margin=12)
        whole = column(self._empty, self._table, self._facts, into=QVBoxLayout(self))
        whole.setStretch(1, 1)
        whole.addStretch(0)
        # Nothing is said, and nothing can be pressed, before it is known.
        for part in (self._empty, self._table, self._facts):
            part.hide()

    def show_batches(self, lines: Sequence[BatchLine], files: Sequence[Leftover]) -> None:
        """Show these batches; `files` are the plain files not yet cleared."""
        self._lines = {line.id: line for line in lines}
        self._files = {file.batch: file for file in files}
        self._table.show_rows(
            [(line.id, self._cells(line)) for line in lines], self._table.current_id()
        )
        self._table.setVisible(bool(lines))
        self._facts.setVisible(bool(lines))
        self._empty.setVisible(not lines)
        self._on_current()

    def focus_list(self) -> None:
        """Put the cursor into the list, if there is one."""
        if self._lines:
            self._table.setFocus()

    def make_again(self) -> None:
        """Ask for the file of the batch under the cursor once more."""
        line = self._lines.get(self._table.current_id() or b"")
        if line is not None and self._again.isVisibleTo(self):
            self.again.emit(line.id)

    def _cells(self, line: BatchLine) -> tuple[str, ...]:
        at = show_instant(line.sealed_at or line.made_at)
        file = self._files.get(line.id)
        state = line.state
        if file is not None and file.whereabouts is not Whereabouts.GONE:
            state = _("{state} · 明文未清").format(state=line.state)
        return (line.union_name, line.short_id, str(line.rows), state, at, line.by)

    def _on_current(self) -> None:
        line = self._lines.get(self._table.current_id() or b"")
        if line is None:
            return
        file = self._files.get(line.id)
        self._file.setText(str(file.path) if file else line.file_name)
        proof = _("没有核对，不要上传")
        if line.sealed:
            proof = _("已逐格核对 · 校验码 {sha256}").format(sha256=line.sha256)
        self._proof.setText(proof)
        there = file is not None and file.whereabouts is Whereabouts.THERE
        self._open.setVisible(there)
        self._copy.setVisible(there)
        self._again.setVisible(line.sealed and not there)

    def _current_file(self) -> Leftover | None:
        return self._files.get(self._table.current_id() or b"")

    def _on_open(self) -> None:
        if (file := self._current_file()) is not None:
            open_folder(file)

    def _on_copy(self) -> None:
        if (file := self._current_file()) is not None:
            copy_path(str(file.path))
