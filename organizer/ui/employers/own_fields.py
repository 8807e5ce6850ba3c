"""The form in which an employer's own fields are edited, checked one by one, saved as one write."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from organizer.errors import InvalidInput
from organizer.i18n import _
from organizer.services import drafting
from organizer.services.drafting import Draft
from organizer.services.employers import employer_editing
from organizer.services.employers.card import Card
from organizer.services.employers.employer_editing import Saved
from organizer.services.notes import note_sentence
from organizer.ui.session import Session
from organizer.ui.widgets.fields import Field
from organizer.ui.widgets.keybutton import KeyButton
from organizer.ui.widgets.plain import button, column, label, row
from organizer.ui.widgets.reflow import Cell, Reflow

_EMPTY = "phone"
"""Shown masked, so its field starts empty and is left alone unless something is typed."""


class OwnFields(QWidget):
    """`saved` carries what was saved; `left` says that the form was left without saving."""

    saved = Signal(object)
    left = Signal()

    def __init__(self, session: Session, card: Card) -> None:
        super().__init__()
        self._session = session
        self._employer = card.id
        self._screen = f"employers/{card.id.hex()}"
        self._over = False
        shown = {own.name: own for own in card.fields}
        self._shown = {
            name: "" if name == _EMPTY else shown[name].text for name in employer_editing.EDITABLE
        }
        self.fields = {
            name: Field(name, shown[name].title, hint=self._hint(name, shown[name].text))
            for name in employer_editing.EDITABLE
        }
        for name, field in self.fields.items():
            field.set_text(self._shown[name])
            field.left.connect(self._leaving(name))
            field.line.installEventFilter(self)
        save = KeyButton(
            session.theme,
            _("保存"),
            self.save,
            shortcut="Ctrl+S",
            kind="primary",
            name="save-employer",
            bound=True,
        )
        away = button(_("先不改"), self.leave, name="leave-employer")
        self.fields["remark"].entered.connect(self.save)
        lines = column(
            label(
                _("Enter 到下一项，最后一项按 Enter 即保存；Esc 离开，已填的留着下次接着改。"),
                "hint",
            ),
            self._laid_out(),
            row(save, away, None),
            None,
            into=QVBoxLayout(self),
            gap=12,
        )
        lines.setContentsMargins(0, 0, session.theme.px(12), 0)
        session.ask(self, lambda w: drafting.resume(w, self._screen), self._resume)

    def begin(self) -> None:
        """Put the cursor into the first field."""
        self.fields["name"].setFocus()

    def typed(self) -> Mapping[str, str]:
        """The fields whose text differs from what is stored."""
        typed = {name: field.text for name, field in self.fields.items()}
        changed = {name: text for name, text in typed.items() if text != self._shown[name]}
        if changed.get(_EMPTY) == _("无"):
            changed[_EMPTY] = ""
        return changed

    def save(self) -> None:
        """Save all that was changed as one step."""
        typed = self.typed()
        if not typed:
            self.leave()
            return
        employer = self._employer
        self._session.change(
            self,
            lambda workspace, _job: employer_editing.save(workspace, employer, typed),
            self._on_saved,
            failed=self._refused,
        )

    def leave(self) -> None:
        """Leave the form; what was typed waits as a draft."""
        self._keep("")
        self.left.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Esc leaves without losing anything."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Escape
        ):
            self.leave()
            return True
        return super().eventFilter(watched, event)

    def _laid_out(self) -> QWidget:
        rows = (
            ("name",),
            ("signboard", "uscc"),
            ("legal_person", "contact"),
            ("phone",),
            ("address",),
            ("grid", "remark"),
        )
        return Reflow(
            self._session.theme,
            [[Cell(self.fields[name], 1, 200) for name in names] for names in rows],
        )

    @staticmethod
    def _hint(name: str, text: str) -> str:
        if name == _EMPTY and text:
            return _("现有 {phone}，留空不改；要清空请填“无”。").format(phone=text)
        return ""

    def _leaving(self, name: str) -> Callable[[str], None]:
        return lambda text: self._check(name, text)

    def _check(self, name: str, text: str) -> None:
        field, employer = self.fields[name], self._employer
        if self._over:
            return
        self._keep(name)
        if name not in self.typed():
            field.clear_error()
            return
        self._session.ask(
            self,
            lambda workspace: employer_editing.check(workspace, employer, name, text),
            lambda notes: field.say(" ".join(map(note_sentence, notes))),
            key=f"employers.check.{name}",
            failed=self._refused,
        )

    def _refused(self, error: BaseException) -> None:
        if isinstance(error, InvalidInput) and error.field in self.fields:
            self.fields[error.field].refuse(error)
        else:
            self._session.notices.present(error)

    def _on_saved(self, saved: Saved) -> None:
        # Leaving the last field must not bring the draft back.
        self._over = True
        screen = self._screen
        self._session.ask(self, lambda workspace: drafting.drop(workspace, screen), _nothing)
        self.saved.emit(saved)

    def _keep(self, focus: str) -> None:
        draft = Draft(dict(self.typed()), focus)
        screen = self._screen
        self._session.ask(
            self,
            lambda workspace: drafting.keep(workspace, screen, draft),
            _nothing,
            key="employers.draft",
        )

    def _resume(self, draft: Draft | None) -> None:
        if draft is None or not draft.values:
            return
        for name, text in draft.values.items():
            if name in self.fields and name not in self.typed():
                self.fields[name].line.setText(text)
                self.fields[name].say(_("接着上次没有保存的修改"))


def _nothing(_done: object) -> None:
    return
