"""Backups: where they go, how it stands, one made now, and the list of them."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFileDialog, QVBoxLayout

from organizer.errors import Cancelled, OrganizerError
from organizer.i18n import _, show_instant
from organizer.jobs import Job
from organizer.services.office import backing_up
from organizer.services.office.backing_up import Line, State
from organizer.services.workspace import Workspace
from organizer.ui.session import Session
from organizer.ui.settings.desk import Desk
from organizer.ui.settings.page import SettingsPage
from organizer.ui.widgets.plain import button, card, holder, label, restyle, row

_SHOWN = 12
_LOOK_MS = 250


class BackupPage(SettingsPage):
    """The place, the state, 现在备份 with progress, and what is there."""

    def __init__(self, session: Session, desk: Desk) -> None:
        super().__init__(session, _("备份"))
        self._desk = desk
        self._job: Job | None = None
        self._place = label("")
        self._place.setWordWrap(True)
        self._advice = label("", "warn")
        self._advice.hide()
        self._state = label("", "info")
        self._now = button(_("现在备份"), self._on_now, kind="primary", name="back_up_now")
        self._stop = button(_("停止"), self._on_stop, name="stop_backup")
        self._stop.hide()
        self._lines = QVBoxLayout()
        self._lines.setSpacing(4)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._polling = QTimer(self)
        self._polling.timeout.connect(self._show_progress)
        self._arrange()

    def arrive(self) -> None:
        """Read state and list anew."""
        self.session.ask(self, _look, lambda found: self._show(*found), key="settings.backup")

    def _arrange(self) -> None:
        choose = button(_("选择文件夹…"), self._on_choose, name="choose_backup_folder")
        self.fill(
            card(
                label(_("备份位置"), "head"),
                self._place,
                self._advice,
                row(choose, None),
                label(
                    _("最好在 U 盘或另一块硬盘上。备份也是加密的，没有密码或恢复单谁也打不开。"),
                    "hint",
                ),
            ),
            card(
                label(_("最近一次"), "head"),
                self._state,
                row(self._now, self._stop, None),
                label(
                    _(
                        "有改动时每半小时自动备份一次，锁定和关闭时也备份；不影响录入。"
                        "两天内的全留，更早的每天、每周、每月各留一份。"
                    ),
                    "hint",
                ),
            ),
            card(label(_("已有的备份"), "head"), holder(self._lines)),
            label(
                _("要恢复时，请在打开页点“从备份恢复”；原来的数据会改名留着。"),
                "hint",
            ),
        )

    def _show(self, state: State, lines: Sequence[Line]) -> None:
        place = state.place
        self._place.setText(str(place) if place else _("还没有选"))
        self._now.setEnabled(place is not None and not state.practice and self._job is None)
        self._advise(place)
        if self._job is None:
            self._say_state(state)
        while (item := self._lines.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        for line in lines[:_SHOWN]:
            self._lines.addWidget(label(_told(line)))
        more = len(lines) - _SHOWN
        if more > 0:
            self._lines.addWidget(label(_("还有更早的 {count} 份").format(count=more), "mut"))
        elif not lines:
            self._lines.addWidget(label(_("这里还没有备份。"), "mut"))

    def _advise(self, place: Path | None) -> None:
        data = self.session.workspace.database.folder.root
        if self._desk.practice:
            advice = _("练习用的单位不备份。")
        elif place is None:
            advice = _("没有备份，电脑坏了或丢了，数据就都没有了。")
        elif place.is_dir() and backing_up.is_on_same_drive(place, data):
            advice = _("和数据在同一块硬盘上：硬盘坏了会一起丢。请另选 U 盘或别的硬盘。")
        else:
            advice = ""
        self._advice.setText(advice)
        self._advice.setVisible(bool(advice))

    def _say_state(self, state: State) -> None:
        told = state.sentence() or _("练习用的单位不备份。")
        if state.failure and state.made_at:
            told += _("上一份好的备份：{at}。").format(at=show_instant(state.made_at))
        elif state.made_at and not state.failure:
            told += _("（{at}）").format(at=show_instant(state.made_at))
        kind = "good" if state.made_at and not state.failure and not state.stale else "warn"
        restyle(self._state, "kind", kind)
        self._state.setText(told)

    def _on_choose(self) -> None:
        data = self.session.workspace.database.folder.root
        start = self._desk.settings.backup_folder or str(backing_up.suggested_place(data) or "")
        chosen = QFileDialog.getExistingDirectory(self, _("备份放在哪里"), start)
        if chosen:
            self.choose(Path(chosen))

    def choose(self, chosen: Path) -> None:
        """Take a folder as the place, if it is fit to be one."""
        data = self.session.workspace.database.folder.root
        try:
            backing_up.check_place(chosen, data)
        except OrganizerError as error:
            self._advice.setText(error.sentence())
            self._advice.show()
            return
        self._desk.keep(self.session, backup_folder=str(chosen))
        # A new place has no backup yet: the first is due at once.
        self.session.touched.emit()

    def _on_now(self) -> None:
        self._stop.show()
        self._stop.setFocus()
        self._now.setEnabled(False)
        self._job = self.session.work(
            self,
            lambda workspace, job: _make(workspace, job),
            self._on_made,
            failed=self._on_failed,
        )
        self._polling.start(_LOOK_MS)
        self._show_progress()

    def _on_stop(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _show_progress(self) -> None:
        if self._job is None:
            return
        report = self._job.report
        restyle(self._state, "kind", "info")
        if report.total:
            percent = report.done * 100 // report.total
            self._state.setText(_("正在备份 {percent}%").format(percent=percent))
        else:
            self._state.setText(_("正在核对…"))

    def _on_made(self, missing: int | None) -> None:
        self._end()
        if missing:
            told = _("有 {count} 份附件在数据里已经读不出来，没有备份。").format(count=missing)
            self._advice.setText(told)
            self._advice.show()

    def _on_failed(self, error: BaseException) -> None:
        self._end()
        if not isinstance(error, OrganizerError):
            self.session.notices.present(error)

    def _end(self) -> None:
        self._job = None
        self._polling.stop()
        self._now.setEnabled(True)
        if self._stop.hasFocus():
            self._now.setFocus()
        self._stop.hide()
        # The top of the window and the list of the day tell it too.
        self.session.touched.emit()


def _make(workspace: Workspace, job: Job) -> int | None:
    """How many attachments could not go with it; None when it was stopped."""
    try:
        return backing_up.make(workspace, None, job).missing
    except Cancelled:
        return None


def _look(workspace: Workspace) -> tuple[State, list[Line]]:
    return backing_up.state(workspace), backing_up.lines(workspace)


def _told(line: Line) -> str:
    return _("{at}　{employers} 户 {people} 人　{size} MB").format(
        at=show_instant(line.made_at),
        employers=line.employers,
        people=line.people,
        size=round(line.size / 1e6, 1),
    )
