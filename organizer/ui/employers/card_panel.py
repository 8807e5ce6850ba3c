"""The card of one employer: lamps, advice, own fields, facts, members, visits; and what to do next."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

from organizer.i18n import _, listed
from organizer.services import card as cards
from organizer.services import undoing
from organizer.services.card import REVEAL_SECONDS, Card
from organizer.services.employer_editing import Saved
from organizer.services.proofing import note_sentence
from organizer.ui.employers import parts
from organizer.ui.employers.own_fields import OwnFields
from organizer.ui.session import Session
from organizer.ui.widgets.keybutton import KeyButton
from organizer.ui.widgets.pairs import section, told
from organizer.ui.widgets.plain import button, column, holder, label, row
from organizer.ui.widgets.reflow import Cell, Reflow

VISIT, SIGN_UP, EDIT, REVEAL = "Ctrl+D", "Ctrl+J", "F2", "Ctrl+H"


class CardPanel(QWidget):
    """Shows one employer at a time. `closed` asks to go back to the list."""

    closed = Signal()
    go = Signal(str, object)
    say = Signal(str)
    offer = Signal(str, object)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._theme = session.theme
        self._wanted: bytes | None = None
        self._card: Card | None = None
        self._form: OwnFields | None = None
        self._phone: QLabel | None = None
        self._hiding = QTimer(self)
        self._hiding.setSingleShot(True)
        self._hiding.timeout.connect(self.hide_phone)
        self._title = label("", "head")
        self._title.setWordWrap(True)
        self._place = label("", "mut")
        self._close = button(_("关闭"), self.closed.emit, kind="link", name="close-card")
        self._close.setToolTip(_("关闭卡片 (Esc)"))
        head = row(holder(column(self._title, self._place, gap=2)), self._close)
        head.setStretch(0, 1)
        head.setAlignment(self._close, Qt.AlignmentFlag.AlignTop)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setAccessibleName(_("单位卡片"))
        self.setObjectName("employer-card")
        column(head, self._buttons(), self._scroll, into=QVBoxLayout(self), gap=12)
        self._theme.changed.connect(self._on_theme)

    @property
    def employer(self) -> bytes | None:
        """The employer asked for last."""
        return self._wanted

    @property
    def card(self) -> Card | None:
        """What is shown."""
        return self._card

    def show_employer(self, employer: bytes) -> None:
        """Ask for a card and show it; a form with something typed is left as a draft."""
        if self._form is not None and employer == self._wanted:
            return
        self._leave_form()
        self._wanted = employer
        self._session.ask(
            self,
            lambda workspace: cards.card(workspace, employer),
            self._show,
            key="employers.card",
            failed=self._failed,
        )

    def refresh(self) -> None:
        """Ask anew, unless something is being typed."""
        if self._wanted is not None:
            self.show_employer(self._wanted)

    def edit(self) -> None:
        """Open the form of the own fields (F2)."""
        if self._card is None or self._form is not None:
            return
        self._form = OwnFields(self._session, self._card)
        self._form.saved.connect(self._on_saved)
        self._form.left.connect(self._on_left)
        self._put(self._form)
        self._form.begin()

    def visit(self) -> None:
        """Record a visit there."""
        if self._wanted is not None:
            self.go.emit("survey", self._wanted)

    def sign_up(self) -> None:
        """Sign somebody up there."""
        if self._wanted is not None:
            self.go.emit("signup", self._wanted)

    def reveal(self) -> None:
        """Show the telephone for half a minute; who looked is noted before it is shown."""
        card = self._card
        if card is None or self._phone is None:
            return
        self._session.ask(
            self,
            lambda workspace: (card.id, cards.reveal_phone(workspace, card.id)),
            self._show_phone,
            key="employers.reveal",
        )

    def hide_phone(self) -> None:
        """Mask the telephone again."""
        self._hiding.stop()
        if self._phone is not None and self._card is not None:
            self._phone.setText(_own(self._card, "phone"))

    def leave(self) -> None:
        """Out of view: mask what was revealed, keep what was typed."""
        self.hide_phone()
        if self._form is not None:
            self._form.leave()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back to the list; page keys walk through the card."""
        pages = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.key() in pages:
            bar = self._scroll.verticalScrollBar()
            bar.setValue(bar.value() + pages[Qt.Key(event.key())] * bar.pageStep())
        else:
            super().keyPressEvent(event)

    def _buttons(self) -> QWidget:
        visit = KeyButton(
            self._theme, _("记录走访"), self.visit, shortcut=VISIT, kind="primary", name="to-survey"
        )
        sign_up = KeyButton(
            self._theme, _("登记入会"), self.sign_up, shortcut=SIGN_UP, name="to-signup"
        )
        edit = KeyButton(self._theme, _("修改"), self.edit, shortcut=EDIT, name="edit-employer")
        self._first = visit
        return Reflow(
            self._theme, ((Cell(visit, 1, 132), Cell(sign_up, 1, 132), Cell(edit, 1, 96)),)
        )

    def focus_first(self) -> None:
        """Put the cursor on the first thing to do."""
        self._first.setFocus()

    def _show(self, card: Card) -> None:
        self._hiding.stop()
        self._leave_form()
        self._card = card
        self._title.setText(card.name)
        self._place.setText(card.place)
        self._put(self._body(card))

    def _failed(self, error: BaseException) -> None:
        self.closed.emit()
        self._session.notices.present(error)

    def _body(self, card: Card) -> QWidget:
        theme = self._theme
        lines = column(
            label(card.advice, card.advice_kind),
            section(_("四清"), parts.lamp_rows(theme, card.lamps)),
            section(_("现在知道的"), parts.fact_rows(theme, card.facts)),
            section(_("基本情况"), parts.own_rows(theme, card.fields, self._phone_line(card))),
            section(_("在这里入会的人"), label(_people(card), "mut")),
            section(_("走访经过"), parts.time_line(theme, card.visits)),
            section(_("修改记录"), parts.change_rows(theme, card.changes)),
            None,
            gap=12,
        )
        lines.setContentsMargins(0, 0, theme.px(12), theme.px(8))
        return holder(lines)

    def _phone_line(self, card: Card) -> QWidget:
        self._phone = told(_own(card, "phone"))
        self._phone.setObjectName("employer-phone")
        show = button(_("显示"), self.reveal, kind="inline", name="reveal-phone")
        show.setToolTip(
            _("显示 {seconds} 秒，并记入审计 ({key})").format(seconds=REVEAL_SECONDS, key=REVEAL)
        )
        line = row(self._phone, show)
        line.setStretch(0, 1)
        return holder(line)

    def _show_phone(self, found: tuple[bytes, str]) -> None:
        employer, number = found
        if self._phone is None or self._card is None or employer != self._card.id:
            return
        self._phone.setText(number or _("没有登记电话"))
        self._hiding.start(REVEAL_SECONDS * 1000)

    def _put(self, content: QWidget) -> None:
        if not isinstance(content, OwnFields):
            self._form = None
        else:
            self._phone = None
        old = self._scroll.takeWidget()
        if old is not None:
            old.deleteLater()
        self._scroll.setWidget(content)

    def _leave_form(self) -> None:
        form, self._form = self._form, None
        if form is not None:
            form.left.disconnect(self._on_left)
            form.leave()

    def _on_left(self) -> None:
        self._form = None
        if self._card is not None:
            self._put(self._body(self._card))
            self.focus_first()

    def _on_saved(self, saved: Saved) -> None:
        self._form = None
        self.refresh()
        self.focus_first()
        if saved.write is None:
            return
        write = saved.write
        said = " ".join([_("已保存。"), *map(note_sentence, saved.notes)])
        self.offer.emit(said, lambda: self._take_back(write))

    def _take_back(self, write: bytes) -> None:
        self._session.change(
            self,
            lambda workspace, _job: undoing.take_back(workspace, write),
            lambda _undone: self.say.emit(_("已撤销刚才的修改。")),
            failed=self._session.notices.present,
        )

    def _on_theme(self) -> None:
        if self._card is not None and self._form is None:
            self._put(self._body(self._card))


def _own(card: Card, name: str) -> str:
    return next((own.text for own in card.fields if own.name == name), "")


def _people(card: Card) -> str:
    if not card.members and not card.pending:
        return _("还没有人。点“登记入会”，第一位会员就从这里开始。")
    counts = _("会员 {members} 人，待审批 {pending} 人").format(
        members=card.members, pending=card.pending
    )
    names = listed(card.member_names)
    more = card.members - len(card.member_names)
    if more > 0:
        names = _("{names}等").format(names=names)
    return _("{counts}：{names}").format(counts=counts, names=names) if names else counts
