"""The plain files with members' data that still lie about, in red, until they are cleared."""

from collections.abc import Callable, Iterator

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QFocusEvent, QGuiApplication
from PySide6.QtWidgets import QPushButton, QWidget

from organizer.i18n import _, show_instant
from organizer.services.batches import reporting
from organizer.services.batches.reporting import Leftover, Whereabouts
from organizer.ui.batches.entries import MOST_SHOWN, Entries, entry
from organizer.ui.session import Session
from organizer.ui.widgets.plain import button, label


class TwiceButton(QPushButton):
    """Asks to be pressed a second time; leaving it in between takes the first press back."""

    def __init__(self, text: str, again: str, run: Callable[[], object]) -> None:
        super().__init__(text)
        self._text, self._again, self._run = text, again, run
        self._armed = False
        self.setAutoDefault(True)
        self.setAccessibleName(text)
        self.clicked.connect(self._on_clicked)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The first press is taken back."""
        self._arm(False)
        super().focusOutEvent(event)

    def _on_clicked(self) -> None:
        if self._armed:
            self._arm(False)
            self._run()
        else:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
            self._arm(True)

    def _arm(self, armed: bool) -> None:
        self._armed = armed
        self.setText(self._again if armed else self._text)
        self.setAccessibleName(self.text())


class FilesPage(Entries):
    """One entry for each file: where it is, of which batch, and 清除."""

    def __init__(self, session: Session, say: Callable[[str], None]) -> None:
        super().__init__(_("还没有清除的明文文件"))
        self._session = session
        self._say = say

    def show_files(self, files: tuple[Leftover, ...]) -> None:
        """Show these files."""
        foot = _("文件里是会员的证件号码，谁都能打开。上传或交出以后，请在这里清除。")
        self.show_entries(self._entries(files), foot)

    def focus_first(self) -> None:
        """Put the cursor on the first thing that can be done."""
        first = self.findChild(QPushButton)
        if first is not None:
            first.setFocus()

    def _entries(self, files: tuple[Leftover, ...]) -> Iterator[QWidget]:
        for one in files[:MOST_SHOWN]:
            head = label(_headline(one), "alarm")
            head.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            yield entry(head, (_about(one),), self._buttons(one))

    def _buttons(self, one: Leftover) -> Iterator[QPushButton]:
        if one.whereabouts is Whereabouts.THERE:
            yield button(_("打开文件夹"), lambda: open_folder(one), name="open-folder")
            yield self._twice(one, _("删除文件"), _("再按一次删除"), delete=True)
        elif one.whereabouts is Whereabouts.GONE:
            yield button(_("标为已清除"), lambda: self._clear(one), name="clear")
        else:
            yield self._twice(one, _("确已销毁"), _("再按一次确认"), declared=True)

    def _twice(
        self, one: Leftover, text: str, again: str, *, delete: bool = False, declared: bool = False
    ) -> QPushButton:
        made = TwiceButton(text, again, lambda: self._clear(one, delete=delete, declared=declared))
        made.setObjectName("clear")
        return made

    def _clear(self, one: Leftover, *, delete: bool = False, declared: bool = False) -> None:
        def again() -> None:
            self._clear(one, delete=delete, declared=declared)

        self._session.change(
            self,
            lambda workspace, _job: reporting.clear_export(
                workspace, one.id, delete=delete, declared=declared
            ),
            lambda _nothing: self._say(_("已清除，并记入审计。")),
            failed=lambda error: self._session.notices.present(error, again),
        )


def open_folder(one: Leftover) -> None:
    """Show the file's folder in the system's file manager."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(one.path.parent)))


def copy_path(text: str) -> None:
    """Put a path on the clipboard."""
    QGuiApplication.clipboard().setText(text)


def _headline(one: Leftover) -> str:
    words = {
        Whereabouts.THERE: _("明文文件还在：{path}"),
        Whereabouts.GONE: _("文件已经不在，待标为已清除：{path}"),
        Whereabouts.AWAY: _("看不到文件夹，U 盘可能已拔出：{path}"),
    }
    return words[one.whereabouts].format(path=one.path)


def _about(one: Leftover) -> str:
    text = _("批次 {short_id} · {union} · {at}").format(
        short_id=one.short_id, union=one.union_name, at=show_instant(one.made_at)
    )
    if not one.sealed:
        return _("{about} · 导出中断，没有核对，不要上传").format(about=text)
    return text
