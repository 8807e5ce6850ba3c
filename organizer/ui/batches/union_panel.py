"""One union before its export: who goes in, who is kept off and what to do about it, remarks."""

from collections.abc import Iterator

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from organizer.i18n import _, listed
from organizer.services.batches.reporting import Held, Preview, Remark
from organizer.services.members.amending import Mending
from organizer.ui.batches.entries import MOST_SHOWN, Entries, entry
from organizer.ui.theme import Theme
from organizer.ui.widgets.plain import button, column, label, row
from organizer.ui.widgets.rows import RowsTable
from organizer.ui.widgets.table import Column

_NAMES_SHOWN = 12


class UnionPanel(QWidget):
    """`mend` asks for the sign-up screen with the `Mending` of somebody who is kept off."""

    mend = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._union: bytes | None = None
        self._name = label("", "head")
        self._name.setWordWrap(True)
        self._profile = label("", "mut")
        columns = (
            Column("name", _("姓名"), 136),
            Column("id_number", _("证件号码"), 160),
            Column("phone", _("手机号码"), 112),
            Column("employer", _("工作单位"), 160),
        )
        self._going = RowsTable(theme, columns, _("进批次的人"), stretched=3, spare=("phone",))
        self._held = Entries(_("未入批次的人"))
        self._remarks = Entries(_("请留意的事"))
        self._pages = QStackedWidget()
        for page in (self._going, self._held, self._remarks):
            self._pages.addWidget(page)
        self._tabs = [
            self._tab(place, name) for place, name in enumerate(("going", "held", "remarks"))
        ]
        group = QButtonGroup(self)
        for tab in self._tabs:
            group.addButton(tab)
        column(
            self._name, self._profile, row(*self._tabs, None), self._pages, into=QVBoxLayout(self)
        )

    def wait_for(self, name: str, people: int) -> None:
        """While the union is being looked at."""
        self._name.setText(name)
        self._profile.setText(_("正在核对 {count} 人…").format(count=people))

    def show_preview(self, seen: Preview) -> None:
        """Show what an export would do."""
        self._name.setText(seen.union_name)
        self._profile.setText(_said_of(seen))
        self._going.show_rows(
            [
                (one.membership, (one.name, one.id_number, one.phone, one.employer_name))
                for one in seen.going
            ]
        )
        self._held.show_entries(self._held_entries(seen), _more(seen.held_count))
        self._remarks.show_entries(
            (_remark_entry(one) for one in seen.remarks[:MOST_SHOWN]), _more(len(seen.remarks))
        )
        texts = (
            _("进批次 {count} 人").format(count=seen.going_count),
            _("未入 {count} 人").format(count=seen.held_count),
            _("留意 {count} 项").format(count=len(seen.remarks)),
        )
        for tab, text, there in zip(
            self._tabs, texts, (True, seen.held, seen.remarks), strict=True
        ):
            tab.setText(text)
            tab.setAccessibleName(text)
            tab.setVisible(bool(there))
        if self._union != seen.union or not _there(self._pages.currentIndex(), seen):
            self.show_page(0 if seen.going else 1)
        self._union = seen.union

    def show_page(self, place: int) -> None:
        """0 who goes in, 1 who is kept off, 2 remarks."""
        self._tabs[place].setChecked(True)
        self._pages.setCurrentIndex(place)

    def _tab(self, place: int, name: str) -> QPushButton:
        made = button("", lambda: self.show_page(place), kind="choice", name=f"tab-{name}")
        made.setCheckable(True)
        made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        return made

    def _held_entries(self, seen: Preview) -> Iterator[QWidget]:
        for one in seen.held[:MOST_SHOWN]:
            yield self._held_entry(one)

    def _held_entry(self, one: Held) -> QWidget:
        text = _("证件后补") if one.papers_missing else _("去更正")
        mending = Mending(one.membership, one.fields)
        act = button(text, lambda: self.mend.emit(mending), name="mend")
        act.setAccessibleName(_("{act}：{name}").format(act=text, name=one.name))
        return entry(label(one.name), (one.employer_name, *one.sentences), (act,))


def _remark_entry(one: Remark) -> QWidget:
    names = listed(one.names[:_NAMES_SHOWN])
    if one.count > _NAMES_SHOWN:
        names = _("{names}等").format(names=names)
    about = _("{count} 人：{names}").format(count=one.count, names=names)
    return entry(label(one.sentence), (about,))


def _said_of(seen: Preview) -> str:
    told = _("模板：{name}").format(name=seen.profile_name)
    if seen.going_count == len(seen.going):
        return told
    first = _("人很多，下面只列前 {count} 人；导出时一个不少。").format(count=len(seen.going))
    return _("{profile}　{first}").format(profile=told, first=first)


def _more(count: int) -> str:
    if count <= MOST_SHOWN:
        return ""
    return _("还有 {count} 项，办完上面的再显示。").format(count=count - MOST_SHOWN)


def _there(place: int, seen: Preview) -> bool:
    return bool((True, seen.held, seen.remarks)[place])
