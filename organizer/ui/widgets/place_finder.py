"""The left pane: type to find a street, walk the tree with arrows, Enter opens its doors."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QPushButton,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from organizer.i18n import _
from organizer.services.survey.walking import ELSEWHERE, Node
from organizer.ui.theme import Theme
from organizer.ui.widgets.place_tree import PlaceModel, PlacePainter, is_named, matching, occupied
from organizer.ui.widgets.plain import button, label, row, rule
from organizer.ui.widgets.which_units import WhichUnits

_FEW = 400
"""Places up to which all are unfolded."""
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class PlaceView(QTreeView):
    """The tree; `opened` carries the place that Enter or a click was on."""

    opened = Signal(bytes)
    typed = Signal(str)

    def __init__(self, theme: Theme, model: PlaceModel) -> None:
        super().__init__()
        self._places = model
        self.setObjectName("places")
        self.setAccessibleName(_("街路、楼宇和村组"))
        self.setModel(model)
        self.setItemDelegate(PlacePainter(theme, self))
        self.setHeaderHidden(True)
        self.setUniformRowHeights(True)
        # The painter marks the chosen row; the space before it stays plain.
        self.setSelectionBehavior(QTreeView.SelectionBehavior.SelectItems)
        self.setExpandsOnDoubleClick(False)
        self.setIndentation(theme.px(14))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.clicked.connect(self._open)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens; letters go to the search line."""
        if event.key() in ENTER:
            self._open(self.currentIndex())
        elif event.text().strip() and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)

    def _open(self, index: QModelIndex) -> None:
        node = self._places.node(index)
        if node is None:
            return
        if self._places.rowCount(index) and not node.own and not node.groups:
            self.setExpanded(index, not self.isExpanded(index))
        elif node.id != ELSEWHERE:
            self.opened.emit(node.id)


class Finder(QFrame):
    """Search line and tree; `opened` carries the walk to go to."""

    opened = Signal(bytes)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self.units = WhichUnits()
        self._form: QWidget | None = None
        self._nodes: Sequence[Node] = ()
        self._all = False
        self._ahead = False
        self.model = PlaceModel(self)
        self.view = PlaceView(theme, self.model)
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setProperty("kind", "inner")
        self.search = QLineEdit()
        self.search.setObjectName("find-place")
        self.search.setAccessibleName(_("查找街路"))
        self.search.setPlaceholderText(_("街路名或拼音首字母"))
        self.search.setClearButtonEnabled(True)
        self._more: QPushButton = button("", self._toggle_empty, kind="link", name="empty-places")
        self._nothing = label(_("没有找到，换几个字试试。"), "mut")
        self._nothing.hide()
        self._total = label("", "mut")
        self._total.setWordWrap(False)
        self._title = label(_("街路"), "head")
        layout = self._column = QVBoxLayout(self)
        layout.setContentsMargins(12, 12, 12, 12)
        layout.setSpacing(8)
        layout.addLayout(row(self._title, None, self._total))
        layout.addWidget(self.search)
        layout.addWidget(self.units)
        layout.addWidget(self._nothing)
        layout.addWidget(self.view, 1)
        layout.addWidget(self._more)
        self.search.textEdited.connect(self._on_typed)
        self.search.installEventFilter(self)
        self.view.opened.connect(self.opened)
        self.view.typed.connect(self._on_letter)

    def hold(self, form: QWidget) -> None:
        """Have room for a form below the filters, in place of the tree."""
        self._form = form
        self._column.insertWidget(self._column.indexOf(self.view), form, 1)

    def lead_to(self, *ways: QPushButton) -> None:
        """Have buttons at the foot that lead on from here."""
        self._column.addWidget(rule())
        self._column.addLayout(row(*ways, None, gap=16))

    def show_form(self, *, shown: bool) -> None:
        """Show the form, or the tree again."""
        if self._form is not None:
            self._form.setVisible(shown)
        self.view.setHidden(shown)
        self.search.setHidden(shown)
        if not shown:
            self._refill()
        self._more.setVisible(self._more.isVisible() and not shown)

    def show_nodes(self, nodes: Sequence[Node]) -> None:
        """Show the tree with new counts, keeping what is open and chosen."""
        self._nodes = nodes
        roots = [node for node in nodes if node.parent is None]
        self._title.setText(roots[0].name if roots else _("街路"))
        units, reached = (sum(getattr(node, f) for node in roots) for f in ("units", "reached"))
        self._total.setText(_("{reached}/{units} 户").format(reached=reached, units=units))
        typed, first = self.search.text(), not self.model.rowCount()
        self._refill()
        if typed and first:
            self._on_typed(typed)
        if self._ahead and nodes:
            self._ahead = False
            self._open_chosen()

    def select(self, place: bytes) -> None:
        """Mark a walk as the one in view, its parents open."""
        index = self.model.find(place)
        known = any(node.id == place for node in self._nodes)
        if not index.isValid() and known and not self.units.words:
            # It stands among those without units.
            self._all = True
            self._refill()
            index = self.model.find(place)
        if index.isValid():
            self.view.setCurrentIndex(index)
            self.view.scrollTo(index)

    def focus_search(self) -> None:
        """Put the cursor into the search line."""
        self.search.setFocus()
        self.search.selectAll()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Down goes into the tree, Enter opens the hit, Esc clears."""
        if (
            watched is self.search
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and self._on_key(event.key())
        ):
            return True
        return super().eventFilter(watched, event)

    def _on_key(self, key: int) -> bool:
        if key == Qt.Key.Key_Down:
            self.view.setFocus()
        elif key in ENTER:
            # Whoever types faster than the places are read gets there when they are.
            self._ahead = not self._nodes
            self._open_chosen()
        elif key == Qt.Key.Key_Escape and self.search.text():
            self.search.clear()
            self._on_typed("")
        else:
            return False
        return True

    def _open_chosen(self) -> None:
        node = self.model.node(self.view.currentIndex())
        if node is not None:
            self.opened.emit(node.id)

    def _on_letter(self, letter: str) -> None:
        self.search.setFocus()
        self.search.setText(letter)
        self._on_typed(letter)

    def _on_typed(self, text: str) -> None:
        self._refill()
        if text:
            self.view.expandAll()
            hits, plain = self._hits(text), "".join(text.lower().split())
            alone = [node for node in hits if not self._has_children(node)]
            # A village is walked whole, though its groups stand below it.
            whole = (node for node in hits if node.groups and is_named(node, plain))
            best = next(iter((*whole, *alone)), None)
            if best is not None:
                self.view.setCurrentIndex(self.model.find(best.id))

    def _hits(self, text: str) -> list[Node]:
        return matching(self._nodes, text)

    def _has_children(self, node: Node) -> bool:
        return self.model.rowCount(self.model.find(node.id)) > 0

    def _toggle_empty(self) -> None:
        self._all = not self._all
        self._refill()

    def _refill(self) -> None:
        text = self.search.text()
        busy = occupied(self._nodes)
        whole = self._all and not self.units.words
        shown = matching(self._nodes, text) if text else (self._nodes if whole else busy)
        hidden = len(self._nodes) - len(busy)
        more = _("收起没有单位的地方") if self._all else _("还有 {count} 处没有单位")
        self._more.setText(more.format(count=hidden))
        self._more.setVisible(hidden > 0 and not text and not self.units.words)
        self._nothing.setVisible(bool(text) and not shown)
        chosen = self.model.node(self.view.currentIndex())
        before = {node.id for node in self._nodes if self.model.find(node.id).isValid()}
        open_ones = self._expanded()
        if self.model.show_nodes(shown):
            self._open_again(open_ones, before)
            if chosen is not None:
                self.view.setCurrentIndex(self.model.find(chosen.id))

    def _expanded(self) -> set[bytes]:
        return {node.id for node in self._nodes if self.view.isExpanded(self.model.find(node.id))}

    def _open_again(self, open_ones: set[bytes], before: set[bytes]) -> None:
        # The first levels are open from the start while they fit on a page or two.
        few = self.model.rowCount() and len(self._nodes) < _FEW
        for node in self._nodes:
            if node.id in open_ones or (few and node.id not in before):
                self.view.setExpanded(self.model.find(node.id), True)
