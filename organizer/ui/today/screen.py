"""今日: what waits, most urgent first; an empty office starts by taking over a list."""

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from organizer.domain import access
from organizer.domain.access import Permission
from organizer.domain.member import State
from organizer.domain.member_filter import MemberFilter
from organizer.i18n import _
from organizer.services import today, undoing
from organizer.services.survey import rounds
from organizer.services.survey.rounds import Closed
from organizer.services.today import Agenda, Errand, Standing
from organizer.ui.actions import Action
from organizer.ui.screen import Screen
from organizer.ui.session import Session
from organizer.ui.today.errands import ErrandList, ErrandModel, does, titled
from organizer.ui.today.round_panel import RoundPanel
from organizer.ui.widgets.keybutton import KeyButton
from organizer.ui.widgets.list_import import ListImport, dropped_file
from organizer.ui.widgets.plain import button, card, label, row

_ROOM = 860
_LEADS: Mapping[str, tuple[str, object]] = {
    "unreached": ("survey", None),
    "duplicates": ("duplicates", None),
    "foundings": ("foundings", None),
    "elsewhere": ("survey", "elsewhere"),
    "pending": ("signup", "pending"),
    "untold": ("paper_trail", "untold"),
    "letters": ("members", "transfers"),
    "unfiled": ("members", MemberFilter(state=State.EXPELLED)),
    "no_id": ("signup", "lacking"),
    "backup": ("settings", "backup"),
}
"""The screen where an errand is done, and what it shows there."""


def day_words(day: date) -> str:
    """11月20日　星期五."""
    weekdays = _("一二三四五六日")
    return _("{month}月{day}日　星期{weekday}").format(
        month=day.month, day=day.day, weekday=weekdays[day.weekday()]
    )


class TodayScreen(Screen):
    """The first page of the day."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        theme = session.theme
        self._agenda: Agenda | None = None
        self._later: tuple[Errand, ...] = ()
        self._doubled: Errand | None = None
        self.setAcceptDrops(True)
        self.model = ErrandModel(self)
        self.errands = ErrandList(theme, self.model)
        self.import_panel = ListImport(session)
        may = access.grants(session.workspace.account.role, Permission.REVIEW)
        self.round = RoundPanel(theme, may_lead=may)
        self._day = label("", "title")
        self._first = label("", "mut")
        self._first.setWordWrap(False)
        self.take_list = KeyButton(
            theme, _("导入名单"), self.import_panel.choose, shortcut="Ctrl+I", name="import-list"
        )
        self._list = card(self.errands, margin=6)
        self._list.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.empty = self._empty()
        self.begin = button(
            _("开始一轮排查"),
            lambda: self.go.emit("survey", None),
            kind="primary",
            name="begin-round",
        )
        self._next = self._next_step()
        self._done = label(_("今天没有等着办的事。"), "mut")
        self._body = QHBoxLayout()
        self._lay_out()
        self.errands.opened.connect(self._on_opened)
        self.round.next_wanted.connect(self._on_next)
        self.round.close_wanted.connect(self._on_close)
        self.import_panel.finished.connect(lambda _result: self._reload())
        self.import_panel.offered.connect(self.empty.hide)
        self.import_panel.closed.connect(self.arrive)
        session.touched.connect(self._on_touched)
        theme.changed.connect(self._arrange)

    def actions_table(self) -> Sequence[Action]:
        """Taking over a list; ending a round and opening the next."""
        return (
            Action(
                "today.import",
                _("导入名单"),
                self.import_panel.choose,
                "Ctrl+I",
                permission=Permission.IMPORT,
            ),
            Action(
                "today.next_round", _("开新一轮排查"), self._on_next, permission=Permission.REVIEW
            ),
            Action(
                "today.close_round", _("结束这一轮"), self._on_close, permission=Permission.REVIEW
            ),
        )

    def keys_table(self) -> Sequence[tuple[str, str]]:
        """What Enter does on each line there is now."""
        told = _("{title}：{act}")
        return tuple(
            ("Enter", told.format(title=titled(one), act=does(one.key)))
            for one in self.model.errands
        )

    def arrive(self, record: object = None) -> None:
        """Count anew; the cursor goes where the work starts."""
        # Held by the page itself until it is known where that is.
        self.setFocusProxy(None)  # type: ignore[arg-type]  # the stub does not know of none
        (self if self.import_panel.isHidden() else self.import_panel).setFocus()
        self._reload()
        # Not with every save: it looks through all there is.
        self.session.ask(self, today.doubled, self._on_doubled, key="today.duplicates")

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A file may be dropped here."""
        if dropped_file(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Ask how to read the file."""
        if (path := dropped_file(event)) is not None:
            event.acceptProposedAction()
            self.import_panel.offer(path)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The round goes below the list when there is no room beside it."""
        super().resizeEvent(event)
        self._arrange()

    def _reload(self) -> None:
        self.session.ask(self, today.agenda_of_today, self._on_agenda, key="today")
        self.session.ask(self, today.standing_of_round, self._on_standing, key="today.clears")

    def _on_doubled(self, doubled: Errand | None) -> None:
        """Looking for duplicates takes longer than the page; the line joins the others later."""
        self._doubled = doubled if doubled is not None and doubled.count else None
        if self._agenda is not None:
            self._on_agenda(self._agenda)

    def _on_standing(self, standing: Standing | None) -> None:
        """Counting the lamps takes longer than the page; what they lack joins the lines later."""
        self.round.show_clears(standing.clears if standing else None)
        self._later = (*standing.drives, *standing.one_left) if standing else ()
        if self._agenda is not None:
            self._on_agenda(self._agenda)

    def _lines(self, agenda: Agenda) -> list[Errand]:
        busy = self.import_panel.busy
        lines = [one for one in agenda.errands if not (busy and one.key == "interrupted")]
        last = [one for one in lines if one.key == "unreached"]
        first = [one for one in lines if one.key != "unreached"]
        doubled = [self._doubled] if self._doubled is not None else []
        return [*first, *doubled, *self._later, *last]

    def _on_agenda(self, agenda: Agenda) -> None:
        self._agenda = agenda
        shown = self._lines(agenda)
        chosen = self.errands.chosen
        self._day.setText(day_words(agenda.day))
        self._first.setText(_("先做上面的，按 Enter 从第一项开始") if shown else "")
        # Whoever has gone elsewhere since is left there.
        at_work = self.window().focusWidget() in (self, self.focusProxy())
        fresh = not self.model.errands
        self.model.show_errands(shown)
        self.errands.fit()
        self._list.setVisible(bool(shown))
        self.round.show_progress(agenda.progress)
        self._side.setVisible(agenda.progress is not None)
        self.empty.setVisible(agenda.units == 0 and self.import_panel.isHidden())
        self.take_list.setVisible(agenda.units > 0 and self.import_panel.allowed)
        self.start.setVisible(self.import_panel.allowed)
        beginning = agenda.units > 0 and agenda.progress is None
        quiet = self.import_panel.isHidden()
        self._next.setVisible(beginning and quiet)
        self._done.setVisible(agenda.progress is not None and not shown and quiet)
        if shown and (fresh or not self.errands.currentIndex().isValid()):
            self.errands.choose(None if fresh else chosen)
        may_begin = beginning and self.begin.isVisibleTo(self._next)
        resting = self.begin if may_begin else self.take_list if agenda.units else self.start
        self.setFocusProxy(self.errands if shown else resting)
        if at_work and self.import_panel.isHidden():
            self.setFocus()

    def _on_opened(self, errand: Errand) -> None:
        if errand.employers:
            self.go.emit("survey", (titled(errand), errand.employers))
        elif errand.unions:
            # One is opened; of several those due are listed.
            only = errand.unions[0] if len(errand.unions) == 1 else "due"
            self.go.emit("unions", only)
        elif errand.key == "next_round":
            self._on_next()
        elif errand.key == "interrupted":
            self.import_panel.choose()
        else:
            # Plain files and drafts are pages of that name there.
            self.go.emit(*_LEADS.get(errand.key, ("batches", errand.key)))

    def _on_next(self) -> None:
        self.go.emit("survey", "round")

    def _on_close(self) -> None:
        def closed(done: Closed) -> None:
            told = _("“{name}”今天结束；今天的走访还可以补记。").format(name=done.round.name)
            self.offer.emit(told, lambda: self._take_back(done.write))

        self.session.change(
            self,
            lambda workspace, _job: rounds.close_round(workspace),
            closed,
            failed=self.session.notices.present,
        )

    def _take_back(self, write: bytes) -> None:
        self.session.change(
            self,
            lambda workspace, _job: undoing.take_back(workspace, write),
            lambda _done: self.say.emit(_("已撤销。")),
            failed=self.session.notices.present,
        )

    def _on_touched(self) -> None:
        if self.isVisible():
            self._reload()

    def _empty(self) -> QFrame:
        theme = self.session.theme
        told = label(
            _(
                "先把市场监管、税务或社区给的单位名单导进来：Excel、WPS 或 CSV 都行，"
                "不用改格式。导进来的单位会按地址排到街路和门牌上，再一户一户去走。"
            )
        )
        told.setWordWrap(True)
        self.start = KeyButton(
            theme,
            _("导入名单"),
            self.import_panel.choose,
            shortcut="Ctrl+I",
            kind="primary",
            name="start-import",
        )
        panel = card(
            label(_("这里还没有单位"), "title"),
            told,
            row(self.start, None),
            label(_("也可以把文件直接拖到这个窗口里。没有名单，就到“排查”里边走边记。"), "mut"),
            margin=32,
            gap=12,
        )
        return panel

    def _next_step(self) -> QFrame:
        opens = access.grants(self.session.workspace.account.role, Permission.REVIEW)
        told = label(
            _("单位已经按街路和门牌排好。开一个批次，就可以一条街一条街、一户一户上门了。")
            if opens
            else _("单位已经按街路和门牌排好。请审核员或管理员开一个批次，就可以上门了。")
        )
        told.setWordWrap(True)
        self.begin.setVisible(opens)
        return card(
            label(_("下一步：上门排查"), "title"), told, row(self.begin, None), margin=32, gap=12
        )

    def _lay_out(self) -> None:
        inside = QWidget()
        left = QWidget()
        main = QVBoxLayout(left)
        main.setContentsMargins(0, 0, 0, 0)
        main.setSpacing(12)
        main.addLayout(row(self._day, self._first, None, self.take_list))
        for part in (self.empty, self._list, self._next, self._done):
            main.addWidget(part)
        main.addWidget(self.import_panel, 1)
        main.addStretch(0)
        side = QWidget()
        beside = QVBoxLayout(side)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.addWidget(self.round)
        beside.addStretch(1)
        self._side = side
        self._body.setContentsMargins(24, 20, 24, 20)
        self._body.setSpacing(20)
        self._body.addWidget(left, 1)
        self._body.addWidget(side)
        inside.setLayout(self._body)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)
        for later in (self.empty, self._list, self._next, self._done, self._side):
            later.hide()

    def _arrange(self) -> None:
        theme = self.session.theme
        wide = self.width() >= theme.px(_ROOM)
        along = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        self._body.setDirection(along)
        self._side.setMinimumWidth(theme.px(300) if wide else 0)
        self._side.setMaximumWidth(theme.px(320) if wide else 16_777_215)
        self.errands.fit()
