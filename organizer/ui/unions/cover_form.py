"""覆盖: a union covers one unit or many from a day on; or no longer does."""

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QWidget

from organizer.domain.dates import parse_date
from organizer.i18n import _
from organizer.services import picking
from organizer.services.unions import covering
from organizer.services.unions.union_card import UnionCard
from organizer.ui.session import Session
from organizer.ui.unions.forms import UnionForm, codes_of, offer_unions, union_picker
from organizer.ui.widgets.act_form import Question
from organizer.ui.widgets.codefield import CodeField
from organizer.ui.widgets.fields import Field
from organizer.ui.widgets.picker import Choice, PickerField
from organizer.ui.widgets.rows import RowsTable
from organizer.ui.widgets.table import Column

_BETWEEN = "|"
_USUAL = {"1": "1", "2": "2", "3": "3", "4": "4"}
"""The kind of coverage a union of this type usually gives; else the fallback."""


class CoverForm(UnionForm):
    """Begun with a union units are picked, begun with units the union is.

    The units chosen so far are kept with the draft in a field nobody sees.
    """

    draft_name = "cover"

    def __init__(self, session: Session) -> None:
        theme = session.theme
        self.unit = PickerField(
            theme,
            "units",
            _("加入哪些单位"),
            hint=_("名称、拼音首字母或代码尾号；一家一家选，选完按 Enter"),
        )
        self.goal = union_picker(session, "union", _("由哪个工会覆盖"))
        self.kind = CodeField(theme, "kind", _("覆盖方式"))
        self.day = Field("on", _("从哪天起"), hint=_("如 2026-03-07，默认今天"))
        self.kept = Field("kept", "")
        self.table = RowsTable(theme, (Column("name", _("选好的单位"), 300),), _("选好的单位"), 0)
        self._units: dict[bytes, str] = {}
        super().__init__(
            session, _("加入覆盖"), [self.unit, self.goal, self.kind, self.kept, self.day]
        )
        self.kept.hide()
        self.kind.set_codes(codes_of(session, "coverage_kind"))
        self.unit.wanted.connect(self._on_wanted)
        self.unit.chosen.connect(self._on_unit)
        self.drafts.resumed.connect(self._on_again)
        offer_unions(self, self.goal)

    def extras(self) -> Sequence[QWidget]:
        """The units stand below the fields."""
        return (self.table,)

    @property
    def chosen(self) -> Mapping[bytes, str]:
        """The units chosen so far, by id."""
        return self._units

    def begin_with(self, units: Mapping[bytes, str]) -> None:
        """Ask which union covers these units from now on."""
        self.card = None
        self._reset()
        self._units = dict(units)
        self._show_units()
        self.unit.hide()
        self.goal.show()
        names = list(units.values())
        head = names[0] if len(names) == 1 else _("{count} 家单位").format(count=len(names))
        self.start(head, next(iter(units)) if len(units) == 1 else b"")
        self.goal.setFocus()

    def fill(self, card: UnionCard) -> None:
        """The union is that of the page; no unit is chosen yet."""
        self._reset()
        self.unit.show()
        self.goal.hide()
        self.kind.set_code(_USUAL.get(card.typed.get("org_type", ""), covering.FALLBACK))

    def plan(self) -> Question | None:
        """Tell what becomes of the coverage before."""
        told = _("原来由别的工会覆盖的，到这一天为止，经过保留。")
        return (lambda _workspace: told) if self._units else None

    def confirm(self) -> None:
        """Only once a union is there to cover them."""
        if self.card is None and self.goal.value is None:
            self.goal.say(_("请从列表里选一个工会。"))
            self.goal.setFocus()
            return
        super().confirm()

    def act(self) -> Question:
        """Cover them."""
        union = self.union or self.goal.value
        units, kind, day = list(self._units), self.kind.value, self.day.text
        return lambda workspace: covering.cover(
            workspace, units, union, kind, parse_date(day, field="on") if day else None
        )

    def said(self) -> str:
        """Done."""
        name = self.card.name if self.card else self.goal.text
        return _("{count} 户由“{name}”覆盖。").format(count=len(self._units), name=name)

    def _reset(self) -> None:
        self._units = {}
        self._show_units()
        self.goal.set_choice(None, "")
        self.unit.set_choice(None, "")
        self.kind.set_code("")
        self.day.set_text(self.session.workspace.today.isoformat())

    def _on_wanted(self, text: str) -> None:
        self.session.ask(
            self, lambda w: picking.offered_employers(w, text), self._on_found, key="unions.units"
        )

    def _on_found(self, found: list[picking.Offer]) -> None:
        self.unit.offer([Choice(one.id, one.name, one.detail) for one in found])
        self.unit.say("" if found or not self.unit.text else _("没有找到，请换几个字试试。"))

    def _on_unit(self, choice: Choice) -> None:
        """One more; the cursor stays for the next."""
        self._units[choice.value] = choice.name
        self.unit.set_choice(None, "")
        self._show_units()
        self.look()
        self.drafts.flush()
        self.unit.onward = self.unit.line

    def _show_units(self) -> None:
        self.table.show_rows([(row, (name,)) for row, name in self._units.items()])
        self.table.setVisible(bool(self._units))
        self.table.setFixedHeight(self.session.theme.px(36 + 32 * min(len(self._units), 6)) + 4)
        self.kept.set_text(_BETWEEN.join(f"{r.hex()} {name}" for r, name in self._units.items()))

    def _on_again(self) -> None:
        """The units of the draft."""
        found = (part.partition(" ") for part in self.kept.text.split(_BETWEEN) if part)
        self._units = {bytes.fromhex(row): name for row, _blank, name in found if len(row) == 32}
        self._show_units()


class UncoverForm(UnionForm):
    """结束覆盖."""

    draft_name = "uncover"

    def __init__(self, session: Session) -> None:
        self.day = Field("on", _("到哪天为止"), hint=_("如 2026-03-07"))
        super().__init__(session, _("结束覆盖"), [self.day])
        self._units: dict[bytes, str] = {}

    def begin_with(self, units: Mapping[bytes, str]) -> None:
        """Ask until when these are covered."""
        self._units = dict(units)
        self.day.set_text(self.session.workspace.today.isoformat())
        names = list(units.values())
        head = names[0] if len(names) == 1 else _("{count} 家单位").format(count=len(names))
        self.start(head, next(iter(units), b""))

    def plan(self) -> Question | None:
        """Tell who takes their place."""
        told = _("这一天以后由所在社区、村和街道的工会兜底，经过保留。")
        return lambda _workspace: told

    def act(self) -> Question:
        """End it."""
        units, day = list(self._units), self.day.text
        return lambda workspace: covering.uncover_all(
            workspace, units, parse_date(day, field="on") if day else None
        )

    def said(self) -> str:
        """Done."""
        return _("{count} 户的覆盖已结束。").format(count=len(self._units))
