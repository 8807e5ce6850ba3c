"""The way from the tree of a survey to the page where its places are put in order."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction

from organizer.i18n import _
from organizer.services.survey.walking import ELSEWHERE, NOWHERE
from organizer.ui.actions import Action
from organizer.ui.widgets.place_finder import Finder


def tidying(
    finder: Finder, go: Callable[[str, object], None], standing: Callable[[], object]
) -> Action:
    """What a survey's tree offers on a right click, and the action with its key.

    The menu leads to the place under the pointer, the key to the one that is `standing` in view.
    """

    def from_menu() -> None:
        node = finder.model.node(finder.view.currentIndex())
        if node is not None and node.id not in (ELSEWHERE, NOWHERE):
            go("places", node.id)

    def from_key() -> None:
        place = standing()
        go("places", place if isinstance(place, bytes) and place != NOWHERE else None)

    offered = QAction(_("整理地点"), finder.view)
    offered.triggered.connect(from_menu)
    finder.view.addAction(offered)
    finder.view.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
    return Action("survey.places", _("整理地点、网格和任务"), from_key, "Ctrl+G")
