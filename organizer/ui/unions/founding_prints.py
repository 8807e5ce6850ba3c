"""Printing the papers of a founding, filled or blank."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QWidget

from organizer.domain.founding import Kind
from organizer.i18n import _
from organizer.services.unions import founding_papers
from organizer.services.unions.founding_card import FoundingCard
from organizer.ui.session import Session
from organizer.ui.widgets.tray import Tray


class FoundingPrints:
    """Prints one paper, or offers all of them by digit: the filled ones, and blank ones to write on."""

    def __init__(self, session: Session, owner: QWidget, said: Callable[[str], None]) -> None:
        self._session = session
        self._owner = owner
        self.tray = Tray(session, owner, said)

    def choose(self, card: FoundingCard | None, below: QWidget) -> None:
        """Offer every paper below a button; a digit takes one."""
        if card is None:
            return
        menu = QMenu(self._owner)
        self._fill(menu, partial(self.print_paper, card))
        blank = menu.addMenu(_("空白的(&0)"))
        self._fill(blank, partial(self.print_blank, Kind(card.kind)))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(below.mapToGlobal(QPoint(0, below.height())))

    def print_paper(self, card: FoundingCard, form: str) -> None:
        """A paper filled from the record."""
        self.tray.print_pdf(
            lambda workspace: founding_papers.make(workspace, card.id, form).pdf,
            lambda workspace, path: founding_papers.write_paper(workspace, card.id, form, path),
            f"{self._label(form)}.pdf",
            across=False,
        )

    def print_blank(self, kind: Kind, form: str) -> None:
        """The same paper to write on."""
        self.tray.print_pdf(
            lambda workspace: founding_papers.blank(workspace, form, kind).pdf,
            lambda workspace, path: founding_papers.write_paper(workspace, None, form, path),
            f"{self._label(form)}.pdf",
            across=False,
        )

    def _fill(self, menu: QMenu, run: Callable[[str], None]) -> None:
        for number, form in enumerate(founding_papers.FORMS, 1):
            made = menu.addAction(f"{self._label(form)}(&{number})")
            made.triggered.connect(lambda _checked=False, one=form: run(one))

    def _label(self, form: str) -> str:
        return self._session.workspace.codes("paper_form").label(form)
