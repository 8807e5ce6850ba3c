"""人员: one person with the next thing to do; the record itself is changed on the sign-up form."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from organizer.domain.access import Permission
from organizer.i18n import _
from organizer.services.employers.card import REVEAL_SECONDS
from organizer.services.members import person_card, signup
from organizer.services.members.person_card import PersonCard, Revealed
from organizer.ui.actions import Action
from organizer.ui.people.body import done, who
from organizer.ui.screen import Screen
from organizer.ui.session import Session
from organizer.ui.widgets.keybutton import KeyButton
from organizer.ui.widgets.pairs import told
from organizer.ui.widgets.papers import PaperTray
from organizer.ui.widgets.plain import button, card, column, holder, label, row
from organizer.ui.widgets.reflow import Cell, Reflow

APPROVE, AMEND, PRINT, REVEAL, UNIT = "Ctrl+Return", "Ctrl+B", "Ctrl+P", "Ctrl+H", "Ctrl+D"
_SIDE_BY_SIDE = 900
_BUTTON = 180


class PeopleScreen(Screen):
    """`arrive` takes a person's id; without one the person shown last stays."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.card: PersonCard | None = None
        self._wanted: bytes | None = None
        self._papers = PaperTray(session, self, self.say.emit)
        self._hiding = QTimer(self)
        self._hiding.setSingleShot(True)
        self._hiding.timeout.connect(self.hide_numbers)
        self._number, self._phone = told(""), told("")
        self._cards: QBoxLayout | None = None
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
            Action("people.unit", _("打开工作单位"), self.open_unit, UNIT, "", Permission.LOOK),
        )

    def arrive(self, record: object = None) -> None:
        """Show the person anew; the cursor goes to the first thing to do."""
        if isinstance(record, bytes):
            self._wanted = record
        self._load()

    def leave(self) -> None:
        """Mask what was revealed."""
        self.hide_numbers()

    def approve(self) -> None:
        """Approve the application that waits."""
        shown = self.card
        if shown is None or shown.current is None or not shown.may_approve:
            return
        membership = shown.current.membership
        self.session.change(
            self,
            lambda workspace, _job: signup.approve(workspace, [membership]),
            lambda _count: self.say.emit(_("已批准{name}入会").format(name=shown.name)),
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

    def open_unit(self) -> None:
        """The card of the unit where the person works."""
        if self.card is not None and self.card.current is not None and self.card.current.employer:
            self.go.emit("employers", self.card.current.employer)

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
        self._acts = (self._approve, self._amend, self._print)
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
        whole = column(head, self._row, self._area, into=QVBoxLayout(self), gap=12)
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
        may = (shown.may_approve, shown.may_amend, shown.may_print)
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
        inside = QWidget()
        self._cards = QHBoxLayout(inside)
        self._cards.setContentsMargins(0, 0, 0, 0)
        self._cards.setSpacing(16)
        self._cards.addWidget(holder(column(card(facts, margin=20), None)), 1)
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
