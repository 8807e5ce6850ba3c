"""The page of one union at the right: what it is and what can be done, or the form that does it."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from organizer.i18n import _
from organizer.services.employers.card import REVEAL_SECONDS
from organizer.services.unions import union_card
from organizer.services.unions.union_card import Officer, UnionCard
from organizer.ui.session import Session
from organizer.ui.unions.body import UnionBody
from organizer.ui.unions.cover_form import CoverForm, UncoverForm
from organizer.ui.unions.forms import CloseForm, EditForm, NewForm, UnderForm
from organizer.ui.unions.officer_forms import OfficerEndForm, OfficerForm, ReElectForm
from organizer.ui.widgets.act_form import ActForm
from organizer.ui.widgets.fitting import EvenButtons
from organizer.ui.widgets.keybutton import KeyButton
from organizer.ui.widgets.plain import button, column, label, row
from organizer.ui.widgets.plain import card as panel

_BUTTON = 128


class UnionPage(QWidget):
    """Shows one union at a time. `changed` carries what was done in words; `opened` a union to show."""

    go = Signal(str, object)
    changed = Signal(str)
    opened = Signal(bytes)
    left = Signal()
    """Back to the list, where the page covers it."""
    gone = Signal()
    """The union in view is out of use."""
    finished = Signal()
    """A form that another screen asked for was left or is done."""

    def __init__(self, session: Session, acts: Sequence[KeyButton]) -> None:
        super().__init__()
        self.session = session
        self.card: UnionCard | None = None
        self.wanted: bytes | None = None
        self.body: UnionBody | None = None
        self._visiting = False
        self._hiding = QTimer(self)
        self._hiding.setSingleShot(True)
        self._hiding.timeout.connect(self.hide_phone)
        self.new_form = NewForm(session)
        self.edit_form = EditForm(session)
        self.under_form = UnderForm(session)
        self.close_form = CloseForm(session)
        self.cover_form = CoverForm(session)
        self.uncover_form = UncoverForm(session)
        self.officer_form = OfficerForm(session)
        self.end_form = OfficerEndForm(session)
        self.elect_form = ReElectForm(session)
        self._view = self._make_view(acts)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._view)
        for form in (
            self.new_form, self.edit_form, self.under_form, self.close_form, self.cover_form,
            self.uncover_form, self.officer_form, self.end_form, self.elect_form,
        ):  # fmt: skip
            self._stack.addWidget(form)
            form.done.connect(self._on_done)
            form.left.connect(self.leave_form)
        column(self._stack, into=QVBoxLayout(self))
        session.theme.changed.connect(self._on_theme)

    @property
    def form(self) -> ActForm | None:
        """The form in view."""
        current = self._stack.currentWidget()
        return current if isinstance(current, ActForm) else None

    def show_union(self, union: bytes) -> None:
        """Ask for a union's page and show it; a form in view stays."""
        self.wanted = union
        self.session.ask(
            self,
            lambda workspace: union_card.card(workspace, union),
            self._show,
            key="unions.card",
            failed=self._on_failed,
        )

    def refresh(self) -> None:
        """Ask anew."""
        if self.wanted is not None:
            self.show_union(self.wanted)

    def new(self) -> None:
        """建会以外登记一个工会."""
        self._open(self.new_form)
        self.new_form.begin_new()

    def begin(self, act: str) -> None:
        """Open the form of an act on the union in view."""
        card = self.card
        if card is None or not card.may_edit:
            return
        if act == "officer-edit":
            self.edit_officer(self.chosen_officer)
        elif act == "officer-end":
            if (one := self.chosen_officer) is not None:
                self._open(self.end_form)
                self.end_form.begin_with(card, one)
        elif act == "officer":
            self._open(self.officer_form)
            self.officer_form.begin_with(card, None)
        elif act == "uncover":
            if units := self.chosen_units:
                self._open(self.uncover_form)
                self.uncover_form.begin_with(units)
        else:
            forms = {
                "edit": self.edit_form, "under": self.under_form, "close": self.close_form,
                "cover": self.cover_form, "elect": self.elect_form,
            }  # fmt: skip
            self._open(forms[act])
            forms[act].begin(card)

    def cover_units(self, units: Mapping[bytes, str]) -> None:
        """Which union covers these units; from another screen."""
        self._visiting = True
        self._open(self.cover_form)
        self.cover_form.begin_with(units)

    def uncover_units(self, units: Mapping[bytes, str]) -> None:
        """These units fall back; from another screen."""
        self._visiting = True
        self._open(self.uncover_form)
        self.uncover_form.begin_with(units)

    def edit_officer(self, one: Officer | None) -> None:
        """Correct what is written of an officer."""
        if one is not None and self.card is not None and self.card.may_edit:
            self._open(self.officer_form)
            self.officer_form.begin_with(self.card, one)

    @property
    def chosen_officer(self) -> Officer | None:
        """The officer under the cursor of the table, the first while it never stood there."""
        if self.card is None or self.body is None:
            return None
        row = self.body.officers.current_id()
        return next((one for one in self.card.officers if one.id == row), None)

    @property
    def chosen_units(self) -> dict[bytes, str]:
        """The member units that are chosen."""
        if self.card is None or self.body is None:
            return {}
        rows = {self.body.units.rows.id_at(place) for place in self.body.units.chosen_rows}
        return {one.employer: one.name for one in self.card.units if one.employer in rows}

    def reveal(self) -> None:
        """Show the telephone for half a minute; who looked is noted before it is shown."""
        card = self.card
        if card is None or not any(line.name == "phone" for line in card.lines):
            return
        self.session.ask(
            self,
            lambda workspace: (card.id, union_card.reveal_phone(workspace, card.id)),
            self._on_revealed,
            key="unions.reveal",
        )

    def hide_phone(self) -> None:
        """Mask the telephone again."""
        self._hiding.stop()
        if self.body is not None:
            self.body.hide_phone()

    def leave_form(self) -> None:
        """Back to the union."""
        self._stack.setCurrentWidget(self._view)
        self.focus_first()
        if self._visiting:
            self._visiting = False
            self.finished.emit()

    def focus_first(self) -> None:
        """Put the cursor on the first thing to do."""
        (self._first if self._first.isVisible() else self._area).setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Page keys walk through the page."""
        pages = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}
        if event.key() in pages and self.form is None:
            bar = self._area.verticalScrollBar()
            bar.setValue(bar.value() + pages[Qt.Key(event.key())] * bar.pageStep())
        else:
            super().keyPressEvent(event)

    def _make_view(self, acts: Sequence[KeyButton]) -> QWidget:
        self._name = label("", "title")
        self._name.setWordWrap(True)
        self._kind = label("", "chip")
        self._kind.hide()
        self.to_list = button(_("返回列表"), self.left.emit, kind="link", name="to-list")
        self.to_list.setToolTip(_("返回列表 (Esc)"))
        self._first = acts[0]
        self._acts = list(acts)
        for one in acts:
            one.hide()
        self._row = EvenButtons(self.session.theme, acts, _BUTTON)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._area.setAccessibleName(_("工会资料"))
        head = row(self._name, self.to_list)
        head.setStretch(0, 1)
        head.setAlignment(self.to_list, Qt.AlignmentFlag.AlignTop)
        return panel(head, row(self._kind, None), self._row, self._area, gap=10)

    def _open(self, form: ActForm) -> None:
        if self.form is not None:
            self.form.keep()
        self._stack.setCurrentWidget(form)

    def _show(self, card: UnionCard) -> None:
        before, self.card = self.card, card
        self._hiding.stop()
        self._name.setText(card.name)
        self._kind.setText(card.kind)
        self._kind.setVisible(bool(card.kind))
        for one in self._acts:
            one.setVisible(card.may_edit)
        self._row.lay_out()
        self._row.setVisible(card.may_edit)
        self._fill(card, anew=before is None or before.id != card.id)

    def _fill(self, card: UnionCard, *, anew: bool) -> None:
        place = 0 if anew else self._area.verticalScrollBar().value()
        inside = self.body is not None and self.body.isAncestorOf(
            QApplication.focusWidget() or self
        )
        self.body = UnionBody(self.session, card)
        self.body.opened_union.connect(self.opened)
        self.body.opened_unit.connect(lambda unit: self.go.emit("employers", unit))
        self.body.opened_officer.connect(lambda _row: self.begin("officer-edit"))
        self.body.reveal_wanted.connect(self.reveal)
        self.body.act_wanted.connect(self.begin)
        self._area.setWidget(self.body)
        self._area.verticalScrollBar().setValue(place)
        if inside:
            self._area.setFocus()

    def _on_done(self, said: str) -> None:
        self.changed.emit(said)
        self.leave_form()

    def _on_revealed(self, found: tuple[bytes, str]) -> None:
        union, phone = found
        if self.body is not None and self.card is not None and self.card.id == union:
            self.body.show_phone(phone)
            self._hiding.start(REVEAL_SECONDS * 1000)

    def _on_failed(self, _error: BaseException) -> None:
        """Closed or merged away meanwhile: the list tells what there is."""
        self.card = self.wanted = None
        self.gone.emit()

    def _on_theme(self) -> None:
        if self.card is not None:
            self._fill(self.card, anew=False)
