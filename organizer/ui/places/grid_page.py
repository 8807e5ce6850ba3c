"""网格: every grid with its person and progress; the chosen one with the places that hang on it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout, QWidget

from organizer.domain import access
from organizer.domain.access import Permission
from organizer.i18n import _
from organizer.services.places import grid_card, gridding
from organizer.services.places.assigning import Stop
from organizer.services.places.grid_card import GridCard, GridLine
from organizer.services.places.place_words import weight_words
from organizer.ui.places.grid_acts import AssignForm, GridForm, HangForm, RelayForm
from organizer.ui.session import Session
from organizer.ui.widgets.act_form import ActForm
from organizer.ui.widgets.fitting import EvenButtons
from organizer.ui.widgets.keybutton import KeyButton
from organizer.ui.widgets.pairs import pairs, told
from organizer.ui.widgets.plain import button, card, column, holder, label, row
from organizer.ui.widgets.rows import RowsTable
from organizer.ui.widgets.table import Column
from organizer.ui.widgets.two_panes import TwoPanes


class GridPage(QWidget):
    """`changed` carries what was done in words; `opened_place` a place to show."""

    changed = Signal(str)
    opened_place = Signal(bytes)

    def __init__(self, session: Session, acts: Sequence[KeyButton]) -> None:
        super().__init__()
        self.session = session
        self.card: GridCard | None = None
        self._lines: Sequence[GridLine] = ()
        self._is_empty = False
        self._wish: bytes | None = None
        self.new_form = GridForm(session, new=True)
        self.edit_form = GridForm(session, new=False)
        self.hang_form = HangForm(session)
        self.assign_form = AssignForm(session)
        self.relay_form = RelayForm(session)
        self._acts = acts
        self._stack = QStackedWidget()
        self.list = self._list()
        self._view = self._make_view()
        self._stack.addWidget(self._view)
        forms: tuple[ActForm, ...] = (
            self.new_form, self.edit_form, self.hang_form, self.assign_form, self.relay_form,
        )  # fmt: skip
        for form in forms:
            self._stack.addWidget(form)
            form.done.connect(self._on_done)
            form.left.connect(self.leave_form)
        self._teaching = self._make_teaching()
        self._stack.addWidget(self._teaching)
        left = QFrame()
        left.setProperty("kind", "card")
        column(label(_("网格"), "head"), self.list, into=QVBoxLayout(left), margin=12)
        self.panes = TwoPanes(session.theme, left, self._stack, 400)
        column(self.panes, into=QVBoxLayout(self))

    @property
    def form(self) -> ActForm | None:
        """The form in view."""
        current = self._stack.currentWidget()
        return current if isinstance(current, ActForm) else None

    def choose(self, grid: bytes) -> None:
        """Stand at this grid when the list is read next."""
        self._wish = grid

    def reload(self) -> None:
        """Read the grids anew."""
        self.session.ask(self, grid_card.lines, self._on_lines, key="places.grids")

    def focus_list(self) -> None:
        """Put the cursor into the list."""
        self.panes.show_left()
        (self.first if self._is_empty else self.list).setFocus()

    def show_form(self, form: ActForm) -> None:
        """Show a form in place of the grid."""
        self._stack.setCurrentWidget(form)
        self.panes.show_right()

    def leave_form(self) -> None:
        """Back to the grid in view."""
        self._stack.setCurrentWidget(self._teaching if self._is_empty else self._view)
        if self._is_empty:
            self.first.setFocus()
        else:
            (self.list if self.panes.both else self.stops).setFocus()

    def take_out(self) -> None:
        """The places chosen below lie in no grid any more."""
        rows = {index.row() for index in self.stops.selectionModel().selectedRows()}
        chosen = [one for at in rows if (one := self.stops.rows.id_at(at)) is not None]
        if chosen:
            self.session.change(
                self,
                lambda workspace, _job: gridding.hang(workspace, None, chosen),
                lambda count: self._on_done(_("{count} 处已移出网格。").format(count=count)),
                failed=self.session.notices.present,
            )

    def retire(self) -> None:
        """Take the grid in view out of use."""
        if self.card is None:
            return
        grid = self.card.grid
        self.session.change(
            self,
            lambda workspace, _job: gridding.retire_grid(workspace, grid.id),
            lambda _none: self._on_done(_("网格“{name}”已停用。").format(name=grid.shown)),
            failed=self.session.notices.present,
        )

    def _on_done(self, said: str) -> None:
        self.leave_form()
        self.changed.emit(said)

    def _on_lines(self, found: list[GridLine]) -> None:
        self._lines = found
        chosen, self._wish = self._wish or self.list.current_id(), None
        self.list.show_rows([(one.grid.id, _cells(one)) for one in found], chosen)
        self._show_whether_any(bool(found))
        self._load(self.list.current_id() if found else None)

    def _show_whether_any(self, any_: bool) -> None:
        """Without a grid there is but one thing to do."""
        changed, self._is_empty = self._is_empty == any_, not any_
        at_list = self.list.hasFocus()
        if self.form is None:
            self._stack.setCurrentWidget(self._view if any_ else self._teaching)
        self.panes.set_empty(empty=not any_)
        if at_list and not any_:
            self.first.setFocus()
        elif changed and any_ and self.form is None and self.isVisible():
            self.list.setFocus()

    def _load(self, grid: bytes | None) -> None:
        if grid is None:
            self.card = None
            self._show(None)
            return
        self.session.ask(
            self,
            lambda workspace: grid_card.card(workspace, grid),
            self._show,
            key="places.grid",
            failed=lambda _error: self._show(None),
        )

    def _show(self, card: GridCard | None) -> None:
        self.card = card
        self._name.setText(card.grid.shown if card else _("选一个网格"))
        self._row.setVisible(card is not None)
        for act in self._acts:
            act.setVisible(card is not None and card.may_edit)
        self._row.lay_out()
        while self._facts.count():
            taken = self._facts.takeAt(0)
            if taken is not None and (old := taken.widget()) is not None:
                old.deleteLater()
        self.stops.setVisible(card is not None and bool(card.stops))
        self._out.setVisible(card is not None and bool(card.stops) and card.may_edit)
        self._none.setVisible(card is not None and not card.stops)
        if card is not None:
            self._facts.addWidget(pairs(self.session.theme, _facts(card)))
            self.stops.show_rows([(one.id, _stop_cells(one)) for one in card.stops])

    def _list(self) -> RowsTable:
        columns = (
            Column("name", _("网格"), 130),
            Column("responsible", _("责任人"), 96),
            Column("done", _("已查"), 84, number=True),
            Column("assignments", _("任务"), 52, number=True),
        )
        made = RowsTable(self.session.theme, columns, _("网格"), 0, ("assignments",))
        made.setObjectName("grids")
        made.selectionModel().currentRowChanged.connect(
            lambda now, _before: self._load(made.rows.id_at(now.row()) if now.isValid() else None)
        )
        made.opened.connect(lambda _row: self.panes.show_right())
        return made

    def _make_teaching(self) -> QWidget:
        may = access.grants(self.session.workspace.account.role, Permission.REVIEW)
        said = (
            _(
                "网格是一个人包干的一片。先添一个网格，再把街路、楼宇、村民组划进去，就可以派任务了。"
            )
            if may
            else _("网格是一个人包干的一片。请审核员或管理员先添网格，再把街路划进去。")
        )
        # Bound by the screen's own action; the last of the acts is the one that adds.
        self.first = KeyButton(
            self.session.theme, _("添加网格"), self._acts[-1].click,
            shortcut="Ctrl+N", kind="primary", name="first-grid",
        )  # fmt: skip
        if not may:
            self.first.hide()
        whole = card(
            label(_("还没有网格"), "title"), label(said), row(self.first, None), margin=32, gap=12
        )
        return holder(column(whole, None))

    def _make_view(self) -> QFrame:
        view = QFrame()
        view.setProperty("kind", "card")
        self._name = label("", "title")
        self._name.setWordWrap(True)
        self._facts = QVBoxLayout()
        self._row = EvenButtons(self.session.theme, self._acts, 124)
        columns = (
            Column("name", _("里面的街路、楼宇、村民组"), 170),
            Column("above", _("所在"), 120),
            Column("weight", _("有什么"), 240),
            Column("done", _("已查"), 84, number=True),
        )
        self.stops = RowsTable(
            self.session.theme, columns, _("网格里的地点"), 0, ("above", "weight")
        )
        self.stops.opened.connect(self.opened_place)
        self._none = label(_("还没有划入地点；按“划入”选街路、楼宇或村民组。"), "mut")
        self._out = button(_("移出选中的地点"), self.take_out, kind="inline", name="take-out")
        self._out.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        whole = QVBoxLayout(view)
        column(
            row(self._name, None), self._facts, self._row, self._none, self.stops,
            row(self._out, None), None, into=whole, margin=16, gap=10,
        )  # fmt: skip
        # With no places below, the words stand at the top.
        whole.setStretch(whole.count() - 1, 0)
        whole.setStretchFactor(self.stops, 1)
        return view


def _done(reached: int, units: int) -> str:
    return _("{reached}/{units}").format(reached=reached, units=units)


def _cells(one: GridLine) -> tuple[str, ...]:
    fields = one.grid.fields
    given = str(one.assignments) if one.assignments else ""
    return one.grid.shown, fields["responsible"] or "", _done(one.reached, one.units), given


def _stop_cells(one: Stop) -> tuple[str, ...]:
    weight = one.weight
    return one.name, one.above, weight_words(weight), _done(weight.reached, weight.units)


def _facts(card: GridCard) -> list[tuple[str, QWidget, str]]:
    fields = card.grid.fields
    who = " ".join(filter(None, (fields["responsible"], fields["phone"])))
    weight = card.weight
    round_name = _("（{name}）").format(name=card.round_name) if card.round_name else ""
    done = _("{units}，已查 {reached} 户{round}").format(
        units=weight_words(weight) or _("没有单位"), reached=weight.reached, round=round_name
    )
    rows: list[tuple[str, QWidget, str]] = [
        (_("责任人"), told(who or _("还没有指定")), ""),
        (_("所在"), told(card.division), ""),
        (_("进度"), told(done), ""),
    ]
    if fields["boundary"]:
        rows.append((_("四至范围"), told(fields["boundary"] or ""), ""))
    if card.assignments:
        given = (
            _("{who}，到 {day}　{trouble}").format(
                who=one.assignee, day=one.until_on, trouble=one.trouble
            )
            for one in card.assignments
        )
        rows.append((_("派给"), told("\n".join(part.strip() for part in given)), ""))
    return rows
