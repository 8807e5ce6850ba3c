"""One place to look at: what it is, where it stands, what hangs on it, what stands in it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from organizer.i18n import _, listed
from organizer.services.places.place_card import MOST_UNITS, PlaceCard
from organizer.services.places.place_words import kind_word, weight_words
from organizer.ui.session import Session
from organizer.ui.widgets.fitting import EvenButtons
from organizer.ui.widgets.keybutton import KeyButton
from organizer.ui.widgets.pairs import pairs, told
from organizer.ui.widgets.plain import button, column, label, row
from organizer.ui.widgets.rows import RowsTable
from organizer.ui.widgets.table import Column

_NO_UNITS = "—"


class PlaceView(QFrame):
    """`entered` carries a place to go to, `opened_unit` a unit; `back` leaves upwards."""

    entered = Signal(bytes)
    opened_unit = Signal(bytes)

    def __init__(self, session: Session, acts: Sequence[KeyButton]) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self._session = session
        self.card: PlaceCard | None = None
        self._acts = acts
        theme = session.theme
        self._name = label("", "title")
        self._name.setWordWrap(True)
        self._kind = label("", "chip")
        self._up = button("", self.go_up, kind="link", name="up")
        self._trouble = label("", "warn")
        self._facts = QVBoxLayout()
        self._row = EvenButtons(theme, acts, 124)
        columns = (
            Column("name", _("里面的地点"), 180),
            Column("kind", _("类型"), 96),
            Column("weight", _("有什么"), 240),
            Column("grid", _("网格"), 96),
        )
        self.inside = RowsTable(theme, columns, _("里面的地点"), 0, ("grid", "kind", "weight"))
        self.inside.opened.connect(self._on_opened)
        self._empty = label("", "mut")
        head = row(self._name, self._kind, None)
        whole = QWidget()
        column(
            self._up, head, self._trouble, self._facts, self._row, self._empty, self.inside,
            into=QVBoxLayout(whole), margin=16, gap=10,
        )  # fmt: skip
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(whole)
        column(area, into=QVBoxLayout(self))
        theme.changed.connect(self._on_theme)
        self._on_theme()

    def show_card(self, card: PlaceCard) -> None:
        """Show a place."""
        self.card = card
        self._name.setText(card.name)
        self._kind.setText(_("已停用") if card.retired else kind_word(card.kind))
        above = " › ".join(one.name for one in reversed(card.above[:4]))
        self._up.setText(_("↑ {above}").format(above=above))
        self._up.setAccessibleName(_("上一级：{above}").format(above=above))
        self._up.setVisible(bool(above))
        troubles = [one.trouble for one in card.assignments if one.trouble]
        self._trouble.setText("\n".join(troubles))
        self._trouble.setVisible(bool(troubles))
        self._show_facts(card)
        units = [
            (one.id, (one.name, _("单位"), one.door, "")) for one in card.units
        ] if not card.inside else []  # fmt: skip
        self.inside.show_rows(
            [
                (one.id, (one.name, kind_word(one.kind), weight_words(one.weight), one.grid))
                for one in card.inside
            ]
            or units
        )
        nothing = not card.inside and not card.units
        self.inside.setVisible(not nothing)
        self._empty.setText(_("里面还没有登记地点和单位；按“新增”添一处。"))
        self._empty.setVisible(nothing)
        self._row.lay_out()

    def go_up(self) -> None:
        """To the place above."""
        if self.card is not None and self.card.above:
            self.entered.emit(self.card.above[0].id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Backspace goes up."""
        if event.key() == Qt.Key.Key_Backspace:
            self.go_up()
        else:
            super().keyPressEvent(event)

    def _on_opened(self, row_id: bytes) -> None:
        places = self.card is not None and any(one.id == row_id for one in self.card.inside)
        (self.entered if places else self.opened_unit).emit(row_id)

    def _show_facts(self, card: PlaceCard) -> None:
        while self._facts.count():
            taken = self._facts.takeAt(0)
            if taken is not None and (old := taken.widget()) is not None:
                old.deleteLater()
        self._facts.addWidget(pairs(self._session.theme, _facts(card)))

    def _on_theme(self) -> None:
        self.inside.setMinimumHeight(self._session.theme.px(150))
        if self.card is not None:
            self._show_facts(self.card)


def _facts(card: PlaceCard) -> list[tuple[str, QWidget, str]]:
    weight = card.weight
    reached = _("，本轮已查 {count} 户").format(count=weight.reached) if weight.units else ""
    rows: list[tuple[str, QWidget, str]] = [
        (_("现有"), told((weight_words(weight) or _NO_UNITS) + reached), ""),
        (_("网格"), told(_grid(card)), ""),
    ]
    if card.assignments:
        given = (
            _("{who}，到 {day}").format(who=one.assignee, day=one.until_on)
            for one in card.assignments
        )
        rows.append((_("派给"), told(listed(given)), ""))
    if card.duplicates:
        rows.append((_("别的写法"), told(listed(card.duplicates)), ""))
    if card.raw:
        rows.append((_("原文"), told("\n".join(card.raw[:4])), ""))
    if len(card.units) >= MOST_UNITS and not card.inside:
        rows.append(("", told(_("只列出前 {count} 户").format(count=MOST_UNITS)), ""))
    return rows


def _grid(card: PlaceCard) -> str:
    if card.grid is None:
        return _("没有划入网格")
    shown = " ".join(filter(None, (card.grid.shown, card.grid.fields["responsible"])))
    return shown if card.own_grid else _("{grid}（随上级）").format(grid=shown)
