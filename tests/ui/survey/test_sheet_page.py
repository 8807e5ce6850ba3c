"""打印走访的表: what is asked for each kind of paper, and what its file is called."""

from pytestqt.qtbot import QtBot

from organizer.domain.sheet_kind import SheetKind
from organizer.services.paper.sheet_printing import SheetOrder
from organizer.services.survey import walking
from organizer.ui.session import Session
from organizer.ui.survey.paper_screen import PaperScreen
from organizer.ui.survey.sheet_page import SheetPage
from tests.support.sitting import show


def opened(qtbot: QtBot, session: Session) -> SheetPage:
    street = next(n for n in walking.tree(session.workspace).nodes if n.kind == "street")
    return show(qtbot, PaperScreen(session), (street.id, street.name), 1294).sheets


def lying_over(page: SheetPage) -> list[tuple[str, str]]:
    """Which fields in view lie over which others."""
    fields = (page.place, page.kind, page.size_, page.count)
    shown = [one for one in fields if one.isVisible()]
    return [
        (one.name, other.name)
        for at, one in enumerate(shown)
        for other in shown[:at]
        if one.geometry().intersects(other.geometry())
    ]


def test_no_field_lies_over_another_whatever_is_printed(qtbot: QtBot, session: Session) -> None:
    page = opened(qtbot, session)
    for kind in SheetKind:
        page.kind.set_code(kind)
        page.kind.chosen.emit(kind)
        qtbot.waitUntil(lambda: not lying_over(page))


def test_two_kinds_of_the_same_form_are_two_files(qtbot: QtBot, session: Session) -> None:
    page = opened(qtbot, session)
    names = {
        page._file_name(SheetOrder(kind, page.place.value, "A4", 1)).split()[0]
        for kind in SheetKind
    }
    assert len(names) == len(SheetKind)
