"""排查: place tree, street, visit card; every door is one key when nobody opens."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from organizer.domain.access import Permission
from organizer.domain.visit import Outcome
from organizer.errors import InvalidInput
from organizer.i18n import _
from organizer.services import adding, drafting, survey, undoing, walking
from organizer.services.adding import Added, NewUnit
from organizer.services.drafting import Draft
from organizer.services.survey import Visited, VisitOrder
from organizer.services.walking import Card, Door, Tree, Way
from organizer.services.workspace import Workspace
from organizer.ui.actions import Action
from organizer.ui.screen import Screen
from organizer.ui.session import Session
from organizer.ui.survey.card import Decision, VisitCard
from organizer.ui.survey.doors import outcome_words
from organizer.ui.survey.finder import Finder
from organizer.ui.survey.new_unit import NewUnitPanel
from organizer.ui.survey.round_start import RoundStart
from organizer.ui.survey.street import Street
from organizer.ui.widgets.plain import label

_NEAR = 100
"""How many doors before and after the one in view have their lamps worked out."""
_NO_LIMIT = 16_777_215
_ROOM = 960
"""From this width on (pixels at 100 %) the tree stands beside the street."""


@dataclass(frozen=True)
class Picked:
    """Doors picked out on another screen, to be walked as a list of their own."""

    name: str
    employers: tuple[bytes, ...]


def _draft_name(employer: bytes) -> str:
    return f"survey {employer.hex()}"


class SurveyScreen(Screen):
    """The street from left to right: which, where, what."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        theme = session.theme
        self._tree: Tree | None = None
        self._walk: bytes | Picked | None = None
        self._wish: bytes | None = None
        self._onward = False
        self._choosing = True
        self._saving = False
        self._waiting_digits: list[str] = []
        self.finder = Finder(theme)
        self.street = Street(theme)
        self.card = VisitCard(theme, session.workspace)
        self.new_unit = NewUnitPanel(session)
        self.start = RoundStart(
            theme,
            walking.proposed_round(session.workspace.today),
            session.workspace.today,
        )
        self._right = QStackedWidget()
        self._pages = QStackedWidget()
        self._lay_out()
        self._connect()

    def actions_table(self) -> Sequence[Action]:
        """Outcomes while writing, a new unit, finding a street."""
        outcomes = (self._outcome_action(*one) for one in outcome_words().items())
        return (
            Action(
                "survey.met",
                _("保存为已访"),
                self._on_main,
                "Ctrl+Return",
                permission=Permission.SURVEY,
            ),
            *outcomes,
            Action(
                "survey.new", _("新增单位"), self._on_new, "Ctrl+N", permission=Permission.SURVEY
            ),
            Action("survey.find", _("查找街路"), self._on_find, "Ctrl+F", "search"),
        )

    def _outcome_action(self, digit: str, word: str) -> Action:
        return Action(
            f"survey.outcome.{digit}",
            _("走访结果：{word}").format(word=word),
            lambda: self._on_digit(digit),
            f"Ctrl+{digit}",
            permission=Permission.SURVEY,
        )

    def arrive(self, record: object = None) -> None:
        """Come back to the last door, or to a place, a unit or picked doors."""
        if isinstance(record, bytes):
            self.session.ask(
                self,
                lambda workspace: walking.locate(workspace, record),
                lambda found: self._open(*found, onward=False),
                key="survey.locate",
            )
        elif isinstance(record, Picked):
            self._open(record, None, onward=True)
        elif isinstance(record, tuple) and len(record) == 2:
            self._open(Picked(str(record[0]), tuple(record[1])), None, onward=True)
        self._reload_tree()

    def leave(self) -> None:
        """Keep what is typed."""
        self.card.keep()
        self.new_unit.keep()

    def _open(self, walk: bytes | Picked, employer: bytes | None, *, onward: bool) -> None:
        self._walk, self._wish, self._onward = walk, employer, onward
        self._choosing = False
        self._right.setCurrentWidget(self._blank)
        self._arrange()
        self._reload_way()

    def _reload_tree(self) -> None:
        self.session.ask(self, walking.tree, self._on_tree, key="survey.tree")

    def _on_tree(self, tree: Tree) -> None:
        fresh = self._tree is None or self._pages.currentIndex() == 0
        self._tree = tree
        self._pages.setCurrentIndex(1 if tree.current else 0)
        self.finder.show_nodes(tree.nodes)
        if tree.current is None:
            self.start.setFocus()
        elif self._walk is None and tree.last_walk is not None:
            self._open(tree.last_walk, tree.last, onward=True)
        elif fresh and self._walk is None:
            self.finder.focus_search()
        elif fresh and self.street.way is not None:
            self._focus_street()
        if isinstance(self._walk, bytes):
            self.finder.select(self._walk)

    def _reload_way(self) -> None:
        walk = self._walk
        if isinstance(walk, Picked):
            self.session.ask(
                self,
                lambda workspace: walking.chosen(workspace, walk.name, walk.employers),
                self._on_way,
                key="survey.way",
            )
        elif walk is not None:
            self.session.ask(
                self, lambda workspace: walking.way(workspace, walk), self._on_way, key="survey.way"
            )

    def _on_way(self, way: Way) -> None:
        fresh = self.street.way is None or self.street.way.id != way.id or self._onward
        standing = self.street.door
        wish = self._wish or (standing.employer if standing else None)
        onward, self._onward, self._wish = self._onward, False, None
        self.street.show_way(way, wish, self.session.workspace.today, onward=onward)
        self._show_lamps()
        if isinstance(self._walk, bytes):
            self.finder.select(self._walk)
        walking_now = self._pages.currentIndex() == 1
        if fresh and walking_now and self._right.currentWidget() is not self.new_unit:
            self._focus_street()

    def _focus_street(self) -> None:
        way = self.street.way
        (self.street.doors if way and way.doors else self.street.add).setFocus()

    def _show_lamps(self) -> None:
        doors, at = self.street.model.doors, self.street.doors.currentIndex().row()
        near = [door.employer for door in doors[max(at - _NEAR, 0) : at + _NEAR]]
        self.session.ask(
            self,
            lambda workspace: walking.lamps(workspace, near),
            self.street.model.show_lamps,
            key="survey.lamps",
        )

    def _on_stood(self, door: Door | None) -> None:
        if door is None:
            self._right.setCurrentWidget(self._blank)
            return

        def look(workspace: Workspace) -> tuple[Card, Draft | None]:
            kept = drafting.resume(workspace, _draft_name(door.employer))
            return walking.card(workspace, door.employer), kept

        self.session.ask(self, look, lambda found: self._on_card(*found), key="survey.card")
        if door.employer not in self.street.model.lamps:
            self._show_lamps()

    def _on_card(self, card: Card, kept: Draft | None) -> None:
        self.card.show_card(card, kept.values if kept else {})
        if self._right.currentWidget() is not self.new_unit:
            self._right.setCurrentWidget(self.card)
        if self._waiting_digits and not self._saving:
            self._on_digit(self._waiting_digits.pop(0))

    def _on_kept(self, employer: bytes, values: Mapping[str, str]) -> None:
        name, draft = _draft_name(employer), Draft(values)
        # With the record its draft goes; none may be kept after it.
        if not self._saving:
            self.session.ask(self, lambda w: drafting.keep(w, name, draft), lambda _none: None)

    def _on_digit(self, digit: str) -> None:
        door = self.street.door
        if digit == Outcome.NEW:
            self._on_new()
        elif self._saving or (door and not self._shows(door)):
            self._waiting_digits.append(digit)
        elif door is not None:
            self.card.decide(digit)

    def _on_main(self) -> None:
        """Ctrl+Enter does what the page in view is for."""
        if self._pages.currentIndex() == 0:
            self.start.begin()
        elif self._right.currentWidget() is self.new_unit:
            self.new_unit.save()
        else:
            self._on_digit(Outcome.MET)

    def _shows(self, door: Door) -> bool:
        return self.card.card is not None and self.card.card.employer == door.employer

    def _on_decided(self, decision: Decision) -> None:
        if self._saving:
            return
        self._saving = True
        order = VisitOrder(
            decision.employer, decision.outcome, decision.answers, remark=decision.remark
        )

        self.session.change(
            self,
            lambda workspace, _job: survey.record_visit(
                workspace, order, draft=_draft_name(order.employer)
            ),
            lambda saved: self._on_saved(decision, saved),
            failed=self._on_refused,
        )

    def _on_saved(self, decision: Decision, saved: Visited) -> None:
        self._saving = False
        name = self.card.card.name if self.card.card else ""
        self.card.forget()
        self.street.model.show_lamps({decision.employer: saved.after})
        more = self.street.note_visit(
            decision.employer, decision.outcome, self.session.workspace.today
        )
        word = outcome_words()[decision.outcome]
        told = _("{name}：{word}，已保存。").format(name=name, word=word)
        if not more:
            told = _("{name}：{word}，已保存。这里今天都走到了。").format(name=name, word=word)
            self._waiting_digits.clear()
        self._offer_undo(told, saved.write, decision.employer)
        self.street.doors.setFocus()

    def _on_refused(self, error: BaseException) -> None:
        self._saving = False
        self._waiting_digits.clear()
        self.card.keep()
        if not (isinstance(error, InvalidInput) and self.card.refuse(error)):
            self.session.notices.present(error)

    def _offer_undo(self, told: str, write: bytes, employer: bytes) -> None:
        def undo() -> None:
            self._wish = employer
            self.session.change(
                self,
                lambda workspace, _job: undoing.take_back(workspace, write),
                lambda _undone: self.say.emit(_("已撤销。")),
                failed=self.session.notices.present,
            )

        self.offer.emit(told, undo)

    def _on_new(self) -> None:
        way, door = self.street.way, self.street.door
        place = door.place if door and door.place else way.id if way else walking.NOWHERE
        if way is None or place == walking.NOWHERE:
            self.say.emit(_("先在左边选一条街路，再新增单位。"))
            return
        where = self.card.card.where if door and self.card.card else way.name
        self._right.setCurrentWidget(self.new_unit)
        self.new_unit.ask(place, where)

    def _on_new_wanted(self, wanted: NewUnit) -> None:
        self.session.change(
            self,
            lambda workspace, _job: adding.add_unit(workspace, wanted),
            lambda added: self._on_added(wanted, added),
            failed=self._on_new_refused,
        )

    def _on_added(self, wanted: NewUnit, added: Added) -> None:
        self.new_unit.clear()
        self._wish = added.employer
        self._leave_new()
        told = _("已新增“{name}”，算第一次走访。").format(name=wanted.name)
        self._offer_undo(told, added.write, added.employer)

    def _on_new_refused(self, error: BaseException) -> None:
        if not (isinstance(error, InvalidInput) and self.new_unit.refuse(error)):
            self.new_unit.ready()
            self.session.notices.present(error)

    def _leave_new(self) -> None:
        self._right.setCurrentWidget(self.card if self.street.door else self._blank)
        self.street.doors.setFocus()

    def _on_round(self, name: str) -> None:
        def failed(error: BaseException) -> None:
            if isinstance(error, InvalidInput):
                self.start.refuse(error)
            else:
                self.session.notices.present(error)

        self.session.change(
            self, lambda w, _job: survey.open_round(w, name, w.today, None), failed=failed
        )

    def _on_touched(self) -> None:
        if self.isVisible():
            self._reload_tree()
            self._reload_way()

    def _on_find(self) -> None:
        self._choosing = True
        self._arrange()
        self.finder.focus_search()

    def _on_back(self) -> None:
        self._choosing = True
        self._arrange()
        self.finder.view.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tree and street share their place when there is room for one."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        theme = self.session.theme
        wide = self.width() >= theme.px(_ROOM)
        self.finder.setVisible(wide or self._choosing)
        self.street.setVisible(wide or not self._choosing)
        self.street.leave.setVisible(not wide)
        self.finder.setMinimumWidth(theme.px(220))
        self.finder.setMaximumWidth(theme.px(220) if wide else _NO_LIMIT)
        self._right.setFixedWidth(theme.px(360))

    def _lay_out(self) -> None:
        hint = label(_("选中一户，这里就是它的走访卡。"), "mut")
        self._blank = QWidget()
        QVBoxLayout(self._blank).addWidget(hint)
        for part in (self._blank, self.card, self.new_unit):
            self._right.addWidget(part)
        work = QWidget()
        panes = QHBoxLayout(work)
        panes.setContentsMargins(20, 16, 20, 16)
        panes.setSpacing(16)
        panes.addWidget(self.finder)
        panes.addWidget(self.street, 1)
        panes.addWidget(self._right)
        self._pages.addWidget(self.start)
        self._pages.addWidget(work)
        self._pages.setCurrentIndex(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._pages)
        self._arrange()

    def _connect(self) -> None:
        self.finder.opened.connect(lambda walk: self._open(walk, None, onward=True))
        self.street.stood.connect(self._on_stood)
        self.street.entered.connect(self.card.focus_first)
        self.street.digit.connect(self._on_digit)
        self.street.new_wanted.connect(self._on_new)
        self.street.back.connect(self._on_back)
        self.card.decided.connect(self._on_decided)
        self.card.new_wanted.connect(self._on_new)
        self.card.left_card.connect(self.street.doors.setFocus)
        self.card.kept.connect(self._on_kept)
        self.new_unit.wanted.connect(self._on_new_wanted)
        self.new_unit.left.connect(self._leave_new)
        self.start.wanted.connect(self._on_round)
        self.session.theme.changed.connect(self._arrange)
        self.session.touched.connect(self._on_touched)
