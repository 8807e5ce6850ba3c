"""What leads on from a survey, in view at the foot of its tree: paper, and the grids."""

from collections.abc import Callable

from PySide6.QtWidgets import QPushButton

from organizer.domain.access import Permission, grants
from organizer.i18n import _
from organizer.ui.keys import with_keys
from organizer.ui.widgets.plain import button


def ways_out(
    go: Callable[[str, object], None], print_sheets: Callable[[], None], role: str
) -> list[QPushButton]:
    """The links this role may take; the same are commands with keys of their own."""
    links = (
        (_("打印"), _("打印走访单、登记表、留言条"), "Ctrl+P", print_sheets, Permission.PRINT),
        (
            _("照表录入"), _("照填好的纸表录入"), "Ctrl+T",
            lambda: go("papers", "entry"), Permission.SURVEY,
        ),
        (_("网格"), _("网格、责任人、任务和交接"), "", lambda: go("places", "grids"), Permission.LOOK),
    )  # fmt: skip
    made: list[QPushButton] = []
    for text, told, keys, run, permission in links:
        if grants(role, permission):
            link = button(text, run, kind="inline", name=f"way-{len(made)}")
            link.setToolTip(with_keys(told, keys))
            made.append(link)
    return made
