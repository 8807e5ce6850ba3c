"""The boxes of a paper as fields: the day and who went once for a sheet, the rest for each row."""

from collections.abc import Iterator, Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from organizer.errors import InvalidInput
from organizer.i18n import _
from organizer.services.paper.entering import PaperField
from organizer.ui.theme import Theme
from organizer.ui.widgets.digitfield import DigitField
from organizer.ui.widgets.fields import Field
from organizer.ui.widgets.plain import column
from organizer.ui.widgets.reflow import Cell, Reflow

_SHORT, _LONG = 110, 240
MET = ("1", "7")
"""Outcomes after which there is more to type."""


class RowFields(QWidget):
    """Outcome, the boxes of a kind of sheet, and a remark; Enter in the last one is `finished`."""

    finished = Signal()
    typed = Signal()
    left = Signal()

    def __init__(self, theme: Theme, outcome: PaperField, boxes: Sequence[PaperField]) -> None:
        super().__init__()
        self.name = Field("name", _("单位名称"))
        self.door = Field("door", _("门牌"))
        self.outcome = DigitField(outcome.name, outcome.title, outcome.digits)
        self.boxes = [_field(box) for box in boxes]
        self.remark = Field("remark", _("备注"))
        self._new = Reflow(theme, [[Cell(self.name, 3, 240), Cell(self.door, 1, 110)]])
        cells = [Cell(self.outcome, 1, _SHORT)]
        cells += [
            Cell(field, 1 if box.count or box.digits else 2, _least(box))
            for field, box in zip(self.boxes, boxes, strict=True)
        ]
        rows = Reflow(theme, [[*cells, Cell(self.remark, 2, _LONG)]])
        column(self._new, rows, into=QVBoxLayout(self), gap=8)
        self._connect()

    def __iter__(self) -> Iterator[Field]:
        """Every field in the order of the paper."""
        yield from (self.name, self.door, self.outcome, *self.boxes, self.remark)

    def ask_new(self, new: bool) -> None:
        """Whether name and door are asked for as well: of a row for a unit on no list."""
        self._new.setVisible(new)

    def focus_first(self) -> None:
        """Where typing begins."""
        (self.name if not self._new.isHidden() else self.outcome).setFocus()

    def clear(self) -> None:
        """Ready for the next row."""
        for field in self:
            field.set_text("")
            field.clear_error()

    def values(self) -> dict[str, str]:
        """What is typed, by field."""
        return {field.name: field.text for field in self}

    def fill(self, values: Mapping[str, str]) -> None:
        """Bring back what was typed."""
        for field in self:
            field.set_text(values.get(field.name, ""))

    def facts(self) -> dict[str, str]:
        """What the boxes say, codes for digits; raises `InvalidInput` for a digit without meaning."""
        found = {}
        for field in self.boxes:
            if isinstance(field, DigitField):
                problem = field.problem()
                if problem is not None:
                    raise problem
                text = field.value
            else:
                text = field.text
            if text:
                found[field.name] = text
        return found

    def refuse(self, error: InvalidInput) -> bool:
        """Show an error at its field; False when it belongs to none of these."""
        for field in self:
            if field.name == error.field:
                field.refuse(error)
                field.setFocus()
                return True
        return False

    def _connect(self) -> None:
        for field in self:
            field.edited.connect(lambda _text: self.typed.emit())
            field.left.connect(lambda _text: self.left.emit())
        for field in self.boxes:
            if isinstance(field, DigitField):
                field.taken.connect(lambda _digit, at=field: at.focusNextChild())
        self.outcome.taken.connect(self._on_outcome)
        self.remark.entered.connect(self.finished)

    def _on_outcome(self, digit: str) -> None:
        """Where nobody was met there is nothing to count."""
        if digit in MET and self.boxes:
            self.boxes[0].setFocus()
        else:
            self.remark.setFocus()


def _field(box: PaperField) -> Field:
    if box.digits:
        return DigitField(box.name, box.title, box.digits)
    return Field(box.name, box.title)


def _least(box: PaperField) -> int:
    return _SHORT if box.count or box.digits else _LONG if not box.day else 140
