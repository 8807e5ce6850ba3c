"""The command palette: commands at once, records from the index a moment later, papers by their code."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from organizer.i18n import _
from organizer.services import finding
from organizer.services.finding import Found, Readings
from organizer.services.workspace import Workspace
from organizer.ui.actions import Action
from organizer.ui.keys import shown_keys
from organizer.ui.session import Session
from organizer.ui.shell.results import Result, ResultPopup

PAUSE_MS = 50
_MOST_ACTIONS = 4
_MOST_OF_A_KIND = 6


class Palette(QObject):
    """Listens to the search box of a window and shows what fits below it."""

    def __init__(
        self,
        session: Session,
        box: QLineEdit,
        over: QWidget,
        table: Callable[[], Sequence[Action]],
        open_record: Callable[[Found], None],
    ) -> None:
        super().__init__(box)
        self._session = session
        self._box = box
        self._table = table
        self._open_record = open_record
        self._readings: dict[str, Readings] = {}
        self._records: Sequence[Result] = ()
        self._waiting = False
        self._learning = False
        self._eager = False
        self._before: QWidget | None = None
        self._popup = ResultPopup(session.theme, over, _("查找结果"))
        self._popup.chosen.connect(self._on_chosen)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._on_pause)
        box.textEdited.connect(self._on_typed)
        box.installEventFilter(self)

    @property
    def rows(self) -> list[Result]:
        """What is on offer, from the top."""
        return list(self._popup.model.items)

    def begin(self) -> None:
        """Put the cursor into the box and offer what can be done here."""
        focused = QApplication.focusWidget()
        if focused is not self._box:
            self._before = focused
        self._box.setFocus()
        self._box.selectAll()
        self._learn()
        self._show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows walk, Enter takes, Esc goes back to where the cursor was."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._on_key(event)
        if isinstance(event, QFocusEvent) and event.lostFocus():
            self._on_left(event.reason())
        return False

    def _on_left(self, why: Qt.FocusReason) -> None:
        if why == Qt.FocusReason.OtherFocusReason and (self._waiting or self._popup.isVisible()):
            # A screen that has just loaded put the cursor where its work starts.
            QTimer.singleShot(0, self._box, self._box.setFocus)
        else:
            self._eager = False
            self._popup.hide()

    def _on_key(self, event: QKeyEvent) -> bool:
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            if not self._popup.isVisible():
                self._show()
            self._popup.walk(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_enter()
        elif key == Qt.Key.Key_Escape:
            self._go_back()
        else:
            return False
        return True

    def _on_enter(self) -> None:
        if (self._waiting or self._learning) and self._popup.current is None:
            # A scanner sends Enter right behind its text; the answer is opened when it is here.
            self._eager = True
            if self._pause.isActive():
                self._pause.stop()
                self._on_pause()
        elif self._popup.isVisible():
            # What was found for an earlier text is not in view and not meant.
            self._popup.choose_current()

    def _go_back(self) -> None:
        self._pause.stop()
        self._waiting = self._eager = False
        self._popup.hide()
        self._box.clear()
        self._records = ()
        before, self._before = self._before, None
        try:
            if before is not None and before.isVisible():
                before.setFocus()
                return
        except RuntimeError:
            # The widget is gone with its screen.
            pass
        self._box.clearFocus()

    def _on_typed(self, text: str) -> None:
        self._records = ()
        self._waiting = bool(text.strip())
        self._eager = False
        self._pause.start()
        self._show()

    def _on_pause(self) -> None:
        text = self._box.text().strip()
        if not text:
            self._waiting = False
            return
        self._session.ask(
            self,
            lambda workspace: _look_up(workspace, text),
            lambda found: self._on_found(text, found),
            key="palette",
            failed=self._on_failed,
        )

    def _on_found(self, text: str, found: Sequence[Found]) -> None:
        if text != self._box.text().strip():
            # One typed on meanwhile: Enter is meant for what stands there now.
            return
        words = _kinds()
        self._records = [
            Result(each, each.name, each.detail, words.get(each.table, "")) for each in found
        ]
        self._waiting = False
        standing = self._popup.current
        self._show()
        if standing is not None:
            # The arrows may have walked to a command meanwhile.
            self._popup.stand_at(standing)
        self._keep_promise()

    def _keep_promise(self) -> None:
        """Open what Enter was pressed for, once records and names of commands are both here."""
        if self._eager and not self._waiting and not self._learning:
            self._eager = False
            self._popup.choose_current()

    def _on_failed(self, error: BaseException) -> None:
        self._waiting = self._learning = self._eager = False
        self._popup.hide()
        self._session.notices.present(error)

    def _show(self) -> None:
        if not self._box.hasFocus():
            return
        called, mention = self._commands()
        # What only mentions the letters comes last: Enter is not to do what nobody meant.
        rows = [*called, *self._records, *([] if self._waiting else mention)]
        nothing = (
            ""
            if self._waiting or self._learning or not self._box.text().strip()
            else _("没有找到。可以输入名称、拼音首字母，或证件、电话、信用代码的末几位。")
        )
        self._popup.show_rows(rows, self._box, nothing=nothing)

    def _commands(self) -> tuple[list[Result], list[Result]]:
        """The commands called so, and those that have the text somewhere in their name."""
        text = "".join(self._box.text().lower().split())
        actions = [action for action in self._table() if action.id != "window.find"]
        fitting = [action for action in actions if self._fits(action, text)]
        if not text:
            return [_command(action) for action in fitting], []
        called = [action for action in fitting if self._begins(action, text)][:_MOST_ACTIONS]
        mention = [action for action in fitting if action not in called]
        rest = mention[: _MOST_ACTIONS - len(called)]
        return [_command(action) for action in called], [_command(action) for action in rest]

    def _fits(self, action: Action, text: str) -> bool:
        if not text or text in action.text.lower():
            return True
        spoken = self._readings.get(action.text)
        if spoken is None or not text.isascii() or len(text) < 2:
            return False
        return any(text in each for each in spoken.initials) or any(
            each.startswith(text) for each in spoken.full
        )

    def _begins(self, action: Action, text: str) -> bool:
        """Whether the text is how its name begins: what is called so, before what mentions it."""
        spoken = self._readings.get(action.text)
        said = (*spoken.initials, *spoken.full) if spoken else ()
        return any(each.startswith(text) for each in (action.text.lower(), *said))

    def _learn(self) -> None:
        unknown = [a.text for a in self._table() if a.text not in self._readings]
        if not unknown:
            return
        self._learning = True
        self._session.ask(
            self,
            lambda workspace: finding.readings(workspace, unknown),
            lambda spoken: self._on_learned(dict(zip(unknown, spoken, strict=True))),
            failed=self._on_failed,
        )

    def _on_learned(self, readings: Mapping[str, Readings]) -> None:
        # Records may have been quicker: the letters typed meanwhile may be those of a command.
        self._readings.update(readings)
        self._learning = False
        if self._box.text().strip():
            self._show()
        self._keep_promise()

    def _on_chosen(self, result: Result) -> None:
        # What is still looked for is not wanted any more, and must not bring the cursor back here.
        self._pause.stop()
        self._waiting = self._eager = False
        self._box.clear()
        self._records = ()
        self._box.clearFocus()
        self._before = None
        if isinstance(result.key, Action):
            result.key.run()
        elif isinstance(result.key, Found):
            self._open_record(result.key)


def _look_up(workspace: Workspace, text: str) -> Sequence[Found]:
    if finding.is_paper_code(text):
        return [finding.by_paper(workspace, finding.plain_code(text))]
    return finding.find_here(workspace, text, _MOST_OF_A_KIND)


def _command(action: Action) -> Result:
    return Result(action, action.text, "", _("命令"), shown_keys(action.shortcut))


def _kinds() -> Mapping[str, str]:
    return {
        "employer": _("单位"),
        "place": _("地点"),
        "person": _("人员"),
        "union_org": _("工会"),
    }
