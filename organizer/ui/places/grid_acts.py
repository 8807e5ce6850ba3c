"""What can be done to a grid, and giving places to people: small forms."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from organizer import paths
from organizer.domain.dates import parse_date
from organizer.errors import InvalidInput
from organizer.i18n import _, show_date
from organizer.services.places import assigning, gridding, place_picking, placing, relaying
from organizer.services.places.assigning import AssignmentOrder
from organizer.services.places.grid_card import GridCard
from organizer.services.places.gridding import GridOrder
from organizer.services.places.relaying import Relay, RelayOrder
from organizer.services.workspace import Workspace
from organizer.ui.session import Session
from organizer.ui.widgets.act_form import ActForm, Question
from organizer.ui.widgets.fields import Field
from organizer.ui.widgets.picker import Choice, PickerField

_USUAL_DAYS = 14


class GridForm(ActForm):
    """A new grid, or what is said of one; division and number, by which it is known, stay."""

    def __init__(self, session: Session, *, new: bool) -> None:
        hint = _("社区或村的名称、拼音首字母；↓ 列出本单位的")
        self.division = PickerField(session.theme, "division_code", _("哪个社区、村"), hint=hint)
        self.code = Field("code", _("编号"), hint=_("本单位的编号，如 001"))
        self.name = Field("name", _("名称"), hint=_("如“东片”，可以空着"))
        self.responsible = Field("responsible", _("责任人"))
        self.phone = Field("phone", _("电话"))
        self.boundary = Field("boundary", _("四至范围"), hint=_("东至、西至、南至、北至，可以空着"))
        told = [self.name, self.responsible, self.phone, self.boundary]
        self.draft_name = "new_grid" if new else "grid"
        self._new = new
        self._card: GridCard | None = None
        fields = [self.division, self.code, *told] if new else told
        super().__init__(session, _("添加网格") if new else _("修改网格"), fields)
        self.division.wanted.connect(self._on_wanted)

    def begin(self, card: GridCard | None) -> None:
        """Ask about this grid, or about a new one in the same division."""
        self._card = card
        fields = card.grid.fields if card else {}
        for field in (self.code, self.name, self.responsible, self.phone, self.boundary):
            field.set_text("" if self._new else fields.get(field.name) or "")
        if card and not self._new:
            self.start(card.grid.shown, card.grid.id)
            return
        near = (card.division_id, card.division) if card else (None, "")
        self.division.set_choice(*near)
        self.start(_("新的网格"))

    def confirm(self) -> None:
        """A new one only once its division is picked."""
        if self._new and self.division.value is None:
            self.division.setFocus()
            self.division.open_list()
            return
        super().confirm()

    def act(self) -> Question:
        """Save."""
        division = self.division.value
        order = GridOrder(
            "",
            self.code.text or "",
            self.name.text,
            self.boundary.text,
            self.responsible.text,
            self.phone.text,
        )
        if self._new or self._card is None:
            return lambda workspace: gridding.add_grid(
                workspace,
                replace(order, division_code=placing.in_use(workspace, division).division_code),
            )
        grid = self._card.grid
        kept = GridOrder(
            grid.fields["division_code"] or "",
            grid.fields["code"] or "",
            order.name,
            order.boundary,
            order.responsible,
            order.phone,
        )
        return lambda workspace: gridding.edit_grid(workspace, grid.id, kept)

    def said(self) -> str:
        """Done."""
        if self._new:
            return _("已添加网格 {code}。").format(code=self.code.text)
        return _("网格已修改。")

    def _on_wanted(self, text: str) -> None:
        self.session.ask(
            self,
            lambda workspace: place_picking.divisions_for(workspace, text),
            lambda found: self.division.offer(
                [Choice(one.id, one.name, one.where) for one in found]
            ),
            key="places.pick",
        )


class HangForm(ActForm):
    """划入: a street, tower or village group that is to lie in the grid."""

    draft_name = "hang"

    def __init__(self, session: Session) -> None:
        hint = _("街路、楼宇、村民组的名称或拼音；↓ 列出本区划的")
        self.place = PickerField(session.theme, "place", _("划入哪一处"), hint=hint)
        self._card: GridCard | None = None
        super().__init__(session, _("划入网格"), [self.place])
        self.place.wanted.connect(self._on_wanted)

    def begin(self, card: GridCard) -> None:
        """Ask what is to lie in this grid."""
        self._card = card
        self.place.set_choice(None, "")
        self.start(card.grid.shown, card.grid.id)

    def confirm(self) -> None:
        """Only once a place is picked."""
        if self.place.value is None:
            self.place.open_list()
            return
        super().confirm()

    def act(self) -> Question:
        """Hang it."""
        grid, place = self._card.grid.id if self._card else None, self.place.value
        return lambda workspace: gridding.hang(workspace, grid, [place])

    def said(self) -> str:
        """Done."""
        return _("“{name}”已划入网格，里面的门牌和单位随着算。").format(name=self.place.text)

    def _on_wanted(self, text: str) -> None:
        code = (self._card.grid.fields["division_code"] if self._card else "") or ""
        self.session.ask(
            self,
            lambda workspace: place_picking.streets_for(workspace, code, text),
            lambda found: self.place.offer([Choice(one.id, one.name, one.where) for one in found]),
            key="places.pick",
        )


class AssignForm(ActForm):
    """派任务: a grid, or a place, to a person until a day."""

    draft_name = "assign"

    def __init__(self, session: Session) -> None:
        self.assignee = Field("assignee", _("派给谁"))
        self.until = Field(
            "until_on", _("什么时候查完"), hint=_("日期如 2026-12-01，或 +14 表示两周以后")
        )
        self.remark = Field("remark", _("要求"), hint=_("印在任务单上，可以空着"))
        self._grid: bytes | None = None
        self._places: tuple[bytes, ...] = ()
        super().__init__(session, _("派任务"), [self.assignee, self.until, self.remark])

    def begin(
        self,
        name: str,
        *,
        grid: bytes | None = None,
        places: Sequence[bytes] = (),
        assignee: str = "",
    ) -> None:
        """Ask who goes through this grid or these places."""
        self._grid, self._places = grid, tuple(places)
        usual = self.session.workspace.today + timedelta(days=_USUAL_DAYS)
        self.assignee.set_text(assignee)
        self.until.set_text(usual.isoformat())
        self.remark.set_text("")
        self.start(name, grid or b"".join(places))

    def act(self) -> Question:
        """Assign."""
        who, until, remark = self.assignee.text, self.until.text, self.remark.text
        grid, chosen = self._grid, self._places

        def give(workspace: Workspace) -> object:
            day = _day(until, workspace.today)
            return assigning.assign(workspace, AssignmentOrder(who, day, grid, chosen, remark))

        return give

    def said(self) -> str:
        """Done."""
        day = _day(self.until.text, self.session.workspace.today)
        return _("已派给{name}，到 {day}；到“任务”页打印任务单。").format(
            name=self.assignee.text, day=show_date(day)
        )


class RelayForm(ActForm):
    """交接: the grid passes on, the sheet for both to sign is written and opened."""

    draft_name = "relay"

    def __init__(self, session: Session) -> None:
        self.taker = Field("taker", _("接收人"))
        self.phone = Field("phone", _("接收人电话"), hint=_("可以空着"))
        self.remark = Field("remark", _("说明"), hint=_("印在交接单上，可以空着"))
        self._card: GridCard | None = None
        self._file: Path | None = None
        self.open_file: Callable[[Path], object] = _open
        super().__init__(session, _("网格交接"), [self.taker, self.phone, self.remark])

    def begin(self, card: GridCard) -> None:
        """Ask who takes this grid over."""
        self._card = card
        for field in self.fields:
            field.set_text("")
        self.start(card.grid.shown, card.grid.id)

    def plan(self) -> Question | None:
        """What is open and goes along."""
        grid = self._card.grid.id if self._card else b""
        taker = self.taker.text
        return lambda workspace: relay_words(relaying.look(workspace, grid), taker)

    def act(self) -> Question:
        """Write the sheet and pass the grid on."""
        grid = self._card.grid if self._card else None
        order = RelayOrder(
            grid.id if grid else b"", self.taker.text, self.phone.text, self.remark.text
        )
        day = self.session.workspace.today
        code = (grid.fields["code"] if grid else "") or ""
        name = _("网格交接单 {code} {day}").format(code=code.replace("/", "-"), day=day)
        self._file = _free(paths.papers_folder(), name)
        file = self._file
        return lambda workspace: relaying.relay(workspace, order, file)

    def said(self) -> str:
        """Done; the sheet is shown."""
        if self._file is None:
            return ""
        self.open_file(self._file)
        return _("已交给{name}；交接单存为“{file}”，请打印后双方签名。").format(
            name=self.taker.text, file=self._file.name
        )


def relay_words(found: Relay, taker: str) -> str:
    """What is handed over, in words."""
    parts = (
        (found.revisits, _("约好未回访 {count} 户")),
        (found.promises, _("答应过的事 {count} 件")),
        (found.drafts, _("本机草稿 {count} 份")),
        (found.papers, _("已打印未签收 {count} 人")),
        (found.assignments, _("未结束任务 {count} 项")),
        (found.visited_twice, _("不止一人走访过 {count} 户")),
    )
    told = _("；").join(words.format(count=len(things)) for things, words in parts)
    giver = found.grid.fields["responsible"] or _("（原来没有责任人）")
    head = _("责任人由{giver}换成{taker}，同时出交接单：").format(giver=giver, taker=taker or "…")
    passing = (
        _("{giver}的 {count} 项任务转给接收人。").format(giver=giver, count=len(found.passing))
        if found.passing
        else ""
    )
    return "\n".join(filter(None, (head, told, passing)))


def _day(text: str, today: date) -> date:
    ahead = text.removeprefix("+")
    if text.startswith("+") and ahead.isdecimal() and len(ahead) <= 3:
        return today + timedelta(days=int(ahead))
    found = parse_date(text, field="until_on")
    if found is None:
        raise InvalidInput("visit.not_a_date", field="until_on", value=text)
    return found


def _free(folder: Path, name: str) -> Path:
    """A file of this name that is not there yet."""
    found, number = folder / f"{name}.pdf", 2
    while found.exists():
        found, number = folder / f"{name} ({number}).pdf", number + 1
    return found


def _open(file: Path) -> object:
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(file)))
