"""What can be done to a place: each act a small form that says beforehand what it does."""

from collections.abc import Sequence

from PySide6.QtCore import QItemSelectionModel
from PySide6.QtWidgets import QWidget

from organizer.domain.house_number import HouseNumber
from organizer.domain.place import Kind
from organizer.i18n import _
from organizer.services import merging
from organizer.services.places import place_picking, place_plans, placing, splitting
from organizer.services.places.place_card import PlaceCard
from organizer.services.places.place_picking import PlaceChoice
from organizer.services.places.place_words import kind_word, kind_words, weight_words
from organizer.services.places.placing import PlaceOrder
from organizer.services.places.splitting import SplitOrder
from organizer.services.workspace import Workspace
from organizer.ui.session import Session
from organizer.ui.widgets.act_form import ActForm, Question
from organizer.ui.widgets.codefield import Code, CodeField
from organizer.ui.widgets.fields import Field
from organizer.ui.widgets.picker import Choice, PickerField
from organizer.ui.widgets.rows import RowsTable
from organizer.ui.widgets.table import Column


class PlaceForm(ActForm):
    """An act on the place in view."""

    def __init__(self, session: Session, title: str, fields: Sequence[Field] = ()) -> None:
        super().__init__(session, title, fields)
        self.card: PlaceCard | None = None

    @property
    def place(self) -> bytes:
        """The place in view."""
        return self.card.id if self.card else b""

    def begin(self, card: PlaceCard) -> None:
        """Ask about this place."""
        self.card = card
        for field in self.fields:
            field.set_text("")
        self.fill(card)
        self.start(card.name, card.id)

    def fill(self, card: PlaceCard) -> None:
        """What stands in the fields at first."""


class RenameForm(PlaceForm):
    """改名."""

    draft_name = "rename"

    def __init__(self, session: Session) -> None:
        self.name = Field("name", _("新名称"))
        super().__init__(session, _("改名"), [self.name])

    def fill(self, card: PlaceCard) -> None:
        """The name as it is, to be corrected."""
        self.name.set_text(card.name)
        self.name.line.selectAll()

    def plan(self) -> Question | None:
        """Tell about another name."""
        place, name = self.place, self.name.text
        if not name or self.card is None or name == self.card.name:
            return None
        return lambda workspace: place_plans.rename_plan(workspace, place, name)

    def act(self) -> Question:
        """Rename."""
        place, name = self.place, self.name.text
        return lambda workspace: placing.rename(workspace, place, name)

    def said(self) -> str:
        """Done."""
        return _("已改名为“{name}”。").format(name=self.name.text)


class KindForm(PlaceForm):
    """改类型."""

    draft_name = "kind"

    def __init__(self, session: Session) -> None:
        self.kind = CodeField(session.theme, "kind", _("类型"))
        super().__init__(session, _("改类型"), [self.kind])
        self.kind.chosen.connect(lambda _choice: self.look_soon())

    def fill(self, card: PlaceCard) -> None:
        """What it could be where it stands."""
        self.kind.set_codes(_codes(self.session, card.kinds))
        self.kind.set_code(card.kind)

    def plan(self) -> Question | None:
        """Tell about another kind."""
        place, kind = self.place, self.kind.value
        if not kind or self.card is None or kind == self.card.kind:
            return None
        return lambda workspace: place_plans.kind_plan(workspace, place, kind)

    def act(self) -> Question:
        """Change it."""
        place: bytes = self.place
        kind: Kind = self.kind.value or (self.card.kind if self.card else "division")
        return lambda workspace: placing.change_kind(workspace, place, kind)

    def said(self) -> str:
        """Done."""
        return _("已改为{kind}。").format(kind=kind_word(self.kind.value))


class _PickingForm(PlaceForm):
    """An act with another place, picked by name."""

    def __init__(self, session: Session, title: str, asked: str, hint: str) -> None:
        self.other = PickerField(session.theme, "parent", asked, hint=hint)
        super().__init__(session, title, [self.other])
        self.other.wanted.connect(self._on_wanted)
        self.other.chosen.connect(lambda _choice: self.look())

    def fill(self, card: PlaceCard) -> None:
        """Nothing is picked yet."""
        self.other.set_choice(None, "")

    def choices(self, workspace: Workspace, text: str) -> list[PlaceChoice]:
        """What fits."""
        raise NotImplementedError

    def confirm(self) -> None:
        """Only once a place is picked."""
        if self.other.value is None:
            self.other.open_list()
            return
        super().confirm()

    def _on_wanted(self, text: str) -> None:
        self.session.ask(
            self,
            lambda workspace: self.choices(workspace, text),
            self._on_found,
            key="places.pick",
        )

    def _on_found(self, found: list[PlaceChoice]) -> None:
        self.other.offer([Choice(one.id, one.name, one.where) for one in found])
        self.other.say("" if found else _("没有找到合适的，请输入名称，或换几个字试试。"))


class MoveForm(_PickingForm):
    """移到."""

    draft_name = "move"

    def __init__(self, session: Session) -> None:
        hint = _("街路、楼宇、社区的名称或拼音；门牌写成“样路 16号”。↓ 列出附近的")
        super().__init__(session, _("移到"), _("移到哪里下面"), hint)

    def choices(self, workspace: Workspace, text: str) -> list[PlaceChoice]:
        """Where it could stand."""
        return place_picking.parents_for(workspace, self.place, text)

    def plan(self) -> Question | None:
        """Tell what goes along."""
        place, parent = self.place, self.other.value
        if parent is None:
            return None
        return lambda workspace: place_plans.move_plan(workspace, place, parent)

    def act(self) -> Question:
        """Move."""
        place, parent = self.place, self.other.value
        return lambda workspace: placing.move(workspace, place, parent)

    def said(self) -> str:
        """Done."""
        return _("已移到“{name}”下面。").format(name=self.other.text)


class MergeForm(_PickingForm):
    """合并."""

    draft_name = "merge"

    def __init__(self, session: Session) -> None:
        hint = _("同一处的另一种写法，保留那一个。↓ 先列出写法相近的")
        super().__init__(session, _("合并"), _("并入哪一处（保留的）"), hint)

    def choices(self, workspace: Workspace, text: str) -> list[PlaceChoice]:
        """What may be the same."""
        return place_picking.twins_for(workspace, self.place, text)

    def plan(self) -> Question | None:
        """Tell what becomes one."""
        place, kept = self.place, self.other.value
        if kept is None:
            return None
        return lambda workspace: place_plans.merge_plan(workspace, place, kept)

    def act(self) -> Question:
        """Merge."""
        place, kept = self.place, self.other.value
        return lambda workspace: merging.merge_places(workspace, place, kept)

    def said(self) -> str:
        """Done."""
        return _("已并入“{name}”。").format(name=self.other.text)


class RetireForm(PlaceForm):
    """停用."""

    draft_name = "retire"

    def __init__(self, session: Session) -> None:
        super().__init__(session, _("停用"))

    def plan(self) -> Question | None:
        """Tell what it means."""
        place = self.place
        return lambda workspace: place_plans.retire_plan(workspace, place)

    def act(self) -> Question:
        """Take it out of use."""
        place = self.place
        return lambda workspace: placing.retire(workspace, place)

    def said(self) -> str:
        """Done."""
        return _("“{name}”已停用。").format(name=self.card.name if self.card else "")


class AddForm(PlaceForm):
    """新增."""

    draft_name = "add"

    def __init__(self, session: Session) -> None:
        self.kind = CodeField(session.theme, "kind", _("类型"))
        self.name = Field(
            "name", _("名称"), hint=_("没有门牌号的照当地叫法写，如“原纺织厂院内”“三组”")
        )
        self.raw = Field("raw", _("原文"), hint=_("证照或名单上的写法，可以空着"))
        super().__init__(session, _("新增地点"), [self.kind, self.name, self.raw])

    def fill(self, card: PlaceCard) -> None:
        """What can stand there; the usual one is taken."""
        self.kind.set_codes(_codes(self.session, card.may_hold))
        usual = {"division": "street", "street": "building", "tower": "floor"}
        usual |= {"village_group": "building", "building": "door", "floor": "door"}
        self.kind.set_code(usual.get(card.kind, card.may_hold[0] if card.may_hold else ""))

    def plan(self) -> Question | None:
        """Nothing hangs on what is not there yet."""
        return None

    def act(self) -> Question:
        """Add."""
        kind: Kind = self.kind.value or "division"
        order = PlaceOrder(self.place, kind, self.name.text, self.raw.text)
        return lambda workspace: placing.add_place(workspace, order)

    def said(self) -> str:
        """Done."""
        return _("已添加“{name}”。").format(name=self.name.text)


class SplitForm(PlaceForm):
    """拆分: the houses chosen in the list go to the new place."""

    draft_name = "split"

    def __init__(self, session: Session) -> None:
        self.name = Field("name", _("新的一处叫什么"), hint=_("如“样路东段”；类型和网格与原来一样"))
        self.numbers = Field(
            "numbers", _("门牌范围"), hint=_("如 101-199；也可以在下面点选，Shift 或 Ctrl 多选")
        )
        self.side = CodeField(session.theme, "side", _("单双号"))
        columns = (Column("name", _("门牌"), 200), Column("weight", _("有什么"), 200))
        self.houses = RowsTable(session.theme, columns, _("分出去的门牌"), 1)
        super().__init__(session, _("拆分"), [self.name, self.numbers, self.side])
        self.side.set_codes(
            [Code("both", _("单双号都要")), Code("odd", _("只要单号")), Code("even", _("只要双号"))]
        )
        self.numbers.edited.connect(lambda _text: self._choose())
        self.side.chosen.connect(lambda _choice: self._choose())
        self.houses.selectionModel().selectionChanged.connect(lambda *_all: self.look_soon())
        self.houses.setMinimumHeight(session.theme.px(160))
        self.drafts.resumed.connect(self._choose)

    def extras(self) -> Sequence[QWidget]:
        """The houses stand below the fields."""
        return (self.houses,)

    def fill(self, card: PlaceCard) -> None:
        """The houses of the place, none chosen."""
        self.side.set_code("both")
        self.houses.show_rows(
            [(one.id, (one.name, weight_words(one.weight))) for one in card.inside]
        )
        self.houses.clearSelection()

    @property
    def chosen(self) -> tuple[bytes, ...]:
        """The houses that go."""
        rows = sorted(index.row() for index in self.houses.selectionModel().selectedRows())
        found = (self.houses.rows.id_at(row) for row in rows)
        return tuple(one for one in found if one is not None)

    def plan(self) -> Question | None:
        """Tell how many go and how many stay."""
        if not self.chosen or not self.name.text:
            return None
        order = self._order()
        return lambda workspace: place_plans.split_plan(workspace, order)

    def act(self) -> Question:
        """Split."""
        order = self._order()
        return lambda workspace: splitting.split(workspace, order)

    def said(self) -> str:
        """Done."""
        return _("已拆出“{name}”，{count} 处归它。").format(
            name=self.name.text, count=len(self.chosen)
        )

    def _order(self) -> SplitOrder:
        return SplitOrder(self.place, self.name.text, self.chosen)

    def _choose(self) -> None:
        """Choose the houses of the typed range in the list."""
        first, _dash, last = self.numbers.text.partition("-")
        if self.card is None or not first.isdecimal() or not (last or first).isdecimal():
            return
        low, high, side = int(first), int(last or first), self.side.value
        model = self.houses.selectionModel()
        model.clearSelection()
        flags = QItemSelectionModel.SelectionFlag
        for place, one in enumerate(self.card.inside):
            number = HouseNumber.parse(one.name) if one.kind == "building" else None
            if number and low <= number.main <= high and side in ("", "both", number.side):
                model.select(self.houses.rows.index(place, 0), flags.Select | flags.Rows)


def _codes(session: Session, kinds: Sequence[Kind]) -> list[Code]:
    pinyin = session.workspace.database.pinyin
    words = kind_words()
    return [
        Code(kind, words[kind], "", (*pinyin.initials(words[kind]), *pinyin.full(words[kind])))
        for kind in kinds
    ]
