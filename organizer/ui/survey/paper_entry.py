"""照表录入: paper typed in row by row, one hand on the number pad: code, digit, count, Enter, next."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QVBoxLayout,
    QWidget,
)

from organizer.domain import row_code
from organizer.domain.sheet_kind import FORMS, SheetKind
from organizer.errors import InvalidInput
from organizer.i18n import _
from organizer.services import drafting, undoing
from organizer.services.drafting import Draft
from organizer.services.paper import entering, paper_rows
from organizer.services.paper.entering import Entered, Typed
from organizer.services.paper.paper_rows import PaperRow
from organizer.ui.session import Session
from organizer.ui.survey.code_box import CodeBox
from organizer.ui.survey.paper_fields import RowFields
from organizer.ui.survey.paper_head import PaperHead
from organizer.ui.survey.paper_list import EnteredRow, PaperList
from organizer.ui.survey.quick_hand import QuickHand
from organizer.ui.widgets.drafts import DraftKeeper
from organizer.ui.widgets.keybutton import KeyButton
from organizer.ui.widgets.plain import column, holder, label, row, scrolled

SAVE = "Ctrl+Return"


class PaperEntry(QWidget):
    """Waits for a code, shows whose row it is, takes its boxes, saves and waits for the next."""

    say = Signal(str)
    offer = Signal(str, object)
    left_page = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        workspace = session.workspace
        self.paper: PaperRow | None = None
        """The row that is being typed in."""
        self._doubted: dict[str, str] = {}
        self._saving = False
        self._scan = ""
        """What was scanned while this row was not saved yet."""
        self._awaiting = False
        self._wished = False
        self.head = PaperHead(session.theme)
        self.day, self.companions = self.head.day, self.head.companions
        self.code = CodeBox(session)
        self._name = label("", "title")
        self._where = label("", "mut")
        self._note = label("", "warn")
        outcome = entering.outcome_field(workspace)
        self._of_kind = {
            kind: RowFields(session.theme, outcome, entering.fields_of(workspace, kind))
            for kind in (SheetKind.WALK, SheetKind.FORM)
        }
        self.save_button = KeyButton(
            session.theme,
            _("保存这一行"),
            self.save,
            shortcut=SAVE,
            kind="primary",
            name="save-row",
        )
        lines = [field.line for fields in self._of_kind.values() for field in fields]
        # Enter in the last box leads on to the button.
        self.hand = QuickHand([*lines, self.save_button], lambda: self.fields.values(), self)
        self.list = PaperList(session.theme)
        self._drafts = DraftKeeper(session, entering.DRAFT, self._draft, lambda: None, self)
        self._lay_out()
        self._connect()
        self.day.set_text(workspace.today.isoformat())
        self.code.expect(None)
        self._show(None)

    @property
    def fields(self) -> RowFields:
        """The boxes of the kind of sheet in hand."""
        kind = self.paper.kind if self.paper else self.code.kinds[0]
        return self._of_kind[SheetKind.FORM if kind in FORMS else SheetKind.WALK]

    def begin(self) -> None:
        """Come back to what was half typed, else wait for a code."""
        self.code.setFocus()
        if self.paper is None:
            self.session.ask(
                self,
                lambda workspace: drafting.resume(workspace, entering.DRAFT),
                self._resume,
                key="paper.draft",
            )

    def keep(self) -> None:
        """What is half typed stays as a draft."""
        self._drafts.flush()

    def save(self) -> None:
        """Record the row, unless something in it looks like a slip for the first time."""
        paper = self.paper
        if self._saving:
            return
        if paper is None:
            # A quick hand is at the end of the row before the unit was found.
            self._wished = self._awaiting
            if not self._awaiting:
                self.code.setFocus()
            return
        try:
            typed = self._typed()
            odd = entering.doubts(self.session.workspace, typed)
        except InvalidInput as error:
            self._refuse(error)
            return
        fresh = {name: told for name, told in odd.items() if self._doubted.get(name) != told}
        if fresh:
            self._doubted.update(fresh)
            self._doubt(fresh)
            return
        corrects = self.list.visit_of(paper.employer, typed.on)
        self._saving = True
        self.hand.hold()
        self.session.change(
            self,
            lambda workspace, _job: entering.enter(workspace, paper, typed, corrects=corrects),
            lambda done: self._on_saved(paper, typed, done),
            failed=self._on_failed,
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes to the code, and from there leaves."""
        if event.key() == Qt.Key.Key_Escape:
            if self.code.field.line.hasFocus() or self.paper is None:
                self.left_page.emit()
            else:
                self.code.setFocus()
                self.code.field.line.selectAll()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """The cursor is where typing goes on."""
        super().showEvent(event)
        (self.fields if self.paper else self.code).setFocus()

    def _on_looking(self) -> None:
        """The code is right and being looked up: what is typed meanwhile goes into its boxes."""
        self._show(None)
        self._awaiting = True
        self._name.setText(_("正在找…"))
        for part in (self._name, self._boxes):
            part.show()
        self.fields.ask_new(False)
        self.fields.focus_first()

    def _show(self, paper: PaperRow | None) -> None:
        """Whose row it is, and its boxes; None while no code is given."""
        early = self.fields.values() if self._awaiting and paper is not None else {}
        awaited, self._awaiting = self._awaiting, False
        if paper is None or paper != self.paper:
            for fields in self._of_kind.values():
                fields.clear()
            self._doubted = {}
        self.paper = paper
        if paper is not None:
            self._take_up(paper.kind)
        self._show_fields()
        for part in (self._boxes, self.save_button, self._name, self._where):
            part.setVisible(paper is not None)
        self._note.hide()
        if paper is None:
            self._wished = False
            return
        self.code.show_row(paper)
        self._name.setText(paper.name or _("名单上没有的单位"))
        self._where.setText(_("　").join(filter(None, (paper.where, paper.last))))
        self.fields.ask_new(paper.employer is None)
        if any(early.values()):
            self.fields.fill(early)
        if not awaited or paper.employer is None or not self.fields.isAncestorOf(self._focused()):
            self.fields.focus_first()
        self._tell_note(paper)
        wished, self._wished = self._wished, False
        if wished and paper.employer is not None:
            self.save()

    def _take_up(self, kind: str) -> None:
        """The paper in hand: on which of its papers a unit is looked for by its code."""
        forms = kind in FORMS
        self.code.kinds = FORMS if forms else (SheetKind.WALK,)
        self.head.mark(kind)
        if self.paper is None:
            self._show_fields()
            self.code.setFocus()

    def _show_fields(self) -> None:
        for fields in self._of_kind.values():
            fields.setVisible(fields is self.fields)

    def _on_focus(self, _before: QWidget | None, now: QWidget | None) -> None:
        """The field in which one types is in view."""
        if now is not None and self._area.isAncestorOf(now):
            self._area.ensureWidgetVisible(now.parentWidget() or now)

    def _focused(self) -> QWidget:
        return self.focusWidget() or self

    def _tell_note(self, paper: PaperRow) -> None:
        """What should be known before typing: an older round, a visit of that day."""
        told = []
        if paper.older:
            told.append(_("这张表是“{round}”印的，请核对单位。").format(round=paper.older))
        self._say_notes(told)
        try:
            on = entering.day_of(self.session.workspace, self.day.text)
        except InvalidInput:
            return
        corrects = self.list.visit_of(paper.employer, on)

        def answer(already: str) -> None:
            if already and self.paper == paper:
                more = _("再保存就是更正刚才那次。") if corrects else _("再保存就是另一次走访。")
                self._say_notes([*told, _("{told}；{more}").format(told=already, more=more)])

        self.session.ask(
            self,
            lambda workspace: entering.told_already(workspace, paper, on),
            answer,
            key="paper.already",
        )

    def _say_notes(self, told: Sequence[str]) -> None:
        self._note.setText("\n".join(told))
        self._note.setVisible(bool(told))

    def _typed(self) -> Typed:
        fields = self.fields
        if not fields.outcome.value:
            problem = fields.outcome.problem()
            raise problem or InvalidInput("sheet.no_outcome", field="outcome")
        return Typed(
            fields.outcome.value,
            entering.day_of(self.session.workspace, self.day.text),
            fields.facts(),
            fields.remark.text,
            self.companions.text,
            fields.name.text,
            fields.door.text,
        )

    def _doubt(self, odd: dict[str, str]) -> None:
        for field in self.fields:
            if field.name in odd:
                field.doubt(odd[field.name])
        next(field for field in self.fields if field.name in odd).setFocus()

    def _refuse(self, error: InvalidInput) -> None:
        for field in (self.day, self.companions):
            if field.name == error.field:
                field.refuse(error)
                field.setFocus()
                return
        if not self.fields.refuse(error):
            self.session.notices.present(error)

    def _on_scanned(self, text: str, before: Mapping[str, str]) -> None:
        """The next paper, scanned into a box of this row: first this row as it was before."""
        self.fields.clear()
        self.fields.fill(before)
        if self.paper is None or not any(before.values()):
            self.code.ask_for(text)
            return
        self.save()
        self._scan = text if self._saving else ""

    def _on_failed(self, error: BaseException) -> None:
        self._saving, self._scan = False, ""
        self.hand.let_go(onward=False)
        if isinstance(error, InvalidInput):
            self._refuse(error)
        else:
            self.session.notices.present(error)

    def _on_saved(self, paper: PaperRow, typed: Typed, done: Entered) -> None:
        self._saving = False
        outcome = self.session.workspace.codes("visit_outcome").entry(typed.outcome).brief
        count = typed.facts.get("staff_total", "")
        self.list.add(EnteredRow(paper.code, done.name, outcome, count, done, typed.on))
        said = _("已录 {name}：{outcome}").format(name=done.name, outcome=outcome)

        def take_back() -> None:
            self.session.change(
                self,
                lambda workspace, _job: undoing.take_back(workspace, done.write),
                lambda _done: self.list.remove(done),
            )

        self.offer.emit(said, take_back)
        self._show(None)
        self.code.expect(None)
        self.code.setFocus()
        self._drafts.flush()
        scan, self._scan = self._scan, ""
        if scan:
            self.code.ask_for(scan)
        self.hand.let_go(onward=not scan)
        self.session.ask(
            self,
            lambda workspace: paper_rows.following(workspace, paper),
            self._on_next,
            key="paper.next",
        )

    def _on_next(self, following: PaperRow | None) -> None:
        if self.paper is None and not self.code.field.text:
            self.code.expect(following)

    def _draft(self) -> Draft:
        if self.paper is None:
            return Draft()
        values = self.fields.values()
        if not any(values.values()):
            return Draft()
        about = {
            "row": row_code.scan_text(self.paper.id),
            "visited_on": self.day.text,
            "companions": self.companions.text,
        }
        focused = next((field.name for field in self.fields if field.line.hasFocus()), "")
        return Draft({**values, **about}, focused)

    @property
    def _idle(self) -> bool:
        """Nobody has begun with a row."""
        return self.paper is None and not self._awaiting and not self.code.field.text

    def _resume(self, kept: Draft | None) -> None:
        if kept is None or not self._idle:
            return
        self.session.ask(
            self,
            lambda workspace: paper_rows.look_up(workspace, kept.values.get("row", "")),
            lambda rows: self._fill(rows[0], kept),
            key="paper.draft",
        )

    def _fill(self, paper: PaperRow, kept: Draft) -> None:
        if not self._idle:
            return
        self.day.set_text(kept.values.get("visited_on", ""))
        self.companions.set_text(kept.values.get("companions", ""))
        self._show(paper)
        self.fields.fill(kept.values)
        at = next((field for field in self.fields if field.name == kept.focus), None)
        (at or self.fields.outcome).setFocus()

    def _lay_out(self) -> None:
        self._boxes = holder(column(*self._of_kind.values()))
        parts = (self.head, self.code, self._name, self._where, self._note, self._boxes)
        self._area = scrolled(holder(column(*parts, None, gap=10)))
        work = QFrame()
        work.setProperty("kind", "card")
        column(self._area, row(self.save_button, None), into=QVBoxLayout(work), margin=16, gap=10)
        whole = row(work, self.list, gap=16)
        whole.setStretch(0, 3)
        whole.setStretch(1, 2)
        column(whole, into=QVBoxLayout(self))
        self._name.setWordWrap(True)

    def _connect(self) -> None:
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus)
        self.head.taken_up.connect(self._take_up)
        self.code.found.connect(self._show)
        self.hand.scanned.connect(self._on_scanned)
        self.code.looking.connect(self._on_looking)
        self.code.lost.connect(lambda: self._show(None))
        self.list.wanted.connect(self.code.ask_for)
        for fields in self._of_kind.values():
            fields.finished.connect(self.save)
            fields.typed.connect(self._drafts.touch)
            fields.left.connect(self._drafts.flush)
