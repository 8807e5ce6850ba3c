"""A form that changes something: fields, what will happen in words, one button that does it."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from organizer.errors import InvalidInput, OrganizerError
from organizer.i18n import _
from organizer.services.workspace import Workspace
from organizer.ui.session import Session
from organizer.ui.widgets.fields import Field
from organizer.ui.widgets.fitting import FittingArea
from organizer.ui.widgets.form_draft import FormDraft
from organizer.ui.widgets.keybutton import KeyButton
from organizer.ui.widgets.leaving_form import LeavingForm
from organizer.ui.widgets.picker import ChoiceField
from organizer.ui.widgets.plain import column, holder, label, row

CONFIRM = "Ctrl+Return"
_LOOK_AFTER_MS = 150
_WIDEST = 640

Question = Callable[[Workspace], object]


class ActForm(LeavingForm):
    """One act on what is in view. `done` carries what was done in words, `left` goes back.

    Subclasses say what the fields mean: `plan` tells it beforehand, `act` does it. `draft_name` is
    what the act is called among the drafts.
    """

    draft_name = ""
    draft_area = "places"
    """Which screen's drafts they are."""

    done = Signal(str)

    def __init__(self, session: Session, title: str, fields: Sequence[Field] = ()) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self.session = session
        self.fields = tuple(fields)
        self._busy = False
        self._title = title
        self._head = label(title, "head")
        self._head.setWordWrap(True)
        self._again = label(_("已恢复上次没有保存的内容"), "hint")
        self._again.hide()
        self.preview = label("", "info")
        self.problem = label("", "warn")
        self.confirm_button = KeyButton(
            session.theme, title, self.confirm, shortcut=CONFIRM, kind="primary", name="confirm"
        )
        back = KeyButton(session.theme, _("返回"), self.left.emit, shortcut="Esc", name="leave")
        self.buttons = row(self.confirm_button, back, None)
        self._inside = holder(column(*self.laid_out(), *self.extras(), gap=10))
        self.area = FittingArea(self._inside)
        column(
            self._head, self._again, self.area, self.preview, self.problem, self.buttons, None,
            into=QVBoxLayout(self), margin=16, gap=12,
        )  # fmt: skip
        self.area.setVisible(bool(self.fields))
        self._looking = QTimer(self)
        self._looking.setSingleShot(True)
        self._looking.setInterval(_LOOK_AFTER_MS)
        self._looking.timeout.connect(self.look)
        for field in self.fields:
            field.edited.connect(lambda _text: self.look_soon())
            field.line.installEventFilter(self)
        self.drafts = FormDraft(session, self.fields, self)
        self.drafts.resumed.connect(self._on_resumed)
        last = self.fields[-1] if self.fields else None
        if isinstance(last, ChoiceField):
            # What was picked is told first; the next Enter does it.
            last.onward = self.confirm_button
        elif last is not None:
            last.entered.connect(self.confirm)
        session.theme.changed.connect(self._on_theme)
        self._on_theme()

    def laid_out(self) -> Sequence[QWidget]:
        """The fields under each other; subclasses may set several in a row."""
        return self.fields

    def extras(self) -> Sequence[QWidget]:
        """Parts between the fields and the words, for subclasses."""
        return ()

    def plan(self) -> Question | None:
        """What tells what would happen; None while too little is said."""
        return None

    def act(self) -> Question:
        """What does it."""
        raise NotImplementedError

    def said(self) -> str:
        """What was done, in words."""
        return _("已保存。")

    def start(self, subject: str, of: bytes = b"") -> None:
        """Begin anew for what is in view, of this id; the cursor goes to the first field.

        What was typed for the same before and not done is there again.
        """
        self._head.setText(_("{act}：{subject}").format(act=self._title, subject=subject))
        self._busy = False
        for field in self.fields:
            field.clear_error()
        self._show("", "")
        self._again.hide()
        self.look()
        if self.fields:
            self.drafts.begin(f"{self.draft_area}/{self.draft_name} {of.hex()}".rstrip())
        (self.fields[0] if self.fields else self.confirm_button).setFocus()
        self.area.verticalScrollBar().setValue(0)

    def look_soon(self) -> None:
        """Say anew what would happen, a moment after the last key."""
        self._looking.start()

    def look(self) -> None:
        """Say what would happen."""
        question = self.plan()
        if question is None:
            self._show("", "")
            return
        self.session.ask(
            self,
            lambda workspace: str(question(workspace)),
            lambda told: self._show(told, ""),
            # Of this form alone: another one, just left, may still be looking.
            key=f"{self.draft_area}.{self.draft_name}.plan",
            failed=self._on_unplanned,
        )

    def confirm(self) -> None:
        """Do it, once."""
        if self._busy or not self.isVisible():
            return
        self._busy = True
        act = self.act()
        self.session.change(
            self, lambda workspace, _job: act(workspace), self._on_done, failed=self._on_refused
        )

    def keep(self) -> None:
        """What is half typed stays as a draft."""
        self.drafts.flush()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The field one comes to is brought into view."""
        if event.type() == QEvent.Type.FocusIn:
            for field in self.fields:
                if watched is field.line:
                    self.area.ensureWidgetVisible(field, 0, 8)
        return super().eventFilter(watched, event)

    def _on_done(self, _result: object) -> None:
        self._busy = False
        said = self.said()
        self.drafts.forget()
        self.done.emit(said)

    def _on_resumed(self) -> None:
        self._again.show()
        self.look()

    def _on_refused(self, error: BaseException) -> None:
        self._busy = False
        for field in self.fields:
            if isinstance(error, InvalidInput) and error.field == field.name:
                field.refuse(error)
                field.setFocus()
                self._show(self.preview.text(), "")
                return
        self._on_unplanned(error)

    def _on_unplanned(self, error: BaseException) -> None:
        if isinstance(error, OrganizerError):
            self._show("", error.sentence())
        else:
            self.session.notices.present(error)

    def _show(self, told: str, wrong: str) -> None:
        self.preview.setText(told)
        self.preview.setVisible(bool(told))
        self.problem.setText(wrong)
        self.problem.setVisible(bool(wrong))

    def _on_theme(self) -> None:
        for part in (self._inside, self.preview, self.problem):
            part.setMaximumWidth(self.session.theme.px(_WIDEST))
