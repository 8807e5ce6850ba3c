"""同意: what a person agreed to, purpose by purpose; agreeing anew, and taking it back (撤回同意)."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QVBoxLayout

from organizer.domain.consent import Purpose
from organizer.errors import OrganizerError
from organizer.i18n import _
from organizer.services import undoing
from organizer.services.members import consenting
from organizer.services.members.consenting import ConsentLine
from organizer.services.members.person_card import PersonCard
from organizer.services.workspace import Workspace
from organizer.ui.session import Session
from organizer.ui.widgets.leaving_form import LeavingForm
from organizer.ui.widgets.pairs import pairs, told
from organizer.ui.widgets.plain import button, column, holder, label, row
from organizer.ui.widgets.tray import Tray


class ConsentBlock(LeavingForm):
    """The consents of the person on the page, and the small form that takes some of them back.

    `offered` carries what was done and the function that takes that back.
    """

    offered = Signal(str, object)

    def __init__(self, session: Session, tray: Tray, shown: PersonCard) -> None:
        super().__init__()
        self._session, self._tray, self._card = session, tray, shown
        self._lines: Sequence[ConsentLine] = ()
        self.boxes: dict[Purpose, QCheckBox] = {}
        self._whole = column(label(_("同意"), "head"), into=QVBoxLayout(self), gap=12)
        self._told = holder(column())
        self.withdrawing = holder(column(), "withdrawing")
        self.follows = label("", "info")
        self.problem = label("", "warn")
        for part in (self._told, self.withdrawing):
            self._whole.addWidget(part)
        self.withdrawing.hide()
        self.left.connect(self._leave)

    def show_person(self, shown: PersonCard) -> None:
        """Show this person's; a form that is open stays while nothing has changed."""
        if shown.id != self._card.id:
            self._lines = ()
        self._card = shown
        self._load()

    def begin(self) -> None:
        """Ask what is taken back."""
        if self.boxes and self._card.may_amend:
            self.withdrawing.show()
            next(iter(self.boxes.values())).setFocus(Qt.FocusReason.TabFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc puts the form away before it leaves the page."""
        if event.key() == Qt.Key.Key_Escape and self.withdrawing.isVisible():
            self._leave()
        else:
            event.ignore()

    def withdraw(self) -> None:
        """Take back what is ticked."""
        person, chosen = self._card.id, self._chosen()
        self._do(
            lambda workspace: consenting.withdraw(workspace, person, chosen),
            _("已登记{name}撤回同意，还要报上级；请打印撤回同意书请本人签字"),
        )

    def agree(self) -> None:
        """Everything that does not stand is agreed to, on paper."""
        person = self._card.id
        lacking = [one.purpose for one in self._lines if not one.stands]
        self._do(
            lambda workspace: consenting.give(workspace, person, lacking),
            _("已登记{name}的同意，请收好签了字的同意书"),
        )

    def report(self, line: ConsentLine) -> None:
        """A withdrawal was told to the union above."""
        consent = line.consent
        if consent is not None:
            self._do(
                lambda workspace: consenting.report(workspace, consent),
                _("已记下{name}的撤回同意报过上级"),
            )

    def print_paper(self) -> None:
        """撤回同意书, to be signed."""
        current = self._card.current
        if current is None:
            return
        membership, printer = current.membership, self._session.printer

        def write(_workspace: Workspace, path: Path) -> object:
            return printer.print_withdrawal(membership, path)

        name = _("撤回同意书 {name}.pdf").format(name=self._card.name)
        self._tray.print_pdf(
            lambda _workspace: printer.make_withdrawal(membership).pdf, write, name, across=False
        )

    def _load(self) -> None:
        person = self._card.id
        self._session.ask(
            self, lambda workspace: consenting.lines(workspace, person), self._show,
            key="people.consents",
        )  # fmt: skip

    def _show(self, lines: Sequence[ConsentLine]) -> None:
        if lines == self._lines:
            return
        self._lines = lines
        rows = [(one.title, told(one.told), "") for one in lines]
        self._replace("_told", pairs(self._session.theme, rows), self._buttons())
        standing = [one for one in lines if not one.withdrawn_on]
        self.boxes = {one.purpose: QCheckBox(one.title) for one in standing}
        for purpose, box in self.boxes.items():
            box.setObjectName(f"withdraw-{purpose.value}")
            box.toggled.connect(lambda _on: self._tell())
        self.follows, self.problem = label("", "info"), label("", "warn")
        do = button(_("确认撤回"), self.withdraw, kind="primary", name="withdraw")
        leave = button(_("不撤了"), self._leave, name="leave-withdrawing")
        self._replace(
            "withdrawing", label(_("撤回哪一项（不是退会，会籍不变）"), "label"),
            *self.boxes.values(), self.follows, self.problem, holder(row(do, leave, None)),
        )  # fmt: skip
        self.withdrawing.hide()
        for part in (self.follows, self.problem):
            part.hide()

    def _replace(self, name: str, *parts: object) -> None:
        old = getattr(self, name)
        made = holder(column(*parts, gap=8), name)  # type: ignore[arg-type]
        self._whole.replaceWidget(old, made)
        old.deleteLater()
        setattr(self, name, made)

    def _buttons(self) -> object:
        made = []
        if self._card.may_amend and any(not one.withdrawn_on for one in self._lines):
            made.append(button(_("撤回同意"), self.begin, kind="inline", name="begin-withdrawing"))
        if self._card.may_amend and any(not one.stands for one in self._lines):
            made.append(button(_("登记同意"), self.agree, kind="inline", name="agree"))
        gone = [one for one in self._lines if one.withdrawn_on]
        if gone and self._card.may_print and self._card.current is not None:
            made.append(
                button(
                    _("打印撤回同意书"), self.print_paper, kind="inline", name="print-withdrawal"
                )
            )
        waiting = [one for one in gone if not one.reported]
        if waiting and self._card.may_change:
            first = partial(self.report, waiting[0])
            made.append(button(_("已报上级"), first, kind="inline", name="report-withdrawal"))
        return row(*made, None)

    def _chosen(self) -> list[Purpose]:
        return [purpose for purpose, box in self.boxes.items() if box.isChecked()]

    def _tell(self) -> None:
        chosen = self._chosen()
        self.follows.setText("".join(consenting.what_follows(chosen)) if chosen else "")
        self.follows.setVisible(bool(chosen))
        self.problem.hide()

    def _leave(self) -> None:
        self.withdrawing.hide()

    def _do(self, work: Callable[[Workspace], bytes], said: str) -> None:
        def done(write: bytes) -> None:
            sentence = said.format(name=self._card.name)
            self.offered.emit(sentence, partial(self._take_back, write))
            self._load()

        self._session.change(
            self, lambda workspace, _job: work(workspace), done, failed=self._on_refused
        )

    def _take_back(self, write: bytes) -> None:
        self._session.change(
            self, lambda workspace, _job: undoing.take_back(workspace, write),
            lambda _undone: self._load(), failed=self._session.notices.present,
        )  # fmt: skip

    def _on_refused(self, error: BaseException) -> None:
        if isinstance(error, OrganizerError) and self.withdrawing.isVisible():
            self.problem.setText(error.sentence())
            self.problem.show()
        else:
            self._session.notices.present(error)
