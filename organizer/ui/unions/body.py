"""What the page of a union says: what is due, its record, officers, units, members, unions around it."""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from organizer.i18n import _, listed
from organizer.services.employers.card import REVEAL_SECONDS
from organizer.services.paper import paper_trail
from organizer.services.unions.union_card import Counts, Neighbour, Officer, UnionCard
from organizer.ui.session import Session
from organizer.ui.widgets.pairs import TITLE_WIDTH, pairs, section, told
from organizer.ui.widgets.paper_block import PaperBlock
from organizer.ui.widgets.plain import button, column, holder, label, row
from organizer.ui.widgets.rows import RowsTable
from organizer.ui.widgets.table import Column

REVEAL = "Ctrl+H"
_MOST_ROWS = 8
"""A longer table scrolls on its own."""
_HEADING, _ROW = 36, 32


class UnionBody(QWidget):
    """`opened_*` ask to go there; `reveal_wanted` asks for the phone in full."""

    opened_union = Signal(bytes)
    opened_unit = Signal(bytes)
    opened_officer = Signal(bytes)
    reveal_wanted = Signal()
    act_wanted = Signal(str)
    """Something is to be done with what is chosen in a table."""

    def __init__(self, session: Session, card: UnionCard) -> None:
        super().__init__()
        self._session, self._theme, self._card = session, session.theme, card
        self.phone = told(next((one.text for one in card.lines if one.name == "phone"), ""))
        self.phone.setObjectName("union-phone")
        self.officers = self._officers()
        self.units = self._units()
        parts = (
            *(label(text, "warn" if card.urgent else "info") for text in card.due),
            *self._lacks(),
            section(_("会员"), *_numbers(card.counts)),
            section(_("工会干部"), self._officers_part(), *self._former()),
            section(_("覆盖的单位（成员单位）"), self._units_part()),
            section(_("基本情况"), pairs(self._theme, self._record())),
            section(_("上级工会"), *self._neighbours(card.above, _("上面没有工会。"))),
            section(_("下级工会"), *self._neighbours(card.below, _("下面没有工会。"))),
            section(_("经过"), *self._events()),
            PaperBlock(
                session,
                lambda workspace: paper_trail.of_record(workspace, "union_org", card.id),
                "unions.papers",
            ),
        )
        lines = column(*parts, None, into=QVBoxLayout(self), gap=12)
        lines.setContentsMargins(0, 0, self._theme.px(12), self._theme.px(8))

    def show_phone(self, phone: str) -> None:
        """Show the whole number, or masked again."""
        self.phone.setText(phone)

    def hide_phone(self) -> None:
        """Mask it again."""
        self.phone.setText(next((o.text for o in self._card.lines if o.name == "phone"), ""))

    def _lacks(self) -> Iterable[QWidget]:
        if self._card.lacks:
            yield label(_("还缺：{fields}").format(fields=listed(self._card.lacks)), "hint")

    def _record(self) -> Iterable[tuple[str, QWidget, str]]:
        card = self._card
        if card.division:
            yield _("区划"), told(card.division), ""
        for line in card.lines:
            if line.name == "phone":
                show = button(
                    _("显示"), self.reveal_wanted.emit, kind="inline", name="reveal-phone"
                )
                tip = _("显示 {seconds} 秒，并记入审计 ({key})")
                show.setToolTip(tip.format(seconds=REVEAL_SECONDS, key=REVEAL))
                whole = row(self.phone, show)
                whole.setStretch(0, 1)
                yield line.title, holder(whole), ""
            else:
                yield line.title, told(line.text), ""

    def _officers(self) -> RowsTable:
        columns = (
            Column("post", _("职务"), 120),
            Column("name", _("姓名"), 120),
            Column("engaged", _("专兼职"), 72),
            Column("since_on", _("任职"), 104),
            Column("member", _("会员"), 60),
        )
        made = RowsTable(self._theme, columns, _("工会干部"), 1, ("member", "engaged"))
        made.setObjectName("officers")
        made.show_rows([(one.id, _officer_cells(one)) for one in self._card.officers])
        made.opened.connect(self.opened_officer)
        return self._fitted(made, len(self._card.officers))

    def _officers_part(self) -> QWidget:
        if self._card.officers:
            acts = {"officer-edit": _("更正 (F4)"), "officer-end": _("卸任 (Ctrl+E)")}
            return holder(column(self.officers, *self._acts(acts), gap=4))
        self.officers.hide()
        said = _("还没有登记。按 Ctrl+J 登记主席、委员、组织员；换届按 Ctrl+T 一次登记一届。")
        return holder(column(label(said, "mut"), self.officers))

    def _acts(self, words: Mapping[str, str]) -> Iterable[QWidget]:
        if self._card.may_edit:
            made = [
                button(text, partial(self.act_wanted.emit, act), kind="inline", name=f"do-{act}")
                for act, text in words.items()
            ]
            yield holder(row(*made, None, gap=12))

    def _former(self) -> Iterable[QWidget]:
        for one in self._card.former:
            words = _("{post}　{name}　{since} 至 {until}").format(
                post=one.post, name=one.name, since=one.since_on or "—", until=one.until_on
            )
            yield label(words, "mut")

    def _units(self) -> RowsTable:
        columns = (
            Column("name", _("单位"), 200),
            Column("kind", _("方式"), 64),
            Column("since_on", _("自"), 104),
            Column("staff", _("职工"), 64, number=True),
            Column("members", _("会员"), 64, number=True),
        )
        made = RowsTable(self._theme, columns, _("覆盖的单位"), 0, ("since_on", "kind", "staff"))
        made.setObjectName("units")
        made.show_rows(
            [
                (one.employer, (one.name, one.kind, one.since_on, one.staff, str(one.members)))
                for one in self._card.units
            ]
        )
        made.opened.connect(self.opened_unit)
        return self._fitted(made, len(self._card.units))

    def _units_part(self) -> QWidget:
        if self._card.units:
            said = _("{count} 户；Enter 打开，Shift 或 Ctrl 可选几户").format(
                count=len(self._card.units)
            )
            acts = {"uncover": _("结束选中的覆盖 (Ctrl+Shift+B)")}
            return holder(column(label(said, "mut"), self.units, *self._acts(acts), gap=4))
        self.units.hide()
        said = _(
            "还没有明确覆盖的单位。按 Ctrl+B 加入；没有加入任何工会的单位，由所在社区、村和街道的工会兜底。"
        )
        return holder(column(label(said, "mut"), self.units))

    def _fitted(self, table: RowsTable, count: int) -> RowsTable:
        rows = min(max(count, 1), _MOST_ROWS)
        table.setFixedHeight(self._theme.px(_HEADING + rows * _ROW) + 4)
        return table

    def _neighbours(self, found: Sequence[Neighbour], nothing: str) -> Iterable[QWidget]:
        if not found:
            yield label(nothing, "mut")
        for one in found:
            link = button(one.name, partial(self.opened_union.emit, one.id), kind="link")
            link.setObjectName(f"union-{one.id.hex()}")
            yield holder(row(link, label(one.detail, "mut"), None, gap=12))

    def _events(self) -> Iterable[QWidget]:
        for one in self._card.events:
            day = label(one.at[:10], "mut")
            day.setFixedWidth(self._theme.px(TITLE_WIDTH - 16))
            day.setToolTip(one.at)
            line = row(day, told(one.what), label(one.who, "mut"), gap=12)
            line.setStretch(1, 1)
            yield holder(line)


def _officer_cells(one: Officer) -> tuple[str, ...]:
    linked = _("是") if one.person else ""
    return one.post, one.name, one.engaged, one.since_on, linked


def _numbers(counts: Counts) -> Iterable[QWidget]:
    said = _(
        "会员 {members} 人（正式 {regular}，临时 {temporary}，转出待接 {moving}），女 {women} 人"
    )
    yield told(
        said.format(
            members=counts.members,
            regular=counts.regular,
            temporary=counts.temporary,
            moving=counts.moving,
            women=counts.women,
        )
    )
    apart = _("另有保留会籍 {kept} 人，不计入会员，没有表决权；待审批 {pending} 人")
    yield label(apart.format(kept=counts.kept, pending=counts.pending), "mut")
