"""A strip that tells what another laptop changed on a merged record, and takes it with one key."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from organizer.i18n import _
from organizer.services import late_edits
from organizer.services.late_edits import LateLine
from organizer.ui.session import Session
from organizer.ui.widgets.keybutton import KeyButton
from organizer.ui.widgets.plain import label, row

LATE = "F9"


class LateStrip(QWidget):
    """Hidden while there is nothing. `taken` carries what was said and the write."""

    taken = Signal(str, bytes)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._late: Sequence[LateLine] = ()
        self._words = label("", "info")
        take = KeyButton(session.theme, _("采用"), self.take, shortcut=LATE, name="take-late")
        parts = row(self._words, take, gap=12)
        parts.setStretch(0, 1)
        self.setLayout(parts)
        self.hide()

    def show_late(self, late: Sequence[LateLine]) -> None:
        """Tell the first of these, and how many there are."""
        self._late = late
        self.setVisible(bool(late))
        if late:
            line = late[0]
            words = _("合并后又有改动 {count} 处。{name}的{title}：{text}（现在是 {now}）")
            self._words.setText(
                words.format(
                    count=len(late),
                    name=line.name,
                    title=line.title,
                    text=line.text,
                    now=line.now or _("空"),
                )
            )

    def take(self) -> None:
        """Make the first late change the survivor's."""
        if not self._late:
            return
        line = self._late[0]
        told = _("{name}的{title}已改为 {text}。")
        said = told.format(name=line.name, title=line.title, text=line.text)
        self._session.change(
            self,
            lambda workspace, _job: late_edits.take(workspace, line),
            lambda write: self.taken.emit(said, write),
            failed=self._session.notices.present,
        )
