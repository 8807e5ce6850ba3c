"""人员: one person with the next thing to do; the record itself is changed on the sign-up form."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QLabel,
    QMenu,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from organizer.domain.access import Permission
from organizer.i18n import _
from organizer.services.employers.card import REVEAL_SECONDS
from organizer.services.members import act_checking, approving, person_card
from organizer.services.members.person_card import PersonCard, Revealed
from organizer.services.paper import paper_trail
from organizer.services.workspace import Workspace
from organizer.ui.actions import Action
from organizer.ui.people.body import done, who
from organizer.ui.people.consents import ConsentBlock
from organizer.ui.people.erase_form import EraseForm
from organizer.ui.screen import Screen
from organizer.ui.session import Session
from organizer.ui.widgets.keybutton import KeyButton
from organizer.ui.widgets.pairs import told
from organizer.ui.widgets.paper_block import PaperBlock
from organizer.ui.widgets.papers import PaperTray
from organizer.ui.widgets.plain import button, card, column, holder, label, row
from organizer.ui.widgets.reflow import Cell, Reflow
from organizer.ui.widgets.tray import Tray

APPROVE, AMEND, PRINT, REVEAL, UNIT = "Ctrl+Return", "Ctrl+B", "Ctrl+P", "Ctrl+H", "Ctrl+D"
ACTS, DOSSIER, WITHDRAW = "Ctrl+M", "Ctrl+Shift+P", "Ctrl+E"
MERGE_INTO, ERASE = "Ctrl+Shift+M", "Ctrl+Shift+Delete"
_SIDE_BY_SIDE = 900
_BUTTON = 180


class PeopleScreen(Screen):
    """`arrive` takes a person's id; without one the person shown last stays."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.card: PersonCard | None = None
        self._wanted: bytes | None = None
        self._papers = PaperTray(session, self, self.say.emit)
        self._tray = Tray(session, self, self.say.emit)
        self._hiding = QTimer(self)
        self._hiding.setSingleShot(True)
        self._hiding.timeout.connect(self.hide_numbers)
        self._number, self._phone = told(""), told("")
        self._cards: QBoxLayout | None = None
        self.consents: ConsentBlock | None = None
        self._build()
        session.touched.connect(self._on_touched)
        session.theme.changed.connect(self._on_theme)

    def actions_table(self) -> Sequence[Action]:
        """What can be done about this person."""
        return (
            Action("people.approve", _("批准入会"), self.approve, APPROVE, "", Permission.REVIEW),
            Action(
                "people.amend", _("补证件号、更正资料"), self.amend, AMEND, "", Permission.SIGN_UP
            ),
            Action(
                "people.print", _("打印入会材料"), self.print_papers, PRINT, "", Permission.PRINT
            ),
            Action("people.reveal", _("显示证件和电话"), self.reveal, REVEAL, "", Permission.PRINT),
            Action(
                "people.acts", _("办理会籍变动、接转"), self.show_acts, ACTS, "", Permission.REVIEW
            ),
            Action(
                "people.dossier",
                _("打印会员档案"),
                self.print_dossier,
                DOSSIER,
                "",
                Permission.PRINT,
            ),
            Action(
                "people.withdraw",
                _("撤回同意"),
                self.withdraw_consent,
                WITHDRAW,
                "",
                Permission.SIGN_UP,
            ),
            Action("people.unit", _("打开工作单位"), self.open_unit, UNIT, "", Permission.LOOK),
            Action(
                "people.merge", _("合并到…"), self.merge_into, MERGE_INTO, "", Permission.REVIEW
            ),
            Action("people.erase", _("清除个人信息"), self.erase, ERASE, "", Permission.REVIEW),
        )

    def arrive(self, record: object = None) -> None:
        """Show the person anew; the cursor goes to the first thing to do."""
        if isinstance(record, bytes):
            self._wanted = record
        self._load()

    def leave(self) -> None:
        """Mask what was revealed."""
        self.hide_numbers()
        self.eraser.hide()

    def approve(self) -> None:
        """Approve the application that waits; in a form, confirm it."""
        if self.eraser.isVisible():
            self.eraser.confirm()
            return
        shown = self.card
        if shown is None or shown.current is None or not shown.may_approve:
            return
        membership = shown.current.membership
        self.session.change(
            self,
            lambda workspace, _job: _approve(workspace, membership),
            lambda told: self.say.emit(told or _("已批准{name}入会").format(name=shown.name)),
            failed=self.session.notices.present,
        )

    def amend(self) -> None:
        """Bring the id number, or correct the record."""
        if self.card is not None and self.card.current is not None and self.card.may_amend:
            self.go.emit("signup", self.card.current.membership)

    def print_papers(self) -> None:
        """Print 入会申请书 and 登记表."""
        if self.card is not None and self.card.current is not None and self.card.may_print:
            self._papers.print_papers(self.card.current.membership, self.card.name)

    def print_dossier(self) -> None:
        """Everything about the person on paper."""
        shown = self.card
        if shown is None or not shown.may_print:
            return

        def make(workspace: Workspace) -> bytes:
            from organizer.services.members import dossier_printing

            return dossier_printing.make(workspace, shown.id)

        def write(workspace: Workspace, path: Path) -> object:
            from organizer.services.members import dossier_printing

            return dossier_printing.write(workspace, shown.id, path)

        name = _("会员档案 {name}.pdf").format(name=shown.name)
        self._tray.print_pdf(make, write, name, across=False)

    def show_acts(self) -> None:
        """What may be done with the membership, each by its digit."""
        shown = self.card
        if shown is None or shown.current is None or not shown.may_change:
            return
        membership = shown.current.membership
        self.session.ask(
            self,
            lambda workspace: act_checking.acts_of(workspace, membership),
            lambda acts: self._offer(acts, membership, shown.name),
            key="people.acts",
        )

    def acts_menu(self, acts: Sequence[str], membership: bytes, name: str) -> QMenu:
        """These acts on a membership; a digit takes one."""
        words = act_checking.act_words()
        menu = QMenu(self)
        for number, act in enumerate([act for act in words if act in acts], start=1):
            made = menu.addAction(f"&{number}  {words[act]}")
            made.triggered.connect(partial(self._go_and_do, (membership, act, name)))
        if menu.isEmpty():
            menu.addAction(_("现在没有可以办的变动")).setEnabled(False)
        return menu

    def _offer(self, acts: Sequence[str], membership: bytes, name: str) -> None:
        menu = self.acts_menu(acts, membership, name)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._change.mapToGlobal(QPoint(0, self._change.height())))

    def _go_and_do(self, wanted: tuple[bytes, str, str], _checked: bool = False) -> None:
        self.go.emit("members", wanted)

    def withdraw_consent(self) -> None:
        """Take consents back; not the same as leaving the union."""
        if self.consents is not None:
            self._area.ensureWidgetVisible(self.consents)
            self.consents.begin()

    def open_unit(self) -> None:
        """The card of the unit where the person works."""
        if self.card is not None and self.card.current is not None and self.card.current.employer:
            self.go.emit("employers", self.card.current.employer)

    def erase(self) -> None:
        """Ask why the person's data are to be erased."""
        if self.card is not None:
            self.eraser.begin(self.card)

    def merge_into(self) -> None:
        """Find the other record of the same person."""
        if self.card is not None:
            self.go.emit("duplicates", ("person", self.card.id))

    def reveal(self) -> None:
        """Show the numbers for half a minute; who looked is noted before they are shown."""
        shown = self.card
        if shown is None or not shown.may_print:
            return
        self.session.ask(
            self,
            lambda workspace: (shown.id, person_card.reveal(workspace, shown.id)),
            self._on_revealed,
            key="people.reveal",
        )

    def hide_numbers(self) -> None:
        """Mask the numbers again."""
        self._hiding.stop()
        if self.card is not None:
            self._number.setText(self.card.id_number or _("证件后补"))
            self._phone.setText(self.card.phone or _("没有登记"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back to where one came from."""
        if event.key() == Qt.Key.Key_Escape:
            self.back.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Beside each other, or under each other where it is narrow."""
        super().resizeEvent(event)
        self._arrange()

    def _build(self) -> None:
        theme = self.session.theme
        self._name = label("", "title")
        self._chip = label("", "chip")
        self._born = label("", "mut")
        self._born.setWordWrap(False)
        self._back = button(_("返回"), self.back.emit, name="back")
        self._back.setToolTip(_("返回 (Esc)"))
        make = KeyButton
        self._approve = make(
            theme, _("批准入会"), self.approve, shortcut=APPROVE, kind="primary", name="approve"
        )
        self._amend = make(theme, _("更正资料"), self.amend, shortcut=AMEND, name="amend")
        self._print = make(theme, _("打印"), self.print_papers, shortcut=PRINT, name="print")
        self._change = make(theme, _("办理"), self.show_acts, shortcut=ACTS, name="acts")
        self._dossier = make(theme, _("档案"), self.print_dossier, shortcut=DOSSIER, name="dossier")
        self._acts = (self._approve, self._amend, self._change, self._print, self._dossier)
        self._name.setWordWrap(True)
        said = row(self._chip, self._born, None, gap=12)
        head = row(holder(column(self._name, said, gap=4)), self._back, gap=12)
        head.setStretch(0, 1)
        head.setAlignment(self._back, Qt.AlignmentFlag.AlignTop)
        self._row = Reflow(theme, ([Cell(act, 1, 130) for act in self._acts],))
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setAccessibleName(_("人员资料"))
        self.eraser = EraseForm(self.session)
        self.eraser.hide()
        self.eraser.left.connect(self._on_kept)
        self.eraser.erased.connect(self._on_erased)
        whole = column(head, self._row, self.eraser, self._area, into=QVBoxLayout(self), gap=12)
        whole.setContentsMargins(24, 16, 24, 16)
        for part in (self._chip, *self._acts):
            part.hide()

    def _load(self) -> None:
        wanted = self._wanted
        if wanted is not None:
            self.session.ask(
                self,
                lambda workspace: person_card.card(workspace, wanted),
                self._show,
                key="people.card",
                failed=self._on_failed,
            )

    def _show(self, shown: PersonCard) -> None:
        before, self.card = self.card, shown
        self._name.setText(shown.name)
        self._born.setText(shown.born)
        self._chip.setText(shown.current.state if shown.current else "")
        self._chip.setVisible(shown.current is not None)
        may = (
            shown.may_approve, shown.may_amend, shown.may_change, shown.may_print, shown.may_print,
        )  # fmt: skip
        self._amend.say(_("补证件号") if shown.numberless else _("更正资料"))
        for act, allowed in zip(self._acts, may, strict=True):
            act.setVisible(allowed)
        self._row.lay_out()
        self._row.setMaximumWidth(self.session.theme.px(_BUTTON * sum(may)))
        self._fill(shown)
        if before is None or before.id != shown.id or not self._holds_focus():
            first = next(
                (act for act, allowed in zip(self._acts, may, strict=True) if allowed), None
            )
            (first or self._back).setFocus()

    def _fill(self, shown: PersonCard) -> None:
        theme = self.session.theme
        self._number, self._phone = told(""), told("")
        self._number.setObjectName("id-number")
        self._phone.setObjectName("phone")
        show = button(_("显示"), self.reveal, kind="inline", name="reveal")
        show.setToolTip(
            _("显示 {seconds} 秒，并记入审计 ({key})").format(seconds=REVEAL_SECONDS, key=REVEAL)
        )
        if not shown.may_print or not (shown.id_number or shown.phone):
            # Never shown by hand: before it has a parent it would be a window of its own.
            show.hide()
        self._number.setWordWrap(False)
        number = row(self._number, show, None, gap=12)
        facts = who(theme, shown, holder(number), self._phone, self.open_unit)
        events = done(theme, shown)
        if self.consents is None:
            self.consents = ConsentBlock(self.session, self._tray, shown)
            self.consents.offered.connect(self.offer)
        # Taken out of what is about to be put away: a form in it may be open.
        self.consents.setParent(self)
        self.consents.show_person(shown)
        inside = QWidget()
        self._cards = QHBoxLayout(inside)
        self._cards.setContentsMargins(0, 0, 0, 0)
        self._cards.setSpacing(16)
        papers = PaperBlock(
            self.session,
            lambda workspace: paper_trail.of_person(workspace, shown.id),
            "people.papers",
        )
        cards = [card(one, margin=20) for one in (facts, self.consents, papers)]
        own = column(*cards, None, gap=16)
        self._cards.addWidget(holder(own), 1)
        self._cards.addWidget(holder(column(card(events, margin=20), None)), 1)
        self._area.setWidget(inside)
        self._arrange()
        self.hide_numbers()

    def _arrange(self) -> None:
        if self._cards is not None:
            wide = self.width() >= self.session.theme.px(_SIDE_BY_SIDE)
            along = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
            self._cards.setDirection(along)

    def _holds_focus(self) -> bool:
        focused = self.focusWidget()
        return focused is not None and focused.isVisible() and not isinstance(focused, QLabel)

    def _on_revealed(self, found: tuple[bytes, Revealed]) -> None:
        person, numbers = found
        if self.card is None or self.card.id != person:
            return
        self._number.setText(numbers.id_number or _("证件后补"))
        self._phone.setText(numbers.phone or _("没有登记"))
        self._hiding.start(REVEAL_SECONDS * 1000)

    def _on_kept(self) -> None:
        self.eraser.hide()
        self._back.setFocus()

    def _on_erased(self, said: str) -> None:
        self.card = self._wanted = None
        self.say.emit(said)
        self.back.emit()

    def _on_failed(self, error: BaseException) -> None:
        self.card = self._wanted = None
        self.session.notices.present(error)
        self.back.emit()

    def _on_touched(self) -> None:
        if self.isVisible():
            self._load()

    def _on_theme(self) -> None:
        if self.card is not None:
            self._fill(self.card)


def _approve(workspace: Workspace, membership: bytes) -> str:
    """Approve, unless there is something to be seen first; that is told, and counts as seen."""
    shown = approving.opened(workspace, membership)
    if shown.news:
        told = "".join(approving.see(workspace, membership))
        return _("{told}看过无误，再按一次批准。").format(told=told)
    approving.approve(workspace, [membership])
    return ""
