"""What stands above the list of a gathering: the event, what is allowed, and where a list comes from."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from organizer.domain import access
from organizer.domain.access import Permission
from organizer.i18n import _
from organizer.services.members.gathering import GatheringCard
from organizer.ui.session import Session
from organizer.ui.signup import gathering_words
from organizer.ui.widgets.keybutton import KeyButton
from organizer.ui.widgets.plain import column, label, row

PASTE, OPEN, AUTHORISE, FORM = "Ctrl+Shift+V", "Ctrl+O", "Ctrl+U", "Ctrl+P"


_LARGE = 1.5


class GatheringHead(QWidget):
    """`acts` are what the buttons do, by their names; while the list is empty it teaches."""

    def __init__(self, session: Session, acts: Mapping[str, Callable[[], object]]) -> None:
        super().__init__()
        self._theme = session.theme
        self._title = label("", "title")
        self._facts, self._allowed = label("", "mut"), label("", "mut")
        self._teaching = label(gathering_words.teaching(), "mut")
        self._teaching.setAlignment(Qt.AlignmentFlag.AlignTop)
        titles = {
            "paste": (_("粘贴名单"), PASTE),
            "open-file": (_("从文件"), OPEN),
            "authorise": (_("现场授权"), AUTHORISE),
            "form": (_("打印登记表"), FORM),
        }
        buttons = [
            KeyButton(session.theme, text, acts[name], shortcut=keys, name=name)
            for name, (text, keys) in titles.items()
        ]
        may = access.grants(session.workspace.account.role, Permission.REVIEW)
        if not may:
            buttons[2].hide()
        whole = column(
            self._title, self._facts, self._allowed, row(*buttons, None), self._teaching,
            into=QVBoxLayout(self), gap=8,
        )  # fmt: skip
        whole.setStretch(4, 1)
        for part in (self._title, self._facts, self._allowed):
            part.setSizePolicy(part.sizePolicy().horizontalPolicy(), QSizePolicy.Policy.Fixed)

    def show_card(self, card: GatheringCard) -> None:
        """Say which event it is and what is allowed."""
        self._title.setText(card.row.name)
        self._facts.setText(gathering_words.facts(card))
        self._allowed.setText(gathering_words.allowed(card))

    def teach(self, wanted: bool) -> None:
        """Whether to say what an empty list is for; in large type a list needs the room."""
        self._teaching.setVisible(wanted)
        self._facts.setVisible(wanted or self._theme.scale < _LARGE)
