"""地点: the tree at the left, at the right the place it stands at, or a form that changes it."""

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget

from organizer.services.places import place_card
from organizer.services.places.place_card import PlaceCard
from organizer.services.survey import walking
from organizer.services.survey.walking import ELSEWHERE, Tree
from organizer.ui.places.grid_acts import AssignForm
from organizer.ui.places.place_acts import (
    AddForm,
    KindForm,
    MergeForm,
    MoveForm,
    PlaceForm,
    RenameForm,
    RetireForm,
    SplitForm,
)
from organizer.ui.places.place_view import PlaceView
from organizer.ui.session import Session
from organizer.ui.widgets.act_form import ActForm
from organizer.ui.widgets.keybutton import KeyButton
from organizer.ui.widgets.place_finder import Finder
from organizer.ui.widgets.plain import column
from organizer.ui.widgets.two_panes import TwoPanes


class PlacePage(QWidget):
    """`changed` carries what was done in words; `opened_unit` a unit to show; `shown` a new card."""

    changed = Signal(str)
    opened_unit = Signal(bytes)
    shown = Signal()

    def __init__(self, session: Session, acts: dict[str, KeyButton]) -> None:
        super().__init__()
        self.session = session
        self.card: PlaceCard | None = None
        self._wanted: bytes | None = None
        self._buttons = acts
        self.forms: dict[str, PlaceForm] = {
            "rename": RenameForm(session),
            "kind": KindForm(session),
            "move": MoveForm(session),
            "split": SplitForm(session),
            "merge": MergeForm(session),
            "retire": RetireForm(session),
            "add": AddForm(session),
        }
        self.assign_form = AssignForm(session)
        self.finder = Finder(session.theme)
        # Places are put in order, whoever sits there.
        self.finder.units.hide()
        self.view = PlaceView(session, list(acts.values()))
        self._stack = QStackedWidget()
        self._stack.addWidget(self.view)
        for form in (*self.forms.values(), self.assign_form):
            self._stack.addWidget(form)
            form.done.connect(self._on_done)
            form.left.connect(self.leave_form)
        self.panes = TwoPanes(session.theme, self.finder, self._stack, 240)
        column(self.panes, into=QVBoxLayout(self))
        self.view.entered.connect(self.open)
        self.view.opened_unit.connect(self.opened_unit)
        self.finder.opened.connect(self._on_opened)
        self.finder.view.selectionModel().currentChanged.connect(self._on_walked)

    @property
    def form(self) -> ActForm | None:
        """The form in view."""
        current = self._stack.currentWidget()
        return current if isinstance(current, ActForm) else None

    def open(self, place: bytes) -> None:
        """Show a place."""
        self._wanted = place
        self.finder.select(place)
        self._load()

    def reload(self) -> None:
        """Read tree and place anew."""
        self.session.ask(self, walking.tree, self._on_tree, key="places.tree")
        self._load()

    def begin(self, act: str) -> None:
        """Show the form of an act on the place in view."""
        card, form = self.card, self.forms[act]
        if card is None or not self._allowed(act, card):
            return
        self._stack.setCurrentWidget(form)
        self.panes.show_right()
        form.begin(card)

    def assign(self) -> None:
        """Give the place in view to a person."""
        card = self.card
        if card is None or not card.may_edit or card.retired:
            return
        self._stack.setCurrentWidget(self.assign_form)
        self.panes.show_right()
        who = (card.grid.fields["responsible"] if card.grid else "") or ""
        self.assign_form.begin(card.name, places=[card.id], assignee=who)

    def leave_form(self) -> None:
        """Back to the place."""
        self._stack.setCurrentWidget(self.view)
        self.view.inside.setFocus()

    def focus_search(self) -> None:
        """Type to find a place."""
        self.panes.show_left()
        self.finder.focus_search()

    def _on_done(self, said: str) -> None:
        self._stack.setCurrentWidget(self.view)
        self.changed.emit(said)
        self.view.inside.setFocus()

    def _on_tree(self, tree: Tree) -> None:
        fresh = self._wanted is None
        self.finder.show_nodes(tree.nodes)
        roots = [node.id for node in tree.nodes if node.parent is None and node.id != ELSEWHERE]
        if fresh and roots:
            self.open(tree.last_walk or roots[0])
        elif self._wanted is not None:
            self.finder.select(self._wanted)

    def _on_walked(self, now: QModelIndex, _before: QModelIndex) -> None:
        node = self.finder.model.node(now)
        walked = self.finder.view.hasFocus() or self.finder.search.hasFocus()
        if node is not None and walked and node.id not in (ELSEWHERE, walking.NOWHERE):
            self._wanted = node.id
            self._load()

    def _on_opened(self, place: bytes) -> None:
        if place not in (ELSEWHERE, walking.NOWHERE):
            self._wanted = place
            self._load()
            self.panes.show_right()
            self.view.inside.setFocus()

    def _load(self) -> None:
        place = self._wanted
        if place is not None:
            self.session.ask(
                self,
                lambda workspace: place_card.card(workspace, place),
                self._show,
                key="places.card",
                failed=self.session.notices.present,
            )

    def _show(self, card: PlaceCard) -> None:
        self.card = card
        self._wanted = card.id
        for act, made in self._buttons.items():
            made.setVisible(self._allowed(act, card))
        self.view.show_card(card)
        if self.isVisible() and not self._holds_focus():
            self.view.inside.setFocus()
        self.shown.emit()

    def _holds_focus(self) -> bool:
        focused = QApplication.focusWidget()
        return focused is not None and self.isAncestorOf(focused)

    @staticmethod
    def _allowed(act: str, card: PlaceCard) -> bool:
        if card.retired:
            return False
        if act == "add":
            return card.may_add and bool(card.may_hold)
        if act == "split":
            return card.may_edit and bool(card.inside) and card.kind != "division"
        if act in ("move", "kind", "assign"):
            return card.may_edit and card.kind != "division"
        return card.may_edit
