"""What 会员 prints: rosters, papers of changes and letters, dossiers, an employer's numbers, arrears.

What draws them is loaded with the first one, off the window's thread.
"""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QWidget

from organizer.i18n import _
from organizer.services.members import member_listing
from organizer.services.workspace import Workspace
from organizer.ui.members.list_page import ListPage
from organizer.ui.session import Session
from organizer.ui.widgets.tray import Tray

Make = Callable[[Workspace], bytes]
PDF, BOOK = ".pdf", ".xlsx"


class MemberPapers:
    """Makes papers and hands them to a printer or into files."""

    def __init__(self, session: Session, owner: QWidget, say: Callable[[str], None]) -> None:
        self._tray = Tray(session, owner, say)

    def show_menu(self, at: QWidget, page: ListPage) -> None:
        """What can be printed; a digit takes it."""
        wanted = page.filter_bar.filter
        membership = page.model.id_at(page.table.currentIndex().row())
        union, unit = wanted.union_org, wanted.employer
        known = (
            (
                _("会员花名册（归档，含证件和电话）"),
                union,
                lambda: self.roster(union, masked=False),
            ),
            (_("会员花名册（公示，遮盖证件）"), union, lambda: self.roster(union, masked=True)),
            (_("单位会员人数表（给单位，只有人数）"), unit, lambda: self.unit(unit, PDF)),
            (_("单位会员人数表，存为表格"), unit, lambda: self.unit(unit, BOOK)),
            (_("介绍信、退会、保留、除名材料"), membership, lambda: self.paper(membership)),
            (_("会员档案"), membership, lambda: self.dossier(membership)),
        )
        menu = QMenu(at)
        for number, (text, of, run) in enumerate(known, start=1):
            made = menu.addAction(f"&{number}  {text}")
            made.setEnabled(of is not None)
            made.triggered.connect(lambda _checked=False, run=run: run())
        if union is None or unit is None:
            menu.addSeparator()
            hint = menu.addAction(_("花名册先在上面选工会，人数表先选单位"))
            hint.setEnabled(False)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at.mapToGlobal(QPoint(0, at.height())))

    def roster(self, union: bytes | None, *, masked: bool) -> None:
        """The roster of a union."""
        if union is None:
            return

        def make(workspace: Workspace) -> bytes:
            from organizer.services.members import member_tables

            return member_tables.roster_file(workspace, union, masked=masked)

        name = _("会员花名册（公示）.pdf") if masked else _("会员花名册.pdf")
        self._hand_out(make, name, across=True)

    def unit(self, employer: bytes | None, kind: str) -> None:
        """What an employer may have."""
        if employer is None:
            return

        def make(workspace: Workspace) -> bytes:
            from organizer.services.members import member_tables

            return member_tables.unit_file(workspace, employer, kind)

        self._hand_out(make, _("单位会员人数表") + kind)

    def behind(self, kind: str) -> None:
        """Who is behind with dues."""

        def make(workspace: Workspace) -> bytes:
            from organizer.services.members import member_tables

            return member_tables.behind_file(workspace, None, kind)

        self._hand_out(make, _("会费欠缴名单") + kind, across=True)

    def counts(self, by: str, title: str, kind: str) -> None:
        """Members by group."""

        def make(workspace: Workspace) -> bytes:
            from organizer.services.members import member_tables

            return member_tables.counts_file(workspace, by, kind)

        self._hand_out(make, title + kind, across=True)

    def paper(self, membership: bytes | None) -> None:
        """The letter, or the paper of leaving, keeping or expelling, by the state."""
        if membership is None:
            return

        def make(workspace: Workspace) -> bytes:
            from organizer.services.members import membership_printing

            return membership_printing.make(workspace, membership).pdf

        self._hand_out(make, _("会籍材料") + PDF)

    def dossier(self, membership: bytes | None) -> None:
        """The dossier of whose membership it is."""

        def make(workspace: Workspace) -> bytes:
            from organizer.services.members import dossier_printing

            person = member_listing.person_of(workspace, membership or b"")
            return dossier_printing.make(workspace, person or b"")

        if membership is not None:
            self._hand_out(make, _("会员档案") + PDF)

    def _hand_out(self, make: Make, name: str, *, across: bool = False) -> None:
        """Print a paper, or write a workbook where somebody wants it."""

        def write(workspace: Workspace, path: Path) -> object:
            from organizer.services.members import member_tables

            return member_tables.write(path, make(workspace))

        if name.endswith(BOOK):
            self._tray.ask_file(write, name, _("存为表格"))
        else:
            self._tray.print_pdf(make, write, name, across=across)
