"""What the shell expects of a screen."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from organizer.ui.actions import Action
from organizer.ui.session import Session


class Screen(QWidget):
    """One page of the window. `go` asks the shell for another screen, with a record to show there."""

    go = Signal(str, object)
    back = Signal()
    """Asks the shell for the screen from which one came here."""
    say = Signal(str)
    """A sentence for the foot of the window."""
    offer = Signal(str, object)
    """A sentence about what was saved, with the function that takes it back."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setObjectName("page")
        self.session = session

    def actions_table(self) -> Sequence[Action]:
        """What can be done on this screen, for shortcuts, help and the palette."""
        return ()

    def keys_table(self) -> Sequence[tuple[str, str]]:
        """Keys that mean something of their own here and what they do, for the help."""
        return ()

    def arrive(self, record: object = None) -> None:
        """The screen comes into view; `record` is what to show, as the sender of `go` gave it."""

    def leave(self) -> None:
        """The screen goes out of view: keep drafts, hide what was revealed."""
