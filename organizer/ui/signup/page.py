"""One person's form: the fields, the preview beside them, saving, and the draft in between."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QHBoxLayout, QScrollArea, QWidget

from organizer.domain.access import Permission
from organizer.domain.consent import Purpose
from organizer.errors import Conflict, InvalidInput, NotAllowed
from organizer.i18n import _
from organizer.services import drafting
from organizer.services.drafting import Draft
from organizer.services.members import rejoining, transferring
from organizer.services.members import signup as signing_up
from organizer.services.members.duplicates import Known
from organizer.services.members.proofing import Proofreader
from organizer.services.members.rejoining import Rejoined
from organizer.services.members.signup import SignedUp
from organizer.services.workspace import Workspace
from organizer.ui.keys import with_keys
from organizer.ui.session import Session
from organizer.ui.signup.form import HERE, LETTER, SignupForm
from organizer.ui.signup.ground import Ground, fill_codes, offered_codes
from organizer.ui.signup.keys import LATER, PRINT, SAVE, TRANSFER
from organizer.ui.signup.preview import Preview
from organizer.ui.signup.sitting import Sitting
from organizer.ui.signup.told_above import told_above
from organizer.ui.signup.watch import Watch
from organizer.ui.theme import SPACE
from organizer.ui.widgets.drafts import DraftKeeper
from organizer.ui.widgets.keybutton import KeyButton
from organizer.ui.widgets.papers import PaperTray
from organizer.ui.widgets.picker import Choice, ChoiceField
from organizer.ui.widgets.plain import button, card, column, holder, label, row
from organizer.ui.widgets.reflow import Cell, Reflow

SCREEN = "signup"
_LEAST_FORM = 420
_LIST = 200
"""How high a list of choices is that need not be scrolled far, at 100 %."""


class SignupPage(QWidget):
    """The form and its preview. `said` carries sentences for the foot of the window.

    `below` is what stands under the form, scrolled with it.
    """

    said = Signal(str)

    def __init__(
        self, session: Session, draft_name: str = SCREEN, below: Sequence[QWidget] = ()
    ) -> None:
        super().__init__()
        self.session = session
        self._below = below
        self.draft_name = draft_name
        """Under which name the draft is kept."""
        self.form = SignupForm(session.theme)
        self.watch = Watch(session, self.form, Proofreader(session.workspace))
        self.preview = Preview(session)
        self.papers = PaperTray(session, self, self.said.emit)
        self.drafts = DraftKeeper(session, draft_name, self._draft, self._on_draft_saved, self)
        self.sitting = Sitting()
        self._known: Known | None = None
        self._saving = False
        self._cleared: dict[str, str] | None = None
        self._sent: Choice | None = None
        self._build()
        self._connect()
        self.form.setEnabled(False)
        session.ask(self, self._look, self._on_ground, failed=self._on_closed)

    def take_focus(self) -> None:
        """The cursor goes where the work starts."""
        self.form.first.line.setFocus(Qt.FocusReason.TabFocusReason)

    @property
    def may_be_later(self) -> bool:
        """Whether the id number may be handed in later."""
        return True

    @property
    def may_transfer(self) -> bool:
        """Whether somebody may be transferred here instead of joining."""
        return rejoining.may_rejoin(self.session.workspace)

    def toggle_transfer(self) -> None:
        """转入 in place of 入会: of the member that was found, else with a letter; and back."""
        if not self.may_transfer:
            return
        found = self._known is not None and self._known.transferable
        way = "" if self.form.transfer else HERE if found else LETTER
        self._set_transfer(way)
        place = self.form.from_union if way == LETTER else self.form.first
        place.line.setFocus(Qt.FocusReason.TabFocusReason)
        self._on_edited()

    def save(self, *, then_print: bool = False) -> None:
        """Record the application; errors stand at their fields, nothing typed is lost."""
        problem = self._problem()
        if problem is not None:
            self.form.refuse(problem)
            return
        if self._saving:
            return
        self._saving = True
        self._perform(then_print=then_print)

    def save_and_print(self) -> None:
        """Record the application and print its papers."""
        self.save(then_print=True)

    def begin_at(self, employer: Choice) -> None:
        """Sign somebody up at this employer; a person already half typed keeps the own one."""
        if not self.form.isEnabled():
            self._sent = employer
            return
        self._sent = None
        begun = self.form.name.text or self.form.id_number.text
        if begun and self.form.employer.value != employer.value:
            self._state.setText(_("先保存或清空这一位，再登记别的单位的人"))
        elif not begun:
            self.form.employer.take(employer)

    def toggle_later(self) -> None:
        """With or without the id number."""
        self.form.set_later(not self.form.later)
        self._tell_known()
        self.form.first.line.setFocus(Qt.FocusReason.TabFocusReason)
        self._on_edited()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The preview gives way when there is no room for both."""
        super().resizeEvent(event)
        wide = max(300, min(430, self.width() // 3))
        self.preview.setFixedWidth(wide)
        self.preview.setVisible(self.width() - wide > self.session.theme.px(_LEAST_FORM))

    def _perform(self, *, then_print: bool) -> None:
        name = self.form.order().typed.name
        run = self._run()

        def done(made: SignedUp | Rejoined) -> None:
            self._on_saved(made, name)
            if then_print:
                self.papers.print_papers(made.membership, name)

        self.session.change(
            self, lambda workspace, _job: run(workspace), done, failed=self._on_refused
        )

    def _run(self) -> Callable[[Workspace], SignedUp | Rejoined]:
        """What saving does: an application, or a transfer."""
        order, kept, letter = self.form.order(), self.draft_name, self.form.letter()
        known, origin = self._known, self.form.from_union.text
        if self.form.transfer == LETTER:
            return lambda w: transferring.receive(w, order, origin, letter, draft=kept)
        if self.form.transfer == HERE and known is not None and known.membership is not None:
            row = known.membership
            return lambda w: rejoining.rejoin(w, order, row, letter, draft=kept)
        return lambda w: signing_up.sign_up(w, order, draft=kept)

    def _set_transfer(self, way: str) -> None:
        self.form.set_transfer(way)
        self._save.say(_("办理转入，下一位") if way else self._save_text())
        self._tell_known()

    def _look(self, workspace: Workspace) -> Ground:
        # Before a whole form is filled in for nothing.
        workspace.require(Permission.SIGN_UP)
        draft = drafting.resume(workspace, self.draft_name)
        signing = workspace.office.screen_signature
        return Ground(offered_codes(workspace), draft, signing=signing)

    def _build(self) -> None:
        theme = self.session.theme
        self._state = label("", "mut")
        self._state.setWordWrap(False)
        self._later = KeyButton(
            theme, _("没带证件"), self.toggle_later, shortcut=LATER, name="later"
        )
        self._transfer = button("", self.toggle_transfer, kind="inline", name="transfer")
        self._transfer.setToolTip(with_keys(_("转入，不重新入会"), TRANSFER))
        self._clear = button(_("清空"), self.clear_or_restore, name="clear")
        self._count = label(self.sitting.sentence(), "mut")
        self._count.setWordWrap(False)
        print_ = KeyButton(
            theme, _("保存并打印"), self.save_and_print, shortcut=PRINT, name="save-print"
        )
        save = self._save = KeyButton(
            theme, self._save_text(), self.save, shortcut=SAVE, kind="primary", name="save"
        )
        area = self._area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(
            holder(
                column(card(self.form, row(self._transfer, None), margin=20), *self._below, None)
            )
        )
        self.tools = holder(self._tool_row())
        """What stands above the page, beside its title."""
        foot = Reflow(
            theme, [[Cell(self._count, 1, 300), Cell(print_, 0, 150), Cell(save, 0, 170)]]
        )
        page = QHBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(20)
        page.addWidget(holder(column(area, foot, gap=12)), 1)
        page.addWidget(self.preview)

    def _save_text(self) -> str:
        return _("保存，下一位")

    def _later_text(self) -> str:
        return _("有证件号") if self.form.later else _("没带证件")

    def _tool_row(self) -> QBoxLayout:
        return row(self._state, None, self._clear, self._later)

    def _connect(self) -> None:
        for field in self.form.fields:
            field.edited.connect(lambda _text: self._on_edited())
            field.left.connect(lambda _text: self._on_left())
            if isinstance(field, ChoiceField):
                field.chosen.connect(lambda _choice: self._on_edited())
        self.form.consents.changed.connect(self._on_consents)
        self.form.union.line.textChanged.connect(lambda _text: self._show_preview())
        self.watch.known.connect(self._on_known)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus)

    def clear_or_restore(self) -> None:
        """Empty the form, or bring back what was emptied last."""
        if self._cleared is not None:
            self.form.restore(self._cleared)
            self._cleared = None
            self.watch.look_again()
        else:
            self._cleared = self.form.state()
            self.form.clear()
            self.watch.start_over()
        self._clear.setText(_("清空") if self._cleared is None else _("恢复刚才的"))
        self.drafts.flush()
        self._tell_known()
        self._show_preview()
        self.form.first.line.setFocus(Qt.FocusReason.TabFocusReason)

    def _on_ground(self, ground: Ground) -> None:
        fill_codes(self.form, ground)
        self.form.consents.allow_signing(ground.signing)
        self._transfer.setVisible(self.may_transfer)
        self.form.setEnabled(True)
        place = self.form.first
        if ground.draft is not None:
            self.form.restore(ground.draft.values)
            self._set_transfer(self.form.transfer)
            if ground.brought_back:
                self._state.setText(_("已恢复上次没有保存的内容"))
            place = self.form.field(ground.draft.focus) or self.form.first
            self.watch.look_again()
        else:
            self.watch.employer_changed()
        self._tell_known()
        self._show_preview()
        if self._sent is not None:
            self.begin_at(self._sent)
        if self.isVisible():
            place.line.setFocus(Qt.FocusReason.TabFocusReason)
            # One goes on behind what is there; selected, the next key would wipe it.
            place.line.end(False)

    def _on_closed(self, error: BaseException) -> None:
        """Who may not sign anybody up reads so where the form begins."""
        if isinstance(error, NotAllowed):
            self.form.tell(error.sentence())
            for part in (self, self.tools):
                part.setEnabled(False)
        else:
            self.session.notices.present(error)

    def _draft(self) -> Draft:
        focus = QApplication.focusWidget()
        named = focus.objectName() if focus is not None and self.form.isAncestorOf(focus) else ""
        return Draft(self.form.state(), named)

    def _on_draft_saved(self) -> None:
        if self.sitting.began is not None:
            self._state.setText(_("草稿已自动保存"))

    def _on_edited(self) -> None:
        self.sitting.begin()
        if self._cleared is not None:
            self._cleared = None
            self._clear.setText(_("清空"))
        self.drafts.touch()
        self._show_preview()

    def _on_left(self) -> None:
        self.drafts.flush()
        self._show_preview()

    def _on_focus(self, _old: QObject | None, new: QObject | None) -> None:
        if not isinstance(new, QWidget) or not self.form.isAncestorOf(new):
            return
        field = new.parentWidget()
        if field is not None:
            # Label and hint are to be seen too, and the list that a field opens below it.
            room = self._area.viewport().height() - field.height() - SPACE
            list_ = self.session.theme.px(_LIST) if isinstance(field, ChoiceField) else SPACE
            self._area.ensureWidgetVisible(field, 0, max(SPACE, min(list_, room)))
        if self.form.isEnabled():
            self.drafts.flush()

    def _show_preview(self) -> None:
        self.preview.show_order(self.form.order(), self.form.union.text)

    def _problem(self) -> InvalidInput | None:
        form = self.form
        if not form.later and not form.id_number.text:
            return InvalidInput("signup.no_id_typed", field="id_number")
        if form.later and form.phone.text and not (form.employer.text or form.station.text):
            return InvalidInput("signup.no_station", field="station")
        try:
            form.check_day()
        except InvalidInput as error:
            return error
        coded: list[Any] = [*form.coded.values(), form.migrant, form.engagement]
        coded += [form.sex] if form.later else []
        return next((found for field in coded if (found := field.problem())), None)

    def _on_consents(self) -> None:
        """Without a consent to the id number one joins without it."""
        if Purpose.ID_NUMBER in self.form.consents.declined and not self.form.later:
            self.toggle_later()
        self._on_edited()

    def _on_saved(self, made: SignedUp | Rejoined, name: str) -> None:
        self._saving = False
        self.sitting.finish()
        self._count.setText(self.sitting.sentence())
        said = _("已登记{name}，待审批，加入“{union}”")
        if self.form.transfer:
            resumed = isinstance(made, Rejoined) and made.resumed
            said = _("{name}的会籍已恢复，在“{union}”") if resumed else _("已把{name}转入“{union}”")
        kept = bool(self.form.employer.value)
        self.form.clear(keep_employer=True)
        self._known = None
        self._set_transfer("")
        self.watch.start_over()
        if kept:
            self.form.employer.say(_("沿用上一位的单位，不同请直接输入"))
        self.drafts.flush()
        self._show_preview()
        self.form.first.line.setFocus(Qt.FocusReason.TabFocusReason)
        self._state.setText(said.format(name=name, union=made.union_name))

    def _on_refused(self, error: BaseException) -> None:
        self._saving = False
        if isinstance(error, InvalidInput) and self.form.field(error.field) is not None:
            self.form.refuse(error)
        elif isinstance(error, Conflict):
            known = self._known
            if known and known.transferable and self.may_transfer and not self.form.transfer:
                # Saved again, it is a transfer.
                self._set_transfer(HERE)
            elif known and known.blocks and not self.form.transfer:
                self._tell_known()
            else:
                self.form.tell(error.sentence())
            self.form.first.line.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.session.notices.present(error, self.save)

    def _on_known(self, known: Known | None) -> None:
        self._known = known
        if self.form.transfer == HERE and not (known and known.transferable):
            self._set_transfer("")
        self._tell_known()

    def _tell_known(self) -> None:
        """What is to be known about this person, above the fields."""
        form, known = self.form, self._known
        self._later.say(self._later_text())
        found = known is not None and known.transferable
        text = _("办理转入") if found else _("有介绍信，办理转入")
        self._transfer.setText(_("改回入会") if form.transfer else text)
        form.tell(*told_above(form, known, self.may_transfer))
