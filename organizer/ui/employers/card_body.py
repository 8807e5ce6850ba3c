"""What the card of a unit says, block by block of the form: A identity to G visits."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from organizer.domain.access import Permission, grants
from organizer.i18n import _, listed
from organizer.services.employers.card import REVEAL_SECONDS, Card, Visit
from organizer.services.survey import photos
from organizer.ui.employers import parts
from organizer.ui.employers.coverage import CoverageLines
from organizer.ui.session import Session
from organizer.ui.widgets.pairs import section, told
from organizer.ui.widgets.photo_strip import PhotoStrip, PhotoView, Shown
from organizer.ui.widgets.plain import button, column, holder, label, row

REVEAL = "Ctrl+H"
_KIND = ("unit_type", "nature", "econ_type", "industry")


class CardBody(QWidget):
    """Everything below the buttons of a card."""

    reveal_wanted = Signal()
    correct_wanted = Signal(bytes)
    photo_wanted = Signal(bytes)
    """A photo is to be added to a visit."""
    photo_unwanted = Signal(bytes)
    union_wanted = Signal(bytes)
    """The page of the union that covers it."""
    cover_wanted = Signal()
    uncover_wanted = Signal()

    def __init__(self, session: Session, card: Card) -> None:
        super().__init__()
        self._session = session
        self._card = card
        self._strips: dict[bytes, PhotoStrip] = {}
        self._contents: dict[bytes, bytes] = {}
        self._may_write = grants(session.workspace.account.role, Permission.SURVEY)
        self.phone = told(_own(card, "phone"))
        self.phone.setObjectName("employer-phone")
        self.chair = told(_fact(card, "chair_phone"))
        self.chair.setObjectName("chair-phone")
        theme = session.theme
        lines = column(
            *(label(one.text, one.kind) for one in card.told),
            section(_("四清"), parts.lamp_rows(theme, card.lamps)),
            section(_("覆盖"), self._coverage()),
            *self._blocks(),
            section(_("在这里入会的人"), label(_people(card), "mut")),
            section(_("走访经过"), parts.time_line(theme, card.visits, self._visit_acts)),
            section(_("修改记录"), parts.change_rows(theme, card.changes)),
            None,
            into=QVBoxLayout(self),
            gap=12,
        )
        lines.setContentsMargins(0, 0, theme.px(12), theme.px(8))
        for visit in card.visits:
            for photo in visit.photos:
                self._fetch(visit.id, photo)

    def show_numbers(self, phone: str, chair: str) -> None:
        """Show the whole numbers."""
        self.phone.setText(phone or _("没有登记电话"))
        self.chair.setText(chair)

    def hide_numbers(self) -> None:
        """Mask them again."""
        self.phone.setText(_own(self._card, "phone"))
        self.chair.setText(_fact(self._card, "chair_phone"))

    def _coverage(self) -> QWidget:
        role = self._session.workspace.account.role
        lines = CoverageLines(
            self._session.theme, self._card.coverage, may=grants(role, Permission.REVIEW)
        )
        lines.union_wanted.connect(self.union_wanted)
        lines.cover_wanted.connect(self.cover_wanted)
        lines.uncover_wanted.connect(self.uncover_wanted)
        return lines

    def _blocks(self) -> list[QWidget]:
        theme, card = self._session.theme, self._card
        own = [field for field in card.fields if field.name not in (*_KIND, "name")]
        kind = [field for field in card.fields if field.name in _KIND]
        titles = {
            "identity": _("基本情况"),
            "kind": _("类别"),
            "staff": _("职工"),
            "union": _("工会"),
            "progress": _("推进建会"),
            "needs": _("单位需求"),
        }
        made = []
        for block, title in titles.items():
            facts = [fact for fact in card.facts if fact.block == block]
            has_chair = any(fact.name == "chair_phone" for fact in facts)
            chair = self._revealing(self.chair, "reveal-chair") if has_chair else None
            inside = [parts.fact_rows(theme, facts, chair)] if facts else []
            if block == "identity":
                inside.insert(
                    0, parts.own_rows(theme, own, self._revealing(self.phone, "reveal-phone"))
                )
            sizes = self._size_rows()
            if block == "kind" and (sizes or any(field.text for field in kind)):
                inside.insert(0, parts.own_rows(theme, kind, told(""), sizes))
            if block == "staff" and not facts:
                inside.append(label(_("还不知道有多少职工。走访一次，或导入带人数的名单。"), "mut"))
            if inside:
                made.append(section(title, *inside))
        return made

    def _size_rows(self) -> list[tuple[str, QWidget, str]]:
        card = self._card
        known = ((_("人数段"), card.band), (_("企业规模"), card.scale))
        return [(title, told(text), "") for title, text in known if text]

    def _revealing(self, number: QLabel, name: str) -> QWidget:
        show = button(_("显示"), self.reveal_wanted.emit, kind="inline", name=name)
        show.setToolTip(
            _("显示 {seconds} 秒，并记入审计 ({key})").format(seconds=REVEAL_SECONDS, key=REVEAL)
        )
        line = row(number, show)
        line.setStretch(0, 1)
        return holder(line)

    def _visit_acts(self, visit: Visit) -> Sequence[QWidget]:
        """Below a visit of the time line: its photos, and what can be done about it."""
        strip = self._strips[visit.id] = PhotoStrip(self._session.theme)
        strip.opened.connect(self._on_opened)
        strip.removed.connect(self._on_unwanted)
        if not self._may_write:
            return (strip,)
        correct = button(_("更正"), lambda: self.correct_wanted.emit(visit.id), kind="inline")
        correct.setAccessibleName(_("更正 {day} 的走访").format(day=visit.on))
        correct.setToolTip(_("写一次新的代替它；原来的停用，还能查到"))
        add = button(_("加照片"), lambda: self.photo_wanted.emit(visit.id), kind="inline")
        add.setAccessibleName(_("给 {day} 的走访加照片").format(day=visit.on))
        return (strip, holder(row(correct, add, None, gap=12)))

    def _fetch(self, visit: bytes, photo: bytes) -> None:
        self._session.ask(
            self,
            lambda workspace: photos.content(workspace, photo),
            lambda content: self._on_content(visit, photo, content),
        )

    def _on_content(self, visit: bytes, photo: bytes, content: bytes) -> None:
        self._contents[photo] = content
        there = next(one.photos for one in self._card.visits if one.id == visit)
        shown = [Shown(one, self._contents[one]) for one in there if one in self._contents]
        self._strips[visit].show_photos(shown)

    def _on_opened(self, photo: object) -> None:
        if isinstance(photo, bytes):
            PhotoView(self, self._contents[photo]).show_over()

    def _on_unwanted(self, photo: object) -> None:
        if self._may_write:
            self.photo_unwanted.emit(photo)


def _own(card: Card, name: str) -> str:
    return next((own.text for own in card.fields if own.name == name), "")


def _fact(card: Card, name: str) -> str:
    return next((fact.text for fact in card.facts if fact.name == name), "")


def _people(card: Card) -> str:
    if not card.members and not card.pending:
        return _("还没有人。点“登记入会”，第一位会员就从这里开始。")
    counts = _("会员 {members} 人，待审批 {pending} 人").format(
        members=card.members, pending=card.pending
    )
    names = listed(card.member_names)
    more = card.members - len(card.member_names)
    if more > 0:
        names = _("{names}等").format(names=names)
    return _("{counts}：{names}").format(counts=counts, names=names) if names else counts
