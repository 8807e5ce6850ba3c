"""The card of one employer: lamps, advice, own fields, facts, members, visits; and what to do next."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QScrollArea, QVBoxLayout, QWidget

from organizer.i18n import _
from organizer.services import undoing
from organizer.services.employers import card as cards
from organizer.services.employers.card import REVEAL_SECONDS, Card
from organizer.services.employers.employer_editing import Saved
from organizer.services.employers.fact_editing import Told
from organizer.services.notes import note_sentence
from organizer.services.survey import photos
from organizer.services.workspace import Workspace
from organizer.ui.employers.card_body import CardBody
from organizer.ui.employers.fact_form import FactForm
from organizer.ui.employers.own_fields import OwnFields
from organizer.ui.session import Session
from organizer.ui.widgets.keybutton import KeyButton
from organizer.ui.widgets.plain import button, column, holder, label, row
from organizer.ui.widgets.reflow import Cell, Reflow

MERGE_INTO = "Ctrl+Shift+M"
VISIT, SIGN_UP, EDIT, TELL, FOUND = "Ctrl+D", "Ctrl+J", "F2", "F4", "F6"


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
        self._form: OwnFields | FactForm | None = None
        self._shown: CardBody | None = None
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

    def tell(self) -> None:
        """Open the form for one fact (F4)."""
        if self._card is None or self._form is not None:
            return
        self._form = FactForm(self._session, self._card.id)
        self._form.saved.connect(self._on_told)
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

    def found(self) -> None:
        """Walk the unit to a union of its own, or a joint one."""
        if self._card is not None:
            self.go.emit("foundings", ("unit", self._card.id, self._card.name))

    def cover(self) -> None:
        """Say which union covers the unit."""
        if self._card is not None:
            self.go.emit("unions", ("cover", {self._card.id: self._card.name}))

    def merge_into(self) -> None:
        """Find the other record of the same unit."""
        if self._wanted is not None:
            self.go.emit("duplicates", ("employer", self._wanted))

    def reveal(self) -> None:
        """Show the telephone for half a minute; who looked is noted before it is shown."""
        card = self._card
        if card is None or self._shown is None:
            return
        with_chair = any(fact.name == "chair_phone" for fact in card.facts)

        def look(workspace: Workspace) -> tuple[bytes, str, str]:
            chair = cards.reveal_chair_phone(workspace, card.id) if with_chair else ""
            return card.id, cards.reveal_phone(workspace, card.id), chair

        self._session.ask(self, look, self._show_numbers, key="employers.reveal")

    def hide_phone(self) -> None:
        """Mask the telephone again."""
        self._hiding.stop()
        if self._shown is not None:
            self._shown.hide_numbers()

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
        tell = KeyButton(self._theme, _("补记"), self.tell, shortcut=TELL, name="tell-fact")
        tell.setToolTip(_("补记或更正一项：职工数、建会状态… (F4)"))
        found = KeyButton(self._theme, _("建会"), self.found, shortcut=FOUND, name="to-founding")
        found.setToolTip(_("从筹备到批复，一步一步办 (F6)"))
        self._first = visit
        return Reflow(
            self._theme,
            (
                (
                    Cell(visit, 3, 148),
                    Cell(sign_up, 3, 140),
                    Cell(found, 3, 100),
                ),
                (
                    Cell(edit, 2, 84),
                    Cell(tell, 2, 84),
                ),
            ),
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

    def _body(self, card: Card) -> CardBody:
        body = CardBody(self._session, card)
        body.reveal_wanted.connect(self.reveal)
        body.correct_wanted.connect(
            lambda visit: self.go.emit("survey", ("correct", card.id, visit))
        )
        body.photo_wanted.connect(self._on_photo_wanted)
        body.photo_unwanted.connect(self._on_photo_unwanted)
        body.union_wanted.connect(lambda union: self.go.emit("unions", union))
        body.cover_wanted.connect(self.cover)
        body.uncover_wanted.connect(
            lambda: self.go.emit("unions", ("uncover", {card.id: card.name}))
        )
        return body

    def _on_photo_wanted(self, visit: bytes) -> None:
        wanted, _kind = QFileDialog.getOpenFileNames(
            self, _("门头照片"), "", _("照片 (*.jpg *.jpeg *.png *.webp *.bmp)")
        )
        self.add_photos(visit, wanted)

    def add_photos(self, visit: bytes, files: Sequence[str]) -> None:
        """Keep these files with a visit."""
        for file in files:
            self._keep_photo(visit, Path(file))

    def _keep_photo(self, visit: bytes, file: Path) -> None:
        self._session.change(
            self,
            lambda workspace, _job: photos.keep(workspace, visit, file),
            lambda kept: self._offer_back(_("照片已加密保存。"), kept.write),
            failed=self._session.notices.present,
        )

    def _on_photo_unwanted(self, photo: bytes) -> None:
        self._session.change(
            self,
            lambda workspace, _job: photos.remove(workspace, photo),
            lambda write: self._offer_back(_("照片已去掉。"), write),
            failed=self._session.notices.present,
        )

    def _show_numbers(self, found: tuple[bytes, str, str]) -> None:
        employer, phone, chair = found
        if self._shown is None or self._card is None or employer != self._card.id:
            return
        self._shown.show_numbers(phone, chair)
        self._hiding.start(REVEAL_SECONDS * 1000)

    def _put(self, content: QWidget) -> None:
        self._shown = content if isinstance(content, CardBody) else None
        if self._shown is not None:
            self._form = None
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
        said = " ".join([_("已保存。"), *map(note_sentence, saved.notes)])
        self._offer_back(said, saved.write)

    def _on_told(self, done: Told) -> None:
        self._form = None
        self.refresh()
        self.focus_first()
        self._offer_back(_("已补记，可在走访卡和名单里看到。"), done.write)

    def _offer_back(self, said: str, write: bytes) -> None:
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
