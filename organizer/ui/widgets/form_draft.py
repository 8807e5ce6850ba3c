"""The draft of a form that is opened for one thing after another: left half filled it comes back."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from organizer.services.drafting import Draft
from organizer.ui.session import Session
from organizer.ui.widgets.codefield import CodeField
from organizer.ui.widgets.drafts import DraftKeeper
from organizer.ui.widgets.fields import Field
from organizer.ui.widgets.picker import ChoiceField

_PICKED = " picked"
"""Behind a field's name in a draft: the id of what was picked in it."""


class FormDraft(QObject):
    """Keeps what differs from how the form was opened. `resumed` says that it was filled again."""

    resumed = Signal()

    def __init__(self, session: Session, fields: Sequence[Field], parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._fields = tuple(fields)
        self._opened: dict[str, str] = {}
        self._screen = ""
        self._typed: dict[str, Draft] = {}
        """What was typed in this sitting, by what the form was open for."""
        self._keeper: DraftKeeper | None = None
        for field in self._fields:
            field.edited.connect(lambda _text: self._on_typed())
            field.left.connect(lambda _text: self.flush())
            if isinstance(field, ChoiceField):
                field.chosen.connect(lambda _choice: self.flush())

    def begin(self, screen: str) -> None:
        """The form was opened anew, its fields as they are now; what was kept for it is filled in."""
        if self._keeper is not None:
            self._keeper.flush()
            self._keeper.deleteLater()
        self._opened, self._screen = self._values(), screen
        keeper = DraftKeeper(
            self._session, screen, lambda: self._typed.get(screen, Draft()), _nothing, self
        )
        self._keeper = keeper
        if screen in self._typed:
            self._fill(self._typed[screen])
        else:
            keeper.resume(lambda kept: self._fill(kept) if self._keeper is keeper else None)

    def flush(self) -> None:
        """Save now, unless nothing changed since."""
        if self._keeper is not None:
            self._note()
            self._keeper.flush()

    def forget(self) -> None:
        """It is done: nothing of it comes back."""
        self._opened = self._values()
        self.flush()

    def _on_typed(self) -> None:
        if self._keeper is not None:
            self._note()
            self._keeper.touch()

    def _note(self) -> None:
        draft = self._draft()
        # A form left untouched says nothing of what was kept for it before.
        if draft.values or self._screen in self._typed:
            self._typed[self._screen] = draft

    def _values(self) -> dict[str, str]:
        values = {}
        for field in self._fields:
            values[field.name] = field.text
            picked = field.value if isinstance(field, ChoiceField) else None
            if picked:
                values[field.name + _PICKED] = picked.hex() if isinstance(picked, bytes) else picked
        return values

    def _draft(self) -> Draft:
        values = self._values()
        if values == self._opened or not any(values.values()):
            return Draft()
        focus = next((field.name for field in self._fields if field.line.hasFocus()), "")
        return Draft(values, focus)

    def _fill(self, kept: Draft) -> None:
        """Unless somebody began to type already."""
        if not kept.values or self._values() != self._opened:
            return
        for field in self._fields:
            text = kept.values.get(field.name, "")
            picked = kept.values.get(field.name + _PICKED, "")
            if isinstance(field, CodeField) and picked:
                field.set_code(picked)
            elif isinstance(field, ChoiceField) and picked:
                field.set_choice(bytes.fromhex(picked), text)
            else:
                field.set_text(text)
            if field.name == kept.focus:
                field.setFocus()
        self.resumed.emit()


def _nothing() -> None:
    """Nobody is told that the draft is kept."""
